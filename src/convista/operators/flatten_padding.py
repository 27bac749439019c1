"""Padding: a margin of a constant, or of the image's own values, around an array."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.flatten import NOWHERE, collected, hears_copies, numbered
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach
from convista.operators.upstream import element, gradient_explanation

Margins = tuple[tuple[int, int], ...]
"""Elements before and after, for every axis of the array, batch and channels too; negative ones are cut off."""
Mode = Literal["constant", "reflect", "replicate", "circular"]

_IN_NUMPY = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


@dataclass(frozen=True, kw_only=True)
class Pad(Operator):
    """Lay a margin around an array.

    It holds ``fill``, or the array mirrored at its edge (``reflect``, the edge itself not repeated), its edge
    repeated (``replicate``), or the array's other end (``circular``).
    """

    names = ("pad",)
    margins: Margins
    mode: Mode = "constant"
    fill: float = 0.0

    def value(self, x: Array) -> Array:
        """Return the array with its margin."""
        kept = tuple(
            slice(max(0, -before), n - max(0, -after))
            for n, (before, after) in zip(x.shape, self.margins, strict=True)
        )
        wide = [(max(0, before), max(0, after)) for before, after in self.margins]
        if self.mode == "constant":
            return np.pad(x[kept], wide, constant_values=self.fill)
        return np.pad(x[kept], wide, mode=_IN_NUMPY[self.mode])  # type: ignore[call-overload]

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Sum what an element and its copies in the margin hear; what a constant hears is lost."""
        return {"x": collected(upstream, self._origins(x), x.shape)}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: the element that lies or is copied there; none in a margin of a constant, which is a bias."""
        origins = self._origins(x)
        index = inside(index, origins.shape)
        origin = int(origins[index])
        if origin == NOWHERE:
            return summed(self.name, index, "y = c", (), self.fill)
        at = tuple(int(i) for i in np.unravel_index(origin, x.shape))
        return summed(self.name, index, "y = x", (Term("x", at, float(x[at]), 1.0, None, float(x[at])),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for the element and for each of its copies in the margin; none if it was cut off."""
        index = element(self.name, operand, index, x=x)
        return gradient_explanation(
            self.name, operand, index, "∂x = Σ g", hears_copies(upstream, self._origins(x), index, x)
        )

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return what elements see that are counted from the margin's beginning."""
        before, _ = self.margins[2 + axis]
        return seen._replace(start=seen.start - before * seen.step)

    def _origins(self, x: Array) -> Array:
        """Return the number of the element that lies at each place of the output."""
        return replace(self, fill=NOWHERE).value(numbered(x))
