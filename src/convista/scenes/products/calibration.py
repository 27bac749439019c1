"""What a product's metadata says of one band's numbers."""

from __future__ import annotations

from typing import NamedTuple


class RadiometricCalibration(NamedTuple):
    """Factors and special values of a band; None where the metadata is silent. Scaled = raw · scale + offset."""

    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None
    unit: str | None = None
