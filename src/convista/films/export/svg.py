"""One step of a film as SVG, with the letters it needs inside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from convista.films.export import font
from convista.films.export.medium import STEP, Has, medium
from convista.films.export.shapes import painter, shape, written
from convista.films.stage.marks import HEIGHT, WIDTH, Mark, Words
from convista.films.stage.theme import THEMES

if TYPE_CHECKING:
    from convista.films.film import Film


@medium(".svg", Has.PICTURE, STEP)
def encode(film: Film, step: int = -1) -> bytes:
    """Return the file of a step's last picture."""
    marks, paint = film.picture(step).marks, painter(THEMES[film.theme])
    body = "\n".join(str(shape(mark, paint, film.language)) for mark in marks)
    caption: str = getattr(film.staged()[step].caption, film.language)
    return page(film, body, caption, letters(marks, (film.language,)))


def page(film: Film, body: str, description: str, letters: frozenset[str]) -> bytes:
    """Return an SVG file around elements of the stage."""
    ground = written(THEMES[film.theme].rgb("background"))
    title: str = getattr(film.title, film.language)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" width="{film.size[0]}" '
        f'height="{film.size[1]}" lang="{film.language}" role="img" style="background:{ground}">'
    )
    about = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    style = f"<style>{font.face(letters)}{font.STYLE}</style>"
    backdrop = f'<rect width="{WIDTH:.0f}" height="{HEIGHT:.0f}" fill="{ground}"/>'
    return "\n".join([head, about, style, backdrop, body, "</svg>", ""]).encode()


def letters(marks: Iterable[Mark], languages: Iterable[str]) -> frozenset[str]:
    """Return every letter that words use."""
    spoken = list(languages)
    lines = {getattr(mark.text, language) for mark in marks if isinstance(mark, Words) for language in spoken}
    return frozenset("".join(lines))
