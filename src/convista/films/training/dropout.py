"""Dropout as a film: a mask falls on the values, what is kept grows, and in inference nothing happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.keyframes import Position
from convista.films.registry import film, of_operators
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.definition import definition, symbols
from convista.films.stage.equation import Equations, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, Values, grid, keys, picture
from convista.films.stage.layout import INSIDE, STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.stage.motion import Sources, faded
from convista.films.stage.scale import Scale
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.dropout import Dropout, Identity

if TYPE_CHECKING:
    from convista.films.traced import Recorded

BETWEEN = 70.0
LARGEST_CELL = 54.0
BAR = Box(INSIDE.right - 230, 54, INSIDE.right, 74)
"""Which number has which colour."""
FACTORS = ("name", "equals", "x", "times", "kept", "over", "share")
"""What stands in the equation before its result is known."""
DIMMED = 0.25
PASSING = 0.4
"""How long a row of values takes to pass, in seconds."""


class Draw(NamedTuple):
    """One way of passing: with a mask in training, or None in inference."""

    mask: Values | None
    key: str


class Moment(NamedTuple):
    """How far the values have come."""

    draw: int | None
    """None is before anything is left out."""
    masked: int | None = None
    """How many rows of the mask are there; None for all."""
    done: int | None = None
    """How many rows have come out; None for all."""
    at: Position | None = None
    """The value whose arithmetic is written."""
    known: bool = False
    """Whether it has its result."""


@film("dropout", "dropout")
def dropout(
    x: ArrayLike | None = None, *, p: float = 0.5, seed: int = 0, masks: Sequence[ArrayLike] | None = None
) -> Film:
    """Show dropout on one map of values: two draws in training, then inference.

    Parameters
    ----------
    x
        (rows, columns), or one row of values; None for the chapter's example.
    p
        Probability of being left out, from 0 to less than 1.
    seed
        Of the masks that are drawn.
    masks
        Masks to use instead of drawn ones, of the shape of x: true where a value is kept.

    Raises
    ------
    ConvistaError
        If x is not a map, p is out of range, or a mask has another shape.
    """
    values = _plane(_example() if x is None else x)
    if not 0 <= p < 1:
        raise ConvistaError("films.dropout.probability", p=p)
    rng = np.random.default_rng(seed)
    drawn = [rng.random(values.shape) >= p for _ in range(2)]
    if masks is not None:
        drawn = [np.atleast_2d(np.asarray(mask, dtype=bool)) for mask in masks]
    for mask in drawn:
        if mask.shape != values.shape:
            raise ConvistaError("films.dropout.other_shape", mask=mask.shape, shape=values.shape)
    draws = [Draw(mask, "first" if not n else "again") for n, mask in enumerate(drawn)]
    return _film(values, p, [*draws, Draw(None, "inference")], "dropout", message("films.dropout.title"))


@of_operators("dropout")
def film_of_dropout(record: Recorded, *, channel: int = 0) -> Film:
    """Show a traced dropout in training: the mask that was drawn, on one map, or on all values of a sample."""
    arrays = record.arrays()
    x, mask = arrays["x"], np.broadcast_to(arrays["mask"], arrays["x"].shape)
    if x.ndim == 4:
        if not 0 <= channel < x.shape[1]:
            raise ConvistaError("films.no_such_channel", channel=channel, last=x.shape[1] - 1)
        x, mask = x[0, channel], mask[0, channel]
    else:
        x, mask = (values.reshape(len(values), -1)[:1] for values in (x, mask))
    title = message("films.dropout.traced_title", layer=record.name)
    return _film(_plane(x), record.definition.p, [Draw(np.atleast_2d(mask), "first")], record.name, title)


def _film(x: Array, p: float, draws: Sequence[Draw], name: str, title: Text) -> Film:
    stage, script = DropoutStage(x, p, draws), Script(name, title)
    script.step(message("films.dropout.begin"), beat(stage.at(Moment(None)), seconds=SLOW.end))
    for n, draw in enumerate(draws):
        factor = written(1 / (1 - p) if p < 1 else 1.0)
        dropped = 0 if draw.mask is None else int((~draw.mask).sum())
        share = {"p": _share(p), "factor": factor, "dropped": dropped, "count": x.size}
        passing = _worked_out(stage, n) if n == 0 else _at_once(stage, n)
        script.step(message(f"films.dropout.{draw.key}", **share), *_masked(stage, n), *passing)
    return script.film()


def _masked(stage: DropoutStage, n: int) -> Iterator[Beat]:
    """Yield the mask coming down row by row: what it leaves out fades."""
    yield beat(stage.at(Moment(n, done=0)), seconds=SHORT, travel=TRAVEL)
    if stage.draws[n].mask is not None:
        for row in stage.rows:
            yield beat(stage.at(Moment(n, masked=row, done=0)), seconds=TICK, travel=2 * TICK)


def _worked_out(stage: DropoutStage, n: int) -> Iterator[Beat]:
    """Yield what passes: one value that is left out and one that is kept with their arithmetic, then all."""
    for at in stage.told(n):
        here = Moment(n, done=0, at=at)
        yield beat(stage.at(here), seconds=SLOW.row, travel=TRAVEL, born_from=stage.met(n, at))
        yield beat(stage.at(here._replace(known=True)), seconds=SLOW.end)
    yield from _at_once(stage, n)


def _at_once(stage: DropoutStage, n: int) -> Iterator[Beat]:
    """Yield what passes row by row."""
    last = stage.told(n)[-1]
    done = 0
    for row in stage.rows:
        moment = Moment(n, done=row, at=last, known=True)
        yield beat(stage.at(moment), seconds=TICK, travel=PASSING, born_from=stage.passed(n, done, row))
        done = row
    yield beat(stage.at(Moment(n, at=last, known=True)), seconds=SLOW.end)


class DropoutStage:
    """Values at the left, the mask in the middle, what comes out at the right, the scale of both above."""

    def __init__(self, x: Array, p: float, draws: Sequence[Draw]) -> None:
        self._x, self._p, self.draws = x, p, draws
        made = np.stack([self._output(draw) for draw in draws])
        scale = Scale.of(x, made)
        wide = min(LARGEST_CELL, (STAGE.width - 2 * BETWEEN) / 3 / x.shape[1])
        tall = min(LARGEST_CELL, (STAGE.height - 16) / x.shape[0])
        tall, wide = min(tall, 1.6 * wide), min(wide, 1.6 * tall)
        top, across = STAGE.centre[1] + 8 - tall * x.shape[0] / 2, wide * x.shape[1]
        gap = (STAGE.width - 3 * across) / 4
        lefts = [STAGE.left + gap + n * (across + gap) for n in range(3)]
        values = (x, np.array([0.0, 1.0]), made)
        self._input, self._mask, self._made = (
            grid(key, (left, top), x.shape, shown, wide, tall, scale=scale)
            for key, left, shown in zip(("input", "mask", "output"), lefts, values, strict=True)
        )
        self._with_numbers = min(self._input.size, self._made.size) >= LEGIBLE
        few = max(1, x.shape[0] // 12)
        self.rows = [*range(few, x.shape[0], few), x.shape[0]]
        """After how many rows a beat of the mask and of the output ends."""
        self._bar = colour_bar("scale", BAR, scale, Text("x, y", "x, y"))
        self._equations = Equations(
            {(n, at): self._parts(draw, at) for n, draw in enumerate(draws) for at in self.told(n)}
        )

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        everywhere = np.ones(self._x.shape, bool)
        if moment.draw is None:
            names = {"input": self._input}
            tables = self._table(self._input, self._x, everywhere, None)
            return (*tables, *self._names(names), *self._bar, *_formula())
        draw, output = self.draws[moment.draw], self._output(self.draws[moment.draw])
        mask = everywhere if draw.mask is None else draw.mask
        fallen, ready = (self._until(rows) for rows in (moment.masked, moment.done))
        marks = self._table(self._input, self._x, everywhere, None, dimmed=fallen & ~mask)
        names = {"input": self._input, "output": self._made}
        if draw.mask is not None:
            marks += self._table(self._mask, mask.astype(float), fallen, ~mask)
            names["mask"] = self._mask
        marks += [*self._table(self._made, output, ready, ~mask), *self._names(names), *self._bar]
        for n, (left, right, symbol) in enumerate(self._signs(draw)):
            at = (left.box.right + right.box.left) / 2, left.box.centre[1] + 10
            marks.append(Words(f"sign.{n}", at, Text(symbol, symbol), 28, "muted"))
        if moment.at is not None:
            marks += self._looked_at(moment.draw, moment.at, known=moment.known)
        return tuple(marks)

    def told(self, n: int) -> list[Position]:
        """Return the values whose arithmetic is shown: the first that is left out and the first that is kept."""
        mask = self.draws[n].mask
        if mask is None:
            return [(0, 0)]
        places = [np.argwhere(mask == kept) for kept in (False, True)]
        return sorted((int(place[0][0]), int(place[0][1])) for place in places if len(place))

    def met(self, n: int, at: Position) -> Sources:
        """Return which cells the factors of the equation come from."""
        if not self._with_numbers:
            return {}
        parts = {"equation.x": keys("input", *at)[1]}
        return parts if self.draws[n].mask is None else parts | {"equation.kept": keys("mask", *at)[1]}

    def passed(self, n: int, start: int, end: int) -> Sources:
        """Return which values come through in some rows: those that are left out do not travel."""
        if not self._with_numbers:
            return {}
        mask = self.draws[n].mask
        rows, columns = range(start, end), range(self._x.shape[1])
        kept = [(r, c) for r in rows for c in columns if mask is None or mask[r, c]]
        return {keys("output", *at)[1]: keys("input", *at)[1] for at in kept}

    def _until(self, rows: int | None) -> Values:
        count = self._x.shape[0] if rows is None else rows
        return np.arange(self._x.shape[0])[:, None] < np.full(self._x.shape, count)

    def _names(self, tables: dict[str, CellGrid]) -> list[Words]:
        return [
            heading(f"{key}.name", table.box, message(f"films.dropout.{key}"), table.box.width + BETWEEN)
            for key, table in tables.items()
        ]

    def _output(self, draw: Draw) -> Array:
        if draw.mask is None:
            return Identity().value(self._x)
        return Dropout(p=self._p).value(self._x, draw.mask)

    def _explain(self, draw: Draw, at: Position) -> Explanation:
        if draw.mask is None:
            return Identity().explain(at, self._x)
        return Dropout(p=self._p).explain(at, self._x, draw.mask)

    def _signs(self, draw: Draw) -> list[tuple[CellGrid, CellGrid, str]]:
        if draw.mask is None:
            return [(self._input, self._made, "=")]
        return [(self._input, self._mask, "⊙"), (self._mask, self._made, "→")]

    def _table(
        self,
        table: CellGrid,
        values: Array,
        ready: Values,
        left_out: Values | None,
        dimmed: Values | None = None,
    ) -> list[Mark]:
        if not self._with_numbers:
            edge = Rectangle(f"{table.key}.edge", table.box.grown(1), None, "line")
            full = 1.0 if table is self._mask else table.scale
            return [edge, picture(table.key, table.box, values, full, ~ready)]
        marks: list[Mark] = []
        for (r, c), value in np.ndenumerate(values):
            if not ready[r, c]:
                marks += table.empty(r, c)
            elif left_out is not None and left_out[r, c] and np.isfinite(value):
                marks += table.padded(r, c)
            elif table is self._mask:
                cell, number = table.written(r, c, float(value))
                marks += cell._replace(fill="line"), number._replace(colour="text")
            else:
                seen = DIMMED if dimmed is not None and dimmed[r, c] else 1.0
                marks += [faded(mark, seen) for mark in table.written(r, c, float(value))]
        return marks

    def _looked_at(self, n: int, at: Position, *, known: bool) -> list[Mark]:
        draw = self.draws[n]
        marks: list[Mark] = [
            Rectangle("input.now", self._input.span(*at), None, "window", 3.0),
            Rectangle("output.now", self._made.span(*at), None, "written", 3.0),
        ]
        if draw.mask is not None:
            marks.append(Rectangle("mask.now", self._mask.span(*at), None, "window", 3.0))
        return [*marks, *self._equations.drawn((n, at), None if known else FACTORS)]

    def _parts(self, draw: Draw, at: Position) -> dict[str, Text]:
        explained = self._explain(draw, at)
        term = explained.terms[0]
        name = f"y[{at[0] + 1},{at[1] + 1}]"
        parts = {"name": Text(name, name), "equals": sign("=")}
        parts["x"] = written(term.value, self._input.decimals)
        if draw.mask is None:
            return parts
        parts["times"], parts["kept"] = sign("·"), written(explained.notes["mask"])
        parts["over"], parts["share"] = sign("/"), Text(*(f"(1 − {line})" for line in _share(self._p)))
        parts["is"], parts["total"] = sign("="), written(explained.value, self._made.decimals)
        return parts


def _formula() -> list[Mark]:
    """Return what dropout is, with what its symbols are."""
    product = ("y =", "text"), ("x", "text"), (r"\cdot", "muted"), ("m", "window")
    named = message("films.dropout.symbols")
    return [*definition(*product, (r"/\,(1 - p)", "text")), symbols(named)]


def _share(p: float) -> Text:
    """Write a probability with as few decimals as tell it."""
    return written(p, next((n for n in range(4) if round(p, n) == p), 3))


def _example() -> Array:
    drawn: Array = np.random.default_rng(2).integers(-9, 10, (5, 5))
    return drawn


def _plane(x: ArrayLike) -> Array:
    plane = np.atleast_2d(np.asarray(x, dtype=np.float64))
    if plane.ndim != 2 or not plane.size:
        raise ConvistaError("films.not_a_plane", name="x", shape=plane.shape)
    return plane
