"""What films of networks read of a layer, and what a teacher calls it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from convista.films.wording import message
from convista.language import Text

FAMILIES = {
    "conv": "conv",
    "conv_transpose": "up",
    "max": "max",
    "average": "average",
    "min": "pool",
    "sum": "pool",
    "l2": "pool",
    "mixed": "pool",
    "stochastic": "pool",
    "fractional_max": "pool",
    "adaptive_average": "regions",
    "adaptive_max": "regions",
    "global_average": "global_average",
    "global_max": "global_max",
    "spatial_pyramid": "pyramid",
    "dense": "dense",
    "reshape": "flatten",
    "flatten_classic": "flatten",
    "concatenate": "joined",
    "add": "added",
    "batch_norm": "norm",
    "layer_norm": "norm",
    "group_norm": "norm",
    "instance_norm": "norm",
    "softmax": "softmax",
    "module": "module",
}
"""For the stem of an operator, without its axes and the word pool: the word for it."""


class DrawnLayer(Protocol):
    """What a film reads of a layer: see `convista.tracing.summary.Layer`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def operator(self) -> str: ...  # noqa: D102
    @property
    def operators(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def shape(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def kernel(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def parameters(self) -> int: ...  # noqa: D102
    @property
    def multiply_adds(self) -> int | None: ...  # noqa: D102
    @property
    def field(self) -> tuple[int, int] | None: ...  # noqa: D102
    @property
    def reads(self) -> tuple[int, ...]: ...  # noqa: D102


def stem(operator: str) -> str:
    """Return an operator's name without its axes and the word pool."""
    return operator.rstrip("123d").removesuffix("_pool")


def called(layer: DrawnLayer) -> Text:
    """Return what a layer does as a teacher says it: convolution 3×3, 64 filters."""
    family = FAMILIES.get(stem(layer.operator), "other")
    convolutions = sum(stem(operator) == "conv" for operator in layer.operators)
    if family == "module":
        family = "residual" if "add" in layer.operators else "convolutions" if convolutions > 1 else family
    kernel = "×".join(map(str, layer.kernel))
    values = {
        "kernel": kernel or "1",
        "maps": layer.shape[0] if layer.shape else 1,
        "operator": layer.operator.replace("_", " "),
        "count": layer.operators.count("add") if family == "residual" else convolutions,
    }
    return message(f"films.architecture.called_{family}", **values)


def headed(layers: Sequence[DrawnLayer], position: int) -> Text:
    """Return what a sentence about a layer begins with: Layer 5, convolution 3×3, 64 filters."""
    return message("films.architecture.headed", number=position + 1, called=called(layers[position]))


def numbered(layers: Sequence[DrawnLayer], position: int) -> Text:
    """Return the same inside a sentence: layer 5, convolution 3×3, 64 filters."""
    return message("films.architecture.numbered", number=position + 1, called=called(layers[position]))


def skips(layers: Sequence[DrawnLayer], position: int) -> tuple[int, ...]:
    """Return which layers, −1 being the input, a layer reads over others."""
    return tuple(read for read in layers[position].reads if -1 <= read < position - 1)
