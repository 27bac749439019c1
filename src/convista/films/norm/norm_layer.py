"""Layer norm as a film: one set a sample, whatever the other samples are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.norm.sets import norm_film
from convista.films.norm.stage import Group, Method, as_batch
from convista.films.registry import of_operators
from convista.films.wording import message
from convista.operators import Array
from convista.operators.norm_layer import LayerNorm

if TYPE_CHECKING:
    from convista.films.traced import Recorded


def layer_method(x: Array, *, epsilon: float, **learned: Array | None) -> Method:
    """Return layer norm over channels, rows and columns: one set a sample."""
    sets = [Group((n, n + 1), (0, x.shape[1])) for n in range(len(x))]
    return Method("layer", LayerNorm(axes=x.ndim - 1, epsilon=epsilon), learned, sets)


@of_operators("layer_norm", of_a_batch=True)
def film_of_layer_norm(record: Recorded) -> Film:
    """Show a traced layer norm that averages over whole samples.

    Raises
    ------
    ConvistaError
        If it averages over fewer axes, as in transformers: then there is no map to show.
    """
    given = {**record.arrays(), **record.definition.attributes}
    x, axes = given.pop("x"), given.pop("axes")
    if axes != x.ndim - 1:
        raise ConvistaError("films.norm.not_whole_samples", layer=record.name, axes=axes, shape=x.shape)
    batch = as_batch(x)
    learned = {name: given[name].reshape(batch.shape[1:]) for name in ("weight", "bias") if name in given}
    title = message("films.norm.traced_title", layer=record.name)
    method = layer_method(batch, epsilon=given["epsilon"], **learned)
    return norm_film(batch, [method], name=record.name, title=title)
