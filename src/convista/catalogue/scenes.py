"""Films of a scene: the story's, or the caller's."""

from __future__ import annotations

from collections.abc import Mapping

from numpy.typing import ArrayLike

from convista.catalogue.story import WINDOW
from convista.films.film import Film
from convista.films.filters.filters import filters as classical
from convista.films.patches.mosaic import patches_mosaic
from convista.films.patches.overlap import patches_overlap
from convista.films.registry import film
from convista.scenes import Scene, Window, example_scene

SIDE = 96
"""Rows and columns of the part of a scene that filters are shown on."""


@film("patches-mosaic")
def mosaic(scene: Scene | None = None, sizes: tuple[int, ...] = (64, 32)) -> Film:
    """Show the story's scene, or the caller's, cut into patches side by side; see `patches_mosaic`."""
    if scene is None:
        return patches_mosaic(example_scene(), sizes=sizes, close=WINDOW)
    return patches_mosaic(scene, sizes=sizes)


@film("patches-overlap")
def overlap(scene: Scene | None = None, cuts: tuple[tuple[int, int], ...] = ((64, 32), (64, 1))) -> Film:
    """Show the story's scene, or the caller's, cut into overlapping patches; see `patches_overlap`."""
    return patches_overlap(example_scene() if scene is None else scene, cuts=cuts)


@film("filters")
def filters(
    image: ArrayLike | None = None,
    scene: Scene | None = None,
    band: str | None = None,
    kernels: Mapping[str, ArrayLike] | None = None,
) -> Film:
    """Show classical filters on an image, on a band of the middle of a scene, or on the story's scene.

    ``band`` is its name; None for red, or the scene's first where it has no red.
    """
    credit = None
    if image is None:
        shown = example_scene() if scene is None else scene
        name = band or ("red" if "red" in shown.band_names else shown.band_names[0])
        rows, columns = (min(side, SIDE) for side in shown.shape)
        middle = Window((shown.height - rows) // 2, (shown.width - columns) // 2, rows, columns)
        image, credit = shown.read(middle, [name])[0], shown.credit
    return classical(image, kernels=kernels).credited(credit)
