"""Why the map says what it does at a place: which windows hold it, their weights, and their answers there."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from convista.language import listed
from convista.learning import Run
from convista.mapping.engine.patch_grid import PatchGrid
from convista.mapping.engine.tiling import Tiling
from convista.mapping.map_model import MapModel, as_map_model
from convista.mapping.prediction import layout_of
from convista.scenes import Scene, Window


class WindowContribution(NamedTuple):
    """What one window says of a pixel."""

    window: Window
    """The pixels that the network saw."""
    weight: float
    """Its part in the mean; those of all windows sum to one."""
    place: tuple[int, int] | None
    """Row and column of the answer in the window's own, where the network answers for every pixel."""
    answers: NDArray[np.float32]
    """Probabilities or values, (outputs,)."""

    def __repr__(self) -> str:
        answers = listed([f"{answer:.3g}" for answer in self.answers])
        place = "" if self.place is None else f" at {self.place}"
        return f"<WindowContribution of {self.window}: {answers}{place}; weight {self.weight:.3g}>"


def contributions_at(
    model: MapModel | Run | str | Path,
    scene: Scene,
    x: float,
    y: float,
    crs: object = None,
    *,
    stride: int | None = None,
    overlap: float | None = None,
) -> list[WindowContribution]:
    """Return what each window says of the pixel of a point, the weightiest first; `predict` maps their mean.

    Parameters
    ----------
    model, scene
        As in `predict`.
    x, y
        The point; x is the longitude if the CRS is geographic.
    crs
        What the point is given in; None for the scene's own.
    stride, overlap
        What the map was made with.

    Raises
    ------
    ConvistaError
        If the point lies outside the scene, or the stride or the overlap will not do.
    """
    model = as_map_model(model)
    pixel = scene.patch_at(x, y, 1, crs, model.band_names).window
    layout = layout_of(model, scene, stride, overlap)
    network = copy.deepcopy(model.network).eval()
    contributions = []
    for window, weight, place in _windows(layout, model, pixel.row, pixel.column):
        with torch.inference_mode():
            answers = network(model.standardise(scene.read(window, model.band_names))[None])[0].float()
        said = answers.reshape(model.outputs, -1)[:, 0] if place is None else answers[:, place[0], place[1]]
        contributions.append(WindowContribution(window, weight, place, said.numpy()))
    return sorted(contributions, key=lambda one: -one.weight)


def weighted_mean(contributions: list[WindowContribution]) -> NDArray[np.float32]:
    """Return the weighted mean of contributions, (outputs,)."""
    mean: NDArray[np.float32] = np.sum(
        [one.weight * one.answers for one in contributions], axis=0, dtype=np.float32
    )
    return mean


def _windows(
    layout: object, model: MapModel, row: int, column: int
) -> list[tuple[Window, float, tuple[int, int] | None]]:
    if isinstance(layout, PatchGrid):
        return [(layout.patch_of(row, column), 1.0, None)]
    assert isinstance(layout, Tiling)
    at = row // layout.step, column // layout.step
    found = []
    for i, down in layout.rows.windows_at(at[0]):
        for j, across in layout.columns.windows_at(at[1]):
            first = layout.rows.starts[i], layout.columns.starts[j]
            place = None if model.step is None else (at[0] - first[0], at[1] - first[1])
            found.append((layout.window_at(*first), down * across, place))
    return found
