"""Convolutions to make films of: small, with padding, many channels, large kernels, values missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.films import Film
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, conv_film
from convista.operators.conv import Conv
from convista.operators.sliding import Padding
from convista.pairs import Pair
from tests.operators.draw import operator_of

Array = NDArray[np.float64]


def recorded(
    operator: str, arrays: Mapping[str, Any], attributes: dict[str, Any] | None = None, name: str = "layer"
) -> Any:
    """Return what a film reads of a record of a trace."""
    definition = operator_of(operator, attributes or {})
    return SimpleNamespace(
        operator=operator,
        name=name,
        arrays=lambda: arrays,
        definition=definition,
    )


class Example(NamedTuple):
    """The operands and attributes of a traced convolution."""

    x: Array
    weight: Array
    bias: Array | None
    channel: int = 0
    stride: Pair = (1, 1)
    padding: Padding = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)
    groups: int = 1
    origin: int = 0
    bands: tuple[str, ...] | None = None

    @property
    def attributes(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("stride", "padding", "dilation", "groups")}

    def film(self) -> Film:
        words: dict[str, Any] = {"channel": self.channel, "origin": self.origin, "band_names": self.bands}
        return conv_film(self.x, self.weight, self.bias, **self.attributes, **words)

    def explain(self, i: int, j: int) -> Any:
        return Conv(**self.attributes).explain((0, self.channel, i, j), self.x, self.weight, self.bias)


def worked() -> Example:
    image, kernel = np.array(EXAMPLE_IMAGE, float), np.array(EXAMPLE_KERNEL, float)
    return Example(image[None, None], kernel[None, None], None, origin=1)


def padded() -> Example:
    random = np.random.default_rng(3)
    x, weight = random.normal(size=(1, 1, 4, 5)), random.normal(size=(2, 1, 3, 3))
    return Example(x, weight, random.normal(size=2), 1, stride=(2, 1), padding=((1, 1), (1, 1)))


def missing() -> Example:
    x = np.array(EXAMPLE_IMAGE, float)
    x[2, 3] = np.nan
    return Example(x[None, None], np.array(EXAMPLE_KERNEL, float)[None, None], None)


def lenet() -> Example:
    random = np.random.default_rng(1)
    x, weight = random.normal(size=(1, 6, 32, 32)), random.normal(size=(6, 6, 5, 5)) * 0.12
    bands = ("blue", "green", "red", "nir", "swir16", "swir22")
    return Example(x, weight, random.normal(size=6) * 0.1, 2, bands=bands)


def resnet() -> Example:
    random = np.random.default_rng(2)
    x, weight = random.normal(size=(1, 3, 64, 64)), random.normal(size=(64, 3, 7, 7)) * 0.08
    return Example(x, weight, None, 11, stride=(2, 2), padding=((3, 3), (3, 3)), bands=("red", "green", "blue"))


def grouped() -> Example:
    random = np.random.default_rng(4)
    x, weight = random.normal(size=(1, 4, 12, 20)), random.normal(size=(6, 2, 3, 3))
    return Example(x, weight, random.normal(size=6) * 1e-3, 5, dilation=(2, 2), groups=2)


def wide_kernel() -> Example:
    random = np.random.default_rng(5)
    return Example(random.normal(size=(1, 1, 40, 40)), random.normal(size=(1, 1, 15, 15)) * 300, None)


EXAMPLES: dict[str, Callable[[], Example]] = {
    made.__name__: made for made in (worked, padded, missing, lenet, resnet, grouped, wide_kernel)
}
