"""Drawing marks on a canvas of palette numbers, whole or only where something has changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, floor

import numpy as np
from PIL import Image, ImageDraw

from convista.films import text
from convista.films.marks import HEIGHT, WIDTH, Circle, Mark, Picture, Point, Polygon, Polyline, Rectangle, Words
from convista.films.palette import Indexed, Palette

Bounds = tuple[int, int, int, int]
"""Pixels: left, top, and the first column and row beyond."""


class Canvas:
    """A picture of palette numbers, and the display list that it shows.

    ``show(marks)`` leaves exactly the pixels that drawing every mark afresh would: marks are compared with those
    shown before by their keys, and inside the boxes of those that differ everything is drawn again, clipped.
    """

    def __init__(self, size: tuple[int, int], palette: Palette, language: str) -> None:
        self.pixels: Indexed = np.empty((size[1], size[0]), np.uint8)
        self.palette = palette
        self.language = language
        self.scale = min(size[0] / WIDTH, size[1] / HEIGHT)
        self._origin = (size[0] - WIDTH * self.scale) / 2, (size[1] - HEIGHT * self.scale) / 2
        self._ground = palette.number("background")
        self._levels = palette.levels
        self._shown: dict[str, tuple[Mark, Bounds]] = {}

    def show(self, marks: Sequence[Mark]) -> list[Bounds]:
        """Bring the canvas to a display list, in painter's order, and return the boxes that were redrawn."""
        before, self._shown, changed = self._shown, {}, []
        for mark in marks:
            known = before.get(mark.key)
            if known is None or not (known[0] is mark or (type(known[0]) is type(mark) and known[0] == mark)):
                changed.append(known := (mark, self._measure(mark)))
            self._shown[mark.key] = known
        if len(self._shown) != len(marks):
            raise ValueError("two marks have the same key")
        if not before or not _in_order(list(before), list(self._shown)):
            dirty = [(0, 0, *self.pixels.shape[::-1])]
        else:
            gone = [before[mark.key] for mark, _ in changed if mark.key in before]
            gone += [shown for key, shown in before.items() if key not in self._shown]
            dirty = _joined([self._clipped(box) for _, box in gone + changed])
        if dirty:
            self._redraw(dirty)
        return dirty

    def _redraw(self, dirty: list[Bounds]) -> None:
        shown = list(self._shown.values())
        boxes = np.fromiter((edge for _, box in shown for edge in box), np.int64).reshape(-1, 4)
        for left, top, right, bottom in dirty:
            area = self.pixels[top:bottom, left:right]
            area[...] = self._ground
            meets = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
            for place in meets.nonzero()[0].tolist():
                self._draw(*shown[place], area, left, top)

    def _clipped(self, box: Bounds) -> Bounds:
        height, width = self.pixels.shape
        return max(box[0], 0), max(box[1], 0), min(box[2], width), min(box[3], height)

    def _measure(self, mark: Mark) -> Bounds:
        """Return the pixels that a mark may touch."""
        match mark:
            case Rectangle(box=box) | Picture(box=box):
                (left, top), (right, bottom) = self._place(box[:2]), self._place(box[2:])
                return round(left), round(top), round(right), round(bottom)
            case Words():
                shades, left, top = self._run(mark)
                return left, top, left + shades.shape[1], top + shades.shape[0]
            case Circle(centre=(x, y), radius=radius):
                points: tuple[Point, ...] = ((x - radius, y - radius), (x + radius, y + radius))
            case Polyline(width=width):
                points = tuple((x + d, y + d) for x, y in mark.points for d in (-width / 2, width / 2))
            case Polygon():
                points = mark.points
        across, down = zip(*map(self._place, points), strict=True)
        return floor(min(across)) - 1, floor(min(down)) - 1, ceil(max(across)) + 1, ceil(max(down)) + 1

    def _place(self, point: tuple[float, ...]) -> Point:
        return self._origin[0] + point[0] * self.scale, self._origin[1] + point[1] * self.scale

    def _run(self, mark: Words) -> tuple[Indexed, int, int]:
        """Return the shades of a line of text and the pixel of their corner."""
        written: str = getattr(mark.text, self.language)
        size = mark.size * self.scale
        x, y = self._place(mark.at)
        x -= text.width(written, size) * {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor]
        quarters = round(x * text.PHASES)
        coverage, left, top = text.run(written, size, quarters % text.PHASES)
        return coverage, quarters // text.PHASES + left, round(y) + top

    def _draw(self, mark: Mark, box: Bounds, area: Indexed, left: int, top: int) -> None:
        """Draw the part of a mark that lies in an area whose corner is at a pixel of the canvas."""
        x0, y0 = max(box[0] - left, 0), max(box[1] - top, 0)
        x1, y1 = max(box[2] - left, 0), max(box[3] - top, 0)
        under = area[y0:y1, x0:x1]
        if not under.size:
            return
        x0, y0 = x0 + left - box[0], y0 + top - box[1]
        inside = slice(y0, y0 + under.shape[0]), slice(x0, x0 + under.shape[1])
        match mark:
            case Rectangle():
                self._rectangle(mark, under, box, inside)
            case Picture():
                under[...] = self._picture(mark, box)[inside]
            case Words():
                under[...] = self.palette.mix(under, self.palette.ink(mark.colour), self._run(mark)[0][inside])
            case Circle() | Polygon():
                shades = self._shape(mark, box)[inside]
                under[...] = self.palette.mix(under, self.palette.number(mark.fill), shades)
            case Polyline():
                shades = self._shape(mark, box)[inside]
                under[...] = self.palette.mix(under, self.palette.number(mark.colour), shades)

    def _rectangle(self, mark: Rectangle, under: Indexed, box: Bounds, inside: tuple[slice, slice]) -> None:
        if mark.fill is not None:
            under[...] = self.palette.number(mark.fill)
        if mark.stroke is not None:
            number, thick = self.palette.number(mark.stroke), max(1, round(mark.width * self.scale))
            rows, columns = inside
            tall, wide = box[3] - box[1], box[2] - box[0]
            under[: max(0, thick - rows.start)] = number
            under[max(0, tall - thick - rows.start) :] = number
            under[:, : max(0, thick - columns.start)] = number
            under[:, max(0, wide - thick - columns.start) :] = number

    def _picture(self, mark: Picture, box: Bounds) -> Indexed:
        numbers = self._levels[np.frombuffer(mark.levels, np.uint8)].reshape(mark.rows, mark.columns)
        rows = np.arange(box[3] - box[1]) * mark.rows // (box[3] - box[1])
        columns = np.arange(box[2] - box[0]) * mark.columns // (box[2] - box[0])
        return numbers[rows[:, None], columns]

    def _shape(self, mark: Circle | Polygon | Polyline, box: Bounds) -> Indexed:
        match mark:
            case Circle(centre=(x, y), radius=radius):
                points: tuple[Point, ...] = ((x - radius, y - radius), (x + radius, y + radius))
                kind, width = "ellipse", 0.0
            case Polygon():
                points, kind, width = mark.points, "polygon", 0.0
            case Polyline():
                points, kind, width = mark.points, "line", mark.width * self.scale
        moved = tuple((x - box[0], y - box[1]) for x, y in map(self._place, points))
        return _shades(kind, moved, width, (box[2] - box[0], box[3] - box[1]))


FINE = 4
"""How many times finer shapes are drawn before their coverage is counted."""


@lru_cache(4096)
def _shades(kind: str, points: tuple[Point, ...], width: float, size: tuple[int, int]) -> Indexed:
    """Draw a shape finely and count how much of each pixel it covers, in shades."""
    sheet = Image.new("L", (size[0] * FINE, size[1] * FINE))
    pen, fine = ImageDraw.Draw(sheet), [(x * FINE, y * FINE) for x, y in points]
    if kind == "line":
        pen.line(fine, fill=255, width=max(1, round(width * FINE)), joint="curve")
    elif kind == "polygon":
        pen.polygon(fine, fill=255)
    else:
        pen.ellipse(fine, fill=255)
    return text.shaded(np.asarray(sheet.reduce(FINE)))


def _in_order(before: list[str], after: list[str]) -> bool:
    """Say whether what is in both lists follows in the same order: else what covers what has changed."""
    old, new = set(before), set(after)
    return [key for key in before if key in new] == [key for key in after if key in old]


def _joined(boxes: list[Bounds]) -> list[Bounds]:
    """Join boxes until none overlap, so that no pixel is drawn twice; empty ones are dropped."""
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
