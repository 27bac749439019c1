"""Films of what a network did: the same builders, fed from the record of a trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import Any, Protocol

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.operators import Array

ACTIVATIONS = (
    *("relu", "leaky_relu", "relu6", "sigmoid", "tanh", "elu", "softplus"),
    *("silu", "hardswish", "mish", "gelu", "gelu_tanh"),
)
BUILDERS = {
    "conv2d": "conv.conv:film_of_conv",
    "conv1d": "conv.conv:film_of_series",
    "conv_transpose2d": "conv.conv_transpose:film_of_conv_transpose",
    "dense": "dense.dense:film_of_dense",
    **dict.fromkeys(ACTIVATIONS, "activation.activation:film_of_activation"),
    "prelu": "activation.activation_learned:film_of_activation_learned",
    "max_pool2d": "pool.pool:film_of_pool",
    "min_pool2d": "pool.pool:film_of_pool",
    "average_pool2d": "pool.pool_sum:film_of_pool_sum",
    "sum_pool2d": "pool.pool_sum:film_of_pool_sum",
    "l2_pool2d": "pool.pool_sum:film_of_pool_sum",
    "mixed_pool2d": "pool.pool_mixed:film_of_pool_mixed",
    "stochastic_pool2d": "pool.pool_random:film_of_pool_random",
    "fractional_max_pool2d": "pool.pool_random:film_of_pool_random",
    "adaptive_max": "pool.pool_regions:film_of_pool_regions",
    "adaptive_average": "pool.pool_regions:film_of_pool_regions",
    "global_max": "pool.pool_regions:film_of_pool_global",
    "global_average": "pool.pool_regions:film_of_pool_global",
    "spatial_pyramid_pool2d": "pool.pool_pyramid:film_of_pool_pyramid",
    "softmax": "softmax.softmax:film_of_softmax",
    "log_softmax": "softmax.softmax:film_of_softmax",
    "reshape": "flatten.flatten:film_of_flatten",
    "flatten_classic": "flatten.flatten:film_of_flatten",
    "flatten_global": "flatten.flatten_regions:film_of_flatten_regions",
    "flatten_blocks": "flatten.flatten_regions:film_of_flatten_regions",
    "batch_norm": "norm.norm:film_of_batch_norm",
    "layer_norm": "norm.norm_layer:film_of_layer_norm",
    "group_norm": "norm.norm_group:film_of_group_norm",
    "instance_norm": "norm.norm_group:film_of_instance_norm",
    "dropout": "training.dropout:film_of_dropout",
}
"""For each operator that has a film, the module and the function that makes it of a record."""
OF_A_BATCH = {"batch_norm", "layer_norm", "group_norm", "instance_norm", "softmax", "log_softmax"}
"""Operators of which the film shows all samples together."""
PER_SAMPLE = ("x", "mask", "chosen", "rows", "columns")
"""Operands of which each sample has its own: what is read, and what was drawn by chance for it."""


class Recorded(Protocol):
    """What a film reads of a record of a trace."""

    name: str

    @property
    def operator(self) -> str:
        """The operator's name."""

    @property
    def definition(self) -> Any:
        """The operator with its numbers."""

    def arrays(self) -> Mapping[str, Array]:
        """Return the operands, float64, by the names that the definition gives them."""


@dataclass
class OneSample:
    """The record of a batch as if one of its samples had come alone; its name says which: ``conv1[2]``."""

    name: str
    operator: str
    definition: Any
    operands: Mapping[str, Array]

    @classmethod
    def of(cls, record: Recorded, sample: int) -> OneSample:
        """Choose a sample, counted from 0.

        Raises
        ------
        ConvistaError
            If there is no such sample.
        """
        arrays, own = record.arrays(), slice(sample, sample + 1)
        samples = len(arrays["x"])
        if not 0 <= sample < samples:
            raise ConvistaError("films.maps.no_such_sample", sample=sample, last=samples - 1)
        name = f"{record.name}[{sample}]" if samples > 1 else record.name
        chosen = {
            operand: values[own] if operand in PER_SAMPLE and len(values) == samples else values
            for operand, values in arrays.items()
        }
        return cls(name, record.operator, record.definition, chosen)

    def arrays(self) -> Mapping[str, Array]:
        """Return the operands, with a batch of one."""
        return self.operands


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
        What of it is shown, such as ``channel=``, the feature map, and ``sample=`` of a batch, both counted from 0;
        ``band_names=`` where the input channels are bands. Films of normalisations and of softmax show the batch.

    Raises
    ------
    ConvistaError
        If there is no film of this operator, or the record has nothing of what is asked for.
    """
    if record.operator not in BUILDERS:
        filmed = ", ".join(BUILDERS)
        raise ConvistaError("films.no_film_of", layer=record.name, operator=record.operator, filmed=filmed)
    module, _, function = BUILDERS[record.operator].partition(":")
    build = getattr(import_module(f"convista.films.{module}"), function)
    takes = [*signature(build).parameters][1:]
    alone = record.operator not in OF_A_BATCH and "sample" not in takes
    if alone:
        takes.append("sample")
    if unknown := sorted(set(data) - set(takes)):
        shown = {"layer": record.name, "unknown": ", ".join(unknown), "takes": ", ".join(takes) or "–"}
        raise ConvistaError("films.no_such_option", **shown)
    read: Recorded = OneSample.of(record, data.pop("sample", 0)) if alone else record
    made: Film = build(read, **data)
    return made.shown(size=size, language=language, theme=theme)
