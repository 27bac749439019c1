"""Films of what a network did: the same builders, fed from the record of a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convista.errors import ConvistaError
from convista.films.conv import conv_film
from convista.films.film import Film
from convista.films.registry import shown_as
from convista.films.wording import told

if TYPE_CHECKING:
    from convista.tracing import Record


def film_of(record: Record, *, channel: int = 0, band_names: tuple[str, ...] | None = None, **shown: Any) -> Film:
    """Show how one output map of a traced convolution came about.

    Parameters
    ----------
    record
        A record of a trace whose operator is ``conv2d``, of one sample: ``trace["conv1"]``.
    channel
        Which feature map, counted from 0.
    band_names
        Names of the input channels, where they are bands.
    **shown
        ``size``, ``language`` and ``theme``, as in `film`.

    Raises
    ------
    ConvistaError
        If there is no film of this operator yet, or no such channel.
    """
    if record.operator != "conv2d":
        raise ConvistaError("films.no_film_of", layer=record.name, operator=record.operator)
    title = told("films.traced_title", layer=record.name, channel=channel)
    given: dict[str, Any] = {**record.arrays(), **record.attributes}
    made = conv_film(**given, channel=channel, band_names=band_names, title=title, name=record.name)
    return shown_as(made, **shown)
