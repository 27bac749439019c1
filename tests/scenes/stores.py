"""Small NetCDF files and Zarr stores as xarray writes them, made here byte by byte."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rasterio.crs import CRS

PIXEL, LEFT, TOP = 10, 500_000, 4_600_000
PACKED = {"scale_factor": 1e-4, "add_offset": -0.1, "_FillValue": np.int16(-1)}
"""As CF conventions pack reflectance."""


class Variable(NamedTuple):
    """A variable: its axes by name, its values, its attributes."""

    axes: tuple[str, ...]
    values: NDArray[Any]
    attributes: Mapping[str, Any]


def on_a_grid(variables: Mapping[str, NDArray[Any]], packed: Mapping[str, Any] = PACKED) -> dict[str, Variable]:
    """Put arrays (…, y, x) on a UTM grid, with the coordinates and the grid mapping that CF asks for."""
    wkt = CRS.from_epsg(32630).to_wkt()
    found = {"spatial_ref": Variable((), np.array(0, np.int32), {"crs_wkt": wkt, "spatial_ref": wkt})}
    for name, values in variables.items():
        *more, height, width = values.shape
        suffix = "" if (height, width) == next(iter(variables.values())).shape[-2:] else f"_of_{name}"
        y, x = f"y{suffix}", f"x{suffix}"
        step = PIXEL if not suffix else 2 * PIXEL
        centres = step * (np.arange(max(height, width)) + 0.5)
        about = {"units": "m", "standard_name": "projection_y_coordinate"}
        found[y] = Variable((y,), TOP - centres[:height], about)
        found[x] = Variable((x,), LEFT + centres[:width], about | {"standard_name": "projection_x_coordinate"})
        axes = (*(f"t{n}" for n, _ in enumerate(more)), y, x)
        found[name] = Variable(axes, values, {**packed, "grid_mapping": "spatial_ref"})
    return found


def netcdf(path: Path, variables: Mapping[str, Variable]) -> Path:
    """Write a NetCDF classic file (CDF-1, see the NetCDF file format specification)."""
    sizes = {axis: n for v in variables.values() for axis, n in zip(v.axes, v.values.shape, strict=True)}
    order = list(sizes)
    bodies = [_padded(v.values.astype(v.values.dtype.newbyteorder(">")).tobytes()) for v in variables.values()]
    head = b""
    for begins in (False, True):  # the second time, the length of the head is known
        at = [len(head) + sum(map(len, bodies[:n])) if begins else 0 for n in range(len(bodies))]
        head = b"CDF\x01" + struct.pack(">i", 0) + struct.pack(">2i", 10 if order else 0, len(order))
        head += b"".join(_text(axis) + struct.pack(">i", sizes[axis]) for axis in order)
        head += struct.pack(">2i", 0, 0) + struct.pack(">2i", 11, len(variables))
        for (name, v), body, begin in zip(variables.items(), bodies, at, strict=True):
            ids = [order.index(axis) for axis in v.axes]
            head += _text(name) + struct.pack(f">{1 + len(ids)}i", len(ids), *ids)
            head += struct.pack(">2i", 12 if v.attributes else 0, len(v.attributes))
            head += b"".join(_attribute(key, value) for key, value in v.attributes.items())
            head += struct.pack(">3i", _TYPES[v.values.dtype.str[1:]], len(body), begin)
    path.write_bytes(head + b"".join(bodies))
    return path


def zarr(path: Path, variables: Mapping[str, Variable]) -> Path:
    """Write a Zarr store, version 2, of one uncompressed chunk a variable."""
    path.mkdir()
    (path / ".zgroup").write_text('{"zarr_format": 2}')
    (path / ".zattrs").write_text("{}")
    for name, v in variables.items():
        folder = path / name
        folder.mkdir()
        plain = {key: _plain(value) for key, value in v.attributes.items()}
        about = {
            "zarr_format": 2,
            "shape": v.values.shape,
            "chunks": v.values.shape,
            "dtype": v.values.dtype.str,
            "compressor": None,
            "fill_value": plain.get("_FillValue"),
            "order": "C",
            "filters": None,
        }
        (folder / ".zarray").write_text(json.dumps(about))
        (folder / ".zattrs").write_text(json.dumps({"_ARRAY_DIMENSIONS": v.axes, **plain}))
        (folder / (".".join("0" for _ in v.axes) or "0")).write_bytes(v.values.tobytes())
    return path


_TYPES = {"i1": 1, "u1": 1, "i2": 3, "i4": 4, "f4": 5, "f8": 6}


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _text(text: str) -> bytes:
    return struct.pack(">i", len(text)) + _padded(text.encode())


def _attribute(name: str, value: Any) -> bytes:
    if isinstance(value, str):
        return _text(name) + struct.pack(">2i", 2, len(value)) + _padded(value.encode())
    array = np.asarray(value)
    kind = _TYPES[array.dtype.str[1:]]
    return (
        _text(name) + struct.pack(">2i", kind, 1) + _padded(array.astype(array.dtype.newbyteorder(">")).tobytes())
    )
