"""What rasterio and GDAL raise when a file or a projection fails, and the reason they give."""

from __future__ import annotations

from rasterio._err import CPLE_BaseError
from rasterio.errors import CRSError, RasterioError

FAILURES: tuple[type[Exception], ...] = (RasterioError, CRSError, CPLE_BaseError, OSError)
"""GDAL's own errors, and those about a CRS, are no RasterioError."""


def reason(error: BaseException) -> str:
    """Return what went wrong, in the words of whoever noticed first, on one line and without a full stop."""
    return " ".join(str(error.__cause__ or error).split()).rstrip(".")
