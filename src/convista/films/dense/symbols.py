"""What the arrays of a dense layer are called, on the stage and in formulas."""

from __future__ import annotations

from typing import NamedTuple

from convista.language import Text

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Symbols(NamedTuple):
    """The symbols of a layer: of the n-th of several, W₂, b₂, z₂ and a₂, which reads a₁; the first reads x."""

    number: int | None = None
    """Which of several layers it is, from 1; None of one by itself."""

    def line(self, letter: str) -> str:
        """Return a symbol as text: ``"W"``, ``"b"``, ``"z"``, ``"a"``, or ``"x"`` of what is read."""
        return self.tex(letter).replace("_{", "").replace("}", "").translate(SUBSCRIPTS)

    def words(self, letter: str) -> Text:
        """Return a symbol as text."""
        return Text(self.line(letter), self.line(letter))

    def tex(self, letter: str) -> str:
        """Return a symbol as TeX."""
        if letter != "x":
            return letter if self.number is None else f"{letter}_{{{self.number}}}"
        return "x" if self.number in (None, 1) else f"a_{{{self.number - 1}}}"
