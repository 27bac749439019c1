"""Which samples are trained on, which choose the best epoch, and which give the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

PARTS = ("train", "validation", "test")
WHOLE: Mapping[str, Any] = {"kind": "whole"}
"""The split of data that nothing was learned from: all of them are scored, as a test part."""
SHARES = (0.6, 0.15, 0.25)
TRAIN, VALIDATION, TEST = range(3)
NOWHERE = 3

Assignment = NDArray[np.int8]
"""Position in `PARTS`, or NOWHERE, of each block or sample."""
Mask = NDArray[np.bool_]

_DRAWS = 500
_MOST_BLOCKS = 48


def assign_blocks(labels: NDArray[np.int16], block: int, seed: int) -> Assignment:
    """Give each square block of a scene to a part, so that each part has its share of every class.

    Neighbouring pixels resemble each other, so a random split of pixels would score memory; whole blocks do not
    have that fault. Of many random assignments, the one is taken whose class that is furthest from its share
    is the nearest; nothing but the labels' frequencies is looked at.

    Parameters
    ----------
    labels
        Class of each pixel, 0 …, or −1 for none, (rows, columns).
    block
        Rows and columns of a block; those at the right and lower edge may be smaller.
    seed
        Of the random assignments.

    Returns
    -------
    (block rows, block columns).

    Raises
    ------
    ConvistaError
        If there are fewer than three blocks.
    """
    rows, columns = (-(-size // block) for size in labels.shape)
    if rows * columns < len(PARTS):
        raise ConvistaError("learning.data.too_few_blocks", blocks=rows * columns, block=block)
    classes = int(labels.max()) + 1
    counts = np.zeros((rows * columns, classes))
    where = (np.arange(labels.shape[0]) // block)[:, None] * columns + np.arange(labels.shape[1]) // block
    np.add.at(counts, (where[labels >= 0], labels[labels >= 0]), 1)
    counts = counts[:, counts.any(axis=0)]

    sizes = _sizes(rows * columns)
    parts = np.repeat(np.arange(3, dtype=np.int8), sizes)
    wanted = np.array(SHARES)[:, None]
    rng = np.random.default_rng(seed)
    best, nearest = parts, np.inf
    for _ in range(_DRAWS):
        drawn = rng.permutation(parts)
        share = (drawn == np.arange(3)[:, None]) @ counts / counts.sum(axis=0)
        distance = np.abs(np.log((share + 0.001) / wanted)).max()
        if distance < nearest:
            best, nearest = drawn, distance
    return best.reshape(rows, columns)


def block_size(shape: tuple[int, int], patch: int) -> int:
    """Return a block size that gives a scene enough blocks: 128 pixels, or fewer, but at least two patches."""
    block = 128
    while block >= 4 * patch and (-(-shape[0] // block)) * (-(-shape[1] // block)) < _MOST_BLOCKS:
        block //= 2
    return max(block, 2 * patch)


def separate(assignment: Assignment, block: int, shape: tuple[int, int], patch: int) -> Assignment:
    """Give each pixel the part its patch belongs to, so that no pixel is read by patches of two parts.

    A patch has the part of the block its centre lies in. Test patches are all kept, so that the score is that of
    every pixel of the test blocks; validation patches that would read a pixel that a test patch reads, and training
    patches that would read one that either reads, are left out (NOWHERE). This leaves a gap of up to
    2 × (patch − 1) pixels between the centres of two parts.
    """
    parts = assignment.repeat(block, axis=0).repeat(block, axis=1)[: shape[0], : shape[1]].copy()
    before, after = patch // 2, patch - 1 - patch // 2
    read = np.zeros(shape, bool)
    for part in (TEST, VALIDATION, TRAIN):
        parts[(parts == part) & _any_within(read, before, after)] = NOWHERE
        read |= _any_within(parts == part, after, before)
    return parts


def assign_samples(labels: NDArray[np.int16], seed: int) -> Assignment:
    """Give each sample to a part at random, every class in the same shares."""
    rng = np.random.default_rng(seed)
    assignment = np.full(len(labels), NOWHERE, np.int8)
    for value in np.unique(labels[labels >= 0]):
        members = np.flatnonzero(labels == value)
        assignment[rng.permutation(members)] = np.repeat(np.arange(3, dtype=np.int8), _sizes(len(members)))
    return assignment


def _sizes(n: int) -> list[int]:
    """Share out n things, at least one each while they last: first the test, then training, then validation."""
    sizes = [0, round(n * SHARES[VALIDATION]), round(n * SHARES[TEST])]
    if n >= len(PARTS):
        sizes = [max(1, size) for size in sizes]
    sizes[TRAIN] = n - sizes[VALIDATION] - sizes[TEST]
    return sizes


def _any_within(mask: Mask, before: int, after: int) -> Mask:
    """Tell for each pixel whether the mask holds anywhere from ``before`` before it to ``after`` behind it."""
    width = before + after + 1
    for _ in range(2):
        total = np.pad(mask.T, ((before + 1, after), (0, 0))).cumsum(axis=0, dtype=np.int32)
        mask = total[width:] > total[:-width]
    return mask
