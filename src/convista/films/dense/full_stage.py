"""The stage of a whole block: the network above; below a layer, W·a + b = z and what follows, or all vectors."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from convista.films.dense.block import Block
from convista.films.dense.formula import NeuronFormula
from convista.films.dense.network import Network
from convista.films.dense.stage import ABOVE, BARS, ROWS
from convista.films.dense.symbols import Symbols
from convista.films.stage import text
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.grid import CLOSE
from convista.films.stage.layout import arrow
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate
from convista.films.stage.scale import Scale
from convista.films.stage.typeset import Line, Part, Tex
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

WIDEST, TALLEST = 58.0, 28.0
"""Of a cell, at most."""
TYPE = 14.0
GAPS = {"a": 24.0, "b": 24.0, "z": 24.0, "after": 74.0}
"""Before the columns of a layer: what it reads, its biases, its sums, and what follows."""


class Moment(NamedTuple):
    """How far a layer has come."""

    layer: int
    """From 1."""
    neurons: int | None = None
    """How many values of z are there; None for all."""
    activated: bool = False
    """Whether what follows z is there: a, or the probabilities."""


class FullStage:
    """A block at work, layer by layer, and at the end all its vectors in a row."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._network = Network(ABOVE, block.columns(), block.weights)
        layers = block.layers
        biases = [np.array([layer.explain(j).bias for j in range(len(layer.z))]) for layer in layers]
        self._signals = np.concatenate([block.x, *(layer.z for layer in layers), *biases])
        self._vectors = {"a0": block.x}
        for n, (layer, bias) in enumerate(zip(layers, biases, strict=True), start=1):
            self._vectors |= {f"b{n}": bias, f"z{n}": layer.z}
            self._vectors[self._after(n)] = layer.a if n < len(layers) else block.probabilities
        self._weights = np.concatenate([weight.ravel() for weight in block.weights])
        self._scenes = {n: self._scene(n) for n in range(1, len(layers) + 1)}
        self._chain = self._in_a_row()
        decimals = self._scenes[1]["z1"].decimals
        self._formulas = {n: NeuronFormula(layer, Symbols(n), decimals) for n, layer in enumerate(layers, start=1)}
        self._bars = [
            *colour_bar("values", BARS[0], Scale.of(self._signals), message("films.dense.values")),
            *colour_bar("weights", BARS[1], Scale.of(self._weights), message("films.dense.weights")),
        ]

    def neurons(self, n: int) -> int:
        """Return how many neurons a layer has."""
        return len(self._block.layers[n - 1].z)

    def begun(self) -> tuple[Mark, ...]:
        """Return the network and its inputs."""
        return (*self._above(0, 0), *self._bars, *self._scenes[1]["a0"].drawn(), self._named(1, "a0"))

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        n, plates = moment.layer, self._scenes[moment.layer]
        count = self.neurons(n) if moment.neurons is None else moment.neurons
        marks: list[Mark] = [*self._above(n, n if moment.activated else n - 1), *self._bars]
        for key, plate in plates.items():
            so_far = count if key == f"z{n}" else 0 if key == self._after(n) and not moment.activated else None
            marks += [self._named(n, key), *plate.drawn(so_far)]
        marks += self._signs(n)
        if moment.neurons:
            marks += plates[f"W{n}"].marked("row", count - 1, 0, 1, plates[f"W{n}"].values.shape[1])
            marks += plates[f"z{n}"].outlined([(count - 1, 0)])
            if count - 1 in self._block.layers[n - 1].neurons:
                marks += self._formulas[n].drawn(count - 1, activated=False)
        if moment.activated and n == len(self._block.layers):
            marks += self._classes(plates["p"])
        return tuple(marks)

    def chain(self) -> tuple[Mark, ...]:
        """Return all vectors in a row, each made from the one before, and the formula of the whole."""
        last = len(self._block.layers)
        marks: list[Mark] = [*self._above(None, last), *self._bars]
        for key, plate in self._chain.items():
            marks += [self._named(last, key, plate), *plate.drawn()]
        plates = list(self._chain.items())
        for (_, left), (key, right) in pairwise(plates):
            n = 1 + plates.index((key, right)) // 2
            s = Symbols(n)
            words = f"{s.line('W')}, {s.line('b')}" if key.startswith("z") else "softmax" if key == "p" else "ReLU"
            marks += self._arrow(f"to {key}", left.box, right.box, words)
        return (*marks, *self._classes(self._chain["p"]), *self._whole_formula())

    def summed(self, n: int, neuron: int) -> Sources:
        """Return what a z comes out of: its row of W, and the bias."""
        plates = self._scenes[n]
        row, z, b = plates[f"W{n}"], plates[f"z{n}"], plates[f"b{n}"]
        if not (row.numbered and z.numbered):
            return {}
        read = (row.keys(neuron, i)[1] for i in range(row.values.shape[1]))
        return {z.keys(neuron, 0)[1]: (*read, b.keys(neuron, 0)[1])}

    def passed_on(self, n: int) -> Sources:
        """Return what the values after z come out of: z."""
        z, after = self._scenes[n][f"z{n}"], self._scenes[n][self._after(n)]
        if not (z.numbered and after.numbered):
            return {}
        return {after.keys(row, 0)[1]: z.keys(row, 0)[1] for row in range(len(z.values))}

    def _after(self, n: int) -> str:
        return f"a{n}" if n < len(self._block.layers) else "p"

    def _above(self, lit: int | None, known: int) -> list[Mark]:
        """Return the network: the lines of a layer in colour, None for all, and values up to a column."""
        network, full = self._network, Scale.of(self._signals).full
        marks: list[Mark] = []
        for n in range(len(self._block.layers)):
            marks += network.links(n, colour=None if lit is None or n == lit - 1 else "line")
        values = [self._block.x, *(layer.a for layer in self._block.layers)]
        for n, column in enumerate(values):
            marks += network.neurons(n, column if n <= known else None, full)
        return [*marks, *network.names(), *network.beside(len(values) - 1, self._block.classes, "muted")]

    def _scene(self, n: int) -> dict[str, Plate]:
        """Return W, what it reads, b, z and what follows, side by side."""
        inputs = self._block.layers[n - 1].weight.shape[1]
        last = n == len(self._block.layers)
        room = ROWS.inset(right=self._classes_width() if last else 0)
        free = room.width - sum(GAPS.values())
        wide = min(WIDEST, free / (inputs + 4))
        wide = wide if wide > TYPE * 3 else WIDEST - 6
        matrix = min(wide * inputs, free - 4 * wide)
        spare = (free - matrix - 4 * wide) / 2
        left = room.left + spare
        plates = {
            f"W{n}": self._plate(
                f"W{n}", Box(left, room.top, left + matrix, room.bottom), self._block.weights[n - 1]
            )
        }
        left += matrix
        for key, gap in zip((f"a{n - 1}", f"b{n}", f"z{n}", self._after(n)), GAPS.values(), strict=True):
            left += gap
            plates[key] = self._vector(key, Box(left, room.top, left + wide, room.bottom))
            left += wide
        return plates

    def _in_a_row(self) -> dict[str, Plate]:
        """Return all vectors but the biases, from left to right."""
        keys = [key for key in self._vectors if not key.startswith("b")]
        room = ROWS.inset(right=self._classes_width())
        wide = min(WIDEST - 8, room.width / (2 * len(keys)))
        gap = (room.width - wide * len(keys)) / (len(keys) - 1)
        boxes = room.columns(*[1.0] * len(keys), gap=gap)
        return {key: self._vector(key, box) for key, box in zip(keys, boxes, strict=True)}

    def _vector(self, key: str, room: Box) -> Plate:
        return self._plate(key, room, self._vectors[key][:, None])

    def _plate(self, key: str, room: Box, values: Array) -> Plate:
        like = self._weights if key.startswith("W") else values if key == "p" else self._signals
        size = WIDEST, TALLEST
        return Plate(key, room, values, like=like, cell=size, square=False, free=CLOSE, size=17.0, decimals=2)

    def _named(self, n: int, key: str, plate: Plate | None = None) -> Words:
        """Return what an array is called; of W also its size."""
        line = Symbols(int(key[1:])).line(key[0]) if key not in {"a0", "p"} else {"a0": "x", "p": "p"}[key]
        if key.startswith("W"):
            rows, columns = self._block.weights[n - 1].shape
            line = f"{line}: {rows}×{columns}"
        return (plate or self._scenes[n][key]).named(Text(line, line), 120)

    def _signs(self, n: int) -> list[Mark]:
        """Return what stands between the columns of a layer."""
        plates, marks = list(self._scenes[n].values()), []
        for sign, left, right in zip("·+=", plates, plates[1:], strict=False):
            x = (left.box.right + right.box.left) / 2
            at = x, ROWS.centre[1] + text.CAP / 2 * 18
            marks.append(Words(f"sign {sign}", at, Text(sign, sign), 18.0, "text"))
        words = "ReLU" if n < len(self._block.layers) else "softmax"
        return [*marks, *self._arrow("onwards", plates[-2].box, plates[-1].box, words)]

    def _arrow(self, key: str, left: Box, right: Box, words: str) -> list[Mark]:
        """Return an arrow between two columns, with a word over it."""
        y, start, end = ROWS.centre[1], left.right + 5, right.left - 5
        size = text.fitting(words, end - start + 6, TYPE + 1)
        at = (start + end) / 2, y - 9
        return [
            *arrow(key, (start, y), (end, y), "muted"),
            Words(f"{key}.word", at, Text(words, words), size, "muted"),
        ]

    def _classes(self, p: Plate) -> list[Mark]:
        """Return the names of the classes beside their probabilities; the winner stands out."""
        marks: list[Mark] = []
        for row, name in enumerate(self._block.classes):
            box, won = p.span(row, 0), row == self._block.winner
            at = box.right + 8, box.centre[1] + text.CAP / 2 * TYPE
            if p.numbered:
                marks.append(Words(f"class[{row}]", at, name, TYPE, "window" if won else "muted", "start"))
        return [*marks, *p.marked("winner", self._block.winner, 0)]

    def _classes_width(self) -> float:
        return 14 + max(text.width(line, TYPE) for name in self._block.classes for line in name)

    def _whole_formula(self) -> tuple[Mark, ...]:
        """Return the block as one formula."""
        line = "x"
        for n in range(1, len(self._block.layers) + 1):
            s = Symbols(n)
            inside = rf"{s.tex('W')}\,{line} + {s.tex('b')}"
            name = "ReLU" if n < len(self._block.layers) else "softmax"
            line = rf"\mathrm{{{name}}}({inside})"
        return Line([Part("whole", [Tex(f"p = {line}")])]).drawn({"whole": Tex(f"p = {line}")})
