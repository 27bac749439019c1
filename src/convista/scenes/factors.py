"""Factors: what the raw values of each band mean, by the caller, a product's metadata, or the file itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from convista.errors import ConvistaError
from convista.scenes.bands.band import Band
from convista.scenes.bands.raster_band import RasterBand
from convista.scenes.files.complex_parts import PARTS, USUAL, asked_part, is_complex
from convista.scenes.files.raster_file import basename, title
from convista.scenes.products import landsat, sentinel2
from convista.scenes.products.calibration import RadiometricCalibration
from convista.scenes.sources.selection import SelectedBand

PerBand = float | Sequence[float] | Mapping[str, float]


def with_factors(
    selected: Sequence[SelectedBand], scale: PerBand | None, offset: PerBand | None, nodata: PerBand | None
) -> list[RasterBand]:
    """Return where the raw values of bands lie and what they mean; factors that are given replace what files say.

    Raises
    ------
    ConvistaError
        If a factor is of no band, not finite, or a scale 0, or there are more or fewer than bands; or if a
        Sentinel-2 product's metadata are missing.
    """
    names = [one.candidate.name for one in selected]
    scales, offsets, nodatas = (
        _per_band(what, given, names) for what, given in (("scale", scale), ("offset", offset), ("nodata", nodata))
    )
    return [_raster_band(*each) for each in zip(selected, scales, offsets, nodatas, strict=True)]


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


def _raster_band(
    selected: SelectedBand, scale: float | None, offset: float | None, nodata: float | None
) -> RasterBand:
    one, header, masks = selected
    at, known = one.index - 1, _calibration(selected, scale, offset)
    tag = header.nodata[at]
    part = (one.part or asked_part(one.name)[1] or USUAL) if is_complex(header.dtypes[at]) else None
    special = [value for value in (nodata, known.nodata, tag) if value is not None]
    band = Band(
        one.name,
        one.id,
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
            source=title(one.file),
            scale=band.scale,
            offset=band.offset,
        )
    return RasterBand(one.file, one.index, band, tuple(dict.fromkeys(special)), header.grid, part, masks)


def _calibration(selected: SelectedBand, scale: float | None, offset: float | None) -> RadiometricCalibration:
    """Return what is known of a band's numbers; of a product's file without metadata, what its format says of them.

    Raises
    ------
    ConvistaError
        If it is of a Sentinel-2 product, by its name, and neither a file nor the caller says what its numbers mean.
    """
    one, header, _ = selected
    at, known, name = one.index - 1, one.calibration, basename(one.file)
    said = known.scale is not None or (header.scales[at], header.offsets[at]) != (1, 0)
    if said or not header.dtypes[at].startswith(("int", "uint")):
        return known
    if landsat.is_delivered(name):
        return known._replace(nodata=landsat.FILL)
    if not sentinel2.is_delivered(name):
        return known
    if scale is None or offset is None:
        raise ConvistaError("scenes.sentinel2_unexplained", file=title(one.file))
    return known._replace(nodata=sentinel2.NODATA, unit=None if (scale, offset) == (1, 0) else "reflectance")


def _first(*values: float | None) -> float:
    return next(float(value) for value in values if value is not None)
