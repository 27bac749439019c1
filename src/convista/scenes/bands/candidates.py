"""Offers: the bands that files have, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.masks import ALPHA, MaskBand, Role, is_mask_name, masks_of_one, role
from convista.scenes.bands.names import common_name, plain, written_id, written_name, written_polarisation
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import Header, InMemoryRaster, RasterFile, basename, stem, title
from convista.scenes.files.variables import listed
from convista.scenes.products import landsat, sentinel2
from convista.scenes.products.calibration import Calibration


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
    role: Role = Role.BAND
    is_only: bool = False
    """Whether its file, which nobody has opened yet, is taken to have no other band."""
    part: str | None = None
    """Which of `complex_parts.PARTS` was asked for."""
    calibration: Calibration = field(default=Calibration())
    masks: tuple[MaskBand, ...] = ()
    """Those that hide it besides the masks in its own file."""


def one_of_many(file: RasterFile, index: int, header: Header, sensor: str | None) -> Offer:
    """Return the offer of one band of a file with several, named by its description, or else by its colour."""
    description = (header.descriptions[index - 1] or "").strip()
    colour = header.colours[index - 1]
    its_role = role(file, index, header)
    if its_role is not Role.BAND:
        name = description or (ALPHA if colour == ALPHA else "mask")
        return Offer(name, name, file, index, Named.BY_COLOUR, its_role)
    if description:
        name, band_id = _names(description, sensor)
        return Offer(name, band_id, file, index)
    if colour in ("red", "green", "blue"):
        return Offer(colour, f"band{index}", file, index, Named.BY_COLOUR)
    return Offer(f"band{index}", ALPHA if colour == ALPHA else f"band{index}", file, index, Named.NOBODY)


def one_and_its_mask(file: RasterFile, header: Header, sensor: str | None) -> tuple[Offer, ...]:
    """Return what a file of two bands offers if its name says that it is one band and the other is its mask."""
    named = one_band(file, sensor)
    if header.count != 2 or named.named is not Named.BY_FILE or any(header.descriptions):
        return ()
    masks = masks_of_one(file, header)
    if len(masks) != 1:
        return ()
    mask = Offer("mask", "mask", file, masks[0], Named.BY_COLOUR, Role.MASK)
    return replace(named, index=3 - masks[0], is_only=False), mask


def opened_alone(offer: Offer, header: Header, number: int | None = None) -> Offer:
    """Return an offer of a file that was taken to have one band, now that its header is known.

    Parameters
    ----------
    offer, header
        The offer, and its file's header.
    number
        Which band of the file is a mask, as the caller says.

    Raises
    ------
    ConvistaError
        If other bands than one remain beside those that are masks.
    """
    if not header.count:
        raise ConvistaError("scenes.only_variables", file=title(offer.file), variables=listed(header.variables))
    of_file = masks_of_one(offer.file, header) if header.count > 1 else ()
    masks = of_file if number is None else tuple({*of_file, number} & set(range(2, header.count + 1)))
    rest = sorted(set(range(1, header.count + 1)) - set(masks))
    if len(rest) != 1:
        raise ConvistaError("scenes.bands.not_one_band", file=title(offer.file), count=header.count)
    own = tuple(MaskBand(offer.file, n) for n in masks)
    return replace(offer, index=rest[0], is_only=False, masks=offer.masks + own)


def of_variable(name: str, file: str, header: Header, sensor: str | None) -> list[Offer]:
    """Return the offers of one variable of a file with several: a band, or one for each step of its other axes."""
    if is_mask_name(name) and header.count == 1:
        return [Offer(name, name, file, named=Named.BY_COLOUR, role=Role.MASK)]
    if header.count == 1:
        return [Offer(*_names(name, sensor), file)]
    return [Offer(f"{name}_{n}", f"{name}_{n}", file, n) for n in range(1, header.count + 1)]


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
        calibration = _calibration(file, band_id)
        return Offer(common_name(band_id, sensor) or band_id, band_id, file, calibration=calibration)
    if polarisation := written_polarisation(name):
        return Offer(polarisation, polarisation, file)
    if common := written_name(name):
        return Offer(common, name, file)
    description = header.descriptions[0] if header else None
    if description:
        return Offer(*_names(description, sensor), file)
    return Offer("band1" if header else name, "band1" if header else name, file, named=Named.NOBODY)


def _calibration(file: RasterFile, band_id: str) -> Calibration:
    """Return what the metadata of the product that a band file belongs to say of it."""
    if isinstance(file, InMemoryRaster) or is_remote(file):
        return Calibration()
    if metadata := landsat.find_mtl(Path(file)):
        return landsat.read_calibration(metadata, band_id)
    if sentinel2.is_delivered(basename(file)) and (metadata := sentinel2.enclosing_metadata(Path(file))):
        return sentinel2.read_calibrations(metadata).get(plain(band_id), Calibration())
    return Calibration()


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
            raise ConvistaError("scenes.bands.several_files", folder=folder, band=offer.name, files=files)
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
