"""The colours of a film, by what they mean, on a dark ground and on a light one."""

from __future__ import annotations

from collections.abc import Mapping
from colorsys import hls_to_rgb
from typing import NamedTuple

from convista.cividis import CIVIDIS, RGB
from convista.films.stage.marks import Colour, Mixed, Tone

STEPS = 31
"""Levels of the signed map on each side of zero."""


TINTS = {"red": 4, "green": 135, "blue": 222}
"""The hues of the first three channels, in degrees."""


class Theme(NamedTuple):
    """Colours by name, the two ends and the zero of the map for signed values, and what tints end in."""

    name: str
    colours: Mapping[str, RGB]
    negative: RGB
    zero: RGB
    positive: RGB
    tint: tuple[float, float]
    """Lightness and saturation of a channel's brightest value, 0 … 1."""

    def rgb(self, colour: Colour) -> RGB:
        """Return a colour; a place on the signed map is rounded to its nearest level."""
        if isinstance(colour, str):
            return self.colours[colour]
        if isinstance(colour, Tone):
            return mixed(self._scaled(colour.scale, colour.value), (0, 0, 0), colour.shade)
        if isinstance(colour, Mixed):
            return mixed(self.rgb(colour.start), self.rgb(colour.end), colour.share)
        return self.level(signed_level(colour))

    def level(self, level: int) -> RGB:
        """Return one level of the signed map, −`STEPS` … `STEPS`."""
        return mixed(self.zero, self.positive if level > 0 else self.negative, abs(level) / STEPS)

    def _scaled(self, scale: str, value: float) -> RGB:
        if scale == "signed":
            return mixed(self.zero, self.positive if value > 0 else self.negative, min(1.0, abs(value)))
        value = max(0.0, min(1.0, value))
        if scale == "magnitude":
            place = min(int(value * 12), 11)
            return mixed(CIVIDIS[place], CIVIDIS[place + 1], value * 12 - place)
        if scale in self.colours:
            return mixed(self.colours["background"], self.colours[scale], value)
        hue = TINTS[scale] if scale in TINTS else float(scale.removeprefix("hue "))
        red, green, blue = (round(255 * part) for part in hls_to_rgb(hue / 360, *self.tint))
        return mixed(self.zero, (red, green, blue), value)

    def letters(self, colour: Colour) -> str:
        """Return the name of what text is written in: of a colour too pale for letters, its darker one.

        A place on a map or a tone is what is written on, in `ink`.
        """
        if isinstance(colour, str):
            return f"{colour}_letters" if f"{colour}_letters" in self.colours else colour
        return self.ink(colour)

    def ink(self, colour: Colour) -> str:
        """Return the name of black or of white, whichever is easier to read on a colour."""
        below = self.rgb(colour)
        return max(("black", "white"), key=lambda name: contrast(self.colours[name], below))


def mixed(start: RGB, end: RGB, share: float) -> RGB:
    """Return the colour that lies a share of the way from one to another."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def signed_level(value: float) -> int:
    """Return the level of the signed map for a value between −1 and 1."""
    return round(max(-1.0, min(1.0, value)) * STEPS)


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, 1 … 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: RGB) -> float:
    linear = [c / 12.92 if (c := v / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colours(**written: str) -> dict[str, RGB]:
    return {name: (int(h[1:3], 16), int(h[3:5], 16), int(h[5:7], 16)) for name, h in written.items()}


DARK = Theme(
    "dark",
    _colours(
        background="#000000",
        panel="#0E1116",
        line="#2B313B",
        text="#E8EAED",
        muted="#8B949E",
        window="#FFD60A",
        curve="#FF2E9A",
        backward="#FF4D4D",
        written="#FFFFFE",
        missing="#6E7681",
        black="#000001",
        white="#FFFFFF",
    ),
    negative=(76, 155, 255),
    zero=(0, 0, 0),
    positive=(255, 140, 26),
    tint=(0.64, 0.9),
)

LIGHT = Theme(
    "light",
    _colours(
        background="#FFFFFF",
        panel="#F3F4F6",
        line="#C9CED6",
        text="#1A1A1A",
        muted="#5F6771",
        window="#E0A800",
        window_letters="#846300",
        curve="#C2187E",
        backward="#C62828",
        written="#1A1A1B",
        missing="#A9AFB8",
        black="#000000",
        white="#FFFFFE",
    ),
    negative=(18, 86, 176),
    zero=(255, 255, 255),
    positive=(190, 82, 0),
    tint=(0.42, 0.7),
)

THEMES: dict[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT)}
