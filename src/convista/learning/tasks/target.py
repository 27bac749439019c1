"""What the values of a regression are standardised by."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

Numbers = TypeVar("Numbers", NDArray[Any], Tensor)


class Target(NamedTuple):
    """What a regression's values are standardised by: those of the training part."""

    mean: float
    std: float
    unit: str | None = None

    def standardise(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """Return (value − mean) / deviation, float32; NaN stays."""
        return ((values - self.mean) / self.std).astype(np.float32)

    def restore(self, standardised: Numbers) -> Numbers:
        """Return the values, in their unit."""
        return standardised * self.std + self.mean
