"""What a film of a transposed convolution reads: what each input value spreads, and the sums as far as they go."""

from __future__ import annotations

import numpy as np

from convista.errors import ConvistaError
from convista.films.keyframes import Position, stops
from convista.operators import Array, Explanation
from convista.operators.conv_transpose import ConvTranspose
from convista.operators.sliding import Padding, window
from convista.pairs import Pair

CHANNELS = 3
"""How many input channels are shown one by one."""


class Spread:
    """One output map of a transposed convolution, as input values are spread over it, row by row.

    Parameters
    ----------
    x
        Input, (1, channels, rows, columns).
    weight
        (channels, maps / groups, kernel rows, kernel columns).
    bias
        One number a map, or None.
    channel
        The map that is made.
    origin
        What rows and columns are counted from where they are written.

    Raises
    ------
    ConvistaError
        If shapes do not belong together, or the channel does not exist.
    """

    def __init__(
        self,
        x: Array,
        weight: Array,
        bias: Array | None,
        *,
        stride: Pair,
        padding: Padding,
        dilation: Pair,
        groups: int,
        channel: int,
        origin: int = 0,
    ) -> None:
        if x.ndim != 4 or weight.ndim != 4 or x.shape[0] != 1 or 0 in x.shape or 0 in weight.shape:
            raise ConvistaError("films.conv.ranks", x=x.shape, weight=weight.shape)
        maps = weight.shape[1] * groups
        if x.shape[1] != len(weight):
            raise ConvistaError(
                "films.conv.channels", x=x.shape[1], weight=weight.shape, groups=groups, read=len(weight)
            )
        if not 0 <= channel < maps:
            raise ConvistaError("films.no_such_channel", channel=channel, last=maps - 1)
        self.x, self.weight, self.bias, self.channel, self.origin = x, weight, bias, channel, origin
        self.stride, self.padding, self.dilation = stride, padding, dilation
        self._operator = ConvTranspose(stride=stride, padding=padding, dilation=dilation, groups=groups)
        each = len(weight) // groups
        self.first = channel // weight.shape[1] * each
        """The first input channel that is read."""
        self.kernels: Array = weight[self.first : self.first + each, channel % weight.shape[1]]
        self.output: Array = self._define(x)
        weights = np.abs(np.nan_to_num(self.kernels)).sum((1, 2)) * np.abs(np.nan_to_num(self.maps)).sum((1, 2))
        self.shown: list[int] = sorted(np.argsort(-weights, kind="stable")[:CHANNELS].tolist())
        """The channels that spread most, counted from `first`."""
        self.positions = stops(self.maps[0])

    @property
    def maps(self) -> Array:
        """The input channels that are read, (channels, rows, columns)."""
        read: Array = self.x[0, self.first : self.first + len(self.kernels)]
        return read

    def counted(self, at: Position) -> Position:
        """Return a place as it is written."""
        return at[0] + self.origin, at[1] + self.origin

    def reached(self, at: Position) -> list[tuple[Position, Position]]:
        """Return what an input place spreads over: elements of the kernel, and where they fall in the output."""
        pairs = window(at, self.output.shape, self.kernels.shape[1:], self.stride, self.padding, self.dilation)
        return [((u[0], u[1]), (place[0], place[1])) for u, place in pairs]

    def product(self, channel: int, at: Position) -> Array:
        """Return what a channel of an input place spreads: its value times the kernel."""
        spread: Array = self.maps[channel, at[0], at[1]] * self.kernels[channel]
        return spread

    def after(self, at: Position, channels: int) -> Array:
        """Return the output once all places before one have spread, and so many of its channels shown.

        The channels that are not shown spread with the last one.
        """
        done: Array = np.zeros(self.maps.shape, np.bool_)
        done.reshape(len(done), -1)[:, : at[0] * done.shape[2] + at[1]] = True
        done[self.shown[:channels], at[0], at[1]] = True
        if channels == len(self.shown):
            done[:, at[0], at[1]] = True
        partial = np.zeros_like(self.x)
        partial[0, self.first : self.first + len(done)] = np.where(done, self.maps, 0.0)
        return self._define(partial)

    def explain(self, at: Position) -> Explanation:
        """Return why an output value is what it is."""
        return self._operator.explain((0, self.channel, *at), self.x, self.weight, self.bias)

    def _define(self, x: Array) -> Array:
        made: Array = self._operator.value(x, self.weight, self.bias)[0, self.channel]
        return made
