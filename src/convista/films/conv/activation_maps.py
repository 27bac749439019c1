"""All maps of a first layer at once: the window slides over a patch, and every filter answers in its own map."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import LAST, TICK, Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import fitted, photo
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.sliding import Padding
from convista.pairs import Pair
from convista.scenes.composite import Pixels

PATCH = Box(STAGE.left, STAGE.top + 6, STAGE.left + 356, 440)
WALL = Box(STAGE.left + 430, STAGE.top + 6, STAGE.right, 440)
MOST = 64
"""Maps that are shown."""
BEATS = 20
"""Pictures of the sweep."""

NamedMaps = tuple[str, str, Array]
"""What made the maps, by its name and its operator, and the maps, (channels, rows, columns)."""


def activation_maps(
    pixels: Pixels, stages: Sequence[NamedMaps], *, kernel: tuple[int, ...], stride: Pair, padding: Padding
) -> Film:
    """Show maps as a convolution makes them, all in parallel, and then what follows it makes of them.

    Parameters
    ----------
    pixels
        The patch, as a photo.
    stages
        The convolution's maps, then those of each operator after it.
    kernel, stride, padding
        Of the convolution: where its window lies.

    Raises
    ------
    ConvistaError
        If there are no stages, or their maps are not all of one size.
    """
    if not stages or len({maps.shape for _, _, maps in stages}) != 1 or stages[0][2].ndim != 3:
        raise ConvistaError("films.activation_maps.stages", shapes=[maps.shape for _, _, maps in stages])
    words, channels = message("films.activation_maps.title"), len(stages[0][2])
    shown = min(channels, MOST)
    patch = fitted((pixels.shape[0], pixels.shape[1]), PATCH)
    name = message("films.activation_maps.patch", rows=pixels.shape[0], columns=pixels.shape[1])
    still = (layout.title(words), photo("patch", patch, pixels), heading("patch.name", patch, name, PATCH.width))
    opening = (*still, *_wall(stages[0], shown, 0))
    steps = [Step(message("films.activation_maps.begin", channels=channels), (Beat(opening, 1.6),))]
    steps.append(_sweep(stages[0], shown, patch, pixels, kernel, stride, padding, still))
    for stage in stages[1:]:
        marks = (*still, *_wall(stage, shown, stage[2].shape[1]))
        steps.append(Step(_meaning(stage), (Beat(marks, 2.2),)))
    steps.append(_end(stages[-1], shown, still))
    if shown < channels:
        fewer = message("films.activation_maps.fewer", text=steps[0].caption, shown=shown)
        steps[0] = steps[0]._replace(caption=fewer)
    return Film("activation-maps", words, tuple(steps))


def _sweep(
    stage: NamedMaps,
    shown: int,
    patch: Box,
    pixels: Pixels,
    kernel: tuple[int, ...],
    stride: Pair,
    padding: Padding,
    still: tuple[Mark, ...],
) -> Step:
    """Slide the window row by row; what it has passed is written in all maps."""
    rows, columns = stage[2].shape[1:]
    scale, beats = patch.width / pixels.shape[1], []
    for done in sorted({1, *np.linspace(1, rows, min(rows, BEATS)).round().astype(int).tolist()}):
        row = (done - 1) * stride[0] - padding[0][0]
        column = (columns // 2) * stride[1] - padding[1][0]
        left, top = patch.left + max(column, 0) * scale, patch.top + max(row, 0) * scale
        bottom = min(patch.top + (row + kernel[0]) * scale, patch.bottom)
        window = Box(left, top, min(left + kernel[1] * scale, patch.right), bottom)
        marks = (*still, *_wall(stage, shown, done), Rectangle("window", window, None, "window", 3.0))
        beats.append(Beat(marks, 0.8 if done == 1 else 2 * TICK))
    beats.append(Beat((*still, *_wall(stage, shown, rows)), 1.6))
    size = "×".join(map(str, kernel))
    caption = message("films.activation_maps.conv", layer=stage[0], size=size, rows=rows, columns=columns)
    return Step(caption, tuple(beats))


def _wall(stage: NamedMaps, shown: int, done: int) -> list[Mark]:
    """Hang the maps in rows, written down to a row; those without negative values in the colours of magnitudes."""
    name, _, maps = stage
    across = ceil(sqrt(shown))
    down = ceil(shown / across)
    cell = min(WALL.width / across, WALL.height / down)
    left, top = WALL.centre[0] - cell * across / 2, WALL.top
    unwritten = np.arange(maps.shape[1])[:, None] >= np.full(maps.shape[1:], done)
    signed = bool((maps[np.isfinite(maps)] < 0).any())
    # One scale for all maps, so that a weak answer looks weak.
    found = np.abs(maps[np.isfinite(maps)])
    scale = (float(np.percentile(found, 99.5)) or magnitude(maps)) if found.size else 1.0
    whole = Box(left, top, left + across * cell, top + down * cell)
    title = message(
        "films.activation_maps.wall", layer=name, channels=len(maps), rows=maps.shape[1], columns=maps.shape[2]
    )
    size = min(text.fitting(line, WALL.width + 40, layout.HEADING_SIZE) for line in title)
    marks: list[Mark] = [Words("maps.name", (whole.centre[0], whole.top - 9), title, size, "muted")]
    for n in range(shown):
        box = _place(n, across, cell, left, top, maps.shape[1:])
        mark = picture(f"map.{n}", box, maps[n], scale, unwritten)
        marks.append(mark if signed else mark._replace(scale="magnitude"))
    return marks


def _place(n: int, across: int, cell: float, left: float, top: float, shape: tuple[int, ...]) -> Box:
    x, y = left + n % across * cell, top + n // across * cell
    return fitted((shape[0], shape[1]), Box(x + 1.5, y + 1.5, x + cell - 1.5, y + cell - 1.5))


def _meaning(stage: NamedMaps) -> Text:
    name, operator, _ = stage
    known = operator if operator in {"batch_norm", "relu"} else "other"
    return message(f"films.activation_maps.{known}", layer=name, operator=operator)


def _end(stage: NamedMaps, shown: int, still: tuple[Mark, ...]) -> Step:
    """Ring the map that answers most anywhere, and say how many are silent everywhere."""
    _, _, maps = stage
    largest = np.where(np.isfinite(maps), maps, -np.inf).max(axis=(1, 2))
    best = int(largest[:shown].argmax())
    row, column = (int(i) for i in np.unravel_index(np.nanargmax(maps[best]), maps.shape[1:]))
    marks = [*still, *_wall(stage, shown, maps.shape[1])]
    box = next(mark.box for mark in marks if mark.key == f"map.{best}" and not isinstance(mark, Words))  # type: ignore[union-attr]
    silent = int((np.nan_to_num(np.abs(maps)).max(axis=(1, 2)) == 0).sum())
    values = {"best": best, "row": row, "column": column, "value": written(float(maps[best, row, column]), 2)}
    key = "films.activation_maps.end" if not silent else "films.activation_maps.end_silent"
    caption = message(key, silent=silent, channels=len(maps), **values)
    return Step(caption, (Beat((*marks, Rectangle("map.best", box.grown(2), None, "written", 3.0)), LAST),))
