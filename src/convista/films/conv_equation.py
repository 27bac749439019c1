"""The equation of a convolution: product by product where they fit in a line, else kernel row by kernel row."""

from __future__ import annotations

import numpy as np

from convista.films.conv_sweep import Position, Sweep
from convista.films.equation import Equation, Slot, sign
from convista.films.grid import LEGIBLE
from convista.films.marks import Words
from convista.films.wording import bracketed, decimals_for, written
from convista.language import Text

PLUS, EQUALS = sign("+"), sign("=")


def name_of(at: Position, origin: int) -> Text:
    """Return how a position is written, rows and columns counted from ``origin``."""
    line = f"O[{at[0] + origin},{at[1] + origin}]"
    return Text(line, line)


class ConvEquation:
    """What stands under the stage: O = products (or sums of kernel rows) + bias = value."""

    def __init__(self, sweep: Sweep, origin: int, *, products: bool) -> None:
        self._sweep, self._origin, self._products = sweep, origin, products
        explained = [sweep.explain(at) for at in sweep.positions]
        self._decimals = decimals_for(one.value for one in explained)
        rows, columns = sweep.kernel.shape[1:]
        self._places = list(np.ndindex(rows, columns)) if products else [(u, 0) for u in range(rows)]
        self._input = decimals_for(sweep.maps.ravel().tolist())
        self._kernel = decimals_for(sweep.kernel.ravel().tolist())
        self._parts = decimals_for(self._row_sum(at, u) for at in sweep.positions for u in range(rows))
        slots = [Slot("name", [name_of(at, origin) for at in sweep.positions])]
        for n, place in enumerate(self._places):
            slots.append(Slot(f"{n}.sign", [EQUALS if n == 0 else PLUS]))
            slots.append(Slot(f"{n}", [self._part(at, place, first=n == 0) for at in sweep.positions]))
        if sweep.bias is not None:
            slots += [Slot("bias.sign", [PLUS]), Slot("bias", [self._bias()])]
        slots += [
            Slot("equals", [EQUALS]),
            Slot("total", [written(one.value, self._decimals) for one in explained]),
        ]
        self._line = Equation(slots)

    @property
    def legible(self) -> bool:
        """Whether it can be read."""
        return self._line.size >= LEGIBLE + 1

    def terms(self, at: Position, rows: int) -> list[Words]:
        """Return the equation as far as the products of the first ``rows`` kernel rows."""
        marks = [self._line.write("name", name_of(at, self._origin))]
        for n, place in enumerate(self._places):
            if place[0] < rows:
                marks.append(self._line.write(f"{n}.sign", EQUALS if n == 0 else PLUS, "muted"))
                marks.append(self._line.write(f"{n}", self._part(at, place, first=n == 0)))
        return marks

    def total(self, at: Position) -> list[Words]:
        """Return the end of the equation: the bias if there is one, and the value."""
        value = written(self._sweep.explain(at).value, self._decimals)
        marks = [self._line.write("equals", EQUALS, "muted"), self._line.write("total", value)]
        if self._sweep.bias is not None:
            marks += [self._line.write("bias.sign", PLUS, "muted"), self._line.write("bias", self._bias())]
        return marks

    def _part(self, at: Position, place: Position, *, first: bool) -> Text:
        if not self._products:
            total = self._row_sum(at, place[0])
            return written(total, self._parts) if first else bracketed(total, self._parts)
        term = self._sweep.terms(at).get((0, *place))
        value = 0.0 if term is None else term.value
        factor = float(self._sweep.kernel[0, *place])
        left = written(value, self._input) if first else bracketed(value, self._input)
        return Text(*(f"{a}·{b}" for a, b in zip(left, bracketed(factor, self._kernel), strict=True)))

    def _row_sum(self, at: Position, row: int) -> float:
        return sum(term.contribution for (_, u, _), term in self._sweep.terms(at).items() if u == row)

    def _bias(self) -> Text:
        return bracketed(self._sweep.explain(self._sweep.positions[0]).bias, self._decimals)


def by_product(sweep: Sweep, origin: int) -> ConvEquation:
    """Return the equation with every product, or if that is too long, with the sum of each kernel row."""
    whole = ConvEquation(sweep, origin, products=True)
    return whole if whole.legible else ConvEquation(sweep, origin, products=False)
