"""Opening a scene: which bands, from which files, on which grid, with which factors."""

from __future__ import annotations

from dataclasses import replace

from convista.errors import note
from convista.scenes.bands.reader import BandReader
from convista.scenes.bands.sensors import sensor_named
from convista.scenes.factors import PerBand, with_factors
from convista.scenes.files.formats import self_contained_only
from convista.scenes.geometry.grid import Grid, finest
from convista.scenes.scene import Scene
from convista.scenes.sources.mask_request import MaskRequest, masked_by, no_such_mask
from convista.scenes.sources.notes import notes_on
from convista.scenes.sources.selection import BandRequest, selected_bands
from convista.scenes.sources.source import Source, as_text, bands_of_source


def open_scene(
    source: Source,
    bands: BandRequest | None = None,
    sensor: str | None = None,
    *,
    scale: PerBand | None = None,
    offset: PerBand | None = None,
    nodata: PerBand | None = None,
    mask: MaskRequest | None = None,
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
    with self_contained_only(enforced=not trusted):
        found = masked_by(bands_of_source(source, sensor_named(sensor) if sensor else None), mask)
        selected = selected_bands(found, bands)
    read = with_factors(selected, scale, offset, nodata)
    if found.mask_number is not None and not any(band.masks for band in read):
        raise no_such_mask(found, found.mask_number)
    if mask is not None:
        read = [replace(band, about=replace(band.about, mask_stated=True)) for band in read]
    grid = _common_grid([band.grid for band in read])
    reader = BandReader(read, grid if resolution is None else grid.resampled(resolution))
    for told in notes_on(found, selected, named=bands is not None):
        note(told.key, **told.values)
    return Scene(found.name, as_text(source), found.sensor, reader)


def _common_grid(grids: list[Grid]) -> Grid:
    """Return the finest grid; the others must lie somewhere, so that their bands can be brought onto it."""
    common = finest(grids)
    for grid in grids:
        if not grid.same_as(common):
            grid.check_placed()
    if common.tie is not None:
        error = common.tie.error()
        note(error.key, **error.values)
    return common
