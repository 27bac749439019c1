"""The stage of backpropagation without numbers: a network, what runs along its lines, and the loss at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.backprop.passage import Passage
from convista.films.dense.network import Column, Network
from convista.films.stage import text
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.marks import Box, Circle, Mark, Rectangle, Tone, Words
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

ROOM = STAGE._replace(left=STAGE.left + 40, top=60, right=STAGE.right - 270, bottom=440)
LOSS = 64.0
"""Side of the place of the loss."""
NAME = 18.0


class Moment(NamedTuple):
    """How far a run and its way back have come."""

    values: int
    """The last column whose neurons have values, from 0."""
    back: int | None = None
    """The first column whose neurons have heard their error; None before any has."""
    going: int | None = None
    """The layer along whose lines something has just run, from 0."""
    loss: str | None = None
    """The colour of the loss; None before it is known."""
    pulse: float | None = None
    """How far from the outputs to the loss what runs between them is."""


class FlowStage:
    """The dense layers of a run; ``dense`` are its passages and ``loss`` the last of all."""

    def __init__(
        self, dense: Sequence[Passage], loss: Passage, class_names: Sequence[str | Text] | None = None
    ) -> None:
        sizes = [passage.operands["x"].shape[1] for passage in dense] + [dense[-1].output.shape[1]]
        names = ["inputs", *["hidden"] * (len(dense) - 1), "output"]
        columns = [
            Column.of(size, message(f"films.backprop_flow.{name}_name"))
            for size, name in zip(sizes, names, strict=True)
        ]
        self._network = Network(ROOM, columns, [passage.operands["weight"] for passage in dense])
        self._values = [*(passage.operands["x"][0] for passage in dense), dense[-1].output[0]]
        self._weighed = [passage.operands["weight"] * passage.operands["x"] for passage in dense]
        self._shared = [passage.upstream[0][:, None] * passage.operands["weight"] for passage in dense]
        gradients = [passage.definition.gradient(passage.upstream, **passage.operands) for passage in dense]
        self._to_weights = [gradient["weight"] for gradient in gradients]
        self._errors = [gradients[0]["x"][0], *(passage.upstream[0] for passage in dense)]
        middle = ROOM.inset(top=23).centre[1]
        self._box = Box(STAGE.right - LOSS, middle - LOSS / 2, STAGE.right, middle + LOSS / 2)
        self._classes = class_names
        target = loss.operands.get("target")
        self._true = None if target is None or target.size != 1 else int(target.ravel()[0])

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        network, going, back = self._network, moment.going, moment.back
        marks: list[Mark] = []
        for n in range(len(self._weighed)):
            if n == going:
                marks += network.links(n, colour=self._colour(moment), strength=self._strength(n, moment))
            else:
                marks += network.links(n, colour="line")
        if going is not None:
            arrived = moment.values > going if back is None else back <= going
            share = float(arrived) if back is None else 1 - float(arrived)
            marks += network.pulses(going, self._strength(going, moment), share, self._colour(moment))
        for n in range(len(self._values)):
            marks += self._column(n, moment)
        return (*marks, *network.names(), *self._outputs(moment))

    def gradients(self) -> tuple[Mark, ...]:
        """Return every weight's gradient, as the width of its line."""
        after = Moment(len(self._weighed), 0, loss="backward")
        lines = [
            line
            for n, gradient in enumerate(self._to_weights)
            for line in self._network.links(n, colour="backward", strength=gradient)
        ]
        return (*lines, *(mark for mark in self.at(after) if not mark.key.startswith("link")))

    def _colour(self, moment: Moment) -> str:
        return "window" if moment.back is None else "backward"

    def _strength(self, n: int, moment: Moment) -> Array:
        """Return how much runs along each line: of what a neuron sums, or of the error that it hands back."""
        return self._weighed[n] if moment.back is None else self._shared[n]

    def _column(self, n: int, moment: Moment) -> list[Mark]:
        """Return a column: what its neurons have heard, or else how much they have to say."""
        if moment.back is not None and n >= moment.back:
            return self._tinted(n, self._errors[n], "backward")
        if n <= moment.values:
            return self._tinted(n, self._values[n], "window" if moment.back is None else "line")
        return self._network.neurons(n, None)

    def _tinted(self, n: int, values: Array, colour: str) -> list[Mark]:
        """Return the neurons of a column, the brighter the larger their value, whatever its sign."""
        full = float(np.nanmax(np.abs(values))) or 1.0
        return [
            mark._replace(fill=Tone(colour, abs(mark.fill)))
            if isinstance(mark, Circle) and isinstance(mark.fill, float)
            else mark
            for mark in self._network.neurons(n, values, full, stroke=colour)
        ]

    def _outputs(self, moment: Moment) -> list[Mark]:
        """Return the names of the classes, the place of the loss, and what runs between it and the outputs."""
        last = len(self._values) - 1
        marks: list[Mark] = []
        if self._classes is not None:
            names = [name if isinstance(name, Text) else Text(name, name) for name in self._classes]
            for words in self._network.beside(last, names, "muted"):
                true = words.key == f"beside{last}[{self._true}]" and moment.loss is not None
                marks.append(words._replace(colour="text") if true else words)
        box, (x, y) = self._box, self._box.centre
        colour = moment.loss or "line"
        marks.append(Rectangle("loss", box, "panel", colour, 2.5))
        marks.append(
            Words(
                "loss.symbol", (x, y + text.CAP / 2 * 26), Text("L", "L"), 26.0, colour if moment.loss else "muted"
            )
        )
        marks.append(Words("loss.name", (x, box.top - 9), message("films.backprop_flow.loss_name"), 15.0, "muted"))
        if moment.pulse is not None and moment.loss is not None:
            start = (self._network.place(last, self._network.columns[last].shown[0])[0] + self._network.radius, y)
            for neuron in self._network.columns[last].shown:
                _, from_y = self._network.place(last, neuron)
                share = moment.pulse
                at = start[0] + (box.left - start[0]) * share, from_y + (y - from_y) * share
                marks.append(Circle(f"to loss[{neuron}]", at, 5.0, moment.loss))
        elif moment.loss is not None:
            marks += arrow("loss.arrow", (box.left - 4, y), (box.left - 40, y), moment.loss)
        return marks
