"""Flattening as a film: value after value moves from the maps to its place in one row, in both orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import FAST, SLOW, Beat, Film
from convista.films.flatten.rows import Row
from convista.films.flatten.stage import FlattenStage, Moment
from convista.films.pool.example import POOLED
from convista.films.registry import film, of_operators
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.maps import Channels, one_sample
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators import Array
from convista.operators.flatten import Reshape

if TYPE_CHECKING:
    from convista.films.traced import Recorded

SLOWLY = 3
"""How many values travel slowly."""


@film("flatten-classic", "reshape", "flatten_classic")
def flatten_film(x: Channels = POOLED, *, sample: int = 0, title: str | Text | None = None) -> Film:
    """Show feature maps laid out in one row, channel first and channel last, and where the two differ.

    Parameters
    ----------
    x
        Maps, (channels, rows, columns), or (samples, channels, rows, columns).
    sample
        Which sample, counted from 0.

    Raises
    ------
    ConvistaError
        If the array is not one of maps, or there is no such sample.
    """
    maps = one_sample(np.asarray(x, dtype=float), sample)
    return _film(maps, "flatten-classic", titled(title, "films.flatten.title"), origin=1)


@of_operators("reshape", "flatten_classic")
def film_of_flatten(record: Recorded, *, sample: int = 0) -> Film:
    """Show how a traced layer flattened its maps; see `flatten_film`.

    Raises
    ------
    ConvistaError
        If the record gave maps another shape than one row a sample.
    """
    x, operator = record.arrays()["x"], record.definition
    shape = operator.shape if isinstance(operator, Reshape) else None
    if x.ndim != 4 or (shape is not None and (len(shape) != 2 or shape[0] not in {-1, len(x)})):
        raise ConvistaError("films.flatten.not_flat", layer=record.name, before=x.shape, after=shape)
    title = message("films.flatten.traced", layer=record.name)
    return _film(one_sample(x, sample), record.name, title, origin=0)


def _film(maps: Array, name: str, title: Text, *, origin: int) -> Film:
    """Make the film; places, maps, rows and columns are counted from ``origin``."""
    script, stage = Script(name, title), FlattenStage(maps, origin)
    script.step(
        message("films.flatten.ask"),
        beat(stage.at(Moment()), seconds=SLOW.end),
        narration=message("films.flatten.told"),
    )
    for order, row in enumerate(stage.rows):
        for page in row.places.pages:
            script.step(_caption(row, page), *_laying(stage, order, row, page))
    script.step(_verdict(stage), *_comparing(stage))
    return script.film()


def _laying(stage: FlattenStage, order: int, row: Row, page: range) -> list[Beat]:
    """Return one part of a row: its rule, and value after value travels from its map to its place."""
    beats = []
    if page.start == 0:
        beats.append(beat(stage.at(Moment(order, 0, ruled=True)), seconds=2 * SLOW.end))
    for n in page:
        slow = page.start == 0 and n < SLOWLY
        held = SLOW.row if slow else FAST.end if n == page[-1] else QUICK
        travel = TRAVEL if slow else 2 * QUICK
        laid = stage.at(Moment(order, n + 1))
        if slow:
            beats.append(beat(stage.at(Moment(order, n, sought=True)), seconds=SHORT, travel=SHORT))
        beats.append(beat(laid, seconds=held, travel=travel, born_from=stage.laying(order, n)))
    return beats


def _comparing(stage: FlattenStage) -> list[Beat]:
    """Return the second row laid out anew from the first, then the places that differ outlined."""
    whole, ended = Moment(len(stage.rows)), Moment(len(stage.rows), compared=True)
    again = beat(stage.at(whole), seconds=SLOW.row, travel=4 * TRAVEL, born_from=stage.exchanging())
    return [beat(stage.at(Moment(1)), seconds=SLOW.row), again, beat(stage.at(ended), seconds=SLOW.end)]


def _caption(row: Row, page: range) -> Text:
    """Return what a part of a row is about."""
    places, order = row.places, row.places.order
    if page.start == 0:
        key = "begin_long" if row.long else "begin"
        return message(f"films.flatten.{key}_{order}", count=places.values.shape[1], shown=len(places.pages))
    channel, line, _ = places.written(page[-1] if row.long else page.start)
    ends = {"first": page.start + places.origin, "last": page[-1] + places.origin}
    return message(f"films.flatten.on_{order}", channel=channel, line=line, **ends)


def _verdict(stage: FlattenStage) -> Text:
    """Return in how many places the two orders differ, and what that means."""
    first, last = (row.places.numbers for row in stage.rows)
    differ = int((first != last).sum())
    return message("films.flatten.end" if differ else "films.flatten.end_same", differ=differ, count=first.size)
