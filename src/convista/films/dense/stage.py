"""The stage of a dense layer: the network with the neuron in use lit, its columns, the formula under them."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.dense.block import Block
from convista.films.dense.columns import Columns, Moment
from convista.films.dense.formula import NeuronFormula
from convista.films.dense.layer import DenseLayer
from convista.films.dense.network import Column, Network
from convista.films.dense.symbols import Symbols
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.layout import INSIDE, STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.scale import Scale
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

ROWS = STAGE._replace(top=220, bottom=416)
"""Where the columns stand."""
ABOVE = STAGE._replace(left=STAGE.left + 40, top=58, right=STAGE.left + 480, bottom=197)
WHOLE = STAGE._replace(left=STAGE.left + 90, top=66, right=STAGE.right - 170, bottom=440)
"""Where the network stands, above the columns and at first by itself."""
BARS = Box(INSIDE.right - 236, 112, INSIDE.right, 136), Box(INSIDE.right - 236, 146, INSIDE.right, 170)
"""Of what the colours mean: values, weights."""


class Surroundings:
    """The columns of neurons of a whole network, and which of its layers is worked out.

    ``before`` is the column that the layer reads; ``classes`` are written at the last one.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        weights: Sequence[Array],
        before: int = 0,
        classes: Sequence[Text] | None = None,
    ) -> None:
        self.columns, self.weights, self.before, self.classes = columns, weights, before, classes

    @classmethod
    def of_layer(cls, layer: DenseLayer) -> Surroundings:
        """Return those of a layer by itself."""
        neurons, inputs = layer.weight.shape
        names = message("films.dense.inputs", count=inputs), message("films.dense.neurons", count=neurons)
        columns = [Column.of(inputs, names[0], 10), Column(neurons, layer.neurons, names[1])]
        return cls(columns, [layer.weight])

    @classmethod
    def of_block(cls, block: Block, number: int) -> Surroundings:
        """Return those of one of several layers; the first has number 1."""
        columns = block.columns()
        columns[number] = columns[number]._replace(shown=block.layers[number - 1].neurons)
        return cls(columns, block.weights, number - 1, block.classes)

    def network(self, room: Box) -> Network:
        """Return the network in a room."""
        return Network(room, self.columns, self.weights)


class DenseStage:
    """A layer at work: what a moment of a neuron looks like, and how it begins."""

    def __init__(self, layer: DenseLayer, symbols: Symbols, around: Surroundings) -> None:
        self._layer, self._around = layer, around
        self.columns = Columns(ROWS, layer, symbols)
        self._scale = Scale.of(self.columns.signals)
        self._small, self._large = around.network(ABOVE), around.network(WHOLE)
        self._formula = NeuronFormula(layer, symbols, self.columns.decimals)
        self._bars = [
            *colour_bar("values", BARS[0], self._scale, message("films.dense.values")),
            *colour_bar("weights", BARS[1], Scale.of(layer.weight), message("films.dense.weights")),
        ]

    def begun(self, neuron: int, *, arrived: bool) -> tuple[Mark, ...]:
        """Return the network by itself, its inputs on their way to a neuron."""
        return (*self._network(self._large, neuron, 0, along=float(arrived)),)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        done = self._layer.neurons.index(moment.neuron) + moment.activated
        return (
            *self._network(self._small, moment.neuron, done),
            *self._bars,
            *self.columns.at(moment),
            *self._formula.drawn(
                moment.neuron, summed=moment.summed, biased=moment.biased, activated=moment.activated
            ),
        )

    def whole(self) -> tuple[Mark, ...]:
        """Return the layer with all that it gave."""
        return (*self._network(self._small, None, len(self._layer.neurons)), *self._bars, *self.columns.whole())

    def _network(self, network: Network, neuron: int | None, done: int, along: float | None = None) -> list[Mark]:
        """Return the network: so many neurons of the layer have values; the lines of one are lit."""
        before, count = self._around.before, len(network.columns)
        marks: list[Mark] = []
        for n in range(count - 1):
            lit = None if n != before or neuron is None else neuron
            marks += [link for link in network.links(n, colour="line") if not _ends_in(link, n, lit)]
        if neuron is not None:
            marks += network.links(before, neuron=neuron)
        if along is not None and neuron is not None:
            marks += network.pulses(before, self._layer.weight * 0 + 1, along, "window", neuron=neuron)
        for n in range(count):
            marks += self._column(network, n, done)
        if neuron is not None:
            marks.append(network.lit(before + 1, neuron))
        if self._around.classes is not None:
            marks += network.beside(count - 1, self._around.classes, "muted")
        return [*marks, *network.names()]

    def _column(self, network: Network, n: int, done: int) -> list[Mark]:
        before, full = self._around.before, self._scale.full
        if n == before:
            return network.neurons(n, self._layer.x, full)
        if n != before + 1:
            return network.neurons(n, None, stroke="line")
        known = {network.key(n, neuron) for neuron in self._layer.neurons[:done]}
        empty = network.neurons(n, None)
        filled = {mark.key: mark for mark in network.neurons(n, self._layer.a, full) if mark.key in known}
        return [filled.get(mark.key, mark) for mark in empty]


def _ends_in(link: Mark, n: int, neuron: int | None) -> bool:
    return neuron is not None and link.key.startswith(f"link{n}[{neuron},")
