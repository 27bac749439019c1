"""One picture that shows what was mapped: the scene, the labels and the map, side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.failures import told_as
from convista.language import say
from convista.scenes import ClassInfo, Labels, Scene, Window, open_labels
from convista.scenes.composite import NOTHING, Pixels, colour_picture, shown_bands
from convista.whole_file import whole_file

WIDEST = 900
"""Pixels of a panel's longer side, at most; larger scenes are thinned out as they are read."""
BACKGROUND, INK = "#000000", "#E8EAED"

Rows = Callable[[Window], NDArray[Any]]


def draw_comparison(scene: Scene, labels: Labels, mapped: Path, path: Path) -> Path:
    """Draw scene, labels and map on the same grid into one PNG, with the classes' colours explained.

    Red, green and blue are shown where the scene has them, else its first three bands, else its first in grey.

    Raises
    ------
    ConvistaError
        If the picture cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  loaded when something is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import Patch as Swatch  # noqa: PLC0415

    prediction = open_labels(mapped)
    tall = scene.height / scene.width
    width = 13.5
    panel = (width - 0.8) / 3
    figure = Figure(figsize=(width, min(panel * tall, 9) + 1.5), dpi=100, facecolor=BACKGROUND)
    FigureCanvasAgg(figure)
    panels = [
        (say("mapping.panel_scene"), _coloured(scene)),
        (say("mapping.panel_labels"), _painted(labels, scene)),
        (say("mapping.panel_map"), _painted(prediction, scene)),
    ]
    for axes, (title, picture) in zip(figure.subplots(1, 3), panels, strict=True):
        axes.imshow(picture, interpolation="nearest")
        axes.set_title(title, color=INK, fontsize=13, pad=8)
        axes.set_axis_off()
    swatches = [
        Swatch(color="#{:02x}{:02x}{:02x}".format(*info.colour), label=_entry(info)) for info in labels.classes
    ]
    legend = figure.legend(
        handles=swatches, loc="lower center", ncols=min(len(swatches), 8), frameon=False, fontsize=11
    )
    for text in legend.get_texts():
        text.set_color(INK)
    figure.subplots_adjust(left=0.015, right=0.985, top=0.92, bottom=0.12, wspace=0.03)
    with told_as("mapping.beside_not_written", path=path), whole_file(path) as draft:
        figure.savefig(draft, format="png", facecolor=BACKGROUND)
    return path


def _entry(info: ClassInfo) -> str:
    """Write a class for the legend; one without a name of its own is known by its value."""
    return info.name if info.name == str(info.value) else f"{info.value} {info.name}"


def _coloured(scene: Scene) -> Pixels:
    """Return the scene as a colour picture, (rows, columns, 3)."""
    names = [scene.band_names[n] for n in dict.fromkeys(shown_bands(scene.band_names, len(scene.bands)))]
    return colour_picture(_thinned(lambda window: scene.read(window, names), scene), names)


def _painted(labels: Labels, scene: Scene) -> Pixels:
    """Return labels in their colours, (rows, columns, 3)."""
    values = _thinned(lambda window: labels.read(window)[None], scene)[0]
    picture = np.empty((*values.shape, 3), np.uint8)
    picture[...] = NOTHING
    for info in labels.classes:
        picture[np.ma.filled(values == info.value, False)] = info.colour
    return picture


def _thinned(read: Rows, scene: Scene) -> Any:
    """Read every n-th row and column, strip by strip, so that a panel stays small whatever the scene is."""
    step = max(1, -(-max(scene.shape) // WIDEST))
    deep = step * max(1, 512 // step)
    strips = [
        read(Window(row, 0, min(deep, scene.height - row), scene.width))[:, ::step, ::step]
        for row in range(0, scene.height, deep)
    ]
    return np.ma.concatenate(strips, axis=1)  # type: ignore[no-untyped-call]
