"""A global pooling as a film: the maps left, the one of the moment in the middle, a number for each right."""

from __future__ import annotations

from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.pool.global_stage import GlobalStage, Moment
from convista.films.pool.narration import opening
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.maps import one_sample
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators import Array, Operator

MOST = 9
"""How many maps are shown."""


def global_film(operator: Operator, x: Array, name: str, title: str | Text | None, *, origin: int) -> Film:
    """Show how each map of (channels, rows, columns), or of one sample of them, gives one number.

    Maps are counted from ``origin``.
    """
    maps = one_sample(x, 0).astype(float)
    count, size = len(maps), f"{maps.shape[1]}×{maps.shape[2]}"
    shown = list(range(count)) if count <= MOST else [*range(MOST - 1), count - 1]
    kind = operator.name
    script = Script(name, titled(title, "films.pool.global_title", name=message(f"films.pool.name_{kind}")))
    stage = GlobalStage(operator, maps, shown, origin)
    begin = message(f"films.pool.begin_{kind}", count=count, size=size)
    if len(shown) < count:
        begin = message("films.pool.begin_fewer", begin=begin, shown=len(shown))
    asked = beat(stage.at(Moment(None, written=False)), seconds=SLOW.end)
    script.step(message(f"films.pool.ask_{kind}"), asked, narration=opening(kind))
    for n, channel in enumerate(shown):
        ties = stage.ties(n)
        key = "global_tie" if ties > 1 else f"step_{kind}"
        told = message(f"films.pool.{key}", channel=channel + origin, value=stage.value(n), count=ties)
        making = _slowly(stage, n) if slowly(n, len(shown)) else _quickly(stage, n)
        script.step(begin if n == 0 else told, *making)
    script.step(message(f"films.pool.end_{kind}"), beat(stage.at(Moment(None)), seconds=SLOW.end, travel=TRAVEL))
    return script.film()


def _slowly(stage: GlobalStage, n: int) -> tuple[Beat, ...]:
    """Return a map part by part: it comes closer, what is made of it, the result, its place in the output."""
    return (
        beat(stage.at(Moment(n, False, False, False)), seconds=SHORT, travel=TRAVEL, born_from=stage.closer(n)),
        beat(stage.at(Moment(n, True, False, False)), seconds=SLOW.sum),
        beat(stage.at(Moment(n, written=False)), seconds=SHORT, travel=TRAVEL, born_from=stage.result(n)),
        beat(stage.at(Moment(n)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(n)),
    )


def _quickly(stage: GlobalStage, n: int) -> tuple[Beat, ...]:
    """Return a map in two moves: it comes closer, its number goes to the output."""
    known = stage.at(Moment(n, written=False))
    return (
        beat(known, seconds=3 * QUICK, travel=3 * QUICK, born_from=stage.closer(n)),
        beat(stage.at(Moment(n)), seconds=3 * QUICK, travel=3 * QUICK, born_from=stage.written(n)),
    )
