"""The colours that a picture may have: fixed by the theme, at most 256, with every named one exact."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from convista.films.marks import FULL, MISSING, UNWRITTEN, Colour
from convista.films.text import SHADES
from convista.films.theme import RGB, STEPS, THEMES, Theme, signed_level

Indexed = NDArray[np.uint8]

TRANSPARENT = 255


class Palette:
    """Numbers for colours: the named ones, the signed map, then the mixtures at the edges of text and lines."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._named = {name: number for number, name in enumerate(theme.colours)}
        self._zero = len(self._named) + STEPS
        colours = [*theme.colours.values(), *(theme.level(level) for level in range(-STEPS, STEPS + 1))]
        colours += _edges(theme, TRANSPARENT - len(colours))
        self.colours = np.zeros((TRANSPARENT + 1, 3), np.uint8)
        self.colours[: len(colours)] = colours
        self._solid = np.array(colours, np.int32)
        self._inks = [self._named[theme.ink(level / STEPS)] for level in range(-STEPS, STEPS + 1)]
        self._mixtures: dict[int, Indexed] = {}

    def number(self, colour: Colour) -> int:
        """Return the number of a colour."""
        return self._named[colour] if isinstance(colour, str) else self._zero + signed_level(colour)

    def ink(self, colour: Colour) -> int:
        """Return the number of a text's colour; for a place on the signed map, that of the ink to write on it."""
        if isinstance(colour, str):
            return self._named[colour]
        return self._inks[signed_level(colour) + STEPS]

    def mix(self, under: Indexed, number: int, shades: Indexed) -> Indexed:
        """Return what a colour makes of the pixels under it, where it covers 0 … `SHADES` − 1 of each."""
        table = self._mixtures.get(number)
        if table is None:
            table = self._mixtures[number] = np.full((TRANSPARENT + 1, SHADES), TRANSPARENT, np.uint8)
        places = under.astype(np.uint16) * SHADES + shades
        mixed = table.take(places)
        # Nothing mixes to transparent: where that is read, the row has not been worked out yet.
        if TRANSPARENT in mixed:
            for new in set(under[mixed == TRANSPARENT].tolist()):
                table[new] = self._shades(new, number)
            mixed = table.take(places)
        return mixed

    @property
    def levels(self) -> Indexed:
        """The number of each level of a `Picture`, seen as an unsigned byte."""
        numbers = np.empty(256, np.uint8)
        for level in range(-FULL, FULL + 1):
            numbers[level % 256] = self.number(level / FULL)
        numbers[UNWRITTEN % 256], numbers[MISSING % 256] = self.number("panel"), self.number("missing")
        return numbers

    def _shades(self, under: int, over: int) -> Indexed:
        """Mix two colours and take the nearest there are; nothing covered and all covered are exact."""
        share = np.arange(SHADES)[:, None]
        wanted = (self._solid[under] * (SHADES - 1 - share) + self._solid[over] * share) // (SHADES - 1)
        shades: Indexed = ((wanted[:, None] - self._solid) ** 2).sum(2).argmin(1).astype(np.uint8)
        shades[0], shades[-1] = under, over
        return shades


@cache
def palette(theme: str) -> Palette:
    """Return the palette of a theme."""
    return Palette(THEMES[theme])


def _edges(theme: Theme, room: int) -> list[RGB]:
    """Return the mixtures that the names and the map lack: text on the background, numbers on the cells."""
    named = theme.colours
    inner = {"text": 6, "muted": 5, "window": 5, "curve": 3, "backward": 3}
    edges = [mixed for name, count in inner.items() for mixed in _ramp(named["background"], named[name], count)]
    # Ink of the map's own zero mixes to colours that the map has.
    inked = [(theme.level(n), named[theme.ink(n / STEPS)]) for n in range(-STEPS, STEPS + 1)]
    lacking = [(cell, ink) for cell, ink in inked if max(map(_apart, ink, theme.zero)) > 1]
    count = min(3, (room - len(edges)) // len(lacking))
    return edges + [mixed for cell, ink in lacking for mixed in _ramp(cell, ink, count)]


def _apart(one: int, other: int) -> int:
    return abs(one - other)


def _ramp(start: RGB, end: RGB, inner: int) -> list[RGB]:
    """Return evenly spaced colours strictly between two."""
    ramp = []
    for step in range(1, inner + 1):
        red, green, blue = (round(a + (b - a) * step / (inner + 1)) for a, b in zip(start, end, strict=True))
        ramp.append((red, green, blue))
    return ramp
