"""Reading one image that is a patch: as a scene is read if it is a TIFF, as a picture if it is a JPEG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from rasterio.errors import RasterioError

from convista.errors import ConvistaError
from convista.language import say
from convista.scenes import Band, read_patch
from convista.scenes.bands.requests import matches

_ORIENTATION = 0x0112
"""Of EXIF."""
_RGB = ("red", "green", "blue")
_WITHOUT_ALPHA = {"RGBA": "RGB", "LA": "L"}
_MODES = frozenset({"L", "I;16", "RGB", "RGBA", "LA"})
_CONVERTED = {"P": "RGB", "1": "RGB", "PA": "RGBA", "RGBa": "RGBA", "La": "LA"}
"""Modes of Pillow that lose nothing by being another: palettes, black and white."""
_TIFF = frozenset({".tif", ".tiff"})
EXACT = frozenset({"uint8", "int8", "uint16", "int16"})
"""Types of raw values that float32 holds exactly."""


@dataclass(frozen=True)
class Reading:
    """How images are read."""

    bands: tuple[str, ...] | None = None
    """Names of the bands, in order, or of some where files name them; None for all."""
    used: tuple[str, ...] | None = None
    """Which of those are used, in order; None for all."""
    sensor: str | None = None
    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None


AS_THEY_ARE = Reading()


class ImageFile(NamedTuple):
    """What a file holds, all bands of it."""

    values: NDArray[Any]
    """(bands, rows, columns): as they are stored, or float32, scaled and with NaN where they are masked."""
    bands: tuple[Band, ...]
    named: bool
    """Whether the file says which band is which; colours do, weakly, see `select`."""
    stored: str
    """The type of the raw values."""

    @property
    def shape(self) -> str:
        """Bands, size and type, as text."""
        return described(len(self.bands), self.values.shape[1:], self.stored)


class BadImageError(Exception):
    """Why an image is of no use, in the language in use."""


def described(bands: int, size: Sequence[int], stored: str) -> str:
    """Write an image's bands, size and type."""
    return f"{bands} × {size[0]}×{size[1]} {stored}"


def read_image(file: Path, reading: Reading) -> ImageFile:
    """Read a file.

    Raises
    ------
    BadImageError
        If it cannot be read, or has no datum.
    """
    try:
        image = _raster(file, reading) if file.suffix.lower() in _TIFF else _picture(file, reading)
    # Pillow raises SyntaxError and ValueError too, of files that are broken in certain ways.
    except (OSError, RasterioError, SyntaxError, ValueError, ConvistaError, Image.DecompressionBombError) as error:
        raise BadImageError(str(error).rstrip(".")) from error
    if image.values.dtype.kind == "f" and np.isnan(image.values).all():
        raise BadImageError(say("learning.data.why_without_datum"))
    return image


def select(bands: Sequence[Band], named: bool, wanted: Sequence[str]) -> list[int] | None:
    """Return the positions of the bands that are wanted, by name or id; None if they cannot be told.

    Bands that the file does not name, or only by colour, are those that are wanted, in order, if there are as many.
    """
    found = [
        next((n for n, band in enumerate(bands) if matches(name, band.name, band.id)), None) for name in wanted
    ]
    if None not in found:
        return [n for n in found if n is not None]
    return list(range(len(bands))) if not named and len(wanted) == len(bands) else None


def _raster(file: Path, reading: Reading) -> ImageFile:
    """Read a file as scenes are read: its masks, alpha, factors and names of bands count."""
    patch = read_patch(
        file, sensor=reading.sensor, scale=reading.scale, offset=reading.offset, nodata=reading.nodata
    )
    masked = np.ma.getmaskarray(patch.values)
    stored = patch.bands[0].dtype
    plain = all((band.scale, band.offset) == (1, 0) for band in patch.bands)
    if plain and stored in EXACT and {band.dtype for band in patch.bands} == {stored} and not masked.any():
        values: NDArray[Any] = patch.values.data.astype(stored)
    else:
        values = patch.values.filled(np.nan)
    bands, named = patch.bands, patch.named
    if not named and len(bands) == 3:
        bands = tuple(replace(band, name=name) for band, name in zip(bands, _RGB, strict=True))
    return ImageFile(values, bands, named, stored)


def _picture(file: Path, reading: Reading) -> ImageFile:
    with Image.open(file) as picture:
        # Cameras put previews behind a JPEG, which is an MPO then; what is meant is the first.
        if (frames := getattr(picture, "n_frames", 1)) > 1 and picture.format != "MPO":
            raise BadImageError(say("learning.data.why_frames", frames=frames))
        plain_grey = picture.mode == "I;16" and "transparency" not in picture.info
        if picture.format == "PNG" and not plain_grey and _bits(file) == 16:
            return _raster(file, reading)  # Pillow would read 8 of the 16 bits
        turned = "exif" in picture.info and picture.getexif().get(_ORIENTATION, 1) != 1
        image = _plain(ImageOps.exif_transpose(picture) if turned else picture)
        values = np.asarray(image)
    values = values[None] if values.ndim == 2 else values.transpose(2, 0, 1)
    hidden = None
    if image.mode in _WITHOUT_ALPHA:
        values, hidden = values[:-1], values[-1] == 0
    stored, scale, offset = values.dtype.name, _or(reading.scale, 1), _or(reading.offset, 0)
    bands = _bands_of_picture(len(values), scale, offset, stored)
    if hidden is None and reading.nodata is None and (scale, offset) == (1, 0):
        return ImageFile(values, bands, False, stored)
    masked = np.zeros(values.shape, np.bool_) if hidden is None else np.broadcast_to(hidden, values.shape)
    if reading.nodata is not None:
        masked = masked | (values == reading.nodata)
    if (scale, offset) != (1, 0) or masked.any():
        values = np.where(masked, np.nan, values.astype(np.float32) * np.float32(scale) + np.float32(offset))
    return ImageFile(values, bands, False, stored)


@cache
def _bands_of_picture(count: int, scale: float, offset: float, stored: str) -> tuple[Band, ...]:
    names = _RGB if count == len(_RGB) else ("band1",)
    return tuple(Band(name, name, scale=scale, offset=offset, dtype=stored) for name in names)


def _plain(picture: Image.Image) -> Image.Image:
    """Return a picture as grey or red, green and blue, with alpha if it has some."""
    mode = _CONVERTED.get(picture.mode, picture.mode)
    if mode not in _MODES:
        raise BadImageError(say("learning.data.why_mode", mode=picture.mode))
    if "transparency" in picture.info and mode in {"L", "RGB"}:
        mode = {"L": "LA", "RGB": "RGBA"}[mode]
    return picture if mode == picture.mode else picture.convert(mode)


def _bits(file: Path) -> int:
    """Return how many bits of a PNG are one value."""
    with file.open("rb") as read:
        return read.read(25)[24]


def _or(given: float | None, otherwise: float) -> float:
    return otherwise if given is None else float(given)
