"""What a convolutional layer computes, filter by filter: convolution, ReLU, max-pool, each value explained."""

from __future__ import annotations

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.films.keyframes import stops
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.activation import Relu
from convista.operators.pool import MaxPool
from convista.operators.sliding import same_both

MOST = 4
"""How many input channels, and how many filters, are shown."""


class ConvLayerValues:
    """The maps of a layer, and where a film of it stops.

    Parameters
    ----------
    x
        Input, (1, channels, rows, columns).
    weight
        Filters, (filters, channels, kernel rows, kernel columns).
    bias
        One number a filter, or None.
    pool
        Side and step of the windows of the max-pool.

    Raises
    ------
    ConvistaError
        If shapes do not belong together, or the pool is larger than the maps.
    """

    def __init__(self, x: Array, weight: Array, bias: Array | None, pool: int) -> None:
        self.x, self.pool = x, MaxPool(kernel=(pool, pool), stride=(pool, pool))
        padding = same_both(weight.shape[2:], (1, 1))
        self.sweeps = [
            Sweep(
                x,
                weight,
                bias,
                stride=(1, 1),
                padding=padding,
                dilation=(1, 1),
                groups=1,
                channel=k,
                origin=1,
            )
            for k in range(min(MOST, len(weight)))
        ]
        self.filters = len(weight)
        self.conv: Array = np.stack([sweep.output for sweep in self.sweeps])
        self.relu: Array = Relu().value(self.conv)
        self.pooled: Array = self.pool.value(self.relu[None])[0]
        self.positions = stops(self.conv[0])
        self.pools = stops(self.pooled[0])
        numbers = [self.x, self.conv, self.relu, self.pooled]
        self.decimals = decimals_for(np.concatenate([one.ravel() for one in numbers]).tolist())

    def rectified(self, k: int, at: Position) -> float:
        """Return a value after ReLU, as its explanation has it."""
        return Relu().explain((k, *at), self.conv).value

    def largest(self, k: int, at: Position) -> tuple[float, Position]:
        """Return a value after the max-pool, and where it stood before."""
        explained = self.pool.explain((0, k, *at), self.relu[None])
        won = next(term for term in explained.terms if term.factor)
        return explained.value, (won.index[2], won.index[3])

    def kept(self, k: int, at: Position) -> Text:
        """Write a ReLU's value: the larger of what comes and 0."""
        x = self._number(float(self.conv[k, at[0], at[1]]))
        return self._ending(message("films.conv_layer.max_zero", x=x), self.rectified(k, at))

    def rectified_only(self, k: int, at: Position) -> Text:
        """Write a ReLU's value alone."""
        return self._number(self.rectified(k, at))

    def won(self, k: int, at: Position) -> Text:
        """Write a max-pool's value: the largest of its window."""
        terms = self.pool.explain((0, k, *at), self.relu[None]).terms
        listed = [self._number(term.value) for term in terms]
        inside = Text("; ".join(n.es for n in listed), ", ".join(n.en for n in listed))
        return self._ending(message("films.conv_layer.max_among", values=inside), self.largest(k, at)[0])

    def largest_only(self, k: int, at: Position) -> Text:
        """Write a max-pool's value, and of how many it is the largest."""
        count = self.pool.kernel[0] * self.pool.kernel[1]
        return self._ending(message("films.conv_layer.max_of", count=count), self.largest(k, at)[0])

    def _number(self, value: float) -> Text:
        return written(value, self.decimals)

    def _ending(self, start: Text, value: float) -> Text:
        return Text(*(f"{a} = {b}" for a, b in zip(start, self._number(value), strict=True)))
