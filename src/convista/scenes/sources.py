"""What a source offers: the bands of a raster, of a folder of one-band files, of a product, or of several such."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.candidates import (
    Named,
    Offer,
    distinct,
    finest,
    of_variable,
    one_and_its_mask,
    one_band,
    one_of_many,
)
from convista.scenes.bands.masks import MaskBand, Role, is_mask_name
from convista.scenes.bands.names import common_name, plain, written_id, written_sensor
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import Header, InMemoryRaster, RasterFile, basename, stem
from convista.scenes.files.variables import header_of, is_zarr, name_of, variables
from convista.scenes.products import sentinel2
from convista.suggestions import nearest

Source = str | os.PathLike[str] | InMemoryRaster | Sequence[str | os.PathLike[str]]


@dataclass(frozen=True)
class Sources:
    """The bands a source offers, and what is known of them together."""

    name: str
    sensor: str | None
    offers: tuple[Offer, ...]
    folder: Path | None = None
    """Where relative file names of a band mapping are looked for."""
    masks: tuple[MaskBand, ...] = ()
    """What the caller says hides all bands."""
    mask_number: int | None = None
    """Which band of each file that has more than one the caller says is a mask."""


def survey(source: Source, sensor: str | None) -> Sources:
    """Find the bands a source offers; a sensor given by the caller replaces the one its files state.

    Raises
    ------
    ConvistaError
        If there is nothing to open, or it cannot be told which file is which band.
    """
    if isinstance(source, InMemoryRaster):
        return _raster(source, sensor)
    if isinstance(source, str | os.PathLike):
        return _several(_listed(os.fspath(source)), sensor)
    return _several([os.fspath(one) for one in source], sensor)


def _single(text: str, sensor: str | None) -> Sources:
    """Find the bands of one path or URL."""
    if is_remote(text):
        return _raster(text, sensor)
    path = Path(text)
    if not _exists(text):
        raise ConvistaError("scenes.no_file", file=path, hint=_hint(path))
    if path.is_dir():
        return _folder(path, sensor)
    if sentinel2.is_metadata(path) and path.is_file():
        return _product(path, path.parent, sensor)
    return _raster(existing(path), sensor)


def existing(path: Path) -> str:
    """Return a file's path as text.

    Raises
    ------
    ConvistaError
        If there is no such file; the message names the nearest ones beside it.
    """
    if _exists(str(path)) and path.is_file():
        return str(path)
    raise ConvistaError("scenes.no_file", file=path, hint=_hint(path))


def _hint(path: Path) -> str:
    """Return the names beside a path that are nearest to it, as messages have them."""
    beside = [p.name for p in path.parent.iterdir()] if _exists(str(path.parent)) and path.parent.is_dir() else []
    return nearest(path.name, beside)


def _raster(file: RasterFile, sensor: str | None) -> Sources:
    header = header_of(file)
    sensor = sensor or written_sensor(basename(file))
    if header.is_store or not header.count:
        offers = _variables(file, header, sensor)
    elif header.count == 1:
        offers = (one_band(file, sensor, header),)
    else:
        offers = one_and_its_mask(file, header, sensor) or tuple(
            one_of_many(file, index, header, sensor) for index in range(1, header.count + 1)
        )
    return Sources(stem(file), sensor, distinct(offers))


def _variables(file: RasterFile, header: Header, sensor: str | None) -> tuple[Offer, ...]:
    """Return what the variables of a NetCDF file or a Zarr store offer."""
    found = variables(file, header)
    offers = [offer for name, its in found.items() for offer in of_variable(name_of(name), name, its, sensor)]
    masks = [offer for offer in offers if offer.role is Role.MASK]
    return _hidden_by(masks, [offer for offer in offers if offer not in masks])


def _hidden_by(masks: Sequence[Offer], offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return offers that masks of other files hide, and those of the masks, which may be asked for as bands."""
    bands = tuple(MaskBand(mask.file, mask.index) for mask in masks)
    return (*(replace(offer, masks=offer.masks + bands) for offer in offers), *masks)


def _listed(text: str) -> list[str]:
    """Return the sources in a list with commas; a name that has commas itself is one source where it exists."""
    parts = text.split(",")
    if len(parts) == 1 or _exists(text):
        return [text]
    joined = list(_existing_names(parts))
    return joined if any(_exists(name) for name in joined if name) or all(map(is_remote, joined)) else [text]


def _existing_names(parts: Sequence[str]) -> Iterator[str]:
    """Join neighbouring parts again that are one name of a file or folder, the longest first."""
    start = 0
    while start < len(parts):
        ends = range(len(parts), start + 1, -1)
        end = next((e for e in ends if _exists(",".join(parts[start:e]).strip())), start + 1)
        yield ",".join(parts[start:end]).strip()
        start = end


def _exists(name: str) -> bool:
    """Whether there is a file or folder; a list may be too long for a name."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _several(sources: list[str], sensor: str | None) -> Sources:
    """Join what several sources offer, each named as if it stood alone."""
    if not all(sources) or not sources:
        raise ConvistaError("scenes.no_files")
    if len(sources) == 1:
        return _single(sources[0], sensor)
    sensor = sensor or _agreed(written_sensor(basename(source)) for source in sources)
    found = [_single(source, sensor) for source in sources]
    apart = [one for one in found if _is_mask(one)]
    masks = [replace(one.offers[0], role=Role.MASK) for one in apart if len(apart) < len(found)]
    bands = [offer for one in found if not masks or one not in apart for offer in _with_a_name(one)]
    offers = _hidden_by(masks, bands)
    name = " + ".join(one.name for one in found[:3]) + (" + …" if len(found) > 3 else "")
    return Sources(name, _agreed(one.sensor for one in found), distinct(offers))


def _with_a_name(found: Sources) -> tuple[Offer, ...]:
    """Return the bands of one source among several: a single one that nobody named is named after its file."""
    first, *others = found.offers
    if others or first.named is not Named.NOBODY:
        return found.offers
    return (replace(first, name=found.name, id=found.name),)


def _is_mask(found: Sources) -> bool:
    """Whether one source among several is nothing but a mask of the others, by the name of its only band."""
    return len(found.offers) == 1 and (is_mask_name(found.name) or is_mask_name(found.offers[0].id))


def _folder(folder: Path, sensor: str | None) -> Sources:
    if is_zarr(folder):
        return _raster(str(folder), sensor)
    if metadata := sentinel2.find_metadata(folder):
        return _product(metadata, metadata.parent, sensor)
    if metadata := sentinel2.enclosing_metadata(folder):
        return _product(metadata, folder, sensor)
    found = [str(path) for path in sorted(folder.iterdir()) if _is_raster(path)]
    bands = [file for file in found if not _is_no_band(file)]
    if not bands:
        raise ConvistaError("scenes.empty_folder", folder=folder)
    sensor = sensor or _agreed(written_sensor(basename(file)) for file in bands)
    masks = _masks_beside(folder, [file for file in bands if is_mask_name(stem(file))])
    images = [file for file in bands if not is_mask_name(stem(file))] or bands
    # What products bring beside their bands is known; what else says no band should be seen to be left out.
    spare = [one_band(file, sensor) for file in found if _is_no_band(file) and not written_sensor(basename(file))]
    if len(images) == 1:
        alone = _raster(images[0], sensor)
        return replace(alone, offers=_hidden_by(masks, (*alone.offers, *map(_spare, spare))), folder=folder)
    offers = [one_band(file, sensor) for file in images]
    named = [offer for offer in offers if offer.named is Named.BY_FILE]
    spare += [offer for offer in offers if named and offer not in named]
    offered = (*finest(folder, named or offers), *map(_spare, spare))
    return Sources(folder.resolve().name, sensor, _hidden_by(masks, offered), folder)


def _spare(offer: Offer) -> Offer:
    return replace(offer, role=Role.SPARE)


def _masks_beside(folder: Path, files: Sequence[str]) -> tuple[Offer, ...]:
    """Return the offer of the mask that lies in a folder beside its bands; of several resolutions the finest."""
    return finest(folder, [Offer("dataMask", stem(file), file, role=Role.MASK, is_only=True) for file in files])


def _product(metadata: Path, folder: Path, sensor: str | None) -> Sources:
    """Find the bands of a product in its folder or one inside it."""
    product = metadata.absolute().parent
    calibrations = sentinel2.read_calibrations(metadata)
    offers = [
        Offer(common_name(band, "sentinel-2") or band, band, str(file), calibration=calibrations[plain(band)])
        for band, file in sentinel2.band_files(folder).items()
    ]
    if not offers:
        raise ConvistaError("scenes.empty_product", folder=folder)
    return Sources(product.resolve().name.removesuffix(".SAFE"), sensor or "sentinel-2", tuple(offers), folder)


def _agreed(sensors: Iterable[str | None]) -> str | None:
    """Return the one sensor that is known, or None."""
    known = set(sensors) - {None}
    return known.pop() if len(known) == 1 else None


_NO_BAND = re.compile(
    r"_(QA|BQA|SCL|TCI|AOT|WVP|PVI|VAA|VZA|SAA|SZA|ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD|MSK)(_|$)", re.IGNORECASE
)
_RASTER_SUFFIXES = (".tif", ".tiff", ".jp2", ".img", ".vrt", ".dat", ".bil", ".nc")


def _is_raster(path: Path) -> bool:
    return not path.name.startswith(".") and path.suffix.lower() in _RASTER_SUFFIXES


def _is_no_band(file: str) -> bool:
    """Whether a file's name says that it is something else about the pixels than a band."""
    return _NO_BAND.search(stem(file)) is not None and written_id(stem(file)) is None
