"""Colours in captions and narrations: named by what they mean, said as the theme shows them.

A text of the table holds ``{window_colour}`` where it speaks of a colour. `message` puts a mark there, and a film
the word for it once its theme is known. In Spanish the word is masculine, to follow «en», «un punto» and the like.
"""

from __future__ import annotations

import re

from convista.language import Text, say

NAMED = ("window", "curve", "backward", "text", "muted", "positive", "negative", "zero", "high")
"""Colours that words speak of: of the theme; of the signed map, its ends and 0; the upper end of magnitudes."""
BEFORE, AFTER = "\ue000", "\ue001"
"""What stands around the name of a colour: letters that Unicode leaves for private use."""
PLACEHOLDERS = {f"{name}_colour": f"{BEFORE}{name}{AFTER}" for name in NAMED}
"""What stands in a text for each, until its theme is known."""


def in_theme(words: Text, theme: str) -> Text:
    """Return a text with the words for its colours in a theme."""
    if BEFORE not in words.es + words.en:
        return words
    return Text(_said(words.es, "es", theme), _said(words.en, "en", theme))


def _said(line: str, language: str, theme: str) -> str:
    def word(found: re.Match[str]) -> str:
        name = found.group(1)
        return say(f"films.colours.{theme}_{name}", language=language) if name in NAMED else found.group()

    return re.sub(f"{BEFORE}([a-z]+){AFTER}", word, line)
