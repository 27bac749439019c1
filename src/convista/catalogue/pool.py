"""What the chapter measures about pooling, on its scene."""

from __future__ import annotations

from numpy.typing import ArrayLike

from convista.catalogue.scenes import example_scene
from convista.films.film import Film
from convista.films.pool.shift import SOBEL, pool_shift
from convista.films.registry import film
from convista.scenes import Window

VIEW = Window(150, 200, 52, 52)
"""Fields and their borders."""


@film("pool-shift")
def shift(image: ArrayLike | None = None, kernel: ArrayLike = SOBEL) -> Film:
    """Show how much a pixel's move changes pooled maps, on the chapter's near infrared or on an image."""
    return pool_shift(example_scene().read(VIEW, ["nir"])[0] if image is None else image, kernel=kernel)
