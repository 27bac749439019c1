"""The pictures of a film, drawn one after the other on one canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convista.films.stage.canvas import Canvas
from convista.films.stage.palette import palette

if TYPE_CHECKING:
    from convista.films.film import Film


def canvas_of(film: Film) -> Canvas:
    """Return an empty canvas in a film's size, language and colours."""
    return Canvas(film.size, palette(film.theme, film.marks()), film.language)
