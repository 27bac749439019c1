"""What ATen's calls mean on a lattice: windows, paddings, cuts and moves of feature maps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, prod
from sys import maxsize
from typing import Any, NoReturn

import torch
from torch import Tensor
from torch.nn import functional

from convista.errors import ConvistaError
from convista.mapping.dense.graph import AtenCall, Slot
from convista.mapping.dense.lattice import Lattice
from convista.pairs import Pair


@dataclass
class Costs:
    """Multiplications of convolutions and dense layers for one answer."""

    dense: float = 0.0
    loop: float = 0.0

    def add(self, weights: int, elements: int, density: float) -> None:
        """Count an operator of so many weights that a patch applies at so many elements."""
        self.dense += weights * density
        self.loop += weights * elements

    def join(self, other: Costs) -> None:
        """Count what follows, too."""
        self.dense += other.dense
        self.loop += other.loop


@dataclass(frozen=True)
class Rows:
    """Feature maps laid out in one row for each patch, (1, outputs), but not yet copied for each.

    Where they are 1×1, this is a batch in the order of the phases, which dense layers are computed in as it is.
    """

    parts: tuple[Lattice | Tensor, ...]
    """A tensor is (answers, outputs)."""

    @property
    def is_answers(self) -> bool:
        """Whether copying them for each patch makes nothing larger."""
        return all(isinstance(part, Lattice) and part.is_answers for part in self.parts)

    def row_blocks(self) -> Iterator[Rows]:
        """Yield them in blocks of rows, from the first answers to the last, where they can be parted."""
        part, *others = self.parts
        if others or isinstance(part, Tensor) or part.density != 1:
            yield self
        else:
            yield from (Rows((block,)) for block in part.row_blocks())


Value = Lattice | Rows | Tensor
"""A tensor is a batch: the value of each patch, (answers, …), row by row."""


@dataclass
class Lowering:
    """How calls are made on lattices."""

    approximate: bool
    costs: Costs

    def on(self, call: AtenCall, x: Lattice) -> Value | list[Value] | None:
        """Return what a call makes of the feature map it reads first, or None where there is no rule for it.

        Raises
        ------
        ConvistaError
            If the call cannot be made for all patches at once.
        """
        rule: Callable[[AtenCall, Lattice], Value | list[Value] | None] | None
        rule = getattr(self, f"_{call.name.lstrip('_')}", None)
        return rule(call, x) if rule else None

    def refuse(self, call: AtenCall, why: str) -> NoReturn:
        """Say why a layer stands in the way."""
        raise ConvistaError(f"mapping.not_dense_{why}", layer=call.layer, operator=call.name)

    def _convolution(self, call: AtenCall, x: Lattice) -> Lattice:
        _, weight, offset, stride, padding, dilation, transposed, _, groups = call.args
        if transposed or isinstance(weight, Slot) or weight.ndim != 4:
            self.refuse(call, "operator")
        weight = weight.contiguous(memory_format=torch.channels_last)
        self.costs.add(weight.numel(), prod(call.shapes[0][2:]), x.density)

        def run(data: Tensor) -> Tensor:
            return functional.conv2d(data, weight, offset, 1, 0, dilation, groups)

        return self._window(call, x, tuple(weight.shape[2:]), stride, padding, dilation, run)

    def _max_pool2d_with_indices(self, call: AtenCall, x: Lattice) -> Lattice:
        kernel, stride, padding, dilation, *_ = _with(call.args[1:], (), (), (0,), (1,))
        down, across = _pair(kernel)
        apart = _pair(dilation)

        def run(data: Tensor) -> Tensor:
            return _largest(_largest(data, -2, down, apart[0]), -1, across, apart[1])

        return self._window(call, x, (down, across), stride or kernel, padding, dilation, run, fill=-inf)

    def _avg_pool2d(self, call: AtenCall, x: Lattice) -> Lattice:
        kernel, stride, padding, _, _, divisor = _with(call.args[1:], (), (), (0,), False, True, None)
        size = _pair(kernel)

        def run(data: Tensor) -> Tensor:
            return functional.avg_pool2d(data, size, 1, divisor_override=divisor)

        return self._window(call, x, size, stride or kernel, padding, (1,), run)

    def _window(
        self,
        call: AtenCall,
        x: Lattice,
        kernel: Pair,
        stride: Sequence[int],
        padding: Sequence[int],
        dilation: Sequence[int],
        run: Callable[[Tensor], Tensor],
        fill: float = 0.0,
    ) -> Lattice:
        """Slide a window at stride 1, then deal the result out; ``run`` takes the data without padding."""
        wanted, steps, before, apart = call.shapes[0][-2:], _pair(stride), _pair(padding), _pair(dilation)
        reach = [a * (k - 1) + 1 for a, k in zip(apart, kernel, strict=True)]
        needed = [(n - 1) * s + r for n, s, r in zip(wanted, steps, reach, strict=True)]
        after = [max(0, n - p - h) for n, p, h in zip(needed, before, x.size, strict=True)]
        if any(before) or any(after):
            if not self.approximate:
                self.refuse(call, "padding")
            margins = (before[1], after[1], before[0], after[0])
            size = x.size[0] + before[0] + after[0], x.size[1] + before[1] + after[1]
            x = replace(x, data=functional.pad(x.data, margins, value=fill), size=size)
        size = x.size[0] - reach[0] + 1, x.size[1] - reach[1] + 1
        return x.with_data(run(x.data), size).split_phases(steps, (wanted[0], wanted[1]))

    def _mean(self, call: AtenCall, x: Lattice) -> Value | None:
        return self._summary(call, x, lambda data: functional.avg_pool2d(data, x.size, 1))

    def _sum(self, call: AtenCall, x: Lattice) -> Value | None:
        return self._summary(call, x, lambda data: functional.avg_pool2d(data, x.size, 1, divisor_override=1))

    def _amax(self, call: AtenCall, x: Lattice) -> Value | None:
        return self._summary(call, x, lambda data: _largest(_largest(data, -2, x.size[0]), -1, x.size[1]))

    def _amin(self, call: AtenCall, x: Lattice) -> Value | None:
        return self._summary(call, x, lambda data: -_largest(_largest(-data, -2, x.size[0]), -1, x.size[1]))

    def _summary(self, call: AtenCall, x: Lattice, run: Callable[[Tensor], Tensor]) -> Value | None:
        """Take one number of each feature map, or of the channels at each place."""
        rank = x.data.ndim
        axes = {axis % rank for axis in call.args[1]} if len(call.args) > 1 and call.args[1] else set(range(rank))
        keep = len(call.args) > 2 and call.args[2]
        if axes == {rank - 2, rank - 1} and rank == 4:
            made = x.with_data(run(x.data), (1, 1))
            return made if keep else made.as_batch().flatten(1)
        if 0 not in axes and not axes & {rank - 2, rank - 1}:
            return replace(x, data=call.function(x.data, *call.args[1:], **call.kwargs))
        return None

    def _adaptive_avg_pool2d(self, call: AtenCall, x: Lattice) -> Value:
        return self._adaptive(call, x, lambda data, size: functional.avg_pool2d(data, size, 1))

    def _adaptive_max_pool2d(self, call: AtenCall, x: Lattice) -> Value:
        return self._adaptive(call, x, lambda data, size: _largest(_largest(data, -2, size[0]), -1, size[1]))

    def _adaptive(self, call: AtenCall, x: Lattice, run: Callable[[Tensor, Pair], Tensor]) -> Value:
        """Pool into cells: side by side they are a pooling; of unequal sizes each is taken by itself."""
        cells: Pair = call.shapes[0][-2], call.shapes[0][-1]
        size = x.size[0] // cells[0], x.size[1] // cells[1]
        if all(n * c == h for n, c, h in zip(size, cells, x.size, strict=True)):
            side = x.size[0] - size[0] + 1, x.size[1] - size[1] + 1
            return x.with_data(run(x.data, size), side).split_phases(size, cells)
        spans = [[(i * h // n, -(-(i + 1) * h // n)) for i in range(n)] for n, h in zip(cells, x.size, strict=True)]
        taken = []
        for top, bottom in spans[0]:
            for left, right in spans[1]:
                cell = x.cropped(top, left, (bottom - top, right - left))
                taken.append(cell.with_data(run(cell.data, cell.size), (1, 1)).as_batch().flatten(1))
        return torch.stack(taken, dim=-1).reshape(*taken[0].shape, *cells)

    def _slice(self, call: AtenCall, x: Lattice) -> Value:
        axis, start, _, step = _with(call.args[1:], 0, 0, None, 1)
        rank = len(call.shapes[0])
        if 0 < axis % rank < rank - 2:
            return self.through(call, x)
        place = axis % rank - rank + 2
        if place < 0:
            self.refuse(call, "batch")
        first = (start or 0) + (x.size[place] if (start or 0) < 0 else 0)
        left = call.shapes[0][axis]
        corner, steps, span = [0, 0], [1, 1], list(x.size)
        corner[place], steps[place], span[place] = max(0, first), step, (left - 1) * step + 1
        cut = x.cropped(corner[0], corner[1], (span[0], span[1]))
        return cut.split_phases((steps[0], steps[1]), (call.shapes[0][-2], call.shapes[0][-1]))

    def _constant_pad_nd(self, call: AtenCall, x: Lattice) -> Lattice:
        pads = [*call.args[1], 0, 0, 0, 0]
        if any(p > 0 for p in pads[:4]) and not self.approximate:
            self.refuse(call, "padding")
        return replace(self.through(call, x), size=(call.shapes[0][-2], call.shapes[0][-1]))

    def _reflection_pad2d(self, call: AtenCall, x: Lattice) -> Lattice:
        return self._constant_pad_nd(call, x)

    def _replication_pad2d(self, call: AtenCall, x: Lattice) -> Lattice:
        return self._constant_pad_nd(call, x)

    def _native_batch_norm(self, call: AtenCall, x: Lattice) -> list[Value]:
        if call.args[5]:
            self.refuse(call, "batch")
        return [replace(x, data=call.function(x.data, *call.args[1:])[0])]

    def _softmax(self, call: AtenCall, x: Lattice) -> Lattice | None:
        rank = x.data.ndim
        return self.through(call, x) if 0 < call.args[1] % rank < rank - 2 else None

    _log_softmax = _softmax

    def _view(self, call: AtenCall, x: Lattice) -> Value:
        shape = call.shapes[0]
        if shape[-2:] == x.size and len(shape) > 2:
            return replace(x, data=x.data.reshape(len(x.data), *shape[1:-2], *x.data.shape[-2:]))
        if x.size == (1, 1) and not (x.is_answers and len(shape) == 2):
            batch = x.as_batch()
            return batch.reshape(len(batch), *shape[1:])
        if len(shape) != 2:
            self.refuse(call, "operator")
        return Rows((replace(x, data=x.data.flatten(1, -3)),))

    _unsafe_view = _view

    def _transpose(self, call: AtenCall, x: Lattice) -> Lattice | None:
        rank = x.data.ndim
        return self.through(call, x) if all(0 < axis % rank < rank - 2 for axis in call.args[1:]) else None

    def _split(self, call: AtenCall, x: Lattice) -> list[Value]:
        axis = call.args[2] if len(call.args) > 2 else 0
        if not 0 < axis % x.data.ndim < x.data.ndim - 2:
            self.refuse(call, "operator")
        return [replace(x, data=part) for part in call.function(x.data, *call.args[1:])]

    _split_with_sizes = _split

    def through(self, call: AtenCall, x: Lattice) -> Lattice:
        """Make a call that reads one feature map on its data, as it is."""
        return replace(x, data=call.function(x.data, *call.args[1:], **call.kwargs))


def takes_everything(call: AtenCall) -> bool:
    """Tell a cut that leaves nothing out: of ``x[:, :, ::2]`` torch 2.6 makes one for each axis."""
    if call.name != "slice":
        return False
    _, start, end, step = _with(call.args[1:], 0, 0, None, 1)
    return not start and step == 1 and end in (None, maxsize)


def _largest(data: Tensor, axis: int, count: int, apart: int = 1) -> Tensor:
    """Return the largest of `count` neighbours along an axis; for small windows faster than torch's pooling."""
    length = data.shape[axis] - apart * (count - 1)
    made = data.narrow(axis, 0, length)
    for n in range(1, count):
        made = torch.maximum(made, data.narrow(axis, n * apart, length))
    return made


def _with(given: Sequence[Any], *defaults: Any) -> tuple[Any, ...]:
    """Return arguments with defaults in place of those that were left out."""
    return (*given, *defaults[len(given) :])


def _pair(values: Sequence[int]) -> Pair:
    return values[0], values[-1]
