"""The films by name, in the order of the chapter: what each is about, what it takes, and the film itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any

from convista.catalogue.contents import CONTENTS
from convista.catalogue.given import Datum, of_its_kind
from convista.catalogue.networks import NoNetwork, OneLayer
from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.registry import FILMS, Network
from convista.suggestions import nearest

NO_NETWORK = NoNetwork()
FILMS.also_in("convista.catalogue")


@dataclass(frozen=True)
class Entry:
    """A film of the chapter; what it is made by is loaded when it is asked for.

    A builder in `convista.films` is a function of arrays, with an example as its default. What the chapter shows of
    real networks and scenes is made in this room, and handed to such a builder.
    """

    name: str

    @property
    def about(self) -> str:
        """Key of the text that says what the film is about."""
        return f"catalogue.films.{self.name.replace('-', '_')}"

    @property
    def network(self) -> Network:
        """What it shows of a network of the caller's."""
        registered = FILMS[self.name]
        return OneLayer(*registered.operators) if registered.operators else registered.network or NO_NETWORK

    @property
    def data(self) -> dict[str, Datum]:
        """What the builder can be given, by name, in the order of its parameters."""
        # Some builders make several films, and are told which.
        parameters = signature(FILMS[self.name].build).parameters.values()
        return {each.name: Datum.of(each) for each in parameters if each.name != "name"}

    def film(self, data: Mapping[str, Any]) -> Film:
        """Make the film of data that are the builder's own or the network's; ConvistaError if they will not do."""
        network = self.network
        return network.film(self.name, of_its_kind(self.name, network.takes, data), self._built)

    def _built(self, data: Mapping[str, Any]) -> Film:
        takes = self.data
        if unknown := sorted(set(data) - set(takes)):
            known = ", ".join(dict.fromkeys([*takes, *self.network.takes]))
            raise ConvistaError("catalogue.no_such_data", name=self.name, unknown=", ".join(unknown), takes=known)
        return FILMS[self.name].build(**of_its_kind(self.name, takes, data))


CATALOGUE: Mapping[str, tuple[Entry, ...]] = {
    section: tuple(map(Entry, names)) for section, names in CONTENTS.items()
}
"""The films of each section, ``"A"`` … ``"F"``."""

_BY_NAME = {entry.name: entry for entries in CATALOGUE.values() for entry in entries}


def film_names() -> list[str]:
    """Return the names of all films, in the chapter's order."""
    return list(_BY_NAME)


def find(name: str) -> Entry:
    """Return the film of a name; ConvistaError with the nearest names if there is none."""
    if name not in _BY_NAME:
        near = nearest(name, film_names())
        raise ConvistaError("catalogue.no_such_film", name=name, near=", ".join(near), count=len(near))
    return _BY_NAME[name]


def film(
    name: str,
    /,
    *,
    size: tuple[int, int] = (960, 540),
    language: str | None = None,
    theme: str = "dark",
    plain: bool = False,
    captions: bool = True,
    narrated: bool = False,
    durations: Sequence[float] | None = None,
    **data: Any,
) -> Film:
    """Make a film of the chapter, of its own example or of the data given.

    Parameters
    ----------
    name
        One of `film_names`.
    size, language, theme, plain, captions, narrated, durations
        How it is shown, as in `Film.shown`.
    **data
        What the film is a function of: ``image=`` and ``kernel=`` of a convolution, for instance; see `Entry.data`.
        A film that can be made of a network takes the caller's: ``trace=``, or ``run=`` and ``patch=``, with
        ``target=`` as in `trace`; one of a single layer also ``layer=``, the name of its record, and what
        `convista.films.film_of` takes, such as ``channel=``.

    Raises
    ------
    ConvistaError
        For an unknown name, option or theme, durations that will not do, or data that the film cannot show.
    """
    return (
        find(name)
        .film(data)
        .shown(
            size=size,
            language=language,
            theme=theme,
            plain=plain,
            captions=captions,
            narrated=narrated,
            durations=durations,
        )
    )
