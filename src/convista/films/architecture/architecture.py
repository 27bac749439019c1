"""A whole network as a film: its layers as blocks from left to right, and what each costs and sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from convista.errors import ConvistaError
from convista.films.film import LAST, Beat, Film, Step
from convista.films.stage import blocks, layout, text
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Colour, Mark, Rectangle, Words
from convista.films.wording import counted, message, summed
from convista.language import Text

ROOM = Box(INSIDE.left + 132, 112, INSIDE.right - 2, 316)
"""Where the blocks stand; arcs pass above."""
HIGHEST = 66.0
"""The top of an arc, at most."""
ROWS = Box(ROOM.left, 334, ROOM.right, 394)
"""Where the bars stand: parameters above, multiply-adds below."""
FACTS = ("layer", "output", "parameters", "multiply_adds", "field")
PLACES = (0.0, 0.32, 0.53, 0.68, 0.84)
"""Where each fact begins, as a share of the width."""
MOST = 40
"""Layers that are drawn one by one; more are put together before."""
Shades = tuple[Colour, Colour, Colour]
SHADES: dict[bool, Shades] = {True: (0.78, 0.95, 0.5), False: (-0.72, -0.95, -0.48)}
"""Front, upper and right face of what learns, orange, and of what does not, blue."""


class DrawnLayer(Protocol):
    """What a film reads of a layer: see `convista.tracing.summary.DrawnLayer`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def operators(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def shape(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def kernel(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def parameters(self) -> int: ...  # noqa: D102
    @property
    def multiply_adds(self) -> int | None: ...  # noqa: D102
    @property
    def field(self) -> tuple[int, int] | None: ...  # noqa: D102
    @property
    def reads(self) -> tuple[int, ...]: ...  # noqa: D102


class LayerRow(NamedTuple):
    """The layers and where their blocks stand; the input is block 0."""

    layers: Sequence[DrawnLayer]
    shapes: tuple[tuple[int, ...], ...]
    """Of the input, and of each layer; what gives a single number for a sample is one unit."""
    blocks: list[blocks.Block]

    @classmethod
    def of(cls, layers: Sequence[DrawnLayer], input_shape: tuple[int, ...]) -> LayerRow:
        """Stand the input and the layers side by side."""
        shapes = tuple(shape or (1,) for shape in (input_shape, *(layer.shape for layer in layers)))
        return cls(layers, shapes, blocks.row("block", shapes, ROOM))


def architecture(
    layers: Sequence[DrawnLayer],
    input_shape: tuple[int, ...],
    *,
    network: str | None = None,
    name: str = "architecture",
    title: Text | None = None,
) -> Film:
    """Show a network layer by layer.

    Parameters
    ----------
    layers
        In the order in which they ran, as `convista.tracing.summary.layers` gives them.
    input_shape
        Of the patch: (bands, rows, columns).
    network
        What it is called, if it has a name.
    title
        Instead of the film's own.

    Raises
    ------
    ConvistaError
        If there are no layers, or more than can be drawn.
    """
    if not 1 <= len(layers) <= MOST:
        raise ConvistaError("films.architecture.layers", count=len(layers), most=MOST)
    stage = LayerRow.of(layers, input_shape)
    if title is not None:
        words = title
    elif network is not None:
        words = message("films.architecture.title", network=network)
    else:
        words = message("films.architecture.title_unnamed")
    still = (layout.title(words), *legend())
    slow = 1.4 if len(layers) <= 12 else 0.9
    steps = [Step(_begin(stage), (Beat((*still, *stage_marks(stage, 0), *bars(stage, 0)), 2.0),))]
    explained: set[str] = set()
    for n in range(1, len(layers) + 1):
        marks = (*still, *stage_marks(stage, n), *bars(stage, n), *_facts(stage, n))
        kind = _kind(stage, n)
        caption = message("films.architecture.onwards") if kind in explained else _caption(stage, n, kind)
        explained.add(kind)
        steps.append(Step(caption, (Beat(marks, slow),)))
    done = (*still, *stage_marks(stage, len(layers) + 1), *bars(stage, len(layers)))
    steps.append(Step(_end(stage), (Beat(done, LAST),)))
    return Film(name, words, tuple(steps))


def stage_marks(stage: LayerRow, now: int) -> list[Mark]:
    """Return all blocks and arcs: those before ``now`` in colour, that one with a yellow edge, the rest dark."""
    marks: list[Mark] = []
    for n, block in enumerate(stage.blocks):
        edge, width = ("window", 2.0) if n == now else ("background", 1.0) if n < now else ("line", 1.0)
        if n == 0:
            shades: Shades = ("muted", "text", "line")
        else:
            shades = SHADES[stage.layers[n - 1].parameters > 0] if n <= now else ("panel", "panel", "panel")
        marks += block.marks(*shades, edge, width)
    for n, layer in enumerate(stage.layers, 1):
        for read in layer.reads:
            if read + 1 < n - 1:
                between = stage.blocks[read + 1 : n + 1]
                above = min(block.whole.top for block in between) - 9 - 0.045 * (n - read) * 12
                colour = "window" if n == now else "muted" if n < now else "line"
                start, end = stage.blocks[read + 1].top, stage.blocks[n].top
                marks += blocks.arc(f"arc.{read + 1}.{n}", start, end, max(HIGHEST, above), colour)
    return marks + _channels(stage)


def shape_of(shape: tuple[int, ...]) -> Text:
    """Write a size as channels × rows × columns."""
    line = "×".join(map(str, shape))
    return Text(line, line)


def _channels(stage: LayerRow) -> list[Mark]:
    """Write below the blocks how many channels they have, where that changes and there is room."""
    marks: list[Mark] = []
    end, before = ROOM.left - 40, 0
    for block, shape in zip(stage.blocks, stage.shapes, strict=True):
        line, centre = str(shape[0]), (block.front.left + block.front.right) / 2
        half = text.width(line, 11) / 2
        if shape[0] != before and centre - half > end + 4 and centre + half < INSIDE.right:
            marks.append(Words(f"{block.key}.channels", (centre, ROOM.bottom + 12), Text(line, line), 11, "muted"))
            end = centre + half
            before = shape[0]
    return marks


def legend() -> list[Mark]:
    """Return what colours and sizes mean, at the left."""
    marks: list[Mark] = []
    for n, (key, colour) in enumerate((("learns", 0.78), ("moves", -0.72))):
        y = 150 + 22 * n
        marks.append(Rectangle(f"legend.{key}.box", Box(INSIDE.left, y - 10, INSIDE.left + 12, y + 2), colour))
        words = message(f"films.architecture.legend_{key}")
        marks.append(Words(f"legend.{key}", (INSIDE.left + 18, y), words, 11.5, "muted", "start"))
    for n, key in enumerate(("height", "thickness")):
        at = INSIDE.left, 206.0 + 17 * n
        marks.append(
            Words(f"legend.{key}", at, message(f"films.architecture.legend_{key}"), 11.5, "muted", "start")
        )
    return marks


def bars(stage: LayerRow, now: int) -> list[Mark]:
    """Return for each layer so far a bar of its parameters and one of its work, and the sums so far."""
    marks: list[Mark] = []
    tall = (ROWS.height - 8) / 2
    for place, what in enumerate(("parameters", "multiply_adds")):
        values = [getattr(layer, what) for layer in stage.layers]
        bottom, most = ROWS.top + (place + 1) * tall + place * 8, max(1, *(value or 0 for value in values))
        marks.append(Rectangle(f"{what}.ground", Box(ROWS.left, bottom, ROWS.right, bottom + 1), "line"))
        for n, value in enumerate(values[:now], 1):
            front = stage.blocks[n].front
            left, right = front.left, max(front.right, front.left + 4)
            height = max(1.0, tall * value / most) if value else 0.0
            if height:
                colour = "window" if n == now else "text"
                marks.append(Rectangle(f"{what}.{n}", Box(left, bottom - height, right, bottom), colour))
        name = message(f"films.architecture.{what}")
        marks.append(Words(f"{what}.name", (INSIDE.left, bottom - 14), name, 12, "muted", "start"))
        total = summed(values[:now])
        marks.append(Words(f"{what}.sum", (INSIDE.left, bottom + 1), total, 13, "text", "start"))
    return marks


def _facts(stage: LayerRow, now: int) -> list[Mark]:
    layer, (_, *patch) = stage.layers[now - 1], stage.shapes[0]
    kernel = "×".join(map(str, layer.kernel))
    line = f"{layer.name} · {layer.operator} {kernel}".rstrip()
    values = {
        "layer": Text(line, line),
        "output": shape_of(stage.shapes[now]),
        "parameters": counted(layer.parameters),
        "multiply_adds": summed([layer.multiply_adds]),
        "field": _field(layer.field, tuple(patch)),
    }
    marks: list[Mark] = []
    for fact, start, end in zip(FACTS, PLACES, (*PLACES[1:], 1.0), strict=True):
        x, room = INSIDE.left + start * INSIDE.width, (end - start) * INSIDE.width - 12
        name = message(f"films.architecture.{fact}")
        size = min(text.fitting(line, room, 12.5) for line in name)
        marks.append(Words(f"fact.{fact}.name", (x, 424), name, size, "muted", "start"))
        size = min(text.fitting(line, room, 18.0) for line in values[fact])
        marks.append(Words(f"fact.{fact}", (x, 447), values[fact], size, "text", "start"))
    return marks


def _field(field: tuple[int, int] | None, patch: tuple[int, ...]) -> Text:
    if field is None:
        return Text("–", "–")
    line = f"{field[0]}×{field[1]}"
    if len(patch) == 2 and all(seen >= side for seen, side in zip(field, patch, strict=True)):
        return message("films.architecture.whole", size=line)
    return Text(line, line)


def _begin(stage: LayerRow) -> Text:
    return message("films.architecture.begin", shape=shape_of(stage.shapes[0]), layers=len(stage.layers))


def _end(stage: LayerRow) -> Text:
    parameters, work = (_most(stage.layers, what) for what in ("parameters", "multiply_adds"))
    key = "films.architecture.end" if parameters != work else "films.architecture.end_same"
    return message(key, parameters=_together(parameters), work=_together(work))


def _most(layers: Sequence[DrawnLayer], what: str) -> list[str]:
    """Return the layers that have most of something: all of them where several have as much."""
    counts = [getattr(layer, what) or 0 for layer in layers]
    return [layer.name for layer, count in zip(layers, counts, strict=True) if count == max(counts)]


def _together(names: Sequence[str]) -> Text:
    """Return a layer's name, and how many others are like it."""
    first, *others = names
    if not others:
        return Text(first, first)
    return message("films.architecture.and_others", layer=first, count=len(others))


def _caption(stage: LayerRow, now: int, kind: str) -> Text:
    """Return what a layer does, when its kind is met for the first time."""
    layer, (maps, *size) = stage.layers[now - 1], stage.shapes[now]
    arcs = _arcs(stage, now)
    values = {"layer": layer.name, "maps": maps, "size": shape_of(tuple(size)), "operator": layer.operator}
    return message(f"films.architecture.{kind}", **values, other=arcs[0] if arcs else "")


def _arcs(stage: LayerRow, now: int) -> list[str]:
    """Return the layers that a layer reads over others."""
    return [stage.layers[read].name for read in stage.layers[now - 1].reads if 0 <= read < now - 2]


def _kind(stage: LayerRow, now: int) -> str:
    """Return which text says what a layer does."""
    layer, arcs = stage.layers[now - 1], _arcs(stage, now)
    if layer.operator == "concatenate" and arcs:
        return "joined"
    if "add" in layer.operators and arcs:
        return "added"
    kind = layer.operator.rstrip("123d").removesuffix("_pool") if len(layer.shape) == 3 else layer.operator
    known = {
        "conv": "conv",
        "conv_transpose": "up",
        "max": "pooled",
        "average": "pooled",
        "global_average": "whole_map",
        "global_max": "whole_map",
        "dense": "dense",
        "reshape": "flattened",
    }
    return known.get(kind, "other")
