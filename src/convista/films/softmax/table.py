"""One vector worked out: a column for each part of a softmax, and the shares as bars, alone and end to end."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.softmax.vectors import Vectors
from convista.films.stage import text
from convista.films.stage.bars import Bars
from convista.films.stage.layout import HEADING_SIZE
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle, Words
from convista.films.wording import as_written, decimals_for, enough_digits, equality, message, widest, written
from convista.language import Text

BETWEEN = 24.0
"""Width of the gap between columns."""
SIZE, ROW = 20.0, 70.0
"""The largest numbers and rows."""
WIDEST_NAME, LEAST_BAR = 130.0, 64.0
SUMMED = ("raised", "p")
"""The columns whose last number is the sum of the others."""
THICK = 0.5
"""The part of a row that its bar fills."""


class Table:
    """The table of every vector, in one room; rows are the logits shown, the others together, and the sum."""

    def __init__(self, vectors: Vectors, room: Box) -> None:
        self._v, self._room = vectors, room
        self.columns = ("z", "below", "raised", "p", *["log"] * vectors.logarithm)
        """What is worked out, from left to right."""
        self.rows = len(vectors.shown) + bool(vectors.hidden) + 1
        self._tall = min(ROW, room.height / self.rows)
        self._columns = [self._of(n) for n in range(len(vectors.lines))]
        self._texts = [{key: column.texts for key, column in columns.items()} for columns in self._columns]
        self._size, self._ends, self._bars = self._placed()

    def drawn(self, n: int, rows: dict[str, int], *, largest: bool, now: int | None = None) -> list[Mark]:
        """Return a vector with so many rows of each column.

        ``largest`` outlines the largest logit; ``now`` is the row that is looked at.
        """
        marks = self._names()
        if now is not None:
            top = self._room.top + now * self._tall
            band = self._room._replace(top=top + 2, bottom=top + self._tall - 2)
            marks.append(Rectangle("row.now", band.grown(2), None, "window", 2.0))
        for column in (column for column in self.columns if column in rows):
            head, right = message(f"films.softmax.{column}"), self._ends[column]
            marks.append(Words(f"{column}.name", (right, self._room.top - 9), head, HEADING_SIZE, "muted", "end"))
            for place, words in enumerate(self._texts[n][column][: rows[column]]):
                marks.append(Words(f"{column}[{place}]", (right, self._y(place)), words, self._size, "text", "end"))
        if largest:
            marks.append(self._around_largest(n))
        return marks + self._bars_of(n, rows.get("p", 0), now)

    def quotient(self, n: int, place: int) -> tuple[Text, str, Text]:
        """Return a share as a quotient, the sign behind it, and its value."""
        raised, p = self._columns[n]["raised"], self._columns[n]["p"]
        part, total = raised.written(place), raised.written(-1)
        sign = equality(raised.read(place) / raised.read(-1), p.values[place], p.decimals)
        return Text(*(f"{a} / {b}" for a, b in zip(part, total, strict=True))), sign, p.written(place)

    def total(self, n: int) -> Text:
        """Return the sum of a vector's exponentials as it is written."""
        return self._columns[n]["raised"].written(-1)

    def _names(self) -> list[Mark]:
        """Return what each row stands for, and the line above the sum."""
        names = [self._v.name(k) for k in self._v.shown]
        if self._v.hidden:
            names.append(message("films.softmax.others", count=len(self._v.hidden)))
        marks: list[Mark] = []
        for place, words in enumerate([*names, message("films.softmax.sum")]):
            room = self._ends["name"] - self._room.left
            size = min(text.fitting(line, room, self._size - 1) for line in words)
            at = self._room.left, self._y(place)
            marks.append(Words(f"name[{place}]", at, words, size, "muted", "start"))
        y = self._room.top + (self.rows - 1) * self._tall
        return [*marks, Polyline("sum.line", ((self._room.left, y), (self._room.right, y)), "line", 1.0)]

    def _around_largest(self, n: int) -> Rectangle:
        """Return an outline around the largest logit in its column, the first of equals."""
        z = self._v.raw[n].tolist()
        place = z.index(self._v.largest(n)) if self._v.largest(n) in z else 0
        right, y = self._ends["z"], self._y(place)
        left = right - self._size * widest(self._texts[n]["z"])
        return Rectangle(
            "largest", Box(left - 7, y - text.CAP * self._size - 6, right + 7, y + 6), None, "window", 2.0
        )

    def _bars_of(self, n: int, rows: int, now: int | None) -> list[Mark]:
        """Return the bars of the shares written by now, the others as long as 0; under all, all end to end."""
        values = [self._v.share(n, k) for k in self._v.shown] + [self._v.rest(n)[1]] * bool(self._v.hidden)
        marks: list[Mark] = [self._bars.line()]
        for place, value in enumerate(values):
            colour, long = "window" if place == now else "curve", value if place < rows else 0.0
            marks += self._bars.bar(f"{place}", self._middle(place), THICK * self._tall, long, colour)
        if rows == self.rows:
            colours = ["curve"] * len(values)
            marks += self._bars.stacked("sum", self._middle(rows - 1), THICK * self._tall, values, colours)
        return marks

    def _of(self, n: int) -> dict[str, _Column]:
        """Return each column of a vector, row by row, the sum last."""
        v = self._v
        explained = [v.explain(n, k) for k in v.shown]
        p, (rest, share), others = [one.value for one in explained], v.rest(n), bool(v.hidden)
        columns = {
            "z": v.raw[n].tolist(),
            "below": [one.notes["z − m"] for one in explained],
            "raised": [*(one.notes["exp(z − m)"] for one in explained), *[rest] * others, v.total(n)],
            "p": [*p, *[share] * others, share + sum(p)],
            "log": v.made[n].tolist(),
        }
        # What is divided has as many digits as what that gives, so that the quotient can be checked too.
        both = max(_adding_up(columns[key]) for key in SUMMED)
        least = {"z": v.decimals, "below": v.decimals, "raised": both, "p": both, "log": 2}
        return {
            key: _Column(values, max(least[key], decimals_for(values)), key in SUMMED)
            for key, values in columns.items()
        }

    def _placed(self) -> tuple[float, dict[str, float], Bars]:
        """Return the size of the numbers, where each column ends, and the place of the bars."""
        room, size = self._room, min(SIZE, 0.5 * self._tall)
        names = widest([self._v.name(k) for k in self._v.shown])
        while True:
            x = room.left + min(names * size, WIDEST_NAME)
            ends = {"name": x}
            for column in self.columns:
                head = widest([message(f"films.softmax.{column}")]) * HEADING_SIZE
                x += BETWEEN + max(head, size * max(widest(texts[column]) for texts in self._texts))
                ends[column] = x
            if room.right - x - BETWEEN >= LEAST_BAR or size <= 10:
                box = Box(x + BETWEEN, room.top, room.right, room.top + self.rows * self._tall)
                return size, ends, Bars("bars", box, 1.0)
            size -= 0.5

    def _middle(self, place: int) -> float:
        return self._room.top + (place + 0.5) * self._tall

    def _y(self, place: int) -> float:
        """Return the baseline of a row."""
        return self._middle(place) + text.CAP / 2 * self._size


class _Column(NamedTuple):
    """Numbers that stand one below the other."""

    values: list[float]
    decimals: int
    summed: bool
    """Whether the last is the sum of the others."""

    def written(self, place: int) -> Text:
        """Return a number as it is written."""
        return written(self.values[place], self.decimals)

    def read(self, place: int) -> float:
        """Return the number that is read there."""
        return as_written(self.values[place], self.decimals)

    @property
    def texts(self) -> list[Text]:
        """All that is written; a sum that the others do not make as they are written says so."""
        *parts, last = (self.written(place) for place in range(len(self.values)))
        made = sum(self.read(place) for place in range(len(parts)))
        if self.summed and equality(made, self.values[-1], self.decimals) == "≈":
            last = Text(f"≈ {last.es}", f"≈ {last.en}")
        return [*parts, last]


def _adding_up(values: list[float]) -> int:
    """Return with how many decimals numbers make the last one as they are written."""
    *parts, total = values
    return enough_digits(total, lambda digits: sum(map(digits, parts)), max(2, decimals_for(values))).decimals
