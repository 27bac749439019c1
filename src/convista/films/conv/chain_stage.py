"""The stage of a chain: a block for each layer, its channels one behind the other, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.films.conv.chain_order import Chain, Event
from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.sweep import Position, Sweep
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.stage.grid import LEGIBLE
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Point, Rectangle, tints
from convista.films.stage.perspective import DEPTH, Slab, covered, deeper, rays
from convista.films.wording import message
from convista.language import Text

LARGEST_CELL, LEAST_GAP, LARGEST_GAP = 42.0, 30.0, 90.0
THICK, ALONE = 0.22, 0.5
"""Thickness of a plate, and of a block that is one plate, in cells."""
BEHIND = 1.1 / -DEPTH[1]
"""Depth from a channel to the next, in cells: the upper row of each stays in sight."""
LARGEST_MAP, MAP_BEHIND, PLATE, MAP_THICK = 230.0, 20.0, 5.0, 26.0
"""Of blocks without numbers: the side, from a channel to the next, a plate's thickness, that of one alone."""


class Solid(NamedTuple):
    """How large a block is, in points: its cells, from a channel to the next, its plates' thickness."""

    cell: float
    behind: float
    thick: float
    alone: float

    def room(self, shape: tuple[int, ...]) -> Point:
        """Return how wide and tall a block of (channels, rows, columns) is, its depth with it."""
        channels, rows, columns = shape
        depth = self.alone if channels == 1 else (channels - 1) * self.behind + self.thick
        across, down = deeper((self.cell * columns, -self.cell * rows), depth)
        return across, -down


class ChainStage:
    """The beats of every step of a chain; ``around`` is on the stage throughout."""

    def __init__(self, chain: Chain, around: tuple[Mark, ...], names: list[Text]) -> None:
        self._chain, self._around = chain, around
        self._blocks = self._place()
        self._headings = self._names(names)
        self._equations = [[_equation(sweep) for sweep in layer] for layer in chain.sweeps]
        self._known: list[set[Position]] = [set() for _ in chain.values]
        self._made = 0

    def beats(self, n: int, named: Sequence[Event], *, slow: bool) -> tuple[Beat, ...]:
        """Return the making of one value, channel after channel: n counts the events that the film stops at.

        Values that are ``named`` beside it are outlined, and of one that is still to be made what it will read.
        """
        number = self._chain.shown[n]
        event, pace = self._chain.events[number], SLOW if slow else FAST
        self._know(number)
        travel = 4 * TICK if n else 0.0
        told = [mark for one in named for mark in self._named(one)]
        beats = [Beat((*self._marks(event), *told), pace.row if n else 2 * SLOW.end, travel)]
        self._know(number + 1)
        filters = self._chain.sweeps[event.layer - 1]
        for k in range(len(filters)):
            equation, parts = self._equations[event.layer - 1][k]
            line = (*equation.begun(event.at, parts), *equation.ended(event.at))
            marks = (*self._marks(event, k), *told, *self._outline(event, k), *line)
            beats.append(Beat(marks, pace.end if slow or k + 1 == len(filters) else 2 * TICK))
        return tuple(beats)

    def _know(self, count: int) -> None:
        """Let the first events have happened."""
        for event in self._chain.events[self._made : count]:
            self._known[event.layer].add(event.at)
        self._made = count

    def _marks(self, event: Event, channels: int | None = None) -> tuple[Mark, ...]:
        """Return all blocks, farthest first, with the window of the event; up to a channel its value is there."""
        read, made = self._blocks[event.layer - 1], self._blocks[event.layer]
        window = self._window(event, read[0])
        marks = [*self._around, *rays("ray", window, made[0].cell(*event.at), read[0].box.right)]
        for layer in reversed(range(len(self._blocks))):
            plates = self._blocks[layer]
            for c in reversed(range(len(plates))):
                known = None if layer == 0 else self._known[layer]
                if known is not None and layer == event.layer and (channels is None or c > channels):
                    known = known - {event.at}
                nearer = [plate.covers for plate in plates[:c]]
                marks += plates[c].marks(known, nearer)
                if layer == event.layer - 1:
                    seen = self._window(event, plates[c])
                    marks.append(Rectangle(f"window{c}", seen.grown(1), None, "window", 3.0 if c == 0 else 2.0))
        return (*marks, *self._headings)

    def _window(self, event: Event, plate: Slab) -> Box:
        (row, column), kernel = event.at, self._chain.sweeps[event.layer - 1][0].kernel.shape[1:]
        box = plate.span(row, column, *kernel)
        return box.grown(max(0.0, (7 - min(box.width, box.height)) / 2))

    def _named(self, event: Event) -> list[Mark]:
        """Return outlines around a value that is spoken of and, while it is not made, around what it will read."""
        cell = self._blocks[event.layer][0].cell(*event.at)
        if event.at in self._known[event.layer]:
            return [Rectangle("named", cell.grown(1), None, "written", 3.0)]
        window = self._window(event, self._blocks[event.layer - 1][0])
        return [
            Rectangle("named", cell.grown(1), None, "muted", 3.0),
            Rectangle("named.reads", window.grown(1), None, "muted", 3.0),
        ]

    def _outline(self, event: Event, channel: int) -> list[Mark]:
        """Return the outline of the value just made where a nearer plate does not cover its cell."""
        plates = self._blocks[event.layer]
        cell = plates[channel].cell(*event.at)
        for plate in plates[:channel]:
            front = plate.covers
            if min(cell.right, front.right) > max(cell.left, front.left) + 0.5 and cell.bottom > front.top + 0.5:
                return []
        return [Rectangle("written.now", cell.grown(1), None, "written", 3.0)]

    def _place(self) -> list[list[Slab]]:
        """Stand the blocks side by side, as large as they fit; without numbers, each map as large as any."""
        shapes = [values.shape for values in self._chain.values]
        room = STAGE.width - LEAST_GAP * (len(shapes) - 1)
        wide = [columns + (channels - 1) * BEHIND * DEPTH[0] + ALONE * DEPTH[0] for channels, _, columns in shapes]
        tall = [rows - (channels - 1) * BEHIND * DEPTH[1] - ALONE * DEPTH[1] for channels, rows, _ in shapes]
        cell = min(LARGEST_CELL, STAGE.height / max(tall), room / sum(wide))
        blocks = self._stand([Solid(cell, BEHIND * cell, THICK * cell, ALONE * cell)] * len(shapes))
        if min(plate.grid.size for plates in blocks for plate in plates) >= LEGIBLE:
            return blocks
        most = max(channels for channels, _, _ in shapes)
        back = (most - 1) * MAP_BEHIND + MAP_THICK
        side = min(room / len(shapes) - back * DEPTH[0], STAGE.height + back * DEPTH[1], LARGEST_MAP)
        return self._stand(
            [Solid(side / max(rows, columns), MAP_BEHIND, PLATE, MAP_THICK) for _, rows, columns in shapes]
        )

    def _stand(self, solids: list[Solid]) -> list[list[Slab]]:
        boxes = [solid.room(values.shape) for solid, values in zip(solids, self._chain.values, strict=True)]
        used = sum(wide for wide, _ in boxes)
        gap = min(LARGEST_GAP, (STAGE.width - used) / max(1, len(boxes) - 1))
        left = STAGE.left + (STAGE.width - used - gap * (len(boxes) - 1)) / 2
        blocks = []
        for layer, (solid, (wide, tall)) in enumerate(zip(solids, boxes, strict=True)):
            bottom = STAGE.bottom - (STAGE.height - tall) / 2
            blocks.append(self._plates(layer, (left, bottom), solid))
            left += wide + gap
        return blocks

    def _plates(self, layer: int, corner: Point, solid: Solid) -> list[Slab]:
        """Return the plates of a block whose lower left corner is given."""
        values, plates = self._chain.values[layer], []
        channels, rows, _ = values.shape
        front = corner[0], corner[1] - solid.cell * rows
        scales: list[str | None] = [None] if channels == 1 else [*tints(channels)]
        for c, tint in enumerate(scales):
            place, depth = deeper(front, c * solid.behind), solid.alone if channels == 1 else solid.thick
            key = f"layer{layer}" if channels == 1 else f"layer{layer}.{c}"
            plates.append(Slab(key, place, values[c], solid.cell, depth=depth, tint=tint, alike=values))
        return plates

    def _names(self, names: list[Text]) -> list[Mark]:
        marks: list[Mark] = []
        for layer, (plates, words) in enumerate(zip(self._blocks, names, strict=True)):
            near, far = covered(plates[0].box, plates[0].depth), covered(plates[-1].box, plates[-1].depth)
            whole = Box(near.left, far.top, far.right, near.bottom)
            marks.append(heading(f"layer{layer}.name", whole, words, whole.width + LEAST_GAP - 8))
        return marks


def _equation(sweep: Sweep) -> tuple[ConvEquation, int]:
    """Return the equation of a filter and of how many parts it is: products, or the sum of each channel."""
    if len(sweep.maps) == 1:
        equation, each_row = of_one_channel(sweep)
        if equation.legible:
            return equation, each_row * sweep.kernel.shape[1]
        labels = [message("films.conv.sum_of", count=sweep.kernel.size)]
    else:
        labels = [message("films.conv.channel", number=c + 1) for c in range(len(sweep.maps))]
    sums = {at: [sweep.part(at, c) for c in range(len(sweep.maps))] for at in sweep.positions}
    return ConvEquation(sweep, summed(sums), labels), len(sweep.maps)
