"""A film of a pooling, output by output, and what it says."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from convista.films.film import SLOW, TICK, Beat, Film
from convista.films.keyframes import Position, slowly
from convista.films.pool.moved import move
from convista.films.pool.narration import closing, narration, opening
from convista.films.pool.pooled import Pooled
from convista.films.pool.stage import Moment, PoolStage
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import decimals_for, message, titled, written
from convista.language import Text
from convista.operators.pool import WindowPool

if TYPE_CHECKING:
    from convista.films.traced import Recorded


def pool_film(
    pooled: Pooled,
    name: str,
    title: str | Text | None,
    rival: Pooled | None = None,
    moved: Pooled | None = None,
) -> Film:
    """Show how each output of a pooling is made.

    Parameters
    ----------
    rival
        Another pooling of the same blocks, to compare with.
    moved
        The same pooling of the map once that has moved by a pixel, seen at the end where numbers are shown.
    """
    words = titled(title, "films.pool.title", name=message(f"films.pool.name_{pooled.kind}"))
    stage, script = PoolStage(pooled, rival), Script(name, words)
    count = len(pooled.stops)
    asked = message(f"films.pool.ask_{pooled.kind}", count=pooled.output.size)
    script.step(
        asked, beat(stage.at(Moment(None, written=False)), seconds=SLOW.end), narration=opening(pooled.kind)
    )
    for n, at in enumerate(pooled.stops):
        making = _slowly(stage, at) if slowly(n, count) else _quickly(stage, at)
        script.step(_caption(pooled, n, rival), *making, narration=narration(pooled, n, rival))
    if moved is not None and stage.input.numbered:
        move(script, pooled, moved, stage)
    script.step(
        _end(pooled), beat(stage.at(Moment(None)), seconds=SLOW.end, travel=TRAVEL), narration=closing(pooled)
    )
    return script.film()


def _slowly(stage: PoolStage, at: Position) -> tuple[Beat, ...]:
    """Return an output part by part: the window, its values, what is made of them, the result, the output."""
    return (
        beat(stage.at(Moment(at, False, False, False, False)), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(Moment(at, True, False, False, False)), travel=TRAVEL, born_from=stage.read(at)),
        beat(stage.at(Moment(at, True, True, False, False)), seconds=2 * SLOW.row),
        beat(stage.at(Moment(at, written=False)), seconds=SHORT, travel=TRAVEL, born_from=stage.result(at)),
        beat(stage.at(Moment(at)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(at)),
    )


def _quickly(stage: PoolStage, at: Position) -> tuple[Beat, ...]:
    """Return an output in two moves: the window and its values, the result and the output."""
    return (
        beat(
            stage.at(Moment(at, True, False, False, False)),
            seconds=TICK,
            travel=2 * QUICK,
            born_from=stage.read(at),
        ),
        beat(stage.at(Moment(at, written=False)), seconds=2 * QUICK, travel=2 * QUICK, born_from=stage.result(at)),
        beat(stage.at(Moment(at)), seconds=2 * QUICK, travel=2 * QUICK, born_from=stage.written(at)),
    )


def traced_title(record: Recorded, kind: str, channel: int) -> Text:
    """Return the title of a film of one map of a traced pooling."""
    name = message(f"films.pool.name_{kind}")
    return message("films.pool.traced_title", layer=record.name, channel=channel, name=name)


def _caption(p: Pooled, n: int, rival: Pooled | None) -> Text:
    """Return what a step is about: the block, then how outputs come about."""
    at, count = p.stops[n], len(p.stops)
    if n == 0:
        return _begin(p)
    if slowly(n, count) or isnan(p.explain(at).value):
        return _happens(p, at, rival)
    return message("films.pool.onwards")


def _begin(p: Pooled) -> Text:
    """Say what a block is, what is made of it, and whether blocks overlap or are left out."""
    block = p.block(*p.stops[0])
    told_first = message(
        f"films.pool.begin_{p.kind}",
        size=f"{block.rows}×{block.columns}",
        count=block.rows * block.columns,
        out="×".join(map(str, p.output.shape)),
        moves=_moves(p),
        **_notes(p, p.stops[0]),
    )
    if len(p.stops) < p.output.size:
        more = message("films.pool.stops", shown=len(p.stops), count=p.output.size)
    elif p.overlaps():
        more = message("films.pool.overlap")
    else:
        return told_first
    return Text(*(f"{a} {b}" for a, b in zip(told_first, more, strict=True)))


def _moves(p: Pooled) -> Text:
    """Say by how much a sliding window moves."""
    if not isinstance(p.operator, WindowPool):
        return Text("", "")
    stride = p.operator.stride
    key = "moves" if stride[0] == stride[1] else "moves_unevenly"
    return message(f"films.pool.{key}", rows=stride[0], columns=stride[1])


def _happens(p: Pooled, at: Position, rival: Pooled | None) -> Text:
    """Say how one output came about."""
    value = p.explain(at).value
    if isnan(value):
        return message("films.pool.missing")
    shown = {"place": p.name(at), "value": written(value, p.precision)}
    tied, seen = p.tied(at), p.block(*at)
    if tied:
        together = 1 + len(tied)
        return message(f"films.pool.tie{'_all' if together == len(p.terms(at)) else ''}", count=together, **shown)
    if len(p.terms(at)) < seen.rows * seen.columns:
        beyond = seen.rows * seen.columns - len(p.terms(at))
        return message(f"films.pool.padding_{p.kind}", count=beyond, **shown, **_notes(p, at))
    if rival is not None:
        other = written(rival.explain(at).value, rival.precision)
        return message(f"films.pool.compared_{p.kind}", rival=other, count=len(p.terms(at)), **shown)
    return message(f"films.pool.step_{p.kind}", count=len(p.terms(at)), **shown, **_notes(p, at))


def _notes(p: Pooled, at: Position) -> dict[str, Text]:
    """Return what the explanation notes, by the names that texts have for it, and the winner's weight."""
    explained, won, weights = p.explain(at), p.winner(at), p.weights(at)
    notes = {"n": written(explained.notes.get("n", float(len(explained.terms))))}
    if "λ" in explained.notes:
        notes["mix"] = written(explained.notes["λ"])
    if won is not None and weights is not None:
        weight = weights[list(p.terms(at)).index(won)]
        notes["weight"] = written(weight, decimals_for([weight]))
    return notes


def _end(p: Pooled) -> Text:
    """Say how sizes follow from each other, and what pooling of this kind is for."""
    rows, columns = p.x.shape
    sizes = {"size": f"{rows}×{columns}", "out": "×".join(map(str, p.output.shape))}
    some = "_some" if p.kind == "max" and len(p.stops) < p.output.size else ""  # not every winner has a ring
    end = message(f"films.pool.end_{p.kind}{some}")
    formula = _formula(p)
    key = "sizes" if formula is None else "sizes_because"
    counts = {"had": p.x.size, "left": p.output.size}
    shrunk = message(f"films.pool.{key}", **sizes, **counts, formula=formula)
    return Text(*(f"{a} {b}" for a, b in zip(shrunk, end, strict=True)))


def _formula(p: Pooled) -> str | None:
    """Return the size of a sliding window's output as it is worked out; None where both axes differ."""
    if not isinstance(p.operator, WindowPool):
        return None
    reach, stride = p.block(0, 0).reach, p.operator.stride
    lines = {
        f"⌊({n}{f' + {sum(around)}' if sum(around) else ''} − {k}) / {s}⌋ + 1 = {m}"
        for n, around, k, s, m in zip(p.x.shape, p.padding, reach, stride, p.output.shape, strict=True)
    }
    return lines.pop() if len(lines) == 1 else None
