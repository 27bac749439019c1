"""A camera over the stage: a part of it, as large as there is room for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from convista.films.stage.layout import STAGE
from convista.films.stage.marks import (
    Box,
    Circle,
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


class Camera(NamedTuple):
    """What is seen: a window of the stage, in the middle of a room, as large as that allows.

    Marks keep their keys, so that between two beats, each seen through a window of its own, the camera travels:
    places and sizes change evenly together. Lines keep their width.
    """

    window: Box
    room: Box = STAGE

    @property
    def scale(self) -> float:
        """How many times larger things are than on the stage."""
        return min(self.room.width / self.window.width, self.room.height / self.window.height)

    def point(self, point: Point) -> Point:
        """Return where a point of the stage is seen."""
        (x, y), (left, top) = self.room.centre, self.window.centre
        return x + (point[0] - left) * self.scale, y + (point[1] - top) * self.scale

    def box(self, box: Box) -> Box:
        """Return where a box of the stage is seen."""
        return Box(*self.point((box.left, box.top)), *self.point((box.right, box.bottom)))

    def seen(self, marks: Iterable[Mark]) -> tuple[Mark, ...]:
        """Return marks as they are seen; those that lie wholly outside the room are left out.

        What is only partly inside is not cut off: lay what must stay free of it over it afterwards.
        """
        return tuple(mark for mark in map(self._moved, marks) if _meets(hull(mark), self.room))

    def _moved(self, mark: Mark) -> Mark:
        match mark:
            case Rectangle() | Picture() | Photo():
                return mark._replace(box=self.box(mark.box))
            case Words() | Formula():
                return mark._replace(at=self.point(mark.at), size=mark.size * self.scale)
            case Circle():
                return mark._replace(centre=self.point(mark.centre), radius=mark.radius * self.scale)
            case Polyline() | Polygon():
                return mark._replace(points=tuple(map(self.point, mark.points)))


def hull(mark: Mark) -> Box:
    """Return the box around the places of a mark: of letters, the point that they are anchored at."""
    match mark:
        case Rectangle() | Picture() | Photo():
            return mark.box
        case Words() | Formula():
            return Box(*mark.at, *mark.at)
        case Circle(centre=(x, y), radius=radius):
            return Box(x, y, x, y).grown(radius)
        case Polyline() | Polygon():
            across, down = zip(*mark.points, strict=True)
            return Box(min(across), min(down), max(across), max(down))


def _meets(box: Box, room: Box) -> bool:
    return box.left <= room.right and box.right >= room.left and box.top <= room.bottom and box.bottom >= room.top
