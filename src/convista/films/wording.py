"""What a film writes, in every language at once: sentences of the table, and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import floor, isfinite, isnan, log10
from typing import NamedTuple

from convista.films.colour_words import PLACEHOLDERS
from convista.films.stage import text
from convista.language import MINUS, Text, number, say


def message(key: str, **values: object) -> Text:
    """Return a text of the string table in Spanish and English; a value may itself be a text in both.

    Where it names a colour, captions and narrations get the word that the theme has for it.
    """
    spanish = {name: value.es if isinstance(value, Text) else value for name, value in values.items()}
    english = {name: value.en if isinstance(value, Text) else value for name, value in values.items()}
    return Text(
        say(key, language="es", **PLACEHOLDERS, **spanish), say(key, language="en", **PLACEHOLDERS, **english)
    )


def titled(given: str | Text | None, key: str, **values: object) -> Text:
    """Return a title that was given, one for both languages or each in its own; else the film's, by its key."""
    if given is None:
        return message(key, **values)
    return given if isinstance(given, Text) else Text(given, given)


@cache
def written(value: float, decimals: int | None = None) -> Text:
    """Return a number in Spanish and English."""
    if not isfinite(value):
        sign = "NaN" if isnan(value) else "∞" if value > 0 else f"{MINUS}∞"
        return Text(sign, sign)
    return Text(number(value, decimals, language="es"), number(value, decimals, language="en"))


@cache
def counted(count: int) -> Text:
    """Return a count in three digits: 456, 36.9 k, 1.81 G."""
    for unit, name in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= unit:
            share = count / unit
            number_of = written(share, 2 if share < 9.995 else 1 if share < 99.95 else 0)
            return Text(*(f"{line} {name}" for line in number_of))
    return written(float(count), 0)


def summed(counts: Sequence[int | None]) -> Text:
    """Return a sum as a count; one of which a part is not known is at least the rest, or a question mark."""
    known = [count for count in counts if count is not None]
    if len(known) == len(counts):
        return counted(sum(known))
    return Text(*(f"≥ {line}" for line in counted(sum(known)))) if any(known) else Text("?", "?")


def bracketed(value: float, decimals: int) -> Text:
    """Return a number to stand after an operator sign: negative ones in brackets."""
    plain = written(value, decimals)
    return Text(*(f"({line})" if line.startswith(MINUS) else line for line in plain))


def decimals_for(values: Iterable[float]) -> int:
    """Return how many decimals numbers shown together have.

    None for integers, else two; more if the largest is below a tenth, fewer if it is 100 or above.
    """
    finite = [abs(value) for value in values if isfinite(value)]
    if all(value == floor(value) for value in finite):
        return 0
    magnitude = floor(log10(max(finite)))
    return min(6, max(2, 1 - magnitude)) if magnitude < 2 else max(0, 3 - magnitude)


class Digits(NamedTuple):
    """How the numbers of an equation are written."""

    decimals: int
    equals: str
    """``"="``, or ``"≈"`` where the numbers that are written make another one than is written for their result."""


USUAL = 2
"""How many decimals `written` gives a number that is not whole unless it is told."""
FINER = 2
"""How many more decimals than usual an equation may need to add up before it says ≈."""


def equality(made: float, value: float, decimals: int) -> str:
    """Return the sign between what written numbers make and a value that is written with so many decimals."""
    apart = abs(made - as_written(value, decimals))
    return "≈" if apart > 0.5 * 10.0**-decimals + 1e-9 else "="


def as_written(value: float, decimals: int) -> float:
    """Return the number that is read where a value is written with so many decimals."""
    return round(value, decimals) if isfinite(value) else value


def enough_digits(value: float, made: Callable[[Callable[[float], float]], float], least: int) -> Digits:
    """Return the fewest decimals, `least` or more, with which an equation adds up as it is written.

    Parameters
    ----------
    value
        What stands on its right.
    made
        What stands on its left: given what turns a number into the one that is written, returns what those make.
    least
        How many decimals its numbers have at least.
    """
    for decimals in range(least, least + FINER + 1):
        if equality(made(lambda number, decimals=decimals: as_written(number, decimals)), value, decimals) == "=":  # type: ignore[misc]
            return Digits(decimals, "=")
    return Digits(least, "≈")


def widest(numbers: Iterable[Text]) -> float:
    """Return the width of the widest text, in ems."""
    return max((text.width(line) for words in numbers for line in words), default=0.0)
