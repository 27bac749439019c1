"""A map as a job: all that is needed to compute any strip of it, in this process or another."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from affine import Affine
from rasterio.crs import CRS
from torch import nn

from convista.errors import ConvistaError
from convista.learning.tasks.prediction import ExclusiveProbabilities, Quantities
from convista.mapping.dense import PatchLoop, densify
from convista.mapping.embedding.model import is_embedding
from convista.mapping.engine.journal import Arrays
from convista.mapping.engine.layout import Layout, answer_grid
from convista.mapping.engine.patch_grid import PatchGrid
from convista.mapping.engine.plan import IDENTITY, OPTIONS
from convista.mapping.engine.streaming import Strip, strips
from convista.mapping.map_model import MapModel
from convista.mapping.outputs.rasters import PRODUCTS, Product
from convista.scenes import ClassInfo, Grid, Scene

FORMAT = "convista-map-2"
"""Of a plan whose strips `mosaic` joins."""
BATCH_PIXELS = 2**18
"""Pixels of a batch of patches."""


@dataclass(frozen=True, eq=False)
class Job:
    """A scene, a network, and what is to be made of them. It can be pickled."""

    model: MapModel
    scene: Scene
    layout: Layout
    products: tuple[Product, ...]
    fine: bool
    """Whether each answer is repeated for all its pixels, on the scene's grid; else it is a pixel itself."""
    precision: str = "float32"
    approximate: bool = False
    polygons: bool = False
    device: str = "cpu"
    origin: str | None = None
    """The fingerprint of the network that the user gave, where the model is made of it; None where it is that."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """What the user chose, by name; JSON can hold it."""

    @property
    def grid(self) -> Grid:
        """The grid of what is written."""
        return self.scene.grid if self.fine else answer_grid(self.scene.grid, self.layout)

    def network(self) -> nn.Module:
        """Return the network as the layout asks it: densely where that is exact, or wanted, and less work."""
        layout, model = self.layout, self.model
        if not isinstance(layout, PatchGrid):
            return model.network
        network = copy.deepcopy(model.network).to(self.device)  # a recorded graph keeps the weights where they are
        batch = max(16, BATCH_PIXELS // model.patch**2)
        loop = PatchLoop(network, model.patch, layout.stride, batch)
        try:
            dense = densify(network, model.patch, stride=layout.stride, approximate=self.approximate)
        except ConvistaError:
            return loop
        return dense if dense.costs.dense < dense.costs.loop else loop

    def work(self, wanted: range, threads: int) -> Iterator[tuple[int, Arrays]]:
        """Yield the strips of a range, encoded: for each product (bands, rows, columns)."""
        model, layout, precision = self.model, self.layout, self.precision
        with self.scene.read_in_rows(model.band_names):
            for strip in strips(model, self.network(), self.scene, layout, wanted, threads, precision, self.device):
                yield strip.number, self._encoded(strip)

    def rows(self, strip: int) -> tuple[int, int]:
        """Return the rows of the written grid that a strip gives: first, and first of those after."""
        first = self.layout.span(strip)[0]
        last = self.layout.size[0] if strip == self.layout.strips - 1 else self.layout.span(strip + 1)[0]
        if not self.fine:
            return first, last
        return first * self.layout.step, min(last * self.layout.step, self.scene.height)

    def plan(self) -> dict[str, Any]:
        """Return what identifies the map and is needed to join its strips, as JSON can hold it."""
        grid = self.grid
        return {
            "format": FORMAT,
            IDENTITY: self.identity(),
            "crs": None if grid.crs is None else grid.crs.to_wkt(),
            "transform": list(grid.transform[:6]),
            "shape": list(grid.shape),
            "rows": [list(self.rows(strip)) for strip in range(self.layout.strips)],
            "about": self.about(),
            "precision": self.precision,
            "polygons": self.polygons,
            "products": [{"kind": type(p).__name__, **_plain(p)} for p in self.products],
        }

    def identity(self) -> dict[str, Any]:
        """Return what makes it this map and no other: what is computed of which numbers, not where they lie."""
        made = self.model.fingerprint()
        rest = [made, repr(self.layout), self.fine, [repr(product) for product in self.products], self.polygons]
        chosen = {
            **self.options,
            "precision": self.precision,
            "device": torch.device(self.device).type,
            "approximate": self.approximate,
        }
        return {
            "network": self.origin or made,
            **self.scene.content(self.model.band_names)._asdict(),
            OPTIONS: chosen,
            "rest": hashlib.sha256(repr(rest).encode()).hexdigest(),
        }

    def about(self) -> dict[str, Any]:
        """Return what is told of the network beside the map, as JSON can hold it."""
        model = self.model
        source = model.run.source if model.run else None
        times = self.scene.acquired(model.band_names)
        return {
            "title": model.title,
            "task": _task(model),
            "bands": list(model.band_names),
            "mean": model.mean.tolist(),
            "std": model.std.tolist(),
            "patch": model.patch,
            "outputs": model.outputs,
            "step": model.step,
            "precision": self.precision,
            "temperature": model.run.task.calibration.temperature if model.run else 1.0,
            "classes": [[c.value, c.name, list(c.colour)] for c in model.prediction.classes],
            "source": None if source is None else str(Path(source).resolve()),
            "acquired": None if times is None else [time.strftime("%Y-%m-%dT%H:%M:%SZ") for time in times],
        }

    def _encoded(self, strip: Strip) -> Arrays:
        nodata = strip.nodata
        if not self.fine and self.layout.step > 1:
            nodata = _all_of(nodata, self.layout.step, strip.answers.shape[1:])
        arrays = []
        for product in self.products:
            values = product.encode(strip.answers)
            if self.fine and self.layout.step > 1:
                values = values.repeat(self.layout.step, axis=1).repeat(self.layout.step, axis=2)
            values = np.array(values[:, : nodata.shape[0], : nodata.shape[1]])
            values[:, nodata] = product.nodata()
            arrays.append(values)
        return arrays


def _task(model: MapModel) -> str:
    """Return what a network does, in the words of STAC's extension for models."""
    if isinstance(model.prediction, Quantities):
        return "similarity-search" if is_embedding(model) else "regression"
    if model.step is not None:
        return "semantic-segmentation"
    return "scene-classification" if isinstance(model.prediction, ExclusiveProbabilities) else "classification"


def _all_of(mask: np.ndarray[Any, np.dtype[np.bool_]], step: int, size: tuple[int, ...]) -> Any:
    """Return where all pixels of an answer are masked; there are none beyond the scene."""
    rows, columns = size[0] * step, size[1] * step
    full = np.pad(mask, ((0, rows - mask.shape[0]), (0, columns - mask.shape[1])), constant_values=True)
    return full.reshape(size[0], step, size[1], step).all(axis=(1, 3))


def _plain(product: Product) -> dict[str, Any]:
    """Return a product's fields as JSON gives them back."""
    plain: dict[str, Any] = asdict(product)  # type: ignore[call-overload]
    return plain


def product_of(plain: dict[str, Any]) -> Product:
    """Return a product from what a plan says of it."""
    fields: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in plain.items()}
    kind: type[Product] = PRODUCTS[fields.pop("kind")]
    if "classes" in fields:
        fields["classes"] = tuple(ClassInfo(c[0], c[1], tuple(c[2])) for c in fields["classes"])
    return kind(**fields)


def grid_of(plan: dict[str, Any]) -> Grid:
    """Return the grid from what a plan says of it."""
    crs = None if plan["crs"] is None else CRS.from_wkt(plan["crs"])
    return Grid(crs, Affine(*plan["transform"]), *plan["shape"])
