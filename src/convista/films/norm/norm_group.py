"""Group and instance norm as films: within a sample, one set a group of channels, or one a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.norm.sets import norm_film
from convista.films.norm.stage import Group, Method, as_batch
from convista.films.registry import of_operators
from convista.films.wording import message
from convista.operators import Array
from convista.operators.norm_group import GroupNorm, InstanceNorm

if TYPE_CHECKING:
    from convista.films.traced import Recorded


def group_method(x: Array, *, groups: int, epsilon: float, **learned: Array | None) -> Method:
    """Return group norm: for each sample one set for each group of channels."""
    channels = x.shape[1]
    if groups < 1 or channels % groups:
        raise ConvistaError("films.norm.groups", groups=groups, channels=channels)
    each = channels // groups
    sets = [Group((n, n + 1), (g * each, (g + 1) * each)) for n in range(len(x)) for g in range(groups)]
    return Method("group", GroupNorm(groups=groups, epsilon=epsilon), learned, sets)


def instance_method(x: Array, *, epsilon: float, training: bool = True, **learned: Array | None) -> Method:
    """Return instance norm: one set for each channel of each sample."""
    sets = [Group((n, n + 1), (c, c + 1)) for n in range(len(x)) for c in range(x.shape[1])]
    return Method("instance", InstanceNorm(training=training, epsilon=epsilon), learned, sets)


@of_operators("group_norm", of_a_batch=True)
def film_of_group_norm(record: Recorded) -> Film:
    """Show a traced group norm."""
    given = {**record.arrays(), **record.definition.attributes}
    batch = as_batch(given.pop("x"))
    title = message("films.norm.traced_title", layer=record.name)
    return norm_film(batch, [group_method(batch, **given)], name=record.name, title=title)


@of_operators("instance_norm", of_a_batch=True)
def film_of_instance_norm(record: Recorded) -> Film:
    """Show a traced instance norm."""
    given = {**record.arrays(), **record.definition.attributes}
    batch = as_batch(given.pop("x"))
    title = message("films.norm.traced_title", layer=record.name)
    return norm_film(batch, [instance_method(batch, **given)], name=record.name, title=title)
