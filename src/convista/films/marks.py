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
Colour = str | float
"""A name of the theme, or a place on the signed map: −1 negative end, 0 zero, 1 positive end."""


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

    A place on the signed map for ``colour`` means black or white, whichever is easier to read on it.
    """

    key: str
    at: Point
    text: Text
    size: float
    colour: Colour = "text"
    anchor: str = "middle"


class Polyline(NamedTuple):
    """A line through points, with round joints."""

    key: str
    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.5


class Polygon(NamedTuple):
    """A filled outline."""

    key: str
    points: tuple[Point, ...]
    fill: Colour


class Circle(NamedTuple):
    """A filled disc."""

    key: str
    centre: Point
    radius: float
    fill: Colour


class Picture(NamedTuple):
    """A map of values without numbers, one level a cell, row by row.

    ``levels`` are signed bytes: −126 … 126 is the signed map from end to end, `UNWRITTEN` has no value yet,
    `MISSING` is not a number.
    """

    key: str
    box: Box
    rows: int
    columns: int
    levels: bytes


UNWRITTEN, MISSING, FULL = -127, -128, 126

Mark = Rectangle | Words | Polyline | Polygon | Circle | Picture


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
        case Rectangle() | Picture() if isinstance(end, type(start)):
            return start._replace(box=Box(*mix(start.box, end.box)))
        case Words() if isinstance(end, Words):
            return start._replace(at=point(start.at, end.at))
        case Circle() if isinstance(end, Circle):
            return start._replace(centre=point(start.centre, end.centre))
        case Polyline() | Polygon() if isinstance(end, type(start)) and len(start.points) == len(end.points):
            return start._replace(points=tuple(map(point, start.points, end.points)))
        case _:
            return start
