"""The two stages of a convolutional network: maps are made of a patch, then all of them are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.films.architecture.answers import Answer, AnswerBars
from convista.films.architecture.architecture import CAMERA, check_count, legend, shape_of
from convista.films.architecture.drawn import DrawnLayer, stem
from convista.films.architecture.row import LayerRow, kernel_window
from convista.films.architecture.stack import Values
from convista.films.film import TICK, Beat, Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage.camera import Camera
from convista.films.stage.colour_bar import colour_bar
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Box, Mark, Polyline, Words
from convista.films.stage.scale import Scale
from convista.films.wording import message, summed, widest
from convista.language import Text
from convista.scenes.composite import Pixels

ROOM = Box(INSIDE.left + 2, 96, INSIDE.right - 2, 352)
ANSWERS = 176.0
"""Width of the room for the classes, and of what lies before it."""
APART = 28.0
BRACE, TYPE, NAME = 382.0, 14.0, 17.0
"""Height of the lower edge of the brackets under the stages; sizes of their letters."""
SCALE = Box(INSIDE.right - 210, 70, INSIDE.right, 88)
STEP = 6.0, -4.5
MESHED = 16
"""Numbers side by side of which every connection is drawn."""


class Moment(NamedTuple):
    """How far a patch has come."""

    now: int
    """The layer that is looked at, from 1; 0 is the input, and what is beyond the last is none."""
    looking: int
    """The layer that the camera looks at; beyond the last, at all of them."""
    reading: int = 0
    """Where the kernel of the layer to come stands: 1 where it begins, 2 where it ends, 0 that there is none."""
    activated: bool = True
    """Whether the layer's activation is done."""
    stages: int = 0
    """How many stages are named."""
    answered: bool = False
    """Whether the classes have their probabilities."""


class StagesStage:
    """The layers as stacks, the stages named below them, the classes at the right."""

    def __init__(
        self,
        layers: Sequence[DrawnLayer],
        input_shape: tuple[int, ...],
        border: int,
        values: Sequence[Values | None] | None,
        unfinished: Sequence[Values | None] | None,
        pixels: Pixels | None,
        answers: Sequence[Answer] | None,
    ) -> None:
        known = [each for each in (values or [])[1:] if each is not None]
        self._scale = Scale.of(*known, *(each for each in unfinished or () if each is not None)) if known else None
        room = ROOM if answers is None else ROOM.inset(right=ANSWERS + APART)
        full = None if self._scale is None else self._scale.full
        self.row = LayerRow(layers, input_shape, values, pixels, full=full, room=room, step=STEP, anew=border)
        self.answers = None if answers is None else AnswerBars(answers, ROOM._replace(left=ROOM.right - ANSWERS))
        self._unfinished = [None] * len(layers) if unfinished is None else list(unfinished)
        self.count, self._border = len(layers), border
        self._legend = legend(values=bool(known), sizes="cards")

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        camera, now = self.camera(moment.looking), moment.now
        held = None if moment.activated else self._unfinished[now - 1]
        marks = [*self._legend, *self._mesh(now, camera), *self.row.at(now, camera, held)]
        if moment.reading:
            window = self.row.window(now + 1, camera)
            marks += [kernel_window(window[moment.reading - 1])] if window else []
        if self.answers is not None:
            marks += self.answers.drawn(known=moment.answered)
        if self._scale is not None:
            marks += colour_bar("scale", SCALE, self._scale, message("films.architecture.value"))
        spans = (("features", 1, self._border), ("decision", self._border, self.count + 1))
        for key, start, end in spans[: moment.stages] if camera == self.row.cameras[0] else ():
            marks += self._brace(key, start, end)
        return tuple(marks)

    def camera(self, looking: int) -> Camera:
        """Return the camera that looks at a stack, beyond the last at all of them."""
        return self.row.cameras[looking if looking <= self.count else 0]

    def activates(self, now: int) -> bool:
        """Say whether what a layer has before its activation is known."""
        return self._unfinished[now - 1] is not None

    def making(self, now: int, stages: int, *, slowly: bool) -> list[Beat]:
        """Return how a layer's maps come out of those that it reads, up to its activation if that can be seen."""
        beats = []
        if self.camera(now) != self.camera(now - 1):
            beats.append(beat(self.at(Moment(now - 1, now, stages=stages)), seconds=SHORT, travel=CAMERA))
        if slowly and self.row.window(now, self.camera(now)) is not None:
            beats.append(beat(self.at(Moment(now - 1, now, 1, stages=stages)), seconds=2 * SHORT))
            beats.append(beat(self.at(Moment(now - 1, now, 2, stages=stages)), seconds=TICK, travel=2 * TRAVEL))
        end = self.at(Moment(now, now, activated=not self.activates(now), stages=stages))
        born = self.row.read(now, self.camera(now))
        return [*beats, beat(end, seconds=1.0, travel=1.4 * TRAVEL, born_from=born)]

    def activating(self, now: int, stages: int) -> Beat:
        """Return how a layer's activation changes what it has."""
        return beat(self.at(Moment(now, now, stages=stages)), seconds=1.0, travel=TRAVEL)

    def _mesh(self, now: int, camera: Camera) -> list[Mark]:
        """Return the connections of dense layers whose numbers are few enough, up to the one that is looked at."""
        marks: list[Mark] = []
        # Where the camera travels, hundreds of lines fade out and in again, instead of moving one by one.
        place = self.row.cameras.index(camera)
        for n in range(self._border + 1, min(now, self.count) + 1):
            before, after = self.row.shapes[n - 1], self.row.shapes[n]
            if stem(self.row.layers[n - 1].operator) != "dense" or max(before[0], after[0]) > MESHED:
                continue
            if not (self.row.visible(n - 1, camera) and self.row.visible(n, camera)):
                continue
            start, end = (camera.box(self.row.stacks[k].front) for k in (n - 1, n))
            for i in range(after[0]):
                for j in range(before[0]):
                    ends = (
                        (start.right + 2, start.top + (j + 0.5) * start.height / before[0]),
                        (end.left - 2, end.top + (i + 0.5) * end.height / after[0]),
                    )
                    marks.append(Polyline(f"mesh.{place}.{n}.{i}.{j}", ends, "window" if n == now else "line", 0.7))
        return marks

    def _brace(self, key: str, start: int, end: int) -> list[Mark]:
        """Return a bracket below some stacks with the name of their stage, and what they cost together."""
        camera = self.row.cameras[0]
        left = camera.box(self.row.stacks[start].covered).left - 2
        right = camera.box(self.row.stacks[end - 1].covered).right + 2
        some = self.row.layers[start - 1 : end - 1]
        cost = {what: summed([getattr(layer, what) for layer in some]) for what in ("parameters", "multiply_adds")}
        line = ((left, BRACE - 8), (left, BRACE), (right, BRACE), (right, BRACE - 8))
        name, spent = message(f"films.architecture.{key}"), message("films.architecture.stage_cost", **cost)
        # However short a stage is, its words stay in its half of the line, or under its own bracket if that leaves
        # room for those of the other stage, which may begin before its bracket does.
        half, room = INSIDE.centre[0], max(widest([name]) * NAME, widest([spent]) * TYPE) + 6
        if start > 1:
            at = max(half + 6, min(left, INSIDE.right - room))
        else:
            at = left if left + room < min(right, INSIDE.right - room - 12) else min(left, half - room)
        return [
            Polyline(f"stage.{key}", line, "window", 2.0),
            Words(f"stage.{key}.name", (at, BRACE + 20), name, NAME, "text", "start"),
            Words(f"stage.{key}.cost", (at, BRACE + 39), spent, TYPE, "muted", "start"),
        ]


def stages(
    layers: Sequence[DrawnLayer],
    input_shape: tuple[int, ...],
    *,
    values: Sequence[Values | None] | None = None,
    unfinished: Sequence[Values | None] | None = None,
    pixels: Pixels | None = None,
    answers: Sequence[Answer] | None = None,
) -> Film:
    """Show which layers learn features and which decide, and what each stage costs.

    Parameters are those of `architecture`; the second stage begins with the first layer without rows and columns.

    Parameters
    ----------
    unfinished
        What each layer has before its activation; None where it has none, or it is not known.
    answers
        What the network says at the end; None if it gives no probabilities.

    Raises
    ------
    ConvistaError
        If there are too many layers, or not two stages.
    """
    check_count(layers)
    border = next((n for n, layer in enumerate(layers, 1) if len(layer.shape) <= 1), 0)
    if border < 2 or any(len(layer.shape) > 1 for layer in layers[border - 1 :]):
        raise ConvistaError("films.architecture.one_stage")
    stage = StagesStage(layers, input_shape, border, values, unfinished, pixels, answers)
    script = Script("cnn-stages", message("films.architecture.stages_title"))
    count = stage.count
    script.step(_begin(answers), beat(stage.at(Moment(0, 0)), seconds=2.0))
    _features(script, stage, layers, border)
    script.step(
        message(
            "films.architecture.stages_features",
            first=shape_of(input_shape),
            last=shape_of(layers[border - 2].shape),
        ),
        beat(stage.at(Moment(border - 1, count + 1, stages=1)), travel=CAMERA),
    )
    units = stage.row.shapes[border][0]
    script.step(
        message("films.architecture.stages_border", maps=layers[border - 2].shape[0], units=units),
        *stage.making(border, 1, slowly=True),
    )
    for n in range(border + 1, count + 1):
        activation = [stage.activating(n, 1)] if stage.activates(n) else []
        script.step(
            message("films.architecture.stages_decision", answers=stage.row.shapes[-1][0]),
            *stage.making(n, 1, slowly=False),
            *activation,
        )
    if stage.answers is not None:
        winner = stage.answers.winner
        said = message("films.architecture.stages_answer", name=winner.name)
        script.step(said, beat(stage.at(Moment(count, count + 1, stages=1, answered=True)), travel=2 * TRAVEL))
    end = Moment(count + 1, count + 1, stages=2, answered=True)
    script.step(_end(layers, border), beat(stage.at(end), travel=CAMERA))
    return script.film()


def _begin(answers: Sequence[Answer] | None) -> Text:
    if answers is None:
        return message("films.architecture.stages_begin")
    return message("films.architecture.stages_ask", count=len(answers))


def _features(script: Script, stage: StagesStage, layers: Sequence[DrawnLayer], border: int) -> None:
    """Show how the maps of the first stage are made: the first of each kind with words of its own."""
    told: set[str] = set()
    for n in range(1, border):
        layer = layers[n - 1]
        kind = {"conv": "conv", "max": "pool", "average": "pool"}.get(stem(layer.operator), "other")
        first = kind not in told and kind != "other"
        maps, *size = layer.shape
        key = f"films.architecture.stages_{kind}" if first else "films.architecture.stages_again"
        script.step(message(key, maps=maps, size=shape_of(tuple(size))), *stage.making(n, 0, slowly=first))
        if stage.activates(n):
            key = (
                "films.architecture.stages_activation"
                if "activation" not in told
                else "films.architecture.stages_again"
            )
            script.step(message(key), stage.activating(n, 0))
            told.add("activation")
        told.add(kind)


def _end(layers: Sequence[DrawnLayer], border: int) -> Text:
    halves = layers[: border - 1], layers[border - 1 :]
    learned = [sum(layer.parameters for layer in some) for some in halves]
    parameters = round(100 * learned[1] / max(1, sum(learned)))
    if any(layer.multiply_adds is None for layer in layers):
        return message("films.architecture.stages_end_unknown", parameters=parameters)
    work = [sum(layer.multiply_adds or 0 for layer in some) for some in halves]
    return message(
        "films.architecture.stages_end", work=round(100 * work[0] / max(1, sum(work))), parameters=parameters
    )
