"""What a film of an activation reads: a map, what the function makes of it, and the function's curve."""

from __future__ import annotations

from functools import cached_property
from math import isnan

import numpy as np

from convista.errors import ConvistaError
from convista.films.keyframes import Position, stops
from convista.films.stage.grid import telling
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text
from convista.operators import Array, Explanation, Operator

SAMPLES = 241
"""Points of a curve; an odd number, so that one is at 0."""
NEAR, FINE = 4.0, 8001
"""How far from 0 smooth curves bend, and how many samples of that a comparison looks at."""
STRAIGHT = ("relu", "leaky_relu", "prelu", "relu6")
"""Functions that look the same from near and from far."""
PIECES = ("leaky_relu", "elu", "prelu")
"""Functions written by pieces: one line above 0, another below."""


class Activated:
    """A function of one value at work on a map.

    Parameters
    ----------
    operator
        Its definition, with its numbers, such as α.
    x
        The raw map, (rows, columns).
    more
        The other operands of the definition, such as a learned α for the map's channel.
    rival
        Another definition to compare with, or None.
    """

    def __init__(self, operator: Operator, x: Array, *more: Array, rival: Operator | None = None) -> None:
        self.operator, self.x, self.rival, self._more = operator, x, rival, more
        self.stops: list[Position] = stops(x)
        self.decimals = decimals_for(telling(x))
        self.precision = decimals_for(telling(self.values))
        self._explained: dict[Position, Explanation] = {}

    @cached_property
    def values(self) -> Array:
        """The activated map."""
        return self._of(self.operator, self.x)

    def explain(self, at: Position) -> Explanation:
        """Return why the value at a position is what it is."""
        if at not in self._explained:
            self._explained[at] = self.operator.explain((0, 0, *at), self.x[None, None], *self._more)
        return self._explained[at]

    def of(self, x: Array) -> Array:
        """Return the function of any values."""
        return self._of(self.operator, x.reshape(1, -1)).ravel()

    def slope(self, x: Array) -> Array:
        """Return its derivative: what is left of an upstream gradient of 1."""
        line = x.reshape(1, 1, 1, -1)
        return self.operator.gradient(np.ones(line.shape), line, *self._more)["x"].ravel()

    def rival_of(self, x: Array) -> Array:
        """Return the rival of any values; zeros without one."""
        return np.zeros(x.shape) if self.rival is None else self._of(self.rival, x.reshape(1, -1)).ravel()

    def apart(self, x: Array) -> Array:
        """Return by how much the rival's values are larger."""
        return self.rival_of(x) - self.of(x)

    @cached_property
    def farthest(self) -> tuple[float, float]:
        """Return where on the curve the rival is farthest away, and by how much."""
        x = np.linspace(-NEAR, NEAR, FINE)
        apart = self.apart(x)
        place = int(np.abs(apart).argmax())
        return float(x[place]), float(apart[place])

    @cached_property
    def samples(self) -> Array:
        """Values of x for the curve: as far as the map reaches on either side of 0, and past every bend."""
        finite = np.abs(self.x[np.isfinite(self.x)])
        reach = float(finite.max(initial=0.0))
        least = {"relu": 0.0, "leaky_relu": 0.0, "prelu": 0.0, "relu6": 7.0}.get(self.operator.name, 4.0)
        limit = max(reach * 1.05, least) or 1.0
        return np.linspace(-limit, limit, SAMPLES)

    @cached_property
    def near(self) -> Array:
        """As many values of x around 0, where the curve bends; those of the whole curve if it does not."""
        limit = float(self.samples[-1]) if self.operator.name in STRAIGHT else min(NEAR, float(self.samples[-1]))
        return np.linspace(-limit, limit, SAMPLES)

    @property
    def alpha(self) -> float | None:
        """The function's parameter, if it has one: α, or β of a softplus."""
        if self._more:
            return float(self._more[0][0])
        numbers = self.operator.attributes
        found = numbers.get("alpha", numbers.get("beta"))
        return None if found is None else float(found)

    @property
    def parameter(self) -> dict[str, Text]:
        """The parameter as it is written, by the names that texts have for it."""
        if self.alpha is None:
            return {}
        number = written(self.alpha, None if self.alpha == round(self.alpha) else _shortest(self.alpha))
        return {"alpha": number, "beta": number}

    def name(self) -> Text:
        """Return what the function is called."""
        return message(f"films.activation.name_{self.operator.name}", **self.parameter)

    def worked(self, at: Position) -> Text:
        """Return the definition with the value at a position put in."""
        x = self.explain(at).terms[0].value
        key = f"films.activation.of_{self.operator.name}"
        if self.operator.name in PIECES and not isnan(x):
            key += "_above" if x > 0 else "_below"
        elif self.operator.name in PIECES:
            return written(x)
        return message(key, x=written(x, self.decimals), b=bracketed(x, self.decimals), **self.parameter)

    def equals(self, at: Position, decimals: int) -> str:
        """Return the sign before a value: ≈ where the definition makes another one of x as it is written."""
        explained = self.explain(at)
        made = float(self.of(np.array([as_written(explained.terms[0].value, self.decimals)]))[0])
        return equality(made, explained.value, decimals)

    def _of(self, operator: Operator, x: Array) -> Array:
        made: Array = operator.value(x[None, None], *self._more)[0, 0]
        return made


def plane(name: str, x: Array, channel: int = 0) -> Array:
    """Return one map of what an activation read: a map, a vector, or the channel of one sample's.

    ``x`` is (rows, columns), (1, rows, columns) or (1, channels, rows, columns); a vector becomes a row.

    Raises
    ------
    ConvistaError
        If there is no such channel, several samples, or nothing.
    """
    maps = x[0] if x.ndim in (3, 4) and len(x) == 1 else np.atleast_2d(x)
    maps = maps if x.ndim == 4 else maps[None]
    if maps.ndim != 3 or not maps.size:
        raise ConvistaError("films.not_a_plane", name=name, shape=x.shape)
    if not 0 <= channel < len(maps):
        raise ConvistaError("films.no_such_channel", channel=channel, last=len(maps) - 1)
    chosen: Array = maps[channel].astype(np.float64)
    return chosen


def _shortest(value: float) -> int:
    """Return how many decimals a number needs to be written as it is, at most 4."""
    return next((n for n in range(1, 4) if abs(round(value, n) - value) < 1e-6), 4)
