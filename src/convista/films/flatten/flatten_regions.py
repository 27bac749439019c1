"""Flattening that averages first, as a film: each map, or each region of it, leaves one number in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film, of_operators
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage.equation import Equation, Slot, sign
from convista.films.stage.layout import STAGE, arrow
from convista.films.stage.maps import Channels, Maps, one_sample
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate
from convista.films.wording import as_written, bracketed, decimals_for, equality, message, titled, written
from convista.language import Text
from convista.operators import Array, Explanation
from convista.operators.flatten_regions import FlattenBlocks
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE_MAPS = (
    ((8, 6, 1, 0), (6, 4, 0, 1), (1, 0, 2, 1), (0, 1, 1, 0)),
    ((0, 1, 1, 0), (1, 2, 0, 1), (1, 0, 4, 6), (0, 1, 6, 8)),
)
"""The same values, large at the upper left in one map and at the lower right in the other."""
UPPER = Box(STAGE.left, STAGE.top, STAGE.right, STAGE.top + 206)
LOWER = Box(STAGE.left, STAGE.bottom - 34, STAGE.right, STAGE.bottom)
MOST_STEPS, LISTED = 16, 6
"""How many averages are shown being made, and how many values an equation lists."""


@film("flatten-global", "flatten_global")
def flatten_global_film(x: Channels = EXAMPLE_MAPS, *, sample: int = 0, title: str | Text | None = None) -> Film:
    """Show each map averaged to one number; otherwise as `flatten_blocks_film`."""
    words = titled(title, "films.flatten_regions.title_global")
    return flatten_blocks_film(x, regions=(1, 1), sample=sample, title=words, name="flatten-global")


@film("flatten-blocks", "flatten_blocks")
def flatten_blocks_film(
    x: Channels = EXAMPLE_MAPS,
    *,
    regions: Pair = (2, 2),
    sample: int = 0,
    title: str | Text | None = None,
    name: str = "flatten-blocks",
) -> Film:
    """Show the regions of maps averaged, and their averages laid out in one row.

    Parameters
    ----------
    x
        Maps, (channels, rows, columns), or (samples, channels, rows, columns).
    regions
        Rows and columns of regions.
    sample
        Which sample, counted from 0.

    Raises
    ------
    ConvistaError
        If the array is not one of maps, or they have fewer rows or columns than regions are asked for.
    """
    maps = one_sample(np.asarray(x, dtype=float), sample)
    if not (1 <= regions[0] <= maps.shape[1] and 1 <= regions[1] <= maps.shape[2]):
        raise ConvistaError("films.flatten_regions.size", size=regions, rows=maps.shape[1], columns=maps.shape[2])
    words = titled(title, "films.flatten_regions.title")
    stage, script = _Stage(maps, regions), Script(name, words)
    for n, place in enumerate(stage.places):
        slow = slowly(n, len(stage.places))
        script.step(stage.caption(place) if slow else stage.onwards(), *stage.averaging(place, slow=slow))
    script.step(stage.verdict(), stage.whole())
    return script.film()


@of_operators("flatten_global", "flatten_blocks")
def film_of_flatten_regions(record: Recorded, *, sample: int = 0) -> Film:
    """Show how a traced layer averaged and flattened its maps; see `flatten_blocks_film`."""
    title = message("films.flatten_regions.traced", layer=record.name)
    regions = record.definition.size if isinstance(record.definition, FlattenBlocks) else (1, 1)
    return flatten_blocks_film(record.arrays()["x"], regions=regions, sample=sample, title=title, name=record.name)


class _Stage:
    """Maps above, and below them the row of averages."""

    def __init__(self, maps: Array, size: Pair) -> None:
        self._x, self._size = maps[None], size
        self._maps = Maps("map", UPPER, maps)
        self._row = FlattenBlocks(size=size).value(self._x)
        self._plate = Plate("row", LOWER, self._row, cell=(72.0, 34.0), square=False)
        count = self._row.shape[1]
        regions = size[0] * size[1]
        seen = [n for n in range(count) if n // regions in self._maps.plates]
        chosen = seen if len(seen) <= MOST_STEPS else [*seen[: MOST_STEPS - 1], seen[-1]]
        self.places: list[int] = chosen
        """The averages that are shown being made."""
        self._explained: dict[int, Explanation] = {n: self._explain(n) for n in chosen}
        self._equation, self._parts, self._signs = self._line()
        name = message("films.flatten_regions.row", count=count)
        self._ground = (*self._maps.drawn(), self._plate.named(name, 300))

    def averaging(self, place: int, *, slow: bool) -> list[Beat]:
        """Return one average: its region, its values in the equation, and its place in the row."""
        pace = SLOW if slow else FAST
        before = (*self._ground, *self._plate.drawn(lambda _, n: n < place))
        after = (*self._ground, *self._plate.drawn(lambda _, n: n <= place))
        region, begun = self._region(place), self._written(place, ended=False)
        return [
            beat(before, region, begun, seconds=pace.row, travel=TRAVEL if place else 0.0),
            beat(before, region, self._arrow(place), self._written(place, ended=True), seconds=pace.sum),
            beat(
                after, region, self._arrow(place), self._written(place, ended=True),
                self._plate.outlined([(0, place)]), seconds=pace.end,
            ),
        ]  # fmt: skip

    def onwards(self) -> Text:
        """Return what stands over the averages that are made fast."""
        return message(f"films.flatten_regions.other_{'maps' if self._size == (1, 1) else 'regions'}")

    def caption(self, place: int) -> Text:
        """Return which average is made, of what."""
        _, channel, _, _ = self._explained[place].terms[0].index
        given = {"place": place, "channel": channel, "count": len(self._explained[place].terms)}
        if self._size == (1, 1):
            return message("films.flatten_regions.of_map", **given)
        first, last = self._explained[place].terms[0].index, self._explained[place].terms[-1].index
        rows, columns = f"{first[2]}–{last[2]}", f"{first[3]}–{last[3]}"
        return message("films.flatten_regions.of_region", rows=rows, columns=columns, **given)

    def verdict(self) -> Text:
        """Return what is kept of the maps, and what is lost."""
        _, channels, rows, columns = self._x.shape
        given = {"values": channels * rows * columns, "count": self._row.shape[1], "shown": len(self.places)}
        if self._size != (1, 1):
            return message("films.flatten_regions.end", **given)
        for n, one in enumerate(self._row[0]):
            for m in range(n):
                if np.isclose(one, self._row[0, m]) and not np.array_equal(self._x[0, n], self._x[0, m]):
                    return message("films.flatten_regions.end_global_equal", one=m, other=n, **given)
        return message("films.flatten_regions.end_global", **given)

    def whole(self) -> Beat:
        """Return the maps with all averages."""
        return beat(self._ground, self._plate.drawn(), seconds=SLOW.end)

    def _explain(self, place: int) -> Explanation:
        explained: Explanation = FlattenBlocks(size=self._size).explain((0, place), self._x)
        return explained

    def _region(self, place: int) -> tuple[Mark, ...]:
        terms = self._explained[place].terms
        (_, channel, top, left), (_, _, bottom, right) = terms[0].index, terms[-1].index
        return self._maps.plates[channel].marked("window", top, left, bottom - top + 1, right - left + 1)

    def _arrow(self, place: int) -> tuple[Mark, ...]:
        boxes = [plate.box for plate in self._maps.plates.values()]
        if boxes[-1].top > boxes[0].top:  # an arrow from the upper line would cross the lower one
            return ()
        end = self._plate.span(0, place)
        channel = self._explained[place].terms[0].index[1]
        start = self._maps.plates[channel].box
        return arrow("arrow", (start.centre[0], start.bottom + 8), (end.centre[0], end.top - 30), "window")

    def _line(self) -> tuple[Equation, dict[int, Text], dict[int, Text]]:
        """Return the line, and for each place its sum and the sign behind it."""
        values = [term.value for one in self._explained.values() for term in one.terms]
        decimals = decimals_for(values)
        parts, signs = {}, {}
        for place, one in self._explained.items():
            count = len(one.terms)
            listed = [bracketed(term.value, decimals) for term in one.terms]
            lines = (" + ".join(line) for line in zip(*listed, strict=True))
            summed = message("films.flatten_regions.sum_of", count=count)
            made = sum(as_written(term.value, decimals) for term in one.terms) / count
            signs[place] = sign(equality(made, one.value, self._plate.decimals) if count <= LISTED else "=")
            parts[place] = Text(*(f"({line}) / {count}" for line in (lines if count <= LISTED else summed)))
        slots = [
            Slot("name", [self._name(n) for n in self.places]),
            Slot("equals", [sign("=")]),
            Slot("parts", list(parts.values())),
            Slot("is", list(signs.values())),
            Slot("total", [written(one.value, self._plate.decimals) for one in self._explained.values()]),
        ]
        return Equation(slots), parts, signs

    def _written(self, place: int, *, ended: bool) -> list[Mark]:
        marks: list[Mark] = [
            self._equation.write("name", self._name(place)),
            self._equation.write("equals", sign("="), "muted"),
            self._equation.write("parts", self._parts[place]),
        ]
        if ended:
            marks.append(self._equation.write("is", self._signs[place], "muted"))
            total = written(self._explained[place].value, self._plate.decimals)
            marks.append(self._equation.write("total", total))
        return marks

    def _name(self, place: int) -> Text:
        return Text(f"y[{place}]", f"y[{place}]")
