"""One number for rows and columns, or one for each."""

from __future__ import annotations

Pair = tuple[int, int]


def pair(value: int | Pair) -> Pair:
    """Return a number for rows and one for columns."""
    rows, columns = (value, value) if isinstance(value, int) else value
    return rows, columns
