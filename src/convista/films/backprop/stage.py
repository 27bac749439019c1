"""The stage of the way back through a dense layer: δ at the left of a matrix, a row above it and one below."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np

from convista.films.backprop.equations import LayerEquations
from convista.films.backprop.layer import BackLayer
from convista.films.stage import text
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.grid import CLOSE, keys
from convista.films.stage.layout import INSIDE, STAGE
from convista.films.stage.marks import Box, Formula, Mark, Words
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Cell, Plate, window
from convista.films.stage.scale import Scale
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array
from convista.operators.descent import sgd

WIDEST, TALLEST, NAMES = 54.0, 42.0, 62.0
"""Of a cell, at most, and the room for the names of rows."""
MATRIX = Box(STAGE.left + NAMES + WIDEST + 14, 130, STAGE.right - 172, 352)
ABOVE, BELOW, ROW = 30.0, 34.0, 26.0
"""From the matrix to the rows above and below it, and their height."""
BARS = Box(INSIDE.right - 150, 118, INSIDE.right, 138)
APART = 62.0
"""Between the bars of colours."""
TYPE = 16.0


class Outer(NamedTuple):
    """∂W is being filled, with what the layer had read above it."""

    made: Collection[Cell] | int | None
    """The elements that are there; a number is so many rows, None all."""
    cell: Cell | None = None
    """The one just made."""
    row: int | None = None
    """The row just made."""


class Back(NamedTuple):
    """Wᵀδ is being filled, below W."""

    made: int
    """How many elements are there."""


class Gate(NamedTuple):
    """What the ReLU had read stands above W; once it is applied, the error below is gated."""

    applied: bool


class Update(NamedTuple):
    """One weight of W and its gradient; then with its step made."""

    cell: Cell
    rate: float
    done: bool


Moment = Outer | Back | Gate | Update


class Scales(NamedTuple):
    """One scale of colours for each quantity of the film, and all that it shows of it."""

    values: Array
    errors: Array
    gradients: Array
    weights: Array

    @classmethod
    def of(cls, layers: Collection[BackLayer]) -> Scales:
        """Return the scales of all layers of a film."""
        errors = [part for layer in layers for part in (layer.delta, layer.to_input, layer.gated)]
        values = [part for layer in layers for part in (layer.read, layer.gate)]
        return cls(
            np.concatenate([part for part in values if part is not None]),
            np.concatenate([part for part in errors if part is not None]),
            np.concatenate([layer.to_weight.ravel() for layer in layers]),
            np.concatenate([layer.weight.ravel() for layer in layers]),
        )


class BackwardStage:
    """One layer on the way back."""

    def __init__(self, layer: BackLayer, scales: Scales) -> None:
        self._layer, self._scales, n = layer, scales, layer.number
        neurons, inputs = layer.weight.shape
        wide, tall = min(WIDEST, MATRIX.width / inputs), min(TALLEST, MATRIX.height / neurons)
        right, bottom = MATRIX.left + wide * inputs, MATRIX.top + tall * neurons
        matrix = Box(MATRIX.left, MATRIX.top, right, bottom)
        above = matrix._replace(top=matrix.top - ABOVE - ROW, bottom=matrix.top - ABOVE)
        below = matrix._replace(top=bottom + BELOW, bottom=bottom + BELOW + ROW)
        side = matrix._replace(left=matrix.left - 14 - WIDEST, right=matrix.left - 14)
        self._matrix = matrix
        before = f"_{{{n - 1}}}"
        self._names = {
            "read": ("x" if n == 1 else f"a{before}", "muted"),
            "gate": (f"z{before}", "muted"),
            "dW": (rf"\partial W_{{{n}}}", "backward"),
            "W": (f"W_{{{n}}}", "muted"),
            "delta": (rf"\delta_{{{n}}}", "backward"),
            "back": (rf"W_{{{n}}}^T\,\delta_{{{n}}}", "backward"),
            "gated": (rf"\delta{before}", "backward"),
        }
        self._plates = {
            "delta": self._plate("delta", layer.delta[:, None], side, scales.errors),
            "read": self._plate("read", layer.read[None], above, scales.values),
            "dW": self._plate("dW", layer.to_weight, matrix, scales.gradients),
            "W": self._plate("W", layer.weight, matrix, scales.weights),
            "back": self._plate("back", layer.to_input[None], below, scales.errors),
        }
        if layer.gate is not None and layer.gated is not None:
            self._plates["gate"] = self._plate("gate", layer.gate[None], above, scales.values)
            self._plates["gated"] = self._plate("gated", layer.gated[None], below, scales.errors)
        self._equations = LayerEquations(layer)
        self._bars = self._colour_bars()

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        match moment:
            case Outer():
                return (*self._drawn("delta", "read"), *self._outer(moment), *self._bars)
            case Back(made):
                return (*self._drawn("delta", "W"), *self._back(made), *self._bars)
            case Gate(applied):
                shut = [(0, int(i)) for i in np.flatnonzero(np.asarray(self._layer.gate) <= 0)]
                row = "gated" if applied else "back"
                rings = self._plates["gate"].outlined(shut, "backward") if self._plates["gate"].numbered else ()
                return (*self._drawn("delta", "W", "gate", row), *rings, *self._equations.gate(), *self._bars)
            case Update():
                return (*self._update(moment), *self._bars)

    def multiplied(self, cells: Collection[Cell]) -> Sources:
        """Return what elements of ∂W come out of: the error of their row and the input of their column."""
        delta, read, made = self._plates["delta"], self._plates["read"], self._plates["dW"]
        if not (delta.numbered and read.numbered and made.numbered):
            return {}
        return {made.keys(j, i)[1]: (delta.keys(j, 0)[1], read.keys(0, i)[1]) for j, i in cells}

    def heard(self, i: int) -> Sources:
        """Return what an element of Wᵀδ comes out of: the errors and the weights of its column."""
        delta, weights, back = self._plates["delta"], self._plates["W"], self._plates["back"]
        if not (delta.numbered and weights.numbered and back.numbered):
            return {}
        rows = range(len(delta.values))
        sources = (plate.keys(j, column)[1] for j in rows for plate, column in ((weights, i), (delta, 0)))
        return {back.keys(0, i)[1]: tuple(sources)}

    def passed(self) -> Sources:
        """Return what the errors come out of that the gate lets pass: those before it."""
        gated, back = self._plates["gated"], self._plates["back"]
        if not gated.numbered:
            return {}
        opened = np.flatnonzero(np.asarray(self._layer.gate) > 0).tolist()
        return {gated.keys(0, i)[k]: back.keys(0, i)[k] for i in opened for k in range(2)}

    def taken_over(self) -> Sources:
        """Return what δ comes out of where the layer after it was shown before: what that layer's gate let pass."""
        delta = self._plates["delta"]
        if not delta.numbered:
            return {}
        rows = range(len(delta.values))
        return {
            here: there for j in rows for here, there in zip(delta.keys(j, 0), keys("gated", 0, j), strict=True)
        }

    def _outer(self, moment: Outer) -> list[Mark]:
        plate, (_, inputs) = self._plates["dW"], self._layer.to_weight.shape
        made, known = moment.made, None
        if isinstance(made, int):
            known = made * inputs
        marks: list[Mark] = [self._named("dW")]
        if made is None or isinstance(made, int):
            marks += plate.drawn(known)
        else:
            marks += plate.drawn(lambda row, column: (row, column) in made)
        if moment.cell is not None:
            j, i = moment.cell
            marks += window("by", self._plates["delta"].span(j, 0), "backward")
            marks += window("of", self._plates["read"].span(0, i))
            marks += plate.outlined([moment.cell])
            marks += self._equations.product(j, i)
        elif moment.row is not None:
            marks += window("by", self._plates["delta"].span(moment.row, 0), "backward")
            marks += window("row", plate.span(moment.row, 0, 1, inputs))
        return marks

    def _back(self, count: int) -> list[Mark]:
        plate, neurons = self._plates["back"], len(self._layer.weight)
        marks: list[Mark] = [self._named("back"), *plate.drawn(count)]
        if count:
            marks += window("column", self._plates["W"].span(0, count - 1, neurons, 1), "backward")
            marks += plate.outlined([(0, count - 1)])
            marks += self._equations.heard(count - 1)
        return marks

    def _update(self, moment: Update) -> list[Mark]:
        (j, i), weight = moment.cell, self._layer.weight
        after = weight.copy()
        after[j, i] = sgd(weight[j, i], self._layer.to_weight[j, i], rate=moment.rate)
        plate = self._plates["W"]
        if moment.done:
            plate = self._plate("W", after, self._matrix, self._scales.weights)
        line = self._equations.update(j, i, moment.rate, float(after[j, i]), done=moment.done)
        return [self._named("W"), *plate.drawn(), *plate.marked("weight", j, i), *line]

    def _drawn(self, *keys: str) -> list[Mark]:
        return [mark for key in keys for mark in (self._named(key), *self._plates[key].drawn())]

    def _named(self, key: str) -> Formula:
        """Return the name of an array: above a matrix or a column, at the left of a row."""
        (tex, colour), box = self._names[key], self._plates[key].box
        if key in {"delta", "dW", "W"}:
            return Formula(f"{key}.name", (box.centre[0], box.top - 11), Text(tex, tex), TYPE, colour)
        at = box.left - 12, box.centre[1] + text.CAP / 2 * TYPE
        return Formula(f"{key}.name", at, Text(tex, tex), TYPE, colour, "end")

    def _plate(self, key: str, values: Array, room: Box, like: Array) -> Plate:
        return Plate(key, room, values, like=like, cell=(WIDEST, TALLEST), square=False, free=CLOSE, size=16.0)

    def _colour_bars(self) -> list[Mark]:
        marks: list[Mark] = []
        for n, (key, values) in enumerate(zip(self._scales._fields, self._scales, strict=True)):
            room = BARS._replace(top=BARS.top + n * APART, bottom=BARS.bottom + n * APART)
            name, at = message(f"films.backprop.bar_{key}"), (room.centre[0], room.top - 5)
            marks.append(Words(f"{key}.bar.name", at, name, 14.0, "muted"))
            marks += colour_bar(f"{key}.bar", room, Scale.of(values))
        return marks
