"""The stage of a normalisation: a batch as a table of maps, the set that is averaged over, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.stage import text
from convista.films.stage.colour_bar import TALL, colour_bar
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, magnitude, picture
from convista.films.stage.layout import HEADING_SIZE, STAGE
from convista.films.stage.marks import Box, Formula, Mark, Rectangle, Words
from convista.films.stage.motion import Sources, faded
from convista.films.stage.scale import Scale
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, written
from convista.language import Text
from convista.operators import Array, Explanation, Operator

MOST_SAMPLES, MOST_CHANNELS = 4, 6
"""Samples and channels that are shown; all are averaged over."""
LEFT, BETWEEN, BETWEEN_MAPS = 78.0, 40.0, 9.0
LARGEST_CELL = 43.0
SMALL, LEGIBLY, FORMULA = 14.0, 14.0, 17.0
"""Sizes: of small names; of numbers, which have a decimal less where they would be smaller; of the formula."""
FAINT = 0.3
"""How opaque values of other sets are."""
BARS = STAGE._replace(top=STAGE.bottom + 6, bottom=STAGE.bottom + 6 + TALL)


class Group(NamedTuple):
    """A set that is averaged over, or has statistics of its own: samples first … before end, channels likewise."""

    samples: tuple[int, int]
    channels: tuple[int, int]


class Method(NamedTuple):
    """One normalisation: its definition, the operands that it reads beside the batch, and its sets."""

    key: str
    operator: Operator
    operands: dict[str, Array | None]
    groups: Sequence[Group]
    kept: bool = False
    """Its means and spreads were kept from before, so that no set of the batch is averaged over."""

    def explain(self, x: Array, index: tuple[int, ...]) -> Explanation:
        """Return why a value is what it is."""
        return self.operator.explain(index, x, **self.operands)


class Moment(NamedTuple):
    """How far a method has come."""

    method: int
    """Its position among those of the film."""
    done: int = 0
    """How many of its sets are normalised."""
    now: int | None = None
    """The set that is looked at."""
    others: int = 0
    """So many sets before it are made at the same time."""
    alone: bool = False
    """All values that are not in it are dimmed."""
    averaged: bool = True
    """Its mean and its spread are known."""
    worked: bool = True
    """So is its first value."""
    told: bool = True
    """The equation of that is seen."""


class NormStage:
    """Input at the left, output at the right, map by map: a row a sample, a column a channel."""

    def __init__(self, x: Array, methods: Sequence[Method]) -> None:
        self.x, self.methods = x, methods
        self.shown = min(len(x), MOST_SAMPLES), min(x.shape[1], MOST_CHANNELS)
        samples, channels = self.shown
        self.groups = [
            [g for g in method.groups if g.samples[0] < samples and g.channels[0] < channels] for method in methods
        ]
        """The sets of each method of which something is shown."""
        self._outputs = [method.operator.value(x, **method.operands) for method in methods]
        made = np.stack(self._outputs)
        self._tables = {"input": self._block("input", STAGE.left + LEFT, x)}
        self._tables["output"] = self._block("output", STAGE.right - self._width(), made)
        smallest = min(table.size for tables in self._tables.values() for table in tables.values())
        self.with_numbers = smallest >= LEGIBLE
        self._scales = {"input": magnitude(x), "output": magnitude(made)}
        self._decimals = [decimals_for(values.ravel().tolist()) for values in (x, *self._outputs)]
        self._drawn: dict[tuple[str, int, bool], list[Mark]] = {}
        self._equation = self._line(methods)
        self._still = (*self._names(), *self._bars(Scale.of(x), Scale.of(made)), _formula())

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        groups = self.groups[moment.method]
        now = None if moment.now is None else groups[moment.now]
        marks: list[Mark] = [*self._still]
        for at, table in self._tables["input"].items():
            drawn = self._map(table, self.x[at], True, "input", 0)
            beside = moment.alone and now is not None and not within(now, at)
            marks += (faded(mark, FAINT) for mark in drawn) if beside else drawn
        for at, table in self._tables["output"].items():
            there = any(within(group, at) for group in groups[: moment.done])
            marks += self._map(table, self._outputs[moment.method][at], there, "output", moment.method + 1)
        if now is not None:
            marks += self._outlines(moment)
            marks += self._terms(moment, now) if moment.told else []
        return tuple(marks)

    def averaged(self, method: int, n: int) -> Sources:
        """Return what the mean of a set comes out of: all its values, unless it was kept from before."""
        if self.methods[method].kept or not self.with_numbers:
            return {}
        return {"equation.mu": tuple(f"input.{cell}.value" for cell in self._cells(self.groups[method][n]))}

    def normalised(self, method: int, n: int, *, worked: bool) -> Sources:
        """Return what the outputs of a set come out of; the first, if it is ``worked`` out, of the equation."""
        if not self.with_numbers:
            return {}
        cells = self._cells(self.groups[method][n])
        born = {f"output.{cell}.value": f"input.{cell}.value" for cell in cells}
        return born | ({f"output.{cells[0]}.value": "equation.total"} if worked else {})

    def _cells(self, group: Group) -> list[str]:
        """Return what the keys of a set's cells end in."""
        maps = [at for at in self._tables["input"] if within(group, at)]
        places = list(np.ndindex(*self.x.shape[2:]))
        return [f"{n}.{c}[{row},{column}]" for n, c in maps for row, column in places]

    def _width(self) -> float:
        return (STAGE.width - LEFT - BETWEEN) / 2

    def _block(self, key: str, left: float, values: Array) -> dict[tuple[int, int], CellGrid]:
        samples, channels = self.shown
        rows, columns = self.x.shape[2:]
        wide = min(LARGEST_CELL, ((self._width() + BETWEEN_MAPS) / channels - BETWEEN_MAPS) / columns)
        tall = min(LARGEST_CELL, ((STAGE.height - 10 + BETWEEN_MAPS) / samples - BETWEEN_MAPS) / rows)
        tall = min(tall, wide)
        top = STAGE.centre[1] + 5 - (samples * (rows * tall + BETWEEN_MAPS) - BETWEEN_MAPS) / 2
        first = grid(key, (left, top), (rows, columns), values, wide, tall)
        if first.size < LEGIBLY and first.decimals and first.scale >= 1:
            first = grid(key, (left, top), (rows, columns), values, wide, tall, first.decimals - 1)
        across, down = columns * wide + BETWEEN_MAPS, rows * tall + BETWEEN_MAPS
        return {
            (n, c): first._replace(key=f"{key}.{n}.{c}", left=left + c * across, top=top + n * down)
            for n in range(samples)
            for c in range(channels)
        }

    def _map(self, table: CellGrid, values: Array, there: bool, block: str, of: int) -> list[Mark]:
        """Draw one map, or its empty place; it looks the same whenever a method is shown."""
        if (table.key, of, there) not in self._drawn:
            self._drawn[table.key, of, there] = self._draw(table, values, there, block)
        return self._drawn[table.key, of, there]

    def _draw(self, table: CellGrid, values: Array, there: bool, block: str) -> list[Mark]:
        if not self.with_numbers:
            unwritten = None if there else np.ones(values.shape, bool)
            return [
                Rectangle(f"{table.key}.edge", table.box.grown(1), None, "line"),
                picture(table.key, table.box, values, self._scales[block], unwritten),
            ]
        marks: list[Mark] = []
        for (r, c), value in np.ndenumerate(values):
            marks += table.written(r, c, float(value)) if there else table.empty(r, c)
        return marks

    def _outlines(self, moment: Moment) -> list[Mark]:
        """Return what is around the sets that are looked at, and around what is made of them."""
        marks: list[Mark] = []
        now, groups = moment.now or 0, self.groups[moment.method]
        for back in range(moment.others + 1):
            name, group = f"set.{back}" if back else "set", groups[now - back]
            marks += self._outline("input", name, group, "window")
            if moment.done > now:
                marks += self._outline("output", name, group, "written")
        return marks

    def _outline(self, block: str, name: str, group: Group, colour: str) -> list[Mark]:
        (first, last), (left, right) = (
            (start, min(end, shown)) for (start, end), shown in zip(group, self.shown, strict=True)
        )
        if first >= last or left >= right:
            return []
        start, end = self._tables[block][first, left].box, self._tables[block][last - 1, right - 1].box
        box = Box(start.left, start.top, end.right, end.bottom).grown(3)
        return [Rectangle(f"{block}.{name}", box, None, colour, 3.0)]

    def _names(self) -> list[Mark]:
        marks: list[Mark] = []
        samples, channels = self.shown
        for n in range(samples):
            box = self._tables["input"][n, 0].box
            at = STAGE.left, box.centre[1] + 5
            marks.append(Words(f"sample.{n}", at, message("films.norm.sample", n=n + 1), SMALL, "muted", "start"))
        for block in ("input", "output"):
            for c in range(channels):
                box = self._tables[block][0, c].box
                at = box.centre[0], box.top - 10
                words = message("films.norm.channel", c=c + 1)
                if max(text.width(line, SMALL) for line in words) > box.width + BETWEEN_MAPS - 4:
                    words = Text(*[f"{c + 1}"] * 2)
                marks.append(Words(f"{block}.channel.{c}", at, words, SMALL, "muted"))
            box = self._tables[block][0, 0].box
            name = message(f"films.norm.{block}")
            marks.append(Words(f"{block}.name", (box.left, 74), name, HEADING_SIZE, "muted", "start"))
        return marks

    def _bars(self, x: Scale, made: Scale) -> list[Mark]:
        """Return the bar of the colours of each block."""
        left = self._tables["input"][0, 0].left
        rooms = (
            BARS._replace(left=left, right=left + self._width() - 20),
            BARS._replace(left=BARS.right - self._width()),
        )
        return [
            *colour_bar("bar.x", rooms[0], x, Text("x", "x")),
            *colour_bar("bar.y", rooms[1], made, Text("y", "y")),
        ]

    def _line(self, methods: Sequence[Method]) -> Equation:
        """Lay the equation out for the first value of every set of every method."""
        parts = [self._parts(n, group) for n, method in enumerate(methods) for group in method.groups]
        labels = {"mu": "μ", "sigma": "√(σ² + ε)", "gamma": "γ", "beta": "β"}
        named = {key: Text(label, label) for key, label in labels.items()}
        slots = [Slot(key, [part[key] for part in parts], named.get(key)) for key in parts[0]]
        return Equation(slots)

    def _parts(self, number: int, group: Group) -> dict[str, Text]:
        """Return the equation of the first value of a set of the method of that number."""
        method = self.methods[number]
        at = group.samples[0], group.channels[0]
        index = (*at, 0, 0)
        explained = method.explain(self.x, index)
        notes, value = explained.notes, float(self.x[index])
        decimals = self._decimals[0]
        name = Text(*[f"y[{','.join(str(place + 1) for place in index)}]"] * 2)
        mu, sigma, gamma, beta = (notes[key] for key in ("μ", "√(σ² + ε)", "γ", "β"))
        fine = {number: decimals_for([number]) for number in (sigma, gamma, beta)}
        least = max(2, decimals, fine[sigma], self._decimals[number + 1])
        read, scale, shift = (
            as_written(value, decimals),
            as_written(gamma, fine[gamma]),
            as_written(beta, fine[beta]),
        )
        made, equals = enough_digits(
            explained.value, lambda digits: (read - digits(mu)) / (digits(sigma) or sigma) * scale + shift, least
        )
        return {
            "name": name,
            "equals": sign("="),
            "x": Text(*(f"({line}" for line in written(value, decimals))),
            "minus": sign("−"),
            "mu": Text(*(f"{line})" for line in bracketed(mu, made))),
            "over": sign("/"),
            "sigma": written(sigma, made),
            "times": sign("·"),
            "gamma": bracketed(gamma, fine[gamma]),
            "plus": sign("+"),
            "beta": bracketed(beta, fine[beta]),
            "is": sign(equals),
            "total": written(explained.value, made),
        }

    def _terms(self, moment: Moment, now: Group) -> list[Mark]:
        """Return the equation of a set's first value, as far as it has come."""
        parts = self._parts(moment.method, now)
        known = len(parts) if moment.worked else 7 if moment.averaged else 3
        colours = {"mu": "window", "sigma": "window"}
        marks: list[Mark] = []
        for key in list(parts)[:known]:
            marks += [self._equation.write(key, parts[key], colours.get(key, "text")), *self._equation.label(key)]
        return marks


def within(group: Group, at: tuple[int, int]) -> bool:
    """Say whether the map of a sample and a channel belongs to a set."""
    (first, last), (left, right) = group
    return first <= at[0] < last and left <= at[1] < right


def _formula() -> Formula:
    """Return what every method does with a value of a set."""
    return Formula("formula", (STAGE.right, 58), message("films.norm.tex"), FORMULA, "text", "end")


def as_batch(x: ArrayLike) -> Array:
    """Return a batch as (samples, channels, rows, columns).

    Raises
    ------
    ConvistaError
        If it has fewer than two axes or more than four, or an empty one.
    """
    batch = np.asarray(x, dtype=np.float64)
    if not 2 <= batch.ndim <= 4 or not batch.size:
        raise ConvistaError("films.norm.not_a_batch", shape=batch.shape)
    rows = (1,) * (4 - batch.ndim)
    return batch.reshape(*batch.shape[:2], *rows, *batch.shape[2:])
