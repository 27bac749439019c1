"""What a source offers: the bands of a raster, of a folder or list of one-band files, or of a product."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes import landsat, sentinel2
from convista.scenes.bands import common_name, plain, written_id, written_name, written_sensor
from convista.scenes.calibration import Calibration
from convista.scenes.files import Header, InMemoryRaster, RasterFile, basename, read_header, stem
from convista.scenes.nearest import nearest

Source = str | os.PathLike[str] | InMemoryRaster | Sequence[str | os.PathLike[str]]


class Named(Enum):
    """Who named a band."""

    BY_FILE = "file"
    """The file's description or name, or the product it belongs to."""
    BY_COLOUR = "colour"
    """Only its colour interpretation, which GDAL gives to every byte raster of three or four bands."""
    NOBODY = "nobody"


@dataclass(frozen=True)
class Offer:
    """A band that a source has."""

    name: str
    id: str
    file: RasterFile
    index: int = 1
    named: Named = Named.BY_FILE
    is_alpha: bool = False
    calibration: Calibration = field(default=Calibration())


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
    if not isinstance(source, str | os.PathLike):
        return _files(basename(os.fspath(source[0])) if source else "", [os.fspath(s) for s in source], sensor)
    text = os.fspath(source)
    if is_remote(text):
        return _raster(text, sensor)
    path = Path(text)
    if path.is_dir():
        return _folder(path, sensor)
    if path.suffix.lower() == ".xml" and path.name.upper().startswith("MTD_MSIL"):
        return _product(path, sensor)
    return _raster(existing(path), sensor)


def is_remote(text: str) -> bool:
    """Whether a name is GDAL's or a URL rather than a path of this machine; one letter and a colon is a drive."""
    return re.match(r"/vsi|[A-Za-z][A-Za-z0-9+.-]+:", text) is not None


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
        offers = [_of_many(file, index, header, sensor) for index in range(1, header.count + 1)]
    return Sources(stem(file), sensor, _distinct(offers))


def _of_many(file: RasterFile, index: int, header: Header, sensor: str | None) -> Offer:
    description = (header.descriptions[index - 1] or "").strip()
    colour = header.colours[index - 1]
    if colour == "alpha":
        return Offer(description or "alpha", description or "alpha", file, index, Named.BY_COLOUR, is_alpha=True)
    if description:
        name, band_id = _names(description, sensor)
        return Offer(name, band_id, file, index)
    if colour in ("red", "green", "blue"):
        return Offer(colour, f"band{index}", file, index, Named.BY_COLOUR)
    return Offer(f"band{index}", f"band{index}", file, index, Named.NOBODY)


def _names(text: str, sensor: str | None) -> tuple[str, str]:
    """Return (name, id) of a band from what is written about it: a word that is a name counts before the id's."""
    band_id = written_id(text)
    known = written_name(text) or (common_name(band_id, sensor) if band_id else common_name(text, sensor))
    return known or band_id or text, band_id or text


def one_band(file: RasterFile, sensor: str | None, header: Header | None = None) -> Offer:
    """Return the offer of a one-band file, named by the file's name, or else by its description."""
    name = stem(file)
    if band_id := written_id(name):
        calibration = _landsat_calibration(file, band_id)
        return Offer(common_name(band_id, sensor) or band_id, band_id, file, calibration=calibration)
    polarisation = re.search(r"(?<![a-z])(vv|vh|hh|hv)(?![a-z])", name, re.IGNORECASE)
    if polarisation:
        return Offer(polarisation[1].upper(), polarisation[1], file)
    if common := written_name(name):
        return Offer(common, name, file)
    description = header.descriptions[0] if header else None
    if description:
        return Offer(*_names(description, sensor), file)
    return Offer("band1" if header else name, "band1" if header else name, file, named=Named.NOBODY)


def _landsat_calibration(file: RasterFile, band_id: str) -> Calibration:
    if isinstance(file, InMemoryRaster) or is_remote(file):
        return Calibration()
    metadata = landsat.find_mtl(Path(file))
    return landsat.calibration(landsat.read_mtl(metadata), band_id) if metadata else Calibration()


def _files(name: str, files: list[str], sensor: str | None) -> Sources:
    if not files:
        raise ConvistaError("scenes.no_files")
    paths = [file if is_remote(file) else existing(Path(file)) for file in files]
    if len(paths) == 1:
        return _raster(paths[0], sensor)
    sensor = sensor or _agreed_sensor(paths)
    return Sources(name, sensor, _distinct([one_band(path, sensor) for path in paths]))


def _folder(folder: Path, sensor: str | None) -> Sources:
    if metadata := sentinel2.find_metadata(folder):
        return _product(metadata, sensor)
    found = [str(p) for p in sorted(folder.iterdir()) if _is_raster(p)]
    if not found:
        raise ConvistaError("scenes.empty_folder", folder=folder)
    sensor = sensor or _agreed_sensor(found)
    offers = [one_band(path, sensor) for path in found]
    named = [offer for offer in offers if offer.named is Named.BY_FILE] or offers
    if len(offers) == 1:
        return replace(_raster(found[0], sensor), folder=folder)
    return Sources(folder.resolve().name, sensor, _finest(folder, named), folder)


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


def _agreed_sensor(paths: Sequence[str]) -> str | None:
    sensors = {written_sensor(basename(path)) for path in paths} - {None}
    return sensors.pop() if len(sensors) == 1 else None


def _finest(folder: Path, offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Keep one file a band: of names that differ only in ``_10m``, ``_20m``, ``_60m`` the finest."""
    kept: dict[str, Offer] = {}
    for offer in offers:
        key = offer.name.lower()
        if key not in kept:
            kept[key] = offer
            continue
        one, other = kept[key], offer
        if _without_metres(one.file) != _without_metres(other.file):
            files = f"{basename(one.file)}, {basename(other.file)}"
            raise ConvistaError("scenes.several_files", folder=folder, band=offer.name, files=files)
        kept[key] = min(one, other, key=lambda o: _metres(o.file))
    return tuple(sorted(kept.values(), key=lambda o: _order(o.id)))


def _metres(file: RasterFile) -> int:
    found = re.search(r"_(\d\d)m$", stem(file))
    return int(found[1]) if found else 0


def _without_metres(file: RasterFile) -> str:
    return re.sub(r"_\d\dm$", "", stem(file)).lower()


def _order(band_id: str) -> tuple[int, str]:
    """Sort B2 before B10, and B8 before B8A before B9."""
    number = re.match(r"b(\d+)", plain(band_id))
    return (int(number[1]) if number else 99), plain(band_id)


def _distinct(offers: list[Offer]) -> tuple[Offer, ...]:
    """Give bands that share a name their ids instead, and their numbers where those are shared too."""
    for label in ("id", "index"):
        names = [offer.name.lower() for offer in offers]
        offers = [
            o if names.count(o.name.lower()) == 1 else replace(o, name=o.id if label == "id" else f"band{o.index}")
            for o in offers
        ]
    return tuple(offers)


_NO_BAND = re.compile(
    r"_(QA|SCL|TCI|AOT|WVP|PVI|VAA|VZA|SAA|SZA|ATRAN|CDIST|DRAD|EMIS|EMSD|TRAD|URAD|MSK)(_|$)", re.IGNORECASE
)
_RASTER_SUFFIXES = (".tif", ".tiff", ".jp2", ".img", ".vrt", ".dat", ".bil", ".nc")


def _is_raster(path: Path) -> bool:
    hidden = path.name.startswith(".")
    return not hidden and path.suffix.lower() in _RASTER_SUFFIXES and not _NO_BAND.search(path.stem)
