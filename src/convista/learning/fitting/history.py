"""What is remembered of a training."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass
class History:
    """How a training went."""

    epochs: list[dict[str, Any]] = field(default_factory=list)
    """Of each: ``epoch``, from 1, ``loss`` (mean), the numbers of the validation part, ``seconds``."""
    best_epoch: int = 0
    best_value: float = -math.inf
    interrupted: bool = False
    """Whether it ended before its time."""
    diverged: bool = False
    """Whether that was because its loss ceased to be a finite number."""
    precision: str = "32-true"

    def note(self, told: dict[str, Any], value: float) -> bool:
        """Take an epoch into account and tell whether it is the best so far."""
        self.epochs.append(told)
        if not value > self.best_value:  # nor is what is no number
            return False
        self.best_value, self.best_epoch = value, told["epoch"]
        return True

    def stale(self, patience: int) -> bool:
        """Tell whether the best epoch is so long ago that nothing better is expected."""
        return bool(patience) and len(self.epochs) - self.best_epoch >= patience
