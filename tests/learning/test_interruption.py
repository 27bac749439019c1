"""Ctrl-C, a loss that is no number, a full disk: what was learned until then is there, whole."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from convista.errors import ConvistaError
from convista.learning import open_run, train
from convista.learning.fitting.trainer_state import Trainer
from convista.learning.interruption import deferred_interrupts
from convista.scenes import open_scene

pytestmark = pytest.mark.usefixtures("interruptible")
RECIPE: dict[str, Any] = {
    "epochs": 3, "epoch_samples": 128, "batch": 64, "options": {"width": 1}, "precision": "32-true",
}  # fmt: skip


def test_ctrl_c_waits_until_what_is_inside_is_over() -> None:
    over: list[bool] = []

    def work() -> None:
        with deferred_interrupts():
            signal.raise_signal(signal.SIGINT)
            over.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert over == [True]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    with deferred_interrupts():
        pass
    with pytest.raises(MemoryError), deferred_interrupts():
        raise MemoryError


def test_where_ctrl_c_does_nothing_nothing_is_changed() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with deferred_interrupts():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
    went: list[bool] = []

    def elsewhere() -> None:
        with deferred_interrupts():
            went.append(True)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert went == [True]


@pytest.mark.slow
def test_ctrl_c_right_after_an_epoch_finishes_its_checkpoint(land: tuple[Path, Path], tmp_path: Path) -> None:
    def press(epoch: int, _: nn.Module) -> None:
        if epoch == 1:
            signal.raise_signal(signal.SIGINT)

    scene = open_scene(land[0])
    run = train(scene, labels=land[1], out=tmp_path, watch=press, **RECIPE)
    assert (run.record["interrupted"], len(run.record["epochs"])) == (True, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"model.safetensors", "checkpoint.safetensors"}
    whole = train(scene, labels=land[1], **RECIPE)
    resumed = train(scene, labels=land[1], out=tmp_path, resume=True, **RECIPE)
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors"]
    states = [one.network.state_dict() for one in (whole, resumed)]
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


def test_a_loss_that_is_no_number_keeps_the_best_until_then(land: tuple[Path, Path], tmp_path: Path) -> None:
    kept: dict[int, torch.Tensor] = {}
    watched: list[nn.Module] = []

    def watch(epoch: int, network: nn.Module) -> None:
        kept[epoch] = network.state_dict()["conv1.weight"].clone()
        watched.append(network)

    def spoil(stage: str, done: int, total: int, /, **numbers: float) -> None:
        if stage == "train" and done == 5:  # of two steps an epoch
            with torch.no_grad():
                watched[-1].get_parameter("conv1.weight").fill_(torch.nan)

    scene = open_scene(land[0])
    with pytest.raises(ConvistaError) as error:
        train(scene, labels=land[1], out=tmp_path, watch=watch, progress=spoil, **RECIPE)
    run = open_run(tmp_path)
    best = run.record["best_epoch"]
    assert str(error.value) == (
        "In epoch 3 the loss ceased to be a finite number: the learning rate (0.003) is too large, or the data "
        f"hold huge values. The best model until then, of epoch {best}, was saved: {run.source}. To get "
        "further, lower the rate, in another folder."
    )
    assert run.record["diverged"]
    assert torch.equal(run.network.state_dict()["conv1.weight"], kept[best])
    assert (tmp_path / "checkpoint.safetensors").exists()
    with pytest.raises(
        ConvistaError, match=r"In epoch 3 the loss ceased to be a finite number: .* Lower it or check"
    ):
        train(scene, labels=land[1], watch=watch, progress=spoil, **RECIPE)


def test_weights_that_are_no_numbers_are_found_though_the_loss_was_one(
    land: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = Trainer._step

    def spoilt(self: Trainer, mixed: Any) -> float:
        loss = step(self, mixed)
        with torch.no_grad():
            self.network.get_parameter("conv1.weight").fill_(torch.nan)
        return loss

    monkeypatch.setattr(Trainer, "_step", spoilt)
    with pytest.raises(ConvistaError, match=r"In epoch 1 the loss ceased to be a finite number"):
        train(open_scene(land[0]), labels=land[1], out=tmp_path, **{**RECIPE, "batch": 128})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("file", ["checkpoint.safetensors", "log.csv", "snapshots.safetensors"])
def test_a_disk_that_is_full_is_told_and_leaves_the_epoch_before(
    file: str, land: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, epochs = Path.write_bytes, [0]

    def full(path: Path, content: bytes) -> int:
        epochs[0] += path.name.startswith(f".{file}")
        if epochs[0] < 2:
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    scene = open_scene(land[0])
    wanted: dict[str, Any] = {"pictures": True, "snapshots": True}
    with pytest.raises(ConvistaError, match=rf"{file} cannot be written: No space left on device\. Free some"):
        train(scene, labels=land[1], out=tmp_path, **wanted, **RECIPE)
    whole = {"checkpoint.safetensors", "log.csv", "snapshots.safetensors"}
    assert {path.name for path in tmp_path.iterdir()} == whole
    monkeypatch.undo()
    run = train(scene, labels=land[1], out=tmp_path, resume=True, **wanted, **RECIPE)
    assert len(run.record["epochs"]) == 3


def test_another_training_is_refused_before_anything_is_read(land: tuple[Path, Path], tmp_path: Path) -> None:
    def press(epoch: int, _: nn.Module) -> None:
        if epoch == 1:
            signal.raise_signal(signal.SIGINT)

    train(open_scene(land[0]), labels=land[1], out=tmp_path, watch=press, **RECIPE)
    absent = tmp_path / "absent.tif"
    with pytest.raises(ConvistaError, match=r"other values of: recipe, seed\."):
        train(absent, labels=absent, out=tmp_path, resume=True, **{**RECIPE, "batch": 32, "seed": 5})
    with pytest.raises(ConvistaError, match=r"not finished \(1 of 3 epochs\)"):
        train(absent, labels=absent, out=tmp_path, **RECIPE)
