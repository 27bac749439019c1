"""The stage of a softmax: logits above, probabilities below, at the right one vector worked out, with its bars."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.keyframes import Position
from convista.films.softmax.table import SUMMED, Table
from convista.films.softmax.vectors import Vectors
from convista.films.stage.equation import EQUALS, Equations, sign
from convista.films.stage.layout import EQUATION, STAGE
from convista.films.stage.marks import WIDTH, Formula, Mark
from convista.films.stage.motion import Sources
from convista.films.stage.paired import CELL, Paired
from convista.films.wording import message
from convista.language import Text

MAPS, APART = 372.0, 40.0
"""Widths: of the two matrices at most, and of the gap after them."""
FORMULA = 20.0


class Moment(NamedTuple):
    """How far a vector has come; those before it are made."""

    n: int
    column: str | None = "z"
    """The column of the table that is being written; None before the first."""
    rows: int | None = None
    """How many of its rows are there; None for all."""
    largest: bool = False
    """The largest logit is outlined."""
    now: int | None = None
    """The row that is looked at."""
    formula: str = "defined"
    """What stands under the stage while no share is worked out."""


class SoftmaxStage:
    """The two matrices, the table and the bars."""

    def __init__(self, vectors: Vectors) -> None:
        self._v = vectors
        raw, made = (m.T if vectors.upright else m for m in (vectors.raw, vectors.made))
        wide = min(MAPS, CELL[0] * raw.shape[1])
        kind = "vectors" if vectors.x.ndim != 2 else "columns" if vectors.upright else "rows"
        names = (
            message(f"films.softmax.raw_{kind}", axis=vectors.axis),
            message(f"films.softmax.{vectors.operator.name}"),
        )
        self._maps = Paired(STAGE._replace(right=STAGE.left + wide), raw, made, names)
        self._table = Table(vectors, STAGE._replace(left=STAGE.left + wide + APART))
        self.columns, self.rows = self._table.columns, self._table.rows
        """What is worked out from left to right, and how many rows that has, the sum included."""
        places = [(n, place) for n in range(len(vectors.lines)) for place in range(len(vectors.shown))]
        self._equations = Equations({at: self._worked(*at) for at in places})

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        n, last, shown = moment.n, self.columns[-1], len(self._v.shown)
        there = {} if moment.column is None else self._there(moment.column, moment.rows)
        made = {self._cell(m, place) for m in range(n) for place in range(shown)}
        made |= {self._cell(n, place) for place in range(min(there.get(last, 0), shown))}
        now = moment.now if moment.now is not None and moment.now < shown else None
        worked = now is not None and moment.column in (last, "p")
        maps = self._maps.drawn(
            self._cell(n, 0),
            lambda row, column: (row, column) in made,
            size=(shown, 1) if self._v.upright else (1, shown),
            now=self._cell(n, now) if now is not None and self._cell(n, now) in made else None,
        )
        table = self._table.drawn(n, there, largest=moment.largest, now=moment.now)
        return (*maps, *table, *(self._equations.drawn((n, now)) if worked else [self._formula(moment.formula)]))

    def arrived(self, n: int) -> Sources:
        """Return what the logits of the table come out of: the matrix."""
        return {f"z[{place}]": self._maps.value("raw", self._cell(n, place)) for place in range(len(self._v.shown))}

    def written(self, n: int, column: str, rows: range) -> Sources:
        """Return what rows of a column come out of: the one before it; a sum, of all that it adds up."""
        before = self.columns[self.columns.index(column) - 1]
        found: dict[str, str | tuple[str, ...]] = {}
        for place in rows:
            if place < len(self._v.shown):
                found[f"{column}[{place}]"] = f"{before}[{place}]"
                if column == self.columns[-1]:
                    found[self._maps.value("made", self._cell(n, place))] = f"{column}[{place}]"
            elif place == self.rows - 1 and column in SUMMED:
                found[f"{column}[{place}]"] = tuple(f"{column}[{k}]" for k in range(place))
        return found

    def height(self, column: str) -> int:
        """Return how many rows of a column have a number: with the sum, or without it."""
        return self.rows - (column not in SUMMED)

    def total(self, n: int) -> Text:
        """Return the sum of a vector's exponentials as it is written."""
        return self._table.total(n)

    def _there(self, column: str, rows: int | None) -> dict[str, int]:
        """Return how many rows each column has."""
        known = dict.fromkeys(self.columns[: self.columns.index(column)], self.rows)
        return {**known, column: self.rows if rows is None else rows}

    def _cell(self, n: int, place: int) -> Position:
        """Return where a logit of a vector stands in the matrices."""
        return (place, n) if self._v.upright else (n, place)

    def _worked(self, n: int, place: int) -> dict[str, Text]:
        """Return the equation of one share."""
        quotient, equals, value = self._table.quotient(n, place)
        name = message("films.softmax.share", name=self._v.name(self._v.shown[place]))
        return {"name": name, "equals": EQUALS, "quotient": quotient, "total.equals": sign(equals), "total": value}

    def _formula(self, key: str) -> Formula:
        tex = message(f"films.softmax.tex_{key}")
        return Formula(f"formula.{key}", (WIDTH / 2, EQUATION), tex, FORMULA, "text")
