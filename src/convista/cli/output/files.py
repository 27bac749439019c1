"""What files and folders are that are no scene and no run: shapes, STAC, films, classes, images, tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convista.errors import ConvistaError

if TYPE_CHECKING:
    from convista.scenes import Grid

Facts = dict[str, Any]
"""Of a file; the first says what it is, and its name."""

SHAPES = (".gpkg", ".shp", ".fgb", ".kml")
RASTERS = (".tif", ".tiff", ".img", ".png")
MOST_VALUES = 32
"""Values of a raster of whole numbers that may be classes, at most."""
SEEN = 512
"""Rows and columns of it that are looked at."""


def facts_of(path: Path) -> Facts | None:
    """Return what a file or folder is; None where it is to be opened as a scene.

    Raises
    ------
    ConvistaError
        If it is a file of a known kind that cannot be read, or of no kind that is known.
    """
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        return None
    by_ending: Mapping[str, Callable[[Path], Facts | None]] = {
        **dict.fromkeys((".json", ".geojson"), _json),
        **dict.fromkeys(SHAPES, _shapes),
        **dict.fromkeys(RASTERS, _classes),
        ".parquet": _vectors,
        ".safetensors": _snapshots,
    }
    describe = by_ending.get(path.suffix.lower())
    return None if describe is None else describe(path)


def _folder(path: Path) -> Facts | None:
    """Tell trainings that are no single run from class folders of images."""
    from convista.learning.data.image_folder import has_class_folders
    from convista.learning.fitting.checkpoint import NAME as CHECKPOINT
    from convista.learning.studies.seeds import NAME as SEEDS
    from convista.learning.studies.study import ARGUMENTS

    if (path / CHECKPOINT).is_file():
        return {"checkpoint": path.name, "files": sorted(file.name for file in path.iterdir())}
    if (path / f"{SEEDS}.json").is_file():
        summary = _read(path / f"{SEEDS}.json")
        scores = [
            {"score": name, "mean": s["mean"], "spread": s["spread"]} for name, s in summary["scores"].items()
        ]
        return {"seeds": path.name, "numbers": summary["seeds"], "samples": summary["samples"], "scores": scores}
    if (path / ARGUMENTS).is_file():
        asked = _read(path / ARGUMENTS)
        runs = sorted(file.parent.relative_to(path).as_posix() for file in path.glob("*/*/model.safetensors"))
        return {"study": path.name, "model": asked.get("model"), "data": asked.get("data"), "runs": runs}
    return _images(path) if has_class_folders(path) else None


def _images(path: Path) -> Facts | None:
    """Count images by class, and look at the first; None where that is no patch."""
    from convista.learning.data.image_files import read_images
    from convista.learning.data.image_folder import images_in

    files = images_in(path)
    counts = Counter(file.parent.name for file in files)
    try:
        image = read_images(files[:1]).values[0]
    except ConvistaError:
        return None  # folders of scenes, perhaps
    return {
        "images": path.name,
        "count": len(files),
        "size": f"{image.shape[1]}×{image.shape[2]}",
        "channels": len(image),
        "dtype": str(image.dtype),
        "classes": [{"name": name, "images": counts[name]} for name in sorted(counts)],
    }


def _json(path: Path) -> Facts:
    """Tell GeoJSON, STAC and films apart; of any other JSON there is nothing to say."""
    from convista.films.export.document import FORMAT

    read = _read(path)
    if isinstance(read, Mapping):
        kind = read.get("type")
        known: dict[object, Callable[[Path, Mapping[str, Any]], Facts]] = {
            "Collection": _collection,
            "Catalog": _collection,
            "FeatureCollection": _geojson,
            "Feature": _item if "stac_version" in read else _geojson,
        }
        if read.get("format") == FORMAT:
            return _film(path)
        if kind in known and (kind not in {"Collection", "Catalog"} or "stac_version" in read):
            try:
                return known[kind](path, read)
            except (AttributeError, KeyError, TypeError, ValueError) as reason:
                raise ConvistaError("cli.output.unreadable_file", file=path, reason=f"{kind}: {reason}") from reason
    raise ConvistaError("cli.output.unknown_json", file=path)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8-sig"))
    except OSError as reason:
        raise ConvistaError("cli.output.unreadable_file", file=path, reason=reason.strerror) from reason
    except (ValueError, RecursionError) as reason:
        raise ConvistaError("cli.output.unreadable_file", file=path, reason=f"JSON: {reason}") from reason


def _film(path: Path) -> Facts:
    from convista.films import open_film

    film = open_film(path)
    return {
        "film": film.name,
        "title": getattr(film.title, film.language),
        "steps": len(film.steps),
        "seconds": round(film.seconds, 1),
        "size": f"{film.size[0]}×{film.size[1]}",
        "language": film.language,
        "theme": film.theme,
    }


def _item(path: Path, item: Mapping[str, Any]) -> Facts:
    about = item.get("properties") or {}
    span = [about.get("start_datetime"), about.get("end_datetime")]
    code = about.get("proj:code") or (f"EPSG:{about['proj:epsg']}" if about.get("proj:epsg") else None)
    assets = [
        {
            "name": name,
            "roles": list(asset.get("roles") or []),
            "type": asset.get("type"),
            "href": asset.get("href"),
        }
        for name, asset in (item.get("assets") or {}).items()
    ]
    return {
        "stac_item": item.get("id"),
        "version": item.get("stac_version"),
        "datetime": about.get("datetime") or (span if any(span) else None),
        "collection": item.get("collection"),
        "crs": code,
        "bbox": item.get("bbox"),
        "assets": assets,
    }


def _collection(path: Path, read: Mapping[str, Any]) -> Facts:
    extent = read.get("extent") or {}
    boxes = (extent.get("spatial") or {}).get("bbox") or [None]
    times = (extent.get("temporal") or {}).get("interval") or [None]
    links = [link for link in read.get("links") or [] if link.get("rel") in {"item", "child", "items"}]
    return {
        "stac_collection" if read["type"] == "Collection" else "stac_catalog": read.get("id"),
        "version": read.get("stac_version"),
        "title": read.get("title"),
        "bbox": boxes[0],
        "datetime": times[0],
        "members": [link.get("href") for link in links],
    }


def _geojson(path: Path, read: Mapping[str, Any]) -> Facts:
    """Describe shapes without reading any coordinate but their corners."""
    features = read["features"] if read["type"] == "FeatureCollection" else [read]
    geometries = [feature.get("geometry") or {} for feature in features]
    places = [place for geometry in geometries for place in _places(geometry)]
    named = ((read.get("crs") or {}).get("properties") or {}).get("name")
    names = dict.fromkeys(name for feature in features for name in feature.get("properties") or {})
    layer = {
        "layer": path.stem,
        "features": len(features),
        "geometry": _kinds(geometry.get("type") for geometry in geometries),
        "crs": named or "EPSG:4326",
        "bounds": [f(axis) for f in (min, max) for axis in zip(*places, strict=True)] if places else None,
        "attributes": list(names),
    }
    return {"shapes": path.name, "layers": [layer]}


def _places(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Yield every point of a geometry."""
    for part in geometry.get("geometries") or []:
        yield from _places(part)
    waiting = [geometry.get("coordinates")]
    while waiting:
        some = waiting.pop()
        if isinstance(some, list) and len(some) > 1 and isinstance(some[0], int | float):
            yield some[0], some[1]
        elif isinstance(some, list):
            waiting += some


def _kinds(found: Iterator[Any]) -> str:
    return ", ".join(sorted({str(kind) for kind in found if kind})) or "–"


def _shapes(path: Path) -> Facts | None:
    """Describe every layer of a file of shapes; a GeoPackage that has only rasters is a scene."""
    try:
        import pyogrio
        import pyogrio.errors
    except ImportError as error:
        raise ConvistaError("scenes.shapes.no_pyogrio", source=path) from error
    from convista.scenes.files.formats import check_content

    check_content(str(path))
    try:
        names = [name for name, geometry in pyogrio.list_layers(path).tolist() if geometry is not None]
        layers = [_layer(name, pyogrio.read_info(path, layer=name, force_total_bounds=True)) for name in names]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError) as error:
        if path.suffix.lower() == ".gpkg":
            return None
        raise ConvistaError("scenes.shapes.shapes_unreadable", source=path, reason=error) from error
    return {"shapes": path.name, "layers": layers} if layers else None


def _layer(name: str, about: Mapping[str, Any]) -> Facts:
    bounds = about["total_bounds"]
    return {
        "layer": name,
        "features": about["features"],
        "geometry": about["geometry_type"],
        "crs": about["crs"],
        "bounds": None if bounds is None else [float(edge) for edge in bounds],
        "attributes": [str(field) for field in about["fields"]],
    }


def _vectors(path: Path) -> Facts:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ConvistaError("cli.output.unreadable_file", file=path, reason="pyarrow") from error
    from convista.mapping.embedding.table import OWN

    try:
        file = pyarrow.parquet.ParquetFile(path)
    except (OSError, ValueError) as reason:
        raise ConvistaError("cli.output.unreadable_file", file=path, reason=reason) from reason
    with file:
        own = (file.schema_arrow.metadata or {}).get(OWN.encode())
        columns = [{"name": field.name, "dtype": str(field.type)} for field in file.schema_arrow]
        about = {} if own is None else {"model": json.loads(own).get("network")}
        return {
            "vectors" if own else "table": path.name,
            "rows": file.metadata.num_rows,
            **about,
            "columns": columns,
        }


def _snapshots(path: Path) -> Facts | None:
    """Describe weights of epochs; any other such file is a run, or none."""
    from convista.learning import open_snapshots
    from convista.learning.fitting.snapshots import NAME

    if path.name != NAME:
        return None
    kept = open_snapshots(path)
    return {"snapshots": path.name, "epochs": list(kept.epochs), "weights": list(kept.names)}


def _classes(path: Path) -> Facts | None:
    """Describe a raster whose file names its classes, or one of a few whole numbers on the ground."""
    from convista.scenes.files.open_raster import read_header
    from convista.scenes.labels.legend import read_legend

    try:
        header = read_header(str(path))
    except ConvistaError:
        return None  # opening it as a scene says what is wrong
    scaled = (header.scales[0], header.offsets[0]) != (1, 0)
    if header.count != 1 or not header.dtypes[0].startswith(("uint", "int")) or scaled:
        return None
    about = {
        "description": header.descriptions[0],
        **grid_facts(header.grid),
        "dtype": header.dtypes[0],
        "nodata": header.nodata[0],
    }
    if names := read_legend(str(path)).names:
        classes = [{"value": value, "name": name} for value, name in sorted(names.items())]
        return {"class_raster": path.name, **about, "classes": classes}
    found = [] if header.grid.crs is None else _values(path)
    return {"few_values": path.name, **about, "values": found} if 0 < len(found) <= MOST_VALUES else None


def _values(path: Path) -> list[int]:
    """Return the values of a raster, of a large one those of a sample."""
    import numpy as np

    from convista.scenes.files.formats import open_dataset

    with open_dataset(str(path)) as raster:
        shape = tuple(min(SEEN, side) for side in raster.shape)
        values: list[int] = np.unique(raster.read(1, out_shape=shape, masked=True).compressed()).tolist()
    return values


def grid_facts(grid: Grid) -> Facts:
    """Return where a grid lies."""
    return {
        "rows": grid.height,
        "columns": grid.width,
        "crs": grid.crs.to_string() if grid.crs else None,
        "pixel": list(grid.resolution),
        "pixel_on_ground": _on_ground(grid),
        "bounds": list(grid.bounds),
    }


def _on_ground(grid: Grid) -> list[float] | None:
    """Return the sides of the pixel in the middle in metres, or None where the CRS has no metres."""
    from convista.scenes.geometry.ground import pixel_sides

    try:
        return [round(side, 3) for side in pixel_sides(grid, grid.height / 2, grid.width / 2)]
    except ConvistaError:
        return None
