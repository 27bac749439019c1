"""Several seeds: the same samples, other runs, a summary; what is finished is not done again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from convista.errors import ConvistaError
from convista.learning import Seeds, open_run, train_seeds
from convista.scenes import open_scene

RECIPE: dict[str, Any] = {"epochs": 2, "epoch_samples": 128, "batch": 64, "options": {"width": 1}}


@pytest.mark.slow
def test_seeds_are_summed_up_and_go_on_where_they_were_cut_off(land: tuple[Path, Path], tmp_path: Path) -> None:
    scene, trained = open_scene(land[0]), []

    def killed(epoch: int, _: torch.nn.Module) -> None:
        trained.append(epoch)
        if len(trained) == 6:  # after the first epoch of the second seed
            raise MemoryError

    with pytest.raises(MemoryError):
        train_seeds(scene, labels=land[1], seeds=(3, 4), out=tmp_path, watch=killed, **RECIPE)
    assert trained == [0, 1, 2, 0, 1, 2]
    assert {path.name for path in tmp_path.iterdir()} == {"seed-3", "seed-4", "seeds.csv", "seeds.json"}
    with pytest.raises(
        ConvistaError, match=r"seed-4/checkpoint\.safetensors is of a training that was not finished"
    ):
        train_seeds(scene, labels=land[1], seeds=(3, 4), out=tmp_path, **RECIPE)
    with pytest.raises(
        ConvistaError, match=r"seed-3/model\.safetensors is of another training, with another value"
    ):
        train_seeds(scene, labels=land[1], seeds=(3, 4), out=tmp_path, resume=True, **{**RECIPE, "batch": 32})
    again = train_seeds(scene, labels=land[1], seeds=(3, 4), out=tmp_path, resume=True, watch=killed, **RECIPE)
    assert trained[6:] == [2]
    assert [run.record["seed"] for run in again.runs] == [3, 4]
    assert again.runs[0].record["split"] == again.runs[1].record["split"]

    told: list[tuple[int, int]] = []

    def note(stage: str, done: int, total: int, /, **numbers: float) -> None:
        told.append((done, total))

    whole = train_seeds(scene, labels=land[1], seeds=(4,), progress=note, **RECIPE)
    states = [run.network.state_dict() for run in (whole.runs[0], open_run(tmp_path / "seed-4"))]
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])
    assert told
    assert all(0 < done <= of for done, of in told)

    summary = again.summary()
    accuracy = [run.record["report"]["accuracy"] for run in again.runs]
    assert summary["scores"]["accuracy"] == {
        "each": accuracy,
        "mean": pytest.approx(np.mean(accuracy)),
        "spread": pytest.approx(np.std(accuracy, ddof=1)),
    }
    assert json.loads((tmp_path / "seeds.json").read_text()) == summary
    with (tmp_path / "seeds.csv").open(newline="") as file:
        rows = {row["seed"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"3", "4", "mean", "spread"}
    assert float(rows["mean"]["macro_f1"]) == pytest.approx(summary["scores"]["macro_f1"]["mean"])
    assert Seeds(again.runs[:1]).summary()["scores"]["accuracy"]["spread"] == 0


@pytest.mark.slow
def test_a_finished_run_is_of_its_own_data(land: tuple[Path, Path], images: Path, tmp_path: Path) -> None:
    train_seeds(open_scene(land[0]), labels=land[1], seeds=(0,), out=tmp_path, **RECIPE)
    with pytest.raises(ConvistaError, match=r"is of another training, with other values of: bands, split\. Give"):
        train_seeds(images, seeds=(0,), out=tmp_path, resume=True, **RECIPE)


@pytest.mark.parametrize("seeds", [(), (1, 2, 1)])
def test_each_seed_once(seeds: tuple[int, ...], images: Path) -> None:
    with pytest.raises(ConvistaError, match=r"Give at least one, and none twice\."):
        train_seeds(images, seeds=seeds)
