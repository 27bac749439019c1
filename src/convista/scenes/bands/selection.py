"""Selection: which of the bands that a source offers are read, and which of them hide others."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from convista.errors import ConvistaError, ConvistaWarning
from convista.scenes.bands.candidates import Named, Offer, distinct, one_band, opened_alone
from convista.scenes.bands.masks import ALPHA, MaskBand, Role
from convista.scenes.bands.names import named_as, position_of, written_id, written_name
from convista.scenes.files.complex_parts import asked_part
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import Header, InMemoryRaster, RasterFile, basename, stem, title
from convista.scenes.files.variables import header_of, listed
from convista.scenes.sources import Sources, existing
from convista.suggestions import nearest

Bands = str | Sequence[str] | Mapping[str, int | str | os.PathLike[str]]
Mask = int | str | os.PathLike[str] | InMemoryRaster


def chosen(found: Sources, bands: Bands | None) -> list[Offer]:
    """Return the offers that a caller means by `bands`, see `open_scene`, in order.

    Raises
    ------
    ConvistaError
        If there is no such band, one is asked for twice, or it cannot be told which is which.
    """
    if bands is None:
        return _decided(found, [offer for offer in found.offers if offer.role is Role.BAND])
    if isinstance(bands, Mapping):
        return _decided(found, [_mapped(found, name, where) for name, where in bands.items()])
    wanted = [name.strip() for name in (bands.split(",") if isinstance(bands, str) else bands)]
    if not all(wanted) or not wanted:
        raise ConvistaError("scenes.bands.bands_empty", bands=", ".join(offer.name for offer in found.offers))
    if twice := [name for name in wanted if wanted.count(name) > 1]:
        raise ConvistaError("scenes.bands.band_twice", band=twice[0])
    matches = [_match(found, name) for name in wanted]
    if all(matches):
        return _decided(found, [offer for offer in matches if offer is not None])
    if any(offer.named is Named.BY_FILE for offer in found.offers):
        missing = next(name for name, offer in zip(wanted, matches, strict=True) if offer is None)
        raise _no_such_band(found, missing)
    return _decided(found, _assigned(found, wanted))


def masked_by(found: Sources, mask: Mask | None) -> Sources:
    """Return what a source offers with what the caller says is a mask, see `open_scene`.

    Raises
    ------
    ConvistaError
        If it has no such band and there is no such file, or the file has several bands.
    """
    if mask is None:
        return found
    if isinstance(mask, InMemoryRaster):
        return replace(found, masks=(_only_band(one_band(mask, None)),))
    text = str(mask) if isinstance(mask, int) else os.fspath(mask)
    if text.isdecimal():
        return _numbered(found, int(text))
    of_file = [offer for offer in found.offers if text in (title(offer.file), basename(offer.file))]
    named = of_file[0] if len(of_file) == 1 else _match(found, text)
    if named is not None:
        its = _only_band(named)
        others = tuple(offer for offer in found.offers if (offer.file, offer.index) != (named.file, named.index))
        return replace(found, offers=(*others, replace(named, role=Role.MASK)), masks=(its,))
    places = (Path(text), (found.folder or Path()) / text)
    file = text if is_remote(text) else next((str(path) for path in places if path.is_file()), None)
    if file is None:
        raise no_such_mask(found, text)
    return replace(found, masks=(_only_band(one_band(file, None)),))


def masks_of(offer: Offer, offers: Sequence[Offer], found: Sources) -> tuple[MaskBand, ...]:
    """Return the masks of a chosen band: its own, the caller's, and those in its file that are no chosen bands."""
    read = {(one.file, one.index) for one in offers}
    beside = (
        MaskBand(one.file, one.index)
        for one in found.offers
        if one.role is Role.MASK and one.file == offer.file and (one.file, one.index) not in read
    )
    return tuple(dict.fromkeys((*beside, *offer.masks, *found.masks)))


def no_such_mask(found: Sources, mask: object) -> ConvistaError:
    """Return the mistake of naming a mask that is not there."""
    names = [offer.name for offer in found.offers]
    hint = nearest(str(mask), names)
    return ConvistaError(
        "scenes.bands.no_such_mask", mask=mask, source=found.name, bands=", ".join(names), hint=hint
    )


def notes_on(
    found: Sources, offers: Sequence[Offer], headers: Mapping[RasterFile, Header], *, named: bool
) -> Iterator[ConvistaWarning]:
    """Tell what was understood of a source that its files do not say.

    Parameters
    ----------
    found, offers, headers
        The source, its bands that are read, and their files' headers.
    named
        Whether the caller named those bands.
    """
    for file, header in headers.items():
        if header.count and header.variables:
            yield ConvistaWarning("scenes.bands.more_inside", file=title(file), others=listed(header.variables))
    spare = [basename(offer.file) for offer in found.offers if offer.role is Role.SPARE]
    if spare and not named:
        yield ConvistaWarning("scenes.bands.left_out", folder=found.name, files=listed(spare), name=stem(spare[0]))
    for offer in offers:
        if offer.id == ALPHA and not named:
            yield ConvistaWarning(
                "scenes.bands.alpha_is_band", file=title(offer.file), number=offer.index, band=offer.name
            )
        if offer.name.lower() == "mask" and not named:
            yield ConvistaWarning("scenes.bands.mask_is_band", file=title(offer.file), band=offer.name)
    tacit = [
        offer
        for offer in offers
        if _are_undescribed(headers[offer.file])
        and MaskBand(offer.file, 3 - offer.index) in masks_of(offer, offers, found)
    ]
    if tacit and found.mask_number is None:
        yield ConvistaWarning("scenes.bands.second_is_mask", file=basename(tacit[0].file), count=len(tacit))


def _are_undescribed(header: Header) -> bool:
    """Whether only their values can tell of two bands that one is the mask of the other."""
    return header.count == 2 and not any(header.descriptions) and header.alpha is None


def _decided(found: Sources, offers: list[Offer]) -> list[Offer]:
    """See that of the files that are read, no band is left of which it cannot be told whether it is a mask."""
    read, files = {(offer.file, offer.index) for offer in offers}, {offer.file for offer in offers}
    for offer in found.offers:
        if offer.role is Role.UNCLEAR and offer.file in files and (offer.file, offer.index) not in read:
            names = [one.name for one in found.offers]
            raise ConvistaError(
                "scenes.bands.alpha_unclear", file=title(offer.file), number=offer.index, count=len(names)
            )
    return offers


def _only_band(offer: Offer) -> MaskBand:
    if not offer.is_only:
        return MaskBand(offer.file, offer.index)
    header = header_of(offer.file)
    return MaskBand(offer.file, opened_alone(offer, header).index)


def _numbered(found: Sources, number: int) -> Sources:
    """Return what a source offers where the band with a number, in each file that has more than one, is a mask."""
    several = {offer.file for offer in found.offers if offer.index > 1}
    if number < 1 or not (several or any(offer.is_only for offer in found.offers)):
        raise no_such_mask(found, number)
    offers = [
        replace(offer, role=Role.MASK) if offer.file in several and offer.index == number else offer
        for offer in found.offers
    ]
    counts = Counter(offer.file for offer in offers if offer.role is not Role.MASK)
    named = (_by_file(offer, found.sensor) if counts[offer.file] == 1 else offer for offer in offers)
    return replace(found, offers=distinct(list(named)), mask_number=number)


def _by_file(offer: Offer, sensor: str | None) -> Offer:
    """Return a band that nobody named, but that is alone in its file beside a mask, under its file's name."""
    if offer.named is not Named.NOBODY or offer.role is Role.MASK or offer.is_only:
        return offer
    return replace(one_band(offer.file, sensor), index=offer.index, is_only=False, masks=offer.masks)


def _match(found: Sources, name: str) -> Offer | None:
    """Return the offer that a name means, under the name it was asked by if that is a common name."""
    position = position_of(name, found.offers, found.sensor)
    if position is not None:
        offer = found.offers[position]
        return replace(offer, name=named_as(name, offer))
    band, part = asked_part(name)
    whole = _match(found, band) if part else None
    return replace(whole, name=f"{whole.name}_{part}", part=part) if whole else None


def _assigned(found: Sources, names: list[str]) -> list[Offer]:
    """Name bands that nobody named, in order."""
    offers = [offer for offer in found.offers if offer.role is Role.BAND]
    if len(names) == len(found.offers):
        offers = list(found.offers)
    if len(names) != len(offers):
        raise ConvistaError(
            "scenes.bands.count_of_bands",
            source=found.name,
            count=len(offers),
            names=len(names),
            bands=", ".join(offer.name for offer in offers),
        )
    return [replace(offer, name=name) for offer, name in zip(offers, names, strict=True)]


def _mapped(found: Sources, name: str, where: int | str | os.PathLike[str]) -> Offer:
    if isinstance(where, int):
        if not 1 <= where <= len(found.offers):
            raise ConvistaError(
                "scenes.bands.no_such_number", band=name, number=where, source=found.name, count=len(found.offers)
            )
        return replace(found.offers[where - 1], name=name)
    text = os.fspath(where)
    of_file = [offer for offer in found.offers if text in (title(offer.file), basename(offer.file))]
    if len(of_file) > 1:
        raise ConvistaError("scenes.bands.not_one_band", file=text, count=len(of_file))
    if of_file:
        return replace(of_file[0], name=name)
    if match := _match(found, text):
        return replace(match, name=name)
    file = text if is_remote(text) else existing((found.folder or Path()) / text)
    return replace(one_band(file, found.sensor), name=name)


def _no_such_band(found: Sources, name: str) -> ConvistaError:
    names = [offer.name for offer in found.offers]
    values = {"band": name, "scene": found.name, "bands": ", ".join(names)}
    if found.sensor is None and written_name(name) and any(written_id(offer.name) for offer in found.offers):
        return ConvistaError("scenes.bands.sensor_needed", **values)
    return ConvistaError("scenes.no_such_band", **values, hint=nearest(name, names))
