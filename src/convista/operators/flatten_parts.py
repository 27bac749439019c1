"""Parts of arrays: cutting pieces out, and laying pieces side by side, as U-Nets and fire modules do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np

from convista.operators.arithmetic import behind, copies, gather
from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.flatten import NOWHERE, Moving, hears_copies, numbered
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


# Not compared by their keys: two arrays of positions have no one answer to whether they are equal.
@dataclass(frozen=True, kw_only=True, eq=False)
class Cut(Moving):
    """Cut a part out by slices, positions and new axes: y = x[key], as in ``x[:, :, ::2, ::2]``.

    Arrays of positions, or of which to take, gather: an element may come out several times, or not at all.
    """

    names = ("cut",)
    key: tuple[Any, ...]

    def value(self, x: Array) -> Array:
        """Return x[key]."""
        return np.asarray(x[self.key])


@dataclass(frozen=True, kw_only=True)
class Split(Moving):
    """Cut an axis into pieces of the given sizes."""

    names = ("split",)
    several = True
    axis: int
    sizes: tuple[int, ...]
    output: int = 0
    """Which piece."""

    def of_output(self, position: int) -> Self:
        """Return the definition of one piece."""
        return replace(self, output=position)

    def value(self, x: Array) -> Array:
        """Return the piece ``output``."""
        return np.split(x, np.cumsum(self.sizes)[:-1], self.axis)[self.output]


@dataclass(frozen=True, kw_only=True)
class Unbind(Moving):
    """Take an axis apart: what stands at each of its positions, without that axis."""

    names = ("unbind",)
    several = True
    axis: int
    output: int = 0
    """Which position."""

    def of_output(self, position: int) -> Self:
        """Return the definition of what stands at one position."""
        return replace(self, output=position)

    def value(self, x: Array) -> Array:
        """Return what stands at the position ``output``."""
        return np.take(x, self.output, self.axis)


@dataclass(frozen=True, kw_only=True, eq=False)  # as `Cut`
class Paste(Operator):
    """Write y over the part of x that `Cut` would cut out: ``x[key] = y``; y is broadcast."""

    names = ("paste",)
    key: tuple[Any, ...]

    def value(self, x: Array, y: Array) -> Array:
        """Return x with y written over its part."""
        out = x.copy()
        out[self.key] = y
        return out

    def gradient(self, upstream: Array, x: Array, y: Array) -> dict[str, Array]:
        """Divide the upstream gradient: what was written over hears nothing, what was written hears its part."""
        written = self._part(upstream)
        return {"x": self.value(upstream, np.zeros(())), "y": gather(written, y.shape)}

    def explain(self, index: Index, x: Array, y: Array) -> Explanation:
        """One term: the element that was written there, or else the one that was there before."""
        index = inside(index, x.shape)
        number = np.ravel_multi_index(index, x.shape)
        found = np.argwhere(self._part(numbered(x)) == number)
        operand, values = ("y", y) if len(found) else ("x", x)
        at = behind(tuple(int(i) for i in found[0]), y) if len(found) else index
        value = float(values[at])
        return summed(self.name, index, f"z = {operand}", (Term(operand, at, value, 1.0, None, value),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, y: Array) -> Explanation:
        """One term for each place where the element is; none for an element of x that was written over."""
        index = element(self.name, operand, index, x=x, y=y)
        if operand == "y":
            written = self._part(numbered(upstream))
            numbers = [written[at] for at in copies(index, y.shape, written.shape)]
            places = [tuple(int(i) for i in np.unravel_index(n, x.shape)) for n in numbers]
            terms = [upstream_term(upstream, at) for at in places]
        else:
            kept = self.value(numbered(x), np.asarray(NOWHERE))
            terms = hears_copies(upstream, kept, index, x)
        return gradient_explanation(self.name, operand, index, f"∂{operand} = Σ g", terms)

    def _part(self, x: Array) -> Array:
        return Cut(key=self.key).value(x)


@dataclass(frozen=True, kw_only=True)
class Concatenate(Operator):
    """Lay arrays side by side along an axis, in the order in which they are given, x0, x1 and so on."""

    names = ("concatenate",)
    axis: int

    def value(self, **parts: Array) -> Array:
        """Return the arrays side by side."""
        return np.concatenate(list(parts.values()), self.axis)

    def gradient(self, upstream: Array, **parts: Array) -> dict[str, Array]:
        """Cut the upstream gradient where the arrays meet."""
        ends = np.cumsum([part.shape[self.axis] for part in parts.values()])
        return dict(zip(parts, np.split(upstream, ends[:-1], self.axis), strict=True))

    def explain(self, index: Index, **parts: Array) -> Explanation:
        """One term: the element of the array that lies there."""
        shape = list(next(iter(parts.values())).shape)
        axis = self.axis % len(shape)
        ends = np.cumsum([part.shape[axis] for part in parts.values()])
        index = inside(index, (*shape[:axis], int(ends[-1]), *shape[axis + 1 :]))
        n = int(np.searchsorted(ends, index[axis], side="right"))
        name, before = list(parts)[n], int(ends[n - 1]) if n else 0
        at = (*index[:axis], index[axis] - before, *index[axis + 1 :])
        value = float(parts[name][at])
        return summed(self.name, index, f"y = {name}", (Term(name, at, value, 1.0, None, value),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, **parts: Array) -> Explanation:
        """One term: the upstream value at the place where the element lies."""
        index = element(self.name, operand, index, **parts)
        axis = self.axis % len(index)
        names = list(parts)
        before = sum(parts[name].shape[axis] for name in names[: names.index(operand)])
        term = upstream_term(upstream, (*index[:axis], before + index[axis], *index[axis + 1 :]))
        return gradient_explanation(self.name, operand, index, f"∂{operand} = g", (term,))


@dataclass(frozen=True, kw_only=True)
class Stack(Operator):
    """Lay arrays of one shape behind one another along a new axis, in the order in which they are given."""

    names = ("stack",)
    axis: int

    def value(self, **parts: Array) -> Array:
        """Return the arrays behind one another."""
        return np.stack(list(parts.values()), self.axis)

    def gradient(self, upstream: Array, **parts: Array) -> dict[str, Array]:
        """Give each array its slice of the upstream gradient."""
        return {name: np.take(upstream, n, self.axis) for n, name in enumerate(parts)}

    def explain(self, index: Index, **parts: Array) -> Explanation:
        """One term: the element of the array that lies there."""
        lengthened = {name: np.expand_dims(part, self.axis) for name, part in parts.items()}
        laid = Concatenate(axis=self.axis).explain(index, **lengthened)
        (term,) = laid.terms
        axis = self.axis % len(laid.index)
        at = term.index[:axis] + term.index[axis + 1 :]
        return replace(laid, operator=self.name, terms=(replace(term, index=at),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, **parts: Array) -> Explanation:
        """One term: the upstream value in the array's slice."""
        index = element(self.name, operand, index, **parts)
        axis = self.axis % upstream.ndim
        term = upstream_term(upstream, (*index[:axis], list(parts).index(operand), *index[axis:]))
        return gradient_explanation(self.name, operand, index, f"∂{operand} = g", (term,))
