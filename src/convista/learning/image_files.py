"""Reading images that are patches: JPEG, PNG or TIFF files of one size and type."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rasterio.errors import RasterioError

from convista.errors import ConvistaError
from convista.learning.progress import Progress, silent
from convista.scenes import decibels
from convista.scenes.formats import open_dataset

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
TOGETHER = 256
"""Images between two reports of progress."""
NAMED = 5
"""Bad images that a message names."""


class Images(NamedTuple):
    """What was read."""

    values: NDArray[Any]
    """(images, bands, rows, columns), as stored; float32 where nodata has become NaN."""
    names: tuple[str | None, ...]
    """The descriptions of the first image's bands."""
    kept: NDArray[np.int64]
    """Positions of the files read; all unless bad ones were skipped."""


def read_images(files: Sequence[Path], *, skip_bad: bool = False, progress: Progress = silent) -> Images:
    """Read images in several threads, all into memory.

    Parameters
    ----------
    files
        All of the bands, size and type of the first that can be read, which is square.
    skip_bad
        Whether files that cannot be read, or are unlike the first, are left out.

    Raises
    ------
    ConvistaError
        If none can be read, the first is not square or, unless they are skipped, any is bad: it says how many are,
        and names the first of them.
    """
    first = next((good for file in files if not isinstance(good := _tried(file), str)), None)
    if first is None:
        raise ConvistaError("learning.unreadable_image", file=files[0], reason=_tried(files[0]))
    if first[0].shape[1] != first[0].shape[2]:
        rows, columns = first[0].shape[1:]
        raise ConvistaError("learning.not_square", file=files[0], rows=rows, columns=columns)
    values = np.empty((len(files), *first[0].shape), first[0].dtype)
    bad: dict[int, str] = {}

    def read(number: int) -> None:
        found = _tried(files[number])
        if isinstance(found, str):
            bad[number] = found
        elif (found[0].shape, found[0].dtype) != (values.shape[1:], values.dtype):
            bad[number] = f"{described(found[0])} ≠ {described(values[0])}"
        else:
            values[number] = found[0]

    with ThreadPoolExecutor(cpu_count()) as readers:
        for start in range(0, len(files), TOGETHER):
            several = range(start, min(start + TOGETHER, len(files)))
            list(readers.map(read, several))
            progress("read", several.stop, len(files))
    if bad and not skip_bad:
        listed = "; ".join(f"{files[n]} ({bad[n]})" for n in sorted(bad)[:NAMED])
        more = " …" if len(bad) > NAMED else ""
        raise ConvistaError("learning.bad_images", bad=len(bad), count=len(files), listed=listed + more)
    kept = np.array([n for n in range(len(files)) if n not in bad], np.int64)
    return Images(values[kept] if bad else values, first[1], kept)


def described(image: NDArray[Any]) -> str:
    """Write an image's bands, size and type."""
    return f"{image.shape[0]} × {image.shape[1]}×{image.shape[2]} {image.dtype}"


def _tried(file: Path) -> tuple[NDArray[Any], tuple[str | None, ...]] | str:
    """Return (bands, rows, columns) and the bands' descriptions, or why there is none."""
    try:
        return _read(file)
    # Pillow raises SyntaxError and ValueError too, of files that are broken in certain ways.
    except (OSError, RasterioError, SyntaxError, ValueError, ConvistaError) as error:
        return str(error).rstrip(".")


def _read(file: Path) -> tuple[NDArray[Any], tuple[str | None, ...]]:
    """Read a file; nodata of a TIFF becomes NaN, complex numbers their decibels."""
    if file.suffix.lower() in {".tif", ".tiff"}:
        with open_dataset(str(file)) as raster:
            image, names = raster.read(), tuple(raster.descriptions)
            if raster.nodata is None and not np.iscomplexobj(image):
                return image, names
            masked = np.zeros(image.shape, np.bool_) if raster.nodata is None else image == raster.nodata
            if np.iscomplexobj(image):
                masked |= image == 0
                image = decibels(image)
            return np.where(masked, np.nan, image).astype(np.float32), names
    with Image.open(file) as picture:
        image = np.asarray(picture if picture.mode in {"L", "I;16"} else picture.convert("RGB"))
    image = image[None] if image.ndim == 2 else image.transpose(2, 0, 1)
    return image, (None,) * len(image)
