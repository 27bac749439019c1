"""Padding: a margin of a constant, or of the image's own values, around an array."""

from __future__ import annotations

from typing import Literal

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.flatten import NOWHERE, collected, hears_copies, numbered
from convista.operators.upstream import element, gathered

Margins = tuple[tuple[int, int], ...]
"""Elements before and after, for every axis of the array, batch and channels too; negative ones are cut off."""
Mode = Literal["constant", "reflect", "replicate", "circular"]

_IN_NUMPY = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(x: Array, *, margins: Margins, mode: Mode = "constant", value: float = 0.0) -> Array:
    """Lay a margin around an array.

    It holds ``value``, or the array mirrored at its edge (``reflect``, the edge itself not repeated), its edge
    repeated (``replicate``), or the array's other end (``circular``).
    """
    kept = tuple(
        slice(max(0, -before), n - max(0, -after)) for n, (before, after) in zip(x.shape, margins, strict=True)
    )
    wide = [(max(0, before), max(0, after)) for before, after in margins]
    if mode == "constant":
        return np.pad(x[kept], wide, constant_values=value)
    return np.pad(x[kept], wide, mode=_IN_NUMPY[mode])  # type: ignore[call-overload]


def pad_gradient(
    upstream: Array, x: Array, *, margins: Margins, mode: Mode = "constant", value: float = 0.0
) -> dict[str, Array]:
    """Sum the upstream gradient of an element and of its copies in the margin; a constant takes its own away."""
    return {"x": collected(upstream, _origins(x, margins, mode), x.shape)}


def explain_pad(
    index: Index, x: Array, *, margins: Margins, mode: Mode = "constant", value: float = 0.0
) -> Explanation:
    """One term: the element that lies there or is copied there; none in a margin of a constant, which is a bias."""
    origins = _origins(x, margins, mode)
    index = inside(index, origins.shape)
    origin = int(origins[index])
    if origin == NOWHERE:
        return summed("pad", index, "y = c", (), value)
    at = tuple(int(i) for i in np.unravel_index(origin, x.shape))
    return summed("pad", index, "y = x", (Term("x", at, float(x[at]), 1.0, None, float(x[at])),))


def explain_pad_gradient(
    operand: str,
    index: Index,
    upstream: Array,
    x: Array,
    *,
    margins: Margins,
    mode: Mode = "constant",
    value: float = 0.0,
) -> Explanation:
    """One term for the element and for each of its copies in the margin; none if it was cut off."""
    index = element("pad", operand, index, x=x)
    return gathered("pad", operand, index, "∂x = Σ g", hears_copies(upstream, _origins(x, margins, mode), index, x))


def _origins(x: Array, margins: Margins, mode: Mode) -> Array:
    return pad(numbered(x), margins=margins, mode=mode, value=NOWHERE)


PAD = Operator("pad", pad, pad_gradient, explain_pad, explain_pad_gradient)
