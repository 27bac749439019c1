"""The mask that a caller names: a band of the source, a number in each of its files, or another raster."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.masks import MaskBand, Role
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import InMemoryRaster
from convista.scenes.files.variables import header_of
from convista.scenes.sources.band_file import band_of_file
from convista.scenes.sources.candidates import BandCandidate, NamedBy, distinct, opened_alone
from convista.scenes.sources.source_bands import SourceBands
from convista.suggestions import hint

MaskRequest = int | str | os.PathLike[str] | InMemoryRaster


def masked_by(found: SourceBands, mask: MaskRequest | None) -> SourceBands:
    """Return what a source offers with what the caller says is a mask, see `open_scene`.

    Raises
    ------
    ConvistaError
        If it has no such band and there is no such file, or the file has several bands.
    """
    if mask is None:
        return found
    if isinstance(mask, InMemoryRaster):
        return replace(found, masks=(_only_band(band_of_file(mask, None)),))
    text = str(mask) if isinstance(mask, int) else os.fspath(mask)
    if text.isdecimal():
        return _numbered(found, int(text))
    of_file = found.of_file(text)
    named = of_file[0] if len(of_file) == 1 else found.find(text)
    if named is not None:
        its = _only_band(named)
        others = tuple(one for one in found.candidates if (one.file, one.index) != (named.file, named.index))
        return replace(found, candidates=(*others, replace(named, role=Role.MASK)), masks=(its,))
    places = (Path(text), (found.folder or Path()) / text)
    file = text if is_remote(text) else next((str(path) for path in places if path.is_file()), None)
    if file is None:
        raise no_such_mask(found, text)
    return replace(found, masks=(_only_band(band_of_file(file, None)),))


def no_such_mask(found: SourceBands, mask: object) -> ConvistaError:
    """Return the mistake of naming a mask that is not there."""
    near = hint(str(mask), found.names)
    return ConvistaError(
        "scenes.sources.no_such_mask", mask=mask, source=found.name, bands=", ".join(found.names), hint=near
    )


def _only_band(candidate: BandCandidate) -> MaskBand:
    if not candidate.is_only:
        return MaskBand(candidate.file, candidate.index)
    header = header_of(candidate.file)
    return MaskBand(candidate.file, opened_alone(candidate, header).index)


def _numbered(found: SourceBands, number: int) -> SourceBands:
    """Return what a source offers where the band with a number, in each file that has more than one, is a mask."""
    several = {one.file for one in found.candidates if one.index > 1}
    if number < 1 or not (several or any(one.is_only for one in found.candidates)):
        raise no_such_mask(found, number)
    candidates = [
        replace(one, role=Role.MASK) if one.file in several and one.index == number else one
        for one in found.candidates
    ]
    counts = Counter(one.file for one in candidates if one.role is not Role.MASK)
    named = [_by_file(one, found.sensor) if counts[one.file] == 1 else one for one in candidates]
    return replace(found, candidates=distinct(named), mask_number=number)


def _by_file(candidate: BandCandidate, sensor: str | None) -> BandCandidate:
    """Return a band that nobody named, but that is alone in its file beside a mask, under its file's name."""
    if candidate.named is not NamedBy.NOBODY or candidate.role is Role.MASK or candidate.is_only:
        return candidate
    named = band_of_file(candidate.file, sensor)
    return replace(named, index=candidate.index, is_only=False, masks=candidate.masks)
