"""How often each number occurs in a raster of labels, which is read through for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.scenes.geometry.window import Window, covering
from convista.scenes.labels.labels import Labels

MOST_CLASSES = 255
"""As many as a one-byte map holds beside its nodata value."""

STRIP_ROWS, STRIP_COLUMNS = 256, 2**16
"""Of a raster that is read through: its width is only what the file claims."""


def counted(
    numbers: Callable[[Window], NDArray[Any]],
    labels: Labels,
    most: int,
    otherwise: str = "scenes.labels.too_many_classes",
) -> dict[int, int]:
    """Return the pixels of each number; ConvistaError, as `otherwise` says, if there are more than `most`."""
    counts: Counter[int] = Counter()
    for window in covering(labels.grid.shape, (STRIP_ROWS, STRIP_COLUMNS)):
        values, pixels = np.unique(numbers(window), return_counts=True)
        counts.update(dict(zip(values.tolist(), pixels.tolist(), strict=True)))
        if len(counts) > most:
            raise ConvistaError(otherwise, source=labels.source, limit=most)
    return dict(sorted(counts.items()))
