"""The equation of a convolution: product by product where that fits in a line, else sum by sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.marks import Mark
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, written
from convista.language import Text

PLUS, EQUALS = sign("+"), sign("=")
LEGIBLE = 12.0
"""The smallest an equation of products is written, in points."""


class Part(NamedTuple):
    """A part of an equation."""

    text: Text
    made: float
    """What the numbers in it make as they are written."""


class ConvEquation:
    """What stands under the stage: the name of a value, its parts, the bias if there is one, and the value.

    ``parts`` are what is written for each part at each position that the film stops at, ``labels`` their names.
    """

    def __init__(self, sweep: Sweep, parts: dict[Position, list[Part]], labels: Sequence[Text] = ()) -> None:
        self._sweep, self._parts = sweep, parts
        explained = [sweep.explain(at) for at in sweep.positions]
        self._decimals = decimals_for(one.value for one in explained)
        slots = [Slot("name", [sweep.name(at) for at in sweep.positions])]
        for n, written_there in enumerate(zip(*parts.values(), strict=True)):
            slots.append(Slot(f"{n}.sign", [PLUS if n else EQUALS]))
            slots.append(Slot(f"{n}", [part.text for part in written_there], labels[n] if labels else None))
        if sweep.bias is not None:
            name = message("films.conv.bias_name") if labels else None
            slots += [Slot("bias.sign", [PLUS]), Slot("bias", [self._bias()], name)]
        slots += [
            Slot("equals", [self._equals(at) for at in sweep.positions]),
            Slot("total", [self._value(at) for at in sweep.positions]),
        ]
        self._line = Equation(slots)
        self.legible = self._line.size >= LEGIBLE

    def begun(self, at: Position, parts: int) -> list[Mark]:
        """Return the equation up to a number of its parts."""
        marks: list[Mark] = [self._line.write("name", self._sweep.name(at))]
        for n, part in enumerate(self._parts[at][:parts]):
            marks += (
                self._line.write(f"{n}.sign", PLUS if n else EQUALS, "muted"),
                self._line.write(f"{n}", part.text),
            )
            marks += self._line.label(f"{n}")
        return marks

    def ended(self, at: Position) -> list[Mark]:
        """Return what follows the last part: the bias and the value."""
        marks: list[Mark] = []
        if self._sweep.bias is not None:
            marks += self._line.write("bias.sign", PLUS, "muted"), self._line.write("bias", self._bias())
            marks += self._line.label("bias")
        return [
            *marks,
            self._line.write("equals", self._equals(at), "muted"),
            self._line.write("total", self._value(at)),
        ]

    def _value(self, at: Position) -> Text:
        return written(self._sweep.explain(at).value, self._decimals)

    def _equals(self, at: Position) -> Text:
        """Return the sign before the value: ≈ where the parts as they are written make another one."""
        made = sum(part.made for part in self._parts[at]) + as_written(self._sweep.explain(at).bias, self._fine())
        return sign(equality(made, self._sweep.explain(at).value, self._decimals))

    def _bias(self) -> Text:
        return bracketed(self._sweep.explain(self._sweep.positions[0]).bias, self._fine())

    def _fine(self) -> int:
        """Return how many decimals the bias has: more than the values where it would be 0 with theirs."""
        bias = self._sweep.explain(self._sweep.positions[0]).bias
        hidden = bias != 0 and not round(bias, self._decimals)
        return decimals_for([bias]) if hidden else self._decimals


def of_one_channel(sweep: Sweep) -> tuple[ConvEquation, int]:
    """Return the equation of a one-channel convolution, and how many of its parts a kernel row has.

    A part is a product, or where nine or more would be too long, the sum of a kernel row.
    """
    rows, columns = sweep.kernel.shape[1:]
    pixels, weights = decimals_for(sweep.maps.ravel().tolist()), decimals_for(sweep.kernel.ravel().tolist())
    products = {}
    for at in sweep.positions:
        terms, line = sweep.terms(at), []
        for n, (u, v) in enumerate(np.ndindex(rows, columns)):
            term = terms.get((0, u, v))
            value = 0.0 if term is None else term.value
            left = bracketed(value, pixels) if n else written(value, pixels)
            weight = float(sweep.kernel[0, u, v])
            both = zip(left, bracketed(weight, weights), strict=True)
            product = as_written(value, pixels) * as_written(weight, weights)
            line.append(Part(Text(*(f"{a}·{b}" for a, b in both)), product))
        products[at] = line
    equation = ConvEquation(sweep, products)
    if equation.legible:
        return equation, columns
    sums = {at: [sweep.part(at, row=u) for u in range(rows)] for at in sweep.positions}
    return ConvEquation(sweep, summed(sums)), 1


def summed(sums: dict[Position, list[float]]) -> dict[Position, list[Part]]:
    """Write sums to stand in an equation, all with the same decimals."""
    decimals = decimals_for(value for line in sums.values() for value in line)
    return {
        at: [
            Part((bracketed if n else written)(value, decimals), as_written(value, decimals))
            for n, value in enumerate(line)
        ]
        for at, line in sums.items()
    }
