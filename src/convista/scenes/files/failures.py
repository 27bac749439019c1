"""What rasterio and GDAL raise when a file or a projection fails."""

from __future__ import annotations

from rasterio._err import CPLE_BaseError
from rasterio.errors import CRSError, RasterioError

FAILURES: tuple[type[Exception], ...] = (RasterioError, CRSError, CPLE_BaseError, OSError)
"""GDAL's own errors, and those about a CRS, are no RasterioError."""
