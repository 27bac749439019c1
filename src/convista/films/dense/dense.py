"""A dense layer as a film, neuron by neuron: its row of W, the products, their sum and the bias, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.dense.columns import Columns, Done
from convista.films.dense.layer import DenseLayer
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import of_operators
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.marks import Mark
from convista.films.wording import bracketed, message, titled, written
from convista.language import Text
from convista.operators.activation import Relu

if TYPE_CHECKING:
    from convista.films.traced import Recorded

NAMES = {"x": "x", "z": "z", "a": "a"}
"""What the input, the sums and the output of a layer are called unless the caller says."""
PARTS = 3
"""In how many parts the products of a slow step are written."""


def dense_film(
    x: ArrayLike,
    weight: ArrayLike,
    bias: ArrayLike | None = None,
    *,
    relu: bool = False,
    names: dict[str, str] | None = None,
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
    names
        What ``"x"``, ``"z"`` and ``"a"``, the input, the sums and the output, are called: ``{"x": "a1"}``.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together.
    """
    given = None if bias is None else np.asarray(bias, dtype=float)
    activation = Relu() if relu else None
    layer = DenseLayer(np.asarray(x, dtype=float), np.asarray(weight, dtype=float), given, activation)
    words = titled(title, "films.dense.title")
    stage, script = _Stage(layer, {**NAMES, **(names or {})}), Script(name, words)
    for n, neuron in enumerate(layer.neurons):
        slow = slowly(n, len(layer.neurons))
        caption = stage.caption(neuron) if slow else stage.onwards()
        script.step(caption, *stage.beats(neuron, slow=slow, first=n == 0))
    script.step(stage.verdict(), beat(stage.columns.whole(), seconds=SLOW.end))
    return script.film()


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


class _Stage:
    """The columns, and the equation of the neuron under them."""

    def __init__(self, layer: DenseLayer, names: dict[str, str]) -> None:
        self._layer, self._names = layer, names
        neurons, inputs = layer.weight.shape
        x, z, a = names["x"], names["z"], names["a"]
        called = {
            "W": message("films.dense.matrix", neurons=neurons, inputs=inputs),
            "x": Text(x, x),
            "w": message("films.dense.row"),
            "p": Text(f"{x} ⊙ w", f"{x} ⊙ w"),
            "z": Text(z, z),
            "a": Text(a, a),
        }
        self.columns = Columns(layer, called)
        self._equation = self._line()

    def beats(self, neuron: int, *, slow: bool, first: bool) -> list[Beat]:
        """Return one neuron: its row of W, the products, their sum, z, and what the activation makes of it."""
        rows, pace = self.columns.rows, SLOW if slow else FAST
        drawn, travel = self.columns.drawn, 0.0 if first else TRAVEL / 2
        beats = [beat(drawn(neuron, Done()), self._written(neuron, 0), seconds=pace.row, travel=travel)]
        parts = range(1, PARTS + 1) if slow else [PARTS]
        done = [Done(rows * part // PARTS) for part in parts]
        beats += [beat(drawn(neuron, so_far), self._written(neuron, 0), seconds=pace.row) for so_far in done]
        beats.append(beat(drawn(neuron, Done(rows, summed=True)), self._written(neuron, 1), seconds=pace.sum))
        after = Done(rows, summed=True, biased=True)
        last = self._layer.activation is None
        beats.append(beat(drawn(neuron, after), self._written(neuron, 2), seconds=pace.end if last else pace.sum))
        if not last:
            after = after._replace(activated=True)
            beats.append(beat(drawn(neuron, after), self._written(neuron, 3), seconds=pace.end))
        return beats

    def caption(self, neuron: int) -> Text:
        """Return what a neuron does, or what its value means."""
        layer = self._layer
        given = {"neuron": neuron, "inputs": len(layer.x), "z": self._names["z"], "x": self._names["x"]}
        if neuron == layer.neurons[0]:
            key = "begin_fewer" if layer.left_out else "begin"
            return message(f"films.dense.{key}", shown=len(layer.shown_inputs(neuron)), **given)
        value = self._number(layer.explain(neuron).value, neuron)
        if layer.activation is None:
            return message("films.dense.step", value=value, **given)
        kind = "passes" if layer.activated(neuron) > 0 else "stopped"
        return message(f"films.dense.{kind}", value=value, **given)

    def onwards(self) -> Text:
        """Return what stands over the neurons that are shown fast."""
        key = "onwards" if self._layer.activation is None else "onwards_relu"
        return message(f"films.dense.{key}", z=self._names["z"])

    def verdict(self) -> Text:
        """Return how many numbers the layer has learnt, and how many of its neurons are shown."""
        layer = self._layer
        neurons, inputs = layer.weight.shape
        learnt = layer.weight.size + (0 if layer.bias is None else layer.bias.size)
        given = {"neurons": neurons, "inputs": inputs, "learnt": learnt, "shown": len(layer.neurons)}
        key = "end_without_bias" if layer.bias is None else "end"
        return message(f"films.dense.{key}" if len(layer.neurons) == neurons else "films.dense.end_fewer", **given)

    def _line(self) -> Equation:
        neurons, z = self._layer.neurons, self._names["z"]
        slots = [
            Slot("name", [self._name(z, j) for j in neurons]),
            Slot("equals", [sign("=")]),
            Slot("symbols", [self._symbols()]),
            Slot("is", [sign("=")]),
            Slot("sum", [self._number(self._layer.summed(j), j) for j in neurons]),
            Slot("plus", [sign("+")]),
            Slot("bias", [self._bias(j) for j in neurons]),
            Slot("gives", [self._gives(j) for j in neurons]),
            Slot("total", [self._number(self._layer.explain(j).value, j) for j in neurons]),
        ]
        if self._layer.activation is not None:
            slots.append(Slot("after", [self._after(j) for j in neurons]))
        return Equation(slots)

    def _written(self, neuron: int, parts: int) -> list[Mark]:
        """Return the equation of a neuron: symbols, then the sum, then the bias and z, then what follows."""
        write, layer = self._equation.write, self._layer
        marks: list[Mark] = [
            write("name", self._name(self._names["z"], neuron)),
            write("equals", sign("="), "muted"),
            write("symbols", self._symbols()),
        ]
        if parts > 0:
            marks += [write("is", sign("="), "muted"), write("sum", self._number(layer.summed(neuron), neuron))]
        if parts > 1:
            z = self._number(layer.explain(neuron).value, neuron)
            marks += [write("plus", sign("+"), "muted"), write("bias", self._bias(neuron))]
            marks += [write("gives", self._gives(neuron), "muted"), write("total", z)]
        if parts > 2:
            marks.append(write("after", self._after(neuron)))
        return marks

    def _symbols(self) -> Text:
        line = f"Σ {self._names['x']} ⊙ w + b"
        return Text(line, line)

    def _after(self, neuron: int) -> Text:
        value = self._number(self._layer.activated(neuron), neuron)
        name = self._name(self._names["a"], neuron).en
        return Text(*(f"     {name} = {line}" for line in value))

    def _number(self, value: float, neuron: int) -> Text:
        return written(value, self.columns.digits(neuron).decimals)

    def _bias(self, neuron: int) -> Text:
        return bracketed(self._layer.explain(neuron).bias, self.columns.digits(neuron).decimals)

    def _gives(self, neuron: int) -> Text:
        return sign(self.columns.digits(neuron).equals)

    def _name(self, symbol: str, neuron: int) -> Text:
        line = f"{symbol}[{neuron}]"
        return Text(line, line)
