"""A measurement: how much a feature map changes when the image moves by one pixel, with and without pooling."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array, Operator
from convista.operators.activation import Relu
from convista.operators.conv import Conv
from convista.operators.pool import MaxPool
from convista.operators.pool_sum import AveragePool

MOVES = ((0, 1), (0, -1), (1, 0), (-1, 0))
"""Rows and columns by which the view moves: right, left, down, up; the first is shown."""
WAYS: tuple[tuple[str, Operator | None, int], ...] = (
    ("none", None, 1),
    ("max", MaxPool(kernel=(2, 2), stride=(2, 2)), 2),
    ("average", AveragePool(kernel=(2, 2), stride=(2, 2)), 2),
    ("max", MaxPool(kernel=(4, 4), stride=(4, 4)), 4),
    ("average", AveragePool(kernel=(4, 4), stride=(4, 4)), 4),
)
"""Without pooling, and with windows of each kind side by side: kind, definition, size."""
LEAST = 12
"""Pixels of an image's side that leave enough to pool."""


class Shifted(NamedTuple):
    """What one way of pooling makes of the feature map before and after the view moved, and how much it changed."""

    kind: str
    size: int
    before: Array
    after: Array
    change: float
    """‖after − before‖ / ‖before‖, the mean over the four moves."""


class Measured(NamedTuple):
    """The views, (rows, columns), and every way of pooling; ``change`` of the image itself as well."""

    image: Shifted
    ways: tuple[Shifted, ...]


def name_of(way: Shifted) -> Text:
    """Return what a way of pooling is called."""
    if way.kind == "none":
        return message("films.pool.shift_without")
    name = message(f"films.pool.name_{way.kind}")
    return Text(*(f"{line} {way.size}×{way.size}" for line in name))


def measured(image: Array, kernel: Array) -> Measured:
    """Measure how much an image, its feature map and the pooled maps change when the view moves by one pixel.

    The feature map is ReLU(image ∗ kernel) without padding. Every view is cut from the image, which is two pixels
    larger, so that real pixels come in at the edge.

    Raises
    ------
    ConvistaError
        If the image is too small, has missing values, or the kernel finds nothing in it.
    """
    if image.ndim != 2 or min(image.shape, default=0) < LEAST + max(kernel.shape):
        raise ConvistaError("films.pool.shift_size", shape=image.shape, least=LEAST + max(kernel.shape))
    if not np.isfinite(image).all():
        raise ConvistaError("films.pool.shift_missing")
    views = [_view(image, *move) for move in ((0, 0), *MOVES)]
    maps = [Relu().value(Conv().value(view[None, None], kernel[None, None])) for view in views]
    if not maps[0].any():
        raise ConvistaError("films.pool.shift_nothing")
    ways = []
    for kind, operator, size in WAYS:
        pooled = [x if operator is None else operator.value(x) for x in maps]
        ways.append(_shifted(kind, size, [x[0, 0] for x in pooled]))
    return Measured(_shifted("image", 1, views), tuple(ways))


def _view(image: Array, down: int, right: int) -> Array:
    rows, columns = image.shape
    return image[1 + down : rows - 1 + down, 1 + right : columns - 1 + right]


def _shifted(kind: str, size: int, seen: list[Array]) -> Shifted:
    before, *after = seen
    changes = [float(np.linalg.norm(one - before) / np.linalg.norm(before)) for one in after]
    return Shifted(kind, size, before, after[0], float(np.mean(changes)))
