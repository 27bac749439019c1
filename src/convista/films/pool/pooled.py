"""What a film of a pooling reads: one map, the block of it that each output sees, and why the output is so."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.keyframes import Position, stops
from convista.films.stage.grid import telling
from convista.films.wording import as_written, decimals_for, equality, written
from convista.language import MINUS, Text
from convista.operators import Array, Explanation, Operator, Term
from convista.operators.pool import WindowPool
from convista.operators.sliding import NONE, Padding
from convista.pairs import Pair, pair

NOTHING = Text("–", "–")
LONGEST = 9
"""The most values that an equation writes one by one."""


class Block(NamedTuple):
    """The cells of a map that one output sees: the first row and column, how many, and how far apart.

    Rows and columns are the map's; those below 0 or beyond it are padding.
    """

    row: int
    column: int
    rows: int
    columns: int
    apart: Pair = (1, 1)

    @property
    def reach(self) -> Pair:
        """How many rows and columns of the map it spans."""
        return (self.rows - 1) * self.apart[0] + 1, (self.columns - 1) * self.apart[1] + 1

    def at(self, row: int, column: int) -> Position:
        """Return which cell of the map one of its cells is."""
        return self.row + row * self.apart[0], self.column + column * self.apart[1]


class Pooled(ABC):
    """A pooling of one map; a way of pooling says how an output is worked out.

    Parameters
    ----------
    kind
        What is said of it: the end of its texts' names.
    operator
        Its definition, with its numbers.
    x
        The map, (rows, columns).
    block
        What each output sees, by its row and column.
    more
        The other operands of the definition, for this map alone.
    padding
        How far blocks reach beyond the map.
    origin
        What rows and columns of the output are counted from when they are written.
    """

    one_wins = False
    """Whether one value of a block wins, and keeps a ring."""

    def __init__(
        self,
        kind: str,
        operator: Operator,
        x: Array,
        block: Callable[[int, int], Block],
        *more: Array,
        padding: Padding = NONE,
        origin: int = 0,
    ) -> None:
        self.kind, self.operator, self.x, self.block = kind, operator, x, block
        self.padding, self._more, self._origin = padding, more, origin
        self.decimals = decimals_for(telling(x))
        self._explained: dict[Position, Explanation] = {}
        self._terms: dict[Position, dict[Position, Term]] = {}

    @abstractmethod
    def worked(self, at: Position) -> Text:
        """Return how an output is made of its values."""

    def equals(self, at: Position, decimals: int) -> str:
        """Return the sign before an output: ≈ where values that are written out make another one as they are."""
        explained = self.explain(at)
        if self.values(at) is None:
            return "="
        made = sum(as_written(term.value, self.decimals) * (term.factor or 0.0) for term in explained.terms)
        return equality(made, explained.value, decimals)

    def weights(self, at: Position) -> list[float] | None:
        """Return what each value of a block weighs, as its terms stand; None where that is not shown."""
        return None

    def border(self, row: int, column: int) -> Text:
        """Return what is written in a cell beyond the map."""
        return NOTHING

    def name(self, at: Position) -> Text:
        """Return how an output is written."""
        line = f"O[{at[0] + self._origin},{at[1] + self._origin}]"
        return Text(line, line)

    @cached_property
    def output(self) -> Array:
        """The pooled map, (rows, columns)."""
        made: Array = self.operator.value(self.x[None, None], *self._more)[0, 0]
        return made

    @cached_property
    def stops(self) -> list[Position]:
        """The outputs that the film stops at."""
        return stops(self.output)

    @cached_property
    def precision(self) -> int:
        """How many decimals outputs have."""
        return decimals_for(telling(self.output))

    def explain(self, at: Position) -> Explanation:
        """Return why an output is what it is."""
        if at not in self._explained:
            self._explained[at] = self.operator.explain((0, 0, *at), self.x[None, None], *self._more)
        return self._explained[at]

    def terms(self, at: Position) -> dict[Position, Term]:
        """Return the terms of an output by the cell of the map that each was read from."""
        if at not in self._terms:
            self._terms[at] = {(term.index[2], term.index[3]): term for term in self.explain(at).terms}
        return self._terms[at]

    def winner(self, at: Position) -> Position | None:
        """Return the cell that won an output, if one does."""
        if not self.one_wins:
            return None
        return max(self.terms(at).items(), key=lambda cell: cell[1].factor or 0.0)[0]

    def tied(self, at: Position) -> frozenset[Position]:
        """Return the cells whose values are equal to the one that wins because of its value, and do not win."""
        if self.weights(at) is not None:
            return frozenset()
        won, terms = self.winner(at), self.terms(at)
        return frozenset(
            cell for cell in terms if won not in (None, cell) and terms[cell].value == terms[won].value
        )

    def values(self, at: Position) -> list[Text] | None:
        """Return the values of a block as they are written; None if they are too many for an equation."""
        terms = self.explain(at).terms
        return None if len(terms) > LONGEST else [written(term.value, self.decimals) for term in terms]

    def overlaps(self) -> bool:
        """Say whether the windows of a sliding pooling share cells with their neighbours."""
        if not isinstance(self.operator, WindowPool):
            return False
        here, below, beside = self.block(0, 0), self.block(1, 0), self.block(0, 1)
        rows, columns = self.output.shape
        down = rows > 1 and below.row < here.row + here.reach[0]
        return down or (columns > 1 and beside.column < here.column + here.reach[1])


def one_map(x: Array, channel: int = 0) -> Array:
    """Return one map, (rows, columns), of (rows, columns) or of one sample's (1, channels, rows, columns).

    Raises
    ------
    ConvistaError
        If there is no such channel, several samples, or nothing.
    """
    maps = x[0] if x.ndim == 4 and len(x) == 1 else x[None]
    if maps.ndim != 3 or not maps.size:
        raise ConvistaError("films.pool.not_a_map", shape=x.shape)
    if not 0 <= channel < len(maps):
        raise ConvistaError("films.no_such_channel", channel=channel, last=len(maps) - 1)
    chosen: Array = maps[channel].astype(np.float64)
    return chosen


def sliding(operator: WindowPool) -> Callable[[int, int], Block]:
    """Return what each output of a sliding window sees."""
    (rows, columns), (down, across) = operator.kernel, operator.stride
    ((above, _), (before, _)), (apart, beside) = operator.frame, operator.spacing

    def block(i: int, j: int) -> Block:
        return Block(i * down - above, j * across - before, rows, columns, (apart, beside))

    return block


def positive(value: int | Pair) -> Pair:
    """Return one number for rows and one for columns, as `pair` does.

    Raises
    ------
    ConvistaError
        If one is not above 0.
    """
    rows, columns = pair(value)
    if min(rows, columns) < 1:
        raise ConvistaError("films.pool.not_positive", value=value)
    return rows, columns


def listed(values: list[Text]) -> Text:
    """Write values one after the other, apart as decimals of the language allow."""
    return Text("; ".join(value.es for value in values), ", ".join(value.en for value in values))


def added(values: list[Text]) -> Text:
    """Write a sum; negative values after the first are in brackets."""
    return Text(*(" + ".join(line) for line in zip(*values[:1], *bracketed_all(values[1:]), strict=True)))


def bracketed_all(values: list[Text]) -> list[Text]:
    """Write values to stand after an operator sign."""
    return [Text(*(f"({line})" if line.startswith(MINUS) else line for line in value)) for value in values]
