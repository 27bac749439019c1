"""A strip of a scene after the other, answered by a network: reading, computing and joining overlap in time."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.learning.data.prefetch import prefetched
from convista.mapping.engine.layout import Layout, Piece, finished, first_needed
from convista.mapping.engine.winograd import use_winograd
from convista.mapping.map_model import MapModel
from convista.scenes import Scene
from convista.scenes.patch import MaskedArray
from convista.threads import one_thread

Float = NDArray[np.float32]


class Strip(NamedTuple):
    """Rows of answers that are final."""

    number: int
    answers: Float
    """(outputs, rows, columns)."""
    nodata: NDArray[np.bool_]
    """Whether any band is masked, for each pixel of the rows, (rows · step, columns · step) within the scene."""


class _Read(NamedTuple):
    """A piece of a strip, read."""

    strip: int
    piece: Piece
    values: MaskedArray


class _Part(NamedTuple):
    """A piece of a strip, answered."""

    strip: int
    piece: Piece
    answers: Tensor
    nodata: NDArray[np.bool_]


def optimised_copy(network: nn.Module, device: torch.device | str = "cpu") -> nn.Module:
    """Return a network on a device, in the form that answers fastest; the same but for rounding.

    It is a copy, which shares those weights with the network that already are in the form and the place wanted.
    """
    # `deepcopy` takes from this memo in place of copying: weights that lie as they should are shared, not doubled.
    laid = {id(p): nn.Parameter(_channels_last(p.detach().to(device)), False) for p in network.parameters()}
    copied = copy.deepcopy(network, laid).eval().to(device)
    use_winograd(copied)
    return copied


def _channels_last(tensor: Tensor) -> Tensor:
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor


def strips(
    model: MapModel,
    network: nn.Module,
    scene: Scene,
    layout: Layout,
    wanted: range,
    threads: int,
    precision: str = "float32",
    device: str = "cpu",
) -> Iterator[Strip]:
    """Yield the strips of a range, in order, each the same whatever the range and the number of threads.

    One thread reads ahead while others compute, each with a piece of its own: an operator that several threads
    share would wait for the slowest of them. A device other than the processor computes one piece at a time.

    Parameters
    ----------
    network
        Answers what the layout cuts: (batch, outputs), or (batch, outputs, rows, columns).
    """
    # Reading (GDAL) and computing (torch) both release Python's lock, so threads suffice. `ahead` keeps the order,
    # and holds no more than a few pieces, whatever the size of the scene.
    there = torch.device(device)
    threads = threads if there.type == "cpu" else 1
    first = first_needed(layout, wanted.start)
    pieces = ((strip, piece) for strip in range(first, wanted.stop) for piece in layout.pieces(strip))

    def read(item: tuple[int, Piece]) -> _Read:
        return _Read(*item, scene.read(item[1].read, model.band_names))

    def answer(item: _Read) -> _Part:
        strip, piece, values = item
        masked: NDArray[np.bool_] = np.any(np.ma.getmaskarray(values), axis=0)
        nodata = masked[piece.covered.seen_from(piece.read).slices]
        if nodata.all():
            # Nobody sees what is said there; the sea around a coast costs no time.
            return _Part(strip, piece, torch.zeros(len(piece.columns), model.outputs, 1, 1), nodata)
        batch = layout.cut(piece, _channels_last(model.standardise(values)[None])).to(there)
        with torch.inference_mode(), torch.autocast(there.type, torch.bfloat16, enabled=precision == "bfloat16"):
            # Inference mode and autocast are of a thread: they are entered by the one that computes.
            answers = ready.result()(batch).float().cpu()
        return _Part(strip, piece, answers if answers.ndim == 4 else answers[:, :, None, None], nodata)

    with one_thread(), ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(threads) as workers:
        ready = workers.submit(optimised_copy, network, there)
        parts = prefetched(answer, prefetched(read, pieces, reader, threads + 1), workers, threads)
        yield from _joined(layout, parts, model.outputs, scene.shape, wanted)


def _joined(
    layout: Layout, parts: Iterator[_Part], outputs: int, shape: tuple[int, int], wanted: range
) -> Iterator[Strip]:
    """Join parts to strips and overlapping strips to one another; yield the rows that are final.

    A weighted mean as it grows: mean + w / W · (new − mean), W being the sum of the weights so far (West 1979,
    "Updating mean and variance estimates: an improved method"); `Layout.row_share` gives w / W. Unlike a sum that
    is divided in the end, it needs no second array, and where all windows say the same, it says that to the bit.
    """
    # `mean` and `nodata` hold rows from `top` on: those that a later strip may still change, and no others.
    mean, nodata, top = np.empty((outputs, 0, layout.size[1]), np.float32), np.empty((0, shape[1]), np.bool_), 0
    for strip, (answers, empty) in _by_strip(layout, parts, outputs, shape[1]):
        first, last = layout.span(strip)
        # What lies above this strip was given out with the strip before; a range that begins in the middle computes
        # the strips that overlap its first one (`first_needed`) and gives them to nobody.
        mean, nodata = mean[:, first - top :], nodata[(first - top) * layout.step :]
        shared = mean.shape[1]
        share = layout.row_share(strip)[:shared, None]
        mean += share * (answers[:, :shared] - mean)
        mean = np.concatenate([mean, answers[:, shared : last - first]], axis=1)
        nodata = np.concatenate([nodata, empty[len(nodata) :]])
        top, done = finished(layout, strip)
        if strip in wanted:
            yield Strip(strip, mean[:, : done - top], nodata[: (done - top) * layout.step])


def _by_strip(
    layout: Layout, parts: Iterator[_Part], outputs: int, width: int
) -> Iterator[tuple[int, tuple[Float, NDArray[np.bool_]]]]:
    """Join the parts of each strip, from left to right."""
    for strip, of_strip in groupby(parts, lambda part: part.strip):
        first, last = layout.span(strip)
        rows, reach = last - first, 0
        answers = np.zeros((outputs, 1, layout.size[1]), np.float32)  # of one row while all rows say the same
        for part in of_strip:
            covered = part.piece.covered
            if reach == 0:
                nodata = np.ones((covered.height, width), np.bool_)
            nodata[:, covered.column : covered.column + covered.width] = part.nodata
            if part.answers.shape[2] > 1 == answers.shape[1]:
                answers = answers.repeat(rows, axis=1)
            for column, answer in zip(part.piece.columns, part.answers.numpy(), strict=True):
                reach = _blend(answers, answer, column, reach, layout)
        yield strip, (np.broadcast_to(answers, (outputs, rows, layout.size[1])), nodata)


def _blend(answers: Float, answer: Float, column: int, reach: int, layout: Layout) -> int:
    """Blend an answer into a strip that is filled up to a column, `reach`; return up to where it is filled then."""
    width = layout.width_at(column)
    answer = np.broadcast_to(answer[:, : answers.shape[1], :width], (*answers.shape[:2], width))
    shared = max(0, min(reach - column, width))
    here = answers[:, :, column : column + shared]
    here += layout.column_share(column)[:shared] * (answer[:, :, :shared] - here)
    answers[:, :, column + shared : column + width] = answer[:, :, shared:]
    return max(reach, column + width)
