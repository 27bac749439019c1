"""What a film of a convolution reads: the arrays, and the explanation of every value it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import isnan

import numpy as np

from convista.errors import ConvistaError
from convista.films.keyframes import stops
from convista.language import Text
from convista.operators import Array, Explanation, Term
from convista.operators.conv import Conv
from convista.operators.sliding import NONE, Padding, output_size
from convista.pairs import Pair

Position = tuple[int, int]


class Sweep:
    """One output channel of a convolution of one input, position by position.

    Parameters
    ----------
    x
        Input, (1, channels, rows, columns).
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.
    channel
        The filter whose map is made.
    origin
        What positions are counted from when they are written.
    stops
        The positions that the film stops at; None for all, or of a long sweep those that tell most.
    letter
        What the output is called.

    Raises
    ------
    ConvistaError
        If shapes do not belong together, the channel does not exist, or the kernel is larger than the input.
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
        origin: int,
        stops: Sequence[Position] | None = None,
        letter: str = "O",
    ) -> None:
        check_ranks(x, weight)
        if groups < 1 or weight.shape[0] % groups or x.shape[1] != weight.shape[1] * groups:
            read = weight.shape[1] * groups
            raise ConvistaError("films.conv.channels", x=x.shape[1], weight=weight.shape, groups=groups, read=read)
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ConvistaError("films.conv.bias", bias=bias.shape, filters=weight.shape[0])
        if not 0 <= channel < weight.shape[0]:
            raise ConvistaError("films.no_such_channel", channel=channel, last=weight.shape[0] - 1)
        self.x, self.weight, self.bias = x, weight, bias
        self.stride, self.padding, self.dilation, self.groups = stride, padding, dilation, groups
        self._operator = Conv(stride=stride, padding=padding, dilation=dilation, groups=groups)
        self.channel, self.origin = channel, origin
        self.kernel: Array = weight[channel]
        """The filter, (channels read, kernel rows, kernel columns)."""
        self.first = channel // (weight.shape[0] // groups) * weight.shape[1]
        """The first input channel that the filter reads."""
        self.size = output_size(x.shape[2:], weight.shape[2:], stride, padding, dilation)
        self._stops, self._letter = stops, letter
        self._explained: dict[Position, Explanation] = {}
        self._terms: dict[Position, dict[tuple[int, int, int], Term]] = {}
        self._shares: dict[Position, Array] = {}

    @property
    def maps(self) -> Array:
        """The input channels that the filter reads, (channels read, rows, columns)."""
        read: Array = self.x[0, self.first : self.first + self.kernel.shape[0]]
        return read

    @cached_property
    def output(self) -> Array:
        """The whole map, (rows, columns), for its colours."""
        fewer = slice(self.channel, self.channel + 1)
        bias = None if self.bias is None else self.bias[fewer].astype(np.float64)
        x, weight = self.maps[None].astype(np.float64), self.weight[fewer].astype(np.float64)
        made: Array = replace(self._operator, groups=1).value(x, weight, bias)[0, 0]
        return made

    @cached_property
    def without_zeros(self) -> Array:
        """The map if the image went on as it is at its edge where the padding has zeros, (rows, columns)."""
        fewer = slice(self.channel, self.channel + 1)
        bias = None if self.bias is None else self.bias[fewer].astype(np.float64)
        x = np.pad(self.maps.astype(np.float64), ((0, 0), *self.padding), mode="edge")[None]
        made: Array = replace(self._operator, groups=1, padding=NONE).value(x, self.weight[fewer], bias)[0, 0]
        return made

    def by_zeros(self, at: Position) -> bool:
        """Say whether a value has its sign only because of the zeros of the padding."""
        value, own = float(self.output[at]), float(self.without_zeros[at])
        return bool(np.sign(own) != np.sign(value) and not np.isclose(own, value))

    def explain(self, at: Position) -> Explanation:
        """Return why the value at a position is what it is."""
        if at not in self._explained:
            index = (0, self.channel, *at)
            self._explained[at] = self._operator.explain(index, self.x, self.weight, self.bias)
        return self._explained[at]

    def name(self, at: Position) -> Text:
        """Return how the value at a position is written; a filter's number is told where there are several."""
        row, column = self.counted(at)
        filters = [] if self.weight.shape[0] == 1 else [self.channel + self.origin]
        line = f"{self._letter}[{','.join(map(str, [*filters, row, column]))}]"
        return Text(line, line)

    def counted(self, at: Position) -> Position:
        """Return a position as it is written."""
        return at[0] + self.origin, at[1] + self.origin

    def terms(self, at: Position) -> dict[tuple[int, int, int], Term]:
        """Return the terms of a position by kernel element, (channel read, row, column); padding has none."""
        if at not in self._terms:
            named = ((term.factor_index, term) for term in self.explain(at).terms)
            self._terms[at] = {(by[1], by[2], by[3]): term for by, term in named if by is not None}
        return self._terms[at]

    def part(self, at: Position, channel: int | None = None, row: int | None = None) -> float:
        """Return the sum of a position's contributions, of one channel read or one kernel row where asked."""
        if at not in self._shares:
            self._shares[at] = np.zeros(self.kernel.shape)
            for by, term in self.terms(at).items():
                self._shares[at][by] = term.contribution
        channels = slice(None) if channel is None else channel
        return float(self._shares[at][channels, slice(None) if row is None else row].sum())

    def running(self, at: Position, done: int) -> float:
        """Return the sum of a position's first products, row by row of the kernel, of one channel read."""
        self.part(at)
        return float(self._shares[at].ravel()[:done].sum())

    @property
    def reach(self) -> Position:
        """How many input rows and columns the window spans."""
        rows, columns = self.kernel.shape[1:]
        return (rows - 1) * self.dilation[0] + 1, (columns - 1) * self.dilation[1] + 1

    @property
    def unread(self) -> Position:
        """How many rows at the bottom and columns at the right, with the padding, no window reaches."""
        rows, columns = (
            size + sum(padding) - ((count - 1) * stride + reach)
            for size, padding, count, stride, reach in zip(
                self.x.shape[2:], self.padding, self.size, self.stride, self.reach, strict=True
            )
        )
        return rows, columns

    @cached_property
    def positions(self) -> list[Position]:
        """The positions that the film stops at: all, or of a long sweep those that tell most."""
        if self._stops is not None:
            return [at for at in self._stops if at[0] < self.size[0] and at[1] < self.size[1]]
        return stops(self.output)

    def sign(self) -> str | None:
        """Say what a positive value means: which way the image gets darker or brighter, as ``"darker_right"``.

        None for several channels, and for a kernel that does not just compare two sides.
        """
        channels, rows, columns = self.kernel.shape
        if channels > 1:
            return None
        kernel = self.kernel[0].astype(np.float64)
        down = float((kernel.sum(1) * np.arange(rows)).sum())
        right = float((kernel.sum(0) * np.arange(columns)).sum())
        small = 1e-9 * float(np.abs(kernel).sum())
        if isnan(small) or abs(float(kernel.sum())) > small or (abs(down) > small) == (abs(right) > small):
            return None
        side, slope = ("right", right) if abs(right) > small else ("down", down)
        return f"{'brighter' if slope > 0 else 'darker'}_{side}"


def check_ranks(x: Array, weight: Array) -> None:
    """Raise ConvistaError if the input is not one sample of maps, or the weights are not filters."""
    if x.ndim != 4 or weight.ndim != 4 or x.shape[0] != 1 or 0 in x.shape or 0 in weight.shape:
        raise ConvistaError("films.conv.ranks", x=x.shape, weight=weight.shape)
