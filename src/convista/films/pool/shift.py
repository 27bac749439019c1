"""The film of that measurement: the scene and its maps before and after, one edge closely, and how much changed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import SLOW, Film
from convista.films.pool.shift_edge import Edge, EdgeStage
from convista.films.pool.shift_edge import Moment as Near
from convista.films.pool.shift_stage import Moment, ShiftStage
from convista.films.pool.shifted import Measured, Shifted, measured, name_of
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.wording import message, titled, written
from convista.language import Text

SOBEL = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
GROWING = 0.8
"""How long a bar takes to grow, in seconds."""


def pool_shift(image: ArrayLike, *, kernel: ArrayLike = SOBEL, title: str | Text | None = None) -> Film:
    """Show how much a feature map changes when the image moves by one pixel, without pooling and with it.

    Parameters
    ----------
    image
        A band, (rows, columns), without missing values.
    kernel
        What the feature map is made with.
    title
        Instead of the film's own.
    """
    found = measured(np.asarray(image, dtype=np.float64), np.asarray(kernel, dtype=np.float64))
    return shift_film(found, titled(title, "films.pool.shift_title"))


def shift_film(found: Measured, title: Text) -> Film:
    """Show a measurement: the image, its feature map, an edge of it closely, way by way, and what it says."""
    script, stage = Script("pool-shift", title), ShiftStage(found)
    alone = beat(stage.at(Moment(found.image, moved=False)), seconds=SLOW.end)
    script.step(message("films.pool.shift_ask"), alone)
    image = beat(stage.at(Moment(found.image)), seconds=SLOW.end, travel=2 * TRAVEL, born_from=stage.moving())
    script.step(message("films.pool.shift_image", change=_percent(found.image)), image)
    without = found.ways[0]
    script.step(_caption(without), beat(stage.at(Moment(without)), seconds=SLOW.end, travel=TRAVEL))
    _closely(script, stage, found)
    _compared(script, stage, found)
    return script.film()


def _closely(script: Script, stage: ShiftStage, found: Measured) -> None:
    """Add the steps that see one edge of the feature map closely: its numbers, and what pooling makes of them."""
    edge = Edge.of(found.ways[0])
    near = EdgeStage(edge, stage.scale)
    placed = stage.at(Moment(found.ways[0], edge=edge.corner))
    script.step(
        message("films.pool.shift_edge", cells=edge.cells, of=edge.before.x.size),
        beat(placed, seconds=SLOW.row, travel=TRAVEL),
        beat(near.at(Near(False, False, False)), seconds=SHORT, travel=2 * TRAVEL, born_from=near.closer()),
        beat(near.at(Near(True, False, False)), seconds=SLOW.end, travel=2 * TRAVEL, born_from=near.moving()),
    )
    script.step(
        message("films.pool.shift_crossing", same=int(edge.same.sum()), out=edge.same.size),
        beat(near.at(Near(compared=False)), seconds=SLOW.row, travel=2 * TRAVEL, born_from=near.pooling()),
        beat(near.at(Near()), seconds=SLOW.end, travel=SHORT),
    )


def _compared(script: Script, stage: ShiftStage, found: Measured) -> None:
    """Add a step for each way of pooling, with its bar, and the conclusion."""
    for n, way in enumerate(found.ways[1:], 1):
        came = beat(stage.at(Moment(way, bars=n, grown=False)), seconds=SLOW.row, travel=TRAVEL)
        grown = beat(stage.at(Moment(way, bars=n)), seconds=SLOW.end, travel=GROWING)
        script.step(_caption(way), came, grown)
    last = len(found.ways) - 1
    script.step(_conclusion(found), beat(stage.at(Moment(found.ways[last], bars=last)), seconds=SLOW.end))


def _percent(way: Shifted) -> Text:
    return written(100 * way.change, 1)


def _caption(way: Shifted) -> Text:
    """Say how much of a map changed."""
    if way.kind == "none":
        return message("films.pool.shift_none", change=_percent(way))
    name, out = message(f"films.pool.name_{way.kind}"), "×".join(map(str, way.before.shape))
    size = f"{way.size}×{way.size}"
    return message("films.pool.shift_pooled", name=name, size=size, change=_percent(way), out=out)


def _conclusion(found: Measured) -> Text:
    """Say which way changed least, and by how much less than without pooling; or that none helped."""
    without, *ways = found.ways
    best = min(ways, key=lambda way: way.change)
    numbers = {"without": _percent(without), "best": _percent(best)}
    if best.change >= without.change:
        return message("films.pool.shift_no_help", **numbers)
    return message("films.pool.shift_helps", name=name_of(best), **numbers)
