"""Softmax as a film: the largest logit subtracted, each raised, divided by the sum, as bars that reach 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import SLOW, Beat, Film
from convista.films.registry import of_operators
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.softmax.stage import Moment, SoftmaxStage
from convista.films.softmax.vectors import Vectors
from convista.films.wording import message, titled, written
from convista.language import Text
from convista.operators.softmax import LogSoftmax, Softmax

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE = ((2.1, 0.3, -1.2, 1.4), (-0.5, 3.2, 0.8, 0.1), (1.0, 1.0, 0.4, -2.0))
"""Logits of four classes for three patches; the last has two largest that are equal."""


def softmax_of_array(
    x: ArrayLike = EXAMPLE,
    *,
    axis: int = 1,
    class_names: tuple[str | Text, ...] | None = None,
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
    v, stage, script = vectors, SoftmaxStage(vectors), Script(name, title)
    asked, narrated = message("films.softmax.question", count=v.count), message("films.softmax.narrated_question")
    script.step(asked, beat(stage.at(Moment(0, None)), seconds=SLOW.end), narration=narrated)
    script.step(_begin(v), *_arriving(stage, 0))
    m = written(v.largest(0), v.decimals)
    found = beat(stage.at(Moment(0, largest=True, formula="why")), seconds=SLOW.end, travel=SHORT)
    why = message("films.softmax.narrated_largest", m=m)
    script.step(message("films.softmax.largest", m=m), found, *_down(stage, "below"), narration=why)
    script.step(message("films.softmax.raise", total=stage.total(0)), *_down(stage, "raised"))
    script.step(message("films.softmax.divide"), *_down(stage, "p"))
    if v.logarithm:
        script.step(message("films.softmax.logarithm"), *_down(stage, "log"))
    for n in range(1, len(v.lines)):
        caption = message("films.softmax.next", line=v.line_name(n), m=written(v.largest(n), v.decimals))
        script.step(caption, *_arriving(stage, n), *(_across(stage, n, column) for column in stage.columns[1:]))
    rest = stage.at(Moment(len(v.lines) - 1, stage.columns[-1]))
    script.step(_end(v), beat(rest, seconds=SLOW.end, travel=SHORT))
    return script.film()


def _arriving(stage: SoftmaxStage, n: int) -> list[Beat]:
    """Bring the window to a vector, and its logits into the table."""
    seen = stage.at(Moment(n, None))
    there = beat(stage.at(Moment(n)), seconds=SLOW.sum, travel=TRAVEL, born_from=stage.arrived(n))
    return [beat(seen, seconds=SHORT, travel=TRAVEL), there]


def _down(stage: SoftmaxStage, column: str) -> list[Beat]:
    """Write a column of the first vector row by row, each out of the column before."""
    beats = []
    for place in range(stage.height(column)):
        moment = Moment(0, column, place + 1, largest=column == "below", now=place)
        born = stage.written(0, column, range(place, place + 1))
        beats.append(beat(stage.at(moment), seconds=SLOW.row, travel=TRAVEL, born_from=born))
    return [*beats[:-1], beats[-1]._replace(seconds=SLOW.end)]


def _across(stage: SoftmaxStage, n: int, column: str) -> Beat:
    """Write a whole column of a vector."""
    moment = Moment(n, column, largest=column == "below")
    return beat(
        stage.at(moment),
        seconds=SLOW.row,
        travel=TRAVEL,
        born_from=stage.written(n, column, range(stage.height(column))),
    )


def _end(v: Vectors) -> Text:
    """Say whose probability is the largest of the last vector, or how many classes share it."""
    last = len(v.lines) - 1
    best, ties = max(v.share(last, k) for k in range(v.count)), v.ties(last)
    if ties > 1:
        return message("films.softmax.end_tie", p=written(best, 2), ties=ties)
    return message("films.softmax.end", p=written(best, 2))


def _begin(v: Vectors) -> Text:
    """Say among how many logits one is shared out, and along which axis."""
    if len(v.lines) < v.all:
        numbers = {"shown": len(v.lines), "lines": v.all, "axis": v.axis}
        return message("films.softmax.begin_fewer", count=v.count, **numbers)
    return message("films.softmax.begin", count=v.count, line=v.line_name(0))
