"""Backpropagation through pooling, ReLU and convolution: routed, gated, and summed for every shared weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.backprop.conv_stage import Gated, KernelStage, Routed, RoutingStage, Shared
from convista.films.backprop.maps import BackMaps, in_a_row
from convista.films.backprop.passage import Passage, of_operator
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.keyframes import SLOW_AT_FIRST, slowly
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message

MOST = 36
"""How many pooled errors are seen going to their winners one by one."""


def backprop_conv_film(
    passages: Sequence[Passage], *, channel: int | None = None, name: str = "backprop-conv"
) -> Film:
    """Show the error of one feature map go back through max-pooling, ReLU and convolution.

    Parameters
    ----------
    passages
        The run, of one sample: a convolution, a ReLU and a max-pooling, one after the other.
    channel
        The feature map; None for the one that hears the largest error.

    Raises
    ------
    ConvistaError
        If the run has no such operators in this order, several samples, or no such feature map.
    """
    of_operator(passages, "conv2d")
    found = in_a_row(passages)
    if found is None:
        raise ConvistaError("films.backprop_conv.order")
    conv, relu, pool = found
    count = conv.output.shape[1]
    if channel is None:
        channel = int(np.abs(conv.upstream[0]).reshape(count, -1).sum(1).argmax())
    if not 0 <= channel < count:
        raise ConvistaError("films.no_such_channel", channel=channel, last=count - 1)
    maps = BackMaps(conv, relu, pool, channel)
    script = Script(name, message("films.backprop_conv.title", channel=channel + 1))
    _routing(script, RoutingStage(maps), maps)
    _sharing(script, KernelStage(maps), maps)
    return script.film()


def _routing(script: Script, stage: RoutingStage, maps: BackMaps) -> None:
    """Add the way back through pooling and ReLU."""
    count = len(maps.routes)
    script.step(message("films.backprop_conv.spread"), beat(stage.at(Routed(None)), seconds=SLOW.end))
    moved = [
        beat(
            stage.at(Routed(n + 1)),
            seconds=SLOW.row if n < SLOW_AT_FIRST else TICK,
            travel=TRAVEL if n < SLOW_AT_FIRST else 3 * QUICK,
            born_from=stage.to_winner(n),
        )
        for n in range(min(count, MOST))
    ]
    if count > MOST:
        moved.append(beat(stage.at(Routed(count)), seconds=SLOW.row))
    script.step(message("films.backprop_conv.routed"), beat(stage.at(Routed(0)), seconds=SHORT), *moved)
    closed = int((maps.read <= 0).sum())
    script.step(
        message("films.backprop_conv.gated", closed=closed, count=maps.read.size),
        beat(stage.at(Gated(False)), seconds=SLOW.end, travel=TRAVEL),
        beat(stage.at(Gated(True)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.passed()),
    )


def _sharing(script: Script, stage: KernelStage, maps: BackMaps) -> None:
    """Add the gradient of each weight of the kernel, summed over all places where it was used."""
    count, heard = len(maps.weights), int((maps.delta != 0).sum())
    for n, (u, v) in enumerate(maps.weights):
        given = {"row": u + 1, "column": v + 1, "places": maps.delta.size, "heard": heard}
        slow = slowly(n, count)
        key = "shared" if n == 0 else "next" if slow else "onwards"
        script.step(message(f"films.backprop_conv.{key}", **given), *_weight(stage, n, slow=slow))
    script.step(message("films.backprop_conv.end", places=maps.delta.size), beat(stage.whole(), seconds=SLOW.end))


def _weight(stage: KernelStage, n: int, *, slow: bool) -> list[Beat]:
    """Return one weight: its window, what it meets, and its gradient."""
    start, met = Shared(n, met=False, known=False), Shared(n, known=False)
    born_from = stage.heard(n)
    if not slow:
        return [
            beat(stage.at(met), seconds=TICK, travel=3 * QUICK),
            beat(stage.at(Shared(n)), seconds=3 * QUICK, travel=4 * QUICK, born_from=born_from),
        ]
    return [
        beat(stage.at(start), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(met), seconds=SLOW.sum),
        beat(stage.at(Shared(n)), seconds=SLOW.end, travel=TRAVEL, born_from=born_from),
    ]
