"""The sums of a convolution on its stage: of each row of products beside it, of all above the arrow."""

from __future__ import annotations

from convista.films.conv.sweep import Position, Sweep
from convista.films.conv.tables import SUMS, Tables
from convista.films.stage import text
from convista.films.stage.grid import LEGIBLE, keys
from convista.films.stage.layout import HEADING_SIZE
from convista.films.stage.marks import Mark, Words
from convista.films.stage.motion import Sources
from convista.films.wording import decimals_for, widest, written
from convista.language import Text

LARGEST, LOWER = 22.0, 38.0
"""Size of the sum of all, in points, and how much lower it stands below the arrow than above it."""
SIGN, NAME = Text("Σ = ", "Σ = "), Text("Σ", "Σ")


class Sums:
    """Where sums stand and what they are; ``bend`` is where the arrow turns upwards, None if it does not."""

    def __init__(self, sweep: Sweep, laid: Tables, bend: float | None) -> None:
        self._sweep, self._table, self._decimals = sweep, laid.products, laid.output.decimals
        sums = {at: [sweep.part(at, row=u) for u in range(self._table.rows)] for at in sweep.positions}
        decimals = decimals_for(value for line in sums.values() for value in line)
        self._rows = {at: [written(value, decimals) for value in line] for at, line in sums.items()}
        wide = widest(number for line in self._rows.values() for number in line)
        self._row_size = min(self._table.size, (SUMS - 8) / max(wide, 1.0))
        self._place(laid, bend)

    def rows(self, at: Position, count: int) -> list[Mark]:
        """Return the sums of the first rows of products, under a name."""
        if not count:
            return []
        right, down = self._table.box.right + SUMS - 4, text.CAP / 2 * self._row_size
        numbers = [
            Words(
                f"sums[{u}]", (right, self._table.span(u, 0).centre[1] + down), words, self._row_size, "text", "end"
            )
            for u, words in enumerate(self._rows[at][:count])
        ]
        return [Words("sums.name", (right, self._table.top - 9), NAME, HEADING_SIZE, "muted", "end"), *numbers]

    def total(self, at: Position, added: int) -> list[Mark]:
        """Return the sum of so many products, muted until it is that of all."""
        if not added:
            return []
        whole = added == self._sweep.kernel.size
        value = self._sweep.explain(at).value if whole else self._sweep.running(at, added)
        number = written(value, self._decimals)
        return [
            Words("sum.sign", self._at, SIGN, self._size, "muted", "end"),
            Words("sum", self._at, number, self._size, "text" if whole else "muted", "start"),
        ]

    def of_rows(self) -> Sources:
        """Return what the sums of rows come out of: the products of each."""
        columns = range(self._table.columns)
        return {f"sums[{u}]": tuple(keys("products", u, v)[1] for v in columns) for u in range(self._table.rows)}

    def of_all(self) -> Sources:
        """Return what the sum of all comes out of: the sums of rows, or of a single one its products."""
        sums = self.of_rows()
        return {"sum": tuple(sums) if len(sums) > 1 else sums["sums[0]"]}

    def _place(self, laid: Tables, bend: float | None) -> None:
        """Place the sum of all above the arrow, or below it where the bend leaves too little room."""
        sweep, start = self._sweep, laid.products.box
        ends = [sweep.running(at, n) for at in sweep.positions for n in range(1, sweep.kernel.size + 1)]
        ends += [sweep.explain(at).value for at in sweep.positions]
        signs, number = widest([SIGN]), widest(written(value, self._decimals) for value in ends)
        left, right, y = start.right + SUMS + 6, laid.output.box.left - 6, start.centre[1] - 14
        if bend is not None:
            if bend - 6 - left >= LEGIBLE * (signs + number):
                right = bend - 6
            else:
                y += LOWER
        self._size = min(LARGEST, (right - left) / (signs + number))
        self._at = (left + right + (signs - number) * self._size) / 2, y
