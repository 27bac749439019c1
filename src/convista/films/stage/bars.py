"""Bars on the stage: amounts as lengths from one line, and several stacked end to end."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from convista.films.stage.marks import Box, Colour, Mark, Polyline, Rectangle


class Bars(NamedTuple):
    """Bars that begin on a line at the left; amounts are zero or above."""

    key: str
    box: Box
    """Where the longest ends: its left edge is the line, its height is all bars'."""
    scale: float
    """The amount that has the whole width."""

    def line(self) -> Polyline:
        """Return the line that all begin on."""
        left = self.box.left
        return Polyline(f"{self.key}.line", ((left, self.box.top), (left, self.box.bottom)), "muted", 1.0)

    def bar(self, name: str, centre: float, tall: float, value: float, colour: Colour = "curve") -> list[Mark]:
        """Return a bar around a height of the stage; none for an amount that is missing."""
        return self.stacked(name, centre, tall, [value], [colour])

    def stacked(
        self, name: str, centre: float, tall: float, values: Sequence[float], colours: Sequence[Colour]
    ) -> list[Mark]:
        """Return bars end to end, with thin gaps: together they are as long as their sum."""
        marks: list[Mark] = []
        left = self.box.left
        for n, (value, colour) in enumerate(zip(values, colours, strict=True)):
            if not isfinite(value):
                continue
            right = left + value / self.scale * self.box.width
            key = f"{self.key}.{name}" if len(values) == 1 else f"{self.key}.{name}.{n}"
            edge = "background" if len(values) > 1 else None
            marks.append(Rectangle(key, Box(left, centre - tall / 2, right, centre + tall / 2), colour, edge))
            left = right
        return marks
