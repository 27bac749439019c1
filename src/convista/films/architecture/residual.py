"""A residual network: its stages from left to right, and each of them opened, so that its shortcut is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.architecture.architecture import ArchitectureStage, Moment, layer_step
from convista.films.architecture.drawn import DrawnLayer
from convista.films.architecture.row import LayerRow
from convista.films.architecture.stack import LEARNS, STRETCH, Stack, Values
from convista.films.film import Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage import layout
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Circle, Colour, Mark, Polygon, Polyline, Words
from convista.films.wording import message
from convista.language import Text
from convista.scenes.composite import Pixels

ROOM = Box(INSIDE.left + 20, 200, INSIDE.right - 50, 392)
"""Where the way through the convolutions stands; the shortcut passes above it."""
OVER, TALLEST = 150.0, 118.0
"""Height of the shortcut, and of the largest maps."""
TYPE = 14.0
OPENING = 0.6
"""How long a stage takes to open and to close, in seconds."""
PLUS = 17.0
"""Radius of the sign of addition."""


class Block(NamedTuple):
    """The first block of a stage, with the values that it has: (maps, rows, columns)."""

    number: int
    """Of the stage, from 1."""
    blocks: int
    """How many the stage has."""
    x: Values
    first: Values
    """After the first convolution, its normalisation and its ReLU."""
    second: Values
    """After the second convolution and its normalisation."""
    shortcut: Values | None
    """What a convolution 1×1 and its normalisation make of x on the arc; None where x itself is added."""
    result: Values
    """After the addition and ReLU."""


class BlockStage:
    """A block: what it reads, its two convolutions, the addition and what it leaves; the shortcut above."""

    def __init__(self, block: Block) -> None:
        self.block = block
        parts = {"x": block.x, "first": block.first, "second": block.second, "result": block.result}
        every = np.concatenate([np.abs(np.nan_to_num(values)).ravel() for values in parts.values()])
        full = float(np.quantile(every, STRETCH)) or 1.0
        most = max(values.shape[1] for values in parts.values())
        rooms = dict(zip(("x", "first", "second", "plus", "result"), ROOM.columns(1.15, 1, 1, 0.6, 1), strict=True))
        self._plus = rooms["plus"].centre
        self._stacks = {
            key: Stack(
                f"open.{key}",
                rooms[key].middle(_side(values.shape[2], most), _side(values.shape[1], most)),
                len(values),
                values,
                frame=LEARNS[key in ("first", "second")],
                full=full,
            )
            for key, values in parts.items()
        }
        if block.shortcut is not None:
            side = _side(block.shortcut.shape[1], most)
            x, y = (rooms["first"].right + rooms["second"].left) / 2, OVER
            box = Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)
            self._stacks["shortcut"] = Stack(
                "open.shortcut", box, len(block.shortcut), block.shortcut, frame=LEARNS[True], full=full
            )

    def at(self, done: int) -> tuple[Mark, ...]:
        """Return the block: 0 with what it reads, 1 and 2 with its convolutions, 3 with the arc, 4 with the sum."""
        known = {"x": 0, "first": 1, "second": 2, "shortcut": 3, "result": 4}
        marks: list[Mark] = [*self._arc(done), *self._arrows(done)]
        for key, stack in self._stacks.items():
            fresh = known[key] == done and done > 0
            marks += stack.waiting if known[key] > done else stack.now if fresh else stack.drawn
        colour = "window" if done == 4 else "muted" if done > 2 else "line"
        marks.append(Circle("open.plus", self._plus, PLUS, "background", colour, 2.5))
        (x, y), reach = self._plus, 0.55 * PLUS
        marks.append(Polyline("open.plus.across", ((x - reach, y), (x + reach, y)), colour, 2.5))
        marks.append(Polyline("open.plus.down", ((x, y - reach), (x, y + reach)), colour, 2.5))
        return (*marks, *self._names())

    def _arc(self, done: int) -> list[Mark]:
        """Return the shortcut: up from what the block reads, across, and down to the addition."""
        x, stop = self._stacks["x"].top[0], self._plus[1] - PLUS - 3
        colour: Colour = "window" if done == 3 else "muted" if done > 3 else "line"
        line = ((x, self._stacks["x"].covered.top - 4), (x, OVER), (self._plus[0], OVER))
        down = layout.arrow("open.arc", (self._plus[0], OVER), (self._plus[0], stop), colour, 2.5)
        return [Polyline("open.arc.over", line, colour, 2.5), *down]

    def _arrows(self, done: int) -> list[Polyline | Polygon]:
        """Return the arrows of the straight way."""
        marks: list[Polyline | Polygon] = []
        boxes = [self._stacks[key].covered for key in ("x", "first", "second")]
        y, (plus, _) = ROOM.centre[1], self._plus
        ends = [self._stacks["first"].front.left, self._stacks["second"].front.left, plus - PLUS]
        ways = [*zip((box.right for box in boxes), ends, strict=True)]
        ways.append((plus + PLUS, self._stacks["result"].front.left))
        for n, (start, end) in enumerate(ways):
            step = n + 1 if n < 2 else 4
            colour: Colour = "window" if done == step else "muted" if done > step else "line"
            marks += layout.arrow(f"open.way.{n}", (start + 5, y), (end - 5, y), colour)
        return marks

    def _names(self) -> list[Mark]:
        """Return what each stack is, and how large it is, below it."""
        marks: list[Mark] = []
        for key, stack in self._stacks.items():
            (x, _), low = stack.front.centre, stack.front.bottom
            name, line = (
                message(f"films.architecture.open_{key}"),
                "×".join(map(str, getattr(self.block, key).shape)),
            )
            if key == "shortcut":
                place = (stack.covered.right + 10, OVER - 12)
                marks.append(Words(f"open.{key}.name", place, name, TYPE, "muted", "start"))
            else:
                marks.append(Words(f"open.{key}.name", (x, low + 22), name, TYPE, "muted"))
                marks.append(Words(f"open.{key}.size", (x, low + 41), Text(line, line), TYPE, "text"))
        return marks


def _side(count: int, most: int) -> float:
    """Return how long the side of a map of so many rows or columns is."""
    return max(20.0, TALLEST * count / most)


def residual(
    layers: Sequence[DrawnLayer],
    input_shape: tuple[int, ...],
    blocks: Sequence[Block],
    *,
    values: Sequence[Values | None],
    pixels: Pixels,
    title: Text,
    told: Text,
) -> Film:
    """Show a residual network stage by stage, and open each stage.

    Parameters are those of `architecture`; each stage is one of the layers, and does additions.

    Parameters
    ----------
    blocks
        The first block of each stage.
    """
    stage = ArchitectureStage(LayerRow(layers, input_shape, values, pixels, follow=False), named=False)
    script = Script("architecture-resnet", title)
    begin = message("films.architecture.residual_begin", stages=len(blocks))
    script.step(begin, beat(stage.at(Moment(0, 0)), seconds=2.0))
    opened, explained = list(blocks), set[str]()
    for n in range(1, len(layers) + 1):
        layer_step(script, stage, layers, n, explained)
        if n == 1:
            script.step(told, beat(stage.at(Moment(1, 1))))
        if "add" in layers[n - 1].operators:
            _open(script, stage, n, BlockStage(opened.pop(0)))
    count = len(layers) + 1
    script.step(message("films.architecture.residual_end"), beat(stage.at(Moment(count, count)), travel=TRAVEL))
    return script.film()


def _open(script: Script, stage: ArchitectureStage, n: int, inside: BlockStage) -> None:
    """Open the stage that is layer n, from 1: the way through its first block, the arc, the sum."""
    number, down = inside.block.number, inside.block.shortcut is not None
    slow = number <= 2
    says = message("films.architecture.residual_open", number=number, blocks=inside.block.blocks)
    other = message("films.architecture.residual_again", number=number)
    born = {"open.result.face": f"block.{n}.face", "open.x.face": f"block.{n - 1}.face"}
    opening = beat(inside.at(0), seconds=SHORT, travel=OPENING, born_from=born)
    script.step(says if slow else other, opening)
    if slow:
        first = beat(inside.at(1), seconds=SHORT, travel=TRAVEL, born_from={"open.first.face": "open.x.face"})
        second = beat(inside.at(2), seconds=0.6, travel=TRAVEL, born_from={"open.second.face": "open.first.face"})
        script.step(message("films.architecture.residual_way"), first, second)
        key = "films.architecture.residual_down" if down else "films.architecture.residual_identity"
        over = {"open.shortcut.face": "open.x.face"} if down else {}
        script.step(message(key), beat(inside.at(3), seconds=0.6, travel=TRAVEL, born_from=over))
    sources = ("open.second.face", "open.shortcut.face" if down else "open.x.face")
    summed = beat(inside.at(4), seconds=1.0, travel=TRAVEL, born_from={"open.result.face": sources})
    script.step(message("films.architecture.residual_sum") if slow else other, summed)
    back = {f"block.{n}.face": "open.result.face"}
    script.step(
        message("films.architecture.onwards"),
        beat(stage.at(Moment(n, n)), seconds=SHORT, travel=OPENING, born_from=back),
    )
