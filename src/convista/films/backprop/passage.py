"""What films of the way back read: an operator of a run, its arrays, and the gradient that came back to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from convista.errors import ConvistaError
from convista.operators import Array


class Passage(NamedTuple):
    """One operator of a run, there and back, as float64 arrays."""

    name: str
    operator: str
    operands: dict[str, Array]
    definition: Any
    """The operator with its numbers."""
    output: Array
    upstream: Array
    """The gradient of the loss with respect to the output."""


def of_operator(passages: Sequence[Passage], *operators: str) -> list[Passage]:
    """Return the passages of these operators, in the order of the run.

    Raises
    ------
    ConvistaError
        If the run has none.
    """
    found = [passage for passage in passages if passage.operator in operators]
    if not found:
        ran = ", ".join(dict.fromkeys(passage.operator for passage in passages)) or "–"
        raise ConvistaError("films.passage.none", operators=", ".join(operators), ran=ran)
    return found
