"""The stage of a measured shift: maps before and after with their difference, and bars of how much changed."""

from __future__ import annotations

from typing import NamedTuple

from convista.films.pool.shifted import Measured, Shifted, name_of
from convista.films.stage import text
from convista.films.stage.bars import Bars
from convista.films.stage.colour_bar import TALL, colour_bar
from convista.films.stage.equation import EQUALS, Equations
from convista.films.stage.layout import HEADING_SIZE, STAGE
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.motion import Sources
from convista.films.stage.plate import Plate, window
from convista.films.stage.scale import Scale
from convista.films.wording import message, widest, written
from convista.language import Text
from convista.pairs import Pair

LARGE, SMALL, APART = 268.0, 180.0, 22.0
"""Sides of the three maps, alone and beside the bars, and the gap between them."""
BARS, ROW, NUMBER = 40.0, 44.0, 17.0
"""The gap before the bars, their height with what is between, and their type."""
LEGEND = 12.0
"""The gap between a map and its bar of colours."""
BEGUN = 0.01
"""The share of the longest bar that is there when one begins to grow."""
SIDE = 4
"""Rows and columns of what is seen closely."""


class Moment(NamedTuple):
    """What is seen of the measurement."""

    way: Shifted
    moved: bool = True
    """The map after the move is there, and the difference."""
    edge: Pair | None = None
    """Corner of the block that is framed in both maps."""
    bars: int | None = None
    """The last way that has its bar; None where maps stand alone, larger."""
    grown: bool = True
    """That bar has its length and its number."""


class ShiftStage:
    """Maps at the left, bars at the right."""

    def __init__(self, found: Measured) -> None:
        self._found = found
        maps = [values for way in found.ways for values in (way.before, way.after)]
        self.scale = Scale.of(*maps)
        """Of the feature map and of what poolings make of it."""
        image = found.image.before, found.image.after
        self._image = Scale.of(*image), Scale.of(image[1] - image[0])
        self._apart = Scale.of(*(way.after - way.before for way in found.ways))
        self._names = [name_of(way) for way in found.ways]
        self._left = STAGE.left + 3 * SMALL + 2 * APART + BARS
        names = self._left + widest(self._names) * HEADING_SIZE + 12
        number = widest([written(100 * way.change, 1) for way in found.ways] + [Text("100,0", "100.0")])
        room = STAGE._replace(left=names, right=STAGE.right - (number + 1.6) * NUMBER)
        room = room._replace(top=STAGE.centre[1] - ROW * len(found.ways) / 2)
        room = room._replace(bottom=room.top + ROW * len(found.ways))
        self._bars = Bars("bars", room, max(way.change for way in found.ways))
        shown = (found.image, *found.ways)
        self._equations = Equations({_key(one): _equation(one) for one in shown})

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        way, marks = moment.way, self._maps(moment)
        marks += [] if moment.bars is None else self._bars_up_to(moment.bars, grown=moment.grown)
        return (*marks, *self._equations.drawn(_key(way))) if moment.moved else tuple(marks)

    def moving(self) -> Sources:
        """Return what the map after the move comes out of: the one before."""
        return {"after": "before"}

    def _maps(self, moment: Moment) -> list[Mark]:
        """Return what a way of pooling made before and after the view moved, and the difference."""
        way, side = moment.way, LARGE if moment.bars is None else SMALL
        shown = {"before": way.before, "after": way.after, "difference": way.after - way.before}
        values, apart = self._image if way.kind == "image" else (self.scale, self._apart)
        whole = 3 * side + 2 * APART if moment.moved else side
        left = STAGE.left if moment.bars is not None else STAGE.centre[0] - whole / 2
        top = STAGE.top if moment.bars is None else STAGE.centre[1] - side / 2
        marks: list[Mark] = []
        for n, (key, matrix) in enumerate(shown.items()):
            if key != "before" and not moment.moved:
                continue
            x, scale = left + n * (side + APART), apart if key == "difference" else values
            plate = Plate(key, Box(x, top, x + side, top + side), matrix, numbers=False, scale=scale)
            marks += [*plate.drawn(), plate.named(message(f"films.pool.shift_{key}"), side + APART - 6)]
            if moment.edge is not None and key != "difference":
                marks += window(f"place.{key}", plate.span(*moment.edge, SIDE, SIDE))
            if key != "after":
                y = top + side + LEGEND
                marks += colour_bar(f"{key}.colours", Box(x, y, x + side, y + TALL), scale)
        return marks

    def _bars_up_to(self, last: int, *, grown: bool) -> list[Mark]:
        """Return the bars up to one, which may be about to grow."""
        marks: list[Mark] = [self._bars.line()]
        for n, way in enumerate(self._found.ways[: last + 1]):
            y = self._bars.box.top + (n + 0.5) * ROW
            base = y + text.CAP / 2 * HEADING_SIZE
            begins = n == last and not grown
            long = BEGUN * self._bars.scale if begins else way.change
            marks += self._bars.bar(f"{n}", y, 0.5 * ROW, long, "muted" if n == 0 else "curve")
            marks.append(Words(f"name[{n}]", (self._left, base), self._names[n], HEADING_SIZE, "muted", "start"))
            number = Text(*(f"{line} %" for line in written(100 * way.change, 1)))
            at = STAGE.right, y + text.CAP / 2 * NUMBER
            if not begins:
                marks.append(Words(f"change[{n}]", at, number, NUMBER, "text", "end"))
        named = message("films.pool.shift_change")
        at = STAGE.right, self._bars.box.top - 12
        return [*marks, Words("bars.name", at, named, HEADING_SIZE, "muted", "end")]


def _key(way: Shifted) -> str:
    return f"{way.kind}{way.size}"


def _equation(way: Shifted) -> dict[str, Text]:
    change = Text(*(f"{line} %" for line in written(100 * way.change, 1)))
    return {"worked": message("films.pool.shift_measure"), "equals": EQUALS, "total": change}
