"""How one value of a convolution is made whose numbers are seen through the window."""

from __future__ import annotations

from collections.abc import Iterator

from convista.films.conv.zoomed_stage import Moment, ZoomedStage
from convista.films.film import FAST, SLOW, TICK, Beat
from convista.films.script import SHORT, TRAVEL, beat


def made(stage: ZoomedStage, n: int, *, slow: bool) -> tuple[Beat, ...]:
    """Return how the value of a stop is made, by its number: channel by channel, at the first row by row."""
    return tuple(_made(stage, n, slow=slow))


def ended(stage: ZoomedStage, n: int) -> Moment:
    """Return the moment at which the value of a stop has been written."""
    parts = len(stage.shown) + bool(stage.left_out)
    rows = stage.sweep.kernel.shape[1]
    return Moment(n + 1, stage.sweep.positions[n], len(stage.shown) - 1, rows, parts, known=True)


def _made(stage: ZoomedStage, n: int, *, slow: bool) -> Iterator[Beat]:
    rows, pace, done = stage.sweep.kernel.shape[1], SLOW if slow else FAST, ended(stage, n)
    now = Moment(n, done.at, 0, 0, 0)
    yield beat(stage.at(now), seconds=2 * TRAVEL if n == 0 else pace.row, travel=TRAVEL if slow else 4 * TICK)
    for channel in range(len(stage.shown)):
        now = now._replace(channel=channel, rows=0, parts=channel)
        if n == 0:
            if channel:
                yield beat(stage.at(now), seconds=pace.sum)
            for row in range(1, rows + 1):
                now = now._replace(rows=row)
                way = 4 * TICK if channel else TRAVEL
                yield beat(stage.at(now), seconds=SHORT, travel=way, born_from=stage.summed(row))
        now = now._replace(rows=rows, parts=channel + 1)
        yield beat(stage.at(now), seconds=pace.sum)
    yield beat(stage.at(done._replace(made=n, known=False)), seconds=pace.sum)
    yield beat(stage.at(done._replace(made=n)), seconds=pace.sum)
    yield beat(stage.at(done), seconds=pace.end)
