"""Backpropagation without numbers: values go forward, the error comes back by the same lines, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from convista.errors import ConvistaError
from convista.films.backprop.flow_maps import FlowMaps
from convista.films.backprop.flow_stage import FlowStage, Moment
from convista.films.backprop.maps import BackMaps, in_a_row
from convista.films.backprop.passage import Passage, of_operator
from convista.films.film import SLOW, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message
from convista.language import Text

CROSSING = 1.6 * TRAVEL
"""How long the way from a column of neurons to the next is."""


def backprop_flow_film(
    passages: Sequence[Passage],
    *,
    class_names: Sequence[str | Text] | None = None,
    name: str = "backprop-flow",
) -> Film:
    """Show a run and its way back through the dense layers, and what a convolution before them does otherwise.

    Parameters
    ----------
    passages
        The run, of one sample: dense layers with activations between them, and a loss at its end.
    class_names
        A name for each output.

    Raises
    ------
    ConvistaError
        If the run has no dense layers, they do not follow one another, or it has several samples.
    """
    dense = of_operator(passages, "dense")
    if dense[0].operands["x"].ndim != 2 or len(dense[0].operands["x"]) != 1:
        raise ConvistaError("films.backprop.one_sample", shape=dense[0].operands["x"].shape)
    for one, other in pairwise(dense):
        if one.output.shape != other.operands["x"].shape:
            raise ConvistaError("films.backprop.not_in_a_row", one=one.name, other=other.name)
    script = Script(name, message("films.backprop_flow.title"))
    _through_dense(script, FlowStage(dense, passages[-1], class_names), len(dense))
    convolution = in_a_row(passages)
    if convolution is not None:
        errors = np.abs(convolution[0].upstream[0])
        channel = int(errors.reshape(len(errors), -1).sum(1).argmax())
        _through_maps(script, FlowMaps(BackMaps(*convolution, channel)))
    return script.film()


def _through_dense(script: Script, stage: FlowStage, count: int) -> None:
    """Add the way there and back through the dense layers."""
    script.step(message("films.backprop_flow.inputs"), beat(stage.at(Moment(0)), seconds=SLOW.end))
    for n in range(count):
        last = n == count - 1
        key = "forward" if n == 0 and not last else "forward_last" if last else "forward_next"
        script.step(
            message(f"films.backprop_flow.{key}"), *_crossing(stage, Moment(n, going=n), Moment(n + 1, going=n))
        )
    known = Moment(count)
    script.step(
        message("films.backprop_flow.loss"),
        beat(stage.at(known._replace(loss="window", pulse=0.0)), seconds=SHORT, travel=SHORT),
        beat(stage.at(known._replace(loss="window", pulse=1.0)), seconds=SLOW.row, travel=TRAVEL),
        beat(stage.at(known._replace(loss="backward", pulse=1.0)), seconds=SLOW.row, travel=SHORT),
        beat(stage.at(known._replace(loss="backward", pulse=0.0, back=count)), seconds=SLOW.row, travel=TRAVEL),
    )
    for n in reversed(range(count)):
        key = "back_last" if n == count - 1 else "back" if n else "back_first"
        before = known._replace(loss="backward", back=n + 1, going=n)
        script.step(message(f"films.backprop_flow.{key}"), *_crossing(stage, before, before._replace(back=n)))
    script.step(message("films.backprop_flow.end"), beat(stage.gradients(), seconds=SLOW.end, travel=TRAVEL))


def _crossing(stage: FlowStage, before: Moment, after: Moment) -> list[Beat]:
    """Return what runs along the lines of a layer: it sets out, and arrives."""
    return [
        beat(stage.at(before), seconds=QUICK, travel=SHORT),
        beat(stage.at(after), seconds=SLOW.row, travel=CROSSING),
    ]


def _through_maps(script: Script, stage: FlowMaps) -> None:
    """Add what a convolution does otherwise."""
    script.step(message("films.backprop_flow.spread"), beat(stage.spread(), seconds=SLOW.end, travel=TRAVEL))
    script.step(
        message("films.backprop_flow.routed"),
        beat(stage.routed(), seconds=SLOW.end, travel=CROSSING, born_from=stage.to_winners()),
    )
    beats = []
    for n in range(stage.weights):
        slow = n == 0
        travel = CROSSING if slow else 3 * QUICK
        marks, born_from = stage.heard(n + 1), stage.from_everywhere(n)
        beats.append(beat(marks, seconds=SLOW.row if slow else QUICK, travel=travel, born_from=born_from))
    script.step(message("films.backprop_flow.shared"), *beats)
    script.step(message("films.backprop_flow.whole"), beat(stage.heard(stage.weights, last=True), seconds=SLOW.end))
