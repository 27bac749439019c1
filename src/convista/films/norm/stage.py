"""The stage of a normalisation: a batch as a table of maps, the set that is averaged over, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.film import Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.grid import LEGIBLE, CellGrid, grid, magnitude, picture
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import as_written, bracketed, decimals_for, enough_digits, message, written
from convista.language import Text
from convista.operators import Array, Explanation, Operator

MOST_SAMPLES, MOST_CHANNELS = 4, 6
"""Samples and channels that are shown; all are averaged over."""
LEFT, BETWEEN, BETWEEN_MAPS = 78.0, 40.0, 9.0
LARGEST_CELL = 43.0


SLOW, FAST = 1.3, 0.35
"""Seconds that the first set of a method is looked at, and the others."""


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

    def explain(self, x: Array, index: tuple[int, ...]) -> Explanation:
        """Return why a value is what it is."""
        return self.operator.explain(index, x, **self.operands)


class NormStage:
    """Input at the left, output at the right, map by map: a row a sample, a column a channel."""

    def __init__(self, x: Array, methods: Sequence[Method]) -> None:
        self.x = x
        self.shown = min(len(x), MOST_SAMPLES), min(x.shape[1], MOST_CHANNELS)
        self.outputs = {method.key: method.operator.value(x, **method.operands) for method in methods}
        made = np.stack([*self.outputs.values()])
        self._tables = {"input": self._block("input", STAGE.left + LEFT, x)}
        self._tables["output"] = self._block("output", STAGE.right - self._width(), made)
        smallest = min(table.size for tables in self._tables.values() for table in tables.values())
        self.with_numbers = smallest >= LEGIBLE
        self._scales = {"input": magnitude(x), "output": magnitude(made)}
        self._decimals = {"input": decimals_for(x.ravel().tolist())}
        self._decimals |= {key: decimals_for(output.ravel().tolist()) for key, output in self.outputs.items()}
        self._drawn: dict[tuple[str, str, bool], list[Mark]] = {}
        self._equation = self._line(methods)

    def beat(self, method: Method, done: Sequence[Group], now: Group | None, seconds: float) -> Beat:
        """Return the stage while some of a method's sets are done and one, perhaps among them, is looked at."""
        marks: list[Mark] = [*self._names()]
        output = self.outputs[method.key]
        for (n, c), table in self._tables["input"].items():
            marks += self._map(table, self.x[n, c], True, "input", "input")
        for (n, c), table in self._tables["output"].items():
            there = any(g.samples[0] <= n < g.samples[1] and g.channels[0] <= c < g.channels[1] for g in done)
            marks += self._map(table, output[n, c], there, "output", method.key)
        if now is not None:
            marks += self._outline("input", now, "window")
            if now in done:
                marks += self._outline("output", now, "written")
            marks += self._terms(method, now, now in done)
        return Beat(tuple(marks), seconds)

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
        across, down = columns * wide + BETWEEN_MAPS, rows * tall + BETWEEN_MAPS
        return {
            (n, c): first._replace(key=f"{key}.{n}.{c}", left=left + c * across, top=top + n * down)
            for n in range(samples)
            for c in range(channels)
        }

    def _map(self, table: CellGrid, values: Array, there: bool, block: str, of: str) -> list[Mark]:
        """Draw one map, or its empty place; it looks the same in every beat of a method."""
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

    def _outline(self, block: str, group: Group, colour: str) -> list[Mark]:
        (first, last), (left, right) = (
            (start, min(end, shown)) for (start, end), shown in zip(group, self.shown, strict=True)
        )
        if first >= last or left >= right:
            return []
        start, end = self._tables[block][first, left].box, self._tables[block][last - 1, right - 1].box
        box = Box(start.left, start.top, end.right, end.bottom).grown(3)
        return [Rectangle(f"{block}.set", box, None, colour, 3.0)]

    def _names(self) -> list[Mark]:
        marks: list[Mark] = []
        samples, channels = self.shown
        for n in range(samples):
            box = self._tables["input"][n, 0].box
            at = STAGE.left, box.centre[1] + 4
            marks.append(Words(f"sample.{n}", at, message("films.norm.sample", n=n), 12, "muted", "start"))
        for block in ("input", "output"):
            for c in range(channels):
                box = self._tables[block][0, c].box
                at = box.centre[0], box.top - 10
                words = message("films.norm.channel", c=c)
                size = min(text.fitting(line, box.width + BETWEEN_MAPS - 4, 12) for line in words)
                marks.append(Words(f"{block}.channel.{c}", at, words, size, "muted"))
            box = self._tables[block][0, 0].box
            marks.append(
                Words(f"{block}.name", (box.left, 74), message(f"films.norm.{block}"), 15, "muted", "start")
            )
        return marks

    def _line(self, methods: Sequence[Method]) -> Equation:
        """Lay the equation out for the first value of every set of every method."""
        parts = [self._parts(method, group) for method in methods for group in method.groups]
        labels = {"mu": "μ", "sigma": "√(σ² + ε)", "gamma": "γ", "beta": "β"}
        named = {key: Text(label, label) for key, label in labels.items()}
        slots = [Slot(key, [part[key] for part in parts], named.get(key)) for key in parts[0]]
        return Equation(slots)

    def _parts(self, method: Method, group: Group) -> dict[str, Text]:
        at = group.samples[0], group.channels[0]
        index = (*at, 0, 0)
        explained = method.explain(self.x, index)
        notes, value = explained.notes, float(self.x[index])
        decimals = self._decimals["input"]
        name = Text(*[f"y[{','.join(map(str, index))}]"] * 2)
        mu, sigma, gamma, beta = (notes[key] for key in ("μ", "√(σ² + ε)", "γ", "β"))
        fine = {number: decimals_for([number]) for number in (sigma, gamma, beta)}
        least = max(2, decimals, fine[sigma], self._decimals[method.key])
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

    def _terms(self, method: Method, now: Group, written_out: bool) -> list[Mark]:
        parts = self._parts(method, now)
        keys = list(parts) if written_out else list(parts)[:7]
        colours = {"mu": "window", "sigma": "window"}
        marks: list[Mark] = []
        for key in keys:
            marks += [self._equation.write(key, parts[key], colours.get(key, "text")), *self._equation.label(key)]
        return marks


def norm_film(batch: Array, methods: Sequence[Method], *, name: str, title: Text) -> Film:
    """Show methods one after the other: for each, its first set slowly, the others fast."""
    stage, top, steps = NormStage(batch, methods), layout.title(title), list[Step]()
    samples, channels = stage.shown
    fewer = (samples, channels) != batch.shape[:2]
    for position, method in enumerate(methods):
        seen = [g for g in method.groups if g.samples[0] < samples and g.channels[0] < channels]
        beats = [] if position else [stage.beat(method, (), None, SLOW)]
        beats += [stage.beat(method, (), seen[0], SLOW), stage.beat(method, seen[:1], seen[0], SLOW)]
        beats += [stage.beat(method, seen[: n + 1], group, FAST) for n, group in enumerate(seen) if n]
        beats[-1] = beats[-1]._replace(seconds=SLOW)
        caption = message(f"films.norm.{method.key}")
        if fewer and not position:
            caption = message("films.norm.fewer", text=caption, samples=samples, channels=channels)
        steps.append(Step(caption, tuple(beat._replace(marks=(top, *beat.marks)) for beat in beats)))
    return Film(name, title, tuple(steps))


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
