"""Films of poolings that add a window up: its average, its sum, its length as a vector."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import Film
from convista.films.keyframes import Position
from convista.films.pool.example import EXAMPLE, SIGNED
from convista.films.pool.pool import beyond_map, bordered, extreme, windows
from convista.films.pool.pooled import NOTHING, Pooled, added, bracketed_all, one_map, sliding
from convista.films.pool.sweep import pool_film, traced_title
from convista.films.registry import film, of_operators
from convista.films.wording import as_written, decimals_for, equality, message, titled, written
from convista.language import Text
from convista.operators import Array
from convista.operators.pool import MaxPool
from convista.operators.pool_sum import AveragePool, L2Pool, SumPool
from convista.operators.sliding import Padding
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded


class Averaged(Pooled):
    """The values of a block are summed and divided by how many count."""

    def worked(self, at: Position) -> Text:
        """Return the sum of the values over their number."""
        explained, values = self.explain(at), self.values(at)
        n = explained.notes.get("n", float(len(explained.terms)))
        if values is None:
            return message("films.pool.average_many", n=written(n))
        return message("films.pool.average", sum=added(values), n=written(n))

    def border(self, row: int, column: int) -> Text:
        """Return the zero of a padding that counts; nothing where it does not."""
        if not isinstance(self.operator, AveragePool):
            return NOTHING
        (above, below), (before, after) = self.operator.padding
        rows, columns = self.x.shape
        counts = self.operator.count_padding and self.operator.divisor is None
        inside = -above <= row < rows + below and -before <= column < columns + after
        return Text("0", "0") if counts and inside else NOTHING


class Summed(Pooled):
    """The values of a block are summed."""

    def worked(self, at: Position) -> Text:
        """Return the sum of the values."""
        values = self.values(at)
        return (
            message("films.pool.sum_many", count=len(self.explain(at).terms)) if values is None else added(values)
        )


class Length(Pooled):
    """The values of a block are squared and summed, or averaged; the root of that comes out."""

    def worked(self, at: Position) -> Text:
        """Return the root of the sum or mean of squares, and of what that is."""
        explained, values, fine = self.explain(at), self.values(at), self._fine(at)
        total = written(explained.total, fine)
        if values is None:
            return message(f"films.pool.length_many{self._ending}", count=len(explained.terms), total=total)
        squares = [Text(*(f"{line}²" for line in value)) for value in bracketed_all(values)]
        n = len(values) if self._ending else 1
        made = sum(as_written(term.value, self.decimals) ** 2 for term in explained.terms) / n
        equals = equality(made, explained.total, fine)
        return message(f"films.pool.length{self._ending}", sum=added(squares), n=n, equals=equals, total=total)

    def equals(self, at: Position, decimals: int) -> str:
        """Return the sign between the root as it is written and the length."""
        made = sqrt(as_written(self.explain(at).total, self._fine(at)))
        return equality(made, self.explain(at).value, decimals)

    @property
    def _ending(self) -> str:
        """The end of the names of texts that speak of a mean."""
        return "_mean" if isinstance(self.operator, L2Pool) and self.operator.mean else ""

    def _fine(self, at: Position) -> int:
        """Return how many decimals the sum of squares has."""
        return decimals_for([self.explain(at).total])


@film("pool-average", "average_pool2d")
def pool_average(
    image: ArrayLike = EXAMPLE,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    padding: int | Padding = 0,
    ceil_mode: bool = False,
    count_padding: bool = True,
    title: str | Text | None = None,
) -> Film:
    """Show an average-pooling of a map, and below it the max-pooling of the same windows to compare.

    Parameters
    ----------
    image
        The map, (rows, columns).
    kernel, stride, padding
        As in `pool.pool_max`.
    ceil_mode
        Whether a last window may reach beyond the map; what lies there never counts.
    count_padding
        Whether the zeros of the padding count.
    title
        Instead of the film's own.
    """
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    around = bordered(padding, size)
    beyond = beyond_map(x.shape, size, step, around) if ceil_mode else (0, 0)
    operator = AveragePool(kernel=size, stride=step, padding=around, overhang=beyond, count_padding=count_padding)
    pooled = _pooled(operator, x, origin=1)
    rival = extreme(MaxPool(kernel=size, stride=step, padding=operator.frame), x, origin=1)
    return pool_film(pooled, "pool-average", title, rival)


@film("pool-sum", "sum_pool2d")
def pool_sum(
    image: ArrayLike = EXAMPLE,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    title: str | Text | None = None,
) -> Film:
    """Show the sums of the windows of a map; otherwise as `pool.pool_max`."""
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    return pool_film(_pooled(SumPool(kernel=size, stride=step), x, origin=1), "pool-sum", title)


@film("pool-l2", "l2_pool2d")
def pool_l2(
    image: ArrayLike = SIGNED,
    *,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    title: str | Text | None = None,
) -> Film:
    """Show the root of the mean square of each window of a map, √(Σ x² / n), above what libraries compute, √Σ x².

    Otherwise as `pool.pool_max`.
    """
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    libraries, chapter = (L2Pool(kernel=size, stride=step, mean=mean) for mean in (False, True))
    rival = _pooled(libraries, x, origin=1)
    mean = Length("l2_mean", chapter, x, sliding(chapter), origin=1)
    words = titled(title, "films.pool.l2_title")
    return pool_film(mean, "pool-l2", words, rival)


@of_operators("average_pool2d", "sum_pool2d", "l2_pool2d")
def film_of_pool_sum(record: Recorded, *, channel: int = 0) -> Film:
    """Show how one map of a traced average-, sum- or L2-pooling came about."""
    pooled = _pooled(record.definition, one_map(record.arrays()["x"], channel))
    return pool_film(pooled, record.name, traced_title(record, pooled.kind, channel))


def _pooled(operator: AveragePool | SumPool | L2Pool, x: Array, *, origin: int = 0) -> Pooled:
    kind, way = _WAYS[type(operator)]
    return way(kind, operator, x, sliding(operator), padding=operator.frame, origin=origin)


_WAYS: dict[type, tuple[str, type[Pooled]]] = {
    AveragePool: ("average", Averaged),
    SumPool: ("sum", Summed),
    L2Pool: ("l2", Length),
}
