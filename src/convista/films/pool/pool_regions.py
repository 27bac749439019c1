"""Films of poolings by regions: a given number of cells, whatever the size of the map; globally one a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.pool.example import EXAMPLE, MAPS
from convista.films.pool.global_pool import global_film
from convista.films.pool.pool import Extreme
from convista.films.pool.pool_sum import Averaged
from convista.films.pool.pooled import Block, Pooled, one_map, positive
from convista.films.pool.sweep import pool_film, traced_title
from convista.films.registry import film, of_operators
from convista.films.stage.maps import Channels
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array
from convista.operators.pool_regions import (
    AdaptiveAverage,
    AdaptiveMax,
    GlobalAverage,
    GlobalMax,
    cells,
)
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded


@film("pool-adaptive-max", "adaptive_max")
def pool_adaptive_max(image: ArrayLike = EXAMPLE, *, out: int | Pair = 3, title: str | Text | None = None) -> Film:
    """Show an adaptive max-pooling of a map (rows, columns) to ``out`` rows and columns, cell by cell."""
    return _adaptive(AdaptiveMax(size=positive(out)), image, title)


@film("pool-adaptive-average", "adaptive_average")
def pool_adaptive_average(
    image: ArrayLike = EXAMPLE, *, out: int | Pair = 3, title: str | Text | None = None
) -> Film:
    """Show an adaptive average-pooling of a map (rows, columns) to ``out`` rows and columns, cell by cell."""
    return _adaptive(AdaptiveAverage(size=positive(out)), image, title)


@film("pool-global-max", "global_max")
def pool_global_max(maps: Channels = MAPS, *, title: str | Text | None = None) -> Film:
    """Show how each map of (channels, rows, columns) gives one number, its largest value."""
    return global_film(GlobalMax(), np.asarray(maps, dtype=np.float64), "pool-global-max", title, origin=1)


@film("pool-global-average", "global_average")
def pool_global_average(maps: Channels = MAPS, *, title: str | Text | None = None) -> Film:
    """Show how each map of (channels, rows, columns) gives one number, its average."""
    return global_film(GlobalAverage(), np.asarray(maps, dtype=np.float64), "pool-global-average", title, origin=1)


@of_operators("adaptive_max", "adaptive_average")
def film_of_pool_regions(record: Recorded, *, channel: int = 0) -> Film:
    """Show how one map of a traced adaptive pooling came about."""
    pooled = _pooled(record.definition, one_map(record.arrays()["x"], channel))
    return pool_film(pooled, record.name, traced_title(record, pooled.kind, channel))


@of_operators("global_max", "global_average")
def film_of_pool_global(record: Recorded) -> Film:
    """Show what number each map of a traced global pooling gave."""
    title = message(
        "films.pool.traced_global", layer=record.name, name=message(f"films.pool.name_{record.operator}")
    )
    return global_film(record.definition, record.arrays()["x"], record.name, title, origin=0)


def _adaptive(operator: AdaptiveMax | AdaptiveAverage, image: ArrayLike, title: str | Text | None) -> Film:
    x = one_map(np.asarray(image, dtype=np.float64))
    if any(m > n for m, n in zip(operator.size, x.shape, strict=True)):
        raise ConvistaError("films.pool.too_many_cells", out=operator.size, size=f"{x.shape[0]}×{x.shape[1]}")
    pooled = _pooled(operator, x, origin=1)
    return pool_film(pooled, f"pool-{operator.name.replace('_', '-')}", title)


def _pooled(operator: AdaptiveMax | AdaptiveAverage, x: Array, *, origin: int = 0) -> Pooled:
    blocks = {(i, j): _block(*cell) for i, j, cell in cells(x.shape, operator.size)}
    last = max(blocks)

    def block(i: int, j: int) -> Block:
        return blocks[min(i, last[0]), min(j, last[1])]

    way = Extreme if isinstance(operator, AdaptiveMax) else Averaged
    return way(operator.name, operator, x, block, origin=origin)


def _block(rows: slice, columns: slice) -> Block:
    return Block(rows.start, columns.start, rows.stop - rows.start, columns.stop - columns.start)
