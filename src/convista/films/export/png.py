"""One step of a film as a PNG picture."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from convista.films.export.drawing import canvas_of, palette_of
from convista.films.export.medium import STEP, Has, medium
from convista.films.stage.palette import Indexed, Palette

if TYPE_CHECKING:
    from convista.films.film import Film


@medium(".png", Has.PICTURE)
@medium(".png", Has.PICTURE, STEP)
def encode(film: Film, step: int = -1) -> bytes:
    """Return the file of a step's last picture."""
    palette = palette_of(film)
    canvas = canvas_of(film, palette)
    canvas.show(film.picture(step).marks)
    return indexed(canvas.pixels, palette)


def indexed(pixels: Indexed, palette: Palette) -> bytes:
    """Return the file of a picture of palette numbers."""
    image = Image.fromarray(pixels)
    image.putpalette(palette.colours.tobytes())
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()
