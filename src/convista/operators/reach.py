"""How far an element sees along one axis by the architecture alone, and what windows and cells make of that.

This is what books give for a layer: r' = r + (k − 1)·d·j and j' = j·s, layer by layer (Araujo et al. 2019).
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import NamedTuple


class Reach(NamedTuple):
    """Along one axis: element i of a layer can depend on the inputs from start + i·step on, ``size`` at most."""

    start: Fraction
    base: Fraction
    step: Fraction
    """How many inputs apart the fields of neighbours are on average: the product of the strides so far."""
    grain: Fraction = Fraction(1)
    """How many inputs apart they are where they differ: on a way up again, several neighbours see the same."""
    further: Fraction = Fraction(0)
    """How far windows have reached since ``base``; on a coarse grain they see whole grains."""

    @property
    def size(self) -> Fraction:
        """How many inputs an element sees, at most."""
        return self.base + self.grain * ceil(self.further / self.grain)

    def reaching(self, further: Fraction) -> Reach:
        """Return what a window sees that reaches further."""
        return self._replace(further=self.further + further)

    def refined(self, by: Fraction) -> Reach:
        """Return what is seen after elements have been put between elements."""
        return Reach(self.start, self.size, self.step / by, max(self.grain, self.step if by > 1 else self.grain))

    def by_windows(self, kernel: int, stride: int, padding: int, dilation: int) -> Reach:
        """Return what windows see; ``padding`` is what lies before the first element."""
        further = (kernel - 1) * dilation
        start = self.start - padding * self.step
        return self.reaching(further * self.step)._replace(start=start, step=self.step * stride)

    def by_cells(self, length: int, cells: int) -> Reach:
        """Return what cells see into which a length is divided."""
        reads = ceil(Fraction(length, cells)) + bool(length % cells)
        return self.reaching((reads - 1) * self.step)._replace(step=self.step * Fraction(length, cells))
