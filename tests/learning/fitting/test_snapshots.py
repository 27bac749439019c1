"""Weights of every epoch, and a log for TensorBoard, beside a run; both go on where a training goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.learning import open_run, open_snapshots, train
from convista.learning.fitting.snapshots import LIMIT, Snapshots
from convista.models import create_model
from convista.scenes import open_scene


@pytest.mark.slow
def test_they_go_on_where_a_training_does(land: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator  # noqa: PLC0415

    recipe: dict[str, Any] = {"epochs": 3, "epoch_samples": 64, "options": {"width": 1}}
    wanted: dict[str, Any] = {"labels": land[1], "out": tmp_path, "snapshots": True, "tensorboard": True}
    seen: dict[int, torch.Tensor] = {}

    def killed(epoch: int, network: nn.Module) -> None:
        seen[epoch] = network.state_dict()["conv1.weight"].clone()
        if epoch == 2 and len(seen) == 3:
            raise MemoryError

    with pytest.raises(MemoryError):
        train(open_scene(land[0]), **wanted, watch=killed, **recipe)
    seen[-1] = seen[0]
    train(open_scene(land[0]), **wanted, watch=killed, resume=True, **recipe)
    kept = open_snapshots(tmp_path)
    assert kept.epochs == (0, 1, 2, 3)
    assert kept.names == ("conv1.weight", "conv1.bias")
    expected = torch.stack([seen[epoch] for epoch in kept.epochs])
    assert torch.equal(kept.weights["conv1.weight"], expected.half())

    events = EventAccumulator(str(tmp_path / "tensorboard")).Reload()
    losses = events.Scalars("loss")
    epochs = open_run(tmp_path).record["epochs"]
    assert [one.step for one in losses] == [1, 2, 3]
    assert [one.value for one in losses] == pytest.approx([one["loss"] for one in epochs])

    made = film("filters-learned", snapshots=str(tmp_path))
    assert len(made.steps) == 4
    share = f"{100 * epochs[1]['accuracy']:.1f} %"
    assert share in made.steps[2].caption.en
    alone = film("filters-learned", snapshots=tmp_path / "snapshots.safetensors")
    assert alone.steps[2].caption == made.steps[2].caption


def test_layers_are_chosen_by_name_and_the_first_has_its_normalisation(tmp_path: Path) -> None:
    network = create_model("resnet18", 3, 2, patch=32, stem="small")

    def names(layers: tuple[str, ...]) -> set[str]:
        keep = Snapshots(tmp_path, 1, layers)
        keep(0, network)
        keep(1, network)
        return set(open_snapshots(tmp_path).names)

    assert names(()) == {"conv1.weight", *(f"bn1.{n}" for n in ("weight", "bias", "running_mean", "running_var"))}
    assert names(("layer1.0.conv*",)) == {"layer1.0.conv1.weight", "layer1.0.conv2.weight"}
    assert names(("fc",)) == {"fc.weight", "fc.bias"}
    with pytest.raises(
        ConvistaError, match=r"fc\.bias, but|no convolution over images, but: fc\.weight, fc\.bias\."
    ):
        film("filters-learned", snapshots=str(tmp_path))
    with pytest.raises(ConvistaError, match=r"no layer with weights called “conv9”\. It has: conv1, bn1,"):
        names(("conv9",))
    with pytest.raises(ConvistaError, match=rf"of 100000 epochs, would take \d+ MB, and {LIMIT // 2**20} are kept"):
        Snapshots(tmp_path, 100_000)(0, network)
    with pytest.raises(ConvistaError, match=r"Linear has no convolution over images whose weights to keep"):
        Snapshots(tmp_path, 1)(0, nn.Linear(2, 2))


def test_what_cannot_be_kept_or_read_is_told(land: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match=r"Say where that is \(out\)\."):
        train(open_scene(land[0]), labels=land[1], snapshots=True)
    with pytest.raises(ConvistaError, match=r"There is no .*snapshots\.safetensors\. Train with snapshots"):
        open_snapshots(tmp_path)
    np.save(tmp_path / "snapshots.npy", np.zeros(2))
    with pytest.raises(ConvistaError, match=r"does not hold a layer's weights by epochs, or is damaged"):
        open_snapshots(tmp_path / "snapshots.npy")
