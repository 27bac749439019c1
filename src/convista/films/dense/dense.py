"""A dense layer as a film, neuron by neuron: its row of W, the products, their sum and the bias, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.dense.block import Block
from convista.films.dense.columns import Moment
from convista.films.dense.layer import DenseLayer
from convista.films.dense.stage import DenseStage, Surroundings
from convista.films.dense.symbols import Symbols
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.registry import of_operators
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message, titled, written
from convista.language import Text
from convista.operators.activation import Relu

if TYPE_CHECKING:
    from convista.films.traced import Recorded

SLOWLY = 2
"""How many neurons are seen slowly at first; the last is too."""
STEP = 0.32
"""How long the way from a neuron to the next is, and from the network to its columns."""
SINGLY = 2
"""How many products travel one by one, of the first neuron."""


def dense_film(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    relu: bool = False,
    title: str | Text | None = None,
    name: str = "dense",
) -> Film:
    """Show how each neuron of a dense layer comes to its value.

    Parameters
    ----------
    x
        Inputs, (inputs,).
    weight
        One row a neuron, (neurons, inputs).
    bias
        One number a neuron, or None.
    relu
        Whether a ReLU follows.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together.
    """
    given = None if bias is None else np.asarray(bias, dtype=float)
    activation = Relu() if relu else None
    layer = DenseLayer(np.asarray(x, dtype=float), np.asarray(weight, dtype=float), given, activation)
    words = titled(title, "films.dense.title")
    return _film(layer, Symbols(), Surroundings.of_layer(layer), name, words)


def layer_film(block: Block, number: int, *, title: Text, name: str) -> Film:
    """Show how each neuron of one of several dense layers comes to its value; the first has number 1."""
    return _film(block.layers[number - 1], Symbols(number), Surroundings.of_block(block, number), name, title)


@of_operators("dense")
def film_of_dense(record: Recorded, *, sample: int = 0) -> Film:
    """Show how a traced dense layer came to its output, for one sample; see `dense_film`.

    Raises
    ------
    ConvistaError
        If there is no such sample.
    """
    arrays = record.arrays()
    rows = arrays["x"].reshape(-1, arrays["x"].shape[-1])
    if not 0 <= sample < len(rows):
        raise ConvistaError("films.maps.no_such_sample", sample=sample, last=len(rows) - 1)
    title = message("films.dense.traced", layer=record.name)
    return dense_film(rows[sample], arrays["weight"], arrays.get("bias"), title=title, name=record.name)


def _film(layer: DenseLayer, symbols: Symbols, around: Surroundings, name: str, title: Text) -> Film:
    stage, script, words = DenseStage(layer, symbols, around), Script(name, title), _Words(layer, symbols)
    first = layer.neurons[0]
    script.step(
        words.begin(),
        beat(stage.begun(first, arrived=False), seconds=SLOW.row),
        beat(stage.begun(first, arrived=True), seconds=SLOW.end, travel=2 * TRAVEL),
    )
    for n, neuron in enumerate(layer.neurons):
        slow = n < SLOWLY or n == len(layer.neurons) - 1
        making = _slowly(stage, neuron, singly=SINGLY if n == 0 else 0) if slow else _quickly(stage, neuron)
        script.step(words.of(neuron) if slow else words.onwards(), *making)
    script.step(words.end(), beat(stage.whole(), seconds=SLOW.end))
    return script.film()


def _slowly(stage: DenseStage, neuron: int, singly: int) -> list[Beat]:
    """Return a neuron part by part: its row, the products, their sum, the bias, what the activation makes of z."""
    columns, start = stage.columns, Moment(neuron, False, 0, False, False, False)
    rows, copied = columns.rows, start._replace(row=True)
    beats = [
        beat(stage.at(start), seconds=SHORT, travel=STEP),
        beat(stage.at(copied), seconds=SHORT, travel=TRAVEL, born_from=columns.row(neuron)),
    ]
    ends = [*range(1, min(singly, rows) + 1), rows]
    for before, end in zip([0, *ends], ends, strict=False):
        marks = stage.at(copied._replace(products=end))
        born_from = columns.multiplied(neuron, before, end)
        beats.append(beat(marks, seconds=SHORT, travel=TRAVEL, born_from=born_from))
    done = copied._replace(products=rows, summed=True)
    ways = columns.added(neuron), columns.biased(neuron), columns.activated(neuron)
    moments = done, done._replace(biased=True), done._replace(biased=True, activated=True)
    held = SLOW.row, SHORT, SLOW.end
    return [
        *beats,
        *(
            beat(stage.at(moment), seconds=seconds, travel=TRAVEL, born_from=way)
            for moment, seconds, way in zip(moments, held, ways, strict=True)
        ),
    ]


def _quickly(stage: DenseStage, neuron: int) -> list[Beat]:
    """Return a neuron in three moves: its row, all products, z and what follows."""
    columns, row = stage.columns, Moment(neuron, True, 0, False, False, False)
    products = row._replace(products=columns.rows)
    after = {**columns.biased(neuron), **columns.activated(neuron)}
    return [
        beat(stage.at(row), seconds=TICK, travel=2 * QUICK, born_from=columns.row(neuron)),
        beat(
            stage.at(products),
            seconds=TICK,
            travel=3 * QUICK,
            born_from=columns.multiplied(neuron, 0, columns.rows),
        ),
        beat(stage.at(Moment(neuron)), seconds=3 * QUICK, travel=3 * QUICK, born_from=after),
    ]


class _Words:
    """What the film of a layer says."""

    def __init__(self, layer: DenseLayer, symbols: Symbols) -> None:
        self._layer, self._symbols = layer, symbols
        self._given = {letter: symbols.line(letter) for letter in ("W", "x", "z", "a", "b")}

    def begin(self) -> Text:
        """Return the question, and what is new in this layer."""
        neurons, inputs = self._layer.weight.shape
        key = "begin" if self._symbols.number in (None, 1) else "begin_next"
        return message(f"films.dense.{key}", neurons=neurons, inputs=inputs, **self._given)

    def of(self, neuron: int) -> Text:
        """Return what a neuron does, or what its value means."""
        layer = self._layer
        given = {"neuron": neuron + 1, "inputs": len(layer.x), **self._given}
        if neuron == layer.neurons[0]:
            key = "first_fewer" if layer.left_out else "first"
            return message(f"films.dense.{key}", shown=len(layer.shown_inputs(neuron)), **given)
        value = written(layer.explain(neuron).value)
        if layer.activation is None:
            return message("films.dense.step", value=value, **given)
        kind = "passes" if layer.activated(neuron) > 0 else "stopped"
        return message(f"films.dense.{kind}", value=value, **given)

    def onwards(self) -> Text:
        """Return what stands over the neurons that are shown fast."""
        key = "onwards" if self._layer.activation is None else "onwards_relu"
        return message(f"films.dense.{key}", **self._given)

    def end(self) -> Text:
        """Return how many numbers the layer has learnt, and how many of its neurons are shown."""
        layer = self._layer
        neurons, inputs = layer.weight.shape
        given = {"neurons": neurons, "inputs": inputs, "learnt": layer.learnt, "shown": len(layer.neurons)}
        key = "end_without_bias" if layer.bias is None else "end"
        return message(f"films.dense.{key}" if len(layer.neurons) == neurons else "films.dense.end_fewer", **given)
