"""What all commands share: exit codes, languages, where messages go."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import warnings
from pathlib import Path

import click
import numpy as np
import pytest

from convista.cli import commands
from convista.errors import ConvistaError, ConvistaWarning, note
from tests.cli.workshop import convista
from tests.scenes.rasters import constant, write

Capture = pytest.CaptureFixture[str]


def shell(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a process of its own, where texts are made in the language asked for."""
    command = Path(sys.executable).with_name("convista")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=False)


def test_the_installed_command_runs() -> None:
    assert shell("--version").stdout.startswith("convista 0.")


def test_help_lists_every_command(capsys: Capture) -> None:
    outcome = convista(capsys, "--help")
    assert outcome.code == 0
    assert all(f"\n  {name} " in outcome.out for name in commands.NAMES)


@pytest.mark.parametrize("name", commands.NAMES)
def test_every_command_has_help(name: str, capsys: Capture) -> None:
    outcome = convista(capsys, name, "--help")
    assert outcome.code == 0
    assert "--debug" in outcome.out


def test_every_command_that_opens_scenes_takes_a_mask() -> None:
    def options(command: click.Command) -> set[str]:
        own = {name for parameter in command.params for name in parameter.opts}
        below = command.commands.values() if isinstance(command, click.Group) else ()
        return own.union(*map(options, below))

    found = [name for name in commands.NAMES if "--nodata" in options(find(name))]
    assert len(found) > 8
    assert all("--mask" in options(find(name)) for name in found)


def find(name: str) -> click.Command:
    command = commands.convista.get_command(click.Context(commands.convista), name)
    assert command is not None
    return command


def test_a_mask_given_and_one_understood_are_told(tmp_path: Path, capsys: Capture) -> None:
    path = write(tmp_path / "x_B04.tif", np.stack([constant(5)[0], constant(1)[0]]))
    told = convista(capsys, "info", str(path))
    assert re.search(r"^masks +x_B04\.tif \[2\]$", told.out, re.MULTILINE)
    assert told.error.startswith(
        "Note: Mask: in x_B04.tif (files like it: 1) the second band has only 0 and one other"
    )
    given = convista(capsys, "info", str(path), "--mask", "2", "--json")
    assert json.loads(given.out)["masks"] == ["x_B04.tif [2]"]
    assert given.error == ""


def test_a_mistake_is_one_line_and_exit_code_2(capsys: Capture) -> None:
    outcome = convista(capsys, "film", "conv-step-by-stop", "--out", "x.gif")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.error.startswith("Error: ")
    assert "conv-step-by-step" in outcome.error
    assert len(outcome.error.splitlines()) <= 2


def test_a_note_is_one_line_said_once_and_other_warnings_stay(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(*_: object, **__: object) -> None:
        note("cli.options.not_a_pair", text="x")
        note("cli.options.not_a_pair", text="x")
        warnings.warn("old", DeprecationWarning, stacklevel=1)

    monkeypatch.setattr(commands.convista, "main", noted)
    with pytest.warns(DeprecationWarning, match="old"):
        outcome = convista(capsys)
    assert outcome.error == "Note: “x” is not NAME=VALUE. Write for example --set learning_rate=0.001.\n"
    with pytest.warns(ConvistaWarning, match="“x” is not NAME=VALUE"):
        note("cli.options.not_a_pair", text="x")


def test_debug_shows_the_traceback() -> None:
    with pytest.raises(ConvistaError):
        commands_main("film", "nothing", "--out", "x.gif", "--debug")


def commands_main(*arguments: str) -> None:
    from convista.cli import main  # noqa: PLC0415

    main(list(arguments))


@pytest.mark.parametrize("arguments", [("nothing",), ("train", "scene.tif"), ("film", "--no-such-option")])
def test_wrong_usage_is_exit_code_2(arguments: tuple[str, ...], capsys: Capture) -> None:
    outcome = convista(capsys, *arguments)
    assert outcome.code == 2
    assert "Usage" in outcome.error


def test_ctrl_c_is_exit_code_130(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("convista.cli.films.say", interrupted)
    outcome = convista(capsys, "films")
    assert (outcome.code, outcome.error.strip()) == (130, "Stopped.")


def test_a_defect_says_that_it_is_one(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> str:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("convista.cli.films.say", broken)
    outcome = convista(capsys, "films")
    assert outcome.code == 1
    assert "ZeroDivisionError: oh" in outcome.error


def test_a_full_disk_says_so(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("convista.cli.films.say", full)
    outcome = convista(capsys, "films")
    assert outcome.code == 1
    assert "No space left on device" in outcome.error


def test_click_speaks_spanish_too() -> None:
    assert shell("film", "--lang", "es").stderr.splitlines()[-1] == "Error: Falta el argumento 'NOMBRE|all'."
    text = shell("train", "--help", "--lang", "es").stdout
    assert text.startswith("Uso: convista train [OPCIONES] DATOS")
    assert "[obligatorio]" in text
    assert "Options" not in text


def test_closed_streams_do_not_matter() -> None:
    code = "import sys; sys.stdout = sys.stderr = None; from convista.cli import main; main(['films'])"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("option", [("--lang", "es"), ("--lang=es",)])
def test_spanish(option: tuple[str, ...], capsys: Capture) -> None:
    outcome = convista(capsys, "film", "nada", "--out", "x.gif", *option)
    assert "No hay" in outcome.error
    assert convista(capsys, "films", "--lang", "fr").code == 2
