"""Spatial pyramid pooling as a film: the same map in coarse and in fine cells, laid out as one vector."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.pool.example import BORDERED
from convista.films.pool.narration import opening
from convista.films.pool.pooled import one_map
from convista.films.pool.pyramid_stage import Moment, PyramidStage
from convista.films.registry import film, of_operators
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators import Array
from convista.operators.pool_pyramid import SpatialPyramidPool

if TYPE_CHECKING:
    from convista.films.traced import Recorded


@film("pool-spp", "spatial_pyramid_pool2d")
def pool_spp(
    image: ArrayLike = BORDERED, *, levels: tuple[int, ...] = (1, 2, 3), title: str | Text | None = None
) -> Film:
    """Show a spatial pyramid pooling of a map (rows, columns): the largest of n×n cells for each level n."""
    x = one_map(np.asarray(image, dtype=np.float64))
    words = titled(title, "films.pool.pyramid_title")
    return _film(SpatialPyramidPool(levels=tuple(levels)), x, "pool-spp", words, origin=1)


@of_operators("spatial_pyramid_pool2d")
def film_of_pool_pyramid(record: Recorded, *, channel: int = 0) -> Film:
    """Show what a traced spatial pyramid pooling made of one map."""
    x = one_map(record.arrays()["x"], channel)
    title = message("films.pool.traced_pyramid", layer=record.name, channel=channel)
    return _film(record.definition, x, record.name, title, origin=0)


def _film(operator: SpatialPyramidPool, x: Array, name: str, title: Text, *, origin: int) -> Film:
    levels = operator.levels
    if not levels or min(levels) < 1 or max(levels) > min(x.shape):
        raise ConvistaError("films.pool.levels", levels=levels, largest=min(x.shape))
    stage, script = PyramidStage(operator, x, origin), Script(name, title)
    asked = beat(stage.at(Moment(None, written=False)), seconds=SLOW.end)
    script.step(message("films.pool.ask_pyramid"), asked, narration=opening("pyramid"))
    for n, cell in enumerate(stage.cells):
        new = n == 0 or stage.cells[n - 1].n != cell.n
        making = _slowly(stage, n) if new or n == len(stage.cells) - 1 else _quickly(stage, n)
        script.step(_caption(stage, n), *making)
    ended = beat(stage.at(Moment(None)), seconds=SLOW.end, travel=TRAVEL)
    script.step(message("films.pool.end_pyramid", count=stage.vector.size), ended)
    return script.film()


def _slowly(stage: PyramidStage, n: int) -> tuple[Beat, ...]:
    """Return a cell part by part: the window, what wins, the result, its level, its place in the vector."""
    seen, worked = Moment(n, False, False, False, False), Moment(n, True, False, False, False)
    known, levelled = Moment(n, levelled=False, written=False), Moment(n, written=False)
    return (
        beat(stage.at(seen), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(worked), seconds=SLOW.sum),
        beat(stage.at(known), seconds=SHORT, travel=TRAVEL, born_from=stage.result(n)),
        beat(stage.at(levelled), seconds=SHORT, travel=TRAVEL, born_from=stage.levelled(n)),
        beat(stage.at(Moment(n)), seconds=SLOW.row, travel=TRAVEL, born_from=stage.written(n)),
    )


def _quickly(stage: PyramidStage, n: int) -> tuple[Beat, ...]:
    """Return a cell in two moves: the window and its result, then its level and the vector."""
    known = Moment(n, levelled=False, written=False)
    places = {**stage.levelled(n), **stage.written(n)}
    return (
        beat(stage.at(known), seconds=2 * QUICK, travel=3 * QUICK, born_from=stage.result(n)),
        beat(stage.at(Moment(n)), seconds=2 * QUICK, travel=3 * QUICK, born_from=places),
    )


def _caption(stage: PyramidStage, n: int) -> Text:
    """Say how often the map is divided, then of each level what passes."""
    if n == 0:
        return message("films.pool.begin_pyramid", levels=", ".join(f"{n}×{n}" for n in stage.levels))
    cell = stage.cells[n]
    return message("films.pool.begin_level", n=cell.n, count=cell.n**2)
