"""The first two values of a convolution by hand: product by product, with the sum so far."""

from __future__ import annotations

from functools import partial

from numpy.typing import ArrayLike

from convista.films.conv import whole_script, zoomed_script
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, caption_of, channel_names, one_filter, swept
from convista.films.conv.formulas import definition_of_conv
from convista.films.conv.sweep import Position, Sweep
from convista.films.conv.tables import tables
from convista.films.conv.whole_stage import Moment, WholeStage
from convista.films.conv.zoomed_stage import ZoomedStage
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage.marks import Formula
from convista.films.wording import USUAL, as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text
from convista.operators.sliding import NONE
from convista.pairs import Pair, pair

ONE_BY_ONE = 12
"""Kernels of up to so many elements take a step a product; larger ones a step a row."""
ONWARDS = 0.25
"""How long a product that is not told by itself is on its way, in seconds, and rests."""


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
    script, laid = Script("conv-first-values", message("films.conv_by_hand.title")), tables(sweep)
    if laid is None:
        seen = ZoomedStage(sweep, channel_names(x.shape[1], None, 1))
        swept(
            script, sweep, partial(zoomed_script.made, seen), partial(_closely, sweep, left_out=len(seen.left_out))
        )
        return script.film()
    stage = WholeStage(sweep, laid[0])
    definition = definition_of_conv(sweep)
    told = message("films.conv_narration.by_hand_open")
    script.step(message("films.conv_by_hand.open"), *_opened(stage, definition), narration=told)
    for n in range(len(sweep.positions)):
        _by_hand(script, stage, definition, n)
    last = whole_script.ended(stage, len(sweep.positions) - 1)._replace(rows=0)
    script.step(message("films.conv_by_hand.close", count=sweep.kernel.size), beat(stage.at(last), definition))
    return script.film()


def _opened(stage: WholeStage, definition: tuple[Formula, ...]) -> tuple[Beat, ...]:
    """Return the image and the kernel, then the definition of what is made of them."""
    bare = Moment(output=False)
    return beat(stage.at(bare), seconds=TRAVEL), beat(
        stage.at(bare._replace(output=True)), definition, seconds=SLOW.end
    )


def _by_hand(script: Script, stage: WholeStage, definition: tuple[Formula, ...], n: int) -> None:
    """Tell the window's arrival, its products, each of which joins the sum, and the value."""
    sweep, at = stage.sweep, stage.sweep.positions[n]
    place, columns, size = sweep.name(at), sweep.kernel.shape[2], sweep.kernel.size
    arrives = message(f"films.conv_by_hand.{'next' if n else 'begin'}", place=place, count=size)
    script.step(arrives, beat(stage.at(Moment(n, at)), definition, seconds=SLOW.end, travel=TRAVEL))
    each = 1 if size <= ONE_BY_ONE else columns
    for done in range(each, size + 1, each):
        slow = n == 0 and slowly(done // each - 1, size // each)
        said = _product(sweep, at, done - 1, each) if slow else message("films.conv_by_hand.onwards")
        way = TRAVEL if slow else ONWARDS
        now = Moment(n, at, products=done, told=done, added=done - each, met=each == 1)
        joined = now._replace(added=done)
        sources = stage.joined(done - each, done)
        script.step(
            said,
            beat(stage.at(now), definition, seconds=way, travel=way, born_from=stage.met(at, done - each, done)),
            beat(stage.at(joined), definition, seconds=way, travel=way, born_from=sources),
        )
    said = message("films.conv_by_hand.end", place=place, value=written(sweep.explain(at).value))
    now = whole_script.ended(stage, n)._replace(rows=0)
    script.step(said, beat(stage.at(now), definition, seconds=SLOW.end, travel=TRAVEL, born_from=stage.landed(at)))


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


def _closely(sweep: Sweep, n: int, *, left_out: int) -> Text:
    at = sweep.positions[n]
    if n == 0:
        return caption_of(sweep, 0, left_out=left_out)
    return message("films.conv_by_hand.end", place=sweep.name(at), value=written(sweep.explain(at).value))
