"""What commands that learn or score ask alike: the data, their labels, and what the labels mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from convista.cli.options.applicability import Kind, check_effective, kinds_of
from convista.cli.options.sources import named_list, open_asked, open_for
from convista.errors import ConvistaError
from convista.language import say
from convista.tables import aligned

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.scenes import Labels, Scene, Shapes

LABEL_OPTIONS = ("class_names", "class_colours", "label_nodata", "attribute", "layer", "encoding")
"""The keywords of `opened_labels`."""


def raster_label_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what a raster of labels means."""
    for option in (
        click.option(
            "--label-nodata",
            metavar=say("cli.options.arg_value"),
            callback=_value,
            help=say("cli.options.help_label_nodata"),
        ),
        click.option(
            "--class-colours", metavar=say("cli.options.arg_colours"), help=say("cli.options.help_class_colours")
        ),
        click.option(
            "--class-names", metavar="N1,N2,…", callback=_class_names, help=say("cli.options.help_class_names")
        ),
    ):
        command = option(command)
    return command


def label_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what labels mean, `LABEL_OPTIONS`."""
    for option in (
        click.option("--encoding", metavar="NAME", help=say("cli.options.help_encoding")),
        click.option("--layer", metavar=say("cli.options.arg_name"), help=say("cli.options.help_labels_layer")),
        click.option("--attribute", metavar=say("cli.options.arg_name"), help=say("cli.options.help_attribute")),
        raster_label_options,
    ):
        command = option(command)
    return command


def samples_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``DATA``, one or several, and ``--labels`` for each, with what they mean: what `labelled` takes."""
    each = click.option("--labels", metavar="FILE", multiple=True, help=say("cli.options.help_labels_each"))
    data = click.argument("data", metavar=say("cli.options.arg_data"), nargs=-1, required=True)
    asked: Callable[..., Any] = data(each(label_options(command)))
    return asked


def labelled(
    data: Sequence[str], labels: Sequence[str], *, values: bool, run: Run | None = None, **options: Any
) -> tuple[Any, Any]:
    """Return data and labels as `train` and `evaluate` take them; tell what the labels were understood to be.

    Parameters
    ----------
    data, labels
        As `samples_options` reads them.
    values
        Whether labels are values, as those of a regression are.
    run
        What is scored on them: scenes are opened with its bands alone.
    **options
        As `label_options` and `scene_options` read them.

    Raises
    ------
    ConvistaError
        If an option that was given has no effect with such data, there are several of one and not as many of the
        other, or something cannot be opened.
    """
    from convista.learning import open_images
    from convista.scenes import SharedNames

    kinds = kinds_of(data, labels, values=values)
    check_effective(kinds)
    asked = {name: options.pop(name) for name in LABEL_OPTIONS}
    if kinds == {Kind.IMAGES} and len(data) == 1:
        del options["mask"]
        return open_images(data[0], class_names=asked["class_names"], **options), None
    if not labels and len(data) == 1:
        return data[0], None
    if len(labels) != len(data):
        raise ConvistaError("learning.data.labels_for_each", scenes=len(data), labels=len(labels))
    if isinstance(asked["class_names"], dict) and (run is not None or len(labels) > 1):
        asked["class_names"] = SharedNames(asked["class_names"])
    truths = [opened_labels(one, values=values, **asked) for one in labels]
    scenes = [open_asked(one, **options) if run is None else open_for(run, one, **options) for one in data]
    return (scenes, truths) if len(scenes) > 1 else (scenes[0], truths[0])


def opened_labels(
    source: str,
    *,
    values: bool = False,
    class_names: Any = None,
    class_colours: str | None = None,
    label_nodata: float | str | None = None,
    attribute: str | None = None,
    layer: str | None = None,
    encoding: str | None = None,
) -> Scene | Labels | Shapes:
    """Open labels as the options say, and tell, on the error stream, what they were understood to be.

    Raises
    ------
    ConvistaError
        If they cannot be opened so.
    """
    from convista.scenes import is_shapes, open_labels, open_scene, open_shapes

    if values:
        if isinstance(label_nodata, str):
            raise ConvistaError("cli.options.not_a_number", text=label_nodata, option="--label-nodata")
        return open_scene(source, nodata=label_nodata)
    opened: Labels | Shapes
    if is_shapes(source):
        opened = open_shapes(source, attribute, class_names, layer=layer, encoding=encoding)
    else:
        opened = open_labels(source, class_names, nodata=label_nodata, colours=class_colours)
    click.echo(table_of_labels(opened), err=True)
    return opened


def table_of_labels(labels: Labels | Shapes) -> str:
    """Write the classes of labels: value, name, the colours that told it, and how much there is of each."""
    from convista.scenes import Labels

    lines = []
    if isinstance(labels, Labels):
        head = say("cli.options.labels_of", source=labels.source)
        counted = labels.counts or {}
        for one in labels.classes:
            cells = [str(one.value), one.name]
            if labels.colours:
                cells.insert(1, " ".join("#{:02x}{:02x}{:02x}".format(*c) for c in labels.colours[one.value]))
            if labels.counts is not None:
                cells.append(say("cli.options.pixels", count=counted.get(one.value, 0)))
            lines.append(cells)
    else:
        head = say("cli.options.shapes_of", source=labels.source, attribute=labels.attribute)
        lines = [
            [str(one.value), one.name, say("cli.options.shapes", count=labels.counts[one.value])]
            for one in labels.classes
        ]
    told = aligned(lines, words=len(lines[0])) if lines else []
    if not isinstance(labels, Labels) and (labels.unlabelled or labels.empty):
        told.append("  " + say("cli.options.shapes_left_out", unlabelled=labels.unlabelled, empty=labels.empty))
    return "\n".join([head, *told])


def _class_names(
    context: click.Context, option: click.Parameter, text: str | None
) -> list[str] | dict[int, str] | None:
    names = named_list(context, option, text)
    if names is None or not all("=" in name for name in names):
        return names
    pairs = [name.split("=", 1) for name in names]
    if not all(value.strip().isdecimal() for value, _ in pairs):
        raise ConvistaError("cli.options.not_class_names", text=text)
    return {int(value): name.strip() for value, name in pairs}


def _value(_: click.Context, __: click.Parameter, text: str | None) -> float | str | None:
    """Read a number, or leave a colour as it is written."""
    if text is None or text.startswith("#"):
        return text
    try:
        return float(text)
    except ValueError as error:
        raise ConvistaError("cli.options.not_a_number", text=text, option="--label-nodata") from error
