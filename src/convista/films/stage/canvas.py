"""Drawing marks on a canvas, of palette numbers or in full colour, whole or only where something has changed.

Most of a film stands still: of a step from one picture to the next, a few marks change. So a canvas keeps the list
of what it shows, finds the boxes in which the new list differs, and draws there alone ("damage", as window systems
have it). Redrawing a box whole and in order, clipped, costs little more than the changed mark, and needs no thought
about what lies over and under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor, hypot

import numpy as np
from PIL import Image, ImageDraw

from convista.films.stage import formula, text
from convista.films.stage.marks import (
    ANCHORS,
    HEIGHT,
    WIDTH,
    Box,
    Circle,
    Colour,
    Formula,
    Mark,
    Photo,
    Picture,
    Point,
    Polygon,
    Polyline,
    Rectangle,
    Words,
)
from convista.films.stage.paint import Paint, Pixels

Bounds = tuple[int, int, int, int]
"""Pixels: left, top, and the first column and row beyond."""


class Canvas:
    """A picture, and the display list that it shows.

    ``show(marks)`` leaves exactly the pixels that drawing every mark afresh would: marks are compared with those
    shown before by their keys, and inside the boxes of those that differ everything is drawn again, clipped.
    """

    def __init__(self, size: tuple[int, int], paint: Paint, language: str) -> None:
        self.pixels: Pixels = np.empty((size[1], size[0], *paint.depth), np.uint8)
        self.paint = paint
        self.language = language
        self.scale = min(size[0] / WIDTH, size[1] / HEIGHT)
        self._origin = (size[0] - WIDTH * self.scale) / 2, (size[1] - HEIGHT * self.scale) / 2
        self._ground = paint.number("background")
        self._shown: dict[str, tuple[Mark, Bounds]] = {}

    def show(self, marks: Sequence[Mark]) -> list[Bounds]:
        """Bring the canvas to a display list, in painter's order, and return the boxes that were redrawn."""
        # Marks are immutable and most are the same objects as before, so that comparing them costs almost nothing.
        before, self._shown, changed = self._shown, {}, []
        for mark in marks:
            known = before.get(mark.key)
            if known is None or not (known[0] is mark or (type(known[0]) is type(mark) and known[0] == mark)):
                changed.append(known := (mark, self._measure(mark)))
            self._shown[mark.key] = known
        if len(self._shown) != len(marks):
            raise ValueError("two marks have the same key")
        # Where marks change places, what lies over what changes everywhere they meet: all is drawn again.
        if not before or not _in_order(list(before), list(self._shown)):
            dirty = [(0, 0, self.pixels.shape[1], self.pixels.shape[0])]
        else:
            # Where a mark was, as well as where it is.
            gone = [before[mark.key] for mark, _ in changed if mark.key in before]
            gone += [shown for key, shown in before.items() if key not in self._shown]
            dirty = _joined([self._clipped(box) for _, box in gone + changed])
        if dirty:
            self._redraw(dirty)
        return dirty

    def _redraw(self, dirty: list[Bounds]) -> None:
        shown = list(self._shown.values())
        # Which marks meet a box is asked of all at once: there may be thousands, of which a few do.
        boxes = np.fromiter((edge for _, box in shown for edge in box), np.int64).reshape(-1, 4)
        for left, top, right, bottom in dirty:
            area = self.pixels[top:bottom, left:right]
            area[...] = self._ground
            meets = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
            for place in meets.nonzero()[0].tolist():
                self._draw(*shown[place], area, left, top)

    def _clipped(self, box: Bounds) -> Bounds:
        height, width = self.pixels.shape[:2]
        return max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)

    def _measure(self, mark: Mark) -> Bounds:
        """Return the pixels that a mark may touch."""
        match mark:
            case Rectangle(box=box) | Picture(box=box) | Photo(box=box):
                (left, top), (right, bottom) = self._place(box[:2]), self._place(box[2:])
                return round(left), round(top), round(right), round(bottom)
            case Words() | Formula():
                shades, left, top = self._run(mark)
                return left, top, left + shades.shape[1], top + shades.shape[0]
            case Circle(centre=(x, y), radius=radius):
                points: tuple[Point, ...] = ((x - radius, y - radius), (x + radius, y + radius))
            case Polyline() | Polygon():
                points = mark.points
        across, down = zip(*map(self._place, points), strict=True)
        # A line reaches half its width beyond its points, and what is sharp a little farther.
        more = 1 if isinstance(mark, Polygon) and mark.stroke is None else ceil(mark.width * self.scale / 2) + 1
        return floor(min(across)) - more, floor(min(down)) - more, ceil(max(across)) + more, ceil(max(down)) + more

    def _place(self, point: tuple[float, ...]) -> Point:
        return self._origin[0] + point[0] * self.scale, self._origin[1] + point[1] * self.scale

    def _run(self, mark: Words | Formula) -> tuple[text.Shades, int, int]:
        """Return the shades of a line of text or mathematics and the pixel of their corner."""
        kind, line = (text, mark.text) if isinstance(mark, Words) else (formula, mark.tex)
        written: str = getattr(line, self.language)
        size = mark.size * self.scale
        x, y = self._place(mark.at)
        x -= kind.width(written, size) * ANCHORS[mark.anchor]
        quarters = round(x * text.PHASES)
        coverage, left, top = kind.run(written, size, quarters % text.PHASES)
        return coverage, quarters // text.PHASES + left, round(y) + top

    def _draw(self, mark: Mark, box: Bounds, area: Pixels, left: int, top: int) -> None:
        """Draw the part of a mark that lies in an area whose corner is at a pixel of the canvas."""
        x0, y0 = max(box[0] - left, 0), max(box[1] - top, 0)
        x1, y1 = max(box[2] - left, 0), max(box[3] - top, 0)
        under = area[y0:y1, x0:x1]
        if not under.size:
            return
        x0, y0 = x0 + left - box[0], y0 + top - box[1]
        inside = slice(y0, y0 + under.shape[0]), slice(x0, x0 + under.shape[1])
        match mark:
            case Rectangle() | Picture() | Photo():
                over = under if mark.opacity == 1 else under.copy()
                self._fill(mark, over, box, inside)
                if mark.opacity < 1:
                    under[...] = self.paint.veil(under, over, mark.opacity, (y0, x0))
            case Words() | Formula():
                shades = _thinned(self._run(mark)[0][inside], mark.opacity)
                under[...] = self.paint.mix(under, self.paint.ink(mark.colour), shades)
            case _:
                for colour, whole in self._shapes(mark, box):
                    shades = _thinned(whole[inside], mark.opacity)
                    under[...] = self.paint.mix(under, self.paint.number(colour), shades)

    def _fill(
        self, mark: Rectangle | Picture | Photo, under: Pixels, box: Bounds, inside: tuple[slice, slice]
    ) -> None:
        match mark:
            case Rectangle():
                self._rectangle(mark, under, box, inside)
            case Picture():
                under[...] = self._picture(mark, box)[inside]
            case Photo():
                under[...] = self.paint.photo(mark, box[2] - box[0], box[3] - box[1])[inside]

    def _rectangle(self, mark: Rectangle, under: Pixels, box: Bounds, inside: tuple[slice, slice]) -> None:
        if mark.fill is not None:
            under[...] = self.paint.number(mark.fill)
        if mark.stroke is not None:
            number, thick = self.paint.number(mark.stroke), max(1, round(mark.width * self.scale))
            rows, columns = inside
            tall, wide = box[3] - box[1], box[2] - box[0]
            under[: max(0, thick - rows.start)] = number
            under[max(0, tall - thick - rows.start) :] = number
            under[:, : max(0, thick - columns.start)] = number
            under[:, max(0, wide - thick - columns.start) :] = number

    def _picture(self, mark: Picture, box: Bounds) -> Pixels:
        numbers = self.paint.levels(mark.scale)[np.frombuffer(mark.levels, np.uint8)]
        numbers = numbers.reshape(mark.rows, mark.columns, *self.paint.depth)
        # The nearest cell for each pixel, so that cells stay sharp and differ in size by a pixel at most.
        rows = np.arange(box[3] - box[1]) * mark.rows // (box[3] - box[1])
        columns = np.arange(box[2] - box[0]) * mark.columns // (box[2] - box[0])
        return numbers[rows[:, None], columns]

    def _shapes(self, mark: Circle | Polygon | Polyline, box: Bounds) -> Iterator[tuple[Colour, text.Shades]]:
        """Yield each colour of a shape, and where it covers the pixels of a box how much."""
        lines: tuple[tuple[Point, ...], ...]
        match mark:
            case Circle(centre=(x, y), radius=radius):
                lines, kind, edge = (((x - radius, y - radius), (x + radius, y + radius)),), "ellipse", "ring"
            case Polygon(points=points):
                lines, kind, edge = (points,), "polygon", "edge"
            case Polyline(points=points, dash=dash):
                lines, kind, edge = dashes(points, dash) if dash else (points,), "", "line"
        moved = tuple(tuple((x - box[0], y - box[1]) for x, y in map(self._place, line)) for line in lines)
        size, width = (box[2] - box[0], box[3] - box[1]), mark.width * self.scale
        if isinstance(mark, Polyline):
            yield mark.colour, _shades(edge, moved, width, size)
            return
        if mark.fill is not None:
            yield mark.fill, _shades(kind, moved, 0.0, size)
        if mark.stroke is not None:
            yield mark.stroke, _shades(edge, moved, width, size)


def _thinned(shades: text.Shades, opacity: float) -> text.Shades:
    """Return how much of each pixel a shape covers that lets a part through."""
    return shades if opacity == 1 else np.round(shades * opacity).astype(np.uint8)


FINE = 4
"""How many times finer shapes are drawn, since Pillow does not smooth them; then each 4 × 4 are averaged."""


# The same rings and arrows appear on thousands of pictures, and in boxes that are redrawn because of others.
@lru_cache(4096)
def _shades(kind: str, lines: tuple[tuple[Point, ...], ...], width: float, size: tuple[int, int]) -> text.Shades:
    """Draw a shape finely and count how much of each pixel it covers, in shades."""
    sheet = Image.new("L", (size[0] * FINE, size[1] * FINE))
    pen, thick = ImageDraw.Draw(sheet), max(1, round(width * FINE))
    for line in lines:
        fine = [(x * FINE, y * FINE) for x, y in line]
        match kind:
            case "line":
                pen.line(fine, fill=255, width=thick, joint="curve")
            case "edge":
                # Beginning in the middle of a side, so that every corner is joined.
                middle = (fine[0][0] + fine[-1][0]) / 2, (fine[0][1] + fine[-1][1]) / 2
                pen.line([middle, *fine, middle], fill=255, width=thick, joint="curve")
            case "polygon":
                pen.polygon(fine, fill=255)
            case "ring":
                (left, top), (right, bottom) = fine
                pen.ellipse(Box(left, top, right, bottom).grown(thick / 2), outline=255, width=thick)
            case _:
                pen.ellipse(fine, fill=255)
    return text.shaded(np.asarray(sheet.reduce(FINE)))


def dashes(points: tuple[Point, ...], length: float) -> tuple[tuple[Point, ...], ...]:
    """Return the dashes of a line, each as long as the gap after it; they go on around corners."""
    drawn: list[tuple[Point, ...]] = []
    place = 0.0
    for (x0, y0), (x1, y1) in pairwise(points):
        whole = hypot(x1 - x0, y1 - y0)
        at = 0.0
        while at < whole - 1e-9:
            until = min(whole, at + length - place % length)
            if int(place / length + 1e-9) % 2 == 0:
                ends = [(x0 + (x1 - x0) * along / whole, y0 + (y1 - y0) * along / whole) for along in (at, until)]
                drawn.append((ends[0], ends[1]))
            place += until - at
            at = until
    return tuple(drawn)


def _in_order(before: list[str], after: list[str]) -> bool:
    """Say whether what is in both lists follows in the same order: else what covers what has changed."""
    old, new = set(before), set(after)
    return [key for key in before if key in new] == [key for key in after if key in old]


def _joined(boxes: list[Bounds]) -> list[Bounds]:
    """Join boxes until none overlap, so that no pixel is drawn twice; empty ones are dropped."""
    # Joining two may make them meet a third, so each joined box is tried again against all that are apart so far.
    apart: list[Bounds] = []
    for box in boxes:
        if box[0] >= box[2] or box[1] >= box[3]:
            continue
        joined, meeting = box, [box]
        while meeting:
            meeting = [
                b for b in apart if b[0] < joined[2] and joined[0] < b[2] and b[1] < joined[3] and joined[1] < b[3]
            ]
            for b in meeting:
                apart.remove(b)
                joined = min(joined[0], b[0]), min(joined[1], b[1]), max(joined[2], b[2]), max(joined[3], b[3])
        apart.append(joined)
    return apart
