"""The first two values of a convolution by hand: product by product, with the sum so far."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.typing import ArrayLike

from convista.films.conv.conv import (
    EXAMPLE_IMAGE,
    EXAMPLE_KERNEL,
    caption_of,
    channel_names,
    one_filter,
    swept,
)
from convista.films.conv.sweep import Position, Sweep
from convista.films.conv.whole_stage import Whole, tables
from convista.films.conv.zoomed_stage import Zoomed
from convista.films.film import SLOW, TICK, Beat, Film, Step
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.stage.marks import Mark
from convista.films.wording import USUAL, as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text
from convista.operators.sliding import NONE
from convista.pairs import Pair, pair

ONE_BY_ONE = 12
"""Kernels of up to so many elements take a step a product; larger ones a step a row."""


@film("conv-first-values")
def conv_first_values(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    stride: int | Pair = 1,
    dilation: int | Pair = 1,
) -> Film:
    """Work out the first value of a convolution and its right neighbour, by hand.

    Parameters
    ----------
    image
        (rows, columns), or (channels, rows, columns). Too large for numbers, or with several channels, it is shown
        as maps, and the window seen closely.
    kernel
        One filter with as many axes as the image.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, or the kernel is larger than the image.
    """
    x, weight = one_filter(image, kernel)
    sweep = Sweep(
        x,
        weight,
        None,
        stride=pair(stride),
        padding=NONE,
        dilation=pair(dilation),
        groups=1,
        channel=0,
        origin=1,
        stops=((0, 0), (0, 1)),
    )
    words, laid = message("films.conv_by_hand.title"), tables(sweep)
    around = (layout.title(words),)
    if laid is None:
        seen = Zoomed(sweep, channel_names(x.shape[1], None, 1))
        left_out = len(x[0]) - len(seen.shown)
        steps = swept(sweep, seen, around, lambda n: _closely(sweep, n, left_out))
    else:
        stage = Whole(sweep, laid[0])
        steps = [step for n, at in enumerate(sweep.positions) for step in _by_hand(sweep, stage, around, at, n)]
    return Film("conv-first-values", words, tuple(steps))


def _by_hand(sweep: Sweep, stage: Whole, around: tuple[Mark, ...], at: Position, number: int) -> Iterator[Step]:
    """Yield the window's arrival, its products, and their sum."""
    place, (rows, columns) = sweep.name(at), sweep.kernel.shape[1:]
    arrives = message(f"films.conv_by_hand.{'next' if number else 'begin'}", place=place, count=rows * columns)
    yield Step(arrives, (Beat((*around, *stage.marks(at, 0)), SLOW.end, 0.4 if number else 0.0),))
    each = 1 if rows * columns <= ONE_BY_ONE else columns
    for done in range(each, rows * columns + 1, each):
        beats = []
        for n in range(done - each, done):
            marks = *around, *stage.marks(at, n + 1), *stage.met(at, divmod(n, columns)), *stage.running(at, n + 1)
            beats.append(Beat(marks, SLOW.row if each == 1 else 3 * TICK, 2 * TICK if n else 0.0))
        by_itself = number == 0 and slowly(done // each - 1, rows * columns // each)
        said = _product(sweep, at, done - 1, each) if by_itself else message("films.conv_by_hand.onwards")
        yield Step(said, tuple(beats))
    ended = (beat._replace(marks=(*around, *beat.marks)) for beat in stage.ended(at, SLOW))
    yield Step(message("films.conv_by_hand.end", place=place, value=written(sweep.explain(at).value)), tuple(ended))


def _product(sweep: Sweep, at: Position, n: int, each: int) -> Text:
    """Say which pixel meets which weight, and what the sum is by now."""
    columns = sweep.kernel.shape[2]
    u, v = divmod(n, columns)
    so_far = written(sweep.running(at, n + 1))
    if each > 1:
        return message("films.conv_by_hand.row", row=u + 1, value=written(sweep.part(at, 0, u)), so_far=so_far)
    term = sweep.terms(at)[0, u, v]
    factor = float(sweep.kernel[0, u, v])
    fine = decimals_for([factor])
    made = as_written(term.value, USUAL) * as_written(factor, fine)
    return message(
        "films.conv_by_hand.product",
        row=term.index[2] + 1,
        column=term.index[3] + 1,
        u=u + 1,
        v=v + 1,
        value=written(term.value),
        weight=bracketed(factor, fine),
        equals=equality(made, term.contribution, USUAL),
        product=written(term.contribution),
        so_far=so_far,
    )


def _closely(sweep: Sweep, n: int, left_out: int) -> Text:
    at = sweep.positions[n]
    if n == 0:
        return caption_of(sweep, 0, left_out)
    return message("films.conv_by_hand.end", place=sweep.name(at), value=written(sweep.explain(at).value))
