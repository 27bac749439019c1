"""Names of files and folders as callers give them: one, or several with commas; whether they exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.files.formats import is_remote
from convista.suggestions import hint


def exists(name: str) -> bool:
    """Whether there is a file or folder; a list may be too long for a name."""
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def existing(path: Path) -> str:
    """Return a file's path as text.

    Raises
    ------
    ConvistaError
        If there is no such file; the message names the nearest ones beside it.
    """
    if exists(str(path)) and path.is_file():
        return str(path)
    raise no_such_file(path)


def no_such_file(path: Path) -> ConvistaError:
    """Return the mistake of naming a file that is not there, with the nearest names beside it."""
    beside = [p.name for p in path.parent.iterdir()] if exists(str(path.parent)) and path.parent.is_dir() else []
    return ConvistaError("scenes.sources.no_file", file=path, hint=hint(path.name, beside))


def split_list(text: str) -> list[str]:
    """Return the sources in a text with commas; a name that has commas itself is one source where it exists."""
    parts = text.split(",")
    if len(parts) == 1 or exists(text):
        return [text]
    joined = list(_existing_names(parts))
    return joined if any(exists(name) for name in joined if name) or all(map(is_remote, joined)) else [text]


def _existing_names(parts: Sequence[str]) -> Iterator[str]:
    """Join neighbouring parts again that are one name of a file or folder, the longest first."""
    start = 0
    while start < len(parts):
        ends = range(len(parts), start + 1, -1)
        end = next((e for e in ends if exists(",".join(parts[start:e]).strip())), start + 1)
        yield ",".join(parts[start:end]).strip()
        start = end
