"""Lattices: values that overlapping patches share, and the sub-grids into which strides deal them out.

For the patch whose first pixel is (r, c), a feature map of the patch network has an element (i, j) that lies at
(r + a·i, c + a·j), a being the product of all strides so far. Neighbouring patches share these values, so each is
computed once. They are kept as a batch of *phases*: the sub-grids (r mod a, c mod a), in each of which neighbours
are elements that one patch sees side by side. A layer of stride t thus runs at stride 1, as it is, and its result
is split into t×t times as many phases: the fragments of Giusti et al. (2013), "Fast image scanning with deep
max-pooling convolutional neural networks". That is where the work is saved: dilating the kernels by a instead ("à
trous") gives the same values, but reads memory with gaps.

An example. A max-pool of 2 with stride 2 over a row of pixels 0 1 2 3 4 … gives, for the patch that begins at pixel
0, the windows (0 1) (2 3) …, and for the one that begins at 1, (1 2) (3 4) …. At stride 1 the pool makes all of (0
1) (1 2) (2 3) (3 4) … once. Phase 0 then holds every second of them from the first on, phase 1 from the second on,
and in either the next layer finds side by side what a patch has side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd, prod

import torch
from torch import Tensor
from torch.nn import functional

from convista.pairs import Pair

TOGETHER = 2**13
"""Answers of a block of rows: what dense layers make of them stays in the processor's cache."""


@dataclass(frozen=True)
class AnswerGrid:
    """Where answers are wanted: at every ``stride``-th patch, ``size`` rows and columns of them."""

    size: Pair
    stride: Pair


@dataclass(frozen=True)
class Lattice:
    """A feature map of every patch at once, each value kept once.

    Phase p of the rows, one for each multiple of gcd(step, stride of the answers) below ``step``, has in its row q
    the value that lies at p + step · q. It reaches as far as the last answer needs, and no further.
    """

    data: Tensor
    """(phases of rows · phases of columns, …, rows, columns)."""
    size: Pair
    """Rows and columns of one patch's feature map."""
    step: Pair
    """Pixels between its neighbouring elements."""
    answers: AnswerGrid

    @property
    def phases(self) -> Pair:
        """How many phases of rows and of columns are kept."""
        # Answers lie at multiples of s; modulo a, these are the multiples of gcd(a, s).
        down, across = (a // gcd(a, s) for a, s in zip(self.step, self.answers.stride, strict=True))
        return down, across

    @property
    def density(self) -> float:
        """Values computed for each answer, in each channel, if there are many answers."""
        return prod((s / gcd(a, s)) for a, s in zip(self.step, self.answers.stride, strict=True))

    @property
    def is_answers(self) -> bool:
        """Whether it has one value for each answer, and none besides (those aside that even out the edge)."""
        return self.size == (1, 1) and self.density == 1

    def row_blocks(self) -> Iterator[Lattice]:
        """Yield it in blocks of rows of few answers each; where its density is 1."""
        each = self.step[0] // self.answers.stride[0]
        rows = self.data.shape[-2] - self.size[0] + 1
        few = max(1, TOGETHER // (len(self.data) * self.data.shape[-1]))
        for first in range(0, rows, few):
            count = min(few, rows - first)
            answers = min(count * each, self.answers.size[0] - first * each)
            data = self.data[..., first : first + count + self.size[0] - 1, :]
            yield replace(self, data=data, answers=AnswerGrid((answers, self.answers.size[1]), self.answers.stride))

    def with_data(self, data: Tensor, size: Pair) -> Lattice:
        """Return what an operator at stride 1 made of it; there are as many rows less as a patch has less."""
        rows, columns = (self.data.shape[axis] + size[axis] - self.size[axis] for axis in (-2, -1))
        return replace(self, data=data[..., :rows, :columns], size=size)

    def cropped(self, top: int, left: int, size: Pair) -> Lattice:
        """Return the feature map without its first rows and columns, and only `size` of what follows."""
        return self.with_data(self.data[..., top:, left:], size)

    def split_phases(self, stride: Pair, size: Pair) -> Lattice:
        """Return every stride-th element of each patch's feature map, of which `size` are left."""
        if stride == (1, 1):
            return self.with_data(self.data, size)
        step = self.step[0] * stride[0], self.step[1] * stride[1]
        after = Lattice(self.data, size, step, self.answers)
        rows, columns = (
            -(-_positions(n, s) // a) + h - 1
            for n, s, a, h in zip(self.answers.size, self.answers.stride, step, size, strict=True)
        )
        wanted = rows * stride[0], columns * stride[1]
        # In whole multiples of t; what is added or cut off lies beyond the last answer's patch.
        data = _extended(self.data, wanted)[..., : wanted[0], : wanted[1]]
        (down, across), (t, u) = self.phases, stride
        middle = data.shape[1:-2]
        parts = data.movedim((-2, -1), (1, 2)).reshape(down, across, rows, t, columns, u, *middle)
        # Where answers are not wanted at every pixel, only every keep-th part holds any.
        keep = tuple(
            gcd(new, s) // gcd(old, s) for new, old, s in zip(step, self.step, self.answers.stride, strict=True)
        )
        # Row t · q + part of phase `old` lies at old + step · (t · q + part): it is row q of the new phase
        # old + step · part. So `part` moves to the phases, and varies slowest there.
        parts = parts.movedim((3, 5), (0, 2)).reshape(t * down, u * across, rows, columns, *middle)
        parts = parts[:: keep[0], :: keep[1]].reshape(-1, rows, columns, *middle)
        return replace(after, data=parts.movedim((1, 2), (-2, -1)))

    def as_batch(self) -> Tensor:
        """Return the feature map of every patch, 1×1, as a batch: (answers, …, 1, 1), row by row."""
        (down, across), (rows, columns) = self.phases, self.data.shape[-2:]
        middle = self.data.shape[1:-2]
        parts = self.data.movedim((-2, -1), (1, 2)).reshape(down, across, rows, columns, *middle)
        # The phases interleaved again: row q of phase p is row q · phases + p.
        laid = parts.movedim((2, 3), (0, 2)).reshape(rows * down, columns * across, *middle)
        skip = tuple(s // gcd(a, s) for a, s in zip(self.step, self.answers.stride, strict=True))
        laid = laid[:: skip[0], :: skip[1]][: self.answers.size[0], : self.answers.size[1]]
        return laid.reshape(-1, *middle, 1, 1)

    def elements(self) -> Tensor:
        """Return the feature map of every patch, of any size, as a batch: (answers, …, elements)."""
        places = [(i, j) for i in range(self.size[0]) for j in range(self.size[1])]
        taken = [self.cropped(i, j, (1, 1)).as_batch() for i, j in places]
        return torch.stack(taken, dim=-1).flatten(-3)


def begin(pixels: Tensor, patch: Pair, stride: Pair) -> Lattice:
    """Return the lattice of the pixels themselves, (1, bands, rows, columns)."""
    rows, columns = ((n - k) // s + 1 for n, k, s in zip(pixels.shape[-2:], patch, stride, strict=True))
    answers = AnswerGrid((rows, columns), stride)
    lattice = Lattice(pixels, patch, (1, 1), answers)
    needed = (_positions(n, s) + k - 1 for n, s, k in zip(answers.size, stride, patch, strict=True))
    height, width = needed
    return replace(lattice, data=pixels[..., :height, :width])


def _positions(answers: int, stride: int) -> int:
    """Return how many positions there are from the first answer to the last."""
    return (answers - 1) * stride + 1


def _extended(data: Tensor, size: Pair) -> Tensor:
    """Add rows and columns of zeros where a size is not reached; no answer depends on them."""
    missing = [max(0, size[axis] - data.shape[axis]) for axis in (-2, -1)]
    if not any(missing):
        return data
    flat = data.reshape(-1, *data.shape[-3:]) if data.ndim > 4 else data
    padded = functional.pad(flat, (0, missing[1], 0, missing[0]))
    return padded.reshape(*data.shape[:-2], *padded.shape[-2:])
