"""Convolution in perspective: a yellow block slides on the front of the input, and the output fills behind it."""

from __future__ import annotations

from functools import partial

from numpy.typing import ArrayLike

from convista.films.conv.blocks_stage import BlocksStage
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, onwards, plane
from convista.films.conv.size_formula import output_size_formula
from convista.films.conv.sizes import same_paddings
from convista.films.conv.sweep import Sweep
from convista.films.film import Film, Step
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.wording import message, written
from convista.language import Text
from convista.operators.sliding import NONE
from convista.pairs import Pair, pair


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
    stage = BlocksStage(sweep, (layout.title(words), *output_size_formula(sweep)))
    caption = partial(_caption, sweep, kind)
    count = len(sweep.positions)
    standing = onwards(sweep, "films.conv_blocks.onwards")
    steps = tuple(Step(caption(n) if slowly(n, count) else standing, stage.beats(n)) for n in range(count))
    return Film(name, words, steps)


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
        return message("films.conv_blocks.end", count=count, **sizes)
    row, column = sweep.counted(at)
    if len(sweep.positions) < count:
        return message("films.conv.stop", row=row, column=column, shown=last + 1, count=count)
    return message("films.conv_blocks.step", place=sweep.name(at), value=written(sweep.explain(at).value))
