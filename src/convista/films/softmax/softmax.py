"""Softmax as a film: the largest logit subtracted, each raised, divided by the sum, as bars that reach 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import Film
from convista.films.registry import film, of_operators
from convista.films.script import Script
from convista.films.softmax.stage import SoftmaxStage
from convista.films.softmax.vectors import Vectors
from convista.films.wording import message, titled, written
from convista.language import Text
from convista.operators.softmax import LogSoftmax, Softmax

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE = ((2.1, 0.3, -1.2, 1.4), (-0.5, 3.2, 0.8, 0.1), (1.0, 1.0, 0.4, -2.0))
"""Logits of four classes for three patches; the last has two largest that are equal."""


@film("activation-softmax", "softmax", "log_softmax")
def activation_softmax(
    x: ArrayLike = EXAMPLE,
    *,
    axis: int = 1,
    class_names: tuple[str, ...] | None = None,
    title: str | Text | None = None,
) -> Film:
    """Show a softmax along one axis, vector by vector.

    Parameters
    ----------
    x
        Logits, of any shape.
    axis
        The axis along which numbers compete; of (rows, columns) 1 takes each row for a vector, 0 each column.
    class_names
        A name for each logit of a vector.
    title
        Instead of the film's own.
    """
    words = titled(title, "films.softmax.title")
    vectors = Vectors(Softmax(axis=axis), np.asarray(x, dtype=np.float64), class_names)
    return softmax_film(vectors, words, "activation-softmax")


@of_operators("softmax", "log_softmax", of_a_batch=True)
def film_of_softmax(record: Recorded, *, class_names: tuple[str, ...] | None = None) -> Film:
    """Show a traced softmax, or its logarithm."""
    vectors = Vectors(record.definition, record.arrays()["x"], class_names)
    key = "log_title" if isinstance(record.definition, LogSoftmax) else "traced_title"
    return softmax_film(vectors, message(f"films.softmax.{key}", layer=record.name), record.name)


def softmax_film(vectors: Vectors, title: Text, name: str) -> Film:
    """Show the first vector part by part, each other one in a step."""
    stage, script = SoftmaxStage(vectors), Script(name, title)
    script.step(_begin(vectors), *stage.arrives(0))
    m = written(vectors.largest(0), vectors.decimals)
    script.step(message("films.softmax.largest", m=m), *stage.subtracts(0))
    script.step(message("films.softmax.raise", total=stage.total(0)), *stage.raises(0))
    script.step(message("films.softmax.divide"), *stage.divides(0))
    if vectors.logarithm:
        script.step(message("films.softmax.logarithm"), *stage.takes_logarithms(0))
    for n in range(1, len(vectors.lines)):
        m = written(vectors.largest(n), vectors.decimals)
        caption = message("films.softmax.next", line=vectors.line_name(n), m=m)
        beats = [*stage.arrives(n), *stage.subtracts(n), *stage.raises(n), *stage.divides(n)]
        if vectors.logarithm:
            beats += stage.takes_logarithms(n)
        script.step(caption, *beats)
    last = len(vectors.lines) - 1
    best = max(vectors.share(last, k) for k in range(vectors.count))
    script.step(message("films.softmax.end", p=written(best, 2)), stage.rests(last))
    return script.film()


def _begin(v: Vectors) -> Text:
    """Say among how many logits one is shared out, and along which axis."""
    if len(v.lines) < v.all:
        numbers = {"shown": len(v.lines), "lines": v.all, "axis": v.axis}
        return message("films.softmax.begin_fewer", count=v.count, **numbers)
    return message("films.softmax.begin", count=v.count, line=v.line_name(0), axis=v.axis)
