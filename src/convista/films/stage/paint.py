"""What a canvas asks of the colours that it is painted in: numbers of a palette, or red, green and blue."""

from __future__ import annotations

from typing import Any, Protocol

from numpy.typing import NDArray

from convista.films.stage.marks import Colour, Photo
from convista.films.stage.text import Shades

Pixels = NDArray[Any]
"""Rows and columns of pixels; a third axis, if they have one, is their colour."""


class Paint(Protocol):
    """Colours as the pixels of a canvas hold them, and how they cover each other."""

    @property
    def depth(self) -> tuple[int, ...]:
        """The axes of one pixel: none for a number, (3,) for red, green and blue."""

    def number(self, colour: Colour) -> Any:
        """Return a colour."""

    def ink(self, colour: Colour) -> Any:
        """Return a text's colour; for a place on a map or a tone, the ink to write on it."""

    def levels(self, scale: str) -> Pixels:
        """Return the colour of each level of a `Picture`, seen as an unsigned byte."""

    def photo(self, mark: Photo, wide: int, tall: int) -> Pixels:
        """Return a photo at a size in pixels: averaged where it has more of its own, else each a sharp block."""

    def mix(self, under: Pixels, number: Any, shades: Shades) -> Pixels:
        """Return what a colour makes of the pixels under it, where it covers 0 … `SHADES` − 1 of each."""

    def veil(self, under: Pixels, over: Pixels, opacity: float, corner: tuple[int, int]) -> Pixels:
        """Return what pixels that let through a part of those under them make of these.

        ``corner`` is the place of the first in the whole of which they are a part, as row and column.
        """
