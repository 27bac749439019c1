"""The stage of a convolutional layer: a filter at work on all channels, or all filters and what follows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from convista.films.conv.filter_at_work import FilterAtWork, boxes_of
from convista.films.conv.layer_values import MOST, ConvLayerValues
from convista.films.conv.sweep import Position
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Mark, Polyline, Rectangle, Words, tints
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import Slab
from convista.films.stage.plate import Plate
from convista.films.stage.ring import ring
from convista.films.wording import message, widest
from convista.language import Text
from convista.operators import Array
from convista.operators.sliding import pad

ROOM = STAGE._replace(top=98, bottom=452)
SHARES = (108.0, 96.0, 144.0, 142.0, 144.0, 156.0, 78.0)
"""Widths of the columns of maps, and of the gaps between them."""
ROWS, THICK, CELL = 12.0, 6.0, (36.0, 30.0)
LARGEST_EQUATION, READABLE = 16.0, 14.0
LEAST_WINDOW = 7.0
"""The smallest side of an outline."""
MAPS = ("conv", "relu", "pool")

Writer = Callable[[int, Position], Text]
"""What writes the equation of a filter at a position."""


class Making(NamedTuple):
    """A filter's first value: how far it has come."""

    filter: int = 0
    parts: int | None = None
    """How many channels have their partial sum; None for all."""
    known: bool = True
    """The partial sums have their sum."""
    lifted: bool = True
    """What the window sees has left the input, to be seen closely."""
    filters: int = 0
    """How many filters have written their value."""


class Moment(NamedTuple):
    """How many places of every map are written, and what is being read for the next."""

    conv: int = 0
    relu: int = 0
    pool: int = 0
    window: Position | None = None
    """Where the filters' window is."""
    told: tuple[str, Position] | None = None
    """The map, ``"relu"`` or ``"pool"``, of which a value is worked out, and which."""


class LayerStage:
    """The maps of a layer."""

    def __init__(self, layer: ConvLayerValues) -> None:
        self._layer = layer
        inputs = layer.sweeps[0].maps
        self._tints = ["muted"] if len(inputs) == 1 else [*tints(len(inputs))]
        self._work = FilterAtWork(layer.sweeps, self._tints, ["signed"] * len(layer.sweeps), [(0, 0)])
        columns = ROOM.columns(*SHARES)
        self._gaps = dict(zip(MAPS, columns[1::2], strict=True))
        self._input = self._slabs(_rows(columns[0], len(inputs[:MOST])))
        self._maps = {
            name: self._plates(name, values, _rows(box, len(values)))
            for name, values, box in zip(MAPS, (layer.conv, layer.relu, layer.pooled), columns[2::2], strict=True)
        }
        self._equations = {
            "relu": self._fitting("relu", (layer.kept, layer.rectified_only), layer.positions),
            "pool": self._fitting("pool", (layer.won, layer.largest_only), layer.pools),
        }

    def making(self, making: Making) -> tuple[Mark, ...]:
        """Return a filter at work on all channels, in the corner of the image, and the maps at the right."""
        slabs = self._slabs(boxes_of(0, self._work.channels))
        boxes = boxes_of(5, len(self._layer.conv))
        made = []
        for k, (values, box) in enumerate(zip(self._layer.conv, boxes, strict=True)):
            corner, cell, like = box[:2], self._cell(box, values), self._layer.conv
            made.append(Slab(f"conv{k}.map", corner, values, cell, depth=THICK, alike=like, numbered=False))
        marks = [mark for slab in slabs for mark in slab.marks()]
        for k, slab in enumerate(made):
            marks += slab.marks([(0, 0)] if k < making.filters else [])
        marks += self._work.windows(slabs, (0, 0), lifted=making.lifted)
        if making.lifted:
            marks += self._work.kernels(making.filter)
            marks += self._work.sums((0, 0), making.filter, making.parts, known=making.known)
        if making.filters:
            marks += self._work.landed(made[making.filters - 1], (0, 0), making.filters - 1)
        for name, slab in (("input", slabs[0]), ("conv", made[0])):
            marks.append(heading(f"{name}.name", slab.covers, message(f"films.conv_layer.{name}"), 150))
        return tuple(marks)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return all maps at a moment."""
        marks = [mark for slab in self._input for mark in slab.marks()]
        for name, count in zip(MAPS, (moment.conv, moment.relu, moment.pool), strict=True):
            for plate in self._maps[name]:
                marks += plate.drawn(count)
        marks += self._lines(moment)
        if moment.window is not None:
            kernel = self._layer.sweeps[0].kernel.shape[1:]
            for c, slab in enumerate(self._input):
                box = _visible(slab.span(*moment.window, *kernel))
                marks.append(Rectangle(f"reads{c}", box, None, "window", 3.0))
            marks += self._outlined("conv", moment.window)
        if moment.told is not None:
            marks += self._told(*moment.told)
        return (*marks, *self._names())

    def part(self, channel: int) -> Sources:
        """Return what the partial sum of a channel comes out of: its products."""
        return self._work.part(channel)

    def sum(self) -> Sources:
        """Return what a filter's value comes out of: the partial sums."""
        return self._work.sum()

    def rectified(self, places: Sequence[Position]) -> Sources:
        """Return what values after ReLU come out of."""
        pairs = zip(self._maps["conv"], self._maps["relu"], strict=True)
        both = [(before, after) for before, after in pairs if before.numbered and after.numbered]
        return {after.keys(*at)[1]: before.keys(*at)[1] for before, after in both for at in places}

    def gathered(self, at: Position) -> Sources:
        """Return what the values of a window of the max-pool come out of: those that won."""
        sources: dict[str, str] = {}
        for k, (before, after) in enumerate(zip(self._maps["relu"], self._maps["pool"], strict=True)):
            if before.numbered and after.numbered:
                sources[after.keys(*at)[1]] = before.keys(*self._layer.largest(k, at)[1])[1]
        return sources

    def _told(self, name: str, at: Position) -> list[Mark]:
        """Return a value of every map of a column, what it is made of, and the equation before it."""
        marks = [] if name == "relu" else self._pooled(at)
        if name == "relu":
            marks += self._outlined("conv", at, "window")
        marks += self._outlined(name, at)
        (write, size), middle = self._equations[name], self._gaps[name].centre[0]
        return marks + [
            Words(f"equation.{name}.{k}", (middle, plate.box.centre[1] - 8), write(k, at), size)
            for k, plate in enumerate(self._maps[name])
        ]

    def _pooled(self, at: Position) -> list[Mark]:
        tall, wide = self._layer.pool.kernel
        marks: list[Mark] = []
        for k, plate in enumerate(self._maps["relu"]):
            box = plate.span(at[0] * tall, at[1] * wide, tall, wide)
            marks.append(Rectangle(f"pool.window{k}", _visible(box), None, "window", 3.0))
            marks += ring(f"winner{k}", plate.span(*self._layer.largest(k, at)[1]))
        return marks

    def _outlined(self, name: str, at: Position, colour: str = "written") -> list[Mark]:
        return [
            Rectangle(f"{name}{k}.now", _visible(plate.span(*at)), None, colour, 2.5)
            for k, plate in enumerate(self._maps[name])
        ]

    def _lines(self, moment: Moment) -> list[Mark]:
        """Return what reads what: every map of the convolution all channels, then each map the one before it."""
        marks: list[Mark] = []
        for k, plate in enumerate(self._maps["conv"]):
            for c, slab in enumerate(self._input):
                start, end = (slab.covers.right + 3, slab.box.centre[1]), (plate.box.left - 6, plate.box.centre[1])
                busy = moment.window is not None or moment.told is None
                marks.append(Polyline(f"reads{c}.{k}", (start, end), "window" if busy else "line", 1.5))
        for name, before in (("relu", "conv"), ("pool", "relu")):
            for k, (one, other) in enumerate(zip(self._maps[before], self._maps[name], strict=True)):
                y = one.box.centre[1] + 4
                marks += arrow(f"{name}{k}.arrow", (one.box.right + 8, y), (other.box.left - 8, y))
        return marks

    def _names(self) -> list[Mark]:
        boxes = {"input": self._input[0].covers, **{name: plates[0].box for name, plates in self._maps.items()}}
        return [
            heading(f"{name}.name", box._replace(top=ROOM.top), message(f"films.conv_layer.{name}"), box.width + 90)
            for name, box in boxes.items()
        ]

    def _slabs(self, boxes: Sequence[Box]) -> list[Slab]:
        """Return the channels of the input with their border, in boxes."""
        padding, values = self._layer.sweeps[0].padding, self._layer.sweeps[0].maps
        slabs = []
        for c, box in enumerate(boxes):
            around = pad(values[c], padding)
            cell = self._cell(box, around)
            corner = box.middle(cell * around.shape[1], cell * around.shape[0])[:2]
            slabs.append(
                Slab(
                    f"input{c}",
                    corner,
                    values[c],
                    cell,
                    depth=THICK,
                    tint=self._tints[c],
                    padding=padding,
                    alike=values,
                    numbered=False,
                )
            )
        return slabs

    def _cell(self, box: Box, values: Array) -> float:
        rows, columns = values.shape
        return float(min((box.width - THICK) / columns, (box.height - THICK) / rows))

    def _plates(self, name: str, maps: Array, boxes: Sequence[Box]) -> list[Plate]:
        layer = self._layer
        plates = []
        for k, (values, box) in enumerate(zip(maps, boxes, strict=True)):
            plate = Plate(
                f"{name}{k}", box, values, like=layer.conv, cell=CELL, square=False, decimals=layer.decimals
            )
            if plate.size < READABLE:
                plate = Plate(f"{name}{k}", box, values, like=layer.conv, numbers=False)
            plates.append(plate)
        return plates

    def _fitting(self, name: str, writers: Sequence[Writer], places: Sequence[Position]) -> tuple[Writer, float]:
        """Return the first way of writing a column's equations that can be read, else the last, and its size."""
        for write in writers:
            lines = [write(k, at) for at in places for k in range(len(self._layer.sweeps))]
            size = min(LARGEST_EQUATION, int(2 * (self._gaps[name].width - 20) / widest(lines)) / 2)
            if size >= READABLE:
                break
        return write, size


def _rows(box: Box, rows: int) -> tuple[Box, ...]:
    return box.rows(*[1.0] * rows, gap=ROWS)


def _visible(box: Box) -> Box:
    """Return a box grown around its centre where it would be hard to see."""
    return box.grown(max(1.0, (LEAST_WINDOW - min(box.width, box.height)) / 2))
