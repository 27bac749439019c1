"""What a film is drawn with: plain records, in points of a 960 × 540 stage, each with a key that says what it is.

A mark of the same key in two pictures is the same thing, moved or changed. Nothing here knows how it is drawn.
"""

from __future__ import annotations

from typing import NamedTuple

from convista.language import Text

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 0.04 * HEIGHT
"""What stays free around the stage, as look says 4 %."""

ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""The share of a line's width that lies before the place where it is anchored."""

Point = tuple[float, float]


class Tone(NamedTuple):
    """A place on one of the other scales, and how much of it lies in shade, as a face turned from the light does.

    ``scale`` is ``"magnitude"`` (cividis), a channel's tint (``"red"``, ``"green"``, ``"blue"``, or in degrees
    ``"hue 210"``), a name of the theme, or ``"signed"``. ``value`` goes from 0, the scale's dark end or the
    background, to 1; on the signed map from −1. ``shade`` goes from 0, lit, to 1, black.
    """

    scale: str
    value: float = 1.0
    shade: float = 0.0


class Mixed(NamedTuple):
    """A colour on its way from one to another; ``share`` goes from 0, the first, to 1."""

    start: Colour
    end: Colour
    share: float


Colour = str | float | Tone | Mixed
"""A name of the theme, a place on the signed map (−1 negative end, 0 zero, 1 positive end), a tone, a mixture."""


def tints(channels: int) -> tuple[str, ...]:
    """Return a scale for each channel: reddish, greenish, bluish for up to three, else evenly spaced hues."""
    if channels <= 3:
        return ("red", "green", "blue")[:channels]
    return tuple(f"hue {round(360 * channel / channels)}" for channel in range(channels))


class Box(NamedTuple):
    """A rectangle of the stage; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Return the box with every side moved outwards."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def inset(self, *, left: float = 0, top: float = 0, right: float = 0, bottom: float = 0) -> Box:
        """Return the box with some sides moved inwards."""
        return Box(self.left + left, self.top + top, self.right - right, self.bottom - bottom)

    def columns(self, *shares: float, gap: float = 0.0) -> tuple[Box, ...]:
        """Divide the box into columns from left to right, as wide as their shares of what the gaps leave."""
        free, left, boxes = self.width - gap * (len(shares) - 1), self.left, []
        for share in shares:
            wide = free * share / sum(shares)
            boxes.append(self._replace(left=left, right=left + wide))
            left += wide + gap
        return tuple(boxes)

    def rows(self, *shares: float, gap: float = 0.0) -> tuple[Box, ...]:
        """Divide the box into rows from top to bottom, as `columns` does from left to right."""
        free, top, boxes = self.height - gap * (len(shares) - 1), self.top, []
        for share in shares:
            tall = free * share / sum(shares)
            boxes.append(self._replace(top=top, bottom=top + tall))
            top += tall + gap
        return tuple(boxes)

    def middle(self, width: float, height: float) -> Box:
        """Return a box of a size in the middle of this one."""
        x, y = self.centre
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


class Rectangle(NamedTuple):
    """A filled box, an outline drawn inside its edges, or both."""

    key: str
    box: Box
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0


class Words(NamedTuple):
    """One line of text in every language; ``at`` is on the baseline, at its start, middle or end.

    A ``colour`` that is a place on a map or a tone means black or white, whichever is easier to read on it.
    """

    key: str
    at: Point
    text: Text
    size: float
    colour: Colour = "text"
    anchor: str = "middle"
    opacity: float = 1.0


class Formula(NamedTuple):
    """A line of mathematics in every language, written as in TeX, without dollar signs; placed like `Words`."""

    key: str
    at: Point
    tex: Text
    size: float
    colour: Colour = "text"
    anchor: str = "middle"
    opacity: float = 1.0


class Polyline(NamedTuple):
    """A line through points, with round joints; ``dash`` is the length of its dashes and gaps, 0 for none."""

    key: str
    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.5
    dash: float = 0.0
    opacity: float = 1.0


class Polygon(NamedTuple):
    """A closed shape: filled, outlined by a line along its edges, or both."""

    key: str
    points: tuple[Point, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0


class Circle(NamedTuple):
    """A disc, a ring along its edge, or both."""

    key: str
    centre: Point
    radius: float
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    opacity: float = 1.0


class Picture(NamedTuple):
    """A map of values without numbers, one level a cell, row by row.

    ``levels`` are signed bytes: −`FULL` … `FULL` is the signed map from end to end, 0 … `FULL` any other ``scale``
    of a `Tone`; `UNWRITTEN` has no value yet, `MISSING` is not a number.
    """

    key: str
    box: Box
    rows: int
    columns: int
    levels: bytes
    scale: str = "signed"
    opacity: float = 1.0

    def __repr__(self) -> str:
        return f"<Picture {self.key}: {self.rows}×{self.columns}, {self.scale}>"


UNWRITTEN, MISSING, FULL = -127, -128, 126


class Photo(NamedTuple):
    """A picture in colours of its own: ``pixels`` are red, green and blue, a byte each, row by row."""

    key: str
    box: Box
    rows: int
    columns: int
    pixels: bytes
    opacity: float = 1.0

    def __repr__(self) -> str:
        return f"<Photo {self.key}: {self.rows}×{self.columns}>"


Mark = Rectangle | Words | Formula | Polyline | Polygon | Circle | Picture | Photo
