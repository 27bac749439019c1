"""What the package says to people, in Spanish and English side by side; a text's key is the way to its file.

``say("scenes.bands.no_such_band", band="nir")`` finds the text ``no_such_band`` in ``language/scenes/bands.py`` and
fills its placeholders. The language is the one asked for, else the one set by `use`, else the locale's.

A placeholder with two forms, ``{count:band|bands}``, stands for the first where `count` is one and for the other where
it is not; which of them it is, the language's own rule says (CLDR's, by Babel). A form may hold the count itself:
``{count:the only band|all {count} bands}``.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import category

if TYPE_CHECKING:
    from babel.plural import PluralRule

LANGUAGES = ("en", "es")
MINUS = "\N{MINUS SIGN}"

_chosen: str | None = None


class Text(NamedTuple):
    """One entry of the table; ``{name}`` marks a placeholder, the same ones in both languages."""

    es: str
    en: str


def use(language: str | None) -> None:
    """Set the language of everything said from now on: ``"es"``, ``"en"``, or None for the locale's.

    Raises
    ------
    ValueError
        For any other language.
    """
    if language is not None and language not in LANGUAGES:
        raise ValueError(f"language {language!r}: choose one of {', '.join(LANGUAGES)}")
    global _chosen  # noqa: PLW0603  the process has one language, as it has one locale
    _chosen = language


def current() -> str:
    """Return the language in use, ``"es"`` or ``"en"``."""
    return _chosen or _of_the_locale()


def say(key: str, /, *, language: str | None = None, **values: object) -> str:
    """Return the text of a key, ``"room.name"``, with its placeholders filled.

    Raises
    ------
    KeyError
        If the table has no such text, or a placeholder is not given.
    """
    return fill(key, language or current(), values)


def fill(key: str, language: str, values: Mapping[str, object]) -> str:
    """Return the text of a key in a language, as `say` does, of values that may have any name."""
    text: str = getattr(find(key), language)
    # str.format is ten times as fast, and films say thousands of texts without a count.
    return _Forms(language).vformat(text, (), values) if "|" in text else text.format(**values)


def find(key: str) -> Text:
    """Return the entry of a key in every language, unfilled; KeyError if there is none."""
    room, _, name = key.rpartition(".")
    return _table(room)[name]


def number(value: float, decimals: int | None = None, *, language: str | None = None) -> str:
    """Write a number with a true minus sign and the language's decimal mark.

    ``decimals`` None writes integers as integers and everything else with two decimals.
    """
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 2
    written = f"{value:.{decimals}f}"
    if not written.strip("-0."):
        written = written.lstrip("-")
    mark = "," if (language or current()) == "es" else "."
    return written.replace("-", MINUS).replace(".", mark)


def listed(names: Sequence[object], most: int = 6) -> str:
    """Write names with commas; of more than `most`, the first ones and how many there are: ``red, nir, … (224)``."""
    shown = ", ".join(map(str, names[:most]))
    return shown if len(names) <= most else f"{shown}, … ({len(names)})"


def printable(text: str) -> str:
    """Return a text in which what would steer a terminal, as names in a file may hold it, is written out."""
    return "".join(c if c.isprintable() or c in "\n\t" or category(c) == "Zs" else repr(c)[1:-1] for c in text)


class _Forms(Formatter):
    """Fills a text's placeholders, and of two forms takes the one that goes with the count.

    Raises
    ------
    TypeError
        If what counts is no number.
    """

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        one, two, other = format_spec.partition("|")
        if not two:
            return format(value, format_spec)
        return one if _plural_rule(self._language)(value) == "one" else other


@cache
def _plural_rule(language: str) -> PluralRule:
    # Babel takes a tenth of a second to load: only once something is counted.
    from babel import Locale  # noqa: PLC0415

    return Locale(language).plural_form


@cache
def _table(room: str) -> dict[str, Text]:
    table: dict[str, Text] = import_module(f"convista.language.{room}").TABLE
    return table


@cache
def _of_the_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if name := os.environ.get(variable):
            return "es" if name.lower().startswith("es") else "en"
    name = locale.getlocale()[0] or ""
    return "es" if name.lower().startswith(("es", "spanish")) else "en"
