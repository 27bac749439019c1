"""Parts of arrays: cutting pieces out, and laying pieces side by side, as U-Nets and fire modules do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from convista.operators.arithmetic import behind, copies, gather
from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.flatten import NOWHERE, hears_copies, moving, numbered
from convista.operators.upstream import element, gathered, heard


def cut(x: Array, *, key: tuple[Any, ...]) -> Array:
    """Cut a part out by slices, positions and new axes: y = x[key], as in ``x[:, :, ::2, ::2]``.

    Arrays of positions, or of which to take, gather: an element may come out several times, or not at all.
    """
    return np.asarray(x[key])


def split(x: Array, *, axis: int, sizes: tuple[int, ...], output: int = 0) -> Array:
    """Cut an axis into pieces of the given sizes, and return the piece ``output``."""
    return np.split(x, np.cumsum(sizes)[:-1], axis)[output]


def unbind(x: Array, *, axis: int, output: int = 0) -> Array:
    """Return what stands at one position of an axis, without that axis."""
    return np.take(x, output, axis)


def paste(x: Array, y: Array, *, key: tuple[Any, ...]) -> Array:
    """Write y over the part of x that `cut` would cut out: ``x[key] = y``; y is broadcast."""
    out = x.copy()
    out[key] = y
    return out


def paste_gradient(upstream: Array, x: Array, y: Array, *, key: tuple[Any, ...]) -> dict[str, Array]:
    """Divide the upstream gradient: what was written over hears nothing, what was written hears its part."""
    written = cut(upstream, key=key)
    return {"x": paste(upstream, np.zeros(()), key=key), "y": gather(written, y.shape)}


def explain_paste(index: Index, x: Array, y: Array, *, key: tuple[Any, ...]) -> Explanation:
    """One term: the element that was written there, or else the one that was there before."""
    index = inside(index, x.shape)
    part = cut(numbered(x), key=key)
    number = np.ravel_multi_index(index, x.shape)
    found = np.argwhere(part == number)
    operand, values = ("y", y) if len(found) else ("x", x)
    at = behind(tuple(int(i) for i in found[0]), y) if len(found) else index
    value = float(values[at])
    return summed("paste", index, f"z = {operand}", (Term(operand, at, value, 1.0, None, value),))


def explain_paste_gradient(
    operand: str, index: Index, upstream: Array, x: Array, y: Array, *, key: tuple[Any, ...]
) -> Explanation:
    """One term for each place where the element is; none for an element of x that was written over."""
    index = element("paste", operand, index, x=x, y=y)
    if operand == "y":
        written = cut(numbered(upstream), key=key)
        numbers = [written[at] for at in copies(index, y.shape, written.shape)]
        places = [tuple(int(i) for i in np.unravel_index(n, x.shape)) for n in numbers]
        terms = [heard(upstream, at) for at in places]
    else:
        kept = paste(numbered(x), np.asarray(NOWHERE), key=key)
        terms = hears_copies(upstream, kept, index, x)
    return gathered("paste", operand, index, f"∂{operand} = Σ g", terms)


def concatenate(*, axis: int, **parts: Array) -> Array:
    """Lay arrays side by side along an axis, in the order in which they are given, x0, x1 and so on."""
    return np.concatenate(list(parts.values()), axis)


def concatenate_gradient(upstream: Array, *, axis: int, **parts: Array) -> dict[str, Array]:
    """Cut the upstream gradient where the arrays meet."""
    ends = np.cumsum([part.shape[axis] for part in parts.values()])
    return dict(zip(parts, np.split(upstream, ends[:-1], axis), strict=True))


def explain_concatenate(index: Index, *, axis: int, **parts: Array) -> Explanation:
    """One term: the element of the array that lies there."""
    shape = list(next(iter(parts.values())).shape)
    axis %= len(shape)
    ends = np.cumsum([part.shape[axis] for part in parts.values()])
    index = inside(index, (*shape[:axis], int(ends[-1]), *shape[axis + 1 :]))
    n = int(np.searchsorted(ends, index[axis], side="right"))
    name, before = list(parts)[n], int(ends[n - 1]) if n else 0
    at = (*index[:axis], index[axis] - before, *index[axis + 1 :])
    value = float(parts[name][at])
    return summed("concatenate", index, f"y = {name}", (Term(name, at, value, 1.0, None, value),))


def explain_concatenate_gradient(
    operand: str, index: Index, upstream: Array, *, axis: int, **parts: Array
) -> Explanation:
    """One term: the upstream value at the place where the element lies."""
    index = element("concatenate", operand, index, **parts)
    axis %= len(index)
    names = list(parts)
    before = sum(parts[name].shape[axis] for name in names[: names.index(operand)])
    term = heard(upstream, (*index[:axis], before + index[axis], *index[axis + 1 :]))
    return gathered("concatenate", operand, index, f"∂{operand} = g", (term,))


def stack(*, axis: int, **parts: Array) -> Array:
    """Lay arrays of one shape behind one another along a new axis, in the order in which they are given."""
    return np.stack(list(parts.values()), axis)


def stack_gradient(upstream: Array, *, axis: int, **parts: Array) -> dict[str, Array]:
    """Give each array its slice of the upstream gradient."""
    return {name: np.take(upstream, n, axis) for n, name in enumerate(parts)}


def explain_stack(index: Index, *, axis: int, **parts: Array) -> Explanation:
    """One term: the element of the array that lies there."""
    lengthened = {name: np.expand_dims(part, axis) for name, part in parts.items()}
    laid = explain_concatenate(index, axis=axis, **lengthened)
    (term,) = laid.terms
    axis %= len(laid.index)
    at = term.index[:axis] + term.index[axis + 1 :]
    return replace(laid, operator="stack", terms=(replace(term, index=at),))


def explain_stack_gradient(
    operand: str, index: Index, upstream: Array, *, axis: int, **parts: Array
) -> Explanation:
    """One term: the upstream value in the array's slice."""
    index = element("stack", operand, index, **parts)
    axis %= upstream.ndim
    term = heard(upstream, (*index[:axis], list(parts).index(operand), *index[axis:]))
    return gathered("stack", operand, index, f"∂{operand} = g", (term,))


CUT = moving("cut", cut)
SPLIT = replace(moving("split", split), several=True)
UNBIND = replace(moving("unbind", unbind), several=True)
PASTE = Operator("paste", paste, paste_gradient, explain_paste, explain_paste_gradient)
CONCATENATE = Operator(
    "concatenate", concatenate, concatenate_gradient, explain_concatenate, explain_concatenate_gradient
)
STACK = Operator("stack", stack, stack_gradient, explain_stack, explain_stack_gradient)
