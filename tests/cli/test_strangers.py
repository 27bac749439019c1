"""Every command that takes RUN, given the run of a stranger, and of a network of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest

from convista.cli.commands import NAMES
from convista.cli.commands import convista as group
from convista.scenes import open_scene
from tests.cli.workshop import Outcome, Workshop, convista
from tests.learning.strangers import BESIDE, edited

Capture = pytest.CaptureFixture[str]
OWN = f"{BESIDE}:Net"


class Ground:
    """A scene, its labels, and where the results go; and what each command that takes RUN is given beside it."""

    def __init__(self, workshop: Workshop, folder: Path) -> None:
        self.workshop, self.folder = workshop, folder
        scene, labels = workshop.scene, workshop.labels
        grid = open_scene(scene).grid
        x, y = grid.coordinates(80, 80)
        at = f"--at={x},{y}"
        self.commands: dict[str, tuple[object, ...]] = {
            "info": (),
            "predict": (scene, "--out", folder / "map.tif", "--stride", 16),
            "evaluate": (scene, "--labels", labels),
            "explain": (scene, at),
            "activations": (scene, "--layer", "first", "--out", folder / "layer.tif"),
            "search": (scene, at, "--out", folder / "heat.tif", "--stride", 16),
            "embed": (scene, "--out", folder / "vectors.parquet"),
            "film": ("--scene", scene, at, "--layer", "first", "--out", folder / "conv.png"),
        }

    def typed(self, command: str, run: Path) -> tuple[object, ...]:
        """Return a command that uses a run."""
        before = ("conv-step-by-step", "--run") if command == "film" else ()
        return command, *before, run, *self.commands[command]


@pytest.fixture
def ground(workshop: Workshop, tmp_path: Path) -> Ground:
    return Ground(workshop, tmp_path)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module in the folder where Python was started, that leaves a trace where it is imported."""
    trace = tmp_path / "imported"
    (tmp_path / f"{BESIDE}.py").write_text(
        f"from torch import nn\nopen({str(trace)!r}, 'w').close()\n"
        "class Net(nn.Module):\n"
        "    def __init__(self, bands, outputs):\n"
        "        super().__init__()\n"
        "        self.first, self.last = nn.Conv2d(bands, 4, 3, padding=1), nn.Linear(4, outputs)\n"
        "    def forward(self, x):\n"
        "        return self.last(self.first(x).relu().mean((2, 3)))\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, BESIDE, raising=False)
    return trace


def test_all_commands_that_take_a_run_are_walked(ground: Ground) -> None:
    taking = set()
    for name in NAMES:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if any(getattr(p, "metavar", None) == "RUN" for p in command.params):
            taking.add(name)
            assert {"--model", "--trust"} <= {option for p in command.params for option in p.opts}
    assert taking | {"info"} == set(ground.commands)


@pytest.mark.parametrize("name", ["os:kill", OWN])
def test_no_command_imports_what_a_file_names(
    ground: Ground, beside: Path, capsys: Capture, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "run" / "model.safetensors"
    file.parent.mkdir()
    file.write_bytes((ground.workshop.run / "model.safetensors").read_bytes())
    edited(file, lambda about: about.update(architecture=name))
    before = {path.relative_to(tmp_path) for path in tmp_path.rglob("*")}
    for command in ground.commands:
        outcome = convista(capsys, *ground.typed(command, file.parent))
        assert (outcome.code, outcome.out) == (2, ""), command
        assert outcome.error.startswith(f"Error: {file} asks for a network that is not of convista, {name}: "), (
            command
        )
    other = convista(capsys, "info", file, "--model", "mynets:unet")
    assert f"{file} is of the network {name}, and mynets:unet was given." in other.error
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} == before
    assert not beside.exists()


@pytest.mark.slow
def test_ones_own_network_goes_through_all_commands(
    ground: Ground, beside: Path, capsys: Capture, tmp_path: Path
) -> None:
    def done(*arguments: object) -> Outcome:
        outcome = convista(capsys, *arguments)
        assert outcome.code == 0, outcome.error
        return outcome

    scene, labels = ground.workshop.scene, ground.workshop.labels
    few = ("--labels", labels, "--epochs", 1, "--set", "epoch_samples=512", "--out", tmp_path / "run")
    done("train", scene, "--model", OWN, *few)
    done("train", scene, "--model", OWN, *few, "--resume")
    for command in ground.commands:
        typed = ground.typed(command, tmp_path / "run")
        assert convista(capsys, *typed).code == 2, command
        for asked in (("--model", OWN), ("--trust",)):
            done(*typed, *asked)
    other = ("--out", tmp_path / "shared.tif", "--stride", 16, "--workers", 2)
    done("predict", tmp_path / "run", scene, "--model", OWN, *other)
    assert (tmp_path / "shared.tif").read_bytes() == (tmp_path / "map.tif").read_bytes()


def test_what_is_for_runs_is_refused_of_scenes(ground: Ground, capsys: Capture) -> None:
    for option in (("--trust",), ("--model", "lenet")):
        outcome = convista(capsys, "info", ground.workshop.scene, *option)
        assert outcome.code == 2
        assert f"{option[0]} is for a run, and {ground.workshop.scene} is a scene. Leave it out." in outcome.error


def test_what_a_file_says_does_not_steer_the_terminal(ground: Ground, capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes((ground.workshop.run / "model.safetensors").read_bytes())
    edited(file, lambda about: about["classes"][0].update(name="\x1b[2Jwater"))
    outcome = convista(capsys, "info", file)
    assert outcome.code == 0
    assert "\\x1b[2Jwater" in outcome.out
    assert "\x1b" not in outcome.out
