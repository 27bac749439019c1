"""Text on the stage: one font, placed glyph by glyph by its unhinted advances, so that every medium agrees."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

CAP = 0.729
"""Height of a capital or a digit, in ems."""
ASCENT, DESCENT = 0.76, 0.236
"""How far letters reach above and below the baseline, in ems; accents on capitals and brackets aside."""
UNITS = 2048
PHASES = 4
"""Places inside a pixel where a glyph may begin."""

SHADES = 8
"""How finely the edge of a glyph or of a line is mixed with what lies under it."""

Shades = NDArray[np.uint8]
"""How much of each pixel is covered, 0 … `SHADES` − 1."""


@cache
def width(text: str, size: float = 1.0) -> float:
    """Return how far a line of text advances, in the units of ``size``."""
    return sum(map(_advance, text)) * size


def fitting(text: str, room: float, largest: float, smallest: float = 0.0) -> float:
    """Return the largest size, in half points, at which a line is no wider than the room."""
    return max(smallest, min(largest, int(2 * room / max(width(text), 1e-9)) / 2))


def lines(text: str, size: float, room: float) -> list[str]:
    """Break a text between words into as few lines as the room allows, of about the same width."""
    broken = _broken(text, size, room)
    for share in range(50, 100, 5):
        narrow = _broken(text, size, room * share / 100)
        if len(narrow) == len(broken):
            return narrow
    return broken


def _broken(text: str, size: float, room: float) -> list[str]:
    broken: list[str] = []
    for word in text.split(" "):
        if broken and width(f"{broken[-1]} {word}", size) <= room:
            broken[-1] += f" {word}"
        else:
            broken.append(word)
    return broken


@cache
def run(text: str, size: float, phase: int) -> tuple[Shades, int, int]:
    """Draw a line of text that begins ``phase`` quarters into a pixel.

    Returns the shades, and how many pixels its first column and row lie from the origin on the baseline.
    """
    above, below = ceil(size * 1.05) + 1, ceil(size * 0.3) + 1
    sheet = np.zeros((above + below, ceil(width(text, size)) + ceil(size / 2) + 4), np.uint8)
    place = phase / PHASES
    for letter in text:
        quarters = round(place * PHASES)
        if letter != " ":
            glyph = _glyph(letter, size, quarters % PHASES)
            left = quarters // PHASES
            under = sheet[:, left : left + glyph.shape[1]]
            np.maximum(under, glyph[:, : under.shape[1]], out=under)
        place += _advance(letter) * size
    return sheet, -1, -above


@cache
def font_path() -> Path:
    """Return the file of DejaVu Sans inside matplotlib's wheel, without importing matplotlib."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("matplotlib")
    return Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf", "DejaVuSans.ttf")


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_path()), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(letter: str) -> float:
    """Return the advance in ems: at the size of the design grid hinting has nothing left to round."""
    return _font(UNITS).getlength(letter) / UNITS


@cache
def _glyph(letter: str, size: float, phase: int) -> Shades:
    above, below = ceil(size * 1.05) + 1, ceil(size * 0.3) + 1
    sheet = Image.new("L", (ceil(_advance(letter) * size + size / 3) + 3, above + below))
    ImageDraw.Draw(sheet).text((1 + phase / PHASES, above), letter, fill=255, font=_font(size), anchor="ls")
    return shaded(np.asarray(sheet))


def shaded(coverage: NDArray[np.uint8]) -> Shades:
    """Round a coverage of 0 … 255 to shades."""
    return ((coverage.astype(np.uint16) * (SHADES - 1) + 127) // 255).astype(np.uint8)
