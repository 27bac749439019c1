"""Labels drawn by hand: polygons, lines and points with a class each, from GeoJSON, GeoPackage or Shapefile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
import rasterio.features
import rasterio.warp
from numpy.typing import NDArray
from rasterio.crs import CRS

from convista.errors import ConvistaError
from convista.failures import reason
from convista.language import listed
from convista.scenes.files.failures import FAILURES
from convista.scenes.geometry.grid import Grid, crs_name, full_turn
from convista.scenes.labels.class_names import ClassNames
from convista.scenes.labels.classes import ClassInfo
from convista.scenes.labels.labels import LabelArray
from convista.scenes.shapes.classes import chosen_attribute, classified
from convista.scenes.shapes.files import PLAIN, ShapeFile, read_shapes
from convista.scenes.shapes.geometries import Geometry, drawable

ENDINGS = (".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml")
"""Of the files that hold shapes."""


class Shapes:
    """Shapes on the ground, each of a class. Made by `open_shapes`."""

    def __init__(
        self,
        source: str,
        crs: CRS,
        shapes: Sequence[tuple[Sequence[Geometry], int]],
        classes: Sequence[ClassInfo],
        *,
        attribute: str = "",
        unlabelled: int = 0,
        empty: int = 0,
    ) -> None:
        self.source = source
        self.crs = crs
        self._shapes = [(geometry, value) for parts, value in shapes for geometry in parts]
        self.classes = tuple(classes)
        """By value."""
        self.counts = Counter(value for _, value in shapes)
        """Shapes of each class, by value."""
        self.attribute = attribute
        """What of each shape its class is."""
        self.unlabelled = unlabelled
        """Shapes that were left out because that is NULL, not a number or empty."""
        self.empty = empty
        """Shapes of a class that were left out because they have no geometry, or an empty one."""

    def __len__(self) -> int:
        return self.counts.total()

    def __repr__(self) -> str:
        classes = listed([f"{c.value} {c.name}" for c in self.classes])
        return f"<Shapes {self.source}: {classes}; {len(self)}, {crs_name(self.crs)}>"

    def on(self, grid: Grid) -> LabelArray:
        """Return class numbers on a grid, int32, (rows, columns): masked where no shape is, −1 underneath.

        A polygon has the pixels whose centres lie inside it, a line those it passes through, a point the one it is
        in. Where shapes overlap, the last counts. Longitudes are a circle: 190° is where −170° is.

        Raises
        ------
        ConvistaError
            If the grid has no CRS or no place on the ground, or no shape lies on it.
        """
        grid.check_placed()
        if grid.crs is None:
            raise ConvistaError("scenes.shapes.shapes_without_crs", source=self.source)
        try:
            moved = [
                (turned, value)
                for geometry, value in self._shapes
                for turned in _around(rasterio.warp.transform_geom(self.crs, grid.crs, geometry), grid)
            ]
            burnt = _burnt(moved, grid)
        except FAILURES as error:
            raise ConvistaError(
                "scenes.shapes.shapes_unreadable", source=self.source, reason=reason(error)
            ) from error
        empty = burnt < 0
        if empty.all():
            raise ConvistaError("scenes.shapes.shapes_elsewhere", source=self.source, count=len(self))
        return np.ma.MaskedArray(burnt, empty, fill_value=-1)


def _around(geometry: Geometry, grid: Grid) -> Iterator[Geometry]:
    """Yield a geometry as often as it lies on a grid: on one that counts longitudes otherwise, whole turns away."""
    turn = full_turn(grid.crs)
    if not turn:
        yield geometry
        return
    (west, _, east, _), (left, _, right, _) = rasterio.features.bounds(geometry), grid.bounds
    for turns in range(ceil((left - east) / turn), floor((right - west) / turn) + 1):
        yield {**geometry, "coordinates": _shifted(geometry["coordinates"], turns * turn)}


def _shifted(coordinates: Any, by: float) -> Any:
    if isinstance(coordinates[0], int | float):
        return (coordinates[0] + by, *coordinates[1:])
    return [_shifted(one, by) for one in coordinates]


def _burnt(shapes: Sequence[tuple[Geometry, int]], grid: Grid) -> NDArray[np.int32]:
    """Return the number of the last shape on each pixel, −1 where there is none."""
    burnt = np.full(grid.shape, -1, np.int32)
    if shapes:
        rasterio.features.rasterize(shapes, out=burnt, transform=grid.transform)
    return burnt


def is_shapes(source: object) -> bool:
    """Tell by its ending whether a file holds shapes."""
    return isinstance(source, str | Path) and str(source).lower().endswith(ENDINGS)


def open_shapes(
    source: str | Path,
    attribute: str | None = None,
    names: ClassNames | None = None,
    *,
    layer: str | None = None,
    encoding: str | None = None,
) -> Shapes:
    """Open a file of shapes.

    Parameters
    ----------
    source
        GeoJSON; with the extra ``vector`` also GeoPackage, Shapefile and what else GDAL reads.
    attribute
        What of each shape its class is, in upper or lower case; None where they have only one, or only one that is
        text. Whole numbers are codes: classes are in their order, and keep them as values where all are from 0 to
        254. Other classes are numbered from 1, in the order of their names. NULL is no class.
    names
        Names of the classes: one for each, in their order, or a mapping code → name (of classes that are no codes,
        number → name). None for the values of the attribute.
    layer
        Of a file with several, the name of the one to read; None for the only one.
    encoding
        Of the texts in a Shapefile (or GeoJSON), such as ``"utf-8"`` or ``"cp1252"``; None for what the file says
        by its .cpg or .dbf. Where it says nothing and a class has a letter beyond ASCII, it is asked for.

    Raises
    ------
    ConvistaError
        If the file cannot be read, it is not clear what is meant, or nothing in it is both of a class and
        somewhere.
    """
    path = Path(source)
    read = read_shapes(path, layer, encoding)
    if not read.geometries:
        raise ConvistaError("scenes.shapes.no_shapes", source=path)
    chosen = chosen_attribute(str(path), read.attributes, attribute)
    values = read.attributes[chosen]
    if read.encoding_unknown:
        _check_legible(path, chosen, values)
    numbers, classes = classified(str(path), chosen, values, names)
    shapes = [
        (parts, number)
        for parts, number in zip(_drawable(path, read), numbers, strict=True)
        if number is not None and parts
    ]
    unlabelled = numbers.count(None)
    empty = len(numbers) - unlabelled - len(shapes)
    if not shapes:
        told = {"count": len(numbers), "unlabelled": unlabelled, "empty": empty, "attribute": chosen}
        raise ConvistaError("scenes.shapes.no_shapes_left", source=path, **told)
    return Shapes(str(path), read.crs, shapes, classes, attribute=chosen, unlabelled=unlabelled, empty=empty)


def _drawable(path: Path, read: ShapeFile) -> list[list[Geometry]]:
    found = []
    for number, geometry in enumerate(read.geometries, 1):
        try:
            found.append(drawable(geometry))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            told = {"source": path, "number": number, "reason": error}
            raise ConvistaError("scenes.shapes.shape_impossible", **told) from error
    return found


def _check_legible(path: Path, attribute: str, values: Sequence[object]) -> None:
    """See that nothing in an attribute depends on an encoding that nobody said; ConvistaError if it does."""
    texts = sorted({text for text in (attribute, *values) if isinstance(text, str) and not text.isascii()})
    if not texts:
        return
    readings = []
    for encoding in ("utf-8", "cp1252", "cp850"):
        try:
            read = ", ".join(text.encode(PLAIN).decode(encoding) for text in texts[:3])
        except UnicodeDecodeError:
            continue
        readings.append(f"{encoding}: {read}")
    raise ConvistaError("scenes.shapes.which_encoding", source=path, readings="; ".join(readings))
