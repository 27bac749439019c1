"""The two stages of a convolutional network: maps are made, then all of them are weighed."""

from __future__ import annotations

from collections.abc import Sequence

from convista.errors import ConvistaError
from convista.films.architecture.architecture import (
    MOST,
    ROOM,
    DrawnLayer,
    LayerRow,
    bars,
    legend,
    shape_of,
    stage_marks,
)
from convista.films.film import LAST, Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.marks import Mark, Polyline, Words
from convista.films.wording import message, summed, widest
from convista.language import Text

BRACE = 414.0
QUICK, LONG = 0.35, 2.4


def stages(layers: Sequence[DrawnLayer], input_shape: tuple[int, ...]) -> Film:
    """Show which layers learn features and which decide, and what each stage costs.

    Parameters are those of `architecture`. The second stage begins with the first layer without rows and columns.

    Raises
    ------
    ConvistaError
        If there are too many layers, or not two stages.
    """
    if not 1 <= len(layers) <= MOST:
        raise ConvistaError("films.architecture.layers", count=len(layers), most=MOST)
    border = next((n for n, layer in enumerate(layers, 1) if len(layer.shape) <= 1), 0)
    if border < 2 or any(len(layer.shape) > 1 for layer in layers[border - 1 :]):
        raise ConvistaError("films.architecture.one_stage")
    stage = LayerRow.of(layers, input_shape)
    words = message("films.architecture.stages_title")
    still = (layout.title(words), *legend())

    def state(now: int, *more: Mark) -> tuple[Mark, ...]:
        return (*still, *stage_marks(stage, now), *bars(stage, min(now, len(layers))), *more)

    first, second = _brace(stage, "features", 1, border), _brace(stage, "decision", border, len(layers) + 1)
    growing = tuple(Beat(state(n), QUICK) for n in range(1, border))
    deciding = tuple(Beat(state(n, *first), QUICK) for n in range(border + 1, len(layers) + 1))
    last = layers[border - 2].shape
    steps = (
        Step(message("films.architecture.stages_begin"), (Beat(state(0), LONG),)),
        Step(
            message("films.architecture.stages_features", first=shape_of(input_shape), last=shape_of(last)),
            (*growing, Beat(state(border - 1, *first), LONG)),
        ),
        Step(
            message("films.architecture.stages_border", maps=last[0], units=stage.shapes[border][0]),
            (Beat(state(border, *first), LONG),),
        ),
        Step(
            message("films.architecture.stages_decision", answers=stage.shapes[-1][0]),
            (*deciding, Beat(state(len(layers), *first, *second), LONG)),
        ),
        Step(_end(layers, border), (Beat(state(len(layers) + 1, *first, *second), LAST),)),
    )
    return Film("cnn-stages", words, steps)


def _brace(stage: LayerRow, key: str, start: int, end: int) -> list[Mark]:
    """Return a bracket below some blocks with the name of their stage, and what they cost together."""
    left, right = stage.blocks[start].front.left - 2, stage.blocks[end - 1].front.right + 2
    some = stage.layers[start - 1 : end - 1]
    cost = {what: summed([getattr(layer, what) for layer in some]) for what in ("parameters", "multiply_adds")}
    line = ((left, BRACE - 8), (left, BRACE), (right, BRACE), (right, BRACE - 8))
    name, spent = message(f"films.architecture.{key}"), message("films.architecture.stage_cost", **cost)
    size = min(text.fitting(words, ROOM.width / 2 - 8, 13) for words in spent)
    # However short a stage is, its words stay in its half of the line.
    half, room = ROOM.centre[0], widest([name]) * 17
    room = max(room, widest([spent]) * size) + 6
    anchor, at = ("start", min(left, half - room)) if start == 1 else ("end", max(right, half + room))
    return [
        Polyline(f"stage.{key}", line, "window", 2.0),
        Words(f"stage.{key}.name", (at, BRACE + 20), name, 17, "text", anchor),
        Words(f"stage.{key}.cost", (at, BRACE + 40), spent, size, "muted", anchor),
    ]


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
