"""Selection: which of the bands that a source has are read, and which of them hide others."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.scenes.bands.masks import MaskBand, Role
from convista.scenes.bands.written_names import written_id, written_name
from convista.scenes.files.complex_parts import is_complex
from convista.scenes.files.formats import is_remote
from convista.scenes.files.header import Header
from convista.scenes.files.open_raster import read_header
from convista.scenes.files.raster_file import RasterFile, title
from convista.scenes.sources.band_file import band_of_file
from convista.scenes.sources.candidates import BandCandidate, NamedBy, opened_alone
from convista.scenes.sources.paths import existing
from convista.scenes.sources.source_bands import SourceBands
from convista.suggestions import hint

BandRequest = str | Sequence[str] | Mapping[str, int | str | os.PathLike[str]]


class SelectedBand(NamedTuple):
    """A band that is read."""

    candidate: BandCandidate
    header: Header
    """Of its file."""
    masks: tuple[MaskBand, ...]
    """All that hide it."""


def selected_bands(
    found: SourceBands, bands: BandRequest | None, header_of: Callable[[RasterFile], Header] = read_header
) -> list[SelectedBand]:
    """Return the bands that a caller means by `bands`, see `open_scene`, in order, with the headers of their files.

    Raises
    ------
    ConvistaError
        If there is no such band, one is asked for twice, or it cannot be told which is which; or a file cannot be
        read, has several bands where one was expected, or no complex numbers where a part of such is asked for.
    """
    chosen = _chosen(found, bands)
    headers = {file: header_of(file) for file in dict.fromkeys(one.file for one in chosen)}
    opened = [_opened(one, headers[one.file], found.mask_number) for one in chosen]
    return [SelectedBand(one, headers[one.file], masks_of(one, opened, found)) for one in opened]


def masks_of(candidate: BandCandidate, chosen: Sequence[BandCandidate], found: SourceBands) -> tuple[MaskBand, ...]:
    """Return the masks of a chosen band: its own, the caller's, and those in its file that are no chosen bands."""
    read = {(one.file, one.index) for one in chosen}
    beside = (
        MaskBand(one.file, one.index)
        for one in found.candidates
        if one.role is Role.MASK and one.file == candidate.file and (one.file, one.index) not in read
    )
    return tuple(dict.fromkeys((*beside, *candidate.masks, *found.masks)))


def _chosen(found: SourceBands, bands: BandRequest | None) -> list[BandCandidate]:
    if bands is None:
        return _without_doubt(found, [one for one in found.candidates if one.role is Role.BAND])
    if isinstance(bands, Mapping):
        return _without_doubt(found, [_mapped(found, name, where) for name, where in bands.items()])
    wanted = [name.strip() for name in (bands.split(",") if isinstance(bands, str) else bands)]
    if not all(wanted) or not wanted:
        raise ConvistaError("scenes.sources.bands_empty", bands=", ".join(found.names))
    if twice := [name for name in wanted if wanted.count(name) > 1]:
        raise ConvistaError("scenes.sources.band_twice", band=twice[0])
    matches = [found.find(name) for name in wanted]
    if all(matches):
        return _without_doubt(found, [one for one in matches if one is not None])
    if any(one.named is NamedBy.FILE for one in found.candidates):
        missing = next(name for name, one in zip(wanted, matches, strict=True) if one is None)
        raise _no_such_band(found, missing)
    return _without_doubt(found, _assigned(found, wanted))


def _without_doubt(found: SourceBands, chosen: list[BandCandidate]) -> list[BandCandidate]:
    """See that of the files that are read, no band is left of which it cannot be told whether it is a mask."""
    read, files = {(one.file, one.index) for one in chosen}, {one.file for one in chosen}
    for one in found.candidates:
        if one.role is Role.UNCLEAR and one.file in files and (one.file, one.index) not in read:
            count = len(found.candidates)
            raise ConvistaError("scenes.sources.alpha_unclear", file=title(one.file), number=one.index, count=count)
    return chosen


def _assigned(found: SourceBands, names: list[str]) -> list[BandCandidate]:
    """Name bands that nobody named, in order."""
    candidates = [one for one in found.candidates if one.role is Role.BAND]
    if len(names) == len(found.candidates):
        candidates = list(found.candidates)
    if len(names) != len(candidates):
        raise ConvistaError(
            "scenes.sources.count_of_bands",
            source=found.name,
            count=len(candidates),
            names=len(names),
            bands=", ".join(one.name for one in candidates),
        )
    return [replace(one, name=name) for one, name in zip(candidates, names, strict=True)]


def _mapped(found: SourceBands, name: str, where: int | str | os.PathLike[str]) -> BandCandidate:
    """Return the band with a number, or of a file, under the name that a mapping gives it."""
    if isinstance(where, int):
        count = len(found.candidates)
        if not 1 <= where <= count:
            raise ConvistaError(
                "scenes.sources.no_such_number", band=name, number=where, source=found.name, count=count
            )
        return replace(found.candidates[where - 1], name=name)
    text = os.fspath(where)
    of_file = found.of_file(text)
    if len(of_file) > 1:
        raise ConvistaError("scenes.sources.not_one_band", file=text, count=len(of_file))
    if of_file:
        return replace(of_file[0], name=name)
    if match := found.find(text):
        return replace(match, name=name)
    file = text if is_remote(text) else existing((found.folder or Path()) / text)
    return replace(band_of_file(file, found.sensor), name=name)


def _no_such_band(found: SourceBands, name: str) -> ConvistaError:
    values = {"band": name, "scene": found.name, "bands": ", ".join(found.names)}
    if found.sensor is None and written_name(name) and any(written_id(one) for one in found.names):
        return ConvistaError("scenes.sources.sensor_needed", **values, count=len(found.names))
    return ConvistaError("scenes.no_such_band", **values, hint=hint(name, found.names))


def _opened(candidate: BandCandidate, header: Header, mask_number: int | None) -> BandCandidate:
    """Return a chosen band as the header of its file has it."""
    if candidate.is_only:
        candidate = opened_alone(candidate, header, mask_number)
    if candidate.part and not is_complex(header.dtypes[candidate.index - 1]):
        raise ConvistaError(
            "scenes.sources.not_complex", file=title(candidate.file), band=candidate.id, part=candidate.part
        )
    return candidate
