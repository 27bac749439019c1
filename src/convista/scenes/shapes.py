"""Labels drawn by hand: polygons, lines and points with a class each, from GeoJSON, GeoPackage or Shapefile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import rasterio.features
import rasterio.warp
from rasterio.crs import CRS
from rasterio.errors import CRSError

from convista.errors import ConvistaError
from convista.scenes.classes import ClassInfo, colours_for
from convista.scenes.failures import FAILURES, reason
from convista.scenes.grid import Grid
from convista.scenes.labels import LabelArray

ENDINGS = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml")
"""Of the files that hold shapes."""
LONGITUDE_LATITUDE = CRS.from_epsg(4326)
"""Of GeoJSON that does not say otherwise (RFC 7946)."""

Geometry = Mapping[str, Any]
"""As GeoJSON has it."""


class Shapes:
    """Shapes on the ground, each of a class. Made by `open_shapes`."""

    def __init__(
        self, source: str, crs: CRS, shapes: Sequence[tuple[Geometry, int]], classes: Sequence[str]
    ) -> None:
        self.source = source
        self.crs = crs
        self._shapes = shapes
        colours = colours_for(list(classes), [None] * len(classes))
        self.classes = tuple(
            ClassInfo(n, name, c) for n, (name, c) in enumerate(zip(classes, colours, strict=True), 1)
        )
        """Numbered from 1 in the order of their names."""

    def __len__(self) -> int:
        return len(self._shapes)

    def on(self, grid: Grid) -> LabelArray:
        """Return class numbers on a grid, int32, (rows, columns): masked where no shape is, −1 underneath.

        A polygon has the pixels whose centres lie inside it, a line those it passes through, a point the one it is
        in. Where shapes overlap, the last counts.

        Raises
        ------
        ConvistaError
            If the grid has no CRS, or no shape lies on it.
        """
        if grid.crs is None:
            raise ConvistaError("scenes.shapes_without_crs", source=self.source)
        try:
            moved = [
                (rasterio.warp.transform_geom(self.crs, grid.crs, geometry), value)
                for geometry, value in self._shapes
            ]
            burnt = rasterio.features.rasterize(moved, grid.shape, fill=0, transform=grid.transform, dtype="int32")
        except FAILURES as error:
            raise ConvistaError("scenes.shapes_unreadable", source=self.source, reason=reason(error)) from error
        if not burnt.any():
            raise ConvistaError("scenes.shapes_elsewhere", source=self.source, count=len(self))
        empty = burnt == 0
        return np.ma.MaskedArray(np.where(empty, -1, burnt).astype(np.int32), empty, fill_value=-1)


class _Read(NamedTuple):
    crs: CRS
    geometries: list[Geometry | None]
    attributes: dict[str, list[Any]]


def is_shapes(source: object) -> bool:
    """Tell by its ending whether a file holds shapes."""
    return isinstance(source, str | Path) and str(source).lower().endswith(ENDINGS)


def open_shapes(source: str | Path, attribute: str | None = None) -> Shapes:
    """Open a file of shapes.

    Parameters
    ----------
    source
        GeoJSON; with the extra ``vector`` also GeoPackage, Shapefile and what else GDAL reads.
    attribute
        What of each shape its class is; None where they have only one, or only one that is text.

    Raises
    ------
    ConvistaError
        If the file cannot be read, has no shapes, or has no such attribute.
    """
    path = Path(source)
    read = _geojson(path) if path.suffix.lower() in {".geojson", ".json"} else _by_gdal(path)
    if not read.geometries:
        raise ConvistaError("scenes.no_shapes", source=path)
    values = read.attributes[_chosen(path, read.attributes, attribute)]
    names = sorted({str(value) for value in values if value is not None})
    numbered = {name: number for number, name in enumerate(names, 1)}
    shapes = [
        (geometry, numbered[str(value)])
        for geometry, value in zip(read.geometries, values, strict=True)
        if geometry is not None and value is not None
    ]
    return Shapes(str(path), read.crs, shapes, names)


def _chosen(path: Path, attributes: Mapping[str, list[Any]], wanted: str | None) -> str:
    if wanted is not None and wanted in attributes:
        return wanted
    texts = [name for name, values in attributes.items() if any(isinstance(value, str) for value in values)]
    for names in (list(attributes), texts):
        if wanted is None and len(names) == 1:
            return names[0]
    key = "scenes.which_attribute" if wanted is None else "scenes.no_such_attribute"
    raise ConvistaError(key, source=path, attribute=wanted, attributes=", ".join(attributes) or "–")


def _geojson(path: Path) -> _Read:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        features = read["features"] if read["type"] == "FeatureCollection" else [read]
        named = read.get("crs")
        crs = CRS.from_user_input(named["properties"]["name"]) if named else LONGITUDE_LATITUDE
        properties = [feature.get("properties") or {} for feature in features]
        names = dict.fromkeys(name for one in properties for name in one)
        attributes = {name: [one.get(name) for one in properties] for name in names}
        return _Read(crs, [feature["geometry"] for feature in features], attributes)
    except OSError as error:
        raise ConvistaError("scenes.shapes_unreadable", source=path, reason=error.strerror) from error
    except (ValueError, KeyError, TypeError, AttributeError, CRSError) as error:
        raise ConvistaError("scenes.shapes_unreadable", source=path, reason=f"no GeoJSON ({error})") from error


def _by_gdal(path: Path) -> _Read:
    try:
        import pyogrio  # noqa: PLC0415  an extra
        import pyogrio.errors  # noqa: PLC0415
        import shapely  # noqa: PLC0415
    except ImportError as error:
        raise ConvistaError("scenes.no_pyogrio", source=path) from error
    try:
        about, _, shapes, columns = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, OSError) as error:
        raise ConvistaError("scenes.shapes_unreadable", source=path, reason=error) from error
    if about["crs"] is None:
        raise ConvistaError("scenes.shapes_without_crs", source=path)
    geometries = [None if shape is None else shape.__geo_interface__ for shape in shapely.from_wkb(shapes)]
    attributes = {
        str(name): [None if value is None else getattr(value, "item", lambda v=value: v)() for value in column]
        for name, column in zip(about["fields"], columns, strict=True)
    }
    return _Read(CRS.from_user_input(about["crs"]), geometries, attributes)
