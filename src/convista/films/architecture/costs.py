"""What the layers of a network cost and see: a bar a layer, the sums so far, and the numbers of one of them."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.architecture.drawn import DrawnLayer, called
from convista.films.stage import text
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import counted, message, summed
from convista.language import Text

TYPE, LARGE = 14.0, 18.0
NAMES = 150.0
"""Width of the room for the names of the bars."""
WIDEST = 34.0
"""Of a bar."""
FACTS = ("layer", "output", "parameters", "multiply_adds", "field")
PLACES = (0.0, 0.38, 0.54, 0.67, 0.84)
"""Where each fact begins, as a share of the width."""
LINES = 424.0, 447.0
"""Baselines of the facts' names and of the facts."""


class Costs:
    """Parameters above, multiply-adds below, a bar a layer from left to right; below them a layer's numbers."""

    def __init__(self, layers: Sequence[DrawnLayer], room: Box) -> None:
        self._layers, self._room = layers, room

    def drawn(self, now: int) -> list[Mark]:
        """Return the bars of the layers so far, and their sums."""
        marks: list[Mark] = []
        names, bars = self._room.columns(NAMES, self._room.width - NAMES)
        places = bars.columns(*(1.0,) * len(self._layers))
        for row, what in zip(bars.rows(1, 1, gap=8), ("parameters", "multiply_adds"), strict=True):
            values = [getattr(layer, what) for layer in self._layers]
            most = max(1, *(value or 0 for value in values))
            marks.append(Rectangle(f"{what}.ground", row._replace(top=row.bottom, bottom=row.bottom + 1), "line"))
            for n, (value, place) in enumerate(zip(values[:now], places, strict=False), 1):
                if value:
                    top = row.bottom - max(1.0, row.height * value / most)
                    box = place._replace(top=top, bottom=row.bottom).middle(
                        min(WIDEST, 0.7 * place.width), row.bottom - top
                    )
                    marks.append(Rectangle(f"{what}.{n}", box, "window" if n == now else "muted"))
            name = message(f"films.architecture.{what}")
            marks.append(Words(f"{what}.name", (names.left, row.bottom - 15), name, TYPE, "muted", "start"))
            marks.append(
                Words(f"{what}.sum", (names.left, row.bottom + 1), summed(values[:now]), TYPE, "text", "start")
            )
        return marks

    def facts(self, now: int, shapes: Sequence[tuple[int, ...]], *, named: bool) -> list[Mark]:
        """Return what a layer is, makes, costs and sees; layers are counted from 1, shape 0 is the input's."""
        layer, (_, *patch) = self._layers[now - 1], shapes[0]
        number = message("films.architecture.of_all", number=now, count=len(self._layers))
        ends = (*PLACES[1:], 1.0)
        rooms = [(end - start) * self._room.width - 12 for start, end in zip(PLACES, ends, strict=True)]
        names = {fact: message(f"films.architecture.{fact}") for fact in FACTS[1:]}
        names["layer"] = Text(*(_shortened(layer.name, rooms[0]),) * 2) if named else number
        line = "×".join(map(str, shapes[now]))
        values = {
            "layer": called(layer),
            "output": Text(line, line),
            "parameters": counted(layer.parameters),
            "multiply_adds": summed([layer.multiply_adds]),
            "field": _field(layer.field, tuple(patch)),
        }
        marks: list[Mark] = []
        for fact, start, room in zip(FACTS, PLACES, rooms, strict=True):
            x = self._room.left + start * self._room.width
            size = min(text.fitting(line, room, LARGE, TYPE) for line in values[fact])
            marks.append(Words(f"fact.{fact}.name", (x, LINES[0]), names[fact], TYPE, "muted", "start"))
            marks.append(Words(f"fact.{fact}", (x, LINES[1]), values[fact], size, "text", "start"))
        return marks


def _shortened(name: str, room: float) -> str:
    """Return a name, or its end after an ellipsis where it is too long."""
    if text.width(name, TYPE) <= room:
        return name
    start = next(n for n in range(len(name)) if text.width(f"…{name[n:]}", TYPE) <= room)
    return f"…{name[start:]}"


def _field(field: tuple[int, int] | None, patch: tuple[int, ...]) -> Text:
    if field is None:
        return Text("–", "–")
    line = f"{field[0]}×{field[1]}"
    if len(patch) == 2 and all(seen >= side for seen, side in zip(field, patch, strict=True)):
        return message("films.architecture.whole", size=line)
    return Text(line, line)
