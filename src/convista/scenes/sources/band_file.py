"""The band of a file that has one: which its name says, and the factors of the product that it belongs to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from convista.scenes.bands.sensors import common_name, normalised_id
from convista.scenes.bands.written_names import names_written_in, written_id, written_name, written_polarisation
from convista.scenes.files.formats import is_remote
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import InMemoryRaster, RasterFile, basename, stem
from convista.scenes.products import landsat, sentinel2
from convista.scenes.products.calibration import RadiometricCalibration
from convista.scenes.sources.candidates import BandCandidate, NamedBy


def band_of_file(file: RasterFile, sensor: str | None, header: Header | None = None) -> BandCandidate:
    """Return the band of a file, named by the file's name, or else by its description, if its header is known."""
    return replace(_named(file, sensor, header), is_only=header is None)


def _named(file: RasterFile, sensor: str | None, header: Header | None) -> BandCandidate:
    name = stem(file)
    if band_id := written_id(name):
        calibration = _calibration(file, band_id)
        return BandCandidate(common_name(band_id, sensor) or band_id, band_id, file, calibration=calibration)
    if polarisation := written_polarisation(name):
        return BandCandidate(polarisation, polarisation, file)
    if common := written_name(name):
        return BandCandidate(common, name, file)
    description = header.descriptions[0] if header else None
    if description:
        return BandCandidate(*names_written_in(description, sensor), file)
    return BandCandidate("band1" if header else name, "band1" if header else name, file, named=NamedBy.NOBODY)


def _calibration(file: RasterFile, band_id: str) -> RadiometricCalibration:
    """Return what the metadata of the product that a band file belongs to say of it."""
    if isinstance(file, InMemoryRaster) or is_remote(file):
        return RadiometricCalibration()
    if metadata := landsat.find_mtl(Path(file)):
        return landsat.read_calibration(metadata, band_id)
    if sentinel2.is_delivered(basename(file)) and (metadata := sentinel2.enclosing_metadata(Path(file))):
        return sentinel2.read_calibrations(metadata).get(normalised_id(band_id), RadiometricCalibration())
    return RadiometricCalibration()
