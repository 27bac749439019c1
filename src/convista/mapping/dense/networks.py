"""A patch network at every position of a window: densely, each shared value once, or patch by patch."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import NamedTuple

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.mapping.dense.executor import Executor
from convista.mapping.dense.graph import record_calls
from convista.mapping.dense.lattice import begin
from convista.mapping.dense.lowering import Costs, Rows, Value
from convista.pairs import Pair, pair

TOLERANCE = 1e-4
"""How far a dense answer may lie from the patch's own, relative to the largest answer: what rounding does."""


class Difference(NamedTuple):
    """How far dense answers lie from those of the patches one by one."""

    largest: float
    mean: float
    scale: float
    """The largest answer, by absolute value."""
    disagreeing: float
    """Share of positions where another output is the largest."""


class PatchNetwork(nn.Module, ABC):
    """A patch network over a window: (1, bands, rows, columns) → (1, outputs, answer rows, answer columns).

    There are (rows − patch) // stride + 1 rows of answers; (i, j) is what the network says of the patch whose first
    pixel is (i · stride, j · stride). A copy of the network in evaluation mode is used.

    Parameters
    ----------
    network
        Takes (batch, bands, patch rows, patch columns), gives one vector a patch.
    patch, stride
        Rows and columns, or one number for both.
    """

    def __init__(self, network: nn.Module, patch: int | Pair, stride: int | Pair = 1) -> None:
        super().__init__()
        self.network = copy.deepcopy(network).eval()
        self.patch = _pair(patch)
        self.stride = _pair(stride)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return the answers; ConvistaError if this is no window, or one smaller than a patch."""
        smaller = any(n < k for n, k in zip(pixels.shape[-2:], self.patch, strict=True))
        if pixels.ndim != 4 or len(pixels) != 1 or smaller:
            raise ConvistaError("mapping.no_window", shape=tuple(pixels.shape), patch=self.patch)
        sizes = zip(pixels.shape[-2:], self.patch, self.stride, strict=True)
        rows, columns = ((n - k) // s + 1 for n, k, s in sizes)
        with torch.no_grad():
            answers = self.answers(pixels)
        return answers.reshape(rows, columns, -1).permute(2, 0, 1)[None]

    @abstractmethod
    def answers(self, pixels: Tensor) -> Tensor:
        """Return (answer rows · answer columns, outputs)."""


class PatchLoop(PatchNetwork):
    """Cuts every patch and runs the network on batches of them: exact for every network, and slow."""

    def __init__(self, network: nn.Module, patch: int | Pair, stride: int | Pair = 1, batch: int = 256) -> None:
        super().__init__(network, patch, stride)
        self.batch = batch

    def answers(self, pixels: Tensor) -> Tensor:
        """Return (answer rows · answer columns, outputs)."""
        (rows, columns), (down, across) = self.patch, self.stride
        seen = pixels[0].permute(1, 2, 0).unfold(0, rows, down).unfold(1, columns, across)
        count, wide = seen.shape[:2]
        answers = []
        for first in range(0, count * wide, self.batch):
            which = torch.arange(first, min(first + self.batch, count * wide))
            # Copied with the bands last, which is the layout that convolutions are fastest on.
            some = seen[which // wide, which % wide].permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
            answers.append(self.network(some).reshape(len(some), -1))
        return torch.cat(answers)


class DensePatchNetwork(PatchNetwork):
    """A patch network that computes once what overlapping patches share. Made by `densify`."""

    difference: Difference
    """From the patches one by one: rounding alone, unless the network is `approximate`."""

    def __init__(self, network: nn.Module, patch: int | Pair, stride: int | Pair, *, approximate: bool) -> None:
        super().__init__(network, patch, stride)
        self.approximate = approximate
        self.costs = Costs()
        """Multiplications for one answer."""
        like = next((p for p in network.parameters() if p.is_floating_point()), torch.empty(0))
        self._graph = record_calls(self.network, like.new_zeros(1, _bands_of(network), *self.patch))
        last = {slot: at for at, call in enumerate(self._graph.calls) for slot in call.slots()}
        self._unneeded = [
            [slot for slot, at in last.items() if at == here and slot != self._graph.result]
            for here in range(len(self._graph.calls))
        ]

    def answers(self, pixels: Tensor) -> Tensor:
        """Return (answer rows · answer columns, outputs)."""
        executor = Executor(self.approximate)
        answers = self._execute(executor, {0: begin(pixels, self.patch, self.stride)})
        self.costs = executor.costs
        return answers.reshape(len(answers), -1)

    def _execute(self, executor: Executor, values: dict[int, Value], first: int = 0) -> Tensor:
        """Make the calls from one on; once rows for dense layers are all that is left, block by block."""
        for here in range(first, len(self._graph.calls)):
            values |= executor.execute(self._graph.calls[here], values)
            for slot in self._unneeded[here]:
                values.pop(slot, None)
            (slot, rows), *others = values.items()
            if not others and isinstance(rows, Rows) and len(blocks := list(rows.row_blocks())) > 1:
                executors = [Executor(self.approximate) for _ in blocks]
                made = [self._execute(each, {slot: b}, here + 1) for each, b in zip(executors, blocks, strict=True)]
                executor.costs.join(executors[0].costs)
                return torch.cat(made)
        return executor.batch(self._graph.calls[-1], values[self._graph.result])


def densify(
    model: nn.Module,
    patch: int | Pair = 31,
    *,
    stride: int | Pair = 1,
    approximate: bool = False,
    sample: Tensor | None = None,
) -> DensePatchNetwork:
    """Turn a patch network into one that answers for every position of a window, tens of times faster.

    Convolutions, poolings, strides (also as slices), paddings of channels, what works on each element, dense
    layers, global, adaptive and pyramid pooling are computed once for all patches that share them; from where each
    patch has a vector of its own, any layer will do.

    Parameters
    ----------
    model
        Takes (batch, bands, patch rows, patch columns) and gives a vector a patch.
    patch
        Rows and columns of a patch, or one number for both.
    stride
        Pixels between answers; the work that only other positions need is left out.
    approximate
        Let a network with zero padding inside see the pixels beyond the patch in its place. Answers then differ
        from those of the patches; `DensePatchNetwork.difference` says how much on the sample.
    sample
        Standardised pixels, (1, bands, rows, columns), on which the two ways are compared; None for noise.

    Returns
    -------
    A module, (1, bands, H, W) → (1, outputs, (H − patch) // stride + 1, (W − patch) // stride + 1).

    Raises
    ------
    ConvistaError
        If the network cannot be made dense exactly; the message names the layer. `PatchLoop` takes any network.
    """
    dense = DensePatchNetwork(model, patch, stride, approximate=approximate)
    if sample is None:
        sizes = zip(dense.patch, (2, 3), dense.stride, strict=True)
        rows, columns = (k + n * s + s // 2 for k, n, s in sizes)
        noise = torch.randn(1, _bands_of(model), rows, columns, generator=torch.Generator().manual_seed(0))
        sample = noise.to(next((p for p in model.parameters() if p.is_floating_point()), noise))
        # One by one, so that a network that looks at the rest of the batch is found out.
        dense.difference = _compared(dense, sample, batch=1)
    else:
        dense.difference = _compared(dense, sample, batch=256)
    if not approximate and not dense.difference.largest <= TOLERANCE * max(dense.difference.scale, 1e-30):
        raise ConvistaError(
            "mapping.dense_differs",
            network=type(model).__name__,
            difference=f"{dense.difference.largest:.3g}",
            scale=f"{dense.difference.scale:.3g}",
        )
    return dense


def _compared(dense: DensePatchNetwork, sample: Tensor, batch: int) -> Difference:
    found, true = dense(sample)[0], PatchLoop(dense.network, dense.patch, dense.stride, batch)(sample)[0]
    apart = (found - true).abs()
    other = (found.argmax(0) != true.argmax(0)).double().mean()
    return Difference(float(apart.max()), float(apart.mean()), float(true.abs().max()), float(other))


def _bands_of(network: nn.Module) -> int:
    """Return how many bands a network takes, which its first convolution tells."""
    for module in network.modules():
        if isinstance(module, nn.Conv2d):
            return module.in_channels
    raise ConvistaError("mapping.no_convolution", network=type(network).__name__)


def _pair(size: int | Pair) -> Pair:
    down, across = pair(size)
    if down < 1 or across < 1:
        raise ConvistaError("mapping.size_below_one", size=size)
    return down, across
