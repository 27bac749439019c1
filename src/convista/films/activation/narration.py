"""What a narrator says over a film of an activation, longer than its captions."""

from __future__ import annotations

from math import isfinite

from convista.films.activation.activated import Activated
from convista.films.keyframes import slowly
from convista.films.wording import message, written
from convista.language import Text


def question(a: Activated) -> Text:
    """Return what is said before the first value."""
    return message("films.activation_narration.question", name=a.name())


def of_value(a: Activated, n: int, caption: Text) -> Text | None:
    """Return what is said over the value of a stop beyond its caption; None where the caption says enough."""
    explained = a.explain(a.stops[n])
    x = explained.terms[0].value
    if n == 0 and isfinite(x):
        numbers = {"x": written(x, a.decimals), "y": written(explained.value, a.precision)}
        return message("films.activation_narration.first", begin=caption, **numbers)
    if not slowly(n, len(a.stops)) and isfinite(x):
        return message("films.activation_narration.onwards")
    return None


def negatives(a: Activated, caption: Text) -> Text:
    """Return what is said over the negative values."""
    return message("films.activation_narration.negatives", count=int((a.x < 0).sum()), told=caption)
