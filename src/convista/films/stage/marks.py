"""What a film is drawn with: plain records, in points of a 960 × 540 stage, each with a key that says what it is.

A mark of the same key in two pictures is the same thing, moved or changed. Nothing here knows how it is drawn.
"""

from __future__ import annotations

from typing import NamedTuple

from convista.language import Text

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 0.04 * HEIGHT
"""What stays free around the stage, as look says 4 %."""

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


Colour = str | float | Tone
"""A name of the theme, a place on the signed map (−1 negative end, 0 zero, 1 positive end), or a tone."""


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


class Rectangle(NamedTuple):
    """A filled box, an outline drawn inside its edges, or both."""

    key: str
    box: Box
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0


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


class Formula(NamedTuple):
    """A line of mathematics in every language, written as in TeX, without dollar signs; placed like `Words`."""

    key: str
    at: Point
    tex: Text
    size: float
    colour: Colour = "text"
    anchor: str = "middle"


class Polyline(NamedTuple):
    """A line through points, with round joints; ``dash`` is the length of its dashes and gaps, 0 for none."""

    key: str
    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.5
    dash: float = 0.0


class Polygon(NamedTuple):
    """A closed shape: filled, outlined by a line along its edges, or both."""

    key: str
    points: tuple[Point, ...]
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0


class Circle(NamedTuple):
    """A disc, a ring along its edge, or both."""

    key: str
    centre: Point
    radius: float
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0


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

    def __repr__(self) -> str:
        return f"<Photo {self.key}: {self.rows}×{self.columns}>"


Mark = Rectangle | Words | Formula | Polyline | Polygon | Circle | Picture | Photo


def between(start: Mark, end: Mark, share: float) -> Mark:
    """Return the start mark on its way to the end's place: 0 is still there, 1 has arrived.

    Boxes and points move; nothing else changes. Towards a mark of another type or number of points it stays.
    """

    def mix(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(x + (y - x) * share for x, y in zip(a, b, strict=True))

    def point(a: Point, b: Point) -> Point:
        x, y = mix(a, b)
        return x, y

    match start:
        case Rectangle() | Picture() | Photo() if isinstance(end, type(start)):
            return start._replace(box=Box(*mix(start.box, end.box)))
        case Words() | Formula() if isinstance(end, type(start)):
            return start._replace(at=point(start.at, end.at))
        case Circle() if isinstance(end, Circle):
            return start._replace(centre=point(start.centre, end.centre))
        case Polyline() | Polygon() if isinstance(end, type(start)) and len(start.points) == len(end.points):
            return start._replace(points=tuple(map(point, start.points, end.points)))
        case _:
            return start
