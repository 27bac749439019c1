"""Flattening as a film: value after value moves from the maps to its place in one row, in both orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.flatten.rows import Places, Row
from convista.films.registry import film, of_operators
from convista.films.script import QUICK, TRAVEL, Script, beat
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.layout import STAGE
from convista.films.stage.maps import Channels, Maps, one_sample
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.plate import window
from convista.films.wording import message, titled, written
from convista.language import Text
from convista.operators import Array, Index
from convista.operators.flatten import Reshape

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE_MAPS = (((1, 2, 3), (4, 5, 6), (7, 8, 9)), ((-1, -2, -3), (-4, -5, -6), (-7, -8, -9)))
"""Two maps whose values tell where they come from: positive ones from map 0, negative ones from map 1."""
UPPER = Box(STAGE.left, STAGE.top, STAGE.right, STAGE.top + 126)
ROWS = (STAGE.top + 154, STAGE.top + 242)
"""Baselines of the two rows' names."""
LARGEST_MOVER = 20.0
SLOWLY = 3
"""How many values are seen on their way."""


@film("flatten-classic", "reshape", "flatten_classic")
def flatten_film(
    x: Channels = EXAMPLE_MAPS,
    *,
    sample: int = 0,
    title: str | Text | None = None,
    name: str = "flatten-classic",
) -> Film:
    """Show feature maps laid out in one row, channel first and channel last, and where the two differ.

    Parameters
    ----------
    x
        Maps, (channels, rows, columns), or (samples, channels, rows, columns).
    sample
        Which sample, counted from 0.

    Raises
    ------
    ConvistaError
        If the array is not one of maps, or there is no such sample.
    """
    maps = one_sample(np.asarray(x, dtype=float), sample)
    words = titled(title, "films.flatten.title")
    script, stage = Script(name, words), _Stage(maps)
    for row in stage.rows:
        for page in row.places.pages:
            script.step(stage.caption(row, page), *stage.laying(row, page))
    script.step(stage.verdict(), *stage.comparing())
    return script.film()


@of_operators("reshape", "flatten_classic")
def film_of_flatten(record: Recorded, *, sample: int = 0) -> Film:
    """Show how a traced layer flattened its maps; see `flatten_film`.

    Raises
    ------
    ConvistaError
        If the record gave maps another shape than one row a sample.
    """
    x, operator = record.arrays()["x"], record.definition
    shape = operator.shape if isinstance(operator, Reshape) else None
    if x.ndim != 4 or (shape is not None and (len(shape) != 2 or shape[0] not in {-1, len(x)})):
        raise ConvistaError("films.flatten.not_flat", layer=record.name, before=x.shape, after=shape)
    return flatten_film(
        x, sample=sample, title=message("films.flatten.traced", layer=record.name), name=record.name
    )


class _Stage:
    """Maps above, and below them one row for each order."""

    def __init__(self, maps: Array) -> None:
        self._maps = Maps("map", UPPER, maps)
        orders = [Places(maps, channel_last=False), Places(maps, channel_last=True)]
        self.rows = [Row(places, top) for places, top in zip(orders, ROWS, strict=True)]
        self._ground = self._maps.drawn()
        self._laid: tuple[Mark, ...] = ()

    def laying(self, row: Row, page: range) -> list[Beat]:
        """Return one part of a row: value after value is found in its map and put in its place."""
        equation, beats, begins = _equation(row.places), [], page.start == 0
        for n in page:
            written = (*self._ground, *self._laid, *row.drawn(n, n + 1))
            below = (*self._source(row.places.origin(n)), *_arithmetic(equation, row.places, n))
            if begins and n < SLOWLY:
                before = (*self._ground, *self._laid, *row.drawn(n, n))
                beats += self._moving(row, n, before, below)
            seconds = SLOW.row if n < SLOWLY and begins else FAST.end if n == page[-1] else QUICK
            beats.append(beat(written, below, window("place", row.at(n)), seconds=seconds))
        if page == row.places.pages[-1]:
            self._laid = (*self._laid, *row.drawn(page[-1], page.stop))
        return beats

    def caption(self, row: Row, page: range) -> Text:
        """Return what a part of a row is about."""
        order = row.places.order
        if page.start == 0:
            key = "begin_long" if row.long else "begin"
            return message(
                f"films.flatten.{key}_{order}", count=row.places.values.shape[1], shown=len(row.places.pages)
            )
        channel, line, _ = row.places.origin(page[-1] if row.long else page.start)
        return message(f"films.flatten.on_{order}", channel=channel, line=line, first=page.start, last=page[-1])

    def comparing(self) -> list[Beat]:
        """Return both rows, and then the places at which they hold different values."""
        whole: list[Mark] = []
        outlines: list[Mark] = []
        first, last = (row.places for row in self.rows)
        for row in self.rows:
            shown = row.page(0)
            whole += row.drawn(0, row.places.values.shape[1])
            outlines += row.outlined(0, [n for n in shown if first.origin(n) != last.origin(n)])
        return [beat(self._ground, whole), beat(self._ground, whole, outlines, seconds=SLOW.end)]

    def verdict(self) -> Text:
        """Return in how many places the two orders differ, and what that means."""
        first, last = (row.places.numbers for row in self.rows)
        differ = int((first != last).sum())
        return message("films.flatten.end" if differ else "films.flatten.end_same", differ=differ, count=first.size)

    def _source(self, origin: Index) -> tuple[Mark, ...]:
        """Return the window around the value in its map, if that map is shown."""
        channel, row, column = origin
        plate = self._maps.plates.get(channel)
        return () if plate is None else plate.marked("window", row, column)

    def _moving(self, row: Row, place: int, before: tuple[Mark, ...], below: tuple[Mark, ...]) -> list[Beat]:
        """Return the value on its way from its map to its place."""
        channel, line, column = row.places.origin(place)
        start = self._maps.plates[channel].span(line, column)
        size = min(start.width, start.height, LARGEST_MOVER)
        ways = [
            Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            for x, y in (start.centre, row.at(place).centre)
        ]
        here, there = (Rectangle("moving", box, "window") for box in ways)
        return [
            beat(before, below, [here], seconds=QUICK),
            beat(before, below, [there], seconds=QUICK, travel=TRAVEL),
        ]


def _equation(places: Places) -> Equation:
    shown = [n for page in places.pages for n in page]
    filled, numbers = [places.filled(n) for n in shown], [written(float(n)) for n in shown]
    slots = [("name", [message("films.flatten.place")]), ("formula", [places.formula()]), ("equals", [sign("=")])]
    return Equation([Slot(*slot) for slot in [*slots, ("filled", filled), ("is", [sign("=")]), ("total", numbers)]])


def _arithmetic(equation: Equation, places: Places, place: int) -> list[Mark]:
    """Return the arithmetic of one place."""
    return [
        equation.write("name", message("films.flatten.place")),
        equation.write("formula", places.formula()),
        equation.write("equals", sign("="), "muted"),
        equation.write("filled", places.filled(place)),
        equation.write("is", sign("="), "muted"),
        equation.write("total", written(float(place))),
    ]
