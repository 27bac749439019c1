"""Opening a scene: which bands, from which files, on which grid, with which factors."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite

from convista.errors import ConvistaError, note
from convista.scenes.bands.candidates import Offer, opened_alone
from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.names import Band, sensor_named
from convista.scenes.bands.reader import BandReader, RasterBand
from convista.scenes.bands.selection import Bands, Mask, chosen, masked_by, masks_of, no_such_mask, notes_on
from convista.scenes.files.complex_parts import PARTS, USUAL, asked_part, is_complex
from convista.scenes.files.formats import holding_their_pixels
from convista.scenes.files.raster_file import Header, InMemoryRaster, basename, read_header, title
from convista.scenes.geometry.grid import finest
from convista.scenes.products import landsat, sentinel2
from convista.scenes.products.calibration import Calibration
from convista.scenes.scene import Scene
from convista.scenes.sources import Source, survey

PerBand = float | Sequence[float] | Mapping[str, float]


def open_scene(
    source: Source,
    bands: Bands | None = None,
    sensor: str | None = None,
    *,
    scale: PerBand | None = None,
    offset: PerBand | None = None,
    nodata: PerBand | None = None,
    mask: Mask | None = None,
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
        other names replaces those, and an alpha whose values are not those of a mask is a band.) A mapping gives
        each name a band number, from 1 and on through all files, or a one-band file. Text is read as a list with
        commas. A band of complex numbers, such as ``"VV"`` of a radar image before detection, is read as its
        intensity in dB, and as ``"VV_amplitude"``, ``"VV_phase"``,
        ``"VV_real"``, ``"VV_imaginary"`` if asked so.
    sensor
        ``"sentinel-2"``, ``"landsat-8"`` …: what the ids mean, and what a run is checked against. Needed where no
        official product name states it; a file that somebody named ``landsat8.tif`` does not.
    scale, offset
        Scaled value = raw · scale + offset: one number, one a band, or a mapping by name. They replace what the
        metadata says; without either, 1 and 0. Nothing is guessed from the values. A Sentinel-2 product's band file
        without the product's metadata wants both; 1 and 0 leave its numbers as they are.
    nodata
        A raw value that means no datum, besides those the files declare; given like `scale`.
    mask
        What hides all bands where it is 0: the name of a band, its number in each file that has more than one, or a
        raster, of which on another grid the nearest pixel counts. This comes besides the masks that files have of
        themselves: GDAL's own, a band that is alpha or is described ``dataMask``, a file ``dataMask`` beside the
        bands, and, in a file that stands for one band, a second one of only 0 and 1 or 0 and full.
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

    Warns
    -----
    ConvistaWarning
        Of what was understood that the files do not say: files left out, masks known by their values alone.

    Raises
    ------
    ConvistaError
        If there is no such file, band or mask, it cannot be told which band is which or whether one is a mask, a
        Sentinel-2 product's metadata are missing, a scale is 0 or a factor not finite, or a file reads from
        elsewhere and does not say so by its name, or may not.
    """
    with holding_their_pixels(alone=not trusted):
        found = masked_by(survey(source, sensor_named(sensor) if sensor else None), mask)
        offers = chosen(found, bands)
        headers = {file: read_header(file) for file in dict.fromkeys(offer.file for offer in offers)}
        offers = [_opened(offer, headers[offer.file], found.mask_number) for offer in offers]
    names = [offer.name for offer in offers]
    scales, offsets, nodatas = (
        _per_band(what, given, names) for what, given in (("scale", scale), ("offset", offset), ("nodata", nodata))
    )
    layers = [
        layer_of(offer, headers[offer.file], masks_of(offer, offers, found), *factors)
        for offer, *factors in zip(offers, scales, offsets, nodatas, strict=True)
    ]
    if found.mask_number is not None and not any(layer.masks for layer in layers):
        raise no_such_mask(found, found.mask_number)
    if mask is not None:
        layers = [replace(layer, band=replace(layer.band, mask_stated=True)) for layer in layers]
    grid = finest([layer.grid for layer in layers])
    for layer in layers:
        if not layer.grid.same_as(grid):
            layer.grid.check_placed()
    if grid.tie is not None:
        error = grid.tie.error()
        note(error.key, **error.values)
    reader = BandReader(layers, grid if resolution is None else grid.resampled(resolution))
    for told in notes_on(found, offers, headers, named=bands is not None):
        note(told.key, **told.values)
    return Scene(found.name, _as_text(source), found.sensor, reader)


def _opened(offer: Offer, header: Header, mask_number: int | None) -> Offer:
    if offer.is_only:
        offer = opened_alone(offer, header, mask_number)
    if offer.part and not is_complex(header.dtypes[offer.index - 1]):
        raise ConvistaError("scenes.not_complex", file=title(offer.file), band=offer.id, part=offer.part)
    return offer


def layer_of(
    offer: Offer,
    header: Header,
    masks: tuple[MaskBand, ...],
    scale: float | None,
    offset: float | None,
    nodata: float | None,
) -> RasterBand:
    """Return where an offer's raw values lie and what they mean; factors that are given replace what files say."""
    at, known = offer.index - 1, _calibration(offer, header, scale, offset)
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
    return RasterBand(offer.file, offer.index, band, tuple(dict.fromkeys(special)), header.grid, part, masks)


def _calibration(offer: Offer, header: Header, scale: float | None, offset: float | None) -> Calibration:
    """Return what is known of a band's numbers; of a product's file without metadata, what its format says of them.

    Raises
    ------
    ConvistaError
        If it is of a Sentinel-2 product, by its name, and neither a file nor the caller says what its numbers mean.
    """
    at, known, name = offer.index - 1, offer.calibration, basename(offer.file)
    said = known.scale is not None or (header.scales[at], header.offsets[at]) != (1, 0)
    if said or not header.dtypes[at].startswith(("int", "uint")):
        return known
    if landsat.is_delivered(name):
        return known._replace(nodata=landsat.FILL)
    if not sentinel2.is_delivered(name):
        return known
    if scale is None or offset is None:
        raise ConvistaError("scenes.sentinel2_unexplained", file=title(offer.file))
    return known._replace(nodata=sentinel2.NODATA, unit=None if (scale, offset) == (1, 0) else "reflectance")


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
