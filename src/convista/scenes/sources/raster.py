"""The bands of one raster file: one, several, or the variables of a NetCDF file or a Zarr store."""

from __future__ import annotations

from dataclasses import replace

from convista.scenes.bands.masks import ALPHA, Role, is_mask_name, masks_of_one, role
from convista.scenes.bands.sensors import written_sensor
from convista.scenes.bands.written_names import names_written_in
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import RasterFile, basename, stem
from convista.scenes.files.variables import header_of, name_of, variables
from convista.scenes.sources.band_file import band_of_file
from convista.scenes.sources.candidates import BandCandidate, NamedBy, distinct, hidden_by
from convista.scenes.sources.source_bands import SourceBands


def bands_of_raster(file: RasterFile, sensor: str | None) -> SourceBands:
    """Find the bands of a raster file.

    Raises
    ------
    ConvistaError
        If it cannot be read, or holds variables of which none is a raster, or on several grids.
    """
    header = header_of(file)
    sensor = sensor or written_sensor(basename(file))
    if header.is_store or not header.count:
        found = _variables(file, header, sensor)
    elif header.count == 1:
        found = (band_of_file(file, sensor, header),)
    else:
        found = _one_and_its_mask(file, header, sensor) or tuple(
            one_of_many(file, index, header, sensor) for index in range(1, header.count + 1)
        )
    return SourceBands(stem(file), sensor, distinct(found))


def one_of_many(file: RasterFile, index: int, header: Header, sensor: str | None) -> BandCandidate:
    """Return one band of a file with several, named by its description, or else by its colour."""
    description = (header.descriptions[index - 1] or "").strip()
    colour = header.colours[index - 1]
    its_role = role(file, index, header)
    if its_role is not Role.BAND:
        name = description or (ALPHA if colour == ALPHA else "mask")
        return BandCandidate(name, name, file, index, NamedBy.COLOUR, its_role)
    if description:
        name, band_id = names_written_in(description, sensor)
        return BandCandidate(name, band_id, file, index)
    if colour in ("red", "green", "blue"):
        return BandCandidate(colour, f"band{index}", file, index, NamedBy.COLOUR)
    return BandCandidate(f"band{index}", ALPHA if colour == ALPHA else f"band{index}", file, index, NamedBy.NOBODY)


def _one_and_its_mask(file: RasterFile, header: Header, sensor: str | None) -> tuple[BandCandidate, ...]:
    """Return the bands of a file of two if its name says that it is one band and the other is its mask."""
    named = band_of_file(file, sensor)
    if header.count != 2 or named.named is not NamedBy.FILE or any(header.descriptions):
        return ()
    masks = masks_of_one(file, header)
    if len(masks) != 1:
        return ()
    mask = BandCandidate("mask", "mask", file, masks[0], NamedBy.COLOUR, Role.MASK)
    return replace(named, index=3 - masks[0], is_only=False), mask


def _variables(file: RasterFile, header: Header, sensor: str | None) -> tuple[BandCandidate, ...]:
    """Return the bands of the variables of a NetCDF file or a Zarr store."""
    found = variables(file, header)
    bands = [band for name, its in found.items() for band in _of_variable(name_of(name), name, its, sensor)]
    masks = [band for band in bands if band.role is Role.MASK]
    return hidden_by(masks, [band for band in bands if band not in masks])


def _of_variable(name: str, file: str, header: Header, sensor: str | None) -> list[BandCandidate]:
    """Return the bands of one variable of a file with several: one, or one for each step of its other axes."""
    if is_mask_name(name) and header.count == 1:
        return [BandCandidate(name, name, file, named=NamedBy.COLOUR, role=Role.MASK)]
    if header.count == 1:
        return [BandCandidate(*names_written_in(name, sensor), file)]
    return [BandCandidate(f"{name}_{n}", f"{name}_{n}", file, n) for n in range(1, header.count + 1)]
