"""A training that was cut off goes on to the same result, and processes that share one come to that of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import torch

from convista.errors import ConvistaError
from convista.learning import Run, open_run, train
from convista.learning.fitting import checkpoint
from convista.learning.fitting.recipe import RENAMED
from convista.learning.runs import storage
from convista.scenes import open_scene
from tests.learning.strangers import spoilt as spoilt_files

RECIPE: dict[str, Any] = {
    "epochs": 3, "epoch_samples": 512, "batch": 64, "options": {"width": 1}, "precision": "32-true",
    "ema_decay": 0.9, "cutout": 0.25, "shift": 0.1, "mixup": 0.2, "jitter": 0.05, "smoothing": 0.1,
}  # fmt: skip


def weights(run: Run) -> torch.Tensor:
    return torch.cat([p.flatten() for p in run.network.state_dict().values()])


@pytest.mark.parametrize(
    "optimizer", ["adamw", *(pytest.param(name, marks=pytest.mark.slow) for name in ("muon", "sgd"))]
)
def test_going_on_ends_as_if_never_cut_off(optimizer: str, land: tuple[Path, Path], tmp_path: Path) -> None:
    recipe = {**RECIPE, "optimizer": optimizer, "learning_rate": 0.003}

    def killed(epoch: int, _: torch.nn.Module) -> None:
        if epoch == 2:
            raise MemoryError  # leaves as a kill would: nothing is tidied up

    scene = open_scene(land[0])
    whole = train(scene, labels=land[1], **recipe)
    with pytest.raises(MemoryError):
        train(scene, labels=land[1], out=tmp_path, watch=killed, **recipe)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.safetensors"]
    with pytest.raises(ConvistaError, match=r"not finished \(1 of 3 epochs\)\. Go on with the same arguments"):
        train(scene, labels=land[1], out=tmp_path, **recipe)
    with pytest.raises(ConvistaError, match=r"is of another training, with other values of: recipe, seed\. Give"):
        train(scene, labels=land[1], out=tmp_path, resume=True, **{**recipe, "seed": 1, "batch": 32})
    resumed = train(scene, labels=land[1], out=tmp_path, resume=True, **recipe)
    assert (weights(resumed) == weights(whole)).all()
    assert [e["loss"] for e in resumed.record["epochs"]] == [e["loss"] for e in whole.record["epochs"]]
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]


def test_one_whose_numbers_have_their_former_names_is_gone_on_with(land: tuple[Path, Path], tmp_path: Path) -> None:
    recipe = {**RECIPE, "epochs": 2, "epoch_samples": 128, "validation_samples": 64, "cutout": 0}

    def killed(epoch: int, _: torch.nn.Module) -> None:
        if epoch == 2:
            raise MemoryError

    scene = open_scene(land[0])
    with pytest.raises(MemoryError):
        train(scene, labels=land[1], out=tmp_path, watch=killed, **recipe)
    stored = storage.look(tmp_path / checkpoint.NAME)
    about = {name: value for name, value in stored.about.items() if name != "digest"}
    former = {now: before for before, now in RENAMED.items()}
    about["of"]["recipe"] = {former.get(name, name): value for name, value in about["of"]["recipe"].items()}
    assert {"rate", "draw", "answer", "average"} < about["of"]["recipe"].keys()
    tensors = stored.tensors()
    storage.write(stored.file, tensors, {**about, "digest": checkpoint._digest(tensors, about)})
    resumed = train(scene, labels=land[1], out=tmp_path, resume=True, **recipe)
    assert len(resumed.record["epochs"]) == 2


@pytest.mark.slow
def test_a_killed_process_is_gone_on_with(land: tuple[Path, Path], tmp_path: Path) -> None:
    code = (
        "import sys; from convista import train; from convista.scenes import open_scene\n"
        f"train(open_scene({str(land[0])!r}), labels={str(land[1])!r}, out=sys.argv[1], "
        f"resume=True, **{RECIPE | {'epochs': 6}!r})"
    )
    command = [sys.executable, "-c", code]
    process = subprocess.Popen([*command, str(tmp_path / "killed")])
    deadline = time.monotonic() + 120
    while not (tmp_path / "killed" / "checkpoint.safetensors").exists():
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (tmp_path / "killed" / "model.safetensors").exists()
    for folder in ("killed", "whole"):
        subprocess.run([*command, str(tmp_path / folder)], check=True)
    one, other = open_run(tmp_path / "killed"), open_run(tmp_path / "whole")
    assert (weights(one) == weights(other)).all()


@pytest.mark.slow
def test_two_processes_come_to_the_result_of_one(land: tuple[Path, Path], tmp_path: Path) -> None:
    script = tmp_path / "train.py"
    script.write_text(
        "import sys; from convista import train; from convista.scenes import open_scene\n"
        f"train(open_scene({str(land[0])!r}), labels={str(land[1])!r}, out=sys.argv[1], **{RECIPE!r})\n"
    )
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    subprocess.run(
        [*torchrun, str(script), str(tmp_path / "two")], check=True, env=environment, capture_output=True
    )
    subprocess.run([sys.executable, str(script), str(tmp_path / "one")], check=True, env=environment)
    one, two = open_run(tmp_path / "one"), open_run(tmp_path / "two")
    torch.testing.assert_close(weights(one), weights(two), rtol=1e-3, atol=1e-4)
    ours, theirs = (run.record["report"]["accuracy"] for run in (one, two))
    assert ours == pytest.approx(theirs, abs=0.01)


@pytest.mark.slow
def test_a_spoilt_checkpoint_is_told(land: tuple[Path, Path], tmp_path: Path) -> None:
    recipe = {**RECIPE, "epochs": 2, "epoch_samples": 128, "validation_samples": 64, "optimizer": "adamw"}

    def killed(epoch: int, _: torch.nn.Module) -> None:
        if epoch == 2:
            raise MemoryError

    scene = open_scene(land[0])
    with pytest.raises(MemoryError):
        train(scene, labels=land[1], out=tmp_path, watch=killed, **recipe)
    file = tmp_path / "checkpoint.safetensors"
    content, told = file.read_bytes(), 0
    for spoilt in spoilt_files(content, 60, seed=0):
        file.write_bytes(spoilt)
        (tmp_path / "model.safetensors").unlink(missing_ok=True)
        try:
            train(scene, labels=land[1], out=tmp_path, resume=True, watch=killed, **recipe)
        except ConvistaError as error:
            told += "checkpoint.safetensors" in str(error)
        except MemoryError:  # it went on
            continue
    assert told > 40
