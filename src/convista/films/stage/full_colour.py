"""Red, green and blue as they are, for media that have no palette."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convista.films.stage.marks import FULL, MISSING, UNWRITTEN, Colour, Photo, Tone
from convista.films.stage.text import SHADES, Shades
from convista.films.stage.theme import Theme

RGBPixels = NDArray[np.uint8]


class FullColour:
    """The colours of a theme, mixed without loss."""

    depth = (3,)

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._known: dict[Colour, RGBPixels] = {}
        self._maps: dict[str, RGBPixels] = {}

    def number(self, colour: Colour) -> RGBPixels:
        """Return a colour, a byte each."""
        if colour not in self._known:
            self._known[colour] = np.array(self.theme.rgb(colour), np.uint8)
        return self._known[colour]

    def ink(self, colour: Colour) -> RGBPixels:
        """Return a text's colour; for a place on a map or a tone, the ink to write on it."""
        return self.number(self.theme.letters(colour))

    def levels(self, scale: str) -> RGBPixels:
        """Return the colour of each level of a `Picture`, seen as an unsigned byte."""
        if scale not in self._maps:
            colours = self._maps[scale] = np.zeros((256, 3), np.uint8)
            for level in range(-FULL, FULL + 1):
                share = level / FULL
                colours[level % 256] = self.theme.rgb(share if scale == "signed" else Tone(scale, max(0.0, share)))
            colours[UNWRITTEN % 256], colours[MISSING % 256] = self.number("panel"), self.number("missing")
        return self._maps[scale]

    def photo(self, mark: Photo, wide: int, tall: int) -> RGBPixels:
        """Return a photo at a size in pixels: averaged where it has more of its own, else each a sharp block."""
        return resized(mark.pixels, mark.rows, mark.columns, wide, tall)

    def mix(self, under: RGBPixels, number: RGBPixels, shades: Shades) -> RGBPixels:
        """Return what a colour makes of the pixels under it, where it covers 0 … `SHADES` − 1 of each."""
        share = shades[..., None].astype(np.int32)
        mixed = under.astype(np.int32) * (SHADES - 1 - share) + number.astype(np.int32) * share
        return ((2 * mixed + SHADES - 1) // (2 * (SHADES - 1))).astype(np.uint8)

    def veil(self, under: RGBPixels, over: RGBPixels, opacity: float, corner: tuple[int, int]) -> RGBPixels:
        """Return what pixels that let through a part of those under them make of these."""
        del corner  # every pixel is mixed alike
        mixed: RGBPixels = np.round(under + (over.astype(np.float32) - under) * opacity).astype(np.uint8)
        return mixed


@lru_cache(64)
def resized(pixels: bytes, rows: int, columns: int, wide: int, tall: int) -> RGBPixels:
    """Return a photo at a size in pixels: averaged where it has more of its own, else each a sharp block."""
    image = Image.frombytes("RGB", (columns, rows), pixels)
    smaller = wide < columns or tall < rows
    image = image.resize((wide, tall), Image.Resampling.BOX if smaller else Image.Resampling.NEAREST)
    return np.asarray(image)
