"""The stage of a softmax: logits above, probabilities below, at the right one vector worked out, with its bars."""

from __future__ import annotations

from convista.films.film import FAST, SLOW, Beat, Pace
from convista.films.keyframes import Position
from convista.films.script import TRAVEL, beat
from convista.films.softmax.table import Table
from convista.films.softmax.vectors import Vectors
from convista.films.stage.equation import EQUALS, LARGEST, Equations, sign
from convista.films.stage.layout import EQUATION, STAGE
from convista.films.stage.marks import WIDTH, Words
from convista.films.stage.paired import CELL, Paired
from convista.films.wording import message
from convista.language import Text

MAPS, APART = 372.0, 40.0
"""Widths: of the two matrices at most, and of the gap after them."""
DEFINED = Words("equation", (WIDTH / 2, EQUATION), Text(*["p = eᶻ⁻ᵐ / Σ eᶻ⁻ᵐ"] * 2), LARGEST, "muted")
"""What stands in the equation's place while none is worked out."""


class SoftmaxStage:
    """The beats of every vector, in parts."""

    def __init__(self, vectors: Vectors) -> None:
        self._v = vectors
        size = "×".join(map(str, vectors.x.shape))
        raw, made = (m.T if vectors.upright else m for m in (vectors.raw, vectors.made))
        wide = min(MAPS, CELL[0] * raw.shape[1])
        names = (
            message("films.softmax.raw", size=size, axis=vectors.axis),
            message(f"films.softmax.{vectors.operator.name}"),
        )
        self._maps = Paired(STAGE._replace(right=STAGE.left + wide), raw, made, names)
        self._table = Table(vectors, STAGE._replace(left=STAGE.left + wide + APART))
        places = [(n, place) for n in range(len(vectors.lines)) for place in range(len(vectors.shown))]
        self._equations = Equations({at: self._worked(*at) for at in places})
        self._made: set[Position] = set()

    def arrives(self, n: int) -> list[Beat]:
        """Bring the window to a vector, and write its logits one below the other."""
        first = n == 0
        rows = {"z": self._table.rows}
        return [self._beat(n, rows, seconds=2 * SLOW.end if first else SLOW.sum, travel=0.0 if first else TRAVEL)]

    def subtracts(self, n: int) -> list[Beat]:
        """Find the largest logit, then take it away from each."""
        found = self._beat(n, {"z": self._table.rows}, largest=True, seconds=_pace(n).sum)
        return [found, *self._down(n, "below")]

    def raises(self, n: int) -> list[Beat]:
        """Raise each, then sum all."""
        return self._down(n, "raised")

    def divides(self, n: int) -> list[Beat]:
        """Divide each by the sum: a share, a bar, and, where no logarithm follows, a cell of the lower matrix."""
        return self._down(n, "p", makes=not self._v.logarithm)

    def takes_logarithms(self, n: int) -> list[Beat]:
        """Write the logarithm of each share."""
        return self._down(n, "log", makes=True)

    def rests(self, n: int) -> Beat:
        """Return all that was made, for a last look."""
        return self._beat(n, dict.fromkeys(self._table.columns, self._table.rows), seconds=SLOW.end)

    def total(self, n: int) -> Text:
        """Return the sum of a vector's exponentials as it is written."""
        return self._table.total(n)

    def _down(self, n: int, column: str, *, makes: bool = False) -> list[Beat]:
        """Write a column row by row; ``makes`` fills the lower matrix with it, and works each share out."""
        columns, beats = self._table.columns, []
        known = dict.fromkeys(columns[: columns.index(column)], self._table.rows)
        for place in range(self._table.rows):
            now = place if column == "p" or makes else None
            if makes and place < len(self._v.shown):
                self._made.add(self._cell(n, place))
            rows = {**known, column: place + 1}
            beats.append(self._beat(n, rows, largest=column == "below", now=now, seconds=_pace(n).row))
        return [*beats[:-1], beats[-1]._replace(seconds=_pace(n).end)]

    def _beat(
        self,
        n: int,
        rows: dict[str, int],
        *,
        largest: bool = False,
        now: int | None = None,
        seconds: float,
        travel: float = 0.0,
    ) -> Beat:
        """Return the stage with so many rows of each column; ``now`` is the logit whose share is worked out."""
        made, shown = frozenset(self._made), len(self._v.shown)
        cell = None if now is None or now >= shown else self._cell(n, now)
        maps = self._maps.drawn(
            self._cell(n, 0),
            lambda row, column: (row, column) in made,
            size=(shown, 1) if self._v.upright else (1, shown),
            now=cell if cell in made else None,
        )
        line = [DEFINED] if cell is None else self._equations.drawn((n, now))
        return beat(maps, self._table.drawn(n, rows, largest=largest), line, seconds=seconds, travel=travel)

    def _cell(self, n: int, place: int) -> Position:
        """Return where a logit of a vector stands in the matrices."""
        return (place, n) if self._v.upright else (n, place)

    def _worked(self, n: int, place: int) -> dict[str, Text]:
        """Return the equation of one share."""
        quotient, equals, value = self._table.quotient(n, place)
        name = message("films.softmax.share", name=self._v.name(self._v.shown[place]))
        return {"name": name, "equals": EQUALS, "quotient": quotient, "total.equals": sign(equals), "total": value}


def _pace(n: int) -> Pace:
    return SLOW if n == 0 else FAST
