"""The stage of a global pooling: all maps left, the one of the moment closely in the middle, the output right."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.pool.formulas import defined, named
from convista.films.pool.pool import Extreme
from convista.films.pool.pool_sum import Averaged
from convista.films.pool.pooled import Block, Pooled
from convista.films.pool.seen import CELL
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.equation import EQUALS, Equations, sign
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate, side_by_side, window
from convista.films.stage.ring import THIN, ring
from convista.films.stage.scale import Scale
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array, Operator
from convista.operators.pool_regions import GlobalMax

MAPS, SEEN, OUTPUT = STAGE.columns(290, 300, 130, gap=70)
"""Where all maps stand, the one of the moment, and the output."""
NAME = 26.0
"""Height of a map's name."""


class Moment(NamedTuple):
    """How far the making of a number has come: each is true from its own time on."""

    n: int | None
    """Which of the maps that are shown; None for all, with the definition below them."""
    worked: bool = True
    """What wins is ringed, and how the number is worked out is there."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The output has it; of all maps, every number."""


class GlobalStage:
    """All maps that are shown, and what each gives; maps are counted from ``origin``."""

    def __init__(self, operator: Operator, maps: Array, shown: list[int], origin: int) -> None:
        way: type[Pooled] = Extreme if isinstance(operator, GlobalMax) else Averaged
        whole = Block(0, 0, *maps.shape[1:])
        self._pooled = [way(operator.name, operator, maps[c], lambda i, j: whole) for c in shown]
        self._numbers = [channel + origin for channel in shown]
        seen, made = maps[shown], operator.value(maps[None][:, shown])[0, :, 0]
        scale = Scale.of(seen, made)
        lines = next(n for n in range(1, len(shown) + 1) if n * n >= len(shown))
        across = -(-len(shown) // lines)
        self._small = side_by_side("map", MAPS, seen, NAME, rows=across, scale=scale)
        self._large = [Plate("window", SEEN, values, like=seen, scale=scale, cell=(CELL, CELL)) for values in seen]
        self._decimals = decimals_for(made.ravel().tolist())
        self._output = Plate("output", OUTPUT, made, cell=(96, 52), square=False, scale=scale)
        self._equations = Equations({n: self._equation(n) for n in range(len(shown))})
        self._still = self._ground(len(maps), scale)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        n = moment.n
        if n is None:
            whole = [
                *self._still,
                *self._output.drawn(None if moment.written else 0),
                *defined(self._pooled[0].kind),
            ]
            return tuple(whole) if moment.written else (*whole, named(self._pooled[0].kind))
        large = self._large[n]
        marks: list[Mark] = [*self._still, *window("window.small", self._small[n].box), *large.drawn()]
        marks += [
            large.named(message("films.pool.one_of", channel=self._numbers[n])),
            *window("window.now", large.box),
        ]
        marks += [*arrow("arrow", (SEEN.right + 14, SEEN.centre[1]), (OUTPUT.left - 14, SEEN.centre[1]))]
        marks += self._rings(n) if moment.worked else []
        marks += self._output.drawn(n + moment.written)
        if moment.written:
            marks.append(Rectangle("output.now", self._output.span(n, 0), None, "written", 3.0))
        slots = {"name", "equals", "worked"} if moment.worked else set()
        return (*marks, *self._equations.drawn(n, None if moment.known else slots))

    def value(self, n: int) -> Text:
        """Return the number of a map, as it is written."""
        return written(self._pooled[n].explain((0, 0)).value, self._decimals)

    def ties(self, n: int) -> int:
        """Return how many values of a map are equal to the one that wins, itself among them; 0 where none wins."""
        return 0 if self._pooled[n].winner((0, 0)) is None else 1 + len(self._pooled[n].tied((0, 0)))

    def closer(self, n: int) -> Sources:
        """Return which cell of the small map each cell comes from that is seen closely."""
        small, large = self._small[n], self._large[n]
        if not (small.numbered and large.numbered):
            return {}
        return {
            close: far
            for at in np.ndindex(*large.values.shape)
            for close, far in zip(large.keys(*at), small.keys(*at), strict=True)
        }

    def result(self, n: int) -> Sources:
        """Return what a number comes out of: the value that won, or all of the map."""
        large, won = self._large[n], self._pooled[n].winner((0, 0))
        cells = list(np.ndindex(*large.values.shape)) if won is None else [won]
        return {"equation.total": tuple(large.keys(*at)[1] for at in cells)} if large.numbered else {}

    def written(self, n: int) -> Sources:
        """Return what the output's number comes out of: the equation's result."""
        return {self._output.keys(n, 0)[1]: "equation.total"} if self._output.numbered else {}

    def _rings(self, n: int) -> list[Mark]:
        """Return a ring on what won, on the map and closely, and thin ones on what is equal to it."""
        won = self._pooled[n].winner((0, 0))
        if won is None:
            return []
        marks: list[Mark] = []
        for row, column in self._pooled[n].tied((0, 0)):
            marks += ring(f"window.tie[{row},{column}]", self._large[n].span(row, column), width=THIN)
        marks += ring("window.ring", self._large[n].span(*won))
        return [*marks, *ring("map.ring", self._small[n].span(*won))]

    def _equation(self, n: int) -> dict[str, Text]:
        name = f"y[{self._numbers[n]}]"
        worked = self._pooled[n].worked((0, 0))
        equation = {"name": Text(name, name), "equals": EQUALS, "worked": worked}
        equals = self._pooled[n].equals((0, 0), self._decimals)
        return {**equation, "total.equals": sign(equals), "total": self.value(n)}

    def _ground(self, channels: int, scale: Scale) -> list[Mark]:
        """Return what stays through the whole film."""
        marks: list[Mark] = [mark for plate in self._small for mark in plate.drawn()]
        for number, plate in zip(self._numbers, self._small, strict=True):
            marks.append(plate.named(message("films.maps.number", channel=number), plate.box.width))
        key = "vector" if len(self._small) == channels else "vector_part"
        words = message(f"films.pool.{key}", channels=channels, shown=len(self._small))
        return [*marks, self._output.named(words, OUTPUT.width + 30), *colour_bar("colours", UNDER_STAGE, scale)]
