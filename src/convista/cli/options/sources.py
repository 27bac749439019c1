"""What several commands ask alike: how to open a scene, and a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from convista.errors import ConvistaError
from convista.language import say

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.mapping.map_model import MapModel
    from convista.scenes import Scene


PRECISIONS = ("float32", "bfloat16", "auto")
SCENE_OPTIONS = ("bands", "sensor", "scale", "offset", "nodata", "mask")
"""Those that `scene_options` adds."""


def scene_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--bands --sensor --scale --offset --nodata --mask``, handed on as the keywords of `open_scene`."""
    for option in (
        click.option("--mask", metavar=say("cli.options.arg_mask"), help=say("cli.options.help_mask")),
        click.option("--nodata", type=float, help=say("cli.options.help_nodata")),
        click.option("--offset", type=float, help=say("cli.options.help_offset")),
        click.option("--scale", type=float, help=say("cli.options.help_scale")),
        click.option("--sensor", help=say("cli.options.help_sensor")),
        names_option("--bands", "B1,B2,…", say("cli.options.help_bands")),
    ):
        command = option(command)
    return command


def names_option(name: str, metavar: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make an option that takes names with commas."""
    return click.option(name, metavar=metavar, callback=named_list, help=text)


def computing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--precision --device --workers``."""
    for option in (
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=1,
            show_default=True,
            help=say("cli.options.help_workers"),
        ),
        click.option("--device", default="auto", show_default=True, help=say("cli.options.help_device")),
        click.option(
            "--precision",
            type=click.Choice(PRECISIONS),
            default=PRECISIONS[0],
            show_default=True,
            help=say("cli.options.help_precision"),
        ),
    ):
        command = option(command)
    return command


def restart_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--restart``, of the commands that go on where they stopped."""
    return click.option("--restart", is_flag=True, help=say("cli.options.help_restart"))(command)


def open_asked(source: str, **options: Any) -> Scene:
    """Open the scene that a command names, with the options of `scene_options`."""
    from convista.scenes import open_scene

    return open_scene(source, **options)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--model --trust``, handed on as the keywords of `open_named`."""
    for option in (
        click.option("--trust", is_flag=True, help=say("cli.options.help_trust")),
        click.option("--model", metavar="MODULE:NAME", help=say("cli.options.help_model_of_run")),
    ):
        command = option(command)
    return command


def open_named(run: str, model: str | None, trust: bool) -> Run:
    """Open the run that a command names, with the options of `run_options`."""
    from convista.learning import open_run

    return open_run(run, model, trust=trust)


def open_for(model: Run | MapModel, source: str, **options: Any) -> Scene:
    """Open the scene that a command names, with the bands of a network alone, on the grid of the finest of them."""
    return model.select(open_asked(source, **options))


def point(text: str) -> tuple[float, float]:
    """Read ``X,Y``.

    Raises
    ------
    ConvistaError
        If these are not two numbers.
    """
    numbers = _numbers(text, float)
    if len(numbers) != 2 or not all(map(isfinite, numbers)):
        raise ConvistaError("cli.options.not_a_point", text=text)
    return numbers[0], numbers[1]


def position(text: str) -> tuple[int, ...]:
    """Read ``k,i,j``: whole numbers, as many as there are."""
    numbers = _numbers(text, int)
    if not numbers:
        raise ConvistaError("cli.options.not_an_index", text=text)
    return tuple(numbers)


def named_values(texts: Sequence[str]) -> dict[str, float | str | bool]:
    """Read ``name=value`` pairs; a value that is no number and neither ``true`` nor ``false`` is taken as text.

    Raises
    ------
    ConvistaError
        If one has no equals sign.
    """
    read: dict[str, float | str | bool] = {}
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            raise ConvistaError("cli.options.not_a_pair", text=text)
        whole, real = _numbers(value, int), _numbers(value, float)
        word: bool | str = value.lower() == "true" if value.lower() in {"true", "false"} else value
        read[name] = (whole or real or [word])[0]
    return read


def _numbers(text: str, kind: Callable[[str], Any]) -> list[Any]:
    try:
        return [kind(part) for part in text.strip("()[] ").split(",")]
    except ValueError:
        return []


def named_list(_: click.Context, __: click.Parameter, text: str | None) -> list[str] | None:
    """Read names with commas."""
    return None if text is None else [name.strip() for name in text.split(",") if name.strip()]


def frame_size(text: str) -> tuple[int, int]:
    """Read ``WxH``, a width and a height in pixels.

    Raises
    ------
    ConvistaError
        If these are not two whole numbers.
    """
    width, _, height = text.lower().replace("×", "x").partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise ConvistaError("cli.options.not_a_size", text=text)
    return int(width), int(height)
