"""The stage of what a convolution does otherwise on the way back: maps of errors, a kernel that hears them all."""

from __future__ import annotations

import numpy as np

from convista.films.backprop.maps import BackMaps, Place
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Tone
from convista.films.stage.motion import Sources
from convista.films.stage.plate import window
from convista.films.wording import message
from convista.operators import Array

ROOM = STAGE._replace(top=90, bottom=430)
MOST, LARGEST = 16, 60.0
"""Rows or columns of a map that has single cells, and the largest cell."""


class FlowMaps:
    """At the right the error after pooling, in the middle that of the map, at the left the kernel's gradient."""

    def __init__(self, maps: BackMaps) -> None:
        kernel, delta, pooled = ROOM.columns(0.7, 1.2, 0.9, gap=70)
        self._maps = maps
        full = magnitude(np.concatenate([maps.pooled.ravel(), maps.delta.ravel()]))
        self._kernel = _Cells("dK", kernel, maps.to_kernel, magnitude(maps.to_kernel))
        self._delta = _Cells("delta", delta, maps.delta, full)
        self._pooled = _Cells("pooled", pooled, maps.pooled, full)

    @property
    def weights(self) -> int:
        """How many weights the kernel has."""
        return len(self._maps.weights)

    def spread(self) -> tuple[Mark, ...]:
        """Return the error that came back to the pooled map."""
        return (*self._pooled.drawn(), self._named(self._pooled, "pooled"))

    def routed(self) -> tuple[Mark, ...]:
        """Return it after pooling and ReLU: each at the place that had won, where ReLU had let it pass."""
        return (*self.spread(), *self._delta.drawn(), self._named(self._delta, "delta"), *self._between())

    def heard(self, count: int, *, last: bool = False) -> tuple[Mark, ...]:
        """Return the kernel with the gradients of so many weights."""
        known = self._maps.weights[:count]
        marks = [*self.routed(), *self._kernel.drawn(known), self._named(self._kernel, "kernel")]
        left, right = self._kernel.box.right, self._delta.box.left
        y = ROOM.centre[1]
        marks += arrow("to kernel", (right - 12, y), (left + 12, y), "backward")
        around = self._kernel.box if last else self._kernel.cell(known[-1])
        return (*marks, *window("heard", around, "backward"))

    def to_winners(self) -> Sources:
        """Return where the errors of the map come from: from the pooled value that each had won."""
        if not (self._delta.single and self._pooled.single):
            return {}
        routes = [route for route in self._maps.routes if route.winner is not None]
        return {
            self._delta.key(route.winner): self._pooled.key(route.place)
            for route in routes
            if route.winner is not None and self._maps.delta[route.winner] != 0
        }

    def from_everywhere(self, weight: int) -> Sources:
        """Return what a weight hears: every place of the map that has an error."""
        if not (self._delta.single and self._kernel.single):
            return {}
        places = [(int(r), int(c)) for r, c in np.argwhere(self._maps.delta != 0)]
        if not places:
            return {}
        return {self._kernel.key(self._maps.weights[weight]): tuple(map(self._delta.key, places))}

    def _between(self) -> tuple[Mark, ...]:
        y = ROOM.centre[1]
        return arrow("to map", (self._pooled.box.left - 12, y), (self._delta.box.right + 12, y), "backward")

    def _named(self, cells: _Cells, key: str) -> Mark:
        return heading(f"{key}.name", cells.box, message(f"films.backprop_flow.{key}"), 260, "backward")


class _Cells:
    """A map of errors without numbers: the redder a cell, the larger its error, whatever its sign."""

    def __init__(self, key: str, room: Box, values: Array, full: float) -> None:
        rows, columns = values.shape
        side = min(LARGEST, room.width / columns, room.height / rows)
        self._key, self._shares = key, np.abs(values) / full
        self._side = side
        self.box = room.middle(side * columns, side * rows)
        self.single = max(rows, columns) <= MOST

    def key(self, place: Place) -> str:
        """Return the key of a cell."""
        return f"{self._key}[{place[0]},{place[1]}]"

    def cell(self, place: Place) -> Box:
        """Return where a cell stands."""
        left, top = self.box.left + place[1] * self._side, self.box.top + place[0] * self._side
        return Box(left, top, left + self._side, top + self._side)

    def drawn(self, known: list[Place] | None = None) -> list[Mark]:
        """Return the map: all of it, or only the cells that are known."""
        if not self.single:
            shares = self._shares.copy()
            if known is not None:
                shares[:] = 0
                for place in known:
                    shares[place] = self._shares[place]
            return [picture(self._key, self.box, shares, 1.0)._replace(scale="backward")]
        return [
            Rectangle(
                self.key(place),
                self.cell(place),
                Tone("backward", float(self._shares[place])) if known is None or place in known else "panel",
                "line",
            )
            for place in np.ndindex(*self._shares.shape)
        ]
