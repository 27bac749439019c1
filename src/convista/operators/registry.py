"""Every operator with a written definition, by name."""

from __future__ import annotations

from typing import Any

from convista.operators import (
    activation,
    activation_learned,
    activation_pieces,
    arithmetic,
    arithmetic_axes,
    arithmetic_choice,
    arithmetic_functions,
    conv,
    conv_transpose,
    dense,
    dropout,
    explanation,
    flatten,
    flatten_padding,
    flatten_parts,
    flatten_regions,
    loss,
    loss_binary,
    loss_dice,
    loss_focal,
    loss_regression,
    norm,
    norm_group,
    norm_layer,
    pool,
    pool_mixed,
    pool_pyramid,
    pool_random,
    pool_regions,
    pool_sum,
    resample,
    softmax,
)
from convista.operators.legacy import Legacy
from convista.operators.operator import Operator

FAMILIES = (
    conv,
    conv_transpose,
    activation,
    activation_learned,
    activation_pieces,
    softmax,
    pool,
    pool_sum,
    pool_regions,
    pool_pyramid,
    pool_mixed,
    pool_random,
    dense,
    flatten,
    flatten_parts,
    flatten_padding,
    flatten_regions,
    resample,
    arithmetic,
    arithmetic_axes,
    arithmetic_functions,
    arithmetic_choice,
    norm,
    norm_layer,
    norm_group,
    dropout,
    loss,
    loss_binary,
    loss_focal,
    loss_dice,
    loss_regression,
)


def _names(kind: Any, module: str) -> tuple[str, ...]:
    """Return what an operator that a module defines is called; nothing where it is none, or of another module."""
    if isinstance(kind, explanation.Operator):
        return (kind.name,)
    own = isinstance(kind, type) and issubclass(kind, Operator) and kind.__module__ == module
    return getattr(kind, "names", ()) if own else ()


OPERATORS: dict[str, Any] = {
    name: kind for family in FAMILIES for kind in vars(family).values() for name in _names(kind, family.__name__)
}
"""In the order of the families: the class of each, or its functions where it is none yet."""


def operator_of(name: str, attributes: dict[str, Any]) -> Operator:
    """Return the operator of a name with its numbers."""
    kind = OPERATORS[name]
    if isinstance(kind, explanation.Operator):
        return Legacy(functions=kind, given=attributes)
    made: Operator = kind(**attributes)
    return made
