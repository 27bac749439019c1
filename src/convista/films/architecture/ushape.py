"""A network that goes down and up again, as a U: what it finds on the way down is handed across to the way up."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2
from typing import NamedTuple

from convista.films.architecture.architecture import ArchitectureStage, Moment, passing, shape_of
from convista.films.architecture.drawn import DrawnLayer
from convista.films.architecture.row import LayerRow, Volume, footprints
from convista.films.architecture.stack import Values
from convista.films.film import Film
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage import layout, text
from convista.films.stage.camera import Camera, hull
from convista.films.stage.imagery import photo
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Mark, Point, Rectangle, Words
from convista.films.wording import message
from convista.language import Text
from convista.scenes.composite import Pixels

ROOM = Box(INSIDE.left + 2, 92, INSIDE.right - 2, 404)
GAP, LEVEL = 18.0, 105.0
"""Between two stacks side by side, and between two levels."""
KEY = 440.0
"""Baseline of what the colours of the map mean."""


class ClassMap(NamedTuple):
    """What a network says of every pixel."""

    pixels: Pixels
    classes: Sequence[tuple[Text, Pixels]]
    """Their names, and a pixel of each one's colour."""


class URow(LayerRow):
    """The layers as a U: each half as large as the level above, and over it the map that comes out."""

    in_line = False
    answer: Box
    """Where the map stands, before the camera."""

    def _fronts(self, volumes: Sequence[Volume | int], step: Point) -> list[Box]:
        """Stand what has the same size in one line; what is smaller under it, what is larger above it."""
        levels = [level(volumes[0], size) for size in volumes]
        places = footprints(volumes, step)
        tall = [
            max((p[0][1] for p, at in zip(places, levels, strict=True) if at == k), default=0)
            for k in range(max(levels) + 1)
        ]
        tops = [sum(tall[:k]) + LEVEL * k for k in range(len(tall))]
        fronts: list[Box] = []
        for n, ((wide, high), _) in enumerate(places):
            left = 0.0
            if n and levels[n] == levels[n - 1]:
                left = fronts[-1].right + places[n - 1][1][0] + GAP
            elif n:
                left = fronts[-1].left
            bottom = tops[levels[n]] + tall[levels[n]]
            fronts.append(Box(left, bottom - high, left + wide, bottom))
        last, beyond = fronts[-1], places[-1][1][0] + 2 * GAP
        self.answer = Box(last.right + beyond, last.top, last.right + beyond + last.width, last.bottom)
        return fronts

    @property
    def whole(self) -> Box:
        """All stacks and arcs, and the map."""
        every = super().whole
        return every._replace(right=max(every.right, self.answer.right))

    @property
    def _far(self) -> bool:
        return False

    def at(self, now: int, camera: Camera, held: Values | None = None) -> tuple[Mark, ...]:
        """Return the stacks, and arrows where the way goes down or up."""
        marks: list[Mark] = []
        for n in range(1, len(self.stacks)):
            start, end = (self.stacks[k].front for k in (n - 1, n))
            if self.shapes[n][-2:] == self.shapes[n - 1][-2:] or n - 2 not in self.layers[n - 1].reads:
                continue
            x = end.left + min(start.width, end.width) / 2
            down = end.top > start.bottom
            ends = ((x, start.bottom + 6), (x, self.stacks[n].covered.top - 6))
            if not down:
                ends = ((x, self.stacks[n - 1].covered.top - 6), (x, end.bottom + 6))
            colour = "window" if n == now else "muted" if n < now else "line"
            arrow = layout.arrow(f"way.{n}", camera.point(ends[0]), camera.point(ends[1]), colour)
            if all(_inside(hull(mark)) for mark in arrow):
                marks += arrow
        return (*marks, *super().at(now, camera, held))


class UStage(ArchitectureStage):
    """The U, with the map that comes out of it."""

    def __init__(self, row: URow, answer: ClassMap) -> None:
        super().__init__(row, named=False, bars=False)
        self._u, self._answer = row, answer

    def answered(self) -> tuple[Mark, ...]:
        """Return the whole U with its map, and what the map's colours mean."""
        marks = [*self.at(Moment(self.count + 1, self.count + 1))]
        box = self.camera(0).box(self._u.answer)
        marks += [Rectangle("answer.frame", box.grown(2.5), "window"), photo("answer", box, self._answer.pixels)]
        x = INSIDE.left
        for n, (name, colour) in enumerate(self._answer.classes):
            marks.append(photo(f"class.{n}", Box(x, KEY - 13, x + 16, KEY + 3), colour))
            marks.append(Words(f"class.{n}.name", (x + 24, KEY), name, 15.0, "text", "start"))
            x += 24 + max(text.width(line, 15.0) for line in name) + 36
        return tuple(marks)


def level(first: Volume | int, size: Volume | int) -> int:
    """Return how many times a size is half of the first one's."""
    if isinstance(first, int) or isinstance(size, int):
        return 0
    return max(0, round(log2(first[1] / max(1, size[1]))))


def u_shape(
    layers: Sequence[DrawnLayer],
    input_shape: tuple[int, ...],
    *,
    values: Sequence[Values | None],
    pixels: Pixels,
    answer: ClassMap,
    title: Text,
    agreed: float,
) -> Film:
    """Show a network that gives every pixel a class.

    Parameters are those of `architecture`; all layers make maps, and the last as large as its input.

    Parameters
    ----------
    answer
        What it says of the patch.
    agreed
        On which share of pixels, of blocks that it had not seen, it says what its labels say.
    """
    stage = UStage(URow(layers, input_shape, values, pixels, room=ROOM), answer)
    script = Script("architecture-unet", title)
    script.step(
        message("films.architecture.u_begin", shape=shape_of(input_shape)),
        beat(stage.at(Moment(0, 0)), seconds=2.0),
    )
    passing(script, stage, layers)
    share = round(100 * agreed)
    script.step(message("films.architecture.u_map"), beat(stage.answered(), seconds=1.0, travel=2 * TRAVEL))
    script.step(message("films.architecture.u_end", share=share), beat(stage.answered()))
    return script.film()


def _inside(box: Box) -> bool:
    return box.left >= ROOM.left and box.right <= ROOM.right and box.top >= ROOM.top and box.bottom <= ROOM.bottom
