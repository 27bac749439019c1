"""Files that films are made of: tables of numbers, pictures, rasters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

Values = NDArray[np.float64]
Named = tuple[Values, tuple[str, ...]]
"""Values, and the names of their channels where the file has them."""

TABLES = (".npy", ".csv", ".txt")
RASTERS = (".tif", ".tiff")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif")
COLOURS = ("red", "green", "blue")
BRIGHTNESS = np.array([0.299, 0.587, 0.114])
"""Of red, green and blue, as ITU-R BT.601 weighs them."""


def is_file(text: str) -> bool:
    """Tell whether a text is a file, or meant to be one."""
    return Path(text).suffix.lower() in (*TABLES, *RASTERS, *PICTURES) or Path(text).is_file()


def plane(name: str, text: str, opening: Mapping[str, Any] | None = None) -> Values:
    """Read one map, (rows, columns): a table's numbers as they are, a photo's brightness, a raster's only band.

    Parameters
    ----------
    name
        Of the datum, for messages.
    text
        The file.
    opening
        How a raster is opened, as `open_scene` takes it; of several bands it may choose one.

    Raises
    ------
    ConvistaError
        If the file cannot be read, or has several bands that are no colours.
    """
    values, names = planes(name, text, opening)
    if Path(text).suffix.lower() in TABLES:
        return values
    if len(values) != 1 and names[:3] != COLOURS:
        raise ConvistaError("cli.film.several_bands", name=name, path=text, bands=", ".join(names) or len(values))
    shown: Values = values[0] if len(values) == 1 else np.tensordot(BRIGHTNESS, values[:3], axes=1)
    return shown


def planes(name: str, text: str, opening: Mapping[str, Any] | None = None) -> Named:
    """Read maps, (channels, rows, columns), and their names; of a table of numbers as many axes as it has.

    Raises
    ------
    ConvistaError
        If the file cannot be read.
    """
    path = Path(text)
    suffix = path.suffix.lower()
    try:
        path.open("rb").close()
        if suffix == ".npy":
            return np.asarray(np.load(path, allow_pickle=False), dtype=np.float64), ()
        if suffix in TABLES:
            return _table(path), ()
        return _raster(path, opening or {}) if suffix in RASTERS else _picture(path)
    except OSError as reason:
        told = reason.strerror or str(reason)
        raise ConvistaError("cli.film.unreadable_matrix", name=name, path=path, reason=told) from reason
    except (ValueError, TypeError, SyntaxError) as reason:
        raise ConvistaError("cli.film.unreadable_matrix", name=name, path=path, reason=reason) from reason


def _table(path: Path) -> Values:
    """Read a table whose numbers have commas, semicolons or blanks between them."""
    text = path.read_text("utf-8-sig")
    mark = ";" if ";" in text else "," if "," in text else None
    lines = [line.replace(",", ".") if mark == ";" else line for line in text.splitlines() if line.strip()]
    return np.array([[float(number) for number in line.split(mark)] for line in lines])


def _picture(path: Path) -> Named:
    """Read a picture upright: grey as one map, colours as three; what is quite transparent is no datum."""
    from PIL import Image, ImageOps

    if _is_deep(path):
        return _raster(path, {})
    with Image.open(path) as file:
        picture = ImageOps.exif_transpose(file)
        if picture.mode in {"L", "I;16", "I;16B", "I", "F", "1"}:
            return np.asarray(picture, dtype=np.float64)[None] * (255 if picture.mode == "1" else 1), ()
        shown = np.asarray(picture.convert("RGBA"), dtype=np.float64)
    colours = np.where(shown[..., 3:] > 0, shown[..., :3], np.nan)
    if picture.mode == "LA":
        return colours[None, ..., 0], ()
    return colours.transpose(2, 0, 1), COLOURS


def _is_deep(path: Path) -> bool:
    """Tell a PNG of several channels of 16 bits each, which Pillow would cut down to 8."""
    with path.open("rb") as file:
        head = file.read(26)
    return head[:8] == b"\x89PNG\r\n\x1a\n" and head[24] == 16 and head[25] != 0


def _raster(path: Path, opening: Mapping[str, Any]) -> Named:
    """Read a raster as a scene is read: scaled, masked, its bands by name."""
    from convista.scenes import open_scene

    with open_scene(path, **opening) as scene:
        values: Values = np.ma.filled(scene.read().astype(np.float64), np.nan)
        return values, scene.band_names
