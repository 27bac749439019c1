"""Reading changes of shape and order, cuts, and what is laid together or padded."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from convista.layers import flatten as layers
from convista.operators.dropout import Identity
from convista.operators.flatten import Expand, FlattenClassic, Flip, Permute, Reshape, Roll
from convista.operators.flatten_padding import Mode, Pad
from convista.operators.flatten_parts import Concatenate, Cut, Paste, Split, Stack, Unbind
from convista.operators.flatten_regions import FlattenBlocks, FlattenGlobal
from convista.tracing.reading.call import Call, axes_of, pair, reads


def _numbers(given: tuple[Any, ...]) -> tuple[int, ...] | None:
    """Read sizes or axes that are given one by one or as one sequence."""
    numbers = tuple(given[0]) if len(given) == 1 and isinstance(given[0], tuple | list) else given
    return numbers if all(isinstance(n, int) for n in numbers) else None


def _laid(x: Any, shape: Any) -> Call:
    return Call(Reshape(shape=tuple(shape)), {"x": x})


@reads(torch.flatten, Tensor.flatten)
def _flatten(input: Any, start_dim: int = 0, end_dim: int = -1) -> Call:
    first, last = (axis % max(input.ndim, 1) for axis in (start_dim, end_dim))
    return _laid(input, (*input.shape[:first], -1, *input.shape[last + 1 :]))


@reads(torch.unflatten, Tensor.unflatten)
def _unflatten(input: Any, dim: int, sizes: Any) -> Call:
    axis = dim % input.ndim
    return _laid(input, (*input.shape[:axis], *sizes, *input.shape[axis + 1 :]))


@reads(torch.reshape, Tensor.reshape, Tensor.view)
def _reshape(input: Any, *shape: Any) -> Call | None:
    sizes = _numbers(shape)
    return None if sizes is None else _laid(input, sizes)


@reads(Tensor.view_as, Tensor.reshape_as)
def _reshape_as(input: Any, other: Any) -> Call:
    return _laid(input, other.shape)


@reads(torch.squeeze, Tensor.squeeze)
def _squeeze(input: Any, dim: Any = None) -> Call:
    axes = axes_of(input, dim)
    return _laid(input, [n for axis, n in enumerate(input.shape) if n != 1 or axis not in axes])


@reads(torch.unsqueeze, Tensor.unsqueeze)
def _unsqueeze(input: Any, dim: int) -> Call:
    axis = dim % (input.ndim + 1)
    return _laid(input, (*input.shape[:axis], 1, *input.shape[axis:]))


@reads(torch.permute, Tensor.permute)
def _permute(input: Any, *dims: Any) -> Call | None:
    order = _numbers(dims)
    return None if order is None else Call(Permute(order=tuple(n % input.ndim for n in order)), {"x": input})


@reads(torch.transpose, torch.swapaxes, Tensor.transpose, Tensor.swapaxes)
def _transpose(input: Any, dim0: int, dim1: int) -> Call:
    order = list(range(input.ndim))
    order[dim0], order[dim1] = order[dim1], order[dim0]
    return Call(Permute(order=tuple(order)), {"x": input})


@reads(torch.t, Tensor.t, Tensor.T.__get__)  # type: ignore[attr-defined]
def _turned(input: Any) -> Call | None:
    return _transpose(input, -2, -1) if input.ndim == 2 else None


@reads(Tensor.mT.__get__)  # type: ignore[attr-defined]
def _turned_each(input: Any) -> Call | None:
    return _transpose(input, -2, -1)


@reads(torch.movedim, Tensor.movedim)
def _movedim(input: Any, source: Any, destination: Any) -> Call | None:
    if not isinstance(source, int) or not isinstance(destination, int):
        return None
    order = [axis for axis in range(input.ndim) if axis != source % input.ndim]
    order.insert(destination % input.ndim, source % input.ndim)
    return Call(Permute(order=tuple(order)), {"x": input})


@reads(Tensor.expand)
def _expand(input: Any, *sizes: Any) -> Call | None:
    asked = _numbers(sizes)
    if asked is None:
        return None
    own = (1,) * (len(asked) - input.ndim) + tuple(input.shape)
    return Call(Expand(shape=tuple(n if m == -1 else m for m, n in zip(asked, own, strict=True))), {"x": input})


@reads(Tensor.expand_as)
def _expand_as(input: Any, other: Any) -> Call:
    return Call(Expand(shape=tuple(other.shape)), {"x": input})


@reads(torch.flip, Tensor.flip)
def _flip(input: Any, *dims: Any) -> Call | None:
    axes = _numbers(dims)
    return None if axes is None else Call(Flip(axes=axes_of(input, axes)), {"x": input})


@reads(torch.roll, Tensor.roll)
def _roll(input: Any, shifts: Any, dims: Any = None) -> Call | None:
    if dims is None or dims == ():  # of all numbers in a row
        return None
    each, axes = ((n,) if isinstance(n, int) else tuple(n) for n in (shifts, dims))
    return Call(Roll(shifts=each, axes=tuple(axis % input.ndim for axis in axes)), {"x": input})


@reads(torch.clone, Tensor.clone, Tensor.contiguous, torch.detach, Tensor.detach, Tensor.data.__get__)  # type: ignore[attr-defined]
def _same(input: Any, *, memory_format: Any = None) -> Call:
    return Call(Identity(), {"x": input})


@reads(Tensor.to, Tensor.float, Tensor.double)
def _converted(input: Any, *target: Any, **kwargs: Any) -> Call | None:
    """Into single or double precision nothing is lost that counts; other conversions are not defined."""
    given = (*target, *kwargs.values())
    wanted = [n.dtype if isinstance(n, Tensor) else n for n in given if isinstance(n, Tensor | torch.dtype)]
    whole = all(dtype in {torch.float32, torch.float64} for dtype in wanted)
    return Call(Identity(), {"x": input}) if whole else None


@reads(Tensor.__getitem__)
def _cut(input: Any, key: Any) -> Call | None:
    keys = _keys(key)
    return None if keys is None else Call(Cut(key=keys), {"x": input})


@reads(Tensor.__setitem__)
def _paste(input: Any, key: Any, value: Any) -> Call | None:
    keys = _keys(key)
    if keys is None or (isinstance(value, Tensor) and value.ndim > input[keys].ndim):
        return None
    return Call(Paste(key=keys), {"x": input, "y": value})


def _keys(key: Any) -> tuple[Any, ...] | None:
    """Read what stands between the brackets: slices, positions, new axes, and tensors or lists of positions."""
    keys = tuple(_positions(one) for one in (key if isinstance(key, tuple) else (key,)))
    parts = [n for one in keys for n in ((one.start, one.stop, one.step) if isinstance(one, slice) else (one,))]
    known = (n is None or n is Ellipsis or type(n) is int or isinstance(n, np.ndarray) for n in parts)
    return keys if all(known) else None


def _positions(one: Any) -> Any:
    """Read a tensor or list of positions, or of which to take, as an array; torch takes bytes for the latter."""
    if isinstance(one, list):
        one = torch.tensor(one)
    if not isinstance(one, Tensor) or one.is_meta:
        return one
    array = one.detach().cpu().numpy()
    if array.dtype == np.uint8:
        return array.astype(bool)
    return array if array.dtype.kind in "bi" else one


@reads(torch.index_select, Tensor.index_select)
def _index_select(input: Any, dim: int, index: Any) -> Call | None:
    keys = _keys((*_all_before(input, dim), index))
    return None if keys is None else Call(Cut(key=keys), {"x": input})


@reads(torch.select, Tensor.select)
def _select(input: Any, dim: int, index: int) -> Call:
    return Call(Cut(key=(*_all_before(input, dim), int(index))), {"x": input})


@reads(torch.narrow, Tensor.narrow)
def _narrow(input: Any, dim: int, start: int, length: int) -> Call:
    first = int(start) % input.shape[dim]
    return Call(Cut(key=(*_all_before(input, dim), slice(first, first + length))), {"x": input})


def _all_before(input: Any, dim: int) -> tuple[slice, ...]:
    return (slice(None),) * int(dim % input.ndim)


@reads(torch.chunk, Tensor.chunk)
def _chunk(input: Any, chunks: int, dim: int = 0) -> Call | None:
    return _split(input, max(1, -(-input.shape[dim] // max(1, chunks))), dim)


@reads(torch.split, Tensor.split, Tensor.split_with_sizes)
def _split(tensor: Any, split_size_or_sections: Any, dim: int = 0) -> Call:
    length, asked = tensor.shape[dim], split_size_or_sections
    if isinstance(asked, int):
        asked = [min(asked, length - first) for first in range(0, max(length, 1), max(asked, 1))]
    return Call(Split(axis=dim % tensor.ndim, sizes=tuple(asked)), {"x": tensor})


@reads(torch.unbind, Tensor.unbind)
def _unbind(input: Any, dim: int = 0) -> Call:
    return Call(Unbind(axis=dim % input.ndim), {"x": input})


@reads(torch.cat, torch.concat, torch.concatenate)
def _concatenate(tensors: Any, dim: int = 0) -> Call | None:
    # Torch lets an empty tensor of any shape pass.
    alike = all(tensor.ndim == tensors[0].ndim for tensor in tensors)
    return Call(Concatenate(axis=dim), _named(tensors)) if alike else None


@reads(torch.stack)
def _stack(tensors: Any, dim: int = 0) -> Call:
    return Call(Stack(axis=dim), _named(tensors))


def _named(tensors: Any) -> dict[str, Any]:
    return {f"x{n}": tensor for n, tensor in enumerate(tensors)}


@reads(functional.pad)
def _pad(input: Any, pad: Any, mode: Mode = "constant", value: float | None = None) -> Call | None:
    if mode != "constant" and any(n < 0 for n in pad):
        return None
    last_first = [(int(before), int(after)) for before, after in zip(pad[::2], pad[1::2], strict=True)]
    margins = ((0, 0),) * (input.ndim - len(last_first)) + tuple(reversed(last_first))
    return Call(Pad(margins=margins, mode=mode, fill=float(value or 0)), {"x": input})


@reads(layers.flatten_classic)
def _flatten_classic(x: Any, channel_last: bool = False) -> Call:
    return Call(FlattenClassic(channel_last=channel_last), {"x": x})


@reads(layers.flatten_global)
def _flatten_global(x: Any) -> Call:
    return Call(FlattenGlobal(), {"x": x})


@reads(layers.flatten_blocks)
def _flatten_blocks(x: Any, size: Any) -> Call | None:
    return Call(FlattenBlocks(size=pair(size)), {"x": x}) if x.ndim == 4 else None
