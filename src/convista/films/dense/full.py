"""A whole block of dense layers with its numbers: z = W·a + b, a = ReLU(z), layer by layer, and the softmax."""

from __future__ import annotations

from convista.films.dense.block import Block
from convista.films.dense.full_stage import FullStage, Moment
from convista.films.dense.layer import MOST_NEURONS
from convista.films.dense.symbols import Symbols
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message, written

SLOWLY = 2
"""How many neurons of the first layer are seen slowly."""


def dense_full_film(block: Block, *, name: str = "dense-full") -> Film:
    """Show dense layers at work, from the inputs to the probabilities."""
    stage, script = FullStage(block), Script(name, message("films.dense_full.title"))
    script.step(message("films.dense_full.question"), *_opening(stage))
    for n, layer in enumerate(block.layers, start=1):
        neurons = len(layer.z)
        names = {letter: Symbols(n).line(letter) for letter in ("W", "x", "z", "a")}
        caption = message("films.dense_full.weighs", layer=n, neurons=neurons, **names)
        script.step(caption, *_weighing(stage, n))
        if layer.activation is not None:
            zeros = int((layer.a == 0).sum())
            caption = message("films.dense_full.gates", zeros=zeros, neurons=neurons, **names)
            script.step(caption, *_gating(stage, n))
    share = written(float(block.probabilities[block.winner]), 2)
    winner = block.classes[block.winner]
    last = len(block.layers)
    given = {"z": Symbols(last).line("z"), "winner": winner, "share": share}
    script.step(message("films.dense_full.decides", **given), *_gating(stage, last))
    script.step(
        message("films.dense_full.end", learnt=block.learnt),
        beat(stage.chain(), seconds=SLOW.end, travel=TRAVEL),
    )
    return script.film()


def _opening(stage: FullStage) -> list[Beat]:
    """Return the network and its inputs, then the first layer's arrays."""
    return [
        beat(stage.begun(), seconds=SLOW.end),
        beat(stage.at(Moment(1, 0)), seconds=SLOW.end, travel=TRAVEL),
    ]


def _weighing(stage: FullStage, n: int) -> list[Beat]:
    """Return z of a layer being worked out, neuron after neuron; of many only the first few."""
    count = stage.neurons(n)
    beats = [beat(stage.at(Moment(n, 0)), seconds=SHORT, travel=TRAVEL)]
    for neuron in range(min(count, MOST_NEURONS)):
        slow = n == 1 and neuron < SLOWLY
        travel, held = (TRAVEL, SLOW.row) if slow else (3 * QUICK, TICK)
        marks, born_from = stage.at(Moment(n, neuron + 1)), stage.summed(n, neuron)
        beats.append(beat(marks, seconds=held, travel=travel, born_from=born_from))
    if count > MOST_NEURONS:
        beats.append(beat(stage.at(Moment(n)), seconds=SLOW.row))
    return beats


def _gating(stage: FullStage, n: int) -> list[Beat]:
    """Return z going through what follows it, all at once."""
    born_from = stage.passed_on(n)
    return [beat(stage.at(Moment(n, activated=True)), seconds=SLOW.end, travel=TRAVEL, born_from=born_from)]
