"""The film of an activation whose slope below 0 was learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.films.activation.activated import Activated
from convista.films.activation.sweep import activation_film
from convista.films.film import Film
from convista.films.registry import of_operators
from convista.films.wording import message
from convista.operators.activation_learned import Prelu

if TYPE_CHECKING:
    from convista.films.traced import Recorded


@of_operators("prelu")
def film_of_activation_learned(record: Recorded, *, channel: int = 0) -> Film:
    """Show what a traced PReLU did to one feature map, with the α that it learned for it."""
    given = record.arrays()
    x, weight = given["x"], given["weight"]
    if x.ndim < 2 or len(x) != 1 or x.ndim > 4:
        raise ConvistaError("films.not_a_plane", name="x", shape=x.shape)
    if not 0 <= channel < x.shape[1]:
        raise ConvistaError("films.no_such_channel", channel=channel, last=x.shape[1] - 1)
    own = weight if len(weight) == 1 else weight[channel : channel + 1]
    activated = Activated(Prelu(), np.atleast_2d(x[0, channel]).astype(np.float64), own)
    title = message("films.activation.traced_title", layer=record.name, channel=channel, name=activated.name())
    return activation_film(activated, title, record.name)
