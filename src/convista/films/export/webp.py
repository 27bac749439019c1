"""A film as an animated WebP, without loss, in full colour."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image

from convista.films.export.drawing import SMOOTH, canvas_of
from convista.films.export.medium import medium

if TYPE_CHECKING:
    from convista.films.film import Film


@medium(".webp")
def encode(film: Film) -> bytes:
    """Return the file; times are in thousandths of a second."""
    frames, canvas = list(film.frames(SMOOTH)), canvas_of(film)
    ends, time = [0], 0.0
    for frame in frames:
        time += frame.seconds
        ends.append(round(1000 * time))

    def drawn() -> Iterator[Image.Image]:
        for frame in frames:
            canvas.show(frame.marks)
            yield Image.fromarray(canvas.pixels.copy())

    pictures, file = drawn(), BytesIO()
    durations = [end - start for start, end in pairwise(ends)]
    # Without key frames, every picture is only the box of what has changed.
    options = {"lossless": True, "quality": 20, "method": 1, "kmin": 0, "kmax": 0}
    next(pictures).save(file, "WEBP", save_all=True, append_images=pictures, duration=durations, loop=0, **options)
    return file.getvalue()
