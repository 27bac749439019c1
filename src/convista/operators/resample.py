"""Re-sampling: an image on a coarser or finer grid, nearest or linear, over any number of axes.

Axes are re-sampled one after the other. ``size`` is the length of each axis of the output after the channels, and
``scale`` says how many input elements one output element spans: s = 1/2 where a length is doubled.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.flatten import Moving
from convista.operators.operator import Operator, Shape
from convista.operators.reach import Reach
from convista.operators.upstream import element, gradient_explanation, upstream_term, written

Sizes = tuple[int, ...]
Scales = tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class ResampleNearest(Moving):
    """Copy the input element that lies below each output element: O[b,c,i,j] = x[b,c, R[i], C[j]].

    Input (batch, channels, rows, columns); one axis fewer or more for series and volumes.

    Parameters
    ----------
    taken
        R, C: for each axis, the position of the input that each output element takes, as `below` counts it. It is
        not counted here, because where i·s is whole, torch's rounding decides between two neighbours.
    """

    names = ("resample_nearest",)
    taken: tuple[Sizes, ...] = field(repr=False)

    def value(self, x: Array) -> Array:
        """Return the image on the other grid."""
        for axis, positions in enumerate(self.taken, start=2):
            x = np.take(x, positions, axis)
        return x

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far elements see between which others are put."""
        return seen.refined(Fraction(output[2 + axis], operands["x"][2 + axis]))


@dataclass(frozen=True, kw_only=True)
class ResampleLinear(Operator):
    """Weigh the neighbours of each output element by their nearness, as `neighbours` says: bilinear for images.

    Along one axis O[i] = (1 − t)·x[a] + t·x[b]. Input (batch, channels, rows, columns); one axis fewer or more for
    series and volumes.
    """

    names = ("resample_linear",)
    size: Sizes
    scale: Scales
    corners: bool = False

    def value(self, x: Array) -> Array:
        """Return the image on the other grid."""
        for axis, (out, s) in enumerate(zip(self.size, self.scale, strict=True), start=2):
            a, b, t = neighbours(x.shape[axis], out, s, self.corners)
            t = t.reshape(-1, *[1] * (x.ndim - axis - 1))
            x = (1 - t) * np.take(x, a, axis) + t * np.take(x, b, axis)
        return x

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Give each neighbour its share of the upstream gradient, by the same weights, axis by axis."""
        for axis, (out, s) in enumerate(zip(self.size, self.scale, strict=True), start=2):
            a, b, t = neighbours(x.shape[axis], out, s, self.corners)
            t = t.reshape(-1, *[1] * (x.ndim - 1))
            g = np.moveaxis(upstream, axis, 0)
            shares = np.zeros((x.shape[axis], *g.shape[1:]), g.dtype)
            np.add.at(shares, a, (1 - t) * g)
            np.add.at(shares, b, t * g)
            upstream = np.moveaxis(shares, 0, axis)
        return {"x": upstream}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term for each neighbour that counts, at most two an axis, times the product of its weights."""
        b, c, *place = inside(index, (*x.shape[:2], *self.size))
        axes = []
        for i, length, out, s in zip(place, x.shape[2:], self.size, self.scale, strict=True):
            first, second, share = (values[i] for values in neighbours(length, out, s, self.corners))
            axes.append([(int(at), float(t)) for at, t in ((first, 1 - share), (second, share)) if t])
        terms = []
        for corner in itertools.product(*axes):
            at = (b, c, *(n for n, _ in corner))
            factor = math.prod(t for _, t in corner)
            terms.append(Term("x", at, float(x[at]), factor, None, float(x[at]) * factor))
        return summed(self.name, (b, c, *place), f"O[{written((c, *place))}] = Σ w · x", tuple(terms))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term for each output element of which this is a neighbour, times the weight that it has there."""
        b, c, *place = index = element(self.name, operand, index, x=x)
        axes = []
        for at, length, out, s in zip(place, x.shape[2:], self.size, self.scale, strict=True):
            first, second, share = neighbours(length, out, s, self.corners)
            weights = (1 - share) * (first == at) + share * (second == at)
            axes.append([(int(i), float(weights[i])) for i in np.flatnonzero(weights)])
        terms = [
            upstream_term(upstream, (b, c, *(i for i, _ in corner)), math.prod(t for _, t in corner))
            for corner in itertools.product(*axes)
        ]
        return gradient_explanation(self.name, operand, index, "∂x = Σ g · w", terms)

    def reach(self, seen: Reach, axis: int, operands: Mapping[str, Shape], output: Shape) -> Reach:
        """Return how far elements see that lie between two others."""
        return seen.reaching(seen.step).refined(Fraction(output[2 + axis], operands["x"][2 + axis]))


@dataclass(frozen=True, kw_only=True)
class PixelShuffle(Moving):
    """Lay r² channels side by side in one finer image: O[b,c, i·r + u, j·r + v] = x[b, c·r² + u·r + v, i, j].

    (batch, channels · r², rows, columns) → (batch, channels, rows · r, columns · r), r being the factor (Shi et al.
    2016).
    """

    names = ("pixel_shuffle",)
    factor: int

    def value(self, x: Array) -> Array:
        """Return the finer image."""
        r, (b, channels, rows, columns) = self.factor, x.shape
        apart = x.reshape(b, channels // r**2, r, r, rows, columns)
        return apart.transpose(0, 1, 4, 2, 5, 3).reshape(b, -1, rows * r, columns * r)


@dataclass(frozen=True, kw_only=True)
class PixelUnshuffle(Moving):
    """Lay each r×r pixels of an image behind one another as r² channels: the reverse of `PixelShuffle`."""

    names = ("pixel_unshuffle",)
    factor: int

    def value(self, x: Array) -> Array:
        """Return the coarser image."""
        r, (b, channels, rows, columns) = self.factor, x.shape
        apart = x.reshape(b, channels, rows // r, r, columns // r, r)
        return apart.transpose(0, 1, 3, 5, 2, 4).reshape(b, -1, rows // r, columns // r)


def below(length: int, out: int, scale: float) -> Sizes:
    """Return for each of ``out`` elements the one of ``length`` that lies below it: ⌊i·s⌋, the last at most."""
    return tuple(min(math.floor(i * scale), length - 1) for i in range(out))


def neighbours(length: int, out: int, scale: float, corners: bool) -> tuple[Array, Array, Array]:
    """Return for each element of an output axis its two neighbours a and b, and the weight t of b; a's is 1 − t.

    The middle of the output element i lies at p = (i + 1/2)·s − 1/2 of the input: a = ⌊p⌋, b = a + 1, t = p − a.
    What lies before the first or beyond the last middle takes the value there. With ``corners`` (torch's
    ``align_corners``) the middles of the corners lie on one another: p = i·(length − 1) / (out − 1).
    """
    i = np.arange(out)
    p = i * (length - 1) / max(out - 1, 1) if corners else (i + 0.5) * scale - 0.5
    p = np.clip(p, 0, length - 1)
    a = np.floor(p).astype(int)
    return a, np.minimum(a + 1, length - 1), p - a
