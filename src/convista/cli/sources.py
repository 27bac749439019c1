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
    from convista.mapping.model import MapModel
    from convista.scenes import Scene


PRECISIONS = ("float32", "bfloat16", "auto")


def scene_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--bands --sensor --scale --offset --nodata --mask``, handed on as the keywords of `open_scene`."""
    for option in (
        click.option("--mask", metavar=say("cli.arg_mask"), help=say("cli.help_mask")),
        click.option("--nodata", type=float, help=say("cli.help_nodata")),
        click.option("--offset", type=float, help=say("cli.help_offset")),
        click.option("--scale", type=float, help=say("cli.help_scale")),
        click.option("--sensor", help=say("cli.help_sensor")),
        names_option("--bands", "B1,B2,…", say("cli.help_bands")),
    ):
        command = option(command)
    return command


def names_option(name: str, metavar: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make an option that takes names with commas."""
    return click.option(name, metavar=metavar, callback=_names, help=text)


def computing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--precision --device --workers``."""
    for option in (
        click.option(
            "--workers", type=click.IntRange(min=1), default=1, show_default=True, help=say("cli.help_workers")
        ),
        click.option("--device", default="auto", show_default=True, help=say("cli.help_device")),
        click.option(
            "--precision",
            type=click.Choice(PRECISIONS),
            default=PRECISIONS[0],
            show_default=True,
            help=say("cli.help_precision"),
        ),
    ):
        command = option(command)
    return command


def restart_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--restart``, of the commands that go on where they stopped."""
    return click.option("--restart", is_flag=True, help=say("cli.help_restart"))(command)


def open_asked(source: str, **options: Any) -> Scene:
    """Open the scene that a command names, with the options of `scene_options`."""
    from convista.scenes import open_scene

    return open_scene(source, **options)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--model --trust``, handed on as the keywords of `open_named`."""
    for option in (
        click.option("--trust", is_flag=True, help=say("cli.help_trust")),
        click.option("--model", metavar="MODULE:NAME", help=say("cli.help_model_of_run")),
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


def labels_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--labels`` and ``--class-names``."""
    named = click.option(
        "--class-names", metavar="N1,N2,…", callback=_class_names, help=say("cli.help_class_names")
    )
    return click.option("--labels", metavar="FILE", help=say("cli.help_labels"))(named(command))


def samples_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``DATA``, one or several, and ``--labels`` for each, and ``--class-names``: what `labelled` takes."""
    named = click.option(
        "--class-names", metavar="N1,N2,…", callback=_class_names, help=say("cli.help_class_names")
    )
    each = click.option("--labels", metavar="FILE", multiple=True, help=say("cli.help_labels_each"))
    return click.argument("data", metavar=say("cli.arg_data"), nargs=-1, required=True)(each(named(command)))


def labelled(
    data: Sequence[str],
    labels: Sequence[str],
    class_names: Any,
    *,
    values: bool,
    run: Run | None = None,
    **opening: Any,
) -> tuple[Any, Any]:
    """Return data and labels as `train` and `evaluate` take them.

    Parameters
    ----------
    data, labels, class_names
        As `samples_options` reads them.
    values
        Whether labels are values, as those of a regression are.
    run
        What is scored on them: scenes are opened with its bands alone.
    **opening
        As `scene_options` reads it.

    Raises
    ------
    ConvistaError
        If there are several of one and not as many of the other, or something cannot be opened.
    """
    from convista.scenes import is_shapes, open_labels

    if not labels and len(data) == 1:
        return data[0], None
    if len(labels) != len(data):
        raise ConvistaError("learning.labels_for_each", scenes=len(data), labels=len(labels))
    truths = [one if values or is_shapes(one) else open_labels(one, class_names) for one in labels]
    scenes = [open_asked(one, **opening) if run is None else open_for(run, one, **opening) for one in data]
    return (scenes, truths) if len(scenes) > 1 else (scenes[0], truths[0])


def point(text: str) -> tuple[float, float]:
    """Read ``X,Y``.

    Raises
    ------
    ConvistaError
        If these are not two numbers.
    """
    numbers = _numbers(text, float)
    if len(numbers) != 2 or not all(map(isfinite, numbers)):
        raise ConvistaError("cli.not_a_point", text=text)
    return numbers[0], numbers[1]


def position(text: str) -> tuple[int, ...]:
    """Read ``k,i,j``: whole numbers, as many as there are."""
    numbers = _numbers(text, int)
    if not numbers:
        raise ConvistaError("cli.not_an_index", text=text)
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
            raise ConvistaError("cli.not_a_pair", text=text)
        whole, real = _numbers(value, int), _numbers(value, float)
        word: bool | str = value.lower() == "true" if value.lower() in {"true", "false"} else value
        read[name] = (whole or real or [word])[0]
    return read


def _numbers(text: str, kind: Callable[[str], Any]) -> list[Any]:
    try:
        return [kind(part) for part in text.strip("()[] ").split(",")]
    except ValueError:
        return []


def _class_names(
    context: click.Context, option: click.Parameter, text: str | None
) -> list[str] | dict[int, str] | None:
    names = _names(context, option, text)
    if names is None or not all("=" in name for name in names):
        return names
    pairs = [name.split("=", 1) for name in names]
    if not all(value.strip().isdecimal() for value, _ in pairs):
        raise ConvistaError("cli.not_class_names", text=text)
    return {int(value): name.strip() for value, name in pairs}


def _names(_: click.Context, __: click.Parameter, text: str | None) -> list[str] | None:
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
        raise ConvistaError("cli.not_a_size", text=text)
    return int(width), int(height)
