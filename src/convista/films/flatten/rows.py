"""One order of flattening: which value stands at which place of the row, and the row on the stage."""

from __future__ import annotations

from functools import cached_property

from convista.films.stage import text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.layout import HEADING_SIZE
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.plate import Plate, window
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array, Index
from convista.operators.flatten import FlattenClassic, numbered

PAGE = 18
"""How many places of a row are shown with their numbers at once."""
WIDE, TALL, STRIP, APART = 72.0, 36.0, 10.0, 8.0
"""Sides of the largest places; height of a strip of colours, and the gap below it."""
LABEL, SMALLEST = 14.0, 9.0
"""Size of what is written below a place: at most, and where there are very many maps at least."""


class Places:
    """Where each value of maps, (channels, rows, columns), comes to stand in one order, written from ``origin``."""

    def __init__(self, maps: Array, *, channel_last: bool, origin: int = 0) -> None:
        self._maps, self._last, self.origin = maps[None], channel_last, origin
        self.values: Array = FlattenClassic(channel_last=channel_last).value(self._maps)
        """The row, (1, places)."""
        self.numbers: Array = FlattenClassic(channel_last=channel_last).value(numbered(self._maps))
        """For each place, which value of the maps stands there, by its number."""

    @property
    def order(self) -> str:
        """The name of the order, as keys and texts have it."""
        return "last" if self._last else "first"

    def source(self, place: int) -> Index:
        """Return the channel, row and column of the value at a place, all counted from 0."""
        (term,) = FlattenClassic(channel_last=self._last).explain((0, place), self._maps).terms
        return term.index[1:]

    def written(self, place: int) -> Index:
        """Return the channel, row and column of the value at a place, as they are written."""
        return tuple(n + self.origin for n in self.source(place))

    @cached_property
    def pages(self) -> list[range]:
        """The parts of the row that the film lays out, a step each.

        Of a short row all: a channel at a time, or all channels of a line of pixels. Of a long one its beginning,
        where the first channel or line of pixels ends, and its end.
        """
        channels, rows, columns = self._maps.shape[1:]
        count = self.values.shape[1]
        part = channels * columns if self._last else rows * columns
        if count <= PAGE:
            return [range(start, start + part) for start in range(0, count, part)]
        starts = {0, min(max(0, part - PAGE // 2), count - PAGE), count - PAGE}
        return [range(start, start + PAGE) for start in sorted(starts)]

    def rule(self) -> str:
        """Return how the place follows from channel c, row i and column j, as TeX."""
        c, i, j = (f"({name} - {self.origin})" if self.origin else name for name in "cij")
        return rf"({i}\,W + {j})\,K + c" if self._last else rf"({c}\,H + {i})\,W + j"

    def filled(self, place: int) -> Text:
        """Return that rule with the numbers of a place."""
        (c, i, j), (channels, rows, columns) = self.written(place), self._maps.shape[1:]
        from_0 = [f"({n} − {self.origin})" if self.origin else str(n) for n in (c, i, j)]
        first = f"({from_0[0]}·{rows} + {from_0[1]})·{columns} + {j}"
        last = f"({from_0[1]}·{columns} + {from_0[2]})·{channels} + {c}"
        return Text(last, last) if self._last else Text(first, first)


class Row:
    """The row of one order: its places with their numbers and, if it is long, all of it as a strip of colours."""

    def __init__(self, places: Places, room: Box) -> None:
        self.places, self._room = places, room
        self.count: int = places.values.shape[1]
        """How many places it has."""
        self.long = self.count > PAGE
        pages = places.pages if self.long else [range(self.count)]
        below = room.top + (STRIP + APART if self.long else 0)
        line = room._replace(top=below, bottom=below + TALL)
        self._plates = {
            page: Plate(
                f"{places.order}.{page.start}",
                line,
                places.values[:, page.start : page.stop],
                like=places.values,
                cell=(WIDE, TALL),
                square=False,
            )
            for page in pages
        }

    def at(self, place: int) -> Box:
        """Return where a place is."""
        page = self._page(place)
        return self._plates[page].span(0, place - page.start)

    def numbered(self, place: int) -> bool:
        """Say whether a place shows its number."""
        return self._plates[self._page(place)].numbered

    def keys(self, place: int) -> tuple[str, str]:
        """Return the keys of a place and of its number."""
        page = self._page(place)
        return self._plates[page].keys(0, place - page.start)

    def drawn(self, place: int, count: int) -> list[Mark]:
        """Return the page of a place, with the values of all places before ``count``."""
        page = self._page(place)
        plate = self._plates[page]
        marks = [*self._ground(page), *plate.drawn(lambda _, column: page.start + column < count)]
        return marks + [self._label(n, plate.span(0, n - page.start)) for n in page if n < count]

    def outlined(self, chosen: list[int]) -> tuple[Mark, ...]:
        """Return outlines around places, all of the page of the last."""
        if not chosen:
            return ()
        page = self._page(chosen[-1])
        return self._plates[page].outlined([(0, n - page.start) for n in chosen if n in page])

    def _page(self, place: int) -> range:
        return next(page for page in self._plates if place in page)

    def _ground(self, page: range) -> list[Mark]:
        words = message(f"films.flatten.{self.places.order}", count=self.count)
        at = self._room.left, self._room.top - 9
        marks: list[Mark] = [Words(f"{self.places.order}.name", at, words, HEADING_SIZE, "muted", "start")]
        if self.long:
            values = self.places.values
            strip = self._room._replace(bottom=self._room.top + STRIP)
            wide = strip.width / values.shape[1]
            seen = strip._replace(left=strip.left + wide * page.start, right=strip.left + wide * page.stop)
            marks.append(picture(f"{self.places.order}.strip", strip, values, magnitude(values)))
            marks += window(f"{self.places.order}.seen", seen)
        return marks

    def _label(self, place: int, cell: Box) -> Words:
        """Return, below a place, the channel, row and column of its value."""
        line = " ".join(map(str, self.places.written(place)))
        size = text.fitting(line, cell.width - 4, LABEL, SMALLEST)
        at = cell.centre[0], cell.bottom + size + 3
        return Words(f"{self.places.order}.origin[{place}]", at, Text(line, line), size, "muted")
