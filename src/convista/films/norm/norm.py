"""Normalisation as a film: which values each kind averages over, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.film import Film
from convista.films.norm.norm_group import group_method, instance_method
from convista.films.norm.norm_layer import layer_method
from convista.films.norm.sets import norm_film
from convista.films.norm.stage import Group, Method, as_batch
from convista.films.registry import film, of_operators
from convista.films.wording import message
from convista.operators import Array
from convista.operators.norm import BatchNorm

if TYPE_CHECKING:
    from convista.films.traced import Recorded


@film("normalisation", "batch_norm", "layer_norm", "group_norm", "instance_norm")
def normalisation(
    x: ArrayLike | None = None,
    *,
    mean: ArrayLike | None = None,
    variance: ArrayLike | None = None,
    groups: int = 2,
    epsilon: float = 1e-5,
) -> Film:
    """Show batch norm in training and in inference, then layer, group and instance norm, on one batch.

    Parameters
    ----------
    x
        (samples, channels, rows, columns), or fewer axes at the end; None for the chapter's example.
    mean, variance
        The running statistics that batch norm keeps, one a channel; None for those of earlier batches of the
        example, or else of this batch.
    groups
        Into how many equal groups group norm divides the channels.

    Raises
    ------
    ConvistaError
        If x is not a batch, or the channels cannot be divided so.
    """
    batch = _example() if x is None else as_batch(x)
    earlier = np.concatenate([_example(seed) for seed in range(1, 9)]) if x is None else batch
    kept = [
        np.asarray(given if given is not None else found, dtype=np.float64)
        for given, found in ((mean, earlier.mean((0, 2, 3))), (variance, earlier.var((0, 2, 3))))
    ]
    methods = (
        batch_method(batch, training=True, epsilon=epsilon),
        batch_method(batch, kept[0], kept[1], training=False, epsilon=epsilon),
        layer_method(batch, epsilon=epsilon),
        group_method(batch, groups=groups, epsilon=epsilon),
        instance_method(batch, epsilon=epsilon),
    )
    return norm_film(batch, methods, name="normalisation", title=message("films.norm.title"))


def batch_method(
    x: Array,
    mean: Array | None = None,
    variance: Array | None = None,
    weight: Array | None = None,
    bias: Array | None = None,
    *,
    training: bool,
    epsilon: float,
) -> Method:
    """Return batch norm: one set a channel, over all samples; in inference the kept statistics take its place."""
    operands = {"weight": weight, "bias": bias, "mean": mean, "variance": variance}
    key = "batch_training" if training else "batch_inference"
    sets = [Group((0, len(x)), (c, c + 1)) for c in range(x.shape[1])]
    return Method(key, BatchNorm(training=training, epsilon=epsilon), operands, sets, kept=not training)


@of_operators("batch_norm", of_a_batch=True)
def film_of_batch_norm(record: Recorded) -> Film:
    """Show a traced batch norm, in the mode that it was traced in."""
    given = {**record.arrays(), **record.definition.attributes}
    batch = as_batch(given.pop("x"))
    title = message("films.norm.traced_title", layer=record.name)
    return norm_film(batch, [batch_method(batch, **given)], name=record.name, title=title)


def _example(seed: int = 0) -> Array:
    """Return whole numbers whose channels differ much in mean and spread."""
    rng = np.random.default_rng(seed)
    lowest, highest = np.array([[0, 20, 4, 60], [10, 90, 7, 64]])
    drawn: Array = rng.integers(lowest[:, None, None], highest[:, None, None], (3, 4, 2, 2), endpoint=True)
    return drawn.astype(np.float64)
