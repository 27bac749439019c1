"""The layers of a network as stacks of maps from left to right, and the camera that follows what passes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from math import cos, pi, sin

from convista.films.architecture.drawn import DrawnLayer, skips
from convista.films.architecture.stack import LEARNS, LONGEST, STEP, Stack, Values
from convista.films.stage.camera import Camera, hull
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Colour, Mark, Point, Polygon, Polyline, Rectangle
from convista.films.stage.motion import Sources
from convista.scenes.composite import Pixels

ROOM = Box(INSIDE.left + 2, 94, INSIDE.right - 2, 314)
"""Where the stacks are seen."""
TALLEST, SMALLEST = 200.0, 8.0
"""Sides of the largest maps and of the smallest, before the camera."""
GAPS = 16.0, 70.0
"""Between two stacks, at least and at most."""
UNITS = 22.0, 170.0, 12.0
"""Height of a column of numbers, at least, at most, and for each number; width of it."""
WIDE = 12.0
SEEN, CLOSE, CLOSEST = 28.0, 92.0, 6.0
"""How tall maps are that still are seen, how tall the camera makes others, how close it comes at most."""
NEAR = 0.75
"""Share of the room's height that the first maps take, at least."""

Volume = tuple[int, int, int]


def volume(shape: tuple[int, ...]) -> Volume | int:
    """Return (maps, rows, columns) of a size, or how many numbers it has that have no rows and columns."""
    if len(shape) < 2:
        return shape[0] if shape else 1
    maps = 1
    for side in shape[:-2]:
        maps *= side
    return maps, shape[-2], shape[-1]


class LayerRow:
    """The input and the layers side by side; stack 0 is the input, stack n what layer n makes, from 1.

    Parameters
    ----------
    layers
        In the order in which they ran.
    input_shape
        Of the patch: (bands, rows, columns).
    values
        Of the input and of each layer, (maps, rows, columns) or (numbers,); None where they are not known.
    pixels
        The patch as a photo.
    full
        The magnitude that has the map's full colour in all of them; None for that of each.
    room
        Where they are seen.
    step
        From one map to the one behind it.
    anew
        The stack where something new begins: from there on the camera looks at all that follows.
    follow
        Whether the camera comes closer to what is small; else it looks at all stacks all the time.
    """

    in_line = True
    """Whether all stacks stand in one line."""

    def __init__(
        self,
        layers: Sequence[DrawnLayer],
        input_shape: tuple[int, ...],
        values: Sequence[Values | None] | None = None,
        pixels: Pixels | None = None,
        *,
        full: float | None = None,
        room: Box = ROOM,
        step: Point = STEP,
        anew: int | None = None,
        follow: bool = True,
    ) -> None:
        self.layers, self._room, self._anew, self._follow = layers, room, anew, follow
        self.shapes = tuple(shape or (1,) for shape in (input_shape, *(layer.shape for layer in layers)))
        known = [None] * len(self.shapes) if values is None else list(values)
        volumes = [volume(shape) for shape in self.shapes]
        fronts = self._fronts(volumes, step)
        photos = [pixels] + [None] * len(layers)
        frames: list[Colour] = ["muted", *(LEARNS[layer.parameters > 0] for layer in layers)]
        self.stacks = [
            Stack(
                f"block.{n}",
                front,
                1 if isinstance(size, int) else size[0],
                _standing(size, each),
                frame=frames[n],
                pixels=photos[n],
                full=full if n else None,
                step=step,
            )
            for n, (size, each, front) in enumerate(zip(volumes, known, fronts, strict=True))
        ]

    @cached_property
    def arcs(self) -> dict[tuple[int, int], tuple[Polyline, Polygon]]:
        """The arrows over other stacks, by the stacks that they lead from and to."""
        found = {}
        for n in range(1, len(self.stacks)):
            for read in skips(self.layers, n - 1):
                over = self.stacks[read + 1 : n + 1]
                above = min(stack.covered.top for stack in over) - 12 - 2.5 * (n - read)
                found[read + 1, n] = arc(
                    f"arc.{read + 1}.{n}", self.stacks[read + 1].top, self.stacks[n].top, above
                )
        return found

    @cached_property
    def whole(self) -> Box:
        """All stacks and arcs."""
        arcs = [hull(mark) for pair in self.arcs.values() for mark in pair]
        return around([*(stack.covered for stack in self.stacks), *arcs])

    @cached_property
    def cameras(self) -> list[Camera]:
        """For each stack the camera that looks at it: at all, until what comes is too small to be seen."""
        camera = Camera(self.whole.grown(2), self._room)
        cameras = [camera]
        if not self._follow:
            return cameras * len(self.stacks)
        near = NEAR * self._room.height if self._far else CLOSE
        for n in range(1, len(self.stacks)):
            if n == self._anew:
                camera = Camera(around([stack.covered for stack in self.stacks[n - 1 :]]).grown(6), self._room)
            elif (n == 1 and self._far) or not self._seen_well(camera, n):
                again = n > 1 and self._seen_well(cameras[0], n)
                camera = cameras[0] if again else self._closer(n, near if n == 1 else CLOSE)
            cameras.append(camera)
        return cameras

    def at(self, now: int, camera: Camera, held: Values | None = None) -> tuple[Mark, ...]:
        """Return the stacks, with their values up to the one that is looked at; ``held`` instead of its own."""
        marks: list[Mark] = []
        for pair, (line, head) in self.arcs.items():
            colour = "window" if pair[1] == now else "muted" if pair[1] < now else "line"
            arrow = camera.seen([line._replace(colour=colour), head._replace(fill=colour)])
            if all(within(hull(mark), self._room) for mark in arrow) and len(arrow) == 2:
                marks += arrow
        standing = None if held is None else _standing(volume(self.shapes[now]), held)
        for n in reversed(range(len(self.stacks))):
            stack = self.stacks[n]
            if not self.visible(n, camera):
                continue
            if n == now and standing is not None:
                marks += camera.seen(stack.holding(standing))
            else:
                marks += camera.seen(stack.now if n == now else stack.drawn if n < now else stack.waiting)
        return tuple(marks)

    def visible(self, n: int, camera: Camera) -> bool:
        """Say whether a stack is seen, whole."""
        return within(camera.box(self.stacks[n].covered), self._room)

    def read(self, now: int, camera: Camera) -> Sources:
        """Return which cards a layer's maps come out of: those that it reads, as far as they are seen."""
        end = self.stacks[now]
        reads = [read + 1 for read in self.layers[now - 1].reads]
        starts = [self.stacks[n] for n in reads if self.visible(n, camera)]
        keys = tuple(key for stack in starts for key in stack.sources() if stack.shown or not end.shown)
        return {f"{end.key}.face": keys} if keys else {}

    def window(self, now: int, camera: Camera) -> tuple[Box, Box] | None:
        """Return where a layer's kernel begins on what it reads, and where it ends; None if it has none."""
        layer = self.layers[now - 1]
        if len(layer.kernel) != 2 or not layer.reads or len(self.shapes[layer.reads[-1] + 1]) != 3:
            return None
        stack = self.stacks[layer.reads[-1] + 1]
        front, (_, rows, columns) = camera.box(stack.front), self.shapes[layer.reads[-1] + 1]
        if not within(front, self._room) or min(layer.kernel) < 2:
            return None
        tall, wide = (
            min(side, max(7.0, k * side / n))
            for side, k, n in ((front.height, layer.kernel[0], rows), (front.width, layer.kernel[1], columns))
        )
        return (
            Box(front.left, front.top, front.left + wide, front.top + tall),
            Box(front.right - wide, front.bottom - tall, front.right, front.bottom),
        )

    def _fronts(self, volumes: Sequence[Volume | int], step: Point) -> list[Box]:
        """Stand the nearest cards side by side, in the middle of the height; as wide apart as suits the room."""
        places = footprints(volumes, step)
        used = sum(wide + right for (wide, _), (right, _) in places)
        tallest = max(tall + up for (_, tall), (_, up) in places)
        free = tallest * self._room.width / self._room.height - used
        gap = min(GAPS[1], max(GAPS[0], free / max(1, len(places) - 1)))
        fronts, left = [], 0.0
        for (wide, tall), (right, up) in places:
            fronts.append(Box(left, (up - tall) / 2, left + wide, (up + tall) / 2))
            left += wide + right + gap
        return fronts

    def _seen_well(self, camera: Camera, n: int) -> bool:
        stack = self.stacks[n]
        tall = stack.front.height * camera.scale
        closest = camera.scale >= CLOSEST * self._whole_scale
        return self.visible(n, camera) and (tall >= SEEN or closest)

    @property
    def _far(self) -> bool:
        """Whether all stacks together are so small that each has to be seen by itself."""
        return self.stacks[0].front.height * self._whole_scale < NEAR * self._room.height

    @property
    def _whole_scale(self) -> float:
        return Camera(self.whole.grown(2), self._room).scale

    def _closer(self, n: int, tall: float) -> Camera:
        """Return the camera that sees a stack and the one before it large, and what follows as far as it can."""
        pair = around([stack.covered for stack in self.stacks[max(0, n - 1) : n + 1]]).grown(4)
        scale = min(
            max(self._whole_scale, tall / self.stacks[n].front.height),
            CLOSEST * self._whole_scale,
            self._room.width / pair.width,
            self._room.height / pair.height,
        )
        wide, high = self._room.width / scale, self._room.height / scale
        left = max(self.whole.left - 2, min(pair.left, self.whole.right + 2 - wide))
        if wide >= self.whole.width + 4:
            left = self.whole.centre[0] - wide / 2
        middle = pair.centre[1]
        return Camera(Box(left, middle - high / 2, left + wide, middle + high / 2), self._room)


def arc(key: str, start: Point, end: Point, above: float) -> tuple[Polyline, Polygon]:
    """Return an arrow that leaves a place upwards, rises to a height and comes down on another."""
    (x0, y0), (x1, y1) = start, end
    y1 -= 5
    lift = (y0 + y1) / 2 - above
    steps = [n / 24 for n in range(25)]
    line = tuple(
        (x0 + (x1 - x0) * (1 - cos(pi * t)) / 2, y0 + (y1 - y0) * t - lift * sin(pi * t) ** 0.7) for t in steps
    )
    head = ((x1, y1 + 5), (x1 - 4, y1 - 2), (x1 + 4, y1 - 2))
    return Polyline(key, line, "line", 1.5), Polygon(f"{key}.head", head, "line")


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around all of some."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


def kernel_window(box: Box) -> Rectangle:
    """Return the window of a layer's kernel."""
    return Rectangle("window", box, None, "window", 2.5)


def within(box: Box, room: Box) -> bool:
    """Say whether a box lies in a room."""
    return (
        box.left >= room.left - 0.1
        and box.right <= room.right + 0.1
        and box.top >= room.top - 0.1
        and box.bottom <= room.bottom + 0.1
    )


def _standing(size: Volume | int, values: Values | None) -> Values | None:
    """Return values as a stack shows them: a column of numbers is a map of one column, if it is not too long."""
    if values is None or not values.size:
        return None
    if isinstance(size, int):
        return values.reshape(1, -1, 1) if size <= LONGEST else None
    return values.reshape(size)


def footprints(volumes: Sequence[Volume | int], step: Point) -> list[tuple[Point, Point]]:
    """Return of each stack the width and height of a card, and how far its cards reach right and up."""
    sides = [side for size in volumes if not isinstance(size, int) for side in size[1:]]
    unit = TALLEST / max(sides, default=1)
    found: list[tuple[Point, Point]] = []
    for size in volumes:
        if isinstance(size, int):
            found.append(((WIDE, min(UNITS[1], max(UNITS[0], UNITS[2] * size))), (0.0, 0.0)))
        else:
            back = Stack("", Box(0, 0, 0, 0), size[0], step=step).covered
            found.append(((max(SMALLEST, unit * size[2]), max(SMALLEST, unit * size[1])), (back.right, -back.top)))
    return found
