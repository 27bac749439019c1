"""Convolution as a film: the window slides, its products light up row by row, their sum is written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.conv import whole_script, zoomed_script
from convista.films.conv.narration import closing, narration
from convista.films.conv.sweep import Sweep, check_ranks
from convista.films.conv.tables import tables
from convista.films.conv.whole_stage import Moment, WholeStage
from convista.films.conv.zoomed_stage import ZoomedStage
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film, of_operators
from convista.films.script import TRAVEL, Script, beat
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators.sliding import NONE, Padding, same_after
from convista.pairs import Pair, pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE_IMAGE = (
    (3, 1, 7, 2, 5, 0),
    (4, 9, 2, 8, 1, 6),
    (5, 3, 0, 4, 7, 2),
    (8, 1, 6, 3, 9, 5),
    (2, 4, 7, 1, 0, 8),
    (9, 3, 5, 2, 6, 4),
)
EXAMPLE_KERNEL = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
"""Sobel X. Networks do not flip it: getting darker to the right gives a positive value."""


def conv_film(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    stride: int | Pair = 1,
    padding: int | str | Padding = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    channel: int = 0,
    title: str | Text | None = None,
    band_names: tuple[str, ...] | None = None,
    origin: int = 0,
    name: str = "conv",
) -> Film:
    """Show how one output map of a convolution is made.

    Parameters
    ----------
    x
        Input, (1, channels, rows, columns).
    weight
        Filters, (filters, channels / groups, kernel rows, kernel columns).
    bias
        One number a filter, or None.
    padding
        Zeros on every side; or ``"valid"`` (none), ``"same"`` (as many as keep the size at stride 1, one more
        after than before if odd); or ((above, below), (left, right)).
    channel
        The filter, counted from 0.
    title
        Instead of the film's own.
    band_names
        A name for each input channel.
    origin
        What rows and columns are counted from: 0 as arrays, 1 as matrices.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, the channel does not exist, or the kernel is larger than the input.
    """
    maps, filters = np.asarray(x, dtype=float), np.asarray(weight, dtype=float)
    check_ranks(maps, filters)
    sweep = Sweep(
        maps,
        filters,
        None if bias is None else np.asarray(bias, dtype=float),
        stride=pair(stride),
        padding=_padding(padding, filters.shape[2:], pair(dilation)),
        dilation=pair(dilation),
        groups=groups,
        channel=channel,
        origin=origin,
    )
    script, laid = Script(name, titled(title, "films.conv.title")), tables(sweep)
    if laid is None:
        stage = ZoomedStage(sweep, channel_names(maps.shape[1], band_names, origin))
        left_out = len(stage.left_out)
        caption = partial(caption_of, sweep, left_out=left_out)
        swept(script, sweep, partial(zoomed_script.made, stage), caption, narrated=True)
    else:
        _with_all_numbers(script, WholeStage(sweep, laid[0]))
    return script.film()


def _with_all_numbers(script: Script, stage: WholeStage) -> None:
    """Tell what a kernel asks, what its values are, and what they mean."""
    sweep = stage.sweep
    rows, columns = sweep.x.shape[2:]
    sizes = {"pixels": rows * columns, "weights": sweep.kernel.size, "values": sweep.size[0] * sweep.size[1]}
    opening = beat(stage.at(Moment(border=False)), seconds=TRAVEL), beat(stage.at(Moment()), seconds=SLOW.end)
    script.step(
        message("films.conv.open", **sizes, origin=sweep.origin),
        *(opening if sweep.padding != NONE else opening[1:]),
        narration=message("films.conv_narration.open"),
    )
    swept(script, sweep, partial(whole_script.made, stage), partial(caption_of, sweep), narrated=True)
    meaning, last = sweep.sign(), whole_script.ended(stage, len(sweep.positions) - 1)
    words = (
        message(f"films.conv.end_{meaning}") if meaning else message("films.conv.end", weights=sweep.kernel.size)
    )
    script.step(words, beat(stage.at(last), seconds=SLOW.end), narration=closing(sweep, words))


class Making(Protocol):
    """Returns the beats in which the value of a stop is made, by its number."""

    def __call__(self, n: int, *, slow: bool) -> tuple[Beat, ...]:
        """Make it, slowly or fast."""


def swept(
    script: Script,
    sweep: Sweep,
    making: Making,
    caption: Callable[[int], Text],
    *,
    slow_at: Collection[int] | None = None,
    narrated: bool = False,
) -> None:
    """Add a step for each stop of a sweep.

    ``caption`` is asked by number for those that are shown slowly: ``slow_at``, or the first and the last ones.
    ``narrated`` steps have more to say than their captions.
    """
    count, standing = len(sweep.positions), onwards(sweep, "films.conv.onwards")
    for n in range(count):
        slow = slowly(n, count) if slow_at is None else n in slow_at
        words = caption(n) if slow else standing
        said = narration(sweep, n, words) if narrated else None
        script.step(words, *making(n, slow=slow), narration=said)


@film("conv-step-by-step", "conv2d", "conv1d")
def conv_step_by_step(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    stride: int | Pair = 1,
    padding: int | str | Padding = 0,
    dilation: int | Pair = 1,
    title: str | Text | None = None,
) -> Film:
    """Show a kernel slide over an image, both matrices, positions counted from 1; otherwise as `conv_film`."""
    return conv_film(
        plane("image", image)[None, None],
        plane("kernel", kernel)[None, None],
        stride=stride,
        padding=padding,
        dilation=dilation,
        title=title,
        origin=1,
        name="conv-step-by-step",
    )


@of_operators("conv2d")
def film_of_conv(record: Recorded, *, channel: int = 0, band_names: tuple[str, ...] | None = None) -> Film:
    """Show how one output map of a traced convolution came about; see `conv_film`."""
    title = message("films.conv.traced_title", layer=record.name, channel=channel)
    given: dict[str, Any] = {**record.arrays(), **record.definition.attributes}
    return conv_film(**given, channel=channel, band_names=band_names, title=title, name=record.name)


@of_operators("conv1d")
def film_of_series(record: Recorded, *, channel: int = 0, band_names: tuple[str, ...] | None = None) -> Film:
    """Show how one output series of a traced convolution along one axis came about: an image of one row."""
    title = message("films.conv.traced_title", layer=record.name, channel=channel)
    given: dict[str, Any] = {**record.arrays(), **record.definition.attributes}
    for operand in ("x", "weight"):
        given[operand] = np.expand_dims(given[operand], 2)
    given |= {name: (1, *given[name]) for name in ("stride", "dilation")}
    given["padding"] = ((0, 0), *given["padding"])
    return conv_film(**given, channel=channel, band_names=band_names, title=title, name=record.name)


def caption_of(sweep: Sweep, n: int, *, left_out: int = 0) -> Text:
    """Return what a stop is about: how it works, then what values say."""
    positions, meaning = sweep.positions, sweep.sign()
    at, count = positions[n], sweep.size[0] * sweep.size[1]
    if n == 0:
        channels, rows, columns = sweep.kernel.shape
        if channels == 1:
            return message("films.conv.begin", count=rows * columns)
        shown = {"channels": channels, "shown": channels - left_out}
        key = "films.conv.begin_fewer_channels" if left_out else "films.conv.begin_channels"
        return message(key, size=f"{rows}×{columns}", **shown)
    row, column = sweep.counted(at)
    if len(positions) < count:
        return message("films.conv.stop", row=row, column=column, shown=len(positions), count=count)
    if meaning is None or np.isnan(value := sweep.explain(at).value):
        return message("films.conv.step", place=sweep.name(at), row=row, column=column)
    darker = (value > 0) == meaning.startswith("darker")
    side = meaning.partition("_")[2]
    kind = "even" if value == 0 else "darker" if darker else "brighter"
    sign = "zero" if value == 0 else "positive" if value > 0 else "negative"
    key = "zeros_of_border" if sweep.by_zeros(at) else f"{kind}_{side}"
    return message(f"films.conv.{key}", place=sweep.name(at), sign=message(f"films.conv.sign_{sign}"))


def onwards(sweep: Sweep, key: str) -> Text:
    """Return what stands over the positions that are shown fast: a text, or that many are not shown at all."""
    shown, count = len(sweep.positions), sweep.size[0] * sweep.size[1]
    return message(key if shown == count else "films.conv.onwards_stops", shown=shown, count=count)


def channel_names(count: int, bands: tuple[str, ...] | None, origin: int) -> list[Text]:
    """Return what the input channels are called."""
    if bands is not None:
        if len(bands) != count:
            raise ConvistaError("films.conv.band_names", names=len(bands), channels=count)
        return [Text(band, band) for band in bands]
    if count == 1:
        return [message("films.conv.image")]
    return [message("films.conv.channel", number=c + origin) for c in range(count)]


def one_filter(image: ArrayLike, kernel: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return an image and a kernel, each (rows, columns) or (channels, rows, columns), as input and weights."""
    arrays = []
    for name, values in (("image", image), ("kernel", kernel)):
        array = np.asarray(values, dtype=np.float64)
        if array.ndim not in {2, 3} or not array.size:
            raise ConvistaError("films.conv.image_or_filter", name=name, shape=array.shape)
        arrays.append(array[None, None] if array.ndim == 2 else array[None])
    return arrays[0], arrays[1]


def plane(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Return a matrix as floats; ConvistaError names it if it is none."""
    matrix = np.asarray(values, dtype=np.float64)
    if matrix.ndim != 2 or not matrix.size:
        raise ConvistaError("films.not_a_plane", name=name, shape=matrix.shape)
    return matrix


def _padding(value: int | str | Padding, kernel: tuple[int, ...], dilation: Pair) -> Padding:
    if value == "valid":
        return NONE
    if value == "same":
        # At stride 1 what keeps the size does not depend on it.
        return same_after(kernel, kernel, (1, 1), dilation)
    if isinstance(value, str):
        raise ConvistaError("films.no_such_padding", padding=value)
    return ((value, value), (value, value)) if isinstance(value, int) else value
