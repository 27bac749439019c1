"""Opening a scene: which bands, from which files, on which grid, with which factors."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path

from convista.errors import ConvistaError, note
from convista.scenes.bands import Band, named_as, position_of, sensor_named, written_id, written_name
from convista.scenes.complex_parts import PARTS, USUAL, asked_part, is_complex
from convista.scenes.files import Header, InMemoryRaster, basename, read_header, title
from convista.scenes.formats import holding_their_pixels, is_remote
from convista.scenes.grid import finest
from convista.scenes.layers import Layer, LayerReader
from convista.scenes.nearest import nearest
from convista.scenes.offers import Named, Offer, one_band
from convista.scenes.scene import Scene
from convista.scenes.sources import Source, Sources, existing, survey

Bands = str | Sequence[str] | Mapping[str, int | str | os.PathLike[str]]
PerBand = float | Sequence[float] | Mapping[str, float]


def open_scene(
    source: Source,
    bands: Bands | None = None,
    sensor: str | None = None,
    *,
    scale: PerBand | None = None,
    offset: PerBand | None = None,
    nodata: PerBand | None = None,
    resolution: float | tuple[float, float] | None = None,
    trusted: bool = True,
) -> Scene:
    """Open satellite imagery. Only headers and metadata are read.

    Parameters
    ----------
    source
        One raster with several bands; a folder of one-band files, whose names say which band each is (Sentinel-2,
        Landsat Collection 2, plain names such as ``red.tif``); a Sentinel-2 SAFE product; or several of these, such
        as a radar and an optical image, as a list or as text with commas. Bands of several that share a name and an
        id are told apart by their files: ``"VV_may"``, ``"VV_june"``.
    bands
        The bands wanted, in order; None for all. A list selects by common name or sensor id (``"red"``, ``"B04"``)
        where the source names its bands, and gives names in order where it does not; then it must name them all.
        (GDAL calls the bands of any byte raster of three or four bands red, green, blue, alpha: a full list with
        other names replaces those.) A mapping gives each name a band number, from 1 and on through all files, or
        a one-band file. Text is read as a list with commas. A band of complex numbers, such as ``"VV"`` of a radar
        image before detection, is read as its intensity in dB, and as ``"VV_amplitude"``, ``"VV_phase"``,
        ``"VV_real"``, ``"VV_imaginary"`` if asked so.
    sensor
        ``"sentinel-2"``, ``"landsat-8"`` …: what the ids mean, and what a run is checked against. Needed where no
        official product name states it; a file that somebody named ``landsat8.tif`` does not.
    scale, offset
        Scaled value = raw · scale + offset: one number, one a band, or a mapping by name. They replace what the
        metadata says; without either, 1 and 0. Nothing is guessed from the values.
    nodata
        A raw value that means no datum, besides those the files declare; given like `scale`.
    resolution
        Side of a pixel in the units of the CRS, or (across, down). None for that of the finest chosen band.
    trusted
        Whether the source may be, by its name, a virtual raster, an address or what else reads from elsewhere;
        False for a name that comes from somebody else, see docs/trust.md.

    Returns
    -------
    The scene, on the grid of its finest band. Bands with another grid are resampled while they are read: bilinear
    onto finer pixels, their average onto coarser ones. (A phase, which is no quantity to average, is best read as
    real and imaginary part then.)

    Raises
    ------
    ConvistaError
        If there is no such file or band, it cannot be told which band is which, a scale is 0 or a factor not
        finite, or a file reads from elsewhere and does not say so by its name, or may not.
    """
    with holding_their_pixels(alone=not trusted):
        found = survey(source, sensor_named(sensor) if sensor else None)
        offers = _chosen(found, bands)
        headers = {file: read_header(file) for file in dict.fromkeys(offer.file for offer in offers)}
    for offer in offers:
        _check(offer, headers[offer.file])
    names = [offer.name for offer in offers]
    scales, offsets, nodatas = (
        _per_band(what, given, names) for what, given in (("scale", scale), ("offset", offset), ("nodata", nodata))
    )
    layers = [
        layer_of(offer, headers[offer.file], *factors)
        for offer, *factors in zip(offers, scales, offsets, nodatas, strict=True)
    ]
    grid = finest([layer.grid for layer in layers])
    for layer in layers:
        if not layer.grid.same_as(grid):
            layer.grid.check_placed()
    if grid.tie is not None:
        error = grid.tie.error()
        note(error.key, **error.values)
    reader = LayerReader(layers, grid if resolution is None else grid.resampled(resolution))
    return Scene(found.name, _as_text(source), found.sensor, reader)


def _chosen(found: Sources, bands: Bands | None) -> list[Offer]:
    if bands is None:
        return [offer for offer in found.offers if not offer.is_alpha]
    if isinstance(bands, Mapping):
        return [_mapped(found, name, where) for name, where in bands.items()]
    wanted = [name.strip() for name in (bands.split(",") if isinstance(bands, str) else bands)]
    if not all(wanted) or not wanted:
        raise ConvistaError("scenes.bands_empty", bands=", ".join(offer.name for offer in found.offers))
    if twice := [name for name in wanted if wanted.count(name) > 1]:
        raise ConvistaError("scenes.band_twice", band=twice[0])
    matches = [_match(found, name) for name in wanted]
    if all(matches):
        return [offer for offer in matches if offer is not None]
    if any(offer.named is Named.BY_FILE for offer in found.offers):
        missing = next(name for name, offer in zip(wanted, matches, strict=True) if offer is None)
        raise _no_such_band(found, missing)
    return _assigned(found, wanted)


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
    offers = [offer for offer in found.offers if not offer.is_alpha]
    if len(names) == len(found.offers):
        offers = list(found.offers)
    if len(names) != len(offers):
        raise ConvistaError(
            "scenes.count_of_bands",
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
                "scenes.no_such_number", band=name, number=where, source=found.name, count=len(found.offers)
            )
        return replace(found.offers[where - 1], name=name)
    text = os.fspath(where)
    of_file = [offer for offer in found.offers if text in (title(offer.file), basename(offer.file))]
    if len(of_file) > 1:
        raise ConvistaError("scenes.not_one_band", file=text, count=len(of_file))
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
        return ConvistaError("scenes.sensor_needed", **values)
    return ConvistaError("scenes.no_such_band", **values, hint=nearest(name, names))


def _check(offer: Offer, header: Header) -> None:
    if offer.is_only and header.count > 1:
        raise ConvistaError("scenes.not_one_band", file=title(offer.file), count=header.count)
    if offer.part and not is_complex(header.dtypes[offer.index - 1]):
        raise ConvistaError("scenes.not_complex", file=title(offer.file), band=offer.id, part=offer.part)


def layer_of(
    offer: Offer, header: Header, scale: float | None, offset: float | None, nodata: float | None
) -> Layer:
    """Return where an offer's raw values lie and what they mean; factors that are given replace what files say."""
    at, known = offer.index - 1, offer.calibration
    tag = header.nodata[at]
    part = (offer.part or asked_part(offer.name)[1] or USUAL) if is_complex(header.dtypes[at]) else None
    special = [value for value in (nodata, known.nodata, tag) if value is not None]
    band = Band(
        offer.name,
        offer.id,
        scale=_first(scale, known.scale, header.scales[at]),
        offset=_first(offset, known.offset, header.offsets[at]),
        dtype=header.dtypes[at],
        unit=PARTS[part].unit if part else known.unit or header.units[at],
        nodata=special[0] if special else None,
        nodata_stated=nodata is not None,
    )
    if not (isfinite(band.scale) and isfinite(band.offset) and band.scale != 0):
        raise ConvistaError(
            "scenes.factor_impossible",
            band=band.name,
            source=title(offer.file),
            scale=band.scale,
            offset=band.offset,
        )
    return Layer(offer.file, offer.index, band, tuple(dict.fromkeys(special)), header.grid, part)


def _first(*values: float | None) -> float:
    return next(float(value) for value in values if value is not None)


def _per_band(what: str, given: PerBand | None, names: Sequence[str]) -> list[float | None]:
    """Spread a caller's number, list or mapping over the bands; None where the caller says nothing."""
    if given is None or isinstance(given, int | float):
        return [given] * len(names)
    if isinstance(given, Mapping):
        if strange := [name for name in given if name not in names]:
            raise ConvistaError("scenes.factor_of_no_band", what=what, band=strange[0], bands=", ".join(names))
        return [given.get(name) for name in names]
    if len(given) != len(names):
        raise ConvistaError("scenes.count_of_factors", what=what, given=len(given), count=len(names))
    return list(given)


def _as_text(source: Source) -> str:
    if isinstance(source, InMemoryRaster):
        return source.name
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    return ", ".join(os.fspath(file) for file in source)
