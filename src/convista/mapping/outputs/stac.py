"""A STAC Item beside a map: where it lies, what its values mean, and which network made it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from convista.language import say
from convista.scenes import ClassInfo, Grid
from convista.scenes.files.open_raster import perhaps_without_georeference
from convista.scenes.geometry.geojson import outline
from convista.scenes.geometry.grid import apply_affine
from convista.scenes.writing.map_writer import free_nodata
from convista.scenes.writing.raster_writer import ENDINGS
from convista.whole_file import write_file

EXTENSIONS = (
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
    "https://stac-extensions.github.io/classification/v2.0.0/schema.json",
)
SCALE_EXTENSION = "https://stac-extensions.github.io/raster/v2.0.0/schema.json"
MODEL_EXTENSION = "https://stac-extensions.github.io/mlm/v1.4.0/schema.json"
"""It asks for the file of a model."""
COG = "image/tiff; application=geotiff; profile=cloud-optimized"
PACKAGE = "application/geopackage+sqlite3"
EDGE_POINTS = 21
"""Points of each side of the footprint, since a straight side of one CRS is bent in another."""


def write_item(paths: Mapping[str, Path], grid: Grid, about: Mapping[str, Any]) -> Path:
    """Write ``<map>.json``, a STAC Item with the extensions projection and classification, and mlm for a run.

    Its time is that of the imagery, or the span of it; where nothing says it, that of the map, as it says.

    Parameters
    ----------
    paths
        The files of the map by role; the first, ``"map"``, gives the item its name.
    grid
        Of the map.
    about
        What `Job.about` says of network and classes.
    """
    path = paths["map"].with_suffix(".json")
    footprint = _footprint(grid)
    item: dict[str, Any] = {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": list(EXTENSIONS),
        "id": paths["map"].stem,
        "geometry": footprint,
        **({} if footprint is None else {"bbox": _bounds(footprint)}),
        "properties": {
            **_times(about["acquired"]),
            "proj:code": None if grid.crs is None or not grid.crs.to_epsg() else f"EPSG:{grid.crs.to_epsg()}",
            **({} if grid.crs is None else {"proj:wkt2": grid.crs.to_wkt(version="WKT2_2019")}),
            "proj:shape": list(grid.shape),
            "proj:transform": list(grid.transform[:6]),
            **_network(about),
        },
        "links": [],
        "assets": {role: _asset(file, about if role == "map" else {}) for role, file in paths.items()},
    }
    if about["source"] is not None:
        item["stac_extensions"].append(MODEL_EXTENSION)
        item["assets"]["model"] = _model(about, path)
    if any("raster:scale" in band for asset in item["assets"].values() for band in asset.get("bands", [])):
        item["stac_extensions"].append(SCALE_EXTENSION)
    return write_file(path, json.dumps(item, ensure_ascii=False, indent=2) + "\n", "mapping.beside_not_written")


def precision_of(path: Path) -> str:
    """Return the precision in which a map was computed, as its item says."""
    item = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    precision: str = item["properties"]["convista:precision"]
    return precision


def _times(acquired: Sequence[str] | None) -> dict[str, Any]:
    """Say when the imagery was taken; where that is not known, when the map was made, and that it is that."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if acquired is None:
        return {"datetime": now, "created": now, "description": say("mapping.item_of_unknown_time")}
    start, end = acquired
    span = {} if start == end else {"start_datetime": start, "end_datetime": end}
    return {"datetime": None if span else start, **span, "created": now}


def _asset(file: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    asset: dict[str, Any] = {"href": f"./{_reference(file.name)}", "type": PACKAGE, "roles": ["data"]}
    if file.suffix.lower() in ENDINGS:
        asset |= {"type": COG, "bands": _bands(file)}
    if about.get("classes"):
        nodata = free_nodata(ClassInfo(*one) for one in about["classes"])
        asset["roles"].append("classification")
        asset["classification:classes"] = [
            {
                "value": value,
                "name": _word(name, f"class_{value}"),
                "title": name,
                "description": name,
                "color_hint": "{:02X}{:02X}{:02X}".format(*colour),
            }
            for value, name, colour in about["classes"]
        ] + [{"value": nodata, "name": "nodata", "description": "nodata", "nodata": True}]
    return asset


def _bands(file: Path) -> list[dict[str, Any]]:
    """Return what a raster says of its bands."""
    bands = []
    with perhaps_without_georeference(), rasterio.open(file) as raster:
        each = (raster.descriptions, raster.dtypes, raster.nodatavals, raster.units, raster.scales)
        for name, dtype, nodata, unit, scale in zip(*each, strict=True):
            band: dict[str, Any] = {"name": name, "data_type": dtype}
            band["nodata"] = "nan" if isnan(nodata) else nodata
            band |= {"unit": unit} if unit else {}
            band |= {"raster:scale": scale} if scale != 1 else {}
            bands.append(band)
    return bands


def _reference(path: str) -> str:
    """Return a relative path as a reference to it: what means something else there is written by its code."""
    return re.sub(r'[\x00-\x20"<>\\^`{|}%#?\[\]]', lambda found: f"%{ord(found[0]):02X}", path)


def _word(text: str, otherwise: str) -> str:
    """Return a name of three letters at least, as the extensions want it, made of a text; or another."""
    word = re.sub(r"[^0-9A-Za-z_-]+", "_", text).strip("_-")
    return word if re.fullmatch("[A-Za-z].+[0-9A-Za-z]", word) else otherwise


def _model(about: Mapping[str, Any], item: Path) -> dict[str, Any]:
    """Point to the file of the run, and name the bands that it takes."""
    try:
        href = _reference(os.path.relpath(about["source"], item.parent.resolve()).replace(os.sep, "/"))
    except ValueError:  # another drive of Windows
        href = Path(about["source"]).as_uri()
    kind = "application/octet-stream; framework=pytorch"
    bands = [{"name": band} for band in about["bands"]]
    roles = ["mlm:model"]
    return {"href": href, "type": kind, "roles": roles, "mlm:artifact_type": "safetensors", "bands": bands}


def _network(about: Mapping[str, Any]) -> dict[str, Any]:
    """Describe the network: what it takes and what it gives."""
    bands, patch = about["bands"], about["patch"]
    shape = [-1, len(bands), patch, patch]
    side = [] if about["step"] is None else [patch // about["step"]] * 2
    return {
        # The extension wants them here; STAC 1.1 allows that where a file has bands of its own, as every map has.
        "bands": [{"name": band} for band in bands],
        "mlm:name": _word(about["title"], "network"),
        "mlm:architecture": about["title"],
        "mlm:tasks": [about["task"]],
        "mlm:framework": "PyTorch",
        "convista:precision": about["precision"],
        "convista:temperature": about["temperature"],
        "mlm:input": [
            {
                "name": "patch",
                "bands": bands,
                "input": {
                    "shape": shape,
                    "dim_order": ["batch", "bands", "height", "width"],
                    "data_type": "float32",
                },
                "value_scaling": [
                    {"type": "z-score", "mean": mean, "stddev": std}
                    for mean, std in zip(about["mean"], about["std"], strict=True)
                ],
            }
        ],
        "mlm:output": [
            {
                "name": "answers",
                "tasks": [about["task"]],
                "result": {
                    "shape": [-1, about["outputs"], *side],
                    "dim_order": ["batch", "channel", "height", "width"][: 2 + len(side)],
                    "data_type": "float32",
                },
            }
        ],
    }


def _footprint(grid: Grid) -> dict[str, Any] | None:
    """Return the map's outline in longitude and latitude, cut where it crosses the antimeridian, see `outline`."""
    down, across = (np.linspace(0, n, EDGE_POINTS) for n in grid.shape)
    corners = (
        [(c, 0.0) for c in across[:-1]] + [(grid.width, r) for r in down[:-1]]
        + [(c, grid.height) for c in across[:0:-1]] + [(0.0, r) for r in down[:0:-1]]
    )  # fmt: skip
    ring = [apply_affine(grid.transform, *map(float, corner)) for corner in [*corners, corners[0]]]
    found = outline(ring, grid.crs)
    return found if found and found["coordinates"] else None


def _bounds(geometry: Mapping[str, Any]) -> list[float]:
    """Return west, south, east, north; of a footprint cut at the antimeridian, west is the larger."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [np.array(polygon[0])[:, :2] for polygon in polygons]
    spans = sorted((float(ring[:, 0].min()), float(ring[:, 0].max())) for ring in rings)
    south = min(float(ring[:, 1].min()) for ring in rings)
    north = max(float(ring[:, 1].max()) for ring in rings)
    apart = spans[-1][0] > spans[0][1]
    crosses = len(spans) > 1 and apart and spans[0][0] < -179.999 and spans[-1][1] > 179.999
    west, east = (spans[-1][0], spans[0][1]) if crosses else (spans[0][0], max(end for _, end in spans))
    return [west, south, east, north]
