"""Backpropagation through dense layers, with numbers: δ, δ·aᵀ, Wᵀδ, the ReLU's gate, and one weight's update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.backprop.layer import BackLayer
from convista.films.backprop.output import COLUMNS, OutputStage
from convista.films.backprop.passage import Passage, of_operator
from convista.films.backprop.stage import Back, BackwardStage, Gate, Outer, Scales, Update
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import decimals_for, message, written
from convista.language import Text

SLOWLY = 2
"""How many elements of a product are seen one by one, slowly."""
MOST = 12
"""How many rows or columns of a large product are seen being made."""


def backprop_dense_film(
    passages: Sequence[Passage],
    *,
    rate: float = 0.1,
    class_names: Sequence[str | Text] | None = None,
    name: str = "backprop-dense",
) -> Film:
    """Show the error of a run go back through its dense layers, the last first.

    Parameters
    ----------
    passages
        The run, of one sample: dense layers with a ReLU after each but the last, and the cross-entropy.
    rate
        η, by which the gradient is multiplied in the update.
    class_names
        A name for each output.

    Raises
    ------
    ConvistaError
        If the run has no dense layer or no cross-entropy, or several samples.
    """
    (loss, *_), dense = of_operator(passages, "cross_entropy"), of_operator(passages, "dense")
    if loss.operands["x"].shape[0] != 1 or loss.operands["x"].ndim != 2:
        raise ConvistaError("films.backprop.one_sample", shape=loss.operands["x"].shape)
    layers = [BackLayer(n, passage, before) for n, (passage, before) in enumerate(_gated(passages, dense), start=1)]
    script, last = Script(name, message("films.backprop.title_dense")), layers[-1]
    true, names = int(loss.operands["target"].ravel()[0]), _names(class_names, loss.operands["x"].shape[1])
    _output(script, OutputStage(loss, last, true, names), names[true], last.number)
    scales = Scales.of(layers)
    stages = {layer.number: BackwardStage(layer, scales) for layer in layers}
    for layer in reversed(layers):
        _layer(script, stages[layer.number], layer, first=layer is last)
    _update(script, stages[last.number], last, rate)
    return script.film()


def _output(script: Script, stage: OutputStage, true: Text, layer: int) -> None:
    """Add the error of the outputs."""
    counts = range(1, len(COLUMNS) + 1)
    script.step(
        message("films.backprop.output", true=true, layer=layer),
        *(
            beat(stage.at(count), seconds=SLOW.row, travel=TRAVEL * (count > 1), born_from=stage.made(count))
            for count in counts
        ),
    )


def _layer(script: Script, stage: BackwardStage, layer: BackLayer, *, first: bool) -> None:
    """Add the way back through a layer: its weights' gradients, what goes on to the layer before, and its gate."""
    given = {"layer": layer.number, "before": layer.number - 1}
    born_from = {} if first else stage.taken_over()
    script.step(
        message("films.backprop.outer" if first else "films.backprop.outer_again", **given),
        beat(stage.at(Outer(0)), seconds=SHORT, travel=TRAVEL, born_from=born_from),
        *_outer(stage, layer, slow=first),
    )
    if layer.gate is None:
        return
    script.step(
        message("films.backprop.back" if first else "films.backprop.back_again", **given),
        beat(stage.at(Back(0)), seconds=SHORT, travel=TRAVEL),
        *_back(stage, layer, slow=first),
    )
    closed = int((layer.gate <= 0).sum())
    script.step(
        message("films.backprop.gate", closed=closed, neurons=layer.gate.size, **given),
        beat(stage.at(Gate(False)), seconds=SLOW.end, travel=TRAVEL),
        beat(stage.at(Gate(True)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.passed()),
    )


def _outer(stage: BackwardStage, layer: BackLayer, *, slow: bool) -> list[Beat]:
    """Return ∂W being filled: a few elements one by one, the rest row by row."""
    neurons, inputs = layer.to_weight.shape
    strongest = sorted(np.argsort(-np.abs(layer.to_weight[0]), kind="stable")[:SLOWLY].tolist())
    beats, made = [], set()
    for i in strongest if slow else []:
        made.add((0, i))
        marks, born_from = stage.at(Outer(frozenset(made), (0, i))), stage.multiplied([(0, i)])
        beats.append(beat(marks, seconds=SLOW.sum, travel=TRAVEL, born_from=born_from))
    travel = (4 if slow else 2) * QUICK
    for j in range(min(neurons, MOST)):
        cells = [(j, i) for i in range(inputs) if (j, i) not in made]
        marks, born_from = stage.at(Outer(j + 1, row=j)), stage.multiplied(cells)
        beats.append(beat(marks, seconds=TICK, travel=travel, born_from=born_from))
    return [*beats, beat(stage.at(Outer(None)), seconds=SLOW.row)]


def _back(stage: BackwardStage, layer: BackLayer, *, slow: bool) -> list[Beat]:
    """Return Wᵀδ being filled, column by column."""
    beats = []
    for i in range(min(len(layer.to_input), MOST)):
        slowly = slow and i < SLOWLY
        seconds, travel = (SLOW.sum, TRAVEL) if slowly else (2 * TICK, (4 if slow else 2) * QUICK)
        beats.append(beat(stage.at(Back(i + 1)), seconds=seconds, travel=travel, born_from=stage.heard(i)))
    if len(layer.to_input) > MOST:
        beats.append(beat(stage.at(Back(len(layer.to_input))), seconds=SLOW.row))
    return beats


def _update(script: Script, stage: BackwardStage, layer: BackLayer, rate: float) -> None:
    """Add the step of the weight with the largest gradient."""
    at = np.unravel_index(int(np.abs(layer.to_weight).argmax()), layer.to_weight.shape)
    cell = int(at[0]), int(at[1])
    way = "grows" if layer.to_weight[cell] < 0 else "shrinks"
    script.step(
        message(f"films.backprop.{way}", rate=written(rate, decimals_for([rate])), layer=layer.number),
        beat(stage.at(Outer(None, cell)), seconds=SLOW.end, travel=TRAVEL),
        beat(stage.at(Update(cell, rate, done=False)), seconds=SLOW.row, travel=TRAVEL),
        beat(stage.at(Update(cell, rate, done=True)), seconds=SLOW.end, travel=TRAVEL),
    )


def _names(given: Sequence[str | Text] | None, count: int) -> list[Text]:
    """Return what the classes are called; a number each, from 1, where they have no names."""
    if given is None:
        return [message("films.dense_block.class", number=n) for n in range(1, count + 1)]
    return [name if isinstance(name, Text) else Text(name, name) for name in given]


def _gated(passages: Sequence[Passage], dense: Sequence[Passage]) -> list[tuple[Passage, Passage | None]]:
    """Return each dense layer with the ReLU that it reads, if it does."""
    pairs = []
    for passage in dense:
        place = [other.name for other in passages].index(passage.name)
        before = passages[place - 1] if place else None
        pairs.append((passage, before if before is not None and before.operator == "relu" else None))
    return pairs
