"""The colours that a picture may have: at most 256, the same through a whole film, every named one exact."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convista.cividis import RGB
from convista.films.stage.full_colour import resized
from convista.films.stage.marks import (
    FULL,
    MISSING,
    UNWRITTEN,
    Box,
    Colour,
    Formula,
    Mark,
    Mixed,
    Photo,
    Picture,
    Polyline,
    Tone,
    Words,
)
from convista.films.stage.text import SHADES
from convista.films.stage.theme import STEPS, THEMES, Theme, mixed, signed_level

Indexed = NDArray[np.uint8]

TRANSPARENT = 255
FINEST = 31
"""Levels of a tone's scale, where there is room for so many."""
NOWHERE = Box(0, 0, 0, 0)
TONES, PHOTO = 96, 128
"""How many colours tones may take, and how many photos."""
SAMPLED = 32_768
"""How many pixels of photos are looked at, about, to choose their colours."""
LEAST = 24
"""How many colours are always left for the edges of numbers and lines."""
BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]])
"""The order in which the pixels of 4 × 4 are covered, so that those covered lie evenly apart."""


class Needs(NamedTuple):
    """What a film is coloured with, apart from the names, which every film has."""

    signed: bool = True
    tones: frozenset[Tone] = frozenset()
    inked: frozenset[Tone] = frozenset()
    """Those tones that numbers are written on."""
    photos: tuple[Photo, ...] = ()


class Palette:
    """Numbers for colours: names, signed map, tones, photos, then the mixtures at the edges of text and lines.

    The levels of a scale of tones are as fine as leaves room for all; photos share the colours that suit them best.
    """

    depth: tuple[int, ...] = ()

    def __init__(self, theme: Theme, needs: Needs) -> None:
        self.theme = theme
        self._named = {name: number for number, name in enumerate(theme.colours)}
        self._zero = len(self._named) + STEPS
        levels = [level / STEPS for level in range(-STEPS, STEPS + 1)] if needs.signed else []
        colours = [*theme.colours.values(), *map(theme.rgb, levels)]
        self._finest = _fineness(needs.tones)
        self._toned: dict[Tone, int] = {}
        for tone in sorted({self._rounded(tone) for tone in needs.tones})[:TONES]:
            self._toned[tone] = len(colours)
            colours.append(theme.rgb(tone))
        if needs.photos:
            colours += _suiting(needs.photos, min(PHOTO, TRANSPARENT - LEAST - len(colours)))
        inked = sorted({self._rounded(tone) for tone in needs.inked})
        colours += _edges(theme, TRANSPARENT - len(colours), [*levels, *inked])
        self.colours = np.zeros((TRANSPARENT + 1, 3), np.uint8)
        self.colours[: len(colours)] = colours
        self._solid = np.array(colours, np.int32)
        self._inks: dict[Colour, int] = {}
        self._mixed: dict[Mixed, int] = {}
        self._mixtures: dict[int, Indexed] = {}
        self._maps: dict[str, Indexed] = {}
        self._photos: dict[tuple[bytes, int, int, int], Indexed] = {}

    def number(self, colour: Colour) -> int:
        """Return the number of a colour."""
        if isinstance(colour, str):
            return self._named[colour]
        if isinstance(colour, Tone):
            return self._tone(self._rounded(colour))
        if isinstance(colour, Mixed):
            return self._mixture(colour)
        return self._zero + signed_level(colour)

    def ink(self, colour: Colour) -> int:
        """Return the number of a text's colour; for a place on a map or a tone, that of the ink to write on it."""
        if isinstance(colour, float | int):
            colour = signed_level(colour) / STEPS
        shown = self._rounded(colour) if isinstance(colour, Tone) else colour
        if shown not in self._inks:
            self._inks[shown] = self._named[self.theme.letters(shown)]
        return self._inks[shown]

    def mix(self, under: Indexed, number: int, shades: Indexed) -> Indexed:
        """Return what a colour makes of the pixels under it, where it covers 0 … `SHADES` − 1 of each."""
        table = self._mixtures.get(number)
        if table is None:
            table = self._mixtures[number] = np.full((TRANSPARENT + 1, SHADES), TRANSPARENT, np.uint8)
        places = under.astype(np.uint16) * SHADES + shades
        blended = table.take(places)
        # Nothing mixes to transparent: where that is read, the row has not been worked out yet.
        if TRANSPARENT in blended:
            for new in set(under[blended == TRANSPARENT].tolist()):
                table[new] = self._shades(new, number)
            blended = table.take(places)
        return blended

    def levels(self, scale: str) -> Indexed:
        """Return the number of each level of a `Picture`, seen as an unsigned byte."""
        if scale not in self._maps:
            numbers = self._maps[scale] = np.empty(256, np.uint8)
            for level in range(-FULL, FULL + 1):
                share = level / FULL
                numbers[level % 256] = self.number(share if scale == "signed" else Tone(scale, max(0.0, share)))
            numbers[UNWRITTEN % 256], numbers[MISSING % 256] = self.number("panel"), self.number("missing")
        return self._maps[scale]

    def veil(self, under: Indexed, over: Indexed, opacity: float, corner: tuple[int, int]) -> Indexed:
        """Return what pixels that let through a part of those under them make of these.

        A palette has no colours between any two, so that each pixel is of the one or of the other, by the ordered
        dither of B. E. Bayer (1973).
        """
        rows, columns = under.shape
        places = (np.arange(rows) + corner[0]) % 4, (np.arange(columns) + corner[1]) % 4
        return np.where(BAYER[np.ix_(*places)] < 16 * opacity, over, under)

    def photo(self, mark: Photo, wide: int, tall: int) -> Indexed:
        """Return a photo at a size in pixels: averaged where it has more of its own, else each a sharp block."""
        asked = mark.pixels, mark.rows, wide, tall
        if asked not in self._photos:
            rgb = resized(mark.pixels, mark.rows, mark.columns, wide, tall).astype(np.int32).reshape(-1, 3)
            _, first, place = np.unique(rgb @ (65536, 256, 1), return_index=True, return_inverse=True)
            seen = rgb[first]
            parts = [self._nearest(seen[start : start + 4096]) for start in range(0, len(seen), 4096)]
            self._photos[asked] = np.concatenate(parts)[place].reshape(tall, wide)
        return self._photos[asked]

    def _rounded(self, tone: Tone) -> Tone:
        return tone._replace(value=round(tone.value * self._finest) / self._finest)

    def _tone(self, tone: Tone) -> int:
        """Return a tone's own number or, where there was no room for all, that of the nearest colour."""
        if tone not in self._toned:
            self._toned[tone] = int(self._nearest(np.array([self.theme.rgb(tone)], np.int32))[0])
        return self._toned[tone]

    def _mixture(self, colour: Mixed) -> int:
        if colour not in self._mixed:
            self._mixed[colour] = int(self._nearest(np.array([self.theme.rgb(colour)], np.int32))[0])
        return self._mixed[colour]

    def _nearest(self, wanted: NDArray[np.int32]) -> Indexed:
        # |w − s|² less |w|², which decides nothing; sums of squares of bytes are exact in single precision.
        solid = self._solid.astype(np.float32)
        apart = (solid**2).sum(1) - 2 * (wanted.astype(np.float32) @ solid.T)
        numbers: Indexed = apart.argmin(1).astype(np.uint8)
        return numbers

    def _shades(self, under: int, over: int) -> Indexed:
        """Mix two colours and take the nearest there are; nothing covered and all covered are exact."""
        share = np.arange(SHADES)[:, None]
        wanted = (self._solid[under] * (SHADES - 1 - share) + self._solid[over] * share) // (SHADES - 1)
        shades = self._nearest(wanted)
        shades[0], shades[-1] = under, over
        return shades


def palette(theme: str, marks: Iterable[Mark] = ()) -> Palette:
    """Return the palette of a theme that suits all these marks: those of a whole film, so that it never changes."""
    inked: set[Tone] = set()
    scales: set[str] = set()
    colours: set[Colour] = set()
    photos: dict[bytes, Photo] = {}
    for mark in {id(mark): mark for mark in marks}.values():
        match mark:
            case Words() | Formula():
                if isinstance(mark.colour, Tone):
                    inked.add(mark.colour)
            case Photo():
                photos[mark.pixels] = Photo("", NOWHERE, mark.rows, mark.columns, mark.pixels)
            case Picture():
                scales.add(mark.scale)
            case Polyline():
                colours.add(mark.colour)
            case _:
                colours |= {colour for colour in (mark.fill, mark.stroke) if colour is not None}
    tones = inked | {colour for colour in colours if isinstance(colour, Tone)}
    tones |= {Tone(scale, level / FULL) for scale in scales - {"signed"} for level in range(FULL + 1)}
    # A film of photos alone has their colours in the place of the signed map's.
    signed = not photos or "signed" in scales or any(isinstance(colour, float | int) for colour in colours)
    return _palette(theme, Needs(signed, frozenset(tones), frozenset(inked), tuple(photos.values())))


@lru_cache(32)
def _palette(theme: str, needs: Needs) -> Palette:
    return Palette(THEMES[theme], needs)


def _fineness(tones: frozenset[Tone]) -> int:
    """Return the most levels for a scale with which all tones have room."""
    for levels in range(FINEST, 1, -2):
        if len({(tone.scale, round(tone.value * levels), tone.shade) for tone in tones}) <= TONES:
            return levels
    return 1


def _suiting(photos: tuple[Photo, ...], count: int) -> list[RGB]:
    """Return the colours that photos are best shown with: cuts of their pixels at the median, then their means."""
    pixels = np.frombuffer(b"".join(photo.pixels for photo in photos), np.uint8).reshape(-1, 3)
    some = pixels[:: max(1, len(pixels) // SAMPLED)]
    image = Image.frombytes("RGB", (len(some), 1), some.tobytes())
    table = image.quantize(count, Image.Quantize.MEDIANCUT, kmeans=1).getpalette() or []
    colours = list(zip(table[::3], table[1::3], table[2::3], strict=True))
    return [(red, green, blue) for red, green, blue in colours[:count]]


def _edges(theme: Theme, room: int, cells: list[Colour]) -> list[RGB]:
    """Return the mixtures that the names and the maps lack: text on the background, numbers on the cells."""
    named = theme.colours
    inner = {"text": 6, "muted": 5, "window": 5, "curve": 3, "backward": 3}
    edges = [blended for name, count in inner.items() for blended in _ramp(named["background"], named[name], count)]
    inked = [(cell, named[theme.ink(cell)]) for cell in cells]
    # Ink of the map's own zero mixes to colours that the map has.
    lacking = [
        (theme.rgb(cell), ink)
        for cell, ink in inked
        if isinstance(cell, Tone) or max(map(_apart, ink, theme.zero)) > 1
    ]
    count = max(0, min(3, (room - len(edges)) // max(1, len(lacking))))
    return (edges + [blended for cell, ink in lacking for blended in _ramp(cell, ink, count)])[:room]


def _apart(one: int, other: int) -> int:
    return abs(one - other)


def _ramp(start: RGB, end: RGB, inner: int) -> list[RGB]:
    """Return evenly spaced colours strictly between two."""
    return [mixed(start, end, step / (inner + 1)) for step in range(1, inner + 1)]
