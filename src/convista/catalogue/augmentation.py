"""The augmentation that training applies, on the story's patch or a caller's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from convista.catalogue.story import story_class_names, story_patch, story_target
from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.registry import film
from convista.films.stage.maps import Channels
from convista.films.training.augmentation import Variant
from convista.films.training.augmentation import augmentation as augmentation_film
from convista.learning.data.augmentation import symmetry
from convista.scenes import Scene, Window

SIDE = 48
KEYS = tuple(f"{kind}_{turn}" for kind in ("turn", "mirror") for turn in (0, 90, 180, 270))
"""Of the symmetries, by their numbers in `learning.augmentation.symmetry`."""


@film("augmentation")
def augmentation(
    image: Channels | None = None,
    scene: Scene | None = None,
    band_names: Sequence[str] = (),
    pixel: tuple[int, int] | None = None,
) -> Film:
    """Show the eight symmetries of a patch: an image's, of the middle of a scene, or the story's.

    Parameters
    ----------
    image
        (bands, side, side); None for a patch of the scene.
    scene
        None for the story's patch.
    band_names
        Of the image's bands.
    pixel
        The row and column that are followed; None for one near the upper left corner.

    Raises
    ------
    ConvistaError
        If the patch is no square, or the pixel lies outside.
    """
    patch: NDArray[Any]
    credit, label = None, None
    if image is not None:
        patch = np.ma.filled(np.ma.asarray(image).astype(np.float64), np.nan)
    elif scene is not None:
        side = min(SIDE, *scene.shape)
        middle = Window((scene.height - side) // 2, (scene.width - side) // 2, side, side)
        patch, band_names, credit = scene.read(middle).filled(np.nan), scene.band_names, scene.credit
    else:
        told = story_patch()
        patch, band_names, credit = np.ma.filled(told.values, np.nan), told.band_names, told.credit
        label = story_class_names()[story_target()]
    if patch.ndim != 3 or patch.shape[1] != patch.shape[2] or not patch.size:
        raise ConvistaError("films.augmentation.variants", shapes=[patch.shape])
    side = patch.shape[1]
    row, column = pixel or (side // 8, side // 4)
    if not (0 <= row < side and 0 <= column < side):
        raise ConvistaError("catalogue.pixel_outside", row=row, column=column, last=side - 1)
    marked = torch.zeros(side, side)
    marked[row, column] = 1
    variants = []
    for number, key in enumerate(KEYS):
        place = np.argwhere(symmetry(marked, number).numpy() == 1)[0].tolist()
        variants.append(Variant(key, symmetry(torch.from_numpy(patch), number).numpy(), (place[0], place[1])))
    return augmentation_film(variants, band_names=band_names, label=label).credited(credit)
