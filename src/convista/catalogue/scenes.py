"""The scene that the chapter shows where the caller gives none. It is simulated, and says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from numpy.typing import ArrayLike

from convista.films.film import Film
from convista.films.filters.filters import filters as classical
from convista.films.patches.patches import patches_mosaic, patches_overlap
from convista.films.registry import film
from convista.scenes import Scene, Window, sample_scene
from convista.scenes.simulated.sample import SimulatedScene

SIDE = 96
"""Rows and columns of the part of a scene that filters are shown on."""


@cache
def example_sample() -> SimulatedScene:
    """Return a simulated scene of 256×320 pixels of 10 m and its labels, always the same."""
    return sample_scene(seed=3, height=256, width=320)


def example_scene() -> Scene:
    """Return the scene of `example_sample`."""
    return example_sample().scene


@film("patches-mosaic")
def mosaic(scene: Scene | None = None, sizes: tuple[int, ...] = (64, 32)) -> Film:
    """Show the chapter's scene, or the caller's, cut into patches side by side; see `patches_mosaic`."""
    return patches_mosaic(example_scene() if scene is None else scene, sizes=sizes)


@film("patches-overlap")
def overlap(scene: Scene | None = None, cuts: tuple[tuple[int, int], ...] = ((64, 32), (32, 16))) -> Film:
    """Show the chapter's scene, or the caller's, cut into overlapping patches; see `patches_overlap`."""
    return patches_overlap(example_scene() if scene is None else scene, cuts=cuts)


@film("filters")
def filters(
    image: ArrayLike | None = None,
    scene: Scene | None = None,
    band: str | None = None,
    kernels: Mapping[str, ArrayLike] | None = None,
) -> Film:
    """Show classical filters on an image, on a band of the middle of a scene, or on the chapter's scene.

    ``band`` is its name; None for red, or the scene's first where it has no red.
    """
    if image is None:
        shown = example_scene() if scene is None else scene
        name = band or ("red" if "red" in shown.band_names else shown.band_names[0])
        rows, columns = (min(side, SIDE) for side in shown.shape)
        middle = Window((shown.height - rows) // 2, (shown.width - columns) // 2, rows, columns)
        image = shown.read(middle, [name])[0]
    return classical(image, kernels=kernels)
