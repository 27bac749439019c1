"""What rasterio and GDAL raise when a file or a projection fails.

The one file that uses what rasterio does not document: `CPLE_BaseError`, since 1.0, is what GDAL's own errors are,
where rasterio lets them pass. Without it, they would end a command as if the package had a defect.
"""

from __future__ import annotations

from rasterio._err import CPLE_BaseError
from rasterio.errors import CRSError, RasterioError

FAILURES: tuple[type[Exception], ...] = (RasterioError, CRSError, CPLE_BaseError, OSError)
"""GDAL's own errors, and those about a CRS, are no RasterioError."""
