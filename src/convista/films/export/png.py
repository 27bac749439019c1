"""One step of a film as a PNG picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from convista.films.canvas import Canvas
from convista.films.palette import palette

if TYPE_CHECKING:
    from convista.films.film import Film


def encode(film: Film, step: int) -> bytes:
    """Return the file of a step's last picture."""
    colours = palette(film.theme, film.marks())
    canvas = Canvas(film.size, colours, film.language)
    canvas.show(film.picture(step).marks)
    image = Image.fromarray(canvas.pixels)
    image.putpalette(colours.colours.tobytes())
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
