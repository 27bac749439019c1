"""The bands of a folder: files of one band each, whose names say which; or a product, or a Zarr store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.masks import Role, is_mask_name
from convista.scenes.bands.sensors import normalised_id, written_sensor
from convista.scenes.bands.written_names import written_id
from convista.scenes.files.raster_file import RasterFile, basename, stem
from convista.scenes.files.variables import is_zarr
from convista.scenes.products import sentinel2
from convista.scenes.sources.band_file import band_of_file
from convista.scenes.sources.candidates import BandCandidate, NamedBy, hidden_by
from convista.scenes.sources.raster import bands_of_raster
from convista.scenes.sources.safe import bands_of_product
from convista.scenes.sources.source_bands import SourceBands, agreed

_NO_BAND = re.compile(
    r"_(QA|BQA|SCL|TCI|AOT|WVP|PVI|VAA|VZA|SAA|SZA|ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD|MSK)(_|$)", re.IGNORECASE
)
_RASTER_SUFFIXES = (".tif", ".tiff", ".jp2", ".img", ".vrt", ".dat", ".bil", ".nc")


def bands_of_folder(folder: Path, sensor: str | None) -> SourceBands:
    """Find the bands in a folder.

    Raises
    ------
    ConvistaError
        If there are none, it cannot be told which file is which band, or a product in it is not whole.
    """
    if is_zarr(folder):
        return bands_of_raster(str(folder), sensor)
    if metadata := sentinel2.find_metadata(folder):
        return bands_of_product(metadata, metadata.parent, sensor)
    if metadata := sentinel2.enclosing_metadata(folder):
        return bands_of_product(metadata, folder, sensor)
    found = [str(path) for path in sorted(folder.iterdir()) if _is_raster(path)]
    bands = [file for file in found if not _is_no_band(file)]
    if not bands:
        raise ConvistaError("scenes.empty_folder", folder=folder)
    sensor = sensor or agreed(written_sensor(basename(file)) for file in bands)
    masks = _masks_beside(folder, [file for file in bands if is_mask_name(stem(file))])
    images = [file for file in bands if not is_mask_name(stem(file))] or bands
    # What products bring beside their bands is known; what else says no band should be seen to be left out.
    spare = [
        band_of_file(file, sensor) for file in found if _is_no_band(file) and not written_sensor(basename(file))
    ]
    if len(images) == 1:
        alone = bands_of_raster(images[0], sensor)
        return replace(alone, candidates=hidden_by(masks, (*alone.candidates, *map(_spare, spare))), folder=folder)
    candidates = [band_of_file(file, sensor) for file in images]
    named = [one for one in candidates if one.named is NamedBy.FILE]
    spare += [one for one in candidates if named and one not in named]
    offered = (*_finest(folder, named or candidates), *map(_spare, spare))
    return SourceBands(folder.resolve().name, sensor, hidden_by(masks, offered), folder)


def _spare(candidate: BandCandidate) -> BandCandidate:
    return replace(candidate, role=Role.SPARE)


def _masks_beside(folder: Path, files: Sequence[str]) -> tuple[BandCandidate, ...]:
    """Return the mask that lies in a folder beside its bands; of several resolutions the finest."""
    masks = [BandCandidate("dataMask", stem(file), file, role=Role.MASK, is_only=True) for file in files]
    return _finest(folder, masks)


def _finest(folder: Path, candidates: Sequence[BandCandidate]) -> tuple[BandCandidate, ...]:
    """Keep one file a band: of names that differ only in ``_10m``, ``_20m``, ``_60m`` the finest."""
    kept: dict[str, BandCandidate] = {}
    for candidate in candidates:
        key = candidate.name.lower()
        if key not in kept:
            kept[key] = candidate
            continue
        one, other = kept[key], candidate
        if _without_metres(one.file) != _without_metres(other.file):
            files = f"{basename(one.file)}, {basename(other.file)}"
            raise ConvistaError("scenes.sources.several_files", folder=folder, band=candidate.name, files=files)
        kept[key] = min(one, other, key=lambda c: _metres(c.file))
    return tuple(sorted(kept.values(), key=lambda c: _order(c.id)))


def _metres(file: RasterFile) -> int:
    found = re.search(r"_(\d\d)m$", stem(file))
    return int(found[1]) if found else 0


def _without_metres(file: RasterFile) -> str:
    return re.sub(r"_\d\dm$", "", stem(file)).lower()


def _order(band_id: str) -> tuple[int, str]:
    """Sort B2 before B10, and B8 before B8A before B9."""
    number = re.match(r"b(\d+)", normalised_id(band_id))
    return (int(number[1]) if number else 99), normalised_id(band_id)


def _is_raster(path: Path) -> bool:
    return not path.name.startswith(".") and path.suffix.lower() in _RASTER_SUFFIXES


def _is_no_band(file: str) -> bool:
    """Whether a file's name says that it is something else about the pixels than a band."""
    return _NO_BAND.search(stem(file)) is not None and written_id(stem(file)) is None
