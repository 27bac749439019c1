"""Several dense layers, one after the other, as films: how they are joined, and every number of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.dense.layer import DenseLayer
from convista.films.dense.network import Network
from convista.films.film import FAST, SLOW, Film
from convista.films.script import QUICK, Script, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.wording import message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.activation import Relu
from convista.operators.softmax import Softmax

ROOM = Box(STAGE.left + 24, STAGE.top, STAGE.right - 24, STAGE.bottom)


class Block:
    """Dense layers in a row: a ReLU after each but the last, which a softmax follows.

    Parameters
    ----------
    x
        Inputs, (inputs,).
    weights
        For each layer (neurons, inputs).
    biases
        For each layer one number a neuron, or None.

    Raises
    ------
    ConvistaError
        If there is no layer, or the arrays do not belong together.
    """

    def __init__(self, x: ArrayLike, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike | None]) -> None:
        if not len(weights) or len(weights) != len(biases):
            raise ConvistaError("films.dense_block.layers", weights=len(weights), biases=len(biases))
        self.layers: list[DenseLayer] = []
        read = np.asarray(x, dtype=float)
        for n, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            activation = Relu() if n < len(weights) - 1 else None
            added = None if bias is None else np.asarray(bias, dtype=float)
            self.layers.append(DenseLayer(read, np.asarray(weight, dtype=float), added, activation))
            read = self.layers[-1].a
        self.x: Array = self.layers[0].x
        self.probabilities: Array = Softmax(axis=1).value(read[None])[0]
        """What the softmax makes of the last layer's values."""

    @property
    def winner(self) -> int:
        """The neuron of the last layer with the largest probability."""
        return int(np.nanargmax(self.probabilities))


def dense_architecture_film(
    x: ArrayLike,
    weights: Sequence[ArrayLike],
    biases: Sequence[ArrayLike | None],
    *,
    name: str = "dense-architecture",
) -> Film:
    """Show how the neurons of dense layers are joined, layer by layer, and how many numbers that takes.

    Parameters and errors are those of `Block`.
    """
    block = Block(x, weights, biases)
    layers = block.layers
    names = [message("films.dense_block.flatten", count=len(block.x))]
    names += [Text(line, line) for line in (f"Dense({len(layer.weight)})" for layer in layers)]
    columns = [block.x, *(layer.a for layer in layers[:-1]), block.probabilities]
    network = Network(ROOM, columns, [layer.weight for layer in layers], names)
    script = Script(name, Text(*(" → ".join(line) for line in zip(*names, strict=True))))
    done: list[Mark] = [*network.names(), *network.plates[0].drawn()]
    empty = [mark for plate in network.plates[1:] for mark in plate.drawn(lambda *_: False)]
    script.step(message("films.dense_block.inputs", count=len(block.x)), beat(done, empty, seconds=SLOW.end))
    for n, layer in enumerate(layers):
        plate, shown = network.plates[n + 1], network.shown[n + 1]
        later = [mark for other in network.plates[n + 2 :] for mark in other.drawn(lambda *_: False)]
        beats = []
        for place, neuron in enumerate(shown):
            before = [line for other in shown[:place] for line in network.links(n, neuron=other)]
            lit = network.links(n, neuron=neuron, colour="window")
            cells = plate.drawn(lambda row, _, place=place: row <= place)  # type: ignore[misc]
            pace = SLOW.row if place < 2 and n == 0 else 2 * QUICK
            beats.append(beat(before, lit, done, cells, plate.outlined([(place, 0)]), later, seconds=pace))
        links = network.links(n)
        done = [*links, *done, *plate.drawn()]
        beats.append(beat(done, later, _count(layer), seconds=SLOW.end))
        script.step(_joined(layer, last=n == len(layers) - 1), *beats)
    learnt = sum(layer.weight.size + (0 if layer.bias is None else layer.bias.size) for layer in layers)
    winning = network.plates[-1].outlined([(network.shown[-1].index(block.winner), 0)])
    script.step(
        message("films.dense_block.learnt", learnt=learnt, winner=block.winner),
        beat(done, winning, seconds=FAST.end),
    )
    return script.film()


def _joined(layer: DenseLayer, *, last: bool) -> Text:
    """Return how the neurons of a layer are joined to those before, and what follows them."""
    neurons, inputs = layer.weight.shape
    return message(f"films.dense_block.{'joined_last' if last else 'joined'}", neurons=neurons, inputs=inputs)


def _count(layer: DenseLayer) -> list[Mark]:
    """Return the sum of a layer's weights and biases, below the stage."""
    neurons, inputs = layer.weight.shape
    biases = 0 if layer.bias is None else layer.bias.size
    total = written(float(layer.weight.size + biases))
    words = message("films.dense_block.count", inputs=inputs, neurons=neurons, biases=biases, total=total)
    return [Equation([Slot("count", [words])]).write("count", words)]
