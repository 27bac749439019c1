"""The stage of a chain: a block for each layer, from left to right, and an equation below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.films.conv.chain_order import Chain, Event
from convista.films.conv.equation import ConvEquation, of_one_channel, summed
from convista.films.conv.sweep import Position, Sweep
from convista.films.stage.grid import LEGIBLE, keys
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import DEPTH, Slab, deeper, rays
from convista.films.wording import message
from convista.language import Text

LARGEST_CELL, LEAST_GAP, LARGEST_GAP = 42.0, 30.0, 90.0
THICK = 0.5
"""Thickness of a block, in cells."""
LARGEST_MAP, MAP_THICK = 230.0, 26.0
"""Side and thickness of blocks without numbers."""


class Moment(NamedTuple):
    """How far the making of a value has come."""

    number: int
    """Which of those that the film stops at."""
    named: Sequence[Event] = ()
    """Other values that are spoken of: they are outlined, and of one that is not made yet what it will read."""
    read: bool = True
    """What the window sees is in the equation."""
    known: bool = True
    """The equation has its result."""
    written: bool = True
    """The value is in its place."""


class ChainStage:
    """The blocks of a chain of one channel; ``names`` stand above them."""

    def __init__(self, chain: Chain, names: list[Text]) -> None:
        self._chain = chain
        self._blocks = self._place()
        self._headings = [
            heading(f"layer{layer}.name", block.covers, words, block.covers.width + LEAST_GAP - 8)
            for layer, (block, words) in enumerate(zip(self._blocks, names, strict=True))
        ]
        self._equations = [_equation(layer[0]) for layer in chain.sweeps]

    def empty(self) -> tuple[Mark, ...]:
        """Return the image and the layers, before anything is made."""
        return (*self._drawn(0), *self._headings)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return all blocks, farthest first, with the window of the value that is made."""
        number = self._chain.shown[moment.number]
        event = self._chain.events[number]
        read, made = self._blocks[event.layer - 1], self._blocks[event.layer]
        window, cell = self._window(event), made.cell(*event.at)
        marks = [*rays("ray", window, cell, read.box.right), *self._drawn(number + moment.written)]
        marks.append(Rectangle("window", window.grown(1), None, "window", 3.0))
        for one in moment.named:
            marks += self._named(one, number)
        if moment.written:
            marks.append(Rectangle("written.now", cell.grown(1), None, "written", 3.0))
        equation, parts = self._equations[event.layer - 1]
        if moment.read:
            marks += equation.begun(event.at, parts)
        if moment.known and moment.read:
            marks += equation.ended(event.at)
        return (*marks, *self._headings)

    def read(self, number: int) -> Sources:
        """Return what each part of the equation comes out of: its product, or the values of a sum."""
        event = self._chain.events[self._chain.shown[number]]
        if not self._blocks[event.layer - 1].numbers:
            return {}
        _, parts = self._equations[event.layer - 1]
        cells = [keys(f"layer{event.layer - 1}", *one.at)[1] for one in self._chain.reads(event)]
        each = len(cells) // parts
        return {f"equation.{n}": tuple(cells[n * each : (n + 1) * each]) for n in range(parts)}

    def written(self, number: int) -> Sources:
        """Return what the value in its place comes out of: the equation's result."""
        event = self._chain.events[self._chain.shown[number]]
        if not self._blocks[event.layer].numbers:
            return {}
        return {keys(f"layer{event.layer}", *event.at)[1]: "equation.total"}

    def depending(self) -> tuple[Mark, ...]:
        """Return the whole chain, and in each block what the last value of the last one depends on."""
        last = self._chain.events[-1]
        marks, reached = [*self._drawn(len(self._chain.events))], [last]
        for layer in range(last.layer, -1, -1):
            rows, columns = zip(*(event.at for event in reached), strict=True)
            top, left = min(rows), min(columns)
            box = self._blocks[layer].span(top, left, max(rows) - top + 1, max(columns) - left + 1)
            marks.append(Rectangle(f"depends{layer}", _visible(box), None, "window", 3.0))
            reached = [*dict.fromkeys(read for event in reached if layer for read in self._chain.reads(event))]
        return (*marks, *self._headings)

    def _drawn(self, count: int) -> list[Mark]:
        """Return all blocks when so many values are made."""
        known: list[set[Position]] = [set() for _ in self._blocks]
        for event in self._chain.events[:count]:
            known[event.layer].add(event.at)
        layers = reversed(range(len(self._blocks)))
        return [m for layer in layers for m in self._blocks[layer].marks(known[layer] if layer else None)]

    def _window(self, event: Event) -> Box:
        kernel = self._chain.sweeps[event.layer - 1][0].kernel.shape[1:]
        return _visible(self._blocks[event.layer - 1].span(*event.at, *kernel))

    def _named(self, event: Event, number: int) -> list[Mark]:
        """Return outlines around a value that is spoken of and, while it is not made, around what it will read."""
        cell = self._blocks[event.layer].cell(*event.at)
        if event in self._chain.events[: number + 1]:
            return [Rectangle("named", cell.grown(1), None, "written", 3.0)]
        return [
            Rectangle("named", cell.grown(1), None, "muted", 3.0),
            Rectangle("named.reads", self._window(event).grown(1), None, "muted", 3.0),
        ]

    def _place(self) -> list[Slab]:
        """Stand the blocks side by side, as large as they fit; without numbers, each map as large as any."""
        shapes = [values.shape[1:] for values in self._chain.values]
        room = STAGE.width - LEAST_GAP * (len(shapes) - 1)
        wide = [columns + THICK * DEPTH[0] for _, columns in shapes]
        tall = [rows - THICK * DEPTH[1] for rows, _ in shapes]
        cell = min(LARGEST_CELL, STAGE.height / max(tall), room / sum(wide))
        blocks = self._stand([cell] * len(shapes), THICK * cell)
        if min(block.grid.size for block in blocks) >= LEGIBLE:
            return blocks
        side = min(room / len(shapes) - MAP_THICK * DEPTH[0], STAGE.height + MAP_THICK * DEPTH[1], LARGEST_MAP)
        return self._stand([side / max(shape) for shape in shapes], MAP_THICK)

    def _stand(self, cells: list[float], thick: float) -> list[Slab]:
        across, up = deeper((0.0, 0.0), thick)
        values = [maps[0] for maps in self._chain.values]
        wide = [cell * one.shape[1] + across for cell, one in zip(cells, values, strict=True)]
        gap = min(LARGEST_GAP, (STAGE.width - sum(wide)) / max(1, len(wide) - 1))
        left = STAGE.centre[0] - (sum(wide) + gap * (len(wide) - 1)) / 2
        blocks = []
        for layer, (cell, one) in enumerate(zip(cells, values, strict=True)):
            top = STAGE.centre[1] - (cell * one.shape[0] + up) / 2
            blocks.append(Slab(f"layer{layer}", (left, top), one, cell, depth=thick))
            left += wide[layer] + gap
        return blocks


def _visible(box: Box) -> Box:
    """Return a box grown where it would be hard to see."""
    return box.grown(max(0.0, (7 - min(box.width, box.height)) / 2))


def _equation(sweep: Sweep) -> tuple[ConvEquation, int]:
    """Return the equation of a layer and of how many parts it is: products, sums of kernel rows, or one sum."""
    equation, each_row = of_one_channel(sweep)
    if equation.legible:
        return equation, each_row * sweep.kernel.shape[1]
    labels = [message("films.conv.sum_of", count=sweep.kernel.size)]
    return ConvEquation(sweep, summed({at: [sweep.part(at)] for at in sweep.positions}), labels), 1
