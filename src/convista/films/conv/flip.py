"""Cross-correlation, which networks compute, beside the convolution of mathematics, which flips the kernel."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convista.films.conv.conv import EXAMPLE_IMAGE, plane
from convista.films.conv.flip_stage import FlipStage, Moment
from convista.films.conv.sweep import Sweep
from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.wording import message
from convista.language import Text
from convista.operators.flatten import Flip
from convista.operators.sliding import NONE

KERNEL = ((0, 1, 2), (0, 0, 1), (-1, 0, 0))
"""Another one when it is turned, not just one of the other sign."""
TURNING = 1.0
"""How long the weights of the kernel take to change places, in seconds."""
MOVING = 0.24
"""How long a move is where the window goes on fast."""


@film("conv-flip")
def conv_flip(image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = KERNEL) -> Film:
    """Show the kernel turned by half a turn, and what both kernels give at every place.

    Parameters
    ----------
    image, kernel
        Matrices, small enough for every number to be read.

    Raises
    ------
    ConvistaError
        If one is no matrix, the kernel is larger than the image, or the numbers would be too small to read.
    """
    pixels, weights = plane("image", image)[None, None], plane("kernel", kernel)[None, None]
    one, other = (
        Sweep(pixels, w, None, stride=(1, 1), padding=NONE, dilation=(1, 1), groups=1, channel=0, origin=1)
        for w in (weights, Flip(axes=(2, 3)).value(weights))
    )
    stage, script = FlipStage((one, other)), Script("conv-flip", message("films.conv_flip.title"))
    _turned(script, stage)
    count = len(one.positions)
    for n in range(count):
        slow = slowly(n, count)
        script.step(_caption(one, n, slow=slow), *(_slowly if slow else _quickly)(stage, n))
    closing = Moment(made=(count, count), formulas=(0, 1))
    judged = _judged(one, other)
    told = message("films.conv_narration.flip_end", caption=judged)
    script.step(judged, beat(stage.at(closing), seconds=SLOW.end, travel=TRAVEL), narration=told)
    return script.film()


def _turned(script: Script, stage: FlipStage) -> None:
    """Tell how a copy of the kernel is turned: upside down, then left to right."""
    begun = stage.at(Moment(0, formulas=(0,)))
    told = message("films.conv_narration.flip_open")
    script.step(
        message("films.conv_flip.begin"), beat(stage.at(Moment(0))), beat(begun, seconds=SLOW.end), narration=told
    )
    script.step(
        message("films.conv_flip.rows"),
        beat(stage.at(Moment(1)), seconds=SHORT, travel=TRAVEL, born_from=stage.copied()),
        beat(stage.at(Moment(2)), seconds=SLOW.end, travel=TURNING),
    )
    script.step(
        message("films.conv_flip.columns"),
        beat(stage.at(Moment(3)), seconds=SHORT, travel=TURNING),
        beat(stage.at(Moment(3, formulas=(1,))), seconds=2 * SLOW.end, travel=TRAVEL),
    )


def _slowly(stage: FlipStage, n: int) -> list[Beat]:
    """Return a place: the window, the sum with the kernel and where it lands, the one with the turned kernel."""
    at = stage.sweeps[0].positions[n]
    now = Moment(3, (n, n), at)
    beats = [beat(stage.at(now), seconds=SHORT, travel=TRAVEL)]
    for one in (0, 1):
        now = now._replace(known=one + 1)
        beats.append(beat(stage.at(now), seconds=SHORT, travel=TRAVEL, born_from=stage.summed(one, at)))
        now = now._replace(made=(n + 1, n + one))
        beats.append(beat(stage.at(now), seconds=SLOW.row, travel=TRAVEL, born_from=stage.written(one, at)))
    return beats


def _quickly(stage: FlipStage, n: int) -> list[Beat]:
    """Return a place in two moves: the window to it, both values into their outputs."""
    at = stage.sweeps[0].positions[n]
    now = Moment(3, (n, n), at, known=2)
    sources = {**stage.written(0, at), **stage.written(1, at)}
    return [
        beat(stage.at(now), seconds=TICK, travel=MOVING),
        beat(stage.at(now._replace(made=(n + 1, n + 1))), seconds=TICK, travel=MOVING, born_from=sources),
    ]


def _caption(sweep: Sweep, n: int, *, slow: bool) -> Text:
    if not slow:
        return message("films.conv_flip.onwards")
    row, column = sweep.counted(sweep.positions[n])
    return message("films.conv_flip.step", row=row, column=column)


def _judged(one: Sweep, other: Sweep) -> Text:
    """Say what the two operations have in common over the whole map."""
    if np.array_equal(one.output, other.output, equal_nan=True):
        return message("films.conv_flip.same")
    opposite = np.array_equal(one.output, -other.output, equal_nan=True)
    return message("films.conv_flip.opposite" if opposite else "films.conv_flip.end")
