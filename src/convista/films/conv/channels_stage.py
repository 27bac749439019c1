"""The stage of a chain with channels: the planes of two blocks spread out, and between them what a filter does."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from convista.films.conv.chain_order import Chain
from convista.films.conv.filter_at_work import ROOM, FilterAtWork, boxes_of
from convista.films.conv.sweep import Position
from convista.films.stage.layout import EQUATION, heading
from convista.films.stage.marks import Box, Formula, Mark, Point, Words, tints
from convista.films.stage.motion import Sources
from convista.films.stage.perspective import Slab, deeper
from convista.language import Text

APART, GAP, THICK = 42.0, 56.0, 6.0
"""From a plane to the next in depth, between blocks, and thickness of a plane."""


class Moment(NamedTuple):
    """How far a layer has come."""

    layer: int
    """Which one is made; 1 reads the image."""
    at: Position = (0, 0)
    """Where the window is."""
    filter: int = 0
    lifted: bool = True
    """What the window sees has left the planes, to be seen closely."""
    parts: int | None = None
    """How many channels have their partial sum; None for all."""
    known: bool = True
    """The partial sums have their sum."""
    written: int = 0
    """How many places of every map of the layer have their value."""
    filters: int = 0
    """How many filters have also written the next one."""


class ChannelsStage:
    """A chain as a row of blocks, or two blocks of it with a filter at work between them."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._tints = [["muted"] if len(values) == 1 else [*tints(len(values))] for values in chain.values]
        self._work = [
            FilterAtWork(sweeps, self._tints[layer], self._tints[layer + 1], [(0, 0)])
            for layer, sweeps in enumerate(chain.sweeps)
        ]

    def whole(self, layers: int) -> tuple[Mark, ...]:
        """Return all blocks in a row, of which so many layers have their values."""
        values = self._chain.values
        back = [deeper((0.0, 0.0), (len(maps) - 1) * APART + THICK) for maps in values]
        free = ROOM.width - GAP * (len(values) - 1) - sum(across for across, _ in back)
        tall = ROOM.height + 30 + min(up for _, up in back)
        cell = min(free / sum(maps.shape[2] for maps in values), tall / max(maps.shape[1] for maps in values))
        wide = [cell * maps.shape[2] + across for maps, (across, _) in zip(values, back, strict=True)]
        first = ROOM.centre[0] - (sum(wide) + GAP * (len(values) - 1)) / 2
        marks: list[Mark] = []
        for layer, left in enumerate(accumulate((w + GAP for w in wide[:-1]), initial=first)):
            rows, (_, up) = values[layer].shape[1], back[layer]
            bottom = ROOM.centre[1] + 15 + (cell * rows - up) / 2
            corners = [deeper((left, bottom - cell * rows), n * APART) for n in range(len(values[layer]))]
            planes = self._planes(layer, corners, cell)
            for plane in reversed(planes):
                marks += plane.marks(None if layer <= layers else ())
            box = Box(left, planes[-1].covers.top, left + wide[layer], bottom)
            marks.append(heading(f"layer{layer}.name", box, self._name(layer), box.width + GAP - 10))
        return tuple(marks)

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment of a layer."""
        layer, at, work = moment.layer, moment.at, self._work[moment.layer - 1]
        read, made = self._spread(layer - 1, 0), self._spread(layer, 5)
        columns = self._chain.values[layer].shape[2]
        marks: list[Mark] = [mark for plane in read for mark in plane.marks()]
        for k, plane in enumerate(made):
            marks += plane.marks(_first(moment.written + (k < moment.filters), columns))
        marks += work.windows(read, at, lifted=moment.lifted, seen=not moment.written)
        if moment.lifted:
            marks += work.kernels(moment.filter)
            marks += work.sums(at, moment.filter, moment.parts, known=moment.known)
        elif moment.written:
            marks += work.bank()
        if moment.filters:
            marks += work.landed(made[moment.filters - 1], at, moment.filters - 1)
        marks += [self._named(layer - 1, read), self._named(layer, made), self._formula(layer)]
        return tuple(marks)

    def part(self, layer: int, channel: int) -> Sources:
        """Return what the partial sum of a channel comes out of: its products."""
        return self._work[layer - 1].part(channel)

    def sum(self, layer: int) -> Sources:
        """Return what the value comes out of: the partial sums."""
        return self._work[layer - 1].sum()

    def _planes(self, layer: int, corners: Sequence[Point], cell: float) -> list[Slab]:
        values, scales = self._chain.values[layer], self._tints[layer]
        return [
            Slab(
                f"layer{layer}.{c}",
                corner,
                values[c],
                cell,
                depth=THICK,
                tint=scales[c],
                alike=values,
                numbered=False,
            )
            for c, corner in enumerate(corners)
        ]

    def _spread(self, layer: int, column: int) -> list[Slab]:
        """Spread the planes of a block over the rows of a column, each as large as any."""
        channels, rows, columns = self._chain.values[layer].shape
        boxes = boxes_of(column, channels)
        cell = min(boxes[0].width / columns, boxes[0].height / rows)
        corners = [box.middle(cell * columns, cell * rows)[:2] for box in boxes]
        return self._planes(layer, corners, cell)

    def _name(self, layer: int) -> Text:
        channels, rows, columns = self._chain.values[layer].shape
        line = f"{'O' if layer else 'I'}{layer} ({rows}×{columns}×{channels})"
        return Text(line, line)

    def _named(self, layer: int, planes: list[Slab]) -> Words:
        return heading(f"layer{layer}.name", planes[0].covers, self._name(layer), 150)

    def _formula(self, layer: int) -> Formula:
        before = f"{'O' if layer > 1 else 'I'}_{{{layer - 1}}}"
        tex = rf"O_{{{layer}}}[k,i,j] = \sum_{{c}}\;\sum_{{u,v}}\;K_{{k}}[c,u,v]\cdot {before}[c,\;i+u-1,\;j+v-1]"
        return Formula("formula", (ROOM.centre[0], EQUATION + 4), Text(tex, tex), 19.0)


def _first(count: int, columns: int) -> set[Position]:
    return {divmod(place, columns) for place in range(count)}
