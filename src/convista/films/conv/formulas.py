"""What a convolution is, and a transposed one, as typeset formulas in the colours of the stage."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.conv.sweep import Sweep
from convista.films.conv.transpose_steps import Spread
from convista.films.stage.layout import INSIDE
from convista.films.stage.marks import Formula
from convista.films.stage.pieces import Piece, composed, wide
from convista.pairs import Pair

SIZE, SPREADING = 20.0, 18.0
"""Of the definitions, in points."""
DEFINITION = INSIDE.top + 24
"""Baseline of the definition, beside the title."""


def definition_of_conv(sweep: Sweep) -> tuple[Formula, ...]:
    """Return O[i,j] = Σ I[…]·K[u,v] at the right of the title, the kernel in the colour that its frame has."""
    steps = zip(sweep.stride, sweep.dilation, sweep.padding, strict=True)
    row, column = (met(axis, *step, sweep.origin) for axis, step in enumerate(steps))
    pieces: list[Piece] = [
        (r"O[i,j]\ =\ \sum_{u,v}\ ", "text"),
        (rf"I[{row},\ {column}]", "text"),
        (r"\cdot", "muted"),
        ("K[u,v]", "window"),
    ]
    return _at_the_right(pieces, SIZE)


def definition_of_spreading(spread: Spread) -> tuple[Formula, ...]:
    """Return I[i,j]·K[u,v] → O[…], where each product is added to, at the right of the title."""
    steps = zip(spread.stride, spread.dilation, spread.padding, strict=True)
    row, column = (met(axis, *step, spread.origin) for axis, step in enumerate(steps))
    pieces: list[Piece] = [
        ("I[i,j]", "text"),
        (r"\cdot", "muted"),
        ("K[u,v]", "window"),
        (r"\rightarrow", "muted"),
        (rf"O[{row},\ {column}]", "text"),
    ]
    return _at_the_right(pieces, SPREADING)


def _at_the_right(pieces: Sequence[Piece], size: float) -> tuple[Formula, ...]:
    """Return a formula that ends at the margin, beside the title."""
    return composed("definition", pieces, (INSIDE.right - wide(pieces, size), DEFINITION), size)


def met(axis: int, stride: int, dilation: int, padding: Pair, origin: int) -> str:
    """Return what a place and an element of the kernel meet, (i − 1)·S + (u − 1)·D + 1 − P counted from 1."""
    place, element = "ij"[axis], "uv"[axis]
    shift = origin - padding[0] - origin * ((stride == 1) + (dilation == 1))
    first, second = _times(stride, place, origin), _times(dilation, element, origin)
    return f"{first}+{second}{shift:+d}" if shift else f"{first}+{second}"


def _times(step: int, place: str, origin: int) -> str:
    """Return so many steps from the first place; a step of 1 leaves the counting from where it is."""
    if step == 1:
        return place
    return f"{step}({place}-{origin})" if origin else f"{step}{place}"
