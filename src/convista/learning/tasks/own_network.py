"""What a network of one's own answers, where the user did not say what it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from convista.errors import ConvistaError
from convista.learning.data.image_folder import ImageFolder
from convista.learning.data.sources import PATCH, PATCH_OF_PIXELS, Data
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.registry import task_named
from convista.models import create_model
from convista.models.probing import OutputForm, output_form
from convista.scenes import Scene, open_scene


def output_form_of_own(
    model: str,
    data: Data,
    bands: Sequence[str] | None,
    patch: int | None,
    task: str | None,
    options: Mapping[str, Any],
) -> OutputForm:
    """Make a network of one's own and ask it once, by an empty patch of the side that it will be given.

    Where no side is given, that is the usual one of networks that answer for each pixel, or of the others.

    Raises
    ------
    ConvistaError
        If it cannot be made, cannot run on such a patch, or does not give what can be learned by.
    """
    count = _count_of_bands(data, bands)
    outputs = (Multiclass if task is None else task_named(task)).outputs_of(2)

    def asked(side: int) -> OutputForm:
        with torch.random.fork_rng(devices=[]):
            return output_form(create_model(model, count, outputs, patch=side, **options), count, side)

    if patch is not None:
        return asked(patch)
    try:
        found = asked(PATCH_OF_PIXELS)
    except ConvistaError as error:
        if error.key != "models.takes_other_patch":
            raise
        return asked(PATCH)
    return found if found.pixels else asked(PATCH)


def _count_of_bands(data: Data, bands: Sequence[str] | None) -> int:
    """Return how many bands of a scene, or of the first of several, or of images, are used."""
    if bands is not None:
        return len(bands)
    if isinstance(data, ImageFolder):
        return len(data.norm().bands)
    first = data if isinstance(data, Scene | str | Path) else data[0]
    return len((first if isinstance(first, Scene) else open_scene(first)).bands)
