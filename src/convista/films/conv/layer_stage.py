"""The stage of a convolutional layer: a row for each filter, a column for each operator, equations between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convista.films.conv.layer_values import MOST, ConvLayerValues
from convista.films.conv.sweep import Position
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.keyframes import slowly
from convista.films.stage.grid import LEGIBLE
from convista.films.stage.layout import STAGE, arrow, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words, tints
from convista.films.stage.perspective import Slab
from convista.films.stage.ring import ring
from convista.films.wording import message, widest
from convista.language import Text
from convista.operators import Array

THICK, APART, LARGEST_CELL = 6.0, 8.0, 40.0
"""Thickness of a map, gap between rows, side of the largest cell."""
LARGEST_EQUATION, LEAST_GAP, MARGIN = 16.0, 130.0, 12.0
HEIGHT = 362.0
"""Of the stage, which reaches to the captions: the equations stand in it."""
SHARES = (0.4, 0.27, 0.33)
"""How the three gaps between the columns share the room."""
LEAST_WINDOW = 7.0
"""The smallest side of an outline."""
COLUMNS = ("input", "conv", "relu", "pool")

Writer = Callable[[int, Position], Text]
"""What writes the equation of a filter at a position."""


class LayerStage:
    """The beats of every step; ``around`` is on the stage throughout."""

    def __init__(self, layer: ConvLayerValues, around: tuple[Mark, ...]) -> None:
        self._layer, self._around = layer, around
        self._columns, self._gaps = self._place()
        self._known: dict[str, set[Position]] = {name: set() for name in COLUMNS[1:]}
        self._said: dict[str, list[Mark]] = {name: [] for name in COLUMNS[1:]}
        self._equations = {
            "conv": self._fitting("conv", (layer.summed, layer.total), layer.positions),
            "relu": self._fitting("relu", (layer.kept, layer.rectified_only), layer.positions),
            "pool": self._fitting("pool", (layer.won, layer.largest_only), layer.pools),
        }
        self._still = self._ground()

    def convolve(self, n: int) -> tuple[Beat, ...]:
        """Return one place of the window: the filters read it, and all write their value at once."""
        at = self._layer.positions[n]
        pace = SLOW if slowly(n, len(self._layer.positions)) else FAST
        windows = self._windows(at)
        arrives = Beat(self._marks(windows), pace.row if n else 2 * SLOW.end, 3 * TICK if n else 0.0)
        self._say("conv", at)
        self._reach("conv", at)
        outlines = self._outlined("conv", at)
        return arrives, Beat(self._marks([*windows, *outlines]), pace.end)

    def rectify(self, positions: Sequence[Position], until: Position) -> tuple[Beat, ...]:
        """Return ReLU at some positions: each value goes through, or becomes 0."""
        beats, self._said["conv"] = [], []
        for at in positions:
            self._say("relu", at)
            self._reach("relu", at)
            marks = [*self._outlined("conv", at, "window"), *self._outlined("relu", at)]
            beats.append(Beat(self._marks(marks), 4 * TICK))
        self._reach("relu", until)
        return (*beats[:-1], beats[-1]._replace(seconds=SLOW.sum))

    def gather(self, n: int) -> tuple[Beat, ...]:
        """Return one window of the max-pool: in each map its largest value is kept."""
        at, self._said["relu"] = self._layer.pools[n], []
        pace = SLOW if slowly(n, len(self._layer.pools)) else FAST
        (tall, wide), maps = self._layer.pool.kernel, self._columns["relu"]
        windows: list[Mark] = [
            Rectangle(
                f"pool.window{k}", slab.span(at[0] * tall, at[1] * wide, tall, wide).grown(1), None, "window", 2.5
            )
            for k, slab in enumerate(maps)
        ]
        arrives = Beat(self._marks(windows), pace.row, 3 * TICK if n else 0.0)
        self._say("pool", at)
        self._reach("pool", at)
        won = {k: slab.cell(*self._layer.largest(k, at)[1]) for k, slab in enumerate(maps)}
        rings = [mark for k, cell in won.items() for mark in ring(f"winner{k}", cell)]
        return arrives, Beat(self._marks([*windows, *rings, *self._outlined("pool", at)]), pace.end)

    def _marks(self, moving: Sequence[Mark]) -> tuple[Mark, ...]:
        marks: list[Mark] = [*self._around, *self._still]
        for name, slabs in self._columns.items():
            for slab in slabs:
                marks += slab.marks(self._known.get(name))
        return (*marks, *moving, *(mark for said in self._said.values() for mark in said))

    def _say(self, name: str, at: Position) -> None:
        """Write the equation of each filter before its map in a column."""
        left, right = self._gaps[name]
        middle, (write, size) = (left + right) / 2, self._equations[name]
        self._said[name] = [
            Words(f"equation.{name}.{k}", (middle, slab.box.centre[1] - 8), write(k, at), size)
            for k, slab in enumerate(self._columns[name])
        ]

    def _reach(self, name: str, at: Position) -> None:
        """Let all values up to a position be written, row by row."""
        columns = self._columns[name][0].grid.columns
        self._known[name].update(divmod(place, columns) for place in range(at[0] * columns + at[1] + 1))

    def _windows(self, at: Position) -> list[Mark]:
        sweep = self._layer.sweeps[0]
        row, column = (place - before for place, (before, _) in zip(at, sweep.padding, strict=True))
        return [
            Rectangle(f"window{c}", _seen(slab.span(row, column, *sweep.kernel.shape[1:])), None, "window", 2.5)
            for c, slab in enumerate(self._columns["input"])
        ]

    def _outlined(self, name: str, at: Position, colour: str = "written") -> list[Mark]:
        return [
            Rectangle(f"{name}{k}.now", _seen(slab.cell(*at)), None, colour, 2.0)
            for k, slab in enumerate(self._columns[name])
        ]

    def _fitting(self, name: str, writers: Sequence[Writer], places: Sequence[Position]) -> tuple[Writer, float]:
        """Return the first way of writing a column's equations that is legible, else the last, and its size."""
        left, right = self._gaps[name]
        for write in writers:
            lines = [write(k, at) for at in places for k in range(len(self._layer.sweeps))]
            size = min(LARGEST_EQUATION, int(2 * (right - left) / widest(lines)) / 2)
            if size >= LEGIBLE:
                break
        return write, size

    def _place(self) -> tuple[dict[str, list[Slab]], dict[str, tuple[float, float]]]:
        """Stand the maps in columns, and return where the equations before each column may be written.

        Padding is not drawn, but the window has room to reach into it.
        """
        layer = self._layer
        (above, _), (before, _) = layer.sweeps[0].padding
        arrays: dict[str, Array] = {
            "input": layer.sweeps[0].maps[:MOST],
            "conv": layer.conv,
            "relu": layer.relu,
            "pool": layer.pooled,
        }
        rows, most = arrays["input"].shape[1], max(len(maps) for maps in arrays.values())
        columns = before + sum(maps.shape[2] for maps in arrays.values())
        tall = (HEIGHT - most * (THICK + APART) + APART) / most
        free = STAGE.width - len(SHARES) * LEAST_GAP - len(COLUMNS) * THICK
        cell = min(LARGEST_CELL, tall / (rows + above), free / columns)
        room = STAGE.width - cell * columns - len(COLUMNS) * THICK
        step = cell * (rows + above) + THICK + APART
        first = STAGE.top + (HEIGHT - most * step + APART) / 2 + THICK + cell * above
        placed: dict[str, list[Slab]] = {}
        gaps: dict[str, tuple[float, float]] = {}
        left = STAGE.left + cell * before
        for n, (name, maps) in enumerate(arrays.items()):
            tops = [first + (k + (most - len(maps)) / 2) * step for k in range(len(maps))]
            tops = [top + cell * (rows - maps.shape[1]) / 2 for top in tops]
            placed[name] = _column(name, maps, left, tops, cell)
            left += cell * maps.shape[2] + THICK
            if n < len(SHARES):
                gaps[COLUMNS[n + 1]] = left + MARGIN, left + SHARES[n] * room - MARGIN
                left += SHARES[n] * room
        return placed, gaps

    def _ground(self) -> list[Mark]:
        """Return the names of the columns, and an arrow from each map to the next."""
        marks: list[Mark] = []
        for name, slabs in self._columns.items():
            box = slabs[0].covers._replace(top=STAGE.top)
            words = message(f"films.conv_layer.{name}", rows=slabs[0].grid.rows, columns=slabs[0].grid.columns)
            marks.append(heading(f"{name}.name", box, words, box.width + LEAST_GAP))
        for name, (left, right) in self._gaps.items():
            for k, slab in enumerate(self._columns[name]):
                y = slab.box.centre[1] + 4
                marks += arrow(f"{name}{k}.arrow", (left, y), (right, y))
        return marks


def _seen(box: Box) -> Box:
    """Return a box grown around its centre where it would be hard to see."""
    return box.grown(max(1.0, (LEAST_WINDOW - min(box.width, box.height)) / 2))


def _column(name: str, maps: Array, left: float, tops: Sequence[float], cell: float) -> list[Slab]:
    """Stand maps one above the other; those of the input have the tints of its channels."""
    scales: list[str | None] = [*tints(len(maps))] if name == "input" and len(maps) > 1 else [None] * len(maps)
    return [
        Slab(f"{name}{k}", (left, top), values, cell, depth=THICK, tint=tint, alike=maps)
        for k, (values, top, tint) in enumerate(zip(maps, tops, scales, strict=True))
    ]
