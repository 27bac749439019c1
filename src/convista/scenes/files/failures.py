"""What rasterio and GDAL raise when a file or a projection fails, the reason they give, and what can be done."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from rasterio._err import CPLE_BaseError
from rasterio.errors import CRSError, RasterioError

from convista.language import say

FAILURES: tuple[type[Exception], ...] = (RasterioError, CRSError, CPLE_BaseError, OSError)
"""GDAL's own errors, and those about a CRS, are no RasterioError."""

LITTLE = 2**20
"""Bytes below which a disk counts as full."""
_REMEDIES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too_large",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_name",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
}
_SAID = {
    **{os.strerror(number).lower(): remedy for number, remedy in _REMEDIES.items()},
    "free disk space": "full",
    "differs from what was written": "full",
}
"""Parts of what GDAL says, which gives no number."""


class Remedy:
    """What can be done about a file that could not be written, without a full stop, in the language then in use.

    Parameters
    ----------
    error
        What was raised.
    folder
        Where it was written to: of a full disk, GDAL says that writing failed and not why.
    """

    def __init__(self, error: BaseException, folder: Path | None = None) -> None:
        self.kind = _kind(error)
        if self.kind == "other" and folder is not None and _is_full(folder):
            self.kind = "full"

    def __str__(self) -> str:
        return say(f"scenes.files.remedy_{self.kind}").rstrip(".")


def reason(error: BaseException) -> str:
    """Return what went wrong, in the words of whoever noticed first, on one line and without a full stop."""
    first = error.__cause__ or error
    said = first.strerror if isinstance(first, OSError) and first.strerror else str(first)
    return " ".join(said.split()).rstrip(".")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LITTLE
    except OSError:
        return False


def _kind(error: BaseException) -> str:
    chain: list[BaseException] = []
    while error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__ or error
    numbers = [one.errno for one in chain if isinstance(one, OSError) and one.errno in _REMEDIES]
    if numbers:
        return _REMEDIES[numbers[0] or 0]
    told = " ".join(map(str, chain)).lower()
    return next((remedy for part, remedy in _SAID.items() if part in told), "other")
