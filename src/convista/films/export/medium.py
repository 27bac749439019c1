"""A medium is found by a decorator beside the function that encodes it, under the ending of its files."""

from __future__ import annotations

from collections.abc import Callable
from enum import Flag, auto
from typing import NamedTuple, TypeVar

from convista.films.registry import Registry

Encode = Callable[..., bytes]
E = TypeVar("E", bound=Encode)


class Has(Flag):
    """What a medium has of a film."""

    PICTURE = auto()
    TIME = auto()
    SUBTITLES = auto()


MOVING = Has.PICTURE | Has.TIME
WORDS = Has.TIME | Has.SUBTITLES


class Medium(NamedTuple):
    """What makes a file."""

    encode: Encode
    """A function of the film, and of the number of the step where a single one is shown."""
    has: Has
    beside: tuple[str, ...]
    """Endings of the files that are written with it where captions are not drawn, under the same name."""


WHOLE: Registry[Medium] = Registry(__package__)
"""By its ending, what shows a whole film: ``".gif"``."""
STEP: Registry[Medium] = Registry(__package__)
"""What shows one step."""
SHEET: Registry[Medium] = Registry(__package__)
"""What shows many steps side by side."""


def medium(
    ending: str, has: Has = MOVING, shows: Registry[Medium] = WHOLE, beside: tuple[str, ...] = ()
) -> Callable[[E], E]:
    """Register a function as what encodes files of that ending; see `Medium`.

    Parameters
    ----------
    ending
        In lower case, with its dot.
    has
        What it has of a film.
    shows
        Of what the function is: `WHOLE`, `STEP` or `SHEET`.
    beside
        Endings of files that are written with it where captions are not drawn.
    """

    def registered(encode: E) -> E:
        shows.add(ending, Medium(encode, has, beside))
        return encode

    return registered
