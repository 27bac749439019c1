"""A film as a GIF: the first picture whole, then of each only the box of what has changed.

Blocks and their bytes are those of the GIF89a specification (CompuServe 1990); the pixels of a box are compressed
by its variable-length-code LZW (appendix F), which Pillow writes.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import GifImagePlugin, Image

from convista.films.export.drawing import canvas_of, palette_of
from convista.films.export.medium import medium
from convista.films.stage.canvas import Bounds
from convista.films.stage.palette import TRANSPARENT, Indexed

if TYPE_CHECKING:
    from convista.films.film import Film

SHORTEST = 2
"""Hundredths of a second. Browsers take a delay of 0 or 1 for a mistake, and show such a picture for a tenth."""


@medium(".gif")
def encode(film: Film) -> bytes:
    """Return the file. One palette holds for all pictures; unchanged pixels inside a box are transparent."""
    palette = palette_of(film)
    canvas = canvas_of(film, palette)
    # 0xF7 in the logical screen descriptor: one table of colours for all pictures (bit 7), of 8 bits a channel
    # (4–6), not sorted (3), with 2⁸ colours (0–2). Then the background, and no aspect ratio.
    header = b"GIF89a" + pack("<HHBBB", *film.size, 0xF7, 0, 0) + palette.colours.tobytes()
    # Netscape's extension, which is not in the specification: repeat, 0 times meaning for ever.
    parts = [header, b"!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"]
    blocks: list[bytes] = []
    ends: list[float] = []
    shown, time = np.full_like(canvas.pixels, TRANSPARENT), 0.0
    for frame in film.frames():
        changed = _difference(shown, canvas.pixels, canvas.show(frame.marks))
        time += frame.seconds
        if changed is None:
            ends[-1] = time
        else:
            blocks.append(_block(*changed))
            ends.append(time)
    # Ends are rounded, not durations, whose errors would add up.
    now = 0
    for block, end in zip(blocks, ends, strict=True):
        delay = max(SHORTEST, round(end * 100) - now)
        now += delay
        # 0x05 in the graphic control extension: disposal 1 (bits 2–4) leaves the picture for the next to draw over,
        # and there is a transparent colour (bit 0).
        parts += [b"!\xf9\x04" + pack("<BHBB", 0x05, delay, TRANSPARENT, 0), block]
    return b"".join([*parts, b";"])


def _difference(shown: Indexed, pixels: Indexed, dirty: list[Bounds]) -> tuple[Bounds, Indexed] | None:
    """Return the box of all changes, unchanged pixels transparent in it, and bring ``shown`` up to date."""
    found: list[tuple[Bounds, NDArray[np.bool_]]] = []
    for left, top, right, bottom in dirty:
        new = shown[top:bottom, left:right] != pixels[top:bottom, left:right]
        rows, columns = new.any(1).nonzero()[0], new.any(0).nonzero()[0]
        if rows.size:
            y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
            found.append(((left + x0, top + y0, left + x1, top + y1), new[y0:y1, x0:x1]))
    if not found:
        return None
    # A picture of a GIF is one box. Unchanged pixels in it are transparent, which LZW makes long runs of.
    lefts, tops, rights, bottoms = zip(*(box for box, _ in found), strict=True)
    whole = min(lefts), min(tops), max(rights), max(bottoms)
    block = np.full((whole[3] - whole[1], whole[2] - whole[0]), TRANSPARENT, np.uint8)
    for (left, top, right, bottom), new in found:
        part = pixels[top:bottom, left:right]
        block[top - whole[1] : bottom - whole[1], left - whole[0] : right - whole[0]][new] = part[new]
        shown[top:bottom, left:right] = part
    return whole, block


def _block(box: Bounds, pixels: Indexed) -> bytes:
    image = Image.frombuffer("P", pixels.shape[::-1], pixels, "raw", "P", 0, 1)
    return b"".join(GifImagePlugin.getdata(image, box[:2]))
