"""A dense layer as columns: W, x, the row of W in use, products, their sum over the bias, z, and what follows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.dense.layer import DenseLayer
from convista.films.dense.symbols import Symbols
from convista.films.stage import text
from convista.films.stage.grid import CLOSE
from convista.films.stage.layout import arrow
from convista.films.stage.marks import Box, Mark, Polyline, Words
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate
from convista.films.wording import as_written, equality, message
from convista.language import Text
from convista.operators import Array

WIDEST, TALLEST = 58.0, 28.0
"""Of a cell, at most."""
NARROWEST = 46.0
"""Of a cell with a number of two decimals that can be read."""
TYPE = 14.0
INDEX, LONG_INDEX = 24.0, 40.0
"""Room for the numbers of a column's rows, where all rows are there and where some of many are."""
GAPS = {"x": 12.0, "w": 15.0, "p": 15.0, "sum": 18.0, "z": 18.0, "a": 18.0}
"""Before each column."""
SUM_AT, BIAS_AT, PART = -30.0, 30.0, 26.0
"""How far below the middle the sum and the bias stand, and how tall they are."""


class Moment(NamedTuple):
    """How far a neuron has been worked out: each is true from its own time on."""

    neuron: int
    row: bool = True
    """Its row of W stands beside x."""
    products: int | None = None
    """How many of its products are written; None for all."""
    summed: bool = True
    biased: bool = True
    """Whether the bias is added, which gives z."""
    activated: bool = True


class Columns:
    """One dense layer in a room; what a column holds changes with the neuron, where it stands does not."""

    def __init__(self, room: Box, layer: DenseLayer, symbols: Symbols) -> None:
        self._layer, self._symbols = layer, symbols
        neurons, shown = layer.neurons, layer.shown_inputs(layer.neurons[0])
        self._rows = len(shown) + bool(layer.left_out)
        self._whole = len(neurons) == len(layer.weight) and not layer.left_out
        self._rooms = self._laid_out(room)
        rest = [layer.rest(j) for j in neurons] if layer.left_out else []
        products = [value for j in neurons for value in layer.products(j)]
        explained = [layer.explain(j) for j in neurons]
        z, b = np.array([e.value for e in explained]), np.array([e.bias for e in explained])
        a = np.array([layer.activated(j) for j in neurons])
        sums = np.array([layer.summed(j) for j in neurons])
        self._signals = np.concatenate([layer.x, products, rest, sums, z, b, a])
        self._matrix = self._plate("W", layer.weight, layer.weight)
        self._z = self._plate("z", z[:, None], self._signals)
        self._a = None if layer.activation is None else self._plate("a", a[:, None], self._signals)
        self._plates: dict[int, dict[str, Plate]] = {}
        self._ground = tuple(self._still())

    @property
    def rows(self) -> int:
        """How many products a neuron shows; the last is the sum of all others where there are too many."""
        return self._rows

    @property
    def decimals(self) -> int:
        """How many decimals sums, biases and z have."""
        return self._z.decimals

    @property
    def signals(self) -> Array:
        """All that x, the products, their sums, b, z and a hold: what shares one scale of colours."""
        return self._signals

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return the columns while a neuron is worked out."""
        layer, plates, place = self._layer, self._of(moment.neuron), self._layer.neurons.index(moment.neuron)
        products = self._rows if moment.products is None else moment.products
        marks: list[Mark] = [*self._ground, *plates["x"].drawn(), *self._read_by(moment.neuron)]
        marks += plates["w"].drawn(None if moment.row else 0)
        marks += plates["p"].drawn(products)
        marks += self._of_sum(moment, plates)
        marks += self._z.drawn(place + moment.biased)
        marks += self._matrix.marked("row", moment.neuron, 0, 1, layer.weight.shape[1])
        if moment.biased:
            marks += self._z.outlined([(place, 0)])
        if self._a is not None:
            marks += self._a.drawn(place + moment.activated)
            if moment.activated:
                marks += self._a.outlined([(place, 0)])
        return tuple(marks)

    def whole(self) -> tuple[Mark, ...]:
        """Return the layer with all that it gave, the columns as the last neuron left them."""
        last, shape = self._layer.neurons[-1], self._layer.weight.shape
        everything = {mark.key: mark for mark in self._matrix.marked("row", 0, 0, *shape)}
        return tuple(
            everything.get(mark.key, mark) for mark in self.at(Moment(last)) if not mark.key.endswith(".now")
        )

    def row(self, neuron: int) -> Sources:
        """Return where the column w comes from: the neuron's row of W."""
        if not (self._matrix.numbered and self._of(neuron)["w"].numbered):
            return {}
        plate = self._of(neuron)["w"]
        inputs = enumerate(self._inputs(neuron))
        return {plate.keys(n, 0)[1]: self._matrix.keys(neuron, i)[1] for n, i in inputs}

    def multiplied(self, neuron: int, first: int, last: int) -> Sources:
        """Return what some products come out of: the inputs and the weights beside them."""
        plates, shown = self._of(neuron), len(self._inputs(neuron))
        if not plates["p"].numbered:
            return {}
        return {
            plates["p"].keys(n, 0)[1]: (plates["x"].keys(n, 0)[1], plates["w"].keys(n, 0)[1])
            for n in range(first, min(last, shown))
        }

    def added(self, neuron: int) -> Sources:
        """Return what the sum comes out of: all products."""
        plates = self._of(neuron)
        if not plates["p"].numbered:
            return {}
        return {plates["sum"].keys(0, 0)[1]: tuple(plates["p"].keys(n, 0)[1] for n in range(self._rows))}

    def biased(self, neuron: int) -> Sources:
        """Return what z comes out of: the sum and the bias."""
        plates, place = self._of(neuron), self._layer.neurons.index(neuron)
        return {self._z.keys(place, 0)[1]: (plates["sum"].keys(0, 0)[1], plates["bias"].keys(0, 0)[1])}

    def activated(self, neuron: int) -> Sources:
        """Return what the activation makes its value of: z."""
        place = self._layer.neurons.index(neuron)
        return {} if self._a is None else {self._a.keys(place, 0)[1]: self._z.keys(place, 0)[1]}

    def _inputs(self, neuron: int) -> list[int]:
        return self._layer.shown_inputs(neuron)

    def _laid_out(self, room: Box) -> dict[str, Box]:
        """Return where each column stands: cells of one width, and the matrix in what is left."""
        columns = [key for key in GAPS if key != "a" or self._layer.activation is not None]
        inputs = self._layer.weight.shape[1]
        self._index = INDEX if self._whole else LONG_INDEX
        free = room.width - sum(GAPS[key] for key in columns) - self._index * (1 if self._whole else 2)
        wide = min(WIDEST, free / (len(columns) + inputs)) if self._whole else 0.0
        readable = wide >= NARROWEST - 2
        wide = wide if readable else NARROWEST + 6
        matrix = wide * inputs if readable else free - wide * len(columns)
        left = room.left + (INDEX if self._whole else 0.0)
        spare = (free - matrix - wide * len(columns)) / len(columns)
        rooms = {"W": room._replace(left=left, right=left + matrix)}
        left += matrix
        for key in columns:
            left += GAPS[key] + spare + (self._index if key in "xz" and not self._whole else 0.0)
            rooms[key] = room._replace(left=left, right=left + wide)
            left += wide
        return rooms

    def _of(self, neuron: int) -> dict[str, Plate]:
        """Return the columns that change with the neuron."""
        if neuron not in self._plates:
            layer, seen = self._layer, self._inputs(neuron)
            products = layer.products(neuron) + ([layer.rest(neuron)] if layer.left_out else [])
            explained = layer.explain(neuron)
            self._plates[neuron] = {
                "x": self._plate("x", layer.x[seen][:, None], self._signals),
                "w": self._plate("w", layer.weight[neuron, seen][:, None], layer.weight),
                "p": self._plate("p", np.array(products)[:, None], self._signals),
                "sum": self._part("sum", SUM_AT, layer.summed(neuron)),
                "bias": self._part("bias", BIAS_AT, explained.bias),
            }
        return self._plates[neuron]

    def _part(self, key: str, down: float, value: float) -> Plate:
        """Return a part of a neuron's z: one cell."""
        room = self._rooms["sum"]
        y = room.centre[1] + down
        room = room._replace(top=y - PART / 2, bottom=y + PART / 2)
        return self._plate(key, np.array([[value]]), self._signals, room)

    def _plate(self, key: str, values: Array, like: Array, room: Box | None = None) -> Plate:
        """Return a table; the columns of inputs keep a row for the others free, and all lines stay in line."""
        room = self._rooms[key] if room is None else room
        if key in {"x", "w", "p"}:
            tall = min(TALLEST, room.height / self._rows)
            top = room.centre[1] - tall * self._rows / 2
            room = Box(room.left, top, room.right, top + tall * len(values))
        cell = (WIDEST, TALLEST) if self._whole or key != "W" else (TALLEST, TALLEST)
        numbers = key != "W" or self._whole
        return Plate(key, room, values, like=like, cell=cell, square=False, free=CLOSE, size=17.0, numbers=numbers)

    def _of_sum(self, moment: Moment, plates: dict[str, Plate]) -> list[Mark]:
        """Return the sum of the products over the bias, and the ways to them and on to z."""
        marks: list[Mark] = [*plates["sum"].drawn(None if moment.summed else 0)]
        marks += plates["bias"].drawn(None if moment.summed else 0)
        plus = f"+ {self._symbols.line('b')}"
        marks.append(plates["sum"].named(self._sum_title(moment, plates), 90))
        marks.append(plates["bias"].named(Text(plus, plus), 90))
        total, bias = plates["sum"].box, plates["bias"].box
        if moment.summed:
            y = total.centre[1]
            marks += arrow("to sum", (plates["p"].box.right + 3, y), (total.left - 3, y), "window")
        if moment.biased:
            end = self._z.span(self._layer.neurons.index(moment.neuron), 0)
            aside = bias.right + 8
            bent = (bias.right + 2, bias.centre[1]), (aside, bias.centre[1]), (aside, end.centre[1])
            joined = (total.right + 2, total.centre[1]), (aside, total.centre[1])
            marks += [Polyline("to z.sum", joined, "window", 2.0), Polyline("to z.bias", bent, "window", 2.0)]
            marks += arrow("to z", bent[-1], (end.left - self._before_z() - 3, end.centre[1]), "window")
        return marks

    def _before_z(self) -> float:
        return 0.0 if self._whole else self._index

    def _sum_title(self, moment: Moment, plates: dict[str, Plate]) -> Text:
        """Return Σ, with ≈ where the products as they are written do not make their sum."""
        layer, neuron = self._layer, moment.neuron
        products = layer.products(neuron) + ([layer.rest(neuron)] if layer.left_out else [])
        made = sum(as_written(product, plates["p"].decimals) for product in products)
        exact = not moment.summed or equality(made, layer.summed(neuron), plates["sum"].decimals) == "="
        return Text("Σ", "Σ") if exact else Text("≈ Σ", "≈ Σ")

    def _still(self) -> list[Mark]:
        """Return what stays through the whole film."""
        plates, s = self._of(self._layer.neurons[0]), self._symbols
        neurons, inputs = self._layer.weight.shape
        size = f"{s.line('W')}: {neurons}×{inputs}"
        marks: list[Mark] = [*self._matrix.drawn(), self._matrix.named(Text(size, size), self._rooms["W"].width)]
        product = f"{s.line('x')} ⊙ w"
        names = {"x": s.words("x"), "p": Text(product, product), "z": s.words("z"), "a": s.words("a")}
        tables = {"x": plates["x"], "p": plates["p"], "z": self._z, "a": self._a}
        marks += [table.named(names[key], 80) for key, table in tables.items() if table is not None]
        if self._whole:
            marks += self._indices("W", self._layer.neurons, self._matrix)
        else:
            marks += self._indices("z", self._layer.neurons, self._z)
        y = self._rooms["p"].centre[1] + 6
        for key, name, left, right in (("⊙", "⊙", "x", "w"), ("=", self._multiplied(), "w", "p")):
            x = (self._rooms[left].right + self._rooms[right].left) / 2
            marks.append(Words(f"sign {key}", (x, y), Text(name, name), TYPE, "text"))
        if self._a is not None:
            box, y = self._z.box, self._z.box.centre[1]
            marks += arrow("to a", (box.right + 3, y), (self._a.box.left - 3, y), "muted", 1.5)
        return marks

    def _read_by(self, neuron: int) -> list[Mark]:
        """Return what is said of the columns of one neuron: which row, which inputs."""
        plates, line = self._of(neuron), f"{self._symbols.line('W')}[{neuron + 1},:]"
        marks: list[Mark] = [plates["w"].named(Text(line, line), 90, "window")]
        if not self._whole:
            marks += self._indices("x", self._inputs(neuron), plates["x"])
        if self._layer.left_out:
            box, words = (
                plates["p"].span(self._rows - 1, 0),
                message("films.dense.others", count=self._layer.left_out),
            )
            at = box.left - 8, box.centre[1] + text.CAP / 2 * TYPE
            marks.append(Words("others", at, words, TYPE, "muted", "end"))
        return marks

    def _multiplied(self) -> str:
        """Return the sign between the factors and the products of all neurons, as they are written."""
        layer = self._layer
        x, w, p = (self._of(layer.neurons[0])[key].decimals for key in ("x", "w", "p"))
        signs = {
            equality(as_written(float(layer.x[i]), x) * as_written(float(layer.weight[neuron, i]), w), product, p)
            for neuron in layer.neurons
            for i, product in zip(self._inputs(neuron), layer.products(neuron), strict=True)
        }
        return "≈" if "≈" in signs else "="

    def _indices(self, key: str, numbers: list[int], plate: Plate) -> list[Mark]:
        """Return the numbers of a column's elements, from 1, before it."""
        marks: list[Mark] = []
        for row, number in enumerate(numbers):
            box = plate.span(row, 0)
            at = box.left - 5, box.centre[1] + text.CAP / 2 * TYPE
            line = str(number + 1)
            marks.append(Words(f"{key}.index[{row}]", at, Text(line, line), TYPE, "muted", "end"))
        return marks
