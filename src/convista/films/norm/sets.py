"""A film of normalisations: for each the numbers that are averaged together, and at last all sets side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convista.films.film import LAST, SLOW, Beat, Film
from convista.films.norm.stage import Method, Moment, NormStage, within
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.layout import HEADING_SIZE, STAGE, heading
from convista.films.stage.marks import Box, Formula, Mark, Rectangle, Words
from convista.films.stage.plate import window
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array

MOVES = 3
"""In how many moves all sets but the first are shown."""
LARGEST, APART, CLOSING = 60.0, 30.0, 26.0
"""Where sets are side by side: side of the largest cell, which stands for a map, the gap, size of the formula."""


def norm_film(batch: Array, methods: Sequence[Method], *, name: str, title: Text) -> Film:
    """Show methods one after the other, the first set of each slowly, the others fast; several are compared."""
    stage, script = NormStage(batch, methods), Script(name, title)
    samples, channels = stage.shown
    fewer = (samples, channels) != batch.shape[:2]
    if len(methods) > 1:
        asked, narrated = message("films.norm.question"), message("films.norm.narrated_question")
        script.step(asked, beat(stage.at(Moment(0))), narration=narrated)
    for n, method in enumerate(methods):
        caption = message(f"films.norm.{method.key}")
        if fewer and not n:
            caption = message("films.norm.fewer", text=caption, samples=samples, channels=channels)
        script.step(caption, *_slowly(stage, n), *_quickly(stage, n))
    if len(methods) > 1:
        script.step(message("films.norm.end"), beat(compared(methods, stage.shown), seconds=LAST, travel=SHORT))
    return script.film()


def _slowly(stage: NormStage, method: int) -> Iterator[Beat]:
    """Show the first set: which numbers it is, their mean, its first value, all its values."""
    seen = Moment(method, now=0, alone=True, averaged=False, worked=False)
    yield beat(stage.at(seen), seconds=SLOW.end, travel=TRAVEL)
    known, mean = stage.at(seen._replace(averaged=True)), stage.averaged(method, 0)
    yield beat(known, seconds=SLOW.sum, travel=TRAVEL if mean else SHORT, born_from=mean)
    yield beat(stage.at(Moment(method, now=0, alone=True)), seconds=SLOW.sum, travel=SHORT)
    made = stage.normalised(method, 0, worked=True)
    yield beat(stage.at(Moment(method, done=1, now=0, alone=True)), seconds=SLOW.end, travel=TRAVEL, born_from=made)


def _quickly(stage: NormStage, method: int) -> Iterator[Beat]:
    """Show the other sets in a few moves; the equation is that of the last one."""
    count = len(stage.groups[method])
    each = -(-(count - 1) // MOVES)
    yield beat(stage.at(Moment(method, done=1, now=0)), seconds=QUICK)
    for start in range(1, count, each or 1):
        end = min(start + each, count)
        made = [stage.normalised(method, n, worked=False) for n in range(start, end)]
        told = end == count
        moment = Moment(method, done=end, now=end - 1, others=end - 1 - start, told=told)
        born = {key: source for one in made for key, source in one.items()}
        seconds = SLOW.end if told else SLOW.row
        yield beat(stage.at(moment), seconds=seconds, travel=SHORT, born_from=born)


def compared(methods: Sequence[Method], shown: tuple[int, int]) -> list[Mark]:
    """Return one set of every method that averages over the batch, a cell a map."""
    averaging = [method for method in methods if not method.kept]
    marks: list[Mark] = []
    for method, room in zip(averaging, STAGE.inset(top=60).columns(*[1] * len(averaging), gap=APART), strict=True):
        marks += _drawn(method, room, shown)
    at = STAGE.centre[0], STAGE.bottom + 22
    formula = Formula("formula", (STAGE.centre[0], STAGE.top + 34), message("films.norm.tex"), CLOSING)
    return [*marks, formula, Words("axes", at, message("films.norm.axes"), HEADING_SIZE, "muted")]


def _drawn(method: Method, room: Box, shown: tuple[int, int]) -> list[Mark]:
    """Return the maps of the batch, the first set of a method in the colour of the window."""
    samples, channels = shown
    side = min(LARGEST, room.width / channels, (room.height - 30) / samples)
    table = room.middle(side * channels, side * samples)
    (first, last), (left, right) = group = method.groups[0]
    marks: list[Mark] = [
        heading(f"{method.key}.name", table, message(f"films.norm.short_{method.key}"), room.width)
    ]
    for n, row in enumerate(table.rows(*[1] * samples)):
        for c, cell in enumerate(row.columns(*[1] * channels)):
            fill = "window" if within(group, (n, c)) else "panel"
            marks.append(Rectangle(f"{method.key}[{n},{c}]", cell, fill, "line"))
    box = Box(
        table.left + left * side, table.top + first * side, table.left + right * side, table.top + last * side
    )
    seen = box._replace(right=min(box.right, table.right), bottom=min(box.bottom, table.bottom))
    return [*marks, *window(f"{method.key}.set", seen)]
