"""How one value of a convolution with all its numbers is made: slowly, part by part, or in few quick moves."""

from __future__ import annotations

from collections.abc import Iterator

from convista.films.conv.whole_stage import Moment, WholeStage
from convista.films.film import RATE, TICK, Beat
from convista.films.script import SHORT, TRAVEL, beat

ARRIVING = 0.4
"""How long what has been followed before is on its way, in seconds."""
MOVING, LANDING = 0.24, 0.24
"""How long the two moves of a quick place are: the window to it, the value into the output."""
FOLLOWED = 2
"""At so many places pixels and weights are both seen on their way."""
AT_ONCE = 1 / RATE
"""Too short a state for a way to it: what is new in it is there at once."""


def made(stage: WholeStage, n: int, *, slow: bool, skipped: bool = False) -> tuple[Beat, ...]:
    """Return how the value of a stop is made, by its number; ``skipped`` shows what the stride leaves out."""
    if not slow:
        return tuple(_quickly(stage, n))
    return tuple(_slowly(stage, n, skipped=skipped))


def ended(stage: WholeStage, n: int) -> Moment:
    """Return the moment at which the value of a stop has been written."""
    kernel = stage.sweep.kernel
    rows = kernel.shape[1] if kernel.shape[1] > 1 else 0
    size = kernel.size
    return Moment(n + 1, stage.sweep.positions[n], products=size, told=size, rows=rows, added=size)


def _slowly(stage: WholeStage, n: int, *, skipped: bool) -> Iterator[Beat]:
    """Yield a value part by part; at the first stop row by row of the kernel."""
    at, (rows, columns) = stage.sweep.positions[n], stage.sweep.kernel.shape[1:]
    size, first = rows * columns, n == 0
    if not first:
        yield beat(stage.at(Moment(n, stage.sweep.positions[n - 1])), seconds=AT_ONCE)
    now = Moment(n, at, skipped=skipped)
    yield beat(stage.at(now), seconds=2 * TRAVEL if first or skipped else SHORT, travel=TRAVEL)
    each = columns if first else size
    for done in range(each, size + 1, each):
        now = now._replace(products=done)
        # That a pixel meets a weight has been seen after two places: then pixels alone are on their way.
        sources = stage.met(at, done - each, done) if n < FOLLOWED else stage.read(at)
        yield beat(stage.at(now), seconds=AT_ONCE, travel=TRAVEL if n < FOLLOWED else ARRIVING, born_from=sources)
        now = now._replace(told=done)
        yield beat(stage.at(now), seconds=SHORT if first else TRAVEL)
    if rows > 1:
        now = now._replace(rows=rows)
        yield beat(stage.at(now), seconds=SHORT, travel=ARRIVING, born_from=stage.sums.of_rows())
    now = now._replace(added=size)
    yield beat(stage.at(now), seconds=TRAVEL, travel=ARRIVING, born_from=stage.sums.of_all())
    yield beat(stage.at(now._replace(made=n + 1)), seconds=2 * TRAVEL, travel=TRAVEL, born_from=stage.landed(at))


def _quickly(stage: WholeStage, n: int) -> Iterator[Beat]:
    """Yield a value in two moves: the window to its place, and the value, worked out at once, into the output."""
    at, before, done = stage.sweep.positions[n], ended(stage, n - 1), ended(stage, n)
    yield beat(stage.at(before._replace(onto=at)), seconds=AT_ONCE, travel=MOVING)
    yield beat(stage.at(done._replace(made=n)), seconds=AT_ONCE)
    yield beat(stage.at(done), seconds=TICK, travel=LANDING, born_from=stage.landed(at))
