"""The film of losses, with the story's logits where classes compete."""

from __future__ import annotations

from convista.catalogue.story import story
from convista.films.film import Film
from convista.films.loss.losses import losses_film
from convista.films.registry import film


@film("losses")
def losses(
    *, target: float = 1.0, delta: float = 1.0, gamma: float = 2.0, others: tuple[float, ...] | None = None
) -> Film:
    """Show seven losses; None for ``others`` takes the story's logits of the classes that are wrong."""
    if others is None:
        told = story()
        others = tuple(float(z) for k, z in enumerate(told.logits) if k != told.target)
    return losses_film(target=target, delta=delta, gamma=gamma, others=others)
