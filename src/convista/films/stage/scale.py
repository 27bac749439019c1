"""One colour scale a quantity, shared by all its tables, so that a number keeps its colour wherever it goes."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Scale(NamedTuple):
    """The range of one quantity on the signed map of colours, whose zero stays in the middle.

    Its farther end has the map's full colour; the other end has as much as its share of that.
    """

    low: float
    """The smallest value; 0 where none is negative."""
    high: float
    """The largest value; 0 where none is positive."""

    @classmethod
    def of(cls, *values: NDArray[Any]) -> Scale:
        """Return the scale of all the values of a quantity, what is missing aside; 0 … 1 where all are 0."""
        flat = np.concatenate([np.ravel(part) for part in values])
        finite = flat[np.isfinite(flat)]
        low, high = float(finite.min(initial=0.0)), float(finite.max(initial=0.0))
        return cls(low, high if low or high else 1.0)

    @property
    def full(self) -> float:
        """The magnitude that has the map's full colour."""
        return max(-self.low, self.high)

    def colour(self, value: float) -> float:
        """Return the place of a value on the signed map, −1 … 1."""
        return value / self.full
