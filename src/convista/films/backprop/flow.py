"""Backpropagation without numbers: values go forward in yellow, the error comes back in red, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convista.errors import ConvistaError
from convista.films.backprop.passage import Passage, of_operator
from convista.films.dense.network import Network
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage.layout import HEADING_SIZE, STAGE, arrow
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text

LOSS = 84.0
"""Width of the place of the loss."""


def backprop_flow_film(passages: Sequence[Passage], *, name: str = "backprop-flow") -> Film:
    """Show a run and its way back through the dense layers.

    Parameters
    ----------
    passages
        The run, of one sample: dense layers with activations between them, and a loss at its end.

    Raises
    ------
    ConvistaError
        If the run has no dense layers, they do not follow one another, or it has several samples.
    """
    dense = of_operator(passages, "dense")
    if dense[0].operands["x"].ndim != 2 or len(dense[0].operands["x"]) != 1:
        raise ConvistaError("films.backprop.one_sample", shape=dense[0].operands["x"].shape)
    for one, other in pairwise(dense):
        if one.output.shape != other.operands["x"].shape:
            raise ConvistaError("films.backprop.not_in_a_row", one=one.name, other=other.name)
    stage, script = _Stage(dense, passages[-1]), Script(name, message("films.backprop_flow.title"))
    script.step(message("films.backprop_flow.inputs"), stage.inputs())
    for n in range(len(dense)):
        key = "forward" if n < len(dense) - 1 else "forward_last"
        script.step(message(f"films.backprop_flow.{key}", layer=n + 1), *stage.forward(n))
    script.step(message("films.backprop_flow.loss"), *stage.loss())
    for n in reversed(range(len(dense))):
        key = "back" if n else "back_first"
        script.step(message(f"films.backprop_flow.{key}", layer=n + 1, before=n), *stage.back(n))
    script.step(message("films.backprop_flow.end"), stage.gradients())
    return script.film()


class _Stage:
    """The neurons, and at the right the loss."""

    def __init__(self, dense: Sequence[Passage], loss: Passage) -> None:
        room = Box(STAGE.left + 24, STAGE.top, STAGE.right - LOSS - 50, STAGE.bottom)
        values = [*(passage.operands["x"][0] for passage in dense), dense[-1].output[0]]
        names = [message("films.backprop_flow.input")]
        names += [Text(line, line) for line in (f"Dense({len(column)})" for column in values[1:])]
        self._count = len(dense)
        self._network = Network(room, values, [passage.operands["weight"] for passage in dense], names)
        back = [passage.definition.gradient(passage.upstream, **passage.operands) for passage in dense]
        self._to_weights = [gradient["weight"] for gradient in back]
        heard = [*(gradient["x"][0] for gradient in back), dense[-1].upstream[0]]
        self._errors = [
            self._network.plate(f"error{n}", n, column, numbers=False) for n, column in enumerate(heard)
        ]
        self._values = [
            self._network.plate(f"value{n}", n, column, numbers=False) for n, column in enumerate(values)
        ]
        middle = (STAGE.top + STAGE.bottom) / 2
        self._box = Box(STAGE.right - LOSS, middle - 26, STAGE.right, middle + 26)
        self._loss = float(loss.output)

    def inputs(self) -> Beat:
        """Return the network before anything has happened, but for its inputs."""
        return beat(self._forward(0), self._lossy("line", told_yet=False), seconds=SLOW.end)

    def forward(self, n: int) -> list[Beat]:
        """Return a layer reading the one before it: its lines light up, and its neurons have values."""
        lit = [*self._network.links(n, colour="window"), *self._lossy("line", told_yet=False)]
        return [
            beat(lit, self._forward(n, n), self._moving(n), seconds=SLOW.row),
            beat(lit, self._forward(n + 1, n), self._moving(n + 1), seconds=FAST.end, travel=TRAVEL),
        ]

    def loss(self) -> list[Beat]:
        """Return the loss being worked out, and the error that begins there."""
        still, y = self._forward(self._count), self._box.centre[1]
        left = self._network.plates[-1].box.right + 8
        ahead = arrow("loss arrow", (left, y), (self._box.left - 4, y), "window")
        return [
            beat(still, self._lossy("window"), ahead, seconds=SLOW.end),
            beat(still, self._lossy("backward"), self._turned(), seconds=SLOW.end),
        ]

    def back(self, n: int) -> list[Beat]:
        """Return a layer's error going back by the same lines to the one before it."""
        lit = self._network.links(n, colour="backward")
        return [
            beat(lit, self._back(n + 1, n), self._moving(n + 1, "backward"), seconds=SLOW.row),
            beat(lit, self._back(n, n), self._moving(n, "backward"), seconds=FAST.end, travel=TRAVEL),
        ]

    def gradients(self) -> Beat:
        """Return every weight's gradient, as the width and colour of its line."""
        lines = [
            line
            for n, gradient in enumerate(self._to_weights)
            for line in self._network.links(n, colour="backward", strength=gradient)
        ]
        dim = {line.key for line in self._dim(None)}
        return beat(lines, [mark for mark in self._back(0) if mark.key not in dim], seconds=SLOW.end)

    def _forward(self, column: int, lit: int | None = None) -> list[Mark]:
        """Return the neurons, with values up to a column, and the lines but those that are lit."""
        marks: list[Mark] = [*self._dim(lit), *self._network.names()]
        for n, plate in enumerate(self._values):
            marks += plate.drawn() if n <= column else plate.drawn(lambda *_: False)
        return marks

    def _back(self, column: int, lit: int | None = None) -> list[Mark]:
        """Return the neurons, with errors from a column on, before it values; and the lines but those lit."""
        marks: list[Mark] = [*self._dim(lit), *self._network.names()]
        for n, (value, error) in enumerate(zip(self._values, self._errors, strict=True)):
            marks += error.drawn() if n >= column else value.drawn()
            if n >= column:
                marks += [Rectangle(f"back{n}", error.box.grown(2), None, "backward", 2.0)]
        return [*marks, *self._lossy("backward"), *self._turned()]

    def _dim(self, lit: int | None) -> list[Mark]:
        return [line for n in range(self._count) if n != lit for line in self._network.links(n, colour="line")]

    def _moving(self, at: int, colour: str = "window") -> list[Mark]:
        """Return the frame around the column that has been reached."""
        return [Rectangle(f"front {colour}", self._network.plates[at].box.grown(4), None, colour, 3.0)]

    def _lossy(self, colour: str, *, told_yet: bool = True) -> list[Mark]:
        """Return the place of the loss, with its number once it is known."""
        box, (x, y) = self._box, self._box.centre
        marks: list[Mark] = [Rectangle("loss", box, "panel", colour, 2.0)]
        marks.append(
            Words("loss.name", (x, box.top - 9), message("films.backprop_flow.loss_name"), HEADING_SIZE, "muted")
        )
        if told_yet:
            marks.append(Words("loss.value", (x, y + 7), written(self._loss), 18.0, "text"))
        return marks

    def _turned(self) -> list[Mark]:
        y, left = self._box.centre[1], self._network.plates[-1].box.right + 8
        return [*arrow("loss arrow", (self._box.left - 4, y), (left, y), "backward")]
