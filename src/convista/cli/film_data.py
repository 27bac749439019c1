"""What a film is to be made of, as it is typed: a picture, a matrix, a number, a word."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

Matrix = NDArray[np.float64]


def matrix(name: str, text: str) -> Matrix:
    """Read a matrix from a file, from numbers, or from the name of a classical filter of size 3.

    Numbers are ``1 0 -1; 2 0 -2; 1 0 -1`` or ``[[1,0,-1],[2,0,-2],[1,0,-1]]``. Files are ``.npy``; ``.csv`` and
    ``.txt``; pictures, as their brightness, 0 … 255; and ``.tif``, as the first band.

    Raises
    ------
    ConvistaError
        If it is none of these.
    """
    path = Path(text)
    try:
        if path.suffix.lower() in READERS or path.is_file():
            return READERS.get(path.suffix.lower(), _picture)(path)
        from convista.operators.filters import bank

        kernels = bank(3)
        return np.asarray(kernels[text], dtype=np.float64) if text in kernels else _numbers(text)
    except OSError as reason:
        told = reason.strerror or str(reason)
        raise ConvistaError("cli.unreadable_matrix", name=name, path=path, reason=told) from reason
    except (ValueError, TypeError) as reason:
        raise ConvistaError("cli.not_a_matrix", name=name, text=text) from reason


def settings(given: tuple[str, ...]) -> dict[str, Any]:
    """Read ``name=value`` pairs: numbers, lists as JSON has them, true, false, null, files of numbers, or words.

    Raises
    ------
    ConvistaError
        If one has no equals sign, or its file has no numbers.
    """
    values: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise ConvistaError("cli.not_a_setting", text=text)
        key = name.strip().replace("-", "_")
        try:
            values[key] = json.loads(value)
        except json.JSONDecodeError:
            named = Path(value).suffix == ".safetensors"  # the film itself knows what to read of it
            values[key] = matrix(key, value) if Path(value).is_file() and not named else value
    return values


def _numbers(text: str) -> Matrix:
    if text.lstrip().startswith("["):
        return np.array(json.loads(text), dtype=np.float64)
    rows = [row.replace(",", " ").split() for row in text.split(";")]
    return np.array([[float(number) for number in row] for row in rows])


def _table(path: Path) -> Matrix:
    """Read a table whose numbers have commas, semicolons or blanks between them."""
    text = path.read_text("utf-8-sig")
    mark = ";" if ";" in text else "," if "," in text else None
    lines = [line.replace(",", ".") if mark == ";" else line for line in text.splitlines() if line.strip()]
    return np.array([[float(number) for number in line.split(mark)] for line in lines])


def _array(path: Path) -> Matrix:
    return np.asarray(np.load(path, allow_pickle=False), dtype=np.float64)


def _picture(path: Path) -> Matrix:
    from PIL import Image

    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"), dtype=np.float64)


def _raster(path: Path) -> Matrix:
    import rasterio

    from convista.scenes.formats import open_dataset

    with warnings.catch_warnings():
        # A plain picture has no place on the ground, and needs none here.
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        try:
            with open_dataset(str(path)) as raster:
                values: Matrix = raster.read(1, masked=True).astype(np.float64).filled(np.nan)
        except rasterio.errors.RasterioIOError as reason:
            raise OSError(str(reason)) from reason
    return values


READERS = {".npy": _array, ".csv": _table, ".txt": _table, ".tif": _raster, ".tiff": _raster}
"""What reads a file; any other ending is a picture."""
