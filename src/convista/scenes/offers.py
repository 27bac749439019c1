"""Offers: the bands that files have, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes import landsat
from convista.scenes.bands import common_name, plain, written_id, written_name
from convista.scenes.calibration import Calibration
from convista.scenes.files import Header, InMemoryRaster, RasterFile, basename, stem
from convista.scenes.formats import is_remote


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
    is_only: bool = False
    """Whether its file, which nobody has opened yet, is taken to have no other band."""
    part: str | None = None
    """Which of `complex_parts.PARTS` was asked for."""
    calibration: Calibration = field(default=Calibration())


def one_of_many(file: RasterFile, index: int, header: Header, sensor: str | None) -> Offer:
    """Return the offer of one band of a file with several, named by its description, or else by its colour."""
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
    return replace(_one_band(file, sensor, header), is_only=header is None)


def _one_band(file: RasterFile, sensor: str | None, header: Header | None) -> Offer:
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


def finest(folder: Path, offers: Sequence[Offer]) -> tuple[Offer, ...]:
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


def distinct(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Give bands that share a name their ids instead; or, shared too, the file's name besides; or their numbers."""
    other_names: tuple[Callable[[int, Offer], str], ...] = (
        lambda _, offer: offer.id,
        lambda _, offer: f"{offer.name}_{stem(offer.file)}",
        lambda number, _: f"band{number}",
    )
    for other_name in other_names:
        names = [offer.name.lower() for offer in offers]
        offers = [
            offer if names.count(offer.name.lower()) == 1 else replace(offer, name=other_name(number, offer))
            for number, offer in enumerate(offers, 1)
        ]
    return tuple(offers)
