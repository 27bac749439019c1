"""Films of poolings with chance in them; a seed decides what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.keyframes import Position
from convista.films.pool.example import BORDERED, EXAMPLE
from convista.films.pool.pool import Extreme, windows
from convista.films.pool.pooled import (
    LONGEST,
    Block,
    Pooled,
    added,
    bracketed_all,
    listed,
    one_map,
    positive,
    sliding,
)
from convista.films.pool.sweep import pool_film, traced_title
from convista.films.registry import film, of_operators
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.pool_random import FractionalMaxPool, StochasticPool, fractional_starts
from convista.operators.sliding import output_size
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded

MOST_PRODUCTS = 4
"""The most products that an equation writes one by one."""


class Drawn(Pooled):
    """One value of a block is drawn, the larger the likelier; without a draw all count by their probability."""

    def __init__(self, operator: StochasticPool, x: Array, chosen: Array | None, origin: int) -> None:
        kind, more = ("expected", ()) if chosen is None else ("stochastic", (chosen,))
        super().__init__(kind, operator, x, sliding(operator), *more, origin=origin)
        self.one_wins = chosen is not None

    def worked(self, at: Position) -> Text:
        """Return the values that are drawn from, or each times its probability."""
        values, count = self.values(at), len(self.explain(at).terms)
        if values is None or count > (LONGEST if self.one_wins else MOST_PRODUCTS):
            return message(f"films.pool.{self.kind}_many", count=count)
        if self.one_wins:
            return message("films.pool.draw", values=listed(values))
        likely = [written(weight, 2) for weight in self.weights(at)]
        products = zip(likely, bracketed_all(values), strict=True)
        return added([Text(*(f"{a}·{b}" for a, b in zip(p, x, strict=True))) for p, x in products])

    def weights(self, at: Position) -> list[float]:
        """Return the probability of each value."""
        return list(self.explain(at).notes.values())


@film("pool-stochastic", "stochastic_pool2d")
def pool_stochastic(
    image: ArrayLike = EXAMPLE,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    seed: int = 0,
    title: str | Text | None = None,
) -> Film:
    """Show a stochastic pooling of a map, with the probability of every value; ``seed`` decides what is drawn.

    Otherwise as `pool.pool_max`.
    """
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    operator = StochasticPool(kernel=size, stride=step)
    out = output_size(x.shape, size, step, operator.frame, operator.spacing)
    draws = np.random.default_rng(seed).random((1, 1, *out))
    chosen = operator.choice(draws, x[None, None])
    return pool_film(Drawn(operator, x, chosen, origin=1), "pool-stochastic", title)


@film("pool-fractional", "fractional_max_pool2d")
def pool_fractional(
    image: ArrayLike = BORDERED,
    *,
    kernel: int | Pair = 2,
    out: int | Pair | None = None,
    seed: int = 0,
    title: str | Text | None = None,
) -> Film:
    """Show a fractional max-pooling of a map; ``seed`` decides where windows begin.

    ``out`` are the rows and columns of the output; without it the map shrinks by about √2. Otherwise as
    `pool.pool_max`.
    """
    x, reach = one_map(np.asarray(image, dtype=np.float64)), positive(kernel)
    shrunk = (max(1, round(n / 2**0.5)) for n in x.shape)
    size = (next(shrunk), next(shrunk)) if out is None else positive(out)
    for n, k, m in zip(x.shape, reach, size, strict=True):
        if k > n or m > n - k + 1:
            raise ConvistaError("films.pool.fraction", out=m, size=n, kernel=k, most=max(0, n - k + 1))
    draws = np.random.default_rng(seed).random(2)
    rows, columns = (
        fractional_starts(draws[axis : axis + 1, None], x.shape[axis], reach[axis], size[axis]) for axis in range(2)
    )
    pooled = _fractional(FractionalMaxPool(kernel=reach), x, rows, columns, origin=1)
    return pool_film(pooled, "pool-fractional", title)


@of_operators("stochastic_pool2d", "fractional_max_pool2d")
def film_of_pool_random(record: Recorded, *, channel: int = 0) -> Film:
    """Show how one map of a traced stochastic or fractional pooling came about, with what was drawn then."""
    given = record.arrays()
    x, of_map = one_map(given["x"], channel), slice(channel, channel + 1)
    chosen = given.get("chosen")
    pooled = (
        _fractional(record.definition, x, given["rows"][:, of_map], given["columns"][:, of_map], origin=0)
        if isinstance(record.definition, FractionalMaxPool)
        else Drawn(record.definition, x, None if chosen is None else chosen[:, of_map], origin=0)
    )
    return pool_film(pooled, record.name, traced_title(record, pooled.kind, channel))


def _fractional(operator: FractionalMaxPool, x: Array, rows: Array, columns: Array, *, origin: int) -> Pooled:
    def block(i: int, j: int) -> Block:
        down, across = rows[0, 0], columns[0, 0]
        return Block(int(down[min(i, len(down) - 1)]), int(across[min(j, len(across) - 1)]), *operator.kernel)

    return Extreme("fractional", operator, x, block, rows, columns, origin=origin)
