"""Files that hold several rasters: variables of a NetCDF or HDF5 file, or of a Zarr store, which is a folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import rasterio

from convista.errors import ConvistaError
from convista.scenes.files.header import Header
from convista.scenes.files.open_raster import read_header
from convista.scenes.files.raster_file import RasterFile, title

DRIVERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((".nc", ".nc4"), "netCDF"),
        **dict.fromkeys((".h5", ".hdf5", ".he5"), "HDF5"),
        ".hdf": "HDF4",
        ".zarr": "Zarr",
        **dict.fromkeys((".grb", ".grib", ".grb2", ".grib2"), "GRIB"),
    }
)
"""GDAL's drivers that some of its builds lack, by the suffixes of what they read."""

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".7z", ".rar")

MOST = 100
"""Variables that are opened to see what they are."""

_ZARR_FILES = (".zgroup", ".zarray", ".zmetadata", "zarr.json")
_COORDINATES = frozenset({"x", "y", "lat", "lon", "latitude", "longitude", "xc", "yc", "nav_lat", "nav_lon"})
_BOUNDS = ("_bnds", "_bounds", "_vertices")


def is_zarr(folder: Path) -> bool:
    """Whether a folder is a Zarr store."""
    return folder.suffix.lower() == ".zarr" or any((folder / name).is_file() for name in _ZARR_FILES)


def header_of(file: RasterFile) -> Header:
    """Return a file's header.

    Raises
    ------
    ConvistaError
        If it cannot be read; of an archive, and of a file for which this build of GDAL has no driver, it says so.
    """
    try:
        return read_header(file)
    except ConvistaError as error:
        suffix = Path(title(file)).suffix.lower()
        if suffix in ARCHIVES:
            raise ConvistaError("scenes.files.archive", file=title(file)) from error
        driver = DRIVERS.get(suffix)
        if driver is None or driver in available():
            raise
        raise ConvistaError("scenes.files.no_driver", file=title(file), driver=driver) from error


def available() -> frozenset[str]:
    """Return the drivers of this build of GDAL."""
    with rasterio.Env() as env:
        return frozenset(env.drivers())


def variables(file: RasterFile, header: Header) -> dict[str, Header]:
    """Return the headers of a file's variables that are rasters on one grid, by GDAL's names of them.

    Coordinates, their bounds, and whatever has fewer than two axes are left out.

    Raises
    ------
    ConvistaError
        If there are none, or they lie on several grids, or there are too many to look at; the message names them
        and says how one of them is opened.
    """
    if not header.variables:
        raise ConvistaError("scenes.files.no_raster_in_it", file=title(file))
    if len(header.variables) > MOST:
        raise ConvistaError(
            "scenes.files.too_many_variables", file=title(file), variables=shortened(header.variables)
        )
    # A Zarr store is a folder, which lists its variables in any order.
    names = sorted(header.variables) if header.is_store else header.variables
    opened = {name: its for name in names if (its := _raster(name)) is not None}
    if not opened:
        raise ConvistaError("scenes.only_variables", file=title(file), variables=shortened(header.variables))
    first, *others = opened.values()
    if not all(first.grid.same_as(one.grid) for one in others):
        shapes = [f"{name} ({its.grid.height}×{its.grid.width})" for name, its in opened.items()]
        raise ConvistaError("scenes.files.several_grids", file=title(file), variables=shortened(shapes))
    return opened


def name_of(variable: str) -> str:
    """Return a variable's own name: ``red`` of ``netcdf:/data/a.nc:red`` and ``HDF5:"a.h5"://group/red``."""
    return variable.rsplit(":", 1)[-1].strip('"').rsplit("/", 1)[-1]


def shortened(names: Sequence[str]) -> str:
    """Return names with commas, the first ten of many."""
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")


def _raster(variable: str) -> Header | None:
    """Return the header of a variable that may be imagery, or None."""
    name = name_of(variable).lower()
    if name in _COORDINATES or name.endswith(_BOUNDS):
        return None
    try:
        header = read_header(variable)
    except ConvistaError as error:
        if "number of dimensions" in str(error.values.get("reason")):
            return None
        raise
    return header if header.count and header.grid.height > 1 else None
