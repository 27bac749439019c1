"""A whole block of dense layers with its numbers: z = W·a + b, a = ReLU(z), layer by layer, and the softmax."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.dense.block import Block
from convista.films.dense.layer import MOST_NEURONS, DenseLayer
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.script import QUICK, Script, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate
from convista.films.wording import bracketed, decimals_for, enough_digits, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.softmax import Softmax

WIDE, GAP = 46.0, 11.0
"""Of a column of numbers, and between what stands side by side."""
TALLEST = 30.0
SLOWLY = 2
"""How many neurons are seen slowly."""


def dense_full_film(
    x: ArrayLike,
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike | None],
    *,
    class_names: Sequence[str | Text] | None = None,
    name: str = "dense-full",
) -> Film:
    """Show dense layers at work, from the inputs to the probabilities.

    Parameters
    ----------
    x, weights, biases
        As `Block` takes them.
    class_names
        A name for each neuron of the last layer.

    Raises
    ------
    ConvistaError
        If the arrays or the names do not belong together.
    """
    block = Block(x, weights, biases)
    if class_names is not None and len(class_names) != len(block.probabilities):
        raise ConvistaError("films.dense_block.classes", names=len(class_names), neurons=len(block.probabilities))
    stage, script = _Stage(block), Script(name, message("films.dense_full.title"))
    for n, layer in enumerate(block.layers, start=1):
        script.step(
            message("films.dense_full.weighs", layer=n, before=n - 1, neurons=len(layer.z)), *stage.weighing(n)
        )
        if layer.activation is not None:
            zeros = int((layer.a == 0).sum())
            script.step(
                message("films.dense_full.gates", layer=n, zeros=zeros, neurons=len(layer.z)), stage.after(n)
            )
    share = written(float(block.probabilities[block.winner]))
    named: object = block.winner if class_names is None else class_names[block.winner]
    script.step(
        message("films.dense_full.decides", layer=len(block.layers), winner=named, share=share), stage.decision()
    )
    return script.film()


class _Stage:
    """For each layer its matrix, z, and what follows it, side by side."""

    def __init__(self, block: Block) -> None:
        self._block, self._layers = block, block.layers
        count = len(self._layers)
        wide = min(WIDE, STAGE.width / (4 * count))
        spare = (STAGE.width - wide * (1 + 2 * count) - GAP * 3 * count) / count
        left = STAGE.left
        self._plates: dict[str, Plate] = {"a0": self._column("a0", left, wide, block.x, block.x)}
        left += wide + GAP
        for n, layer in enumerate(self._layers, start=1):
            room = Box(left, STAGE.top, left + spare, STAGE.bottom)
            self._plates[f"W{n}"] = Plate(
                f"W{n}", room, layer.weight, cell=(20.0, TALLEST), square=False, numbers=False
            )
            left += spare + GAP
            both = np.concatenate([layer.z, layer.a])
            self._plates[f"z{n}"] = self._column(f"z{n}", left, wide, layer.z, both)
            left += wide + GAP
            after = layer.a if n < count else block.probabilities
            key = f"a{n}" if n < count else "p"
            self._plates[key] = self._column(key, left, wide, after, both if n < count else after)
            left += wide + GAP
        self._names = [plate.named(Text(key, key), plate.box.width + GAP) for key, plate in self._plates.items()]
        self._done = {"a0", *(key for key in self._plates if key.startswith("W"))}
        self._equations = {n: self._equation(n, layer) for n, layer in enumerate(self._layers, start=1)}

    def weighing(self, n: int) -> list[Beat]:
        """Return z of a layer being worked out, neuron after neuron."""
        layer, matrix, z = self._layers[n - 1], self._plates[f"W{n}"], self._plates[f"z{n}"]
        beats, still = [], self._still(f"z{n}")
        for neuron in range(min(len(layer.z), MOST_NEURONS)):
            row = matrix.marked("row", neuron, 0, 1, layer.weight.shape[1])
            cells = z.drawn(lambda r, _, neuron=neuron: r <= neuron)  # type: ignore[misc]
            slow = n == 1 and neuron < SLOWLY
            line = self._line(n, neuron)
            pace = SLOW.sum if slow else 3 * QUICK
            beats.append(beat(still, row, cells, z.outlined([(neuron, 0)]), line, seconds=pace))
        self._done.add(f"z{n}")
        beats.append(beat(self._still(), self._line(n, None), seconds=FAST.end))
        return beats

    def after(self, n: int) -> Beat:
        """Return the ReLU of a layer."""
        self._done.add(f"a{n}")
        plate = self._plates[f"a{n}"]
        words = Text(f"a{n} = ReLU(z{n})", f"a{n} = ReLU(z{n})")
        outline = plate.outlined([(row, 0) for row in range(len(plate.values))])
        return beat(self._still(), outline, _symbols(words), seconds=SLOW.end)

    def decision(self) -> Beat:
        """Return the softmax of the last layer, and the winner's share as its explanation has it."""
        self._done.add("p")
        last, block = len(self._layers), self._block
        explained = Softmax(axis=1).explain((0, block.winner), self._layers[-1].z[None])
        value = written(explained.value)
        words = Text(*(f"p = softmax(z{last})     p[{block.winner}] = {line}" for line in value))
        outline = self._plates["p"].outlined([(block.winner, 0)])
        return beat(self._still(), outline, _symbols(words), seconds=SLOW.end)

    def _still(self, besides: str = "") -> list[Mark]:
        marks: list[Mark] = [*self._names]
        for key, plate in self._plates.items():
            if key in self._done:
                marks += plate.drawn()
            elif key != besides:
                marks += plate.drawn(lambda *_: False)
        return marks

    def _column(self, key: str, left: float, wide: float, values: Array, like: Array) -> Plate:
        room = Box(left, STAGE.top, left + wide, STAGE.bottom)
        return Plate(key, room, values[:, None], like=like, cell=(wide, TALLEST), square=False)

    def _equation(self, n: int, layer: DenseLayer) -> Equation:
        return Equation([Slot("name", [self._formula(n)]), Slot("neuron", self._sums(n, layer))])

    def _line(self, n: int, neuron: int | None) -> list[Mark]:
        """Return the formula of a layer, and the sum of a neuron."""
        line: list[Mark] = [self._equations[n].write("name", self._formula(n))]
        if neuron is not None:
            line.append(self._equations[n].write("neuron", self._sums(n, self._layers[n - 1])[neuron]))
        return line

    def _formula(self, n: int) -> Text:
        line = f"z{n} = W{n}·a{n - 1} + b{n}"
        return Text(line, line)

    def _sums(self, n: int, layer: DenseLayer) -> list[Text]:
        """Return for each neuron its sum, bias and z."""
        neurons = range(min(len(layer.z), MOST_NEURONS))
        parts = [(layer.summed(j), layer.explain(j).bias, layer.explain(j).value) for j in neurons]
        least = decimals_for(value for part in parts for value in part)
        return [self._sum(f"z{n}[{j}]", *part, least) for j, part in enumerate(parts)]

    def _sum(self, name: str, products: float, bias: float, value: float, least: int) -> Text:
        decimals, equals = enough_digits(value, lambda digits: digits(products) + digits(bias), least)
        numbers = written(products, decimals), bracketed(bias, decimals), written(value, decimals)
        both = zip(*numbers, strict=True)
        return Text(*(f"     {name} = {a} + {b} {equals} {c}" for a, b, c in both))


def _symbols(words: Text) -> list[Mark]:
    return [Equation([Slot("name", [words])]).write("name", words)]
