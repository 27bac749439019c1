"""A convolutional layer as a film: convolution, ReLU and max-pool, all filters in parallel."""

from __future__ import annotations

from itertools import groupby

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.conv.layer_stage import LayerStage
from convista.films.conv.layer_values import ConvLayerValues
from convista.films.conv.sweep import Position, check_ranks
from convista.films.film import Film, Step
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.stage.maps import Channels
from convista.films.wording import message
from convista.language import Text


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
    words = message("films.conv_layer.title")
    stage = LayerStage(layer, (layout.title(words),))
    steps = [Step(_convolved(layer, n), stage.convolve(n)) for n in range(len(layer.positions))]
    for row in _rows(layer):
        until = row[-1] if len(layer.positions) == layer.conv[0].size else _last(layer)
        steps.append(Step(message("films.conv_layer.rectified"), stage.rectify(row, until)))
    steps += [Step(_gathered(layer, n), stage.gather(n)) for n in range(len(layer.pools))]
    return Film("conv-layer", words, tuple(steps))


def _rows(layer: ConvLayerValues) -> list[list[Position]]:
    """Return the positions of ReLU's steps: row by row, or on large maps those that the convolution stopped at."""
    if len(layer.positions) < layer.conv[0].size:
        return [layer.positions]
    return [list(row) for _, row in groupby(layer.positions, key=lambda at: at[0])]


def _last(layer: ConvLayerValues) -> Position:
    rows, columns = layer.conv.shape[1:]
    return rows - 1, columns - 1


def _convolved(layer: ConvLayerValues, n: int) -> Text:
    """Return what a step of the convolution is about."""
    channels, shown = layer.x.shape[1], len(layer.sweeps)
    at, count = layer.positions[n], layer.conv[0].size
    if n == 0:
        fewer = shown < layer.filters or channels > shown
        key = "films.conv_layer.begin_fewer" if fewer else "films.conv_layer.begin"
        return message(key, channels=channels, filters=layer.filters, shown=shown)
    if not slowly(n, len(layer.positions)):
        return message("films.conv_layer.onwards", filters=layer.filters)
    if len(layer.positions) < count:
        stop = {"shown": len(layer.positions), "count": count}
        return message("films.conv.stop", row=at[0] + 1, column=at[1] + 1, **stop)
    key = "films.conv_layer.convolved" if layer.sweeps[0].bias is None else "films.conv_layer.convolved_bias"
    return message(key, row=at[0] + 1, column=at[1] + 1, filters=layer.filters)


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
    random = np.random.default_rng(12)
    image = random.integers(0, 5, (1, 3, 4, 4)).astype(np.float64)
    shape = 3, 3, 3, 3
    weights = (random.integers(-1, 2, shape) * (random.random(shape) < 0.22)).astype(np.float64)
    return image, weights, np.array([1.0, 0.0, -2.0])
