"""How the neurons of dense layers are joined, as a film: layer by layer, and how many numbers that takes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.films.dense.block import Block
from convista.films.dense.layer import DenseLayer
from convista.films.dense.network import Network
from convista.films.dense.symbols import Symbols
from convista.films.film import SLOW, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.bars import Bars
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import INSIDE, STAGE
from convista.films.stage.marks import Box, Mark, Words
from convista.films.wording import message, written
from convista.language import Text

ROOM = STAGE._replace(left=STAGE.left + 40, top=62, right=STAGE.right - 215, bottom=398)
SIZES = 15.0
"""Letters of the sizes of W and b."""
BAR, BELOW = 10.0, 11.0
"""Height of the bar of a probability, and how far it is below the middle of its neuron."""


class Moment(NamedTuple):
    """How far the network has been joined."""

    layer: int
    """The one being joined, from 0; all before it are."""
    neurons: int = 0
    """How many of its neurons are joined."""
    growing: float = 1.0
    """How much is drawn of the lines of the last of them."""
    counted: bool = False
    """Whether its weights and biases are counted."""
    decided: bool = False
    """Whether the classes have their probabilities."""


def dense_architecture_film(block: Block, *, name: str = "dense-architecture") -> Film:
    """Show how the neurons of dense layers are joined, layer by layer, and how many numbers that takes."""
    stage = _Stage(block)
    names = [column.name for column in block.columns()]
    script = Script(name, Text(*(" → ".join(line) for line in zip(*names, strict=True))))
    script.step(
        message("films.dense_block.inputs", count=len(block.x)), beat(stage.at(Moment(0)), seconds=SLOW.end)
    )
    for n, layer in enumerate(block.layers):
        script.step(_joined(layer, last=n == len(block.layers) - 1), *_joining(stage, n))
    last = len(block.layers) - 1
    whole = Moment(last, stage.count(last), counted=True)
    winner = block.classes[block.winner]
    script.step(
        message("films.dense_block.learnt", winner=winner),
        *(
            beat(stage.running(n, share), seconds=QUICK, travel=TRAVEL * share)
            for n in range(len(block.layers))
            for share in (0.0, 1.0)
        ),
        beat(stage.at(whole._replace(decided=True)), seconds=SLOW.end, travel=TRAVEL),
    )
    return script.film()


def _joining(stage: _Stage, n: int) -> list[Beat]:
    """Return a layer being joined: of the first one two neurons slowly, then the others; then the count."""
    count, beats = stage.count(n), []
    for neuron in range(1, count + 1):
        slow = n == 0 and neuron <= 2
        travel = TRAVEL if slow else TRAVEL / 2 if n == 0 else QUICK * 3
        beats.append(beat(stage.at(Moment(n, neuron, 0.0)), seconds=QUICK))
        beats.append(beat(stage.at(Moment(n, neuron)), seconds=SHORT if slow else QUICK, travel=travel))
    return [*beats, beat(stage.at(Moment(n, count, counted=True)), seconds=SLOW.end)]


class _Stage:
    """The network, the sizes of each layer's W and b under its lines, and at the right what the classes get."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._network = Network(ROOM, block.columns(), block.weights)
        signals = [block.x, *(layer.a for layer in block.layers)]
        self._values = signals
        finite = np.abs(np.concatenate(signals))
        self._full = float(np.nanmax(finite)) or 1.0
        self._lines = [_count(layer) for layer in block.layers]
        parts = " + ".join(str(layer.learnt) for layer in block.layers)
        self._total = message("films.dense_block.total", parts=parts, total=block.learnt)
        self._equation = Equation([Slot("count", [*self._lines, self._total])])

    def count(self, n: int) -> int:
        """Return how many neurons of a layer are shown."""
        return len(self._network.columns[n + 1].shown)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        n, network = moment.layer, self._network
        shown = network.columns[n + 1].shown[: moment.neurons]
        marks: list[Mark] = [link for earlier in range(n) for link in network.links(earlier)]
        for place, neuron in enumerate(shown):
            newest = place == len(shown) - 1 and not moment.counted
            grown = moment.growing if newest else 1.0
            marks += network.links(n, neuron=neuron, colour="window" if newest else None, grown=grown)
        for column in range(len(network.columns)):
            marks += network.neurons(
                column, self._values[column] if column == 0 or moment.decided else None, self._full
            )
        if shown and not moment.counted:
            marks.append(network.lit(n + 1, shown[-1]))
        for layer in range(n + moment.counted):
            marks += self._sizes(layer)
        if moment.counted:
            marks.append(self._equation.write("count", self._total if moment.decided else self._lines[n]))
        marks += network.beside(len(network.columns) - 1, self._block.classes, "muted")
        return (*marks, *network.names(), *(self._probabilities() if moment.decided else ()))

    def running(self, n: int, share: float) -> tuple[Mark, ...]:
        """Return the values on their way through a layer of the whole network."""
        last = len(self._block.layers) - 1
        still = self.at(Moment(last, self.count(last), counted=True))
        layer = self._block.layers[n]
        marks = [mark for mark in still if not mark.key.startswith(("neuron", "dots", "equation."))]
        known = n + (share == 1.0)
        for column, values in enumerate(self._values):
            marks += self._network.neurons(column, values if column <= known else None, self._full)
        return (*marks, *self._network.pulses(n, np.abs(layer.weight * layer.x), share, "window"))

    def _sizes(self, n: int) -> list[Words]:
        """Return the sizes of a layer's W and b, between its columns."""
        neurons, inputs = self._block.layers[n].weight.shape
        (left, _), (right, _) = (self._network.place(n + k, self._network.columns[n + k].shown[0]) for k in (0, 1))
        x, s = (left + right) / 2, Symbols(n + 1)
        line = f"{s.line('W')}: {neurons}×{inputs}"
        if self._block.layers[n].bias is not None:
            line = f"{line}   {s.line('b')}: {neurons}"
        return [Words(f"size{n}", (x, ROOM.bottom + 16), Text(line, line), SIZES, "text")]

    def _probabilities(self) -> list[Mark]:
        """Return a bar and a number for each class, under its name."""
        network, last = self._network, len(self._network.columns) - 1
        marks: list[Mark] = []
        for neuron in network.columns[last].shown:
            x, y = network.place(last, neuron)
            share = float(self._block.probabilities[neuron])
            box = Box(x + network.radius + 10, y + BELOW, INSIDE.right - 50, y + BELOW + BAR)
            colour = "window" if neuron == self._block.winner else "muted"
            marks += Bars("share", box, 1.0).bar(str(neuron), box.centre[1], BAR, share, colour)
            at = box.left + box.width * share + 6, box.bottom
            marks.append(Words(f"share.{neuron}.told", at, written(share, 2), SIZES, "text", "start"))
        return marks


def _joined(layer: DenseLayer, *, last: bool) -> Text:
    """Return how the neurons of a layer are joined to those before, and what follows them."""
    neurons, inputs = layer.weight.shape
    return message(f"films.dense_block.{'joined_last' if last else 'joined'}", neurons=neurons, inputs=inputs)


def _count(layer: DenseLayer) -> Text:
    """Return the sum of a layer's weights and biases."""
    neurons, inputs = layer.weight.shape
    biases = 0 if layer.bias is None else layer.bias.size
    total = written(float(layer.learnt))
    return message("films.dense_block.count", inputs=inputs, neurons=neurons, biases=biases, total=total)
