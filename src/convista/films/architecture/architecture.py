"""A whole network as a film: a patch passes its layers from left to right, and what each makes, costs and sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.films.architecture.costs import Costs
from convista.films.architecture.drawn import DrawnLayer, headed, numbered, skips, stem
from convista.films.architecture.row import LayerRow, kernel_window
from convista.films.architecture.stack import LEARNS, Values
from convista.films.film import TICK, Beat, Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.camera import Camera
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message
from convista.language import Text
from convista.scenes.composite import Pixels

MOST = 40
"""Layers that are drawn one by one; more are put together before."""
LEGEND, UNDER = 84.0, 332.0
"""Baselines of what colours and sizes mean, above the stacks, and of how many maps there are, under them."""
TYPE = 14.0
BARS = Box(INSIDE.left, 340, INSIDE.right, 400)
CAMERA = 0.6
"""How long the camera travels, in seconds."""
FEW = 12
"""Layers of a network whose layers are all looked at for a while."""


class Moment(NamedTuple):
    """How far a patch has come."""

    now: int
    """The layer that is looked at, from 1; 0 is the input."""
    looking: int
    """The layer that the camera looks at; beyond the last, at all of them."""
    reading: int = 0
    """Where the kernel of the layer to come stands: 1 where it begins, 2 where it ends, 0 that there is none."""


class ArchitectureStage:
    """The layers as stacks, what they mean above, what they cost below; ``named`` shows the modules' names."""

    def __init__(self, row: LayerRow, *, named: bool, bars: bool = True) -> None:
        self._bars = bars
        self._row, self._named, self.count = row, named, len(row.layers)
        self._costs = Costs(row.layers, BARS)
        self._legend = legend(values=any(stack.shown for stack in row.stacks[1:]))

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        camera, now = self.camera(moment.looking), moment.now
        marks = [*self._legend, *self._row.at(now, camera), *self._under(camera)]
        marks += self._costs.drawn(now) if self._bars else []
        if moment.reading:
            window = self._row.window(now + 1, camera)
            marks += [kernel_window(window[moment.reading - 1])] if window else []
        return (
            *marks,
            *(self._costs.facts(now, self._row.shapes, named=self._named) if 1 <= now <= self.count else ()),
        )

    def camera(self, looking: int) -> Camera:
        """Return the camera that looks at a stack, beyond the last at all of them."""
        return self._row.cameras[looking if looking <= self.count else 0]

    def making(self, now: int, *, slowly: bool) -> list[Beat]:
        """Return how a layer's maps come out of those that it reads: the camera, the kernel, the maps."""
        beats = []
        if self.camera(now) != self.camera(now - 1):
            beats.append(beat(self.at(Moment(now - 1, now)), seconds=SHORT, travel=CAMERA))
        if slowly and self._row.window(now, self.camera(now)) is not None:
            beats.append(beat(self.at(Moment(now - 1, now, 1)), seconds=2 * SHORT))
            beats.append(beat(self.at(Moment(now - 1, now, 2)), seconds=TICK, travel=1.5 * TRAVEL))
        born = self._row.read(now, self.camera(now))
        held = 1.0 if self.count <= FEW else 0.6
        way = 1.4 * TRAVEL if slowly else 0.8 * TRAVEL
        return [*beats, beat(self.at(Moment(now, now)), seconds=held, travel=way, born_from=born)]

    def _under(self, camera: Camera) -> list[Mark]:
        """Write below the stacks how many maps they are, where that changes and there is room."""
        marks: list[Mark] = []
        if not self._row.in_line:
            return marks
        end, before = INSIDE.left, 0
        for stack, shape in zip(self._row.stacks, self._row.shapes, strict=True):
            line, x = str(shape[0]), camera.point(stack.front.centre)[0]
            half = text.width(line, TYPE) / 2
            if shape[0] != before and x - half > end + 6 and x + half < INSIDE.right:
                marks.append(Words(f"{stack.key}.maps", (x, UNDER), Text(line, line), TYPE, "muted"))
                end = x + half
            before = shape[0]
        return marks


def architecture(
    layers: Sequence[DrawnLayer],
    input_shape: tuple[int, ...],
    *,
    values: Sequence[Values | None] | None = None,
    pixels: Pixels | None = None,
    network: str | None = None,
    named: bool = True,
    told: Text | None = None,
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
    values
        Of the input and of each layer, of one sample, in their shapes; None, or one of them None, where they are
        not known.
    pixels
        The patch as a photo.
    network
        What it is called, if it has a name.
    named
        Whether the names of the modules are shown.
    told
        What has to be said of the values.
    title
        Instead of the film's own.

    Raises
    ------
    ConvistaError
        If there are no layers, or more than can be drawn.
    """
    check_count(layers)
    stage = ArchitectureStage(LayerRow(layers, input_shape, values, pixels), named=named)
    script = Script(name, title or _title(network))
    count = stage.count
    begin = message("films.architecture.begin", shape=shape_of(input_shape), layers=count)
    script.step(begin, beat(stage.at(Moment(0, 0)), seconds=2.0))
    passing(script, stage, layers, told)
    script.step(_end(layers), beat(stage.at(Moment(count + 1, count + 1)), travel=CAMERA))
    return script.film()


def passing(
    script: Script, stage: ArchitectureStage, layers: Sequence[DrawnLayer], told: Text | None = None
) -> None:
    """Add the steps of all layers: the first of each kind slowly, with its own words; ``told`` after the first."""
    explained: set[str] = set()
    for n in range(1, len(layers) + 1):
        layer_step(script, stage, layers, n, explained)
        if n == 1 and told is not None:
            script.step(told, beat(stage.at(Moment(1, 1))))


def layer_step(
    script: Script, stage: ArchitectureStage, layers: Sequence[DrawnLayer], n: int, explained: set[str]
) -> None:
    """Add the step of layer n, from 1: slowly, unless its kind is ``explained``; then it is."""
    kind = _kind(layers, n - 1)
    slowly = kind not in explained
    caption = _caption(layers, n - 1, kind) if slowly else message("films.architecture.onwards")
    explained.add(kind)
    script.step(caption, *stage.making(n, slowly=slowly))


def check_count(layers: Sequence[DrawnLayer]) -> None:
    """See that there are layers, and no more than can be drawn; ConvistaError if not."""
    if not 1 <= len(layers) <= MOST:
        raise ConvistaError("films.architecture.layers", count=len(layers), most=MOST)


def shape_of(shape: tuple[int, ...]) -> Text:
    """Write a size as channels × rows × columns."""
    line = "×".join(map(str, shape))
    return Text(line, line)


def legend(*, values: bool, sizes: str = "sizes") -> list[Mark]:
    """Return what colours and sizes mean, in a line above the stacks."""
    marks: list[Mark] = []
    x = INSIDE.left
    for key, learns in (("learns", True), ("moves", False)):
        box = Box(x, LEGEND - 11, x + 12, LEGEND + 1)
        words = message(f"films.architecture.legend_{key}")
        marks.append(Rectangle(f"legend.{key}.box", box, LEARNS[learns]))
        marks.append(Words(f"legend.{key}", (x + 18, LEGEND), words, TYPE, "muted", "start"))
        x += 18 + max(text.width(line, TYPE) for line in words) + 22
    words = message(f"films.architecture.legend_{sizes}{'_values' if values else ''}")
    return [*marks, Words("legend.sizes", (x, LEGEND), words, TYPE, "muted", "start")]


def _title(network: str | None) -> Text:
    if network is None:
        return message("films.architecture.title_unnamed")
    return message("films.architecture.title", network=network)


def _end(layers: Sequence[DrawnLayer]) -> Text:
    parameters, work = (_most(layers, what) for what in ("parameters", "multiply_adds"))
    key = "films.architecture.end" if parameters != work else "films.architecture.end_same"
    return message(key, parameters=_together(layers, parameters), work=_together(layers, work))


def _most(layers: Sequence[DrawnLayer], what: str) -> list[int]:
    """Return the layers that have most of something: all of them where several have as much."""
    counts = [getattr(layer, what) or 0 for layer in layers]
    return [n for n, count in enumerate(counts) if count == max(counts)]


def _together(layers: Sequence[DrawnLayer], chosen: Sequence[int]) -> Text:
    """Return a layer, and how many others are like it."""
    first = numbered(layers, chosen[0])
    if len(chosen) == 1:
        return first
    return message("films.architecture.and_others", layer=first, count=len(chosen) - 1)


def _caption(layers: Sequence[DrawnLayer], position: int, kind: str) -> Text:
    """Return what a layer does, when its kind is met for the first time."""
    layer, over = layers[position], skips(layers, position)
    maps, *size = layer.shape or (1,)
    other = message("films.architecture.the_input") if not over or over[0] < 0 else numbered(layers, over[0])
    values = {"maps": maps, "size": shape_of(tuple(size)), "other": other}
    return message(f"films.architecture.{kind}", layer=headed(layers, position), **values)


def _kind(layers: Sequence[DrawnLayer], position: int) -> str:
    """Return which text says what a layer does."""
    layer, over = layers[position], skips(layers, position)
    if layer.operator == "concatenate" and over:
        return "joined"
    if "add" in layer.operators and over:
        return "added"
    if layer.operator == "module" and "add" in layer.operators:
        return "residual"
    kind = stem(layer.operator) if len(layer.shape) == 3 else layer.operator
    known = {
        "conv": "conv",
        "conv_transpose": "up",
        "max": "pooled",
        "average": "pooled",
        "global_average": "whole_map",
        "global_max": "whole_map",
        "dense": "dense",
        "reshape": "flattened",
        "module": "several",
    }
    return known.get(kind, "other_maps" if len(layer.shape) > 1 else "other_numbers")
