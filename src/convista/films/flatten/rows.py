"""One order of flattening: which value stands at which place of the row, and the row on the stage."""

from __future__ import annotations

from functools import cached_property

from convista.films.stage.grid import LEGIBLE, magnitude, picture
from convista.films.stage.layout import HEADING_SIZE, STAGE
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.plate import Plate, window
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array, Index
from convista.operators.flatten import FlattenClassic, numbered

PAGE = 18
"""How many places of a row are shown with their numbers at once."""
TALL = 30.0


class Places:
    """Where each value of maps, (channels, rows, columns), comes to stand in one order."""

    def __init__(self, maps: Array, *, channel_last: bool) -> None:
        self._maps, self._last = maps[None], channel_last
        self.values: Array = FlattenClassic(channel_last=channel_last).value(self._maps)
        """The row, (1, places)."""
        self.numbers: Array = FlattenClassic(channel_last=channel_last).value(numbered(self._maps))
        """For each place, which value of the maps stands there, by its number."""

    @property
    def order(self) -> str:
        """The name of the order, as keys and texts have it."""
        return "last" if self._last else "first"

    def origin(self, place: int) -> Index:
        """Return the channel, row and column of the value at a place."""
        (term,) = FlattenClassic(channel_last=self._last).explain((0, place), self._maps).terms
        return term.index[1:]

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

    def formula(self) -> Text:
        """Return how the place follows from channel, row and column."""
        line = "(i·W + j)·K + c" if self._last else "(c·H + i)·W + j"
        return Text(line, line)

    def filled(self, place: int) -> Text:
        """Return the formula with the numbers of a place."""
        (c, i, j), (channels, rows, columns) = self.origin(place), self._maps.shape[1:]
        line = f"({i}·{columns} + {j})·{channels} + {c}" if self._last else f"({c}·{rows} + {i})·{columns} + {j}"
        return Text(line, line)


class Row:
    """The row of one order: its places with their numbers and, if it is long, all of it as a strip of colours."""

    def __init__(self, places: Places, top: float) -> None:
        self.places, self._top = places, top
        count = places.values.shape[1]
        self.long = count > PAGE
        pages = places.pages if self.long else [range(count)]
        below = top + (26 if self.long else 12)
        room = Box(STAGE.left, below, STAGE.right, below + TALL)
        self._plates = {
            page: Plate(
                f"{places.order}.{page.start}",
                room,
                places.values[:, page.start : page.stop],
                like=places.values,
                cell=(54.0, TALL),
                square=False,
            )
            for page in pages
        }

    @property
    def box(self) -> Box:
        """Where the numbered places stand."""
        return self._plate(0).box

    def at(self, place: int) -> Box:
        """Return where a place is."""
        page = self._page(place)
        return self._plates[page].span(0, place - page.start)

    def drawn(self, place: int, count: int) -> list[Mark]:
        """Return the page of a place, with the values of all places before ``count``."""
        page = self._page(place)
        plate = self._plates[page]
        marks = [*self._ground(page), *plate.drawn(lambda _, column: page.start + column < count)]
        return marks + [self._label(n, plate.span(0, n - page.start)) for n in page if n < count]

    def outlined(self, place: int, chosen: list[int]) -> tuple[Mark, ...]:
        """Return outlines around places of the same page as a place."""
        page = self._page(place)
        return self._plates[page].outlined([(0, n - page.start) for n in chosen if n in page])

    def page(self, place: int) -> range:
        """Return the places that are shown together with a place."""
        return self._page(place)

    def _page(self, place: int) -> range:
        return next(page for page in self._plates if place in page)

    def _plate(self, place: int) -> Plate:
        return self._plates[self._page(place)]

    def _ground(self, page: range) -> list[Mark]:
        words = message(f"films.flatten.{self.places.order}", count=self.places.values.shape[1])
        at = STAGE.left, self._top
        marks: list[Mark] = [Words(f"{self.places.order}.name", at, words, HEADING_SIZE, "muted", "start")]
        if self.long:
            values = self.places.values
            strip = Box(STAGE.left, self._top + 8, STAGE.right, self._top + 18)
            wide = strip.width / values.shape[1]
            seen = strip._replace(left=strip.left + wide * page.start, right=strip.left + wide * page.stop)
            marks.append(picture(f"{self.places.order}.strip", strip, values, magnitude(values)))
            marks += window(f"{self.places.order}.seen", seen)
        return marks

    def _label(self, place: int, cell: Box) -> Words:
        """Return, below a place, the channel, row and column of its value."""
        line = " ".join(map(str, self.places.origin(place)))
        at = cell.centre[0], cell.bottom + 13
        return Words(f"{self.places.order}.origin[{place}]", at, Text(line, line), LEGIBLE, "muted")
