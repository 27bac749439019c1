"""Convolution in perspective: a yellow block slides on the front of the input, and the output fills behind it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convista.films.conv.blocks_stage import BlocksStage, Moment
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, onwards, plane
from convista.films.conv.size_formula import output_size_formula
from convista.films.conv.sizes import same_paddings
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.marks import Mark
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.conv import Conv
from convista.operators.sliding import NONE
from convista.pairs import Pair, pair

SWING = 1.2
"""How long the camera takes from the front to the side, in seconds."""


@film("conv3d-valid-s1")
def conv3d_valid_s1(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution without padding in perspective.

    Parameters
    ----------
    image, kernel
        Matrices. Where numbers would be too small on the slabs, those are maps, and the window is seen closely.
    dilation
        The distance between the elements that the window reads.

    Raises
    ------
    ConvistaError
        If one is no matrix, or the kernel is larger than the padded image.
    """
    return _film("conv3d-valid-s1", image, kernel, 1, None, dilation)


@film("conv3d-same-s1")
def conv3d_same_s1(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str = "both",
) -> Film:
    """Show a convolution with a border of zeros in perspective; as `conv3d_valid_s1`.

    ``convention`` is one of `convista.films.conv.sizes.CONVENTIONS`.
    """
    return _film("conv3d-same-s1", image, kernel, 1, convention, dilation)


@film("conv3d-valid-s2")
def conv3d_valid_s2(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution in perspective whose window jumps two cells; as `conv3d_valid_s1`."""
    return _film("conv3d-valid-s2", image, kernel, 2, None, dilation)


@film("conv3d-same-s2")
def conv3d_same_s2(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str = "both",
) -> Film:
    """Show a convolution with a border of zeros in perspective, its window jumps two cells; as `conv3d_same_s1`."""
    return _film("conv3d-same-s2", image, kernel, 2, convention, dilation)


def _film(
    name: str, image: ArrayLike, kernel: ArrayLike, stride: int, convention: str | None, dilation: int | Pair
) -> Film:
    """Return the sweep of one kernel over one image; ``convention`` None is without padding."""
    x, weight = plane("image", image)[None, None], plane("kernel", kernel)[None, None]
    padding = NONE
    if convention is not None:
        (padding,) = same_paddings(x.shape[2:], weight.shape[2:], pair(stride), pair(dilation), convention).values()
    sweep = Sweep(
        x,
        weight,
        None,
        stride=pair(stride),
        padding=padding,
        dilation=pair(dilation),
        groups=1,
        channel=0,
        origin=1,
    )
    kind = "valid" if convention is None else "same"
    words = message(f"films.conv_blocks.{kind}_title", stride=stride)
    stage, script = BlocksStage(sweep, _others(sweep)), Script(name, words)
    formula, count = output_size_formula(sweep, words), len(sweep.positions)
    script.step(
        message("films.conv_blocks.open"),
        beat(formula, stage.front(), seconds=4 * SLOW.row),
        beat(formula, stage.aside(), seconds=SLOW.end, travel=SWING),
    )
    standing = onwards(sweep, "films.conv_blocks.onwards")
    for n, at in enumerate(sweep.positions):
        slow = slowly(n, count)
        making = _slowly(stage, at, formula) if slow else (_quickly(stage, at, formula),)
        script.step(_caption(sweep, kind, n) if slow else standing, *making)
    script.step(
        message("films.conv_blocks.channels"),
        beat(formula, stage.channels(), seconds=SLOW.end, travel=TRAVEL),
        narration=message("films.conv_blocks.channels_narration"),
    )
    return script.film()


def _others(sweep: Sweep) -> list[Array]:
    """Return the maps of two filters more: the same kernel turned, or where it is no square, mirrored."""
    kernel = sweep.weight
    if kernel.shape[2] == kernel.shape[3]:
        others = [np.rot90(kernel, turns, axes=(2, 3)) for turns in (1, 2)]
    else:
        others = [np.flip(kernel, axis) for axis in (2, 3)]
    conv = Conv(stride=sweep.stride, padding=sweep.padding, dilation=sweep.dilation)
    return [conv.value(sweep.x, other)[0, 0] for other in others]


def _slowly(stage: BlocksStage, at: Position, formula: tuple[Mark, ...]) -> tuple[Beat, ...]:
    """Return a value part by part: the block slides there, meets the pixels, and what they give is written."""
    return (
        beat(formula, stage.at(Moment(at, False, False, False, False)), travel=TRAVEL),
        beat(formula, stage.at(Moment(at, True, False, False, False)), travel=TRAVEL),
        beat(formula, stage.at(Moment(at, known=False, written=False)), travel=TRAVEL, born_from=stage.worked()),
        beat(formula, stage.at(Moment(at, written=False)), seconds=SHORT, travel=TRAVEL, born_from=stage.result()),
        beat(formula, stage.at(Moment(at)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(at)),
    )


def _quickly(stage: BlocksStage, at: Position, formula: tuple[Mark, ...]) -> Beat:
    """Return a value in one move: the block slides there, and what it gives appears; nobody could read more."""
    return beat(formula, stage.at(Moment(at, False, False, False)), seconds=2 * QUICK, travel=2 * QUICK)


def _caption(sweep: Sweep, kind: str, n: int) -> Text:
    """Return what a step is about: the blocks at first, then the values, at last the size."""
    at, last = sweep.positions[n], len(sweep.positions) - 1
    count, stride = sweep.size[0] * sweep.size[1], sweep.stride[0]
    if n == 0:
        return message("films.conv_blocks.begin", count=sweep.kernel.size)
    if n == 1 and stride > 1:
        return message("films.conv_blocks.jump", stride=stride)
    (above, _), (before, _) = sweep.padding
    if n == 1 and kind == "same" and (above or before):
        return message("films.conv_blocks.border")
    if n == last:
        sizes = {"rows": sweep.size[0], "columns": sweep.size[1]}
        unread = "_unread" if any(sweep.unread) else ""
        return message(f"films.conv_blocks.end{unread}", count=count, **sizes)
    row, column = sweep.counted(at)
    if len(sweep.positions) < count:
        return message("films.conv.stop", row=row, column=column, shown=last + 1, count=count)
    return message("films.conv_blocks.step", place=sweep.name(at), value=written(sweep.explain(at).value))
