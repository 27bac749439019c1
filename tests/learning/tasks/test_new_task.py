"""A task is one file: a class that is listed is learned, saved, opened, scored, mapped and explained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
import rasterio
import torch
from torch import Tensor

from convista.learning import evaluate, open_run, train
from convista.learning.runs import description
from convista.learning.tasks import registry
from convista.learning.tasks.class_task import IGNORED
from convista.learning.tasks.multiclass import Multiclass
from convista.mapping import predict
from convista.scenes import open_scene
from convista.tracing import trace

FEW: dict[str, Any] = {"epochs": 2, "epoch_samples": 512, "batch": 64, "options": {"width": 1}}


@dataclass(frozen=True, repr=False)
class Squares(Multiclass):
    """One of several classes, learned by the squared error of the probabilities (Brier 1950)."""

    name: ClassVar[str] = "squares"

    def loss(self, output: Tensor, target: Tensor, smoothing: float = 0.0) -> Tensor:
        """Return the mean of Σ (probability − wanted)² over labelled targets."""
        del smoothing
        known = target != IGNORED
        wanted = torch.nn.functional.one_hot(target.clamp(min=0), self.outputs).to(output.dtype)
        each = ((torch.softmax(output, dim=1) - wanted) ** 2).sum(dim=1)
        return torch.where(known, each, 0).sum() / known.sum().clamp(min=1)


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """List the task, as an entry in the registry does."""
    for module in (registry, description):
        monkeypatch.setattr(module, "TASKS", {**registry.TASKS, Squares.name: Squares})


@pytest.mark.slow
@pytest.mark.usefixtures("listed")
def test_a_task_of_another_loss_goes_the_whole_road(land: tuple[Path, Path], tmp_path: Path) -> None:
    scene = open_scene(land[0])
    run = train(scene, labels=land[1], task="squares", out=tmp_path / "run", **FEW)
    again = open_run(tmp_path / "run")
    assert again.task == run.task == Squares(run.classes, run.task.calibration)
    assert evaluate(again, scene, labels=land[1]) == run.record["report"]
    assert run.record["report"]["macro_f1"] > run.record["report"]["baselines"]["majority"]["macro_f1"]
    with rasterio.open(predict(again, scene, tmp_path / "map.tif")) as made:
        assert set(made.read(1)[20:].ravel()) <= {1, 2, 7}
    recorded = trace(again, scene.patch((16, 24, 16, 16)), "7")  # type: ignore[arg-type]
    torch.testing.assert_close(recorded["softmax"].output, again.answers(recorded.input).detach())
