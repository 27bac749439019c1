"""A dense layer as columns: W, x, the row of W in use, products, their sum and the bias, z, and what follows."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.dense.layer import DenseLayer
from convista.films.stage import text
from convista.films.stage.grid import LEGIBLE
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.plate import Plate
from convista.films.wording import Digits, as_written, enough_digits, equality, message
from convista.language import Text
from convista.operators import Array

WIDE, TALLEST = 58.0, 30.0
"""Of a cell in a column, at most."""
INDEX = 34.0
"""Room for the numbers before a column."""
SIGN = 30.0
"""Room for a sign between two columns."""

RIGHT = STAGE.right - WIDE
A = Box(RIGHT, STAGE.top, STAGE.right, STAGE.bottom)
Z = Box(RIGHT - SIGN - WIDE, STAGE.top, RIGHT - SIGN, STAGE.bottom)
SUM = Box(Z.left - INDEX - 112, STAGE.top + 96, Z.left - INDEX - 34, STAGE.top + 126)
BIAS = Box(SUM.left, SUM.top + 80, SUM.right, SUM.bottom + 80)
P = Box(SUM.left - 40 - WIDE, STAGE.top, SUM.left - 40, STAGE.bottom)
W = Box(P.left - SIGN - WIDE, STAGE.top, P.left - SIGN, STAGE.bottom)
X = Box(W.left - SIGN - WIDE, STAGE.top, W.left - SIGN, STAGE.bottom)
ROOMS = {
    "W": Box(STAGE.left, STAGE.top, X.left - INDEX - 20, STAGE.bottom),
    "x": X,
    "w": W,
    "p": P,
    "z": Z,
    "a": A,
}
"""Where each column stands: from the right, and the matrix in what is left."""


class Done(NamedTuple):
    """How far a neuron has been worked out."""

    products: int = 0
    """How many of its products are written."""
    summed: bool = False
    biased: bool = False
    """Whether the bias is added, which gives z."""
    activated: bool = False


class Columns:
    """One dense layer on the stage; what a column holds changes with the neuron, where it stands does not."""

    def __init__(self, layer: DenseLayer, names: dict[str, Text]) -> None:
        self._layer, self._names = layer, names
        neurons, rows = layer.neurons, len(layer.shown_inputs(layer.neurons[0]))
        rest = [[layer.rest(j)] for j in neurons] if layer.left_out else []
        self._rows = rows + bool(rest)
        self._like = {
            "w": np.array([layer.weight[j, i] for j in neurons for i in layer.shown_inputs(j)]),
            "p": np.array([value for j in neurons for value in layer.products(j)] + [v for (v,) in rest]),
            "s": np.array([[layer.summed(j), layer.explain(j).bias, layer.explain(j).value] for j in neurons]),
        }
        self._matrix = Plate("W", ROOMS["W"], layer.weight, cell=(TALLEST, TALLEST), square=False, numbers=False)
        z = np.array([[layer.explain(j).value] for j in neurons])
        self._z = self._column("z", z, self._like["s"])
        self._a: Plate | None = None
        if layer.activation is not None:
            self._a = self._column("a", np.array([[layer.activated(j)] for j in neurons]), z)
        self._plates: dict[int, dict[str, Plate]] = {}
        self._ground = tuple(self._still())

    def digits(self, neuron: int) -> Digits:
        """Return how a neuron's sum, bias and z are written so that they add up."""
        explained, products = self._layer.explain(neuron), self._layer.summed(neuron)
        return enough_digits(
            explained.value, lambda digits: digits(products) + digits(explained.bias), self._z.decimals
        )

    @property
    def rows(self) -> int:
        """How many products a neuron shows; the last is the sum of all others where there are too many."""
        return self._rows

    def drawn(self, neuron: int, done: Done) -> tuple[Mark, ...]:
        """Return the stage while a neuron is worked out."""
        layer, plates, place = self._layer, self._of(neuron), self._layer.neurons.index(neuron)
        seen = layer.shown_inputs(neuron)
        marks: list[Mark] = [*self._ground, *self._matrix.marked("row", neuron, 0, 1, layer.weight.shape[1])]
        marks += [*self._indices("x", seen, plates["x"]), *plates["x"].drawn(), *plates["w"].drawn()]
        marks += plates["p"].drawn(lambda row, _: row < done.products)
        if layer.left_out:
            marks.append(self._others(plates["p"]))
        marks += self._of_sum(neuron, plates, done)
        marks += self._z.drawn(lambda row, _: row < place + done.biased)
        if self._a is not None:
            marks += self._a.drawn(lambda row, _: row < place + done.activated)
        end = self._z.span(place, 0)
        if done.biased:
            marks += arrow("to z", (BIAS.right + 5, BIAS.centre[1]), (end.left - INDEX, end.centre[1]), "window")
            marks += self._z.outlined([(place, 0)])
        if done.activated and self._a is not None:
            marks += self._a.outlined([(place, 0)])
        return tuple(marks)

    def whole(self) -> tuple[Mark, ...]:
        """Return the layer with all that it gave, the columns as the last neuron left them."""
        last, shape = self._layer.neurons[-1], self._layer.weight.shape
        everything = {mark.key: mark for mark in self._matrix.marked("row", 0, 0, *shape)}
        drawn = self.drawn(last, Done(self._rows, summed=True, biased=True, activated=True))
        return tuple(everything.get(mark.key, mark) for mark in drawn if not mark.key.endswith(".now"))

    def _of(self, neuron: int) -> dict[str, Plate]:
        """Return the columns that change with the neuron."""
        if neuron not in self._plates:
            layer, seen = self._layer, self._layer.shown_inputs(neuron)
            products = layer.products(neuron) + ([layer.rest(neuron)] if layer.left_out else [])
            self._plates[neuron] = {
                "x": self._column("x", layer.x[seen][:, None], layer.x),
                "w": self._column("w", layer.weight[neuron, seen][:, None], self._like["w"]),
                "p": self._column("p", np.array(products)[:, None], self._like["p"]),
                "sum": self._part("sum", SUM, layer.summed(neuron), neuron),
                "bias": self._part("bias", BIAS, layer.explain(neuron).bias, neuron),
            }
        return self._plates[neuron]

    def _part(self, key: str, room: Box, value: float, neuron: int) -> Plate:
        """Return a part of a neuron's z: one cell."""
        like, cell, decimals = self._like["s"], (room.width, room.height), self.digits(neuron).decimals
        return Plate(key, room, np.array([[value]]), like=like, cell=cell, square=False, decimals=decimals)

    def _column(self, key: str, values: Array, like: Array) -> Plate:
        """Return a column; those of inputs keep a row for the others free, and all lines stay in line."""
        room = ROOMS[key]
        if key in {"x", "w", "p"}:
            tall = min(TALLEST, room.height / self._rows)
            top = room.centre[1] - tall * self._rows / 2
            room = Box(room.left, top, room.right, top + tall * len(values))
        return Plate(key, room, values, like=like, cell=(WIDE, TALLEST), square=False)

    def _of_sum(self, neuron: int, plates: dict[str, Plate], done: Done) -> list[Mark]:
        marks: list[Mark] = []
        for name in ("sum", "bias"):
            plate = plates[name]
            marks += plate.drawn(lambda *_: done.summed)
            marks.append(plate.named(self._title(name, neuron, plates, done), 90))
        if done.summed:
            column = plates["p"].box
            marks += arrow("to sum", (column.right + 5, SUM.centre[1]), (SUM.left - 5, SUM.centre[1]), "window")
        return marks

    def _title(self, name: str, neuron: int, plates: dict[str, Plate], done: Done) -> Text:
        """Return what a part is called, with ≈ where the products as they are written do not make their sum."""
        title = message(f"films.dense.{name}")
        if name != "sum" or not done.summed:
            return title
        products = self._layer.products(neuron) + ([self._layer.rest(neuron)] if self._layer.left_out else [])
        made = sum(as_written(product, plates["p"].decimals) for product in products)
        exact = equality(made, self._layer.summed(neuron), self.digits(neuron).decimals) == "="
        return title if exact else Text(f"≈ {title.es}", f"≈ {title.en}")

    def _still(self) -> list[Mark]:
        """Return what stays through the whole film."""
        plates = self._of(self._layer.neurons[0])
        marks: list[Mark] = [*self._matrix.drawn(), self._matrix.named(self._names["W"], ROOMS["W"].width)]
        marks += [plates[key].named(self._names[key], WIDE + SIGN - 4) for key in ("x", "w", "p")]
        for key, plate in (("z", self._z), ("a", self._a)):
            if plate is not None:
                marks.append(plate.named(self._names[key], WIDE))
        marks += self._indices("z", self._layer.neurons, self._z)
        y = STAGE.top + STAGE.height / 2 + 7
        for key, name, left, right in (("⊙", "⊙", "x", "w"), ("=", self._multiplied(), "w", "p")):
            x = (plates[left].box.right + plates[right].box.left) / 2
            marks.append(Words(f"sign {key}", (x, y), Text(name, name), 20.0, "muted"))
        if self._a is not None:
            box = self._z.box
            start, end = (box.right + 4, box.centre[1]), (self._a.box.left - 4, box.centre[1])
            marks += arrow("to a", start, end, "muted", 1.5)
            middle = (start[0] + end[0]) / 2, box.centre[1] - 8
            marks.append(Words("activation", middle, Text("ReLU", "ReLU"), LEGIBLE, "muted"))
        return marks

    def _multiplied(self) -> str:
        """Return the sign between the factors and the products of all neurons, as they are written."""
        layer = self._layer
        x, w, p = (self._of(layer.neurons[0])[key].decimals for key in ("x", "w", "p"))
        signs = {
            equality(as_written(float(layer.x[i]), x) * as_written(float(layer.weight[neuron, i]), w), product, p)
            for neuron in layer.neurons
            for i, product in zip(layer.shown_inputs(neuron), layer.products(neuron), strict=True)
        }
        return "≈" if "≈" in signs else "="

    def _indices(self, key: str, numbers: list[int], plate: Plate) -> list[Mark]:
        """Return the numbers of a column's elements, before it."""
        marks: list[Mark] = []
        for row, number in enumerate(numbers):
            box = plate.span(row, 0)
            at = box.left - 6, box.centre[1] + text.CAP / 2 * LEGIBLE
            line = f"[{number}]"
            marks.append(Words(f"{key}.index[{row}]", at, Text(line, line), LEGIBLE, "muted", "end"))
        return marks

    def _others(self, products: Plate) -> Words:
        """Return how many inputs the last product stands for, before it."""
        box = products.span(self._rows - 1, 0)
        words = message("films.dense.others", count=self._layer.left_out)
        at = box.left - 8, box.centre[1] + text.CAP / 2 * (LEGIBLE + 1)
        return Words("others", at, words, LEGIBLE + 1, "muted", "end")
