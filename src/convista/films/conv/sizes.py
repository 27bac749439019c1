"""Convolutions without and with padding, at stride 1 and 2: what they do to the size of a map.

The padding named ``same`` has two conventions, which differ where the zeros cannot be shared out evenly.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.conv.conv import (
    EXAMPLE_IMAGE,
    EXAMPLE_KERNEL,
    caption_of,
    channel_names,
    one_filter,
    swept,
)
from convista.films.conv.size_formula import output_size_formula
from convista.films.conv.sweep import Sweep
from convista.films.conv.whole_stage import Whole, tables
from convista.films.conv.zoomed_stage import Zoomed
from convista.films.film import SLOW, Beat, Film, Step
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.stage.grid import magnitude
from convista.films.stage.marks import Mark
from convista.films.wording import message
from convista.language import Text
from convista.operators.sliding import NONE, Padding, same_after, same_both
from convista.pairs import Pair, pair

CONVENTIONS = ("both", "after")
"""Of ``same``: as many zeros before as after, or one more after than before where they are odd."""


@film("conv2d-valid-s1")
def conv2d_valid_s1(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution without padding: the window stays inside the image.

    Parameters
    ----------
    image
        (rows, columns), or (channels, rows, columns).
    kernel
        One filter with as many axes as the image.
    dilation
        The distance between the elements that the window reads.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, or the kernel is larger than the padded image.
    """
    return _film("conv2d-valid-s1", image, kernel, 1, {"valid": NONE}, dilation)


@film("conv2d-valid-s2")
def conv2d_valid_s2(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution without padding whose window jumps two cells; as `conv2d_valid_s1`."""
    return _film("conv2d-valid-s2", image, kernel, 2, {"valid": NONE}, dilation)


@film("conv2d-same-s1")
def conv2d_same_s1(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str | None = None,
) -> Film:
    """Show a convolution with a border of zeros that keeps the size; as `conv2d_valid_s1`.

    ``convention`` is one of `CONVENTIONS`; None shows both where they differ.
    """
    return _film("conv2d-same-s1", image, kernel, 1, _same(image, kernel, 1, dilation, convention), dilation)


@film("conv2d-same-s2")
def conv2d_same_s2(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str | None = None,
) -> Film:
    """Show a convolution with a border of zeros whose window jumps two cells; as `conv2d_same_s1`."""
    return _film("conv2d-same-s2", image, kernel, 2, _same(image, kernel, 2, dilation, convention), dilation)


def same_paddings(
    size: tuple[int, ...], kernel: tuple[int, ...], stride: Pair, dilation: Pair, convention: str | None
) -> dict[str, Padding]:
    """Return the padding of each convention of ``same``; one, named ``"same"``, where all asked for agree."""
    if convention not in {None, *CONVENTIONS}:
        raise ConvistaError("films.conv_sizes.convention", given=convention, known=", ".join(CONVENTIONS))
    paddings = {"both": same_both(kernel, dilation), "after": same_after(size, kernel, stride, dilation)}
    if paddings["both"] == paddings["after"]:
        return {"same": paddings["both"]}
    return {name: padding for name, padding in paddings.items() if convention in {None, name}}


def _same(
    image: ArrayLike, kernel: ArrayLike, stride: int, dilation: int | Pair, convention: str | None
) -> dict[str, Padding]:
    x, weight = one_filter(image, kernel)
    return same_paddings(x.shape[2:], weight.shape[2:], pair(stride), pair(dilation), convention)


def _film(
    name: str,
    image: ArrayLike,
    kernel: ArrayLike,
    stride: int,
    paddings: dict[str, Padding],
    dilation: int | Pair,
) -> Film:
    """Return the sweep under each padding, one after the other, at last what their outputs have not in common."""
    x, weight = one_filter(image, kernel)
    sweeps = {
        way: Sweep(
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
        for way, padding in paddings.items()
    }
    titled = message(f"films.conv_sizes.{'valid' if 'valid' in sweeps else 'same'}_title", stride=stride)
    laid, names = tables(*sweeps.values()), channel_names(x.shape[1], None, 1)

    def stage(n: int, beside: tuple[Mark, ...]) -> Whole | Zoomed:
        way, sweep = list(sweeps.items())[n]
        several = len(sweeps) > 1
        named = _output_name(way, sweep) if several else None
        if laid is None:
            return Zoomed(sweep, names, n if several else None, beside, named)
        return Whole(sweep, laid[n], beside, named)

    steps: list[Step] = []
    stages: list[Whole | Zoomed] = []
    for n, (way, sweep) in enumerate(sweeps.items()):
        others = (*stages, *(stage(m, ()) for m in range(n + 1, len(sweeps))))
        stages.append(stage(n, tuple(mark for other in others for mark in other.made)))
        around = layout.title(titled), *output_size_formula(sweep)
        steps += swept(sweep, stages[n], around, partial(_caption, way, sweep, len(x[0]) - len(stages[n].shown)))
        if isinstance(shown := stages[n], Whole):
            steps[-1] = _framed(steps[-1], shown.unread())
    if len(sweeps) > 1:
        steps.append(_compared(steps[-1], list(sweeps.values()), stages))
    return Film(name, titled, tuple(steps))


def _framed(step: Step, frames: tuple[Mark, ...]) -> Step:
    """Return a step with frames around what it speaks of."""
    return step._replace(beats=tuple(beat._replace(marks=(*beat.marks, *frames)) for beat in step.beats))


def _compared(last: Step, sweeps: list[Sweep], stages: list[Whole | Zoomed]) -> Step:
    """Return the step that marks where the outputs of two conventions differ."""
    one, other = (sweep.output for sweep in sweeps)
    if one.shape != other.shape:
        first, second = (f"{made.shape[0]}×{made.shape[1]}" for made in (one, other))
        words = message("films.conv_sizes.other_size", first=first, second=second)
        return Step(words, (Beat(last.marks, SLOW.end),))
    apart = ~np.isclose(one, other, rtol=0, atol=1e-12 * magnitude(one), equal_nan=True)
    places = [(int(i), int(j)) for i, j in np.argwhere(apart)]
    outlines = [stage.outlined(places) for stage in stages if isinstance(stage, Whole)]
    marks = [mark for mark in last.marks if not mark.key.endswith(".now")]
    key = "other_values" if places else "same_values"
    words = message(f"films.conv_sizes.{key}", count=len(places), all=one.size)
    return Step(words, (Beat((*marks, *(mark for pair_ in outlines for mark in pair_)), SLOW.end),))


def _caption(way: str, sweep: Sweep, left_out: int, n: int) -> Text:
    """Return what a step is about: the padding at first, what it did to the size at last."""
    rows, columns = sweep.x.shape[2:]
    sizes = {"size": f"{rows}×{columns}", "output": f"{sweep.size[0]}×{sweep.size[1]}"}
    (above, below), (before, after) = sweep.padding
    whole = f"{above + rows + below}×{before + columns + after}"
    stride = sweep.stride[0]
    if n == 0:
        key = f"films.conv_sizes.{way}" if stride == 1 else f"films.conv_sizes.{way}_stride"
        zeros = {"above": above, "below": below, "before": before, "after": after}
        return message(key, **sizes, **zeros, stride=stride)
    if n < len(sweep.positions) - 1:
        return caption_of(sweep, n, left_out)
    if any(sweep.unread):
        return message("films.conv_sizes.unread", rows=sweep.unread[0], columns=sweep.unread[1])
    end = "end_stride" if stride > 1 else "end_border" if sweep.padding != NONE else "end"
    return message(f"films.conv_sizes.{end}", **sizes, whole=whole, stride=stride)


def _output_name(way: str, sweep: Sweep) -> Text:
    return message(f"films.conv_sizes.output_{way}", rows=sweep.size[0], columns=sweep.size[1])
