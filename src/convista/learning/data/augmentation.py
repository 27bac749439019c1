"""Changes to patches that leave what is asked of them as it is: the same on bands of any kind and number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from convista.learning.fitting.recipe import Recipe

GROUPS = 16
"""Patches of a batch are moved in so many groups: each patch by itself would cost more and teach no more."""


class MixedBatch(NamedTuple):
    """A batch whose patches are mixtures of two: ``share`` of its loss is one target's, the rest the other's."""

    batch: Tensor
    targets: Tensor
    others: Tensor
    share: float
    weight: float = 1.0
    """What the mean loss of these patches counts in that of all processes."""

    def share_of(self, process: int, processes: int) -> MixedBatch:
        """Return the patches that one of several processes works on."""
        if processes == 1:
            return self
        own = slice(process, None, processes)
        batch = self.batch[own]
        weight = len(batch) * processes / len(self.batch)
        return MixedBatch(batch, self.targets[own], self.others[own], self.share, weight)


def augmented(batch: Tensor, targets: Tensor, recipe: Recipe, rng: np.random.Generator) -> MixedBatch:
    """Turn, mirror, move, change, hide and mix, as far as the recipe says.

    Parameters
    ----------
    batch
        Standardised patches, (batch, bands, size, size), in an order that chance made.
    targets
        What is asked of each, (batch, …); those with rows and columns are turned and moved along.
    """
    dense = targets.ndim == 3
    first = int(rng.integers(8))
    batch = dihedral(batch, first)
    if dense:
        targets = dihedral(targets, first)
    if recipe.shift:
        most = round(recipe.shift * batch.shape[-1])
        moves = rng.integers(-most, most + 1, (GROUPS, 2)).tolist()
        batch = _moved(batch, moves, most)
        if dense:
            targets = _moved(targets[:, None].double(), moves, most)[:, 0].to(targets.dtype)
    if recipe.jitter:
        drawn = rng.normal(0, recipe.jitter, (2, *batch.shape[:2], 1, 1)).astype(np.float32)
        gain, offset = torch.from_numpy(drawn)
        batch = batch * (1 + gain) + offset
    if recipe.cutout:
        batch = _cut(batch, round(recipe.cutout * batch.shape[-1]), rng)
    if recipe.mixup:
        share, order = float(rng.beta(recipe.mixup, recipe.mixup)), torch.from_numpy(rng.permutation(len(batch)))
        return MixedBatch(torch.lerp(batch[order], batch, share), targets, targets[order], share)
    return MixedBatch(batch, targets, targets, 1.0)


def dihedral(batch: Tensor, first: int) -> Tensor:
    """Turn and mirror patches: each gets one of the eight symmetries of the square, in turn.

    Seen from above, the ground has no up and down, so all eight are as likely.

    Parameters
    ----------
    batch
        (batch, …, size, size).
    first
        The symmetry to begin with, 0 … 7.
    """
    return torch.cat([symmetry(piece, (first + n) % 8) for n, piece in enumerate(batch.chunk(8))])


def symmetry(batch: Tensor, number: int) -> Tensor:
    """Return one of the eight symmetries of the last two axes; 0 leaves them as they are."""
    turned = torch.rot90(batch, number % 4, (-2, -1))
    return turned.flip(-1) if number >= 4 else turned


def _moved(batch: Tensor, moves: list[list[int]], most: int) -> Tensor:
    """Move each group of patches down and across, showing the mirrored border where nothing was."""
    side = batch.shape[-1]
    around = functional.pad(batch, (most,) * 4, mode="reflect")
    pieces = [
        piece[..., most + down : most + down + side, most + across : most + across + side]
        for piece, (down, across) in zip(around.chunk(GROUPS), moves, strict=False)
    ]
    return torch.cat(pieces)


def _cut(batch: Tensor, hole: int, rng: np.random.Generator) -> Tensor:
    """Set a square of each patch to 0, its band's mean (DeVries and Taylor 2017); it may reach over the edge."""
    starts = (rng.integers(0, batch.shape[-1], (2, len(batch))) - hole // 2).T.tolist()
    for patch, (down, across) in zip(batch.numpy(), starts, strict=True):
        patch[:, max(0, down) : down + hole, max(0, across) : across + hole] = 0
    return batch
