"""Flattening that averages first, as a film: each map, or each region of it, leaves one number in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.flatten.regions_stage import Moment, RegionsStage
from convista.films.keyframes import slowly
from convista.films.pool.example import MAPS
from convista.films.registry import film, of_operators
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.maps import Channels, one_sample
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators import Array
from convista.operators.flatten_regions import FlattenBlocks
from convista.pairs import Pair

if TYPE_CHECKING:
    from convista.films.traced import Recorded


@film("flatten-global", "flatten_global")
def flatten_global_film(x: Channels = MAPS, *, sample: int = 0, title: str | Text | None = None) -> Film:
    """Show each map averaged to one number; otherwise as `flatten_blocks_film`."""
    words = titled(title, "films.flatten_regions.title_global")
    return _film(one_sample(np.asarray(x, dtype=float), sample), (1, 1), "flatten-global", words, origin=1)


@film("flatten-blocks", "flatten_blocks")
def flatten_blocks_film(
    x: Channels = MAPS[:3], *, regions: Pair = (2, 2), sample: int = 0, title: str | Text | None = None
) -> Film:
    """Show the regions of maps averaged, and their averages laid out in one row.

    Parameters
    ----------
    x
        Maps, (channels, rows, columns), or (samples, channels, rows, columns).
    regions
        Rows and columns of regions.
    sample
        Which sample, counted from 0.

    Raises
    ------
    ConvistaError
        If the array is not one of maps, or they have fewer rows or columns than regions are asked for.
    """
    words = titled(title, "films.flatten_regions.title")
    return _film(one_sample(np.asarray(x, dtype=float), sample), regions, "flatten-blocks", words, origin=1)


@of_operators("flatten_global", "flatten_blocks")
def film_of_flatten_regions(record: Recorded, *, sample: int = 0) -> Film:
    """Show how a traced layer averaged and flattened its maps; see `flatten_blocks_film`."""
    title = message("films.flatten_regions.traced", layer=record.name)
    regions = record.definition.size if isinstance(record.definition, FlattenBlocks) else (1, 1)
    return _film(one_sample(record.arrays()["x"], sample), regions, record.name, title, origin=0)


def _film(maps: Array, regions: Pair, name: str, title: Text, *, origin: int) -> Film:
    """Make the film; maps, rows and places are counted from ``origin``."""
    if not (1 <= regions[0] <= maps.shape[1] and 1 <= regions[1] <= maps.shape[2]):
        raise ConvistaError("films.flatten_regions.size", size=regions, rows=maps.shape[1], columns=maps.shape[2])
    stage, script = RegionsStage(maps, regions, origin), Script(name, title)
    kind = "global" if regions == (1, 1) else "blocks"
    asked = beat(stage.at(Moment(None, written=False)), seconds=SLOW.end)
    script.step(
        message(f"films.flatten_regions.ask_{kind}"),
        asked,
        narration=message(f"films.flatten_regions.told_{kind}"),
    )
    for n, place in enumerate(stage.places):
        if slowly(n, len(stage.places)):
            script.step(stage.caption(place), *_slowly(stage, place))
        else:
            script.step(stage.onwards(), *_quickly(stage, place))
    script.step(stage.verdict(), beat(stage.at(Moment(None)), seconds=SLOW.end, travel=TRAVEL))
    return script.film()


def _slowly(stage: RegionsStage, place: int) -> tuple[Beat, ...]:
    """Return an average part by part: the region, its values in the equation, their average, the row."""
    seen, read = Moment(place, False, False, False), Moment(place, True, False, False)
    known = Moment(place, written=False)
    return (
        beat(stage.at(seen), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(read), seconds=SLOW.row, travel=TRAVEL, born_from=stage.read(place)),
        beat(stage.at(known), seconds=SLOW.sum, travel=SHORT, born_from=stage.result()),
        beat(stage.at(Moment(place)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(place)),
    )


def _quickly(stage: RegionsStage, place: int) -> tuple[Beat, ...]:
    """Return an average in two moves: the region and its values, the average to its place."""
    return (
        beat(
            stage.at(Moment(place, written=False)),
            seconds=2 * QUICK,
            travel=3 * QUICK,
            born_from=stage.read(place),
        ),
        beat(stage.at(Moment(place)), seconds=2 * QUICK, travel=3 * QUICK, born_from=stage.written(place)),
    )
