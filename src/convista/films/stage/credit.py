"""Whose imagery a film shows, said on every picture of it."""

from __future__ import annotations

from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Words
from convista.language import Text

SIZE = 14.0
BASELINE = 62.6
"""Between the title and what stands above the arrays."""


def credit(words: Text) -> Words:
    """Return what has to be said of imagery as a mark: at the right, under the title, in every film."""
    return Words("credit", (INSIDE.right, BASELINE), words, SIZE, "muted", "end")
