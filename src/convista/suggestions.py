"""The names nearest to one that does not exist, for the message that says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType


def nearest(name: str, known: Iterable[str], renamed: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return ``" (nir, nir08?)"``: at most two known names, in any case, near to `name`; empty where none is.

    Of a name that something had once, ``renamed`` says which it has now.
    """
    if name in renamed:
        return f" ({renamed[name]}?)"
    by_lower_case = {k.lower(): k for k in known}
    near = [by_lower_case[k] for k in get_close_matches(name.lower(), by_lower_case, n=2)]
    return f" ({', '.join(near)}?)" if near else ""
