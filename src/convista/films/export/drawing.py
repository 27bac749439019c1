"""The pictures of a film, drawn one after the other on one canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convista.films.stage.canvas import Canvas
from convista.films.stage.full_colour import FullColour
from convista.films.stage.palette import Palette, palette
from convista.films.stage.theme import THEMES

if TYPE_CHECKING:
    from convista.films.film import Film

SMOOTH = 60
"""Pictures a second while something moves, of media whose clock is fine enough."""


def palette_of(film: Film) -> Palette:
    """Return the palette that suits all the marks of a film."""
    return palette(film.theme, film.marks())


def canvas_of(film: Film, paint: Palette | None = None) -> Canvas:
    """Return an empty canvas in a film's size and language: in the colours of a palette, or in all there are."""
    return Canvas(film.size, paint or FullColour(THEMES[film.theme]), film.language)
