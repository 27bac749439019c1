"""Files of shapes: GeoJSON by itself, GeoPackage, Shapefile and others by GDAL."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Sequence
from math import isnan
from pathlib import Path
from typing import Any, NamedTuple

from rasterio.crs import CRS
from rasterio.errors import CRSError

from convista.errors import ConvistaError
from convista.scenes.files.formats import check_content
from convista.scenes.shapes.geometries import Geometry

LONGITUDE_LATITUDE = CRS.from_epsg(4326)
"""Of GeoJSON that does not say otherwise (RFC 7946)."""
GEOJSON = (".geojson", ".json")
PLAIN = "ISO-8859-1"
"""In which every byte is a letter: what is read by it can be turned back into bytes."""
_SAYS_NOTHING = (0, 0x57)
"""Language drivers of a dBASE file that leave its encoding to the machine that wrote it."""


class ShapeFile(NamedTuple):
    """What a file holds."""

    crs: CRS
    geometries: list[Geometry | None]
    attributes: dict[str, list[Any]]
    """Of each shape, by name; None is NULL."""
    encoding_unknown: bool = False
    """Whether texts are bytes, read as `PLAIN`, of which the file does not say what they mean."""


def read_shapes(path: Path, layer: str | None, encoding: str | None) -> ShapeFile:
    """Read a file of shapes.

    Parameters
    ----------
    path
        The file.
    layer
        Name of the layer of shapes to read, in any case; None for the only one.
    encoding
        Of the texts of a Shapefile or GeoJSON; None for what the file says.

    Raises
    ------
    ConvistaError
        If it cannot be read, has several layers or none of that name, or neither layers nor encodings are of
        this kind of file.
    """
    kind = path.suffix.lower()
    if layer is not None and kind in (*GEOJSON, ".shp"):
        raise ConvistaError("scenes.shapes.no_layers", source=path, layer=layer)
    if encoding is not None and kind not in (*GEOJSON, ".shp"):
        raise ConvistaError("scenes.shapes.encoding_is_known", source=path, encoding=encoding)
    if encoding is not None:
        _check_encoding(encoding)
    return _geojson(path, encoding) if kind in GEOJSON else _by_gdal(path, layer, encoding)


def _check_encoding(encoding: str) -> None:
    try:
        b"a".decode(encoding)
    except (LookupError, UnicodeError) as error:
        raise ConvistaError("scenes.shapes.unknown_encoding", encoding=encoding) from error


def _geojson(path: Path, encoding: str | None) -> ShapeFile:
    try:
        read = json.loads(path.read_text(encoding=encoding or "utf-8-sig"))
        features = read["features"] if read["type"] == "FeatureCollection" else [read]
        named = read.get("crs")
        crs = CRS.from_user_input(named["properties"]["name"]) if named else LONGITUDE_LATITUDE
        features = [one if one["type"] == "Feature" else {"geometry": one} for one in features]
        properties = [feature.get("properties") or {} for feature in features]
        names = dict.fromkeys(name for one in properties for name in one)
        attributes = {name: [one.get(name) for one in properties] for name in names}
        return ShapeFile(crs, [feature["geometry"] for feature in features], attributes)
    except OSError as error:
        raise ConvistaError("scenes.shapes.shapes_unreadable", source=path, reason=error.strerror) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CRSError) as error:
        raise ConvistaError(
            "scenes.shapes.shapes_unreadable", source=path, reason=f"no GeoJSON ({error})"
        ) from error


def _by_gdal(path: Path, layer: str | None, encoding: str | None) -> ShapeFile:
    try:
        import pyogrio  # noqa: PLC0415  an extra
        import pyogrio.errors  # noqa: PLC0415
        import shapely  # noqa: PLC0415
    except ImportError as error:
        raise ConvistaError("scenes.shapes.no_pyogrio", source=path) from error
    check_content(str(path))
    unknown = encoding is None and _says_no_encoding(path)
    read_as = None if encoding is None and not unknown else PLAIN
    try:
        # GDAL warns of many a thing that does not touch what is read here.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            name = _layer_of(path, pyogrio.list_layers(path).tolist(), layer)
            types = pyogrio.read_info(path, layer=name)["dtypes"]
            about, _, shapes, columns = pyogrio.raw.read(path, layer=name, encoding=read_as, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, OSError) as error:
        raise ConvistaError("scenes.shapes.shapes_unreadable", source=path, reason=error) from error
    if about["crs"] is None:
        raise ConvistaError("scenes.shapes.shapes_without_crs", source=path)
    geometries = [
        None if shape is None or shape.is_empty else shape.__geo_interface__ for shape in shapely.from_wkb(shapes)
    ]
    fields = [str(name) for name in about["fields"]]
    values = [_plain(column, str(kind)) for column, kind in zip(columns, types, strict=True)]
    if encoding is not None:
        try:
            fields = [_decoded(name, encoding) for name in fields]
            values = [[_decoded(value, encoding) for value in column] for column in values]
        except UnicodeDecodeError as error:
            raise ConvistaError("scenes.shapes.wrong_encoding", source=path, encoding=encoding) from error
    attributes = dict(zip(fields, values, strict=True))
    return ShapeFile(CRS.from_user_input(about["crs"]), geometries, attributes, unknown)


def _layer_of(path: Path, layers: Sequence[tuple[str, str | None]], wanted: str | None) -> str:
    """Return the layer of shapes that is meant; tables without geometry, such as those of styles, are none."""
    names = [name for name, geometry in layers if geometry is not None]
    if not names:
        raise ConvistaError("scenes.shapes.no_shapes", source=path)
    alike = names if wanted is None else [name for name in names if name.lower() == wanted.lower()]
    if wanted in names or len(alike) == 1:
        return wanted if wanted is not None and wanted in names else alike[0]
    key = "scenes.shapes.which_layer" if wanted is None else "scenes.shapes.no_such_layer"
    raise ConvistaError(key, source=path, layer=wanted, layers=", ".join(names))


def _says_no_encoding(path: Path) -> bool:
    """Whether a Shapefile does not say how its texts are written: it has no .cpg, and its .dbf leaves it open."""
    if path.suffix.lower() != ".shp":
        return False
    beside = {one.suffix.lower(): one for one in path.parent.glob(f"{path.stem}.*")}
    if ".cpg" in beside or ".dbf" not in beside:
        return False
    head = beside[".dbf"].read_bytes()[:30]
    return len(head) == 30 and head[29] in _SAYS_NOTHING


def _plain(column: Any, kind: str) -> list[Any]:
    """Return a column's values as Python has them; numbers are whole or true again where NULL made them real."""
    if column.dtype.kind == "f" and (kind == "bool" or kind.startswith(("int", "uint"))):
        whole: Callable[[float], int] = bool if kind == "bool" else int
        return [None if isnan(value) else whole(value) for value in column.tolist()]
    return [None if value is None else getattr(value, "item", lambda v=value: v)() for value in column]


def _decoded(value: Any, encoding: str) -> Any:
    return value.encode(PLAIN).decode(encoding) if isinstance(value, str) else value
