"""Rows of text in columns, for a terminal and for files.

Not by rich's tables, which need a console of some width, at which they wrap, fill up every line with spaces, and
read brackets, such as those of an interval, as markup.
"""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], words: int = 1, indent: str = "  ") -> list[str]:
    """Return a line for each row, its cells one under the other and two spaces apart.

    Parameters
    ----------
    rows
        All of the same length.
    words
        Columns of words, which come first and stand to the left; the others are numbers, to the right.
    indent
        What each line begins with.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines
