"""What a narrator says over a film of a pooling, longer than its captions."""

from __future__ import annotations

from math import isclose, isnan

from convista.films.keyframes import slowly
from convista.films.pool.pooled import Pooled
from convista.films.wording import message, written
from convista.language import Text

TOLD = ("max", "average")
"""The poolings that have a narration throughout."""
ASKED = (
    *TOLD, "min", "sum", "l2_mean", "stochastic", "mixed", "fractional", "adaptive_max", "adaptive_average",
    "global_max", "global_average", "pyramid",
)  # fmt: skip
"""Those whose question a narrator explains; further on the others are narrated by their captions."""


def opening(kind: str) -> Text | None:
    """Return what is said of a kind of pooling while the whole map is seen; None where the caption says enough."""
    return message(f"films.pool_narration.ask_{kind}") if kind in ASKED else None


def narration(p: Pooled, n: int, rival: Pooled | None) -> Text | None:
    """Return what is said while an output is made; None where the caption says enough."""
    at, count = p.stops[n], len(p.stops)
    if p.kind not in TOLD:
        return None
    if n == 0:
        return _begin(p)
    if not slowly(n, count):
        return message(f"films.pool_narration.onwards_{p.kind}")
    if n == 1 and rival is not None and _is_even(p, n) and not isnan(rival.explain(at).value):
        value, other = (written(one.explain(at).value, one.precision) for one in (p, rival))
        return message("films.pool_narration.compared", value=value, rival=other, count=len(p.terms(at)))
    return None


def closing(p: Pooled) -> Text | None:
    """Return what is said at the end, of both maps."""
    sizes = {"size": p.x.size, "out": p.output.size}
    return message(f"films.pool_narration.end_{p.kind}", **sizes) if p.kind in TOLD else None


def _begin(p: Pooled) -> Text | None:
    """Say what becomes of the values of the first window."""
    at = p.stops[0]
    cells = len(p.terms(at))
    if cells < 2 or isnan(p.explain(at).value) or (p.kind == "average" and not _is_even(p, 0)):
        return None
    value = written(p.explain(at).value, p.precision)
    return message(f"films.pool_narration.begin_{p.kind}", count=cells, value=value)


def _is_even(p: Pooled, n: int) -> bool:
    """Say whether an output is the average of what its window reads: with zeros of a border it is less."""
    terms = p.explain(p.stops[n]).terms
    return not isnan(p.explain(p.stops[n]).value) and all(
        isclose(term.factor or 0.0, 1 / len(terms)) for term in terms
    )
