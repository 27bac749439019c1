"""Dropout as a film: a mask falls on the values, what is kept grows, and in inference nothing happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import FAST, Beat, Film, Step
from convista.films.registry import film, of_operators
from convista.films.stage import layout
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, Values, grid, picture
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.dropout import Dropout, Identity

if TYPE_CHECKING:
    from convista.films.traced import Recorded

BETWEEN = 70.0
LARGEST_CELL = 52.0
LOOK = 1.4
"""Seconds that a finished state is looked at."""


class Draw(NamedTuple):
    """One way of passing: with a mask in training, or None in inference."""

    mask: Values | None
    key: str


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
    stage, top, steps = _Stage(x, p, draws), layout.title(title), list[Step]()
    for n, draw in enumerate(draws):
        beats = list(stage.beats(draw, first=not n))
        beats[-1] = beats[-1]._replace(seconds=LOOK)
        factor = written(1 / (1 - p) if p < 1 else 1.0)
        dropped = 0 if draw.mask is None else int((~draw.mask).sum())
        share = {"p": _share(p), "factor": factor, "dropped": dropped, "count": x.size}
        marked = tuple(beat._replace(marks=(top, *beat.marks)) for beat in beats)
        steps.append(Step(message(f"films.dropout.{draw.key}", **share), marked))
    return Film(name, title, tuple(steps))


class _Stage:
    """Values at the left, the mask in the middle, what comes out at the right."""

    def __init__(self, x: Array, p: float, draws: Sequence[Draw]) -> None:
        self._x, self._p, self._draws = x, p, draws
        made = np.stack([self._output(draw) for draw in draws])
        wide = min(LARGEST_CELL, (STAGE.width - 2 * BETWEEN) / 3 / x.shape[1])
        tall = min(LARGEST_CELL, (STAGE.height - 16) / x.shape[0])
        tall, wide = min(tall, 1.6 * wide), min(wide, 1.6 * tall)
        top, across = STAGE.centre[1] + 8 - tall * x.shape[0] / 2, wide * x.shape[1]
        gap = (STAGE.width - 3 * across) / 4
        lefts = [STAGE.left + gap + n * (across + gap) for n in range(3)]
        values = (x, np.array([0.0, 1.0]), made)
        self._input, self._mask, self._made = (
            grid(key, (left, top), x.shape, shown, wide, tall)
            for key, left, shown in zip(("input", "mask", "output"), lefts, values, strict=True)
        )
        self._with_numbers = min(self._input.size, self._made.size) >= LEGIBLE
        self._equation = self._line()

    def beats(self, draw: Draw, *, first: bool) -> list[Beat]:
        """Return one passage: the mask falls row by row, then the output is written row by row."""
        rows = self._x.shape[0]
        pace = LOOK if first else 0.6
        beats = [Beat(self._marks(draw, 0, 0, None), pace)]
        few = max(1, rows // 12)
        if draw.mask is not None:
            beats += [Beat(self._marks(draw, n, 0, None), 2 * FAST.row) for n in range(few, rows, few)]
            beats.append(Beat(self._marks(draw, rows, 0, None), pace))
        for at in self._told(draw):
            beats.append(Beat(self._marks(draw, rows, at[0], at), LOOK))
        last = self._told(draw)[-1]
        beats += [Beat(self._marks(draw, rows, n, last), 2 * FAST.row) for n in range(last[0] + 1, rows, few)]
        beats.append(Beat(self._marks(draw, rows, rows, last), pace))
        return beats

    def _output(self, draw: Draw) -> Array:
        if draw.mask is None:
            return Identity().value(self._x)
        return Dropout(p=self._p).value(self._x, draw.mask)

    def _explain(self, draw: Draw, at: tuple[int, int]) -> Explanation:
        if draw.mask is None:
            return Identity().explain(at, self._x)
        return Dropout(p=self._p).explain(at, self._x, draw.mask)

    def _told(self, draw: Draw) -> list[tuple[int, int]]:
        """Return the values whose arithmetic is shown: the first that is left out and the first that is kept."""
        if draw.mask is None:
            return [(0, 0)]
        places = [np.argwhere(draw.mask == kept) for kept in (False, True)]
        found = [(int(place[0][0]), int(place[0][1])) for place in places if len(place)]
        return sorted(found)

    def _marks(self, draw: Draw, masked: int, done: int, now: tuple[int, int] | None) -> tuple[Mark, ...]:
        """Return the stage with so many rows of the mask and of the output, and one value looked at."""
        output = self._output(draw)
        mask = np.ones(self._x.shape) if draw.mask is None else draw.mask.astype(float)
        ready = np.arange(self._x.shape[0])[:, None] < np.full(self._x.shape, done)
        if now is not None:
            for place in self._told(draw):
                ready[place] |= place <= now
        fallen = np.arange(self._x.shape[0])[:, None] < np.full(self._x.shape, masked)
        marks: list[Mark] = []
        marks += self._table(self._input, self._x, np.ones(self._x.shape, bool), None)
        if draw.mask is not None:
            marks += self._table(self._mask, mask, fallen, mask == 0)
        marks += self._table(self._made, output, ready, mask == 0)
        names = {"input": self._input, "output": self._made}
        if draw.mask is not None:
            names["mask"] = self._mask
        for key, table in names.items():
            marks.append(
                heading(f"{key}.name", table.box, message(f"films.dropout.{key}"), table.box.width + BETWEEN)
            )
        for n, (left, right, symbol) in enumerate(self._signs(draw)):
            at = (left.box.right + right.box.left) / 2, left.box.centre[1] + 10
            marks.append(Words(f"sign.{n}", at, Text(symbol, symbol), 28, "muted"))
        if now is not None:
            marks += self._looked_at(draw, now)
        return tuple(marks)

    def _signs(self, draw: Draw) -> list[tuple[CellGrid, CellGrid, str]]:
        if draw.mask is None:
            return [(self._input, self._made, "=")]
        return [(self._input, self._mask, "⊙"), (self._mask, self._made, "→")]

    def _table(self, table: CellGrid, values: Array, ready: Values, left_out: Values | None) -> list[Mark]:
        if not self._with_numbers:
            edge = Rectangle(f"{table.key}.edge", table.box.grown(1), None, "line")
            return [edge, picture(table.key, table.box, values, table.scale, ~ready)]
        marks: list[Mark] = []
        for (r, c), value in np.ndenumerate(values):
            if not ready[r, c]:
                marks += table.empty(r, c)
            elif left_out is not None and left_out[r, c] and np.isfinite(value):
                marks += table.padded(r, c)
            else:
                marks += table.written(r, c, float(value))
        return marks

    def _looked_at(self, draw: Draw, at: tuple[int, int]) -> list[Mark]:
        marks: list[Mark] = [
            Rectangle("input.now", self._input.span(*at), None, "window", 3.0),
            Rectangle("output.now", self._made.span(*at), None, "written", 3.0),
        ]
        if draw.mask is not None:
            marks.append(Rectangle("mask.now", self._mask.span(*at), None, "window", 3.0))
        return marks + [self._equation.write(key, words) for key, words in self._parts(draw, at).items()]

    def _line(self) -> Equation:
        parts = [self._parts(draw, at) for draw in self._draws for at in self._told(draw)]
        keys = max(parts, key=len)
        return Equation([Slot(key, [part.get(key, Text("", "")) for part in parts]) for key in keys])

    def _parts(self, draw: Draw, at: tuple[int, int]) -> dict[str, Text]:
        explained = self._explain(draw, at)
        term = explained.terms[0]
        name = f"y[{at[0]},{at[1]}]"
        parts = {"name": Text(name, name), "equals": sign("=")}
        parts["x"] = written(term.value, self._input.decimals)
        if draw.mask is None:
            return parts
        parts["times"], parts["kept"] = sign("·"), written(explained.notes["mask"])
        parts["over"], parts["share"] = sign("/"), Text(*(f"(1 − {line})" for line in _share(self._p)))
        parts["is"], parts["total"] = sign("="), written(explained.value, self._made.decimals)
        return parts


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
