"""The names nearest to one that does not exist, for the message that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

MOST = 3
"""Names that are suggested, at most."""
LIKE = 0.6
"""How alike two names are, 0 … 1 by `difflib`, for one to be meant by the other."""


def alike(name: str, known: Iterable[str], least: float = LIKE) -> list[str]:
    """Return the known names that may be meant by one, in whatever case: at most `MOST`, the likest first."""
    by_lower_case = {k.lower(): k for k in known}
    return [by_lower_case[k] for k in get_close_matches(name.lower(), by_lower_case, MOST, least)]


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Return the known names that may be meant by one; where none is so much alike, the likest all the same."""
    names = list(known)
    return alike(name, names) or alike(name, names, least=0.0)


def hint(name: str, known: Iterable[str], renamed: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return ``" (nir, nir08?)"``: the known names that may be meant by `name`; empty where none is alike.

    Of a name that something had once, ``renamed`` says which it has now.
    """
    near = [renamed[name]] if name in renamed else alike(name, known)
    return f" ({', '.join(near)}?)" if near else ""
