"""The stages of the way back through a convolution: pooling and ReLU, then the kernel and its places."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.backprop.maps import BackMaps
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.grid import CLOSE, telling
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate, window
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, widest, written
from convista.language import Text
from convista.operators import Array

ROOM = STAGE._replace(top=98, bottom=404)
CELL, TALLEST, SIZE = 56.0, 40.0, 17.0
RIGHT = 370.0
"""The least width of the room for the error and the kernel."""
NARROW = 50.0
"""Width of a cell of the kernel."""
BAR = Box(STAGE.left, 426, STAGE.left + 250, 446)
GAP = 26.0


class Routed(NamedTuple):
    """How many pooled errors have gone to the winner of their window; None before anything has moved."""

    windows: int | None


class Gated(NamedTuple):
    """Whether the error has passed the ReLU, whose input is shown."""

    passed: bool


class RoutingStage:
    """What the ReLU had given, the error after pooling, and where that goes; then z and what of it passes."""

    def __init__(self, maps: BackMaps) -> None:
        self._maps = maps
        self._errors = np.concatenate([maps.pooled.ravel(), maps.routed.ravel(), maps.delta.ravel()])
        self._values = np.concatenate([maps.activated.ravel(), maps.read.ravel()])
        arrays = (maps.activated, self._values), (maps.pooled, self._errors), (maps.routed, self._errors)
        rooms = ROOM.columns(*(array.shape[1] * _ems(array) for array, _ in arrays), gap=GAP)
        left, right = ROOM.columns(1, 1, gap=60)
        self._before = _plate("before", maps.activated, rooms[0], maps.activated, Scale.of(self._values))
        self._pooled = _plate("pooled", maps.pooled, rooms[1], self._errors)
        self._routed = _plate("routed", maps.routed, rooms[2], self._errors)
        self._z = _plate("z", maps.read, left, self._values)
        self._heard = _plate("routed", maps.routed, right, self._errors)
        self._delta = _plate("delta", maps.delta, right, self._errors)
        self._bars = [
            *colour_bar("values", BAR, Scale.of(self._values), message("films.backprop.bar_values")),
            *colour_bar(
                "errors",
                BAR._replace(left=STAGE.right - BAR.width, right=STAGE.right),
                Scale.of(self._errors),
                message("films.backprop.bar_errors"),
            ),
        ]

    def at(self, moment: Routed | Gated) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        match moment:
            case Routed(windows):
                return (*self._bars, *self._routing(windows))
            case Gated(passed):
                return (*self._bars, *self._gating(passed))

    def to_winner(self, n: int) -> Sources:
        """Return where the error of the n-th window's winner comes from."""
        route = self._maps.routes[n]
        if route.winner is None or not (self._pooled.numbered and self._routed.numbered):
            return {}
        return {self._routed.keys(*route.winner)[1]: self._pooled.keys(*route.place)[1]}

    def passed(self) -> Sources:
        """Return what the error of the convolution comes out of, where the ReLU lets it pass."""
        if not self._delta.numbered:
            return {}
        places = np.argwhere(self._maps.read > 0).tolist()
        return {self._delta.keys(*at)[k]: self._heard.keys(*at)[k] for at in places for k in range(2)}

    def _routing(self, count: int | None) -> list[Mark]:
        marks = _named(self._before, "activated") + _named(self._pooled, "pooled", "backward")
        if count is None:
            return marks
        routes = self._maps.routes[:count]
        known = {place for route in routes for place in route.window}
        marks.append(_name(self._routed, "routed_map", "backward"))
        marks += self._routed.drawn(lambda row, column: (row, column) in known)
        if routes:
            route = routes[-1]
            (top, left), (bottom, right) = route.window[0], route.window[-1]
            marks += self._before.marked("window", top, left, bottom - top + 1, right - left + 1)
            marks += window("from", self._pooled.span(*route.place), "backward")
            if route.winner is not None:
                marks += self._before.outlined([route.winner])
                marks += self._routed.outlined([route.winner], "backward")
        return marks

    def _gating(self, passed: bool) -> list[Mark]:
        closed = [(int(r), int(c)) for r, c in np.argwhere(self._maps.read <= 0)]
        marks = _named(self._z, "z")
        marks += (
            _named(self._delta, "delta", "backward") if passed else _named(self._heard, "routed_map", "backward")
        )
        return [*marks, *(self._z.outlined(closed, "backward") if self._z.numbered else ())]


class Shared(NamedTuple):
    """How far the gradient of the kernel has come."""

    weight: int
    """The one at work, from 0; before it all are known."""
    met: bool = True
    """Whether the places that it hears, and the pixels that it met there, are ringed."""
    known: bool = True
    """Whether its own gradient is there."""


class KernelStage:
    """The input at the left; at the right the error of the map above the gradient of the kernel."""

    def __init__(self, maps: BackMaps) -> None:
        self._maps = maps
        widths = maps.image.shape[1], maps.delta.shape[1]
        least = RIGHT / (ROOM.width - RIGHT - 44)
        image, errors = ROOM.columns(1, max(least, widths[1] / widths[0]), gap=44)
        error, kernel = errors.rows(1.75, 1, gap=36)
        kernel = kernel._replace(right=kernel.left + NARROW * min(3, maps.to_kernel.shape[1]))
        self._image = _plate("image", maps.image, image, maps.image)
        heard = Scale.of(maps.pooled, maps.routed, maps.delta)
        self._error = _plate("error", maps.delta, error, maps.delta, heard)
        self._kernel = _plate("dK", maps.to_kernel, kernel, maps.to_kernel)
        self._lines = [maps.line(n) for n in range(len(maps.weights))]
        self._used = [(int(i), int(j)) for i, j in np.argwhere(maps.delta != 0)]
        bars = Box(kernel.right + 36, kernel.top, errors.right, kernel.bottom).rows(1, 1, 1)
        names = message("films.backprop.bar_input"), Text("δ", "δ"), Text("∂K", "∂K")
        scales = Scale.of(maps.image), heard, Scale.of(maps.to_kernel)
        self._bars = [
            mark
            for n, (room, scale, name) in enumerate(zip(bars, scales, names, strict=True))
            for mark in colour_bar(f"bar{n}", room, scale, name)
        ]

    def at(self, moment: Shared) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        at, maps = self._maps.weights[moment.weight], self._maps
        marks = self._still(moment.weight + moment.known)
        marks += self._image.marked("window", *maps.seen(at))
        if moment.met and self._error.numbered:  # around the pixels of a large map rings would hide what they ring
            met = [place for used in self._used if (place := maps.met(at, used)) is not None]
            marks += [*self._error.outlined(self._used, "backward"), *self._image.outlined(met, "backward")]
        line = self._lines[moment.weight]
        if moment.known:
            return (*marks, *self._kernel.outlined([at]), *line.ended())
        return (*marks, *(line.begun() if moment.met else ()))

    def whole(self) -> tuple[Mark, ...]:
        """Return the gradient of the whole kernel."""
        marks = self._still(len(self._maps.weights))
        return (*marks, *window("whole", self._kernel.box, "backward"))

    def heard(self, weight: int) -> Sources:
        """Return what a weight's gradient comes out of: the errors that it hears, the pixels that it met there."""
        at, maps = self._maps.weights[weight], self._maps
        if not (self._error.numbered and self._image.numbered and self._kernel.numbered) or not self._used:
            return {}
        met = (place for used in self._used if (place := maps.met(at, used)) is not None)
        errors = (self._error.keys(*used)[1] for used in self._used)
        return {self._kernel.keys(*at)[1]: (*errors, *(self._image.keys(*place)[1] for place in met))}

    def _still(self, count: int) -> list[Mark]:
        """Return the arrays, with the gradients of the first ``count`` weights."""
        known = set(self._maps.weights[:count])
        marks = _named(self._image, "image", channel=self._maps.band + 1) + _named(self._error, "delta", "backward")
        marks.append(_name(self._kernel, "kernel", "backward"))
        marks += self._kernel.drawn(lambda row, column: (row, column) in known)
        return [*marks, *self._bars]


def _ems(values: Array) -> float:
    """Return how wide the widest number is."""
    ends = telling(values)
    return widest(written(value, decimals_for(ends)) for value in ends) + 0.3


def _plate(key: str, values: Array, room: Box, like: Array, scale: Scale | None = None) -> Plate:
    size = CELL, TALLEST
    return Plate(key, room, values, like=like, cell=size, square=False, free=CLOSE, size=SIZE, scale=scale)


def _name(plate: Plate, key: str, colour: str = "muted", **values: object) -> Mark:
    words: Text = message(f"films.backprop_conv.{key}", **values)
    return plate.named(words, max(plate.box.width + 16, 150.0), colour)


def _named(plate: Plate, key: str, colour: str = "muted", **values: object) -> list[Mark]:
    return [_name(plate, key, colour, **values), *plate.drawn()]
