"""Backpropagation through dense layers, with numbers: δ, δ·aᵀ, Wᵀδ, the ReLU's gate, and one weight's update."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.backprop.layer import BackLayer, BackwardStage
from convista.films.backprop.passage import Passage, of_operator
from convista.films.film import SLOW, Beat, Film
from convista.films.script import Script, beat
from convista.films.stage.equation import Equation, Slot
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark
from convista.films.stage.plate import Plate
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators.softmax import Softmax


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
    script = Script(name, message("films.backprop.title_dense"))
    true = int(loss.operands["target"].ravel()[0])
    named: object = true if class_names is None else class_names[true]
    script.step(
        message("films.backprop.output", true=named, layer=len(layers)), *_output_error(loss, layers[-1], true)
    )
    for layer in reversed(layers):
        stage = BackwardStage(layer)
        given = {"layer": layer.number, "before": layer.number - 1}
        script.step(message("films.backprop.outer", **given), *stage.outer())
        if layer.gate is not None:
            script.step(message("films.backprop.back", **given), *stage.back())
            closed = int((layer.gate <= 0).sum())
            script.step(
                message("films.backprop.gate", closed=closed, neurons=layer.gate.size, **given), *stage.gating()
            )
    at = np.unravel_index(int(np.abs(layers[-1].to_weight).argmax()), layers[-1].to_weight.shape)
    j, i = int(at[0]), int(at[1])
    way = "grows" if layers[-1].to_weight[j, i] < 0 else "shrinks"
    script.step(
        message(f"films.backprop.{way}", rate=written(rate, decimals_for([rate])), layer=len(layers)),
        *BackwardStage(layers[-1]).update(j, i, rate),
    )
    return script.film()


def _gated(passages: Sequence[Passage], dense: Sequence[Passage]) -> list[tuple[Passage, Passage | None]]:
    """Return each dense layer with the ReLU that it reads, if it does."""
    pairs = []
    for passage in dense:
        place = [other.name for other in passages].index(passage.name)
        before = passages[place - 1] if place else None
        pairs.append((passage, before if before is not None and before.operator == "relu" else None))
    return pairs


def _output_error(loss: Passage, layer: BackLayer, true: int) -> list[Beat]:
    """Return the error of the outputs: what the softmax gave less what was wanted."""
    given = Softmax(axis=1).value(loss.operands["x"])[0]
    wanted = (np.arange(len(given)) == true).astype(float)
    n, like = layer.number, np.concatenate([given, wanted, layer.delta])
    lines = {"z": f"z{n}", "p": f"p = softmax(z{n})", "y": "y", "delta": f"δ{n} = p − y"}
    values = {"z": loss.operands["x"][0], "p": given, "y": wanted, "delta": layer.delta}
    step = STAGE.width / 4
    marks: dict[str, list[Mark]] = {}
    for place, (key, column) in enumerate(values.items()):
        left = STAGE.left + place * step
        room = Box(left + 40, STAGE.top, left + step - 40, STAGE.bottom - 20)
        shared = column if key == "z" else like
        plate = Plate(key, room, column[:, None], like=shared, cell=(96.0, 44.0), square=False)
        name = plate.named(Text(lines[key], lines[key]), step - 10, "backward" if key == "delta" else "muted")
        marks[key] = [name, *plate.drawn()]
    decimals = decimals_for([given[true], layer.delta[true]])
    numbers = written(given[true], decimals), written(1.0), written(layer.delta[true], decimals)
    words = Text(*(f"δ{n}[{true}] = {a} − {b} = {c}" for a, b, c in zip(*numbers, strict=True)))
    line = Equation([Slot("line", [words])]).write("line", words)
    before = [*marks["z"], *marks["p"], *marks["y"]]
    return [beat(before, seconds=SLOW.end), beat(before, marks["delta"], [line], seconds=SLOW.end)]
