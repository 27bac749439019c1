"""What a source offers: the bands of a raster, of a folder of one-band files, of a product, or of several such."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes import sentinel2
from convista.scenes.bands import common_name, plain, written_sensor
from convista.scenes.files import InMemoryRaster, RasterFile, basename, read_header, stem
from convista.scenes.formats import is_remote
from convista.scenes.nearest import nearest
from convista.scenes.offers import Named, Offer, distinct, finest, one_band, one_of_many

Source = str | os.PathLike[str] | InMemoryRaster | Sequence[str | os.PathLike[str]]


@dataclass(frozen=True)
class Sources:
    """The bands a source offers, and what is known of them together."""

    name: str
    sensor: str | None
    offers: tuple[Offer, ...]
    folder: Path | None = None
    """Where relative file names of a band mapping are looked for."""


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
    if path.is_dir():
        return _folder(path, sensor)
    if path.suffix.lower() == ".xml" and path.name.upper().startswith("MTD_MSIL"):
        return _product(path, sensor)
    return _raster(existing(path), sensor)


def existing(path: Path) -> str:
    """Return a file's path as text.

    Raises
    ------
    ConvistaError
        If there is no such file; the message names the nearest ones beside it.
    """
    if path.is_file():
        return str(path)
    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    raise ConvistaError("scenes.no_file", file=path, hint=nearest(path.name, beside))


def _raster(file: RasterFile, sensor: str | None) -> Sources:
    header = read_header(file)
    sensor = sensor or written_sensor(basename(file))
    if header.count == 1:
        offers = [one_band(file, sensor, header)]
    else:
        offers = [one_of_many(file, index, header, sensor) for index in range(1, header.count + 1)]
    return Sources(stem(file), sensor, distinct(offers))


def _listed(text: str) -> list[str]:
    """Return the sources in a list with commas; the text alone where it names one, which may have commas too."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 or Path(text).exists():
        return [text]
    return parts if any(Path(part).exists() for part in parts if part) or all(map(is_remote, parts)) else [text]


def _several(sources: list[str], sensor: str | None) -> Sources:
    """Join what several sources offer, each named as if it stood alone."""
    if not all(sources) or not sources:
        raise ConvistaError("scenes.no_files")
    if len(sources) == 1:
        return _single(sources[0], sensor)
    sensor = sensor or _agreed(written_sensor(basename(source)) for source in sources)
    found = [_single(source, sensor) for source in sources]
    offers = [offer for one in found for offer in _with_a_name(one)]
    name = " + ".join(one.name for one in found[:3]) + (" + …" if len(found) > 3 else "")
    return Sources(name, _agreed(one.sensor for one in found), distinct(offers))


def _with_a_name(found: Sources) -> tuple[Offer, ...]:
    """Return the bands of one source among several: a single one that nobody named is named after its file."""
    first, *others = found.offers
    if others or first.named is not Named.NOBODY:
        return found.offers
    return (replace(first, name=found.name, id=found.name),)


def _folder(folder: Path, sensor: str | None) -> Sources:
    if metadata := sentinel2.find_metadata(folder):
        return _product(metadata, sensor)
    found = [str(p) for p in sorted(folder.iterdir()) if _is_raster(p)]
    if not found:
        raise ConvistaError("scenes.empty_folder", folder=folder)
    sensor = sensor or _agreed(written_sensor(basename(path)) for path in found)
    offers = [one_band(path, sensor) for path in found]
    named = [offer for offer in offers if offer.named is Named.BY_FILE] or offers
    if len(offers) == 1:
        return replace(_raster(found[0], sensor), folder=folder)
    return Sources(folder.resolve().name, sensor, finest(folder, named), folder)


def _product(metadata: Path, sensor: str | None) -> Sources:
    product = metadata.parent
    calibrations = sentinel2.read_calibrations(metadata)
    offers = [
        Offer(common_name(band, "sentinel-2") or band, band, str(file), calibration=calibrations[plain(band)])
        for band, file in sentinel2.band_files(product).items()
    ]
    if not offers:
        raise ConvistaError("scenes.empty_product", folder=product)
    return Sources(product.resolve().name.removesuffix(".SAFE"), sensor or "sentinel-2", tuple(offers), product)


def _agreed(sensors: Iterable[str | None]) -> str | None:
    """Return the one sensor that is known, or None."""
    known = set(sensors) - {None}
    return known.pop() if len(known) == 1 else None


_NO_BAND = re.compile(
    r"_(QA|SCL|TCI|AOT|WVP|PVI|VAA|VZA|SAA|SZA|ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD|MSK)(_|$)", re.IGNORECASE
)
_RASTER_SUFFIXES = (".tif", ".tiff", ".jp2", ".img", ".vrt", ".dat", ".bil", ".nc")


def _is_raster(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return not hidden and path.suffix.lower() in _RASTER_SUFFIXES and not _NO_BAND.search(path.stem)
