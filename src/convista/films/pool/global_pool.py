"""A global pooling as a film: the maps left, the one of the moment in the middle, a number for each right."""

from __future__ import annotations

from convista.films.film import FAST, SLOW, TICK, Beat, Film
from convista.films.pool.pool import Extreme
from convista.films.pool.pool_sum import Averaged
from convista.films.pool.pooled import Block, Pooled
from convista.films.script import Script
from convista.films.stage.equation import EQUALS, Equations, sign
from convista.films.stage.layout import STAGE
from convista.films.stage.maps import one_sample
from convista.films.stage.marks import Mark, Polygon, Polyline, Rectangle
from convista.films.stage.plate import Plate, side_by_side, window
from convista.films.stage.ring import ring
from convista.films.wording import decimals_for, message, titled, written
from convista.language import Text
from convista.operators import Array, Operator
from convista.operators.pool_regions import GlobalMax

MOST = 9
"""How many maps are shown."""
MAPS, SEEN, APART, OUTPUT = 270.0, 300.0, 44.0, 110.0
"""Widths: of all maps, of the one of the moment, of the gap between, of the output."""
NAME = 26.0
"""Height of a map's name."""


def global_film(operator: Operator, x: Array, name: str, title: str | Text | None) -> Film:
    """Show how each map of (channels, rows, columns), or of one sample of them, gives one number."""
    maps = one_sample(x, 0).astype(float)
    count = len(maps)
    shown = list(range(count)) if count <= MOST else [*range(MOST - 1), count - 1]
    kind = operator.name
    script = Script(name, titled(title, "films.pool.global_title", name=message(f"films.pool.name_{kind}")))
    stage = _Stage(operator, maps, shown)
    for n, channel in enumerate(shown):
        size = f"{maps.shape[1]}×{maps.shape[2]}"
        caption = message(f"films.pool.begin_{kind}", count=count, size=size)
        if n == len(shown) - 1 and n:
            caption = message(f"films.pool.end_{kind}")
        elif n:
            caption = message(f"films.pool.step_{kind}", channel=channel, value=stage.value(n))
        elif len(shown) < count:
            caption = message("films.pool.begin_fewer", begin=caption, shown=len(shown))
        script.step(caption, *stage.beats(n))
    return script.film()


class _Stage:
    """The beats of every map."""

    def __init__(self, operator: Operator, maps: Array, shown: list[int]) -> None:
        way: type[Pooled] = Extreme if isinstance(operator, GlobalMax) else Averaged
        whole = Block(0, 0, *maps.shape[1:])
        self._pooled = [way(operator.name, operator, maps[c], lambda i, j: whole) for c in shown]
        self._shown, self._maps, self._whole = shown, maps, whole
        seen = maps[shown]
        lines = next(n for n in range(1, MOST + 1) if n * n >= len(shown))
        room = STAGE._replace(right=STAGE.left + MAPS)
        self._small = side_by_side("map", room, seen, NAME, rows=-(-len(shown) // lines))
        middle = STAGE._replace(left=STAGE.left + MAPS + APART, right=STAGE.left + MAPS + APART + SEEN)
        self._large = [Plate("window", middle, values, like=seen) for values in seen]
        made = operator.value(maps[None][:, shown])[0, :, 0]
        self._decimals = decimals_for(made.ravel().tolist())
        self._output = Plate("output", STAGE._replace(left=STAGE.right - OUTPUT), made, cell=(84, 46), square=False)
        self._equations = Equations({n: self._equation(n) for n in range(len(shown))})
        self._still = self._ground()

    def value(self, n: int) -> Text:
        """Return the number of a map, as it is written."""
        return written(self._pooled[n].explain((0, 0)).value, self._decimals)

    def beats(self, n: int) -> tuple[Beat, ...]:
        """Return one map: it is seen closely, what wins is ringed, its number is written."""
        pace = SLOW if n < 2 or n == len(self._shown) - 1 else FAST
        begins = Beat(self._marks(n, 0), pace.sum if n else 2 * pace.end, 3 * TICK if n else 0.0)
        return begins, Beat(self._marks(n, 1), pace.sum + pace.row), Beat(self._marks(n, 2), 2 * pace.end)

    def _marks(self, n: int, parts: int) -> tuple[Mark, ...]:
        """Return the stage at a map: it alone, with its winner, with its number."""
        marks: list[Mark] = [*self._still, *window("window.small", self._small[n].box)]
        large = self._large[n]
        marks += [*large.drawn(), large.named(message("films.pool.one_of", channel=self._shown[n]))]
        marks += window("window.now", large.box)
        won = self._pooled[n].winner((0, 0)) if parts else None
        if won is not None:
            marks += ring("window.ring", large.span(*won)) + ring("map.ring", self._small[n].span(*won))
        marks += self._output.drawn(n + (parts == 2))
        if parts == 2:
            marks.append(Rectangle("output.now", self._output.span(n, 0), None, "written", 3.0))
        return (*marks, *self._equations.drawn(n, (set(), {"name", "equals", "worked"}, None)[parts]))

    def _equation(self, n: int) -> dict[str, Text]:
        name = f"y[{self._shown[n]}]"
        worked = self._pooled[n].worked((0, 0))
        equation = {"name": Text(name, name), "equals": EQUALS, "worked": worked}
        equals = self._pooled[n].equals((0, 0), self._decimals)
        return {**equation, "total.equals": sign(equals), "total": self.value(n)}

    def _ground(self) -> list[Mark]:
        """Return what stays through the whole film."""
        channels = len(self._maps)
        marks: list[Mark] = [mark for plate in self._small for mark in plate.drawn()]
        for channel, plate in zip(self._shown, self._small, strict=True):
            name = message("films.maps.number", channel=channel)
            marks.append(plate.named(name, plate.box.width))
        key = "vector" if len(self._shown) == channels else "vector_part"
        words = message(f"films.pool.{key}", channels=channels, shown=len(self._shown))
        marks.append(self._output.named(words, OUTPUT + 30))
        y = (STAGE.top + STAGE.bottom) / 2
        start, end = self._large[0].box.right + 16, self._output.box.left - 16
        arrow = Polygon("arrow.head", ((end, y), (end - 10, y - 5), (end - 10, y + 5)), "muted")
        return [*marks, Polyline("arrow", ((start, y), (end - 8, y)), "muted", 2.0), arrow]
