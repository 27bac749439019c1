"""What a raster file says of itself, without its pixels."""

from __future__ import annotations

from dataclasses import dataclass

from convista.scenes.geometry.grid import Grid


@dataclass(frozen=True)
class Header:
    """What a raster file says of itself, without its pixels. Tuples have one entry a band."""

    grid: Grid
    dtypes: tuple[str, ...]
    descriptions: tuple[str | None, ...]
    colours: tuple[str, ...]
    """Colour interpretation in GDAL's words: ``"red"``, ``"alpha"``, ``"gray"``, ``"undefined"`` …"""
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    units: tuple[str | None, ...]
    nodata: tuple[float | None, ...]
    variables: tuple[str, ...] = ()
    """What GDAL opens instead, by name, where a file holds several rasters: ``'netcdf:a.nc:red'``."""

    @property
    def count(self) -> int:
        """How many bands the file has, an alpha band included."""
        return len(self.dtypes)

    @property
    def is_store(self) -> bool:
        """Whether it is a Zarr store, of which GDAL opens one array itself where it can open no other."""
        return bool(self.variables) and self.variables[0].startswith("ZARR:")

    @property
    def alpha(self) -> int | None:
        """The number of the alpha band, from 1, or None."""
        return self.colours.index("alpha") + 1 if "alpha" in self.colours else None
