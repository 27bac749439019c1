"""All maps of a first layer at once: the window slides over a patch, and every filter answers in its own map."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage import layout, text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import fitted, photo
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Picture, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.sliding import Padding
from convista.pairs import Pair
from convista.scenes.composite import Pixels

PATCH = Box(STAGE.left, STAGE.top + 6, STAGE.left + 300, 446)
WALL = Box(STAGE.left + 326, STAGE.top + 6, STAGE.right, 446)
MOST = 64
"""Maps that are shown."""
BEATS = 16
"""Pictures of the sweep."""
LABEL, NUMBER = 26.0, 14.0
"""Width of what stands beside a map, its number and its filter, and size of the number."""

NamedMaps = tuple[str, str, Array]
"""What made the maps, by its name and its operator, and the maps, (channels, rows, columns)."""


class Window(NamedTuple):
    """Of the convolution: where it lies for each place of the maps."""

    kernel: tuple[int, ...]
    stride: Pair
    padding: Padding


def activation_maps(
    pixels: Pixels, stages: Sequence[NamedMaps], weights: Array, *, stride: Pair, padding: Padding
) -> Film:
    """Show maps as a convolution makes them, all in parallel, and then what follows it makes of them.

    Parameters
    ----------
    pixels
        The patch, as a photo.
    stages
        The convolution's maps, then those of each operator after it.
    weights
        The convolution's filters, (filters, channels, kernel rows, kernel columns).
    stride, padding
        Of the convolution: where its window lies.

    Raises
    ------
    ConvistaError
        If there are no stages, or their maps are not all of one size.
    """
    if not stages or len({maps.shape for _, _, maps in stages}) != 1 or stages[0][2].ndim != 3:
        raise ConvistaError("films.activation_maps.stages", shapes=[maps.shape for _, _, maps in stages])
    channels = len(stages[0][2])
    stage = MapsStage(pixels, weights[:MOST], Window(weights.shape[2:], stride, padding))
    script = Script("activation-maps", message("films.activation_maps.title"))
    begin = message("films.activation_maps.begin", channels=channels)
    if channels > MOST:
        begin = message("films.activation_maps.fewer", text=begin, shown=MOST)
    script.step(begin, beat(stage.at(stages[0], 0), seconds=2 * SLOW.row))
    size, (rows, columns) = "×".join(map(str, weights.shape[2:])), stages[0][2].shape[1:]
    told = message("films.activation_maps.conv", layer=stages[0][0], size=size, rows=rows, columns=columns)
    script.step(told, *_sweep(stage, stages[0]))
    for following in stages[1:]:
        script.step(_meaning(following), beat(stage.at(following, rows), seconds=2 * SLOW.end))
    script.step(_end(stages[-1]), *_best(stage, stages[-1]))
    return script.film()


class MapsStage:
    """The patch at the left, and at the right a wall of maps, each beside its number and its filter."""

    def __init__(self, pixels: Pixels, filters: Array, window: Window) -> None:
        self._pixels, self._window, self._count = pixels, window, len(filters)
        self._patch = fitted((pixels.shape[0], pixels.shape[1]), PATCH)
        across = ceil(sqrt(self._count))
        down = ceil(self._count / across)
        rooms = [room for row in WALL.rows(*[1.0] * down) for room in row.columns(*[1.0] * across)]
        self._rooms = [Box(r.left + 1.5, r.top + 1.5, r.right - 4.5, r.bottom - 1.5) for r in rooms[: self._count]]
        name = message("films.activation_maps.patch", rows=pixels.shape[0], columns=pixels.shape[1])
        self._still: list[Mark] = [
            photo("patch", self._patch, pixels),
            heading("patch.name", self._patch, name, PATCH.width),
            *(mark for n in range(self._count) for mark in self._label(n, filters[n])),
        ]

    def at(self, stage: NamedMaps, done: int, window: int | None = None) -> list[Mark]:
        """Return the maps of a stage, written down to a row; ``window`` is the row that is being written."""
        marks = [*self._still, *self._wall(stage, done)]
        if window is not None:
            marks.append(Rectangle("window", self._seen(stage, window), None, "window", 3.0))
        return marks

    def silent(self, stage: NamedMaps) -> list[Mark]:
        """Return an outline around every map that is 0 everywhere."""
        nothing = [n for n in range(self._count) if not np.nan_to_num(stage[2][n]).any()]
        return [Rectangle(f"silent.{n}", self._box(n, stage).grown(1), None, "muted", 2.0) for n in nothing]

    def best(self, stage: NamedMaps, n: int) -> list[Mark]:
        """Return an outline around a map."""
        return [Rectangle("map.best", self._box(n, stage).grown(2), None, "written", 3.0)]

    def near(self, stage: NamedMaps, n: int, *, near: bool) -> list[Mark]:
        """Return a map a second time: over itself, or ``near``, over the patch."""
        maps = stage[2]
        if not near:
            return [self._picture("best", self._box(n, stage), maps, n, None)]
        box, name = fitted(maps.shape[1:], self._patch), message("films.activation_maps.near", number=n + 1)
        return [self._picture("best", box, maps, n, None), heading("best.name", self._patch, name, PATCH.width)]

    def place(self, stage: NamedMaps, at: tuple[int, int]) -> list[Mark]:
        """Return an outline around a place of the map that is near."""
        box = fitted(stage[2].shape[1:], self._patch)
        cell = box.width / stage[2].shape[2]
        left, top = box.left + at[1] * cell, box.top + at[0] * cell
        return [Rectangle("best.place", Box(left, top, left + cell, top + cell).grown(2), None, "written", 3.0)]

    def _box(self, n: int, stage: NamedMaps) -> Box:
        rows, columns = stage[2].shape[1:]
        return fitted((rows, columns), self._rooms[n].inset(left=LABEL))

    def _label(self, n: int, weights: Array) -> list[Mark]:
        """Return the number of a map, counted from 1, and its filter under it."""
        room, number = self._rooms[n], Text(str(n + 1), str(n + 1))
        middle, low = room.left + LABEL / 2 - 2, room.top + text.CAP * NUMBER + 2
        under = Box(room.left, low + 4, room.left + LABEL - 4, room.bottom)
        box = fitted((weights.shape[1], weights.shape[2]), under)
        marks: list[Mark] = [Words(f"number.{n}", (middle, low), number, NUMBER, "muted")]
        if min(box.width, box.height) < 3:
            return marks
        if len(weights) == 3:
            most = max(float(np.abs(weights).max()), 1e-12)
            shades = np.round(127.5 + 127.5 * weights / most).astype(np.uint8).transpose(1, 2, 0)
            return [*marks, photo(f"filter.{n}", box, shades)]
        grey = weights.sum(axis=0)
        return [*marks, picture(f"filter.{n}", box, grey, magnitude(grey))]

    def _wall(self, stage: NamedMaps, done: int) -> list[Mark]:
        name, _, maps = stage
        unwritten = np.arange(maps.shape[1])[:, None] >= np.full(maps.shape[1:], done)
        title = message(
            "films.activation_maps.wall", layer=name, channels=len(maps), rows=maps.shape[1], columns=maps.shape[2]
        )
        size = min(text.fitting(line, WALL.width, layout.HEADING_SIZE) for line in title)
        heard = Words("maps.name", (WALL.centre[0], WALL.top - 9), title, size, "muted")
        shown = (self._picture(f"map.{n}", self._box(n, stage), maps, n, unwritten) for n in range(self._count))
        return [heard, *shown]

    def _picture(self, key: str, box: Box, maps: Array, n: int, unwritten: Array | None) -> Picture:
        """Return a map; all share a scale, so that a weak answer looks weak: magnitudes if none is negative."""
        found = np.abs(maps[np.isfinite(maps)])
        scale = (float(np.percentile(found, 99.5)) or magnitude(maps)) if found.size else 1.0
        mark = picture(key, box, maps[n], scale, unwritten)
        return mark if bool((maps[np.isfinite(maps)] < 0).any()) else mark._replace(scale="magnitude")

    def _seen(self, stage: NamedMaps, row: int) -> Box:
        """Return where the window is for a place in the middle of a row."""
        (height, width), stride, padding = self._window
        scale = self._patch.width / self._pixels.shape[1]
        top = self._patch.top + max(0, row * stride[0] - padding[0][0]) * scale
        left = self._patch.left + max(0, stage[2].shape[2] // 2 * stride[1] - padding[1][0]) * scale
        bottom = self._patch.top + (row * stride[0] - padding[0][0] + height) * scale
        return Box(left, top, min(left + width * scale, self._patch.right), min(bottom, self._patch.bottom))


def _sweep(stage: MapsStage, maps: NamedMaps) -> list[Beat]:
    """Slide the window from row to row; what it has passed is written in all maps."""
    rows = maps[2].shape[1]
    done = sorted({1, *np.linspace(1, rows, min(rows, BEATS)).round().astype(int).tolist()})
    beats = [beat(stage.at(maps, done[0], done[0] - 1))]
    beats += [beat(stage.at(maps, n, n - 1), seconds=QUICK, travel=4 * QUICK) for n in done[1:]]
    return [*beats, beat(stage.at(maps, rows), seconds=SLOW.end)]


def _meaning(stage: NamedMaps) -> Text:
    name, operator, _ = stage
    known = operator if operator in {"batch_norm", "relu"} else "other"
    return message(f"films.activation_maps.{known}", layer=name, operator=operator)


def _highest(maps: Array) -> tuple[int, int, int]:
    """Return the map with the highest answer of those shown, and where that is."""
    seen = np.where(np.isfinite(maps), maps, -np.inf)[:MOST]
    best, row, column = (int(n) for n in np.unravel_index(seen.argmax(), seen.shape))
    return best, row, column


def _end(stage: NamedMaps) -> Text:
    """Say which map answers most anywhere, that its number means nothing, and how many are silent everywhere."""
    _, _, maps = stage
    best, row, column = _highest(maps)
    silent = int((np.nan_to_num(np.abs(maps)).max(axis=(1, 2)) == 0).sum())
    values = {"best": best + 1, "row": row + 1, "column": column + 1}
    key = "films.activation_maps.end" if not silent else "films.activation_maps.end_silent"
    value = written(float(maps[best, row, column]), 2)
    return message(key, silent=silent, channels=len(maps), value=value, **values)


def _best(stage: MapsStage, maps: NamedMaps) -> list[Beat]:
    """Bring the map with the highest answer near, over the patch, and mark its place and all silent maps."""
    best, row, column = _highest(maps[2])
    wall = [*stage.at(maps, maps[2].shape[1]), *stage.silent(maps), *stage.best(maps, best)]
    unnamed = [mark for mark in wall if mark.key != "patch.name"]
    near = stage.near(maps, best, near=True)
    return [
        beat(wall, stage.near(maps, best, near=False), seconds=SHORT),
        beat(unnamed, near, seconds=SHORT, travel=2 * TRAVEL),
        beat(unnamed, near, stage.place(maps, (row, column)), seconds=SLOW.end),
    ]
