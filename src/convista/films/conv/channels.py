"""A chain of convolutions with several channels: a filter has a kernel for each, whose sums make one value."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.films.conv.chain import checked
from convista.films.conv.channels_stage import ChannelsStage, Moment
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.registry import film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.maps import Channels
from convista.films.wording import message

FLIGHT = 0.6
"""How long blocks take to their places, in seconds."""


@film("conv-chain-channels")
def conv_chain_channels(image: Channels | None = None, filters: Sequence[ArrayLike] | None = None) -> Film:
    """Show a chain of convolutions with several channels in each block, layer by layer.

    Parameters
    ----------
    image
        (channels, rows, columns), up to `MOST_CHANNELS`; None is the example.
    filters
        For each layer (filters, channels read, kernel rows, kernel columns); stride 1, no padding.

    Raises
    ------
    ConvistaError
        If shapes do not belong together, or there are too many layers or channels.
    """
    example_image, example_filters = example()
    pixels = example_image if image is None else np.asarray(image, dtype=np.float64)
    weights = example_filters if filters is None else [np.asarray(one, dtype=np.float64) for one in filters]
    chain = checked(pixels, weights)
    script = Script("conv-chain-channels", message("films.conv_channels.title", layers=chain.depth))
    stage = ChannelsStage(chain)
    script.step(
        message("films.conv_channels.open", channels=len(pixels)), beat(stage.whole(0), seconds=2 * SLOW.row)
    )
    for layer in range(1, chain.depth + 1):
        count, channels = len(chain.values[layer]), len(chain.values[layer - 1])
        told = {"channels": channels, "before": layer - 1}
        key = "films.conv_channels.first" if layer == 1 else "films.conv_channels.layer"
        script.step(message(key, **told), *_arriving(stage, layer), *_made(stage, Moment(layer), channels))
        # Where a layer has a single place, its other maps are made here or nowhere.
        for k in range(1, count if layer == 1 or chain.values[layer][0].size == 1 else 1):
            words = message("films.conv_channels.next", number=k + 1, channels=channels)
            script.step(words, *_made(stage, Moment(layer, filter=k), channels))
        if filling := _filling(stage, layer, chain.values[layer].shape):
            script.step(
                message("films.conv_channels.fill", channels=channels, filters=count, layer=layer), *filling
            )
    script.step(message("films.conv_channels.end"), beat(stage.whole(chain.depth), travel=FLIGHT))
    return script.film()


def _arriving(stage: ChannelsStage, layer: int) -> tuple[Beat, Beat]:
    """Return how the planes of two blocks spread out, and how the windows leave them to be seen closely."""
    return (
        beat(stage.at(Moment(layer, lifted=False, parts=0, known=False)), travel=FLIGHT),
        beat(stage.at(Moment(layer, parts=0, known=False)), travel=FLIGHT),
    )


def _made(stage: ChannelsStage, moment: Moment, channels: int) -> list[Beat]:
    """Return the making of a filter's first value: partial sums, their sum, its place on the plane."""
    first = moment.layer == 1 and moment.filter == 0
    before = moment._replace(filters=moment.filter, known=False)
    beats = [] if first or not moment.filter else [beat(stage.at(before._replace(parts=0)))]
    if first:
        for c in range(channels):
            now = before._replace(parts=c + 1)
            beats.append(beat(stage.at(now), seconds=SHORT, travel=TRAVEL, born_from=stage.part(moment.layer, c)))
    else:
        together = {key: made for c in range(channels) for key, made in stage.part(moment.layer, c).items()}
        beats.append(beat(stage.at(before), seconds=SHORT, travel=TRAVEL, born_from=together))
    known, written = before._replace(known=True), before._replace(known=True, filters=moment.filter + 1)
    beats.append(beat(stage.at(known), travel=TRAVEL, born_from=stage.sum(moment.layer)))
    beats.append(beat(stage.at(written), seconds=SLOW.end, travel=TRAVEL, born_from={"landed": "sum"}))
    return beats


def _filling(stage: ChannelsStage, layer: int, shape: tuple[int, ...]) -> list[Beat]:
    """Return how the windows pass over the planes, and all maps fill at the same time, row by row."""
    _, rows, columns = shape
    moments = [
        Moment(layer, (row, column), lifted=False, parts=0, known=False, written=row * columns + column + 1)
        for row in range(rows)
        for column in dict.fromkeys((0, columns - 1))
        if (row, column) != (0, 0)
    ]
    if not moments:
        return []
    passing = (beat(stage.at(moment), seconds=TICK, travel=2 * QUICK) for moment in moments[:-1])
    return [*passing, beat(stage.at(moments[-1]), travel=3 * QUICK)]


def example() -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """Return an image of three channels and three layers of few, small, whole weights, drawn once and for all."""
    random = np.random.default_rng(38)
    image = random.integers(0, 5, (3, 7, 7)).astype(np.float64)
    shape = 3, 3, 3, 3
    drawn = [random.integers(-1, 2, shape) * (random.random(shape) < 0.4) for _ in range(3)]
    return image, [weights.astype(np.float64) for weights in drawn]
