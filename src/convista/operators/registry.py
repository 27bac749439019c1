"""Every operator with a written definition, by name."""

from __future__ import annotations

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

OPERATORS: dict[str, type[Operator]] = {
    name: kind
    for family in FAMILIES
    for kind in vars(family).values()
    if isinstance(kind, type) and issubclass(kind, Operator) and kind.__module__ == family.__name__
    for name in kind.names
}
"""In the order of the families."""
