"""The film of a mixed pooling: between the largest value of a window and its average."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.keyframes import Position
from convista.films.pool.example import EXAMPLE
from convista.films.pool.pool import windows
from convista.films.pool.pooled import Pooled, one_map, sliding
from convista.films.pool.sweep import pool_film, traced_title
from convista.films.registry import film, of_operators
from convista.films.wording import as_written, decimals_for, equality, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.pool_mixed import MixedPool
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded


class Mixed(Pooled):
    """Every value weighs (1 − λ) / n, the largest λ more."""

    def __init__(self, operator: MixedPool, x: Array, mix: Array, origin: int) -> None:
        super().__init__("mixed", operator, x, sliding(operator), mix, origin=origin)
        self._parts = operator.largest, operator.average
        self.one_wins = self.explain((0, 0)).notes["λ"] > 0

    def worked(self, at: Position) -> Text:
        """Return λ times the maximum and 1 − λ times the average."""
        numbers = {key: written(*number) for key, number in self._numbers(at).items()}
        return message("films.pool.mixed", **numbers)

    def equals(self, at: Position, decimals: int) -> str:
        """Return the sign between the two parts as they are written and what they make."""
        number = {key: as_written(*number) for key, number in self._numbers(at).items()}
        made = number["mix"] * number["max"] + number["rest"] * number["mean"]
        return equality(made, self.explain(at).value, decimals)

    def _numbers(self, at: Position) -> dict[str, tuple[float, int]]:
        """Return λ, the maximum, 1 − λ and the average, each with how many decimals it has."""
        index, x = (0, 0, *at), self.x[None, None]
        mix = self.explain(at).notes["λ"]
        largest, average = (part.explain(index, x).value for part in self._parts)
        share = decimals_for([mix, 1 - mix])
        return {
            "mix": (mix, share),
            "max": (largest, decimals_for([largest])),
            "rest": (1 - mix, share),
            "mean": (average, decimals_for([average])),
        }

    def weights(self, at: Position) -> list[float]:
        """Return what each value weighs."""
        return [term.factor or 0.0 for term in self.explain(at).terms]


@film("pool-mixed", "mixed_pool2d")
def pool_mixed(
    image: ArrayLike = EXAMPLE,
    *,
    mix: float = 0.6,
    kernel: int | Pair = 2,
    stride: int | Pair | None = None,
    title: str | Text | None = None,
) -> Film:
    """Show a mixed pooling of a map, λ·max + (1 − λ)·average; ``mix`` is λ, 0 … 1.

    Otherwise as `pool.pool_max`.
    """
    if not 0 <= mix <= 1:
        raise ConvistaError("films.pool.mix", mix=mix)
    x, (size, step) = one_map(np.asarray(image, dtype=np.float64)), windows(kernel, stride)
    pooled = Mixed(MixedPool(kernel=size, stride=step), x, np.asarray(mix), origin=1)
    return pool_film(pooled, "pool-mixed", title)


@of_operators("mixed_pool2d")
def film_of_pool_mixed(record: Recorded, *, channel: int = 0) -> Film:
    """Show how one map of a traced mixed pooling came about."""
    given = record.arrays()
    pooled = Mixed(record.definition, one_map(given["x"], channel), given["mix"], origin=0)
    return pool_film(pooled, record.name, traced_title(record, "mixed", channel))
