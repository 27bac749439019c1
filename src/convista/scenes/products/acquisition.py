"""When imagery was taken: as the names of its files, the metadata of its product, or the files themselves say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.scenes.files.formats import is_remote
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.files.raster_file import RasterFile
from convista.scenes.products.landsat import find_mtl, read_mtl

_DAY = timedelta(days=1) - timedelta(seconds=1)
_FROM_UTC = timedelta(hours=14), timedelta(hours=12)
"""How far a clock that does not say its zone is before UTC, and behind it, at most."""

_SPANS = (
    (re.compile(r"S1[A-D]_[A-Z0-9]{2}_\w{4}_\w{4}_(\d{8}T\d{6})_(\d{8}T\d{6})_"), "%Y%m%dT%H%M%S"),
    (re.compile(r"(\d{4}-\d\d-\d\d-\d\d[_:]\d\d)_(\d{4}-\d\d-\d\d-\d\d[_:]\d\d)_"), "%Y-%m-%d-%H:%M"),
)
"""Names that say when something began and ended: Sentinel-1's, and those of the Sentinel Hub's exports."""
_INSTANTS = (
    re.compile(r"S2[A-D]_MSIL(?:1C|2A)_(\d{8}T\d{6})_"),
    re.compile(r"T\d\d[A-Z]{3}_(\d{8}T\d{6})_"),
)
"""Names of Sentinel-2 products and of the bands in them."""
_DAYS = (
    (re.compile(r"L[COTEM]0\d_L[A-Z0-9]{3}_\d{6}_(\d{8})_\d{8}_\d\d_(?:T1|T2|RT)"), "%Y%m%d"),
    (re.compile(r"L[COTEM]\d{7}(\d{7})[A-Z]{3}\d\d"), "%Y%j"),
)
"""Names of Landsat scenes of a collection, and of before there were any."""


class Acquired(NamedTuple):
    """When imagery was taken, UTC; both are the same where it is known to the second."""

    start: datetime
    end: datetime


def acquired(files: Iterable[RasterFile]) -> Acquired | None:
    """Return when what files hold was taken, from the first to the last; None where nothing says so."""
    found = [times for file in files if (times := _of_file(file)) is not None]
    return Acquired(min(t.start for t in found), max(t.end for t in found)) if found else None


def _of_file(file: RasterFile) -> Acquired | None:
    if not isinstance(file, str):
        return None
    return _of_landsat(file) or _of_name(file) or _of_tags(file)


def _of_landsat(file: str) -> Acquired | None:
    """Read the metadata beside a band of Landsat."""
    if is_remote(file) or not Path(file).is_file():
        return None
    try:
        mtl = find_mtl(Path(file))
        groups = read_mtl(mtl) if mtl else {}
    except ConvistaError:
        return None
    for group in groups.values():
        day, time = group.get("DATE_ACQUIRED"), group.get("SCENE_CENTER_TIME")
        if day and time and (times := _parsed(f"{day} {time[:8]}", "%Y-%m-%d %H:%M:%S")):
            return times
    return None


def _of_name(file: str) -> Acquired | None:
    """Read the name of a file, or of a folder that it is in."""
    for name in reversed(re.split(r"[\\/]", file)):
        for pattern, form in _SPANS:
            if found := pattern.search(name):
                start, end = (_parsed(text.replace("_", ":"), form) for text in found.groups())
                if start and end and start.start <= end.start:
                    return Acquired(start.start, end.start)
        for pattern in _INSTANTS:
            if (found := pattern.search(name)) and (times := _parsed(found[1], "%Y%m%dT%H%M%S")):
                return times
        for pattern, form in _DAYS:
            if (found := pattern.search(name)) and (times := _parsed(found[1], form)):
                return Acquired(times.start, times.start + _DAY)
    return None


def _of_tags(file: str) -> Acquired | None:
    """Read what GDAL knows, which is in UTC, or the time of a TIFF, which may be any place's."""
    opened = OpenRaster(file)
    try:
        taken = opened.dataset.tags(ns="IMAGERY").get("ACQUISITIONDATETIME", "")
        written = opened.dataset.tags().get("TIFFTAG_DATETIME", "")
    finally:
        opened.close()
    if times := _parsed(taken[:19], "%Y-%m-%d %H:%M:%S"):
        return times
    if times := _parsed(written, "%Y:%m:%d %H:%M:%S"):
        return Acquired(times.start - _FROM_UTC[0], times.start + _FROM_UTC[1])
    return None


def _parsed(text: str, form: str) -> Acquired | None:
    try:
        time = datetime.strptime(text, form).replace(tzinfo=UTC)
        return Acquired(time, time) if time.year >= 1900 else None
    except ValueError:
        return None
