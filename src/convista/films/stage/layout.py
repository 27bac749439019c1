"""Where things stand on every stage: title above, equation under the stage, caption at the bottom."""

from __future__ import annotations

from math import hypot

from convista.films.stage import text
from convista.films.stage.marks import HEIGHT, WIDTH, Box, Colour, Mark, Point, Polygon, Polyline, Words
from convista.language import Text

INSIDE = Box(0.04 * WIDTH, 0.04 * HEIGHT, 0.96 * WIDTH, 0.96 * HEIGHT)
"""What the margin of 4 % leaves."""
STAGE = Box(INSIDE.left + 3, 94, INSIDE.right - 3, 394)
"""Where arrays stand, with room for a window's outline; their headings are just above it."""
EQUATION = 440.0
"""Baseline of the equation."""

TITLE = "title"
"""The key of the title, which a plain film leaves out."""
TITLE_SIZE, HEADING_SIZE, CAPTION_SIZE = 24.0, 15.0, 18.0
CAPTION_LINES = (486.0, 510.0)


def title(words: Text) -> Words:
    """Return the title, as large as fits in one line."""
    size = min(text.fitting(line, INSIDE.width, TITLE_SIZE) for line in words)
    return Words(TITLE, (INSIDE.left, INSIDE.top + 21), words, size, "text", "start")


def heading(key: str, box: Box, words: Text, room: float, colour: str = "muted") -> Words:
    """Return the name of an array, centred above its box as far as the margins let it."""
    size = min(text.fitting(line, room, HEADING_SIZE) for line in words)
    half = max(text.width(line, size) for line in words) / 2
    x = min(max(box.centre[0], INSIDE.left + half), INSIDE.right - half)
    return Words(key, (x, box.top - 9), words, size, colour)


def heading_at_end(key: str, box: Box, words: Text, beyond: float, colour: str = "muted") -> Words:
    """Return the name of an array at the right of the stage: above its box, up to ``beyond`` left of it."""
    size = min(text.fitting(line, box.width + beyond, HEADING_SIZE) for line in words)
    return Words(key, (box.right, box.top - 9), words, size, colour, "end")


def arrow(
    key: str, start: Point, end: Point, colour: Colour = "muted", width: float = 2.0
) -> tuple[Polyline, Polygon]:
    """Return a straight arrow: its shaft, and its head with the tip at the end."""
    long = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across, down = (end[0] - start[0]) / long, (end[1] - start[1]) / long
    head = min(4 + 3 * width, long)

    def place(back: float, aside: float) -> Point:
        return end[0] - back * across - aside * down, end[1] - back * down + aside * across

    shaft = Polyline(key, (start, place(0.8 * head, 0)), colour, width)
    return shaft, Polygon(f"{key}.head", (end, place(head, head / 2), place(head, -head / 2)), colour)


def caption(words: Text, language: str) -> tuple[Mark, ...]:
    """Return the caption at the bottom, in one line or two."""
    told: str = getattr(words, language)
    size = CAPTION_SIZE
    while len(broken := text.lines(told, size, INSIDE.width)) > len(CAPTION_LINES):
        size -= 0.5
    places = CAPTION_LINES[-len(broken) :] if len(broken) > 1 else ((CAPTION_LINES[0] + CAPTION_LINES[1]) / 2,)
    return tuple(
        Words(f"caption.{n}", (WIDTH / 2, y), Text(line, line), size, "text")
        for n, (line, y) in enumerate(zip(broken, places, strict=True))
    )
