"""Backpropagation through pooling, ReLU and convolution: routed, gated, and summed for every shared weight."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.backprop.maps import BackMaps, in_a_row
from convista.films.backprop.passage import Passage, of_operator
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.keyframes import SLOW_AT_FIRST, slowly
from convista.films.script import QUICK, Script, beat
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate, Written, window
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

CELL = 40.0
IMAGE, KERNEL = 330.0, 205.0
"""Widths of the rooms for the input and for the gradient of the kernel."""


def backprop_conv_film(
    passages: Sequence[Passage], *, channel: int | None = None, name: str = "backprop-conv"
) -> Film:
    """Show the error of one feature map go back through max-pooling, ReLU and convolution.

    Parameters
    ----------
    passages
        The run, of one sample: a convolution, a ReLU and a max-pooling, one after the other.
    channel
        The feature map; None for the one that hears the largest error.

    Raises
    ------
    ConvistaError
        If the run has no such operators in this order, several samples, or no such feature map.
    """
    of_operator(passages, "conv2d")
    found = in_a_row(passages)
    if found is None:
        raise ConvistaError("films.backprop_conv.order")
    conv, relu, pool = found
    count = conv.output.shape[1]
    if channel is None:
        channel = int(np.abs(conv.upstream[0]).reshape(count, -1).sum(1).argmax())
    if not 0 <= channel < count:
        raise ConvistaError("films.no_such_channel", channel=channel, last=count - 1)
    maps = BackMaps(conv, relu, pool, channel)
    script, stage = Script(name, message("films.backprop_conv.title", channel=channel)), _Stage(maps)
    script.step(message("films.backprop_conv.spread"), stage.spread())
    script.step(message("films.backprop_conv.routed"), *stage.routed())
    closed = int((maps.read <= 0).sum())
    script.step(message("films.backprop_conv.gated", closed=closed, count=maps.read.size), *stage.gated())
    for n, (u, v) in enumerate(maps.weights):
        given = {"row": u, "column": v, "places": maps.delta.size, "heard": int((maps.delta != 0).sum())}
        slow = slowly(n, len(maps.weights))
        key = "shared" if n == 0 else "next" if slow else "onwards"
        script.step(message(f"films.backprop_conv.{key}", **given), *stage.shared(n, slow=slow))
    script.step(message("films.backprop_conv.end", places=maps.delta.size), stage.end())
    return script.film()


class _Stage:
    """At the left what a layer had read, in the middle the error that came, at the right what it becomes."""

    def __init__(self, maps: BackMaps) -> None:
        self._maps = maps
        third = STAGE.width / 3
        self._rooms = [
            Box(STAGE.left + n * third + 12, STAGE.top, STAGE.left + (n + 1) * third - 12, STAGE.bottom)
            for n in range(3)
        ]
        errors = np.concatenate([maps.pooled.ravel(), maps.routed.ravel(), maps.delta.ravel()])
        left, middle, right = self._rooms
        self._before = _plate("before", maps.activated, left)
        self._pooled = _plate("pooled", maps.pooled, middle, errors)
        self._routed = _plate("routed", maps.routed, right, errors)
        self._z = _plate("z", maps.read, left)
        self._heard = _plate("heard", maps.routed, middle, errors)
        self._delta = _plate("delta", maps.delta, right, errors)
        self._shared = _Shared(maps, errors)

    def spread(self) -> Beat:
        """Return the error that came back to the pooled map, from the dense layers."""
        return beat(
            _named(self._before, "films.backprop_conv.activated"),
            _named(self._pooled, "films.backprop_conv.pooled", "backward"),
            seconds=SLOW.end,
        )

    def routed(self) -> list[Beat]:
        """Return each pooled error going to the winner of its window."""
        maps, beats = self._maps, []
        still = [
            *_named(self._before, "films.backprop_conv.activated"),
            *_named(self._pooled, "films.backprop_conv.pooled", "backward"),
        ]
        done: frozenset[tuple[int, int]] = frozenset()
        for n, route in enumerate(maps.routes):
            done |= set(route.window)
            routed = _named(self._routed, "films.backprop_conv.routed_map", "backward", written=_in(done))
            (top, left), (bottom, right) = route.window[0], route.window[-1]
            marks = [
                *self._before.marked("window", top, left, bottom - top + 1, right - left + 1),
                *window("from", self._pooled.span(*route.place), "backward"),
            ]
            if route.winner is not None:
                marks += self._before.outlined([route.winner])
                marks += self._routed.outlined([route.winner], "backward")
            beats.append(beat(still, routed, marks, seconds=SLOW.sum if n < SLOW_AT_FIRST else 4 * QUICK))
        return beats

    def gated(self) -> list[Beat]:
        """Return the error passing the ReLU only where what it read was positive."""
        closed = [(int(r), int(c)) for r, c in np.argwhere(self._maps.read <= 0)]
        still = [
            *_named(self._z, "films.backprop_conv.z"),
            *_named(self._heard, "films.backprop_conv.routed_map", "backward"),
        ]
        shut = self._z.outlined(closed, "backward") if self._z.numbered else ()
        gone = _named(self._delta, "films.backprop_conv.delta", "backward")
        return [beat(still, shut, seconds=SLOW.end), beat(still, shut, gone, seconds=SLOW.end)]

    def shared(self, n: int, *, slow: bool) -> list[Beat]:
        """Return the gradient of one weight of the kernel, summed over all places where it was used."""
        return self._shared.beats(n, slow=slow)

    def end(self) -> Beat:
        """Return the gradient of the whole kernel."""
        return self._shared.whole()


class _Shared:
    """The input, the error of the map, and the gradient of the kernel."""

    def __init__(self, maps: BackMaps, errors: Array) -> None:
        self._maps = maps
        image = Box(STAGE.left, STAGE.top, STAGE.left + IMAGE, STAGE.bottom)
        kernel = Box(STAGE.right - KERNEL, STAGE.top, STAGE.right, STAGE.bottom)
        error = Box(image.right + 30, STAGE.top, kernel.left - 46, STAGE.bottom)
        self._image = Plate("image", image, maps.image, cell=(CELL + 2, CELL + 2), square=False)
        self._error = _plate("error", maps.delta, error, errors)
        self._kernel = Plate("dK", kernel, maps.to_kernel)
        self._lines = [maps.line(n) for n in range(len(maps.weights))]

    def beats(self, n: int, *, slow: bool) -> list[Beat]:
        at, maps = self._maps.weights[n], self._maps
        row, column, rows, columns = maps.seen(at)
        seen = self._image.marked("window", row, column, rows, columns)
        used = [(int(i), int(j)) for i, j in np.argwhere(maps.delta != 0)]
        met = [place for i, j in used if (place := maps.met(at, (i, j))) is not None]
        rings: tuple[Mark, ...] = ()
        if self._error.numbered:  # around the pixels of a large map rings would hide what they ring
            rings = (*self._error.outlined(used, "backward"), *self._image.outlined(met, "backward"))
        before, line, pace = self._still(n), self._lines[n], SLOW if slow else FAST
        first = [beat(before, seen, seconds=pace.row, travel=3 * QUICK if n else 0.0)]
        first.append(beat(before, seen, rings, line.begun(self._lines), seconds=pace.sum))
        done = self._kernel.outlined([at])
        return [*first, beat(self._still(n + 1), seen, rings, done, line.ended(self._lines), seconds=pace.end)]

    def whole(self) -> Beat:
        return beat(
            self._still(len(self._maps.weights)), window("whole", self._kernel.box, "backward"), seconds=SLOW.end
        )

    def _still(self, count: int) -> list[Mark]:
        """Return the arrays, with the gradients of the first ``count`` weights."""
        written = _in(self._maps.weights[:count])
        kernel, error = self._kernel.box, self._error.box
        y = (STAGE.top + STAGE.bottom) / 2
        return [
            *_named(self._image, "films.backprop_conv.image", channel=self._maps.band),
            *_named(self._error, "films.backprop_conv.delta", "backward"),
            *_named(self._kernel, "films.backprop_conv.kernel", "backward", written=written),
            *arrow("sum", (error.right + 6, y), (kernel.left - 8, y), "backward"),
        ]


def _plate(key: str, values: Array, room: Box, like: Array | None = None) -> Plate:
    return Plate(key, room, values, like=like, cell=(CELL, CELL))


def _named(
    plate: Plate, key: str, colour: str = "muted", *, written: Written | None = None, **values: object
) -> list[Mark]:
    words: Text = message(key, **values)
    return [plate.named(words, max(plate.box.width, 150.0), colour), *plate.drawn(written)]


def _in(cells: Collection[tuple[int, int]]) -> Written:
    """Return that these cells are written, and no others."""
    return lambda row, column: (row, column) in cells
