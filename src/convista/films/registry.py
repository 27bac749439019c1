"""The films by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from inspect import signature
from typing import Any

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.theme import THEMES
from convista.language import LANGUAGES, current

SMALLEST = 90
"""Pixels of a film's shorter side: less leaves no room for letters."""

_BUILDERS = {
    "conv-step-by-step": ("conv", "conv_step_by_step"),
}
"""The module and the function that builds each film; loaded when it is asked for."""


def film_names() -> list[str]:
    """Return the names of all films, in the chapter's order."""
    return list(_BUILDERS)


def film(
    name: str,
    *,
    size: tuple[int, int] = (960, 540),
    language: str | None = None,
    theme: str = "dark",
    **data: Any,
) -> Film:
    """Make a film of the chapter, of its own example or of the data given.

    Parameters
    ----------
    name
        One of `film_names`.
    size
        Width and height in pixels; the stage keeps its proportions of 16 : 9.
    language
        ``"es"`` or ``"en"``; None is the language in use.
    theme
        ``"dark"``, or ``"light"`` for print.
    **data
        What the film is a function of: ``image=`` and ``kernel=`` of a convolution, for instance.

    Raises
    ------
    ConvistaError
        For an unknown name, option or theme, or for data that the film cannot show.
    """
    if name not in _BUILDERS:
        from difflib import get_close_matches  # noqa: PLC0415  only a mistake needs it

        near = get_close_matches(name, _BUILDERS, n=3, cutoff=0.0)
        raise ConvistaError("films.no_such_film", name=name, near=", ".join(near))
    module, function = _BUILDERS[name]
    build: Callable[..., Film] = getattr(import_module(f"convista.films.{module}"), function)
    takes = signature(build).parameters
    if unknown := sorted(set(data) - set(takes)):
        raise ConvistaError("films.no_such_data", name=name, unknown=", ".join(unknown), takes=", ".join(takes))
    return shown_as(build(**data), size=size, language=language, theme=theme)


def shown_as(
    made: Film, *, size: tuple[int, int] = (960, 540), language: str | None = None, theme: str = "dark"
) -> Film:
    """Return a film in a size, language and theme, which `film` describes and checks."""
    if theme not in THEMES:
        raise ConvistaError("films.no_such_theme", theme=theme, themes=", ".join(THEMES))
    spoken = current() if language is None else language
    if spoken not in LANGUAGES:
        raise ConvistaError("films.no_such_language", language=language, languages=", ".join(LANGUAGES))
    sides: Sequence[int] = size
    if len(sides) != 2 or min(sides) < SMALLEST or max(sides) > 0xFFFF:
        raise ConvistaError("films.bad_size", size=size)
    return replace(made, size=size, language=spoken, theme=theme)
