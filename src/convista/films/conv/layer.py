"""A convolutional layer as a film: convolution, ReLU and max-pool, all filters in parallel."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.conv.layer_stage import LayerStage, Making, Moment
from convista.films.conv.layer_values import MOST, ConvLayerValues
from convista.films.conv.sweep import Position, check_ranks
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.maps import Channels
from convista.films.wording import message
from convista.language import Text

FLIGHT = 0.8
"""How long maps take to other places, in seconds."""


@film("conv-layer")
def conv_layer(
    image: Channels | None = None,
    filters: ArrayLike | None = None,
    bias: ArrayLike | None = None,
    *,
    pool: int = 2,
) -> Film:
    """Show a layer of a network: every filter reads all channels and writes its own map, all at the same time.

    Parameters
    ----------
    image
        (channels, rows, columns); None is the example. Large maps have no numbers, and the film stops where most is
        to be seen; up to four channels and filters are shown.
    filters
        (filters, channels, kernel rows, kernel columns); None is the example.
    bias
        One number a filter, or None.
    pool
        Side and step of the max-pool's window.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, or the pool's window is larger than a map.
    """
    if (image is None) != (filters is None):
        raise ConvistaError("films.conv_layer.together")
    pixels, weights, offsets = _example() if image is None else _given(image, filters, bias)
    check_ranks(pixels, weights)
    if pool < 1:
        raise ConvistaError("films.conv_layer.bad_pool", pool=pool)
    layer = ConvLayerValues(pixels, weights, offsets, pool)
    script, stage = Script("conv-layer", message("films.conv_layer.title")), LayerStage(layer)
    script.step(_opening(layer), beat(stage.at(Moment()), seconds=SLOW.end))
    for k in range(len(layer.sweeps)):
        first = "first" if offsets is None else "first_bias"
        key = first if k == 0 else "next"
        words = message(f"films.conv_layer.{key}", number=k + 1, channels=pixels.shape[1])
        script.step(words, *_made(stage, k, len(layer.sweeps[0].maps)))
    script.step(message("films.conv_layer.onwards", filters=layer.filters), *_convolved(layer, stage))
    script.step(message("films.conv_layer.rectified"), *_rectified(layer, stage))
    for n in range(len(layer.pools)):
        script.step(_gathered(layer, n), *_pooled(layer, stage, n))
    return script.film()


def _opening(layer: ConvLayerValues) -> Text:
    channels, shown = layer.x.shape[1], len(layer.sweeps)
    fewer = shown < layer.filters or channels > len(layer.sweeps[0].maps[:MOST])
    key = "films.conv_layer.open_fewer" if fewer else "films.conv_layer.open"
    return message(key, channels=channels, filters=layer.filters, shown=shown)


def _made(stage: LayerStage, k: int, channels: int) -> list[Beat]:
    """Return the making of a filter's first value, from all channels: slowly by the first filter."""
    begun = Making(k, 0, known=False, filters=k)
    beats = []
    if k == 0:
        beats.append(beat(stage.making(begun._replace(lifted=False)), travel=FLIGHT))
        beats.append(beat(stage.making(begun), travel=FLIGHT))
        for c in range(channels):
            now = begun._replace(parts=c + 1)
            beats.append(beat(stage.making(now), seconds=SHORT, travel=TRAVEL, born_from=stage.part(c)))
    else:
        together = {key: made for c in range(channels) for key, made in stage.part(c).items()}
        beats.append(beat(stage.making(begun)))
        beats.append(
            beat(stage.making(begun._replace(parts=None)), seconds=SHORT, travel=TRAVEL, born_from=together)
        )
    known, written = Making(k, filters=k), Making(k, filters=k + 1)
    beats.append(beat(stage.making(known), travel=TRAVEL, born_from=stage.sum()))
    landing = beat(stage.making(written), seconds=SLOW.end, travel=TRAVEL, born_from={"landed": "sum"})
    return [*beats, landing]


def _convolved(layer: ConvLayerValues, stage: LayerStage) -> list[Beat]:
    """Return how the window goes on, and all filters write at the same time."""
    columns = layer.conv.shape[2]
    beats = [beat(stage.at(Moment(conv=1, window=(0, 0))), travel=FLIGHT)]
    for at in layer.positions[1:]:
        count = at[0] * columns + at[1] + 1
        beats.append(beat(stage.at(Moment(conv=count, window=at)), seconds=QUICK, travel=3 * QUICK))
    return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]


def _rectified(layer: ConvLayerValues, stage: LayerStage) -> list[Beat]:
    """Return ReLU: the first value alone, then row by row; each goes through, or becomes 0."""
    whole, columns = layer.conv[0].size, layer.conv.shape[2]
    first = Moment(whole, 1, told=("relu", (0, 0)))
    beats = [beat(stage.at(first), seconds=SLOW.end, travel=TRAVEL, born_from=stage.rectified([(0, 0)]))]
    for row in _rows(layer):
        reached = min(whole, (row[-1][0]) * columns + row[-1][1] + 1)
        moment = Moment(whole, reached, told=("relu", row[-1]))
        beats.append(beat(stage.at(moment), seconds=SHORT, travel=TRAVEL, born_from=stage.rectified(row)))
    return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]


def _pooled(layer: ConvLayerValues, stage: LayerStage, n: int) -> list[Beat]:
    """Return one window of the max-pool: in each map its largest value is kept."""
    at, whole = layer.pools[n], layer.conv[0].size
    written = at[0] * layer.pooled.shape[2] + at[1] + 1
    slow = slowly(n, len(layer.pools))
    arrived = Moment(whole, whole, written - 1, told=("pool", at))
    return [
        beat(stage.at(arrived), seconds=SLOW.row if slow else QUICK, travel=TRAVEL if slow else 3 * QUICK),
        beat(
            stage.at(arrived._replace(pool=written)),
            seconds=SLOW.end if slow else QUICK,
            travel=TRAVEL if slow else 3 * QUICK,
            born_from=stage.gathered(at),
        ),
    ]


def _rows(layer: ConvLayerValues) -> list[list[Position]]:
    """Return the positions of ReLU's beats: row by row, or of large maps the last alone, with all before it."""
    rows, columns = layer.conv.shape[1:]
    if len(layer.positions) < layer.conv[0].size:
        return [[(rows - 1, columns - 1)]]
    return [list(row) for _, row in groupby(layer.positions, key=lambda at: at[0])]


def _gathered(layer: ConvLayerValues, n: int) -> Text:
    """Return what a step of the max-pool is about, at last what the layer has made."""
    side = layer.pool.kernel[0]
    if n == len(layer.pools) - 1:
        shapes = layer.x.shape[1:], (layer.filters, *layer.pooled.shape[1:])
        before, after = ("×".join(map(str, shape)) for shape in shapes)
        return message("films.conv_layer.end", before=before, after=after)
    if not slowly(n, len(layer.pools)):
        return message("films.conv_layer.gathered_onwards", size=f"{side}×{side}")
    row, column = (place + 1 for place in layer.pools[n])
    return message("films.conv_layer.gathered", size=f"{side}×{side}", row=row, column=column)


Arrays = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64] | None]


def _given(image: ArrayLike, filters: ArrayLike | None, bias: ArrayLike | None) -> Arrays:
    offsets = None if bias is None else np.asarray(bias, dtype=np.float64)
    return np.asarray(image, dtype=np.float64)[None], np.asarray(filters, dtype=np.float64), offsets


def _example() -> Arrays:
    """Return an image of three channels and three filters of few, small, whole weights, drawn once and for all."""
    random = np.random.default_rng(1207)
    image = random.integers(0, 5, (1, 3, 4, 4)).astype(np.float64)
    shape = 3, 3, 3, 3
    weights = (random.integers(-1, 2, shape) * (random.random(shape) < 0.3)).astype(np.float64)
    return image, weights, np.array([1.0, 0.0, -2.0])
