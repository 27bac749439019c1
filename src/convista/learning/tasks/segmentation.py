"""One of several classes, of every pixel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from torch import Tensor

from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass


@dataclass(frozen=True, repr=False)
class Segmentation(Multiclass):
    """`Multiclass` asked of every pixel: targets are (batch, rows, columns)."""

    name: ClassVar[str] = "segmentation"
    label_rules: ClassVar[tuple[LabelRule, ...]] = (LabelRule.PIXELS,)

    def alternatives_in(self, output: Tensor) -> int:
        """Return the number of outputs, of a patch or of every pixel."""
        return output.shape[1] if output.ndim > 1 else 0
