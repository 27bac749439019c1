"""Films of what a network did: the same builders, fed from the record of a trace."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Protocol

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.operators import Array

ACTIVATIONS = (
    *("relu", "leaky_relu", "relu6", "sigmoid", "tanh", "elu", "softplus"),
    *("silu", "hardswish", "mish", "gelu", "gelu_tanh"),
)
BUILDERS = {
    "conv2d": "conv:film_of_conv",
    "conv1d": "conv:film_of_series",
    "conv_transpose2d": "conv_transpose:film_of_conv_transpose",
    "dense": "dense:film_of_dense",
    **dict.fromkeys(ACTIVATIONS, "activation:film_of_activation"),
    "prelu": "activation_learned:film_of_activation_learned",
    "max_pool2d": "pool:film_of_pool",
    "min_pool2d": "pool:film_of_pool",
    "average_pool2d": "pool_sum:film_of_pool_sum",
    "sum_pool2d": "pool_sum:film_of_pool_sum",
    "l2_pool2d": "pool_sum:film_of_pool_sum",
    "mixed_pool2d": "pool_mixed:film_of_pool_mixed",
    "stochastic_pool2d": "pool_random:film_of_pool_random",
    "fractional_max_pool2d": "pool_random:film_of_pool_random",
    "adaptive_max": "pool_regions:film_of_pool_regions",
    "adaptive_average": "pool_regions:film_of_pool_regions",
    "global_max": "pool_regions:film_of_pool_global",
    "global_average": "pool_regions:film_of_pool_global",
    "spatial_pyramid_pool2d": "pool_pyramid:film_of_pool_pyramid",
    "softmax": "softmax:film_of_softmax",
    "log_softmax": "softmax:film_of_softmax",
    "reshape": "flatten:film_of_flatten",
    "flatten_classic": "flatten:film_of_flatten",
    "flatten_global": "flatten_regions:film_of_flatten_regions",
    "flatten_blocks": "flatten_regions:film_of_flatten_regions",
    "batch_norm": "norm:film_of_batch_norm",
    "layer_norm": "norm_layer:film_of_layer_norm",
    "group_norm": "norm_group:film_of_group_norm",
    "instance_norm": "norm_group:film_of_instance_norm",
    "dropout": "dropout:film_of_dropout",
}
"""For each operator that has a film, the module and the function that makes it of a record."""


class Recorded(Protocol):
    """What a film reads of a record of a trace."""

    name: str
    operator: str
    attributes: dict[str, Any]

    def arrays(self) -> Mapping[str, Array]:
        """Return the operands, float64, by the names that the definition gives them."""


def film_of(
    record: Recorded,
    *,
    size: tuple[int, int] = (960, 540),
    language: str | None = None,
    theme: str = "dark",
    **data: Any,
) -> Film:
    """Show how a traced operator came to its output.

    Parameters
    ----------
    record
        A record of a trace: ``trace["conv1"]``.
    size, language, theme
        How it is shown, as in `Film.shown`.
    **data
        What of it is shown, such as ``channel=``, the feature map, counted from 0; ``band_names=`` where the input
        channels are bands.

    Raises
    ------
    ConvistaError
        If there is no film of this operator, or the record has nothing of what is asked for.
    """
    if record.operator not in BUILDERS:
        filmed = ", ".join(BUILDERS)
        raise ConvistaError("films.no_film_of", layer=record.name, operator=record.operator, filmed=filmed)
    module, _, function = BUILDERS[record.operator].partition(":")
    made: Film = getattr(import_module(f"convista.films.{module}"), function)(record, **data)
    return made.shown(size=size, language=language, theme=theme)
