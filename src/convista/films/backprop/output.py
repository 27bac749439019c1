"""The error that the way back begins with: what the softmax gave less what was wanted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.films.backprop.layer import BackLayer
from convista.films.backprop.passage import Passage
from convista.films.stage import text
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Formula, Mark, Words
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate
from convista.films.stage.typeset import Line, Part, Tex, Written
from convista.films.wording import decimals_for, written
from convista.language import Text
from convista.operators.softmax import Softmax

CELL = (104.0, 56.0)
TYPE = 17.0
COLUMNS = ("z", "p", "y", "delta")


class OutputStage:
    """z, p = softmax(z), y and δ = p − y side by side, a row a class."""

    def __init__(self, loss: Passage, layer: BackLayer, true: int, class_names: Sequence[Text]) -> None:
        given = Softmax(axis=1).value(loss.operands["x"])[0]
        wanted = (np.arange(len(given)) == true).astype(float)
        n, like = layer.number, np.concatenate([given, wanted, layer.delta])
        values = {"z": loss.operands["x"][0], "p": given, "y": wanted, "delta": layer.delta}
        wide = max(text.width(line, TYPE) for name in class_names for line in name)
        room = STAGE.inset(left=min(wide, 200.0) + 24, top=16)
        rooms = room.columns(*[1.0] * len(COLUMNS))
        self._names = {
            "z": f"z_{{{n}}}",
            "p": rf"p = \mathrm{{softmax}}(z_{{{n}}})",
            "y": "y",
            "delta": rf"\delta_{{{n}}} = p - y",
        }
        self._plates = {
            key: Plate(key, box, array[:, None], like=array if key == "z" else like, cell=CELL, square=False)
            for (key, array), box in zip(values.items(), rooms, strict=True)
        }
        self._true, self._classes = true, class_names
        self._line = self._worked(n, float(given[true]), float(layer.delta[true]))

    def at(self, count: int) -> tuple[Mark, ...]:
        """Return the first so many columns; with δ, how that of the true class is worked out."""
        marks: list[Mark] = [*self._rows()]
        for key in COLUMNS[:count]:
            tex, plate = self._names[key], self._plates[key]
            colour, at = "backward" if key == "delta" else "muted", (plate.box.centre[0], plate.box.top - 14)
            marks.append(Formula(f"{key}.name", at, Text(tex, tex), TYPE, colour))
            marks += plate.drawn()
        if count == len(COLUMNS):
            marks += [*self._plates["delta"].marked("true", self._true, 0), *self._line]
        return tuple(marks)

    def made(self, count: int) -> Sources:
        """Return what the last of so many columns comes out of."""
        from_what = {"p": ("z",), "delta": ("p", "y")}.get(COLUMNS[count - 1], ())
        plate = self._plates[COLUMNS[count - 1]]
        if not from_what or not all(self._plates[key].numbered for key in (*from_what, plate.key)):
            return {}
        return {
            plate.keys(row, 0)[1]: tuple(self._plates[key].keys(row, 0)[1] for key in from_what)
            for row in range(len(plate.values))
        }

    def _rows(self) -> list[Words]:
        """Return the names of the classes, before their rows; the true one stands out."""
        plate = self._plates["z"]
        if not plate.numbered:
            return []
        marks = []
        for row, name in enumerate(self._classes):
            box = plate.span(row, 0)
            at = box.left - 14, box.centre[1] + text.CAP / 2 * TYPE
            colour = "text" if row == self._true else "muted"
            marks.append(Words(f"class[{row}]", at, name, TYPE, colour, "end"))
        return marks

    def _worked(self, n: int, given: float, error: float) -> tuple[Words | Formula, ...]:
        decimals = decimals_for([given, error])
        numbers = written(given, decimals), written(1.0), written(error, decimals)
        standing: dict[str, Written] = {
            "name": Tex(rf"\delta_{{{n}}}[{self._true + 1}]"),
            "worked": Text(*(f" = {a} − {b} = {c}" for a, b, c in zip(*numbers, strict=True))),
        }
        line = Line([Part("name", [standing["name"]], "backward"), Part("worked", [standing["worked"]])])
        return line.drawn(standing)
