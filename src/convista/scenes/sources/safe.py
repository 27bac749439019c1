"""The bands of a Sentinel-2 product."""

from __future__ import annotations

from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.sensors import common_name, normalised_id
from convista.scenes.products import sentinel2
from convista.scenes.sources.candidates import BandCandidate
from convista.scenes.sources.source_bands import SourceBands


def bands_of_product(metadata: Path, folder: Path, sensor: str | None) -> SourceBands:
    """Find the bands of a product in its folder or one inside it.

    Raises
    ------
    ConvistaError
        If there are none, of several granules, or the metadata cannot be read.
    """
    product = metadata.absolute().parent
    calibrations = sentinel2.read_calibrations(metadata)
    found = [
        BandCandidate(
            common_name(band, "sentinel-2") or band, band, str(file), calibration=calibrations[normalised_id(band)]
        )
        for band, file in sentinel2.band_files(folder).items()
    ]
    if not found:
        raise ConvistaError("scenes.sources.empty_product", folder=folder)
    return SourceBands(product.resolve().name.removesuffix(".SAFE"), sensor or "sentinel-2", tuple(found), folder)


def _name(band_id: str) -> str:
    return common_name(band_id, "sentinel-2") or band_id
