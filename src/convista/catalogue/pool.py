"""What is measured about pooling, on the story's scene."""

from __future__ import annotations

from numpy.typing import ArrayLike

from convista.films.film import Film
from convista.films.pool.shift import SOBEL, pool_shift
from convista.films.registry import film
from convista.scenes import Window, example_scene

VIEW = Window(150, 200, 52, 52)
"""Fields and their borders."""


@film("pool-shift")
def shift(image: ArrayLike | None = None, kernel: ArrayLike = SOBEL) -> Film:
    """Show how much a pixel's move changes pooled maps, on the near infrared of the scene or on an image."""
    if image is not None:
        return pool_shift(image, kernel=kernel)
    scene = example_scene()
    return pool_shift(scene.read(VIEW, ["nir"])[0], kernel=kernel).credited(scene.credit)
