"""Films of poolings that keep one value of each window: the largest or the smallest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.keyframes import Position
from convista.films.pool.example import EXAMPLE, SIGNED
from convista.films.pool.moved import one_to_the_right
from convista.films.pool.pooled import Pooled, listed, one_map, positive, sliding
from convista.films.pool.sweep import pool_film, traced_title
from convista.films.registry import film, of_operators
from convista.films.wording import message
from convista.language import MINUS, Text
from convista.operators import Array
from convista.operators.pool import MaxPool, MinPool, overhang
from convista.operators.sliding import Padding
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded


class Extreme(Pooled):
    """The largest or smallest value of a block wins, the first of equals; what lies beyond the map never does."""

    one_wins = True

    def worked(self, at: Position) -> Text:
        """Return the comparison of all values."""
        smallest = "_min" if isinstance(self.operator, MinPool) else ""
        values = self.values(at)
        if values is None:
            return message(f"films.pool.extreme_many{smallest}", count=len(self.explain(at).terms))
        return message(f"films.pool.extreme{smallest}", values=listed(values))

    def border(self, row: int, column: int) -> Text:
        """Return the value that never wins."""
        sign = "∞" if isinstance(self.operator, MinPool) else f"{MINUS}∞"
        return Text(sign, sign)


@film("pool-max", "max_pool2d")
def pool_max(
    image: ArrayLike = EXAMPLE,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    padding: int | Padding = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    title: str | Text | None = None,
) -> Film:
    """Show a max-pooling of a map (rows, columns), window by window, a ring on each winner; then of the map moved.

    Parameters
    ----------
    image
        The map.
    kernel, stride, dilation
        Size of the window, how far it moves, and how far apart its cells are; without a stride, windows lie side by
        side.
    padding
        Cells on every side, or ((above, below), (left, right)); they never win.
    ceil_mode
        Whether a last window may reach beyond the map, so that no cell is left out.
    title
        Instead of the film's own.
    """
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    around = bordered(padding, size)
    spread = positive(dilation)
    if ceil_mode:
        beyond = beyond_map(x.shape, size, step, around, spread)
        around = tuple((before, after + more) for (before, after), more in zip(around, beyond, strict=True))
    operator = MaxPool(kernel=size, stride=step, padding=around, dilation=spread)
    before, after = (extreme(operator, seen, origin=1) for seen in (x, one_to_the_right(x)))
    return pool_film(before, "pool-max", title, moved=after)


@film("pool-min", "min_pool2d")
def pool_min(
    image: ArrayLike = SIGNED,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    padding: int | Padding = 0,
    title: str | Text | None = None,
) -> Film:
    """Show a min-pooling of a map; otherwise as `pool_max`."""
    size, step = windows(kernel, stride)
    operator = MinPool(kernel=size, stride=step, padding=bordered(padding, size))
    x = one_map(np.asarray(image, dtype=np.float64))
    return pool_film(extreme(operator, x, origin=1), "pool-min", title)


@of_operators("max_pool2d", "min_pool2d")
def film_of_pool(record: Recorded, *, channel: int = 0) -> Film:
    """Show how one map of a traced max- or min-pooling came about."""
    pooled = extreme(record.definition, one_map(record.arrays()["x"], channel))
    return pool_film(pooled, record.name, traced_title(record, pooled.kind, channel))


def extreme(operator: MaxPool | MinPool, x: Array, *, origin: int = 0) -> Pooled:
    """Return the pooling of a map by the largest or the smallest of windows."""
    kind, block = "max" if isinstance(operator, MaxPool) else "min", sliding(operator)
    return Extreme(kind, operator, x, block, padding=operator.padding, origin=origin)


def windows(kernel: int | Pair, stride: int | Pair | None) -> tuple[Pair, Pair]:
    """Return the size and the step of windows; without a step they lie side by side."""
    size = positive(kernel)
    return size, size if stride is None else positive(stride)


def bordered(padding: int | Padding, kernel: Pair) -> Padding:
    """Return the cells added on each side.

    Raises
    ------
    ConvistaError
        If there are fewer than none, or more than half of the window, so that one might see padding alone.
    """
    around: Padding = ((padding, padding), (padding, padding)) if isinstance(padding, int) else padding
    if min(side for axis in around for side in axis) < 0:
        raise ConvistaError("films.pool.padding", padding=padding)
    if any(side > k / 2 for axis, k in zip(around, kernel, strict=True) for side in axis):
        size = f"{kernel[0]}×{kernel[1]}"
        raise ConvistaError("films.pool.padding_half", padding=padding, size=size)
    return around


def beyond_map(
    size: tuple[int, ...], kernel: Pair, stride: Pair, padding: Padding, dilation: Pair = (1, 1)
) -> Pair:
    """Return how far ``ceil_mode`` lets the last windows reach beyond the padding, for rows and columns."""
    before = [axis[0] for axis in padding]
    rows, columns = map(overhang, size, kernel, stride, before, dilation)
    return rows, columns
