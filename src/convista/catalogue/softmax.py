"""The film of softmax, on what the story's network says of three patches of its scene."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from convista.catalogue.story import WINDOW, story_class_names, story_run
from convista.films.film import Film
from convista.films.registry import film
from convista.films.softmax.softmax import softmax_of_array
from convista.language import Text
from convista.operators import Array
from convista.scenes import Window, example_scene
from convista.tracing import trace

WINDOWS = (WINDOW, Window(76, 195, 10, 10), Window(175, 269, 10, 10))
"""The story's patch, one that the network takes for water, and one for soil."""


@film("activation-softmax", "softmax", "log_softmax")
def activation_softmax(
    x: ArrayLike | None = None,
    *,
    axis: int = 1,
    class_names: tuple[str, ...] | None = None,
    title: str | Text | None = None,
) -> Film:
    """Show a softmax along one axis, as `softmax_of_array` does; None is the logits of the story's network."""
    names: tuple[str | Text, ...] | None = class_names
    if x is None and names is None and axis == 1:
        names = story_class_names()
    return softmax_of_array(_logits() if x is None else x, axis=axis, class_names=names, title=title)


@cache
def _logits() -> Array:
    """Return the logits of the three patches, a row each."""
    run, scene = story_run(), example_scene()
    rows = [trace(run, scene.patch(window))["dense3"].output[0].double().numpy() for window in WINDOWS]
    logits: Array = np.stack(rows)
    return logits
