"""What a convolution is and how large its output gets, as typeset formulas."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.conv.sweep import Sweep
from convista.films.stage import formula
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Colour, Formula
from convista.language import Text

SIZE, GAP = 20.0, 0.28
"""Of the definition, in points; and what is left free between two pieces of a formula, in ems."""
DEFINITION = INSIDE.top + 24
"""Baseline of the definition, beside the title."""

Piece = tuple[str, Colour]


def definition_of_conv(sweep: Sweep) -> tuple[Formula, ...]:
    """Return O[i,j] = Σ I[…]·K[u,v] at the right of the title, the kernel in the colour that its frame has."""
    row, column = (_read(sweep, axis) for axis in (0, 1))
    pieces: list[Piece] = [
        (r"O[i,j]\ =\ \sum_{u,v}\ ", "text"),
        (rf"I[{row},\ {column}]", "text"),
        (r"\cdot", "muted"),
        ("K[u,v]", "window"),
    ]
    return composed("definition", pieces, (INSIDE.right, DEFINITION), SIZE)


def composed(key: str, pieces: Sequence[Piece], end: tuple[float, float], size: float) -> tuple[Formula, ...]:
    """Return a formula in pieces of their own colours, that ends at a point."""
    wide = [formula.width(tex, size) for tex, _ in pieces]
    left, marks = end[0] - sum(wide) - GAP * size * (len(pieces) - 1), []
    for n, ((tex, colour), width) in enumerate(zip(pieces, wide, strict=True)):
        marks.append(Formula(f"{key}.{n}", (left, end[1]), Text(tex, tex), size, colour, "start"))
        left += width + GAP * size
    return tuple(marks)


def _read(sweep: Sweep, axis: int) -> str:
    """Return which row or column of the image an element of the kernel meets, counted as positions are."""
    place, element = ("ij"[axis], "uv"[axis])
    stride, dilation = sweep.stride[axis], sweep.dilation[axis]
    from_one = sweep.origin
    if stride == dilation == 1:
        terms, shift = f"{place}+{element}", -from_one - sweep.padding[axis][0]
    else:
        start = f"({place}-{from_one})" if from_one else place
        inside = f"({element}-{from_one})" if from_one else element
        first = place if stride == 1 else rf"{stride}{start}"
        second = element if dilation == 1 else rf"{dilation}{inside}"
        shift = from_one - sweep.padding[axis][0]
        shift -= from_one * ((stride == 1) + (dilation == 1))
        terms = f"{first}+{second}"
    return f"{terms}{shift:+d}" if shift else terms
