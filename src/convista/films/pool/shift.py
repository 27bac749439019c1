"""The film of that measurement: the map before, the map after, their difference, and how much changed as a bar."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import SLOW, TICK, Film
from convista.films.pool.shifted import Measured, Shifted, measured
from convista.films.script import Script, beat
from convista.films.stage import text
from convista.films.stage.bars import Bars
from convista.films.stage.equation import EQUALS, Equations
from convista.films.stage.layout import HEADING_SIZE, STAGE
from convista.films.stage.marks import Mark, Words
from convista.films.stage.plate import Plate
from convista.films.wording import message, titled, widest, written
from convista.language import Text

SOBEL = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
PICTURE, APART = 174.0, 16.0
"""Sides of the three maps, and the gap between them."""
BARS, ROW, NUMBER = 46.0, 44.0, 17.0
"""The gap before the bars, their height with what is between, and their type."""
EASE = 6


def pool_shift(image: ArrayLike, *, kernel: ArrayLike = SOBEL, title: str | Text | None = None) -> Film:
    """Show how much a feature map changes when the image moves by one pixel, without pooling and with it.

    Parameters
    ----------
    image
        A band, (rows, columns), without missing values.
    kernel
        What the feature map is made with.
    title
        Instead of the film's own.
    """
    found = measured(np.asarray(image, dtype=np.float64), np.asarray(kernel, dtype=np.float64))
    return shift_film(found, titled(title, "films.pool.shift_title"))


def shift_film(found: Measured, title: Text) -> Film:
    """Show a measurement, way by way, and what it says."""
    script, stage = Script("pool-shift", title), _Stage(found)
    views = found.image
    caption = message("films.pool.shift_image", change=written(100 * views.change, 1))
    script.step(caption, beat(stage.maps(views), stage.equation(views), seconds=3 * SLOW.end))
    for n, way in enumerate(found.ways):
        maps, line, before = stage.maps(way), stage.equation(way), 2 * SLOW.end
        grows = [beat(maps, stage.bars(n, k / EASE), seconds=TICK) for k in range(EASE)]
        shown = beat(maps, stage.bars(n), line, seconds=before)
        script.step(_caption(way), beat(maps, stage.bars(n - 1), seconds=before), *grows, shown)
    last = len(found.ways) - 1
    rests = beat(stage.maps(found.ways[last]), stage.bars(last), stage.equation(found.ways[last]), seconds=SLOW.end)
    script.step(_conclusion(found), rests)
    return script.film()


class _Stage:
    """Maps at the left, bars at the right."""

    def __init__(self, found: Measured) -> None:
        self._found = found
        self._names = [_name(way) for way in found.ways]
        left = STAGE.left + 3 * PICTURE + 2 * APART + BARS
        names = left + widest(self._names) * HEADING_SIZE + 12
        number = widest([written(100 * way.change, 1) for way in found.ways] + [Text("100,0", "100.0")])
        room = STAGE._replace(left=names, right=STAGE.right - (number + 1.6) * NUMBER)
        tall = ROW * len(found.ways)
        middle = (STAGE.top + STAGE.bottom) / 2
        room = room._replace(top=middle - tall / 2, bottom=middle + tall / 2)
        self._bars = Bars("bars", room, max(way.change for way in found.ways))
        self._left = left
        self._equations = Equations(
            {one.kind + str(one.size): _equation(one) for one in (found.image, *found.ways)}
        )

    def maps(self, way: Shifted) -> list[Mark]:
        """Return what a way of pooling made before and after the view moved, and the difference, in one scale."""
        marks: list[Mark] = []
        like = np.concatenate([way.before.ravel(), way.after.ravel()])
        shown = {"before": way.before, "after": way.after, "difference": way.after - way.before}
        middle = (STAGE.top + STAGE.bottom - PICTURE) / 2
        for n, (key, values) in enumerate(shown.items()):
            left = STAGE.left + n * (PICTURE + APART)
            room = STAGE._replace(left=left, right=left + PICTURE, top=middle, bottom=middle + PICTURE)
            plate = Plate(key, room, values, like=like, numbers=False)
            words = message(f"films.pool.shift_{key}")
            marks += [*plate.drawn(), plate.named(words, PICTURE + APART - 6)]
        return marks

    def equation(self, way: Shifted) -> list[Words]:
        """Return what a change is, and how large it was."""
        return self._equations.drawn(way.kind + str(way.size))

    def bars(self, last: int, share: float = 1.0) -> list[Mark]:
        """Return the bars up to one; of the last a share, while it grows."""
        if last < 0:
            return []
        marks: list[Mark] = [self._bars.line()]
        for n, way in enumerate(self._found.ways[: last + 1]):
            y = self._bars.box.top + (n + 0.5) * ROW
            base = y + text.CAP / 2 * HEADING_SIZE
            grown = way.change * (share if n == last else 1.0)
            marks += self._bars.bar(f"{n}", y, 0.5 * ROW, grown, "muted" if n == 0 else "curve")
            marks.append(Words(f"name[{n}]", (self._left, base), self._names[n], HEADING_SIZE, "muted", "start"))
            if n < last or share == 1:
                number = Text(*(f"{line} %" for line in written(100 * way.change, 1)))
                at = STAGE.right, y + text.CAP / 2 * NUMBER
                marks.append(Words(f"change[{n}]", at, number, NUMBER, "text", "end"))
        named = message("films.pool.shift_change")
        return [
            *marks,
            Words("bars.name", (STAGE.right, self._bars.box.top - 12), named, HEADING_SIZE, "muted", "end"),
        ]


def _equation(way: Shifted) -> dict[str, Text]:
    change = Text(*(f"{line} %" for line in written(100 * way.change, 1)))
    return {"worked": message("films.pool.shift_measure"), "equals": EQUALS, "total": change}


def _name(way: Shifted) -> Text:
    if way.kind == "none":
        return message("films.pool.shift_without")
    name = message(f"films.pool.name_{way.kind}")
    return Text(*(f"{line} {way.size}×{way.size}" for line in name))


def _caption(way: Shifted) -> Text:
    """Say how much of a map changed."""
    change, out = written(100 * way.change, 1), "×".join(map(str, way.before.shape))
    if way.kind == "none":
        return message("films.pool.shift_none", change=change)
    name = message(f"films.pool.name_{way.kind}")
    return message("films.pool.shift_pooled", name=name, size=f"{way.size}×{way.size}", change=change, out=out)


def _conclusion(found: Measured) -> Text:
    """Say which way changed least, and by how much less than without pooling; or that none helped."""
    without, *ways = found.ways
    best = min(ways, key=lambda way: way.change)
    numbers = {"without": written(100 * without.change, 1), "best": written(100 * best.change, 1)}
    if best.change >= without.change:
        return message("films.pool.shift_no_help", **numbers)
    return message("films.pool.shift_helps", name=_name(best), **numbers)
