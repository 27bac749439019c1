"""Which options go with which data: what a command is given and would have no effect is refused by name.

A new option of a command that takes several kinds of data needs a line in `GOES_WITH`, which a test sees to; if it
does not go with all of them, give the text that says of what it is (``cli.only_…``), and it is refused elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import click

from convista.errors import ConvistaError
from convista.language import say


class Kind(Enum):
    """Kinds of data."""

    IMAGES = "images"
    """A folder with a folder of images for each class."""
    CLASSES = "classes"
    """Scenes with a raster of classes."""
    SHAPES = "shapes"
    """Scenes with polygons or points."""
    VALUES = "values"
    """Scenes with a raster of values."""
    SCENE = "scene"
    """A scene without labels."""
    SIMULATED = "simulated"
    """The scene that `demo` simulates."""


class Use(NamedTuple):
    """What an option goes with."""

    kinds: frozenset[Kind]
    otherwise: str = ""
    """Key of the text that says of what it is, and what to do instead."""


_ALWAYS = Use(frozenset(Kind))
_GIVEN = Use(_ALWAYS.kinds - {Kind.SIMULATED}, "cli.options.only_given")
_SCENES = Use(_GIVEN.kinds - {Kind.IMAGES}, "cli.options.only_scenes")
_IMAGES = Use(frozenset({Kind.IMAGES}), "cli.options.only_images")
_SHAPES = Use(frozenset({Kind.SHAPES}), "cli.options.only_shapes")
_NAMED = Use(frozenset({Kind.IMAGES, Kind.CLASSES, Kind.SHAPES}), "cli.options.only_classes")
_LABELS = Use(frozenset({Kind.CLASSES, Kind.SHAPES, Kind.VALUES}), "cli.options.only_labels")
_RASTERS = Use(frozenset({Kind.CLASSES, Kind.VALUES}), "cli.options.only_label_rasters")

GOES_WITH: Mapping[str, Use] = MappingProxyType(
    {
        # What the data are.
        **dict.fromkeys(("bands", "sensor", "scale", "offset", "nodata"), _GIVEN),
        "mask": Use(_SCENES.kinds, "cli.options.only_scene_masks"),
        "scene": _ALWAYS,
        # What is known of them.
        "labels": _LABELS,
        "class_names": _NAMED,
        "class_colours": Use(frozenset({Kind.CLASSES}), "cli.options.only_label_rasters"),
        "label_nodata": _RASTERS,
        **dict.fromkeys(("attribute", "layer", "encoding"), _SHAPES),
        # What is asked of them.
        **dict.fromkeys(
            ("task", "patch", "split"), _ALWAYS
        ),  # which of their values go with which data is said later
        "positive": _NAMED,
        "label_rule": _LABELS,
        "skip_bad": _IMAGES,
        # By what.
        **dict.fromkeys(("model", "trust", "choices", "recipe", "numbers", "epochs", "poolings"), _ALWAYS),
        **dict.fromkeys(("seed", "seeds", "resume", "restart", "snapshots", "tensorboard"), _ALWAYS),
        # What is scored or written.
        **dict.fromkeys(("out", "part", "independent", "symmetries", "by_name", "as_json"), _ALWAYS),
        **dict.fromkeys(("clusters", "anomaly", "against"), _ALWAYS),
        **dict.fromkeys(("stride", "least", "workers", "train by_name", "pooling by_name"), _SCENES),
        # Of every command.
        **dict.fromkeys(("lang", "debug", "help"), _ALWAYS),
    }
)
"""By the name of the option's parameter; with the command's before it where it means something else there."""


def kinds_of(data: Sequence[str], labels: Sequence[str], *, values: bool) -> frozenset[Kind]:
    """Return the kinds of data that a command is given.

    Parameters
    ----------
    data, labels
        As they are written.
    values
        Whether labels are values, as those of a regression are.
    """
    from convista.learning.data.image_folder import has_class_folders
    from convista.scenes import is_shapes

    if all(has_class_folders(Path(one)) for one in data):
        return frozenset({Kind.IMAGES})
    if not labels:
        return frozenset({Kind.SCENE})
    if values:
        return frozenset({Kind.VALUES})
    return frozenset(Kind.SHAPES if is_shapes(one) else Kind.CLASSES for one in labels)


def use_of(command: click.Command, option: click.Parameter) -> Use:
    """Return what an option of a command goes with."""
    return GOES_WITH.get(f"{command.name} {option.name}") or GOES_WITH[str(option.name)]


def check_effective(kinds: Iterable[Kind]) -> None:
    """See that every option that the running command was given has an effect with data of these kinds.

    Raises
    ------
    ConvistaError
        If one has none.
    """
    context = click.get_current_context()
    there = frozenset(kinds)
    for option in context.command.params:
        given = context.get_parameter_source(str(option.name))
        if not isinstance(option, click.Option) or given in {None, click.core.ParameterSource.DEFAULT}:
            continue
        use = use_of(context.command, option)
        if not there & use.kinds:
            data = ", ".join(say(f"cli.options.data_{kind.value}") for kind in Kind if kind in there)
            raise ConvistaError(
                "cli.options.option_idle", option=option.opts[-1], data=data, reason=say(use.otherwise)
            )
