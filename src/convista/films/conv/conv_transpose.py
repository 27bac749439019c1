"""Transposed convolution as a film: each input value, times the kernel, is added over a window of the output."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from convista.films.conv.conv import channel_names, plane
from convista.films.conv.formulas import definition_of_spreading
from convista.films.conv.transpose_stage import Moment, SpreadStage
from convista.films.conv.transpose_steps import Spread
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film, of_operators
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage.marks import Formula
from convista.films.wording import message, written
from convista.language import Text
from convista.operators.sliding import NONE, Padding
from convista.pairs import Pair, pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded

MOVING = 0.24
"""How long a move is where places go by fast, in seconds."""
EXAMPLE_IMAGE, EXAMPLE_KERNEL = ((3, 1, 2), (4, 0, 5), (1, 2, 3)), ((1, 2, 1), (2, 4, 2), (1, 2, 1))


@film("conv-transpose", "conv_transpose2d")
def conv_transposed(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, stride: int | Pair = 2
) -> Film:
    """Show an image grow: both matrices, nothing taken away; otherwise as `conv_transpose_film`."""
    pixels, weights = plane("image", image)[None, None], plane("kernel", kernel)[None, None]
    return conv_transpose_film(pixels, weights, stride=pair(stride), origin=1)


def conv_transpose_film(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: Pair = (1, 1),
    padding: Padding = NONE,
    dilation: Pair = (1, 1),
    groups: int = 1,
    channel: int = 0,
    title: Text | None = None,
    band_names: tuple[str, ...] | None = None,
    origin: int = 0,
    name: str = "conv-transpose",
) -> Film:
    """Show how one output map of a transposed convolution is made.

    Parameters
    ----------
    x
        Input, (1, channels, rows, columns).
    weight
        (channels, maps / groups, kernel rows, kernel columns).
    bias
        One number a map, or None.
    padding
        What is taken away of the output, ((above, below), (left, right)).
    channel
        The output map, counted from 0.
    band_names
        A name for each input channel.
    origin
        What rows and columns are counted from: 0 as arrays, 1 as matrices.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, or the channel does not exist.
    """
    spread = Spread(
        np.asarray(x, dtype=float),
        np.asarray(weight, dtype=float),
        None if bias is None else np.asarray(bias, dtype=float),
        stride=stride,
        padding=padding,
        dilation=dilation,
        groups=groups,
        channel=channel,
        origin=origin,
    )
    stage = SpreadStage(spread, channel_names(spread.x.shape[1], band_names, origin))
    script = Script(name, message("films.conv_transpose.title") if title is None else title)
    # The title of a traced layer leaves no room for a formula beside it.
    definition = definition_of_spreading(spread) if title is None else ()
    if title is None:
        _opened(script, stage, definition)
    count = len(spread.positions)
    for n in range(count):
        slow = slowly(n, count)
        said = _caption(spread, n) if slow else message("films.conv_transpose.onwards")
        script.step(said, *_spread(stage, n, definition, slow=slow))
    before, after = ("×".join(map(str, shape)) for shape in (spread.maps.shape[1:], spread.output.shape))
    last = Moment(spread.positions[-1], len(spread.shown) - 1, True, len(spread.shown), completed=True)
    script.step(
        message("films.conv_transpose.end", before=before, after=after),
        beat(stage.at(last), definition, seconds=SLOW.end),
    )
    return script.film()


def _opened(script: Script, stage: SpreadStage, definition: tuple[Formula, ...]) -> None:
    """Ask how a map can grow, and what spreads where."""
    spread = stage.spread
    before, after = ("×".join(map(str, shape)) for shape in (spread.maps.shape[1:], spread.output.shape))
    script.step(
        message("films.conv_transpose.open", before=before, after=after, origin=spread.origin),
        beat(stage.at(Moment()), seconds=TRAVEL),
        beat(stage.at(Moment()), definition, seconds=SLOW.end, travel=TRAVEL),
        narration=message("films.conv_narration.transpose_open", before=before, after=after),
    )


def _spread(stage: SpreadStage, n: int, definition: tuple[Formula, ...], *, slow: bool) -> Iterator[Beat]:
    """Yield an input place: each channel's value, times its kernel, is added to the output."""
    at, count = stage.spread.positions[n], len(stage.spread.shown)
    way, rest = (TRAVEL, SLOW.row) if slow else (MOVING, TICK)
    for channel in range(count):
        now = Moment(at, channel, added=channel)
        yield beat(stage.at(now), definition, seconds=SHORT if slow else TICK, travel=way)
        now = now._replace(multiplied=True)
        yield beat(stage.at(now), definition, seconds=rest, travel=way, born_from=stage.multiplied(at))
        now = now._replace(added=channel + 1)
        yield beat(stage.at(now), definition, seconds=rest, travel=way, born_from=stage.added(at))
    yield beat(stage.at(now._replace(completed=True)), definition, seconds=SLOW.end if slow else 2 * TICK)


@of_operators("conv_transpose2d")
def film_of_conv_transpose(
    record: Recorded, *, channel: int = 0, band_names: tuple[str, ...] | None = None
) -> Film:
    """Show how one output map of a traced transposed convolution came about; see `conv_transpose_film`."""
    title = message("films.conv_transpose.traced_title", layer=record.name, channel=channel)
    given: dict[str, Any] = {**record.arrays(), **record.definition.attributes}
    return conv_transpose_film(**given, channel=channel, band_names=band_names, title=title, name=record.name)


def _caption(spread: Spread, n: int) -> Text:
    """Return what a stop is about: how values spread, and where they overlap."""
    at, last = spread.positions[n], len(spread.positions) - 1
    count, channels = spread.maps[0].size, len(spread.maps)
    rows, columns = spread.kernels.shape[1:]
    if n == 0:
        if channels > len(spread.shown):
            shown = {"channels": channels, "shown": len(spread.shown)}
            return message("films.conv_transpose.begin_fewer", size=f"{rows}×{columns}", **shown)
        return message("films.conv_transpose.begin", size=f"{rows}×{columns}")
    row, column = spread.counted(at)
    if last + 1 < count:
        return message("films.conv_transpose.stop", row=row, column=column, shown=last + 1, count=count)
    if channels > 1:
        return message("films.conv_transpose.channels", row=row, column=column)
    value = written(float(spread.maps[spread.shown[0], at[0], at[1]]))
    overlap = any(k > s for k, s in zip((rows, columns), spread.stride, strict=True))
    key = "films.conv_transpose.overlap" if overlap else "films.conv_transpose.apart"
    beside = at[1] > 0
    way = message(f"films.conv_transpose.{'to_the_right' if beside else 'downwards'}")
    return message(key, row=row, column=column, value=value, stride=spread.stride[beside], way=way)
