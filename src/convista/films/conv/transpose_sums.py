"""The equations of a transposed convolution: each output value as the sum of what was spread over it."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.conv.transpose_steps import Spread
from convista.films.keyframes import Position
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.marks import Words
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text

LONGEST = 4
"""Sums of up to so many products are written out."""


class _Sum(NamedTuple):
    """What stands in each slot of the equation of a value."""

    name: Text
    sum: Text
    equals: Text
    total: Text


class SpreadSums:
    """The equation of each value that is completed at a stop."""

    def __init__(self, spread: Spread) -> None:
        self._spread = spread
        self._sums = self._explained()
        slots = [Slot("name", [one.name for one in self._sums.values()])]
        slots += [Slot("first", [sign("=")]), Slot("sum", [one.sum for one in self._sums.values()])]
        slots.append(Slot("equals", [one.equals for one in self._sums.values()]))
        slots.append(Slot("total", [one.total for one in self._sums.values()]))
        self._line = Equation(slots) if self._sums else None

    def completed(self, at: Position) -> Position | None:
        """Return the place that nothing is added to any more after an input place; None if it is cut away."""
        return dict(self._spread.reached(at)).get((0, 0))

    def drawn(self, place: Position) -> list[Words]:
        """Return the equation of a completed value."""
        done, line = self._sums[place], self._line
        if line is None:
            return []
        return [
            line.write("name", done.name),
            line.write("first", sign("="), "muted"),
            line.write("sum", done.sum),
            line.write("equals", done.equals, "muted"),
            line.write("total", done.total),
        ]

    def _explained(self) -> dict[Position, _Sum]:
        """Return the equation of each value that is completed at a stop."""
        spread, sums = self._spread, {}
        places = [place for at in spread.positions if (place := self.completed(at)) is not None]
        explained = {place: spread.explain(place) for place in places}
        decimals = decimals_for(
            number
            for one in explained.values()
            for term in one.terms
            for number in (term.value, term.factor or 0.0)
        )
        coarse = decimals_for(one.value for one in explained.values())
        for place, one in explained.items():
            products = [(bracketed if n else written)(term.value, decimals) for n, term in enumerate(one.terms)]
            factors = [bracketed(term.factor or 0.0, decimals) for term in one.terms]
            parts = [Text(f"{a.es}·{b.es}", f"{a.en}·{b.en}") for a, b in zip(products, factors, strict=True)]
            made = sum(as_written(t.value, decimals) * as_written(t.factor or 0.0, decimals) for t in one.terms)
            if one.bias:
                fine = decimals_for([one.bias])
                parts.append(bracketed(one.bias, fine))
                made += as_written(one.bias, fine)
            equals = equality(made, one.value, coarse)
            line = Text(" + ".join(p.es for p in parts), " + ".join(p.en for p in parts))
            if len(parts) > LONGEST:
                line, equals = message("films.conv_transpose.sum_of", count=len(one.terms)), "="
            row, column = spread.counted(place)
            name = f"O[{row},{column}]"
            sums[place] = _Sum(Text(name, name), line, sign(equals), written(one.value, coarse))
        return sums
