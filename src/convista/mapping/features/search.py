"""Places most like a given one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import rasterio
import torch
from rasterio.windows import Window as RasterioWindow

from convista.errors import ConvistaError, note
from convista.language import number
from convista.learning import Progress, Run, silent
from convista.learning.tasks.prediction import Quantities
from convista.mapping.embedding.model import vectors_of
from convista.mapping.engine.device import AUTO
from convista.mapping.engine.distributed import Workers
from convista.mapping.engine.execution import run_job
from convista.mapping.engine.job import Job
from convista.mapping.engine.patch_grid import patch_grid_of
from convista.mapping.features.layer_geometry import Similarity
from convista.mapping.map_model import MapModel, as_map_model
from convista.mapping.outputs.rasters import products_of
from convista.mapping.prediction import check_asked
from convista.scenes import Grid, Scene, Window, covering
from convista.scenes.geometry.geojson import outline
from convista.scenes.patch import MaskedArray
from convista.whole_file import write_file

TOP = 20
"""Places listed, where nobody says otherwise."""
SIDE = 1024
"""Rows and columns of the heat map that are looked at together."""


class SearchHit(NamedTuple):
    """A patch that is like the one asked for."""

    similarity: float
    """Cosine of the angle between the two vectors, −1 … 1."""
    window: Window
    """Its pixels in the scene."""


def search(
    model: MapModel | Run | str | Path,
    scene: Scene,
    x: float,
    y: float,
    out: str | Path,
    *,
    crs: object = None,
    stride: int | None = None,
    top: int = TOP,
    precision: str = "float32",
    device: str = AUTO,
    by_name: bool = False,
    workers: Workers = 1,
    restart: bool = False,
    progress: Progress = silent,
) -> list[SearchHit]:
    """Find the patches most like the one around a point, and map how like it each is.

    Patches are compared by the network's vectors, see `vectors_of`.

    Parameters
    ----------
    model, scene, precision, device, by_name, workers, restart, progress
        As in `predict`.
    x, y, crs
        The point; without a CRS, in the scene's own. The patch centred on its cell is what is looked for.
    out
        The heat map: a pixel for each cell, ``.tif`` or ``.tiff``. The places lie beside it as ``.geojson``.
    stride
        Rows and columns of a cell; None for a quarter of the patch.
    top
        Places to list; none overlaps another, or the patch looked for, by more than half a side.

    Returns
    -------
    The places, the most similar first.

    Raises
    ------
    ConvistaError
        As `predict` does; and if the point lies outside the scene, there are no data around it, or the network has
        no head.
    """
    there = check_asked(out, precision, device, stride)
    asked = as_map_model(model)
    asked.check(scene, by_name)
    stride = max(1, asked.patch // 4) if stride is None else stride
    cells = patch_grid_of(asked, scene, stride)
    pixel = scene.patch_at(x, y, 1, crs, asked.band_names).window
    wanted = cells.patch_of(pixel.row, pixel.column)
    pixels = scene.read(wanted, asked.band_names)
    _check_data(pixels, scene, pixel)
    with vectors_of(asked) as embedding:
        with torch.no_grad():
            vector = embedding.network.eval()(asked.standardise(pixels)[None])[0]
        similarity = Similarity(embedding.network, vector)
        similar = replace(embedding, network=similarity, prediction=Quantities(("similarity",)))
        around = scene.grid.coordinates(wanted.row + asked.patch // 2, wanted.column + asked.patch // 2)
        job = Job(
            similar, scene, cells, products_of(similar, None, 0.5, confidence=False), fine=False,
            precision="bfloat16" if precision == "bfloat16" else "float32", device=str(there),
            origin=asked.fingerprint(), options={"at": around, "stride": stride},
        )  # fmt: skip
        path = run_job(job, Path(out), workers=workers, restart=restart, progress=progress)
    home = (pixel.row // stride, pixel.column // stride)
    best = _apart(path, home, max(1, asked.patch // (2 * stride)), top)
    places = [
        SearchHit(similarity, cells.patch_of(row * stride, column * stride)) for similarity, row, column in best
    ]
    _write(path.with_suffix(".geojson"), places, scene.grid)
    return places


def _check_data(pixels: MaskedArray, scene: Scene, pixel: Window) -> None:
    """See that there is something to look for; tell if it is not all there."""
    masked = float(np.ma.getmaskarray(pixels).any(axis=0).mean())
    x, y = (f"{place:.10g}" for place in scene.grid.coordinates(pixel.row, pixel.column))
    if masked == 1:
        raise ConvistaError("mapping.nothing_to_search", x=x, y=y, scene=scene.name)
    if masked > 0:
        note("mapping.little_to_search", x=x, y=y, percent=number(100 * masked, 1))


def _apart(path: Path, home: tuple[int, int], near: int, top: int) -> list[tuple[float, int, int]]:
    """Return the largest values of the heat map, none within `near` of a larger one or of home."""
    found: list[tuple[float, int, int]] = []
    with rasterio.open(path) as heat:
        for window in covering(heat.shape, (SIDE, SIDE)):
            values = heat.read(1, window=RasterioWindow.from_slices(*window.slices))
            values[np.isnan(values)] = -np.inf
            # The best of a block suppress at most so many others each, so that nothing that counts is left out.
            enough = min(values.size, (top + 1) * (2 * near + 1) ** 2)
            best = np.argpartition(values, -enough, axis=None)[-enough:]
            for row, column in zip(*np.unravel_index(best, values.shape), strict=True):
                if np.isfinite(values[row, column]):
                    found.append((float(values[row, column]), int(row) + window.row, int(column) + window.column))
    kept = [(np.inf, *home)]
    for value, row, column in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
        if all(max(abs(row - r), abs(column - c)) > near for _, r, c in kept):
            kept.append((value, row, column))
        if len(kept) > top:
            break
    return kept[1:]


def _write(path: Path, places: list[SearchHit], grid: Grid) -> None:
    """Write the patches as GeoJSON: in longitude and latitude, or in the grid's own numbers if its CRS has none."""
    features = []
    for rank, place in enumerate(places, 1):
        here = grid.at(place.window)
        corners = [(0, 0), (0, here.width), (here.height, here.width), (here.height, 0), (0, 0)]
        ring = [here.coordinates(row - 0.5, column - 0.5) for row, column in corners]
        geometry = outline(ring, grid.crs) or {"type": "Polygon", "coordinates": [ring]}
        properties = {"rank": rank, "similarity": place.similarity, **place.window._asdict()}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    text = json.dumps({"type": "FeatureCollection", "features": features}, indent=1)
    write_file(path, text + "\n", "mapping.beside_not_written")
