"""The stage of flattening: maps above, and below them one row for each order."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.flatten.rows import PAGE, Places, Row
from convista.films.stage.colour_bar import UNDER_STAGE, colour_bar
from convista.films.stage.definition import definition, symbols
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.layout import STAGE
from convista.films.stage.maps import Maps
from convista.films.stage.marks import Mark
from convista.films.stage.motion import Sources
from convista.films.stage.plate import window
from convista.films.stage.scale import Scale
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array

SHORT, LONG = (STAGE.rows(*tall, gap=32) for tall in ((112, 78, 78), (88, 94, 94)))
"""Where the maps and both rows stand, with room above each for its name: short rows, and long ones with a strip."""


class Moment(NamedTuple):
    """How far the rows have come."""

    order: int = 0
    """Which row is being laid out; after the last both are whole."""
    laid: int | None = None
    """How many values it has; None where nothing is being laid out."""
    ruled: bool = False
    """Its rule is below."""
    sought: bool = False
    """The next value is framed in its map."""
    compared: bool = False
    """The places that differ are outlined."""


class FlattenStage:
    """Maps above, and below them one row for each order; indices are written from ``origin``."""

    def __init__(self, maps: Array, origin: int) -> None:
        orders = [Places(maps, channel_last=last, origin=origin) for last in (False, True)]
        upper, *lower = SHORT if maps.size <= PAGE else LONG
        scale = Scale.of(maps)
        self._maps = Maps("map", upper, maps, scale=scale, origin=origin)
        self.rows = [Row(places, room) for places, room in zip(orders, lower, strict=True)]
        self._equations = [_equation(row.places) for row in self.rows]
        self._still = (*self._maps.drawn(), *colour_bar("colours", UNDER_STAGE, scale))

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks: list[Mark] = [*self._still]
        for order, row in enumerate(self.rows):
            if moment.laid is None or order != moment.order:
                whole = order < moment.order
                marks += row.drawn(row.places.pages[-1][-1] if whole else 0, row.count if whole else 0)
                continue
            now = max(0, moment.laid - (not moment.sought))
            marks += row.drawn(now, moment.laid)
            if moment.sought or moment.laid:
                marks += [*self._source(row, now), *window("place", row.at(now))]
            marks += self._line(order, now, moment)
        return (*marks, *self._outlined()) if moment.compared else tuple(marks)

    def laying(self, order: int, place: int) -> Sources:
        """Return which cell of the maps the value of a place comes from, where both have numbers."""
        row = self.rows[order]
        channel, line, column = row.places.source(place)
        plate = self._maps.plates.get(channel)
        if plate is None or not plate.numbered or not row.numbered(place):
            return {}
        return dict(zip(row.keys(place), plate.keys(line, column), strict=True))

    def exchanging(self) -> Sources:
        """Return where the value of each place of the second row stands in the first, of rows seen whole."""
        first, last = self.rows
        if first.long or not first.numbered(0):
            return {}
        at = {number: place for place, number in enumerate(first.places.numbers[0].tolist())}
        return {
            new: old
            for place, number in enumerate(last.places.numbers[0].tolist())
            for new, old in zip(last.keys(place), first.keys(at[number]), strict=True)
        }

    def _outlined(self) -> list[Mark]:
        """Return outlines around the places that are shown and hold different values in the two orders."""
        first, last = (row.places for row in self.rows)
        shown = first.pages[-1] if self.rows[0].long else range(self.rows[0].count)
        apart = [n for n in shown if first.source(n) != last.source(n)]
        return [mark for row in self.rows for mark in row.outlined(apart)]

    def _source(self, row: Row, place: int) -> tuple[Mark, ...]:
        """Return the window around the value in its map, if that map is shown."""
        channel, line, column = row.places.source(place)
        plate = self._maps.plates.get(channel)
        return () if plate is None else plate.marked("window", line, column)

    def _line(self, order: int, place: int, moment: Moment) -> list[Mark]:
        """Return the rule of an order with its symbols, or its arithmetic for a place."""
        places = self.rows[order].places
        if moment.ruled:
            rule = definition(("n", "window"), (f"= {places.rule()}", "text"))
            return [
                *rule,
                symbols(message("films.flatten.symbols"), message(f"films.flatten.symbols_{places.order}")),
            ]
        if not (moment.sought or moment.laid):
            return []
        line = self._equations[order]
        return [
            line.write("name", Text("n", "n"), "window"),
            line.write("equals", sign("="), "muted"),
            line.write("filled", places.filled(place)),
            line.write("is", sign("="), "muted"),
            line.write("total", written(float(place + places.origin))),
        ]


def _equation(places: Places) -> Equation:
    shown = [n for page in places.pages for n in page]
    totals = [written(float(n + places.origin)) for n in shown]
    slots = [("name", [Text("n", "n")]), ("equals", [sign("=")]), ("filled", [places.filled(n) for n in shown])]
    return Equation([Slot(*slot) for slot in [*slots, ("is", [sign("=")]), ("total", totals)]])
