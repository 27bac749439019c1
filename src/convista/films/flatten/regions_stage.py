"""The stage of flattening by averages: maps above, an equation, and below them the row that fills up."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.definition import definition, symbols
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.layout import STAGE
from convista.films.stage.maps import Maps
from convista.films.stage.marks import Mark
from convista.films.stage.motion import Sources, faded
from convista.films.stage.plate import Plate
from convista.films.stage.scale import Scale
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.flatten_regions import FlattenBlocks
from convista.pairs import Pair

UPPER, LOWER = STAGE.rows(210, 48, gap=42)
"""Where the maps stand, and the row."""
MOST_STEPS, LISTED = 16, 6
"""How many averages are shown being made, and how many values an equation lists."""
DIMMED = 0.45
"""Opacity of the cells that are not averaged."""


class Moment(NamedTuple):
    """How far the making of an average has come: each is true from its own time on."""

    place: int | None
    """Of the average in the row, counted from 0; None for the whole, with the definition below it."""
    read: bool = True
    """Its values are in the equation."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The row has it; of the whole, every average."""


class RegionsStage:
    """Maps above, and below them the row of averages; indices are written from ``origin``."""

    def __init__(self, maps: Array, size: Pair, origin: int) -> None:
        self._x, self._size, self._origin = maps[None], size, origin
        self._row = FlattenBlocks(size=size).value(self._x)
        scale = Scale.of(maps, self._row)
        self._maps = Maps("map", UPPER, maps, scale=scale, origin=origin)
        self._plate = Plate("row", LOWER, self._row, cell=(96.0, LOWER.height), square=False, scale=scale)
        count = self._row.shape[1]
        regions = size[0] * size[1]
        seen = [n for n in range(count) if n // regions in self._maps.plates]
        chosen = seen if len(seen) <= MOST_STEPS else [*seen[: MOST_STEPS - 1], seen[-1]]
        self.places: list[int] = chosen
        """The averages that are shown being made."""
        self._explained: dict[int, Explanation] = {n: self._explain(n) for n in chosen}
        self._equation, self._parts, self._signs = self._line()
        self._still = (
            *self._maps.named(),
            self._plate.named(message("films.flatten_regions.row", count=count), 400),
            *colour_bar("colours", UNDER_STAGE, scale),
        )

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        place = moment.place
        if place is None:
            return self._whole(written=moment.written)
        reached = place + moment.written
        marks = [*self._still, *self._seen(place), *self._plate.drawn(lambda _, n: n < reached)]
        if moment.written:
            marks += self._plate.outlined([(0, place)])
        if moment.read:
            marks += self._written(place, ended=moment.known)
        return (*marks, *self._region(place))

    def read(self, place: int) -> Sources:
        """Return what comes into the equation: the values of the region."""
        return {"equation.parts": tuple(f"{key}.value" for key in self._cells(place))} if self._cells(place) else {}

    def result(self) -> Sources:
        """Return what the average comes out of."""
        return {"equation.total": "equation.parts"}

    def written(self, place: int) -> Sources:
        """Return what the row's number comes out of."""
        return {self._plate.keys(0, place)[1]: "equation.total"} if self._plate.numbered else {}

    def onwards(self) -> Text:
        """Return what stands over the averages that are made fast."""
        return message(f"films.flatten_regions.other_{'maps' if self._size == (1, 1) else 'regions'}")

    def caption(self, place: int) -> Text:
        """Return which average is made, of what."""
        first, last = (self._explained[place].terms[n].index for n in (0, -1))
        origin, count = self._origin, len(self._explained[place].terms)
        given = {"place": place + origin, "channel": first[1] + origin, "count": count}
        if self._size == (1, 1):
            return message("films.flatten_regions.of_map", **given)
        rows, columns = (_span(first[axis] + origin, last[axis] + origin) for axis in (2, 3))
        return message("films.flatten_regions.of_region", rows=rows, columns=columns, **given)

    def verdict(self) -> Text:
        """Return what is kept of the maps, and what is lost."""
        _, channels, rows, columns = self._x.shape
        given = {"values": channels * rows * columns, "count": self._row.shape[1]}
        if self._size != (1, 1):
            return message("films.flatten_regions.end", **given)
        for n, one in enumerate(self._row[0]):
            for m in range(n):
                if np.isclose(one, self._row[0, m]) and not np.array_equal(self._x[0, n], self._x[0, m]):
                    same = {"one": m + self._origin, "other": n + self._origin}
                    return message("films.flatten_regions.end_global_equal", **same, **given)
        return message("films.flatten_regions.end_global", **given)

    def _whole(self, *, written: bool) -> tuple[Mark, ...]:
        """Return the maps with no average or with all, and the definition."""
        marks = [*self._still, *self._maps.values(), *self._plate.drawn(None if written else 0)]
        body = r"= \frac{1}{n}\,\sum\,x"
        marks += definition(("y", "text"), (body, "text"), (r",\quad x \in", "muted"), ("R", "window"))
        part = "map" if self._size == (1, 1) else "region"
        named = [message("films.flatten_regions.symbols"), message(f"films.flatten_regions.symbol_{part}")]
        return tuple(marks) if written else (*marks, symbols(*named))

    def _seen(self, place: int) -> list[Mark]:
        """Return the maps; of numbers those are dimmed that are not averaged."""
        lit = {key for cell in self._cells(place) for key in (cell, f"{cell}.value")}
        if not lit:
            return [*self._maps.values()]
        return [mark if mark.key in lit else faded(mark, DIMMED) for mark in self._maps.values()]

    def _cells(self, place: int) -> list[str]:
        """Return the keys of the cells that an average is made of; none where they have no numbers."""
        terms = self._explained[place].terms
        plate = self._maps.plates[terms[0].index[1]]
        return [plate.keys(*term.index[2:])[0] for term in terms] if plate.numbered else []

    def _explain(self, place: int) -> Explanation:
        explained: Explanation = FlattenBlocks(size=self._size).explain((0, place), self._x)
        return explained

    def _region(self, place: int) -> tuple[Mark, ...]:
        terms = self._explained[place].terms
        (_, channel, top, left), (_, _, bottom, right) = terms[0].index, terms[-1].index
        return self._maps.plates[channel].marked("window", top, left, bottom - top + 1, right - left + 1)

    def _line(self) -> tuple[Equation, dict[int, Text], dict[int, Text]]:
        """Return the line, and for each place its sum and the sign behind it."""
        values = [term.value for one in self._explained.values() for term in one.terms]
        decimals = decimals_for(values)
        parts, signs = {}, {}
        for place, one in self._explained.items():
            count = len(one.terms)
            listed = [bracketed(term.value, decimals) for term in one.terms]
            lines = (" + ".join(line) for line in zip(*listed, strict=True))
            summed = message("films.flatten_regions.sum_of", count=count)
            made = sum(as_written(term.value, decimals) for term in one.terms) / count
            signs[place] = sign(equality(made, one.value, self._plate.decimals) if count <= LISTED else "=")
            parts[place] = Text(*(f"({line}) / {count}" for line in (lines if count <= LISTED else summed)))
        slots = [
            Slot("name", [self._name(n) for n in self.places]),
            Slot("equals", [sign("=")]),
            Slot("parts", list(parts.values())),
            Slot("is", list(signs.values())),
            Slot("total", [written(one.value, self._plate.decimals) for one in self._explained.values()]),
        ]
        return Equation(slots), parts, signs

    def _written(self, place: int, *, ended: bool) -> list[Mark]:
        marks: list[Mark] = [
            self._equation.write("name", self._name(place)),
            self._equation.write("equals", sign("="), "muted"),
            self._equation.write("parts", self._parts[place]),
        ]
        if ended:
            marks.append(self._equation.write("is", self._signs[place], "muted"))
            total = written(self._explained[place].value, self._plate.decimals)
            marks.append(self._equation.write("total", total))
        return marks

    def _name(self, place: int) -> Text:
        return Text(*[f"y[{place + self._origin}]"] * 2)


def _span(first: int, last: int) -> str:
    """Return rows or columns as they are written, from the first to the last."""
    return f"{first}–{last}" if last > first else str(first)
