"""The size of an output as a typeset formula, in letters and with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from convista.films.conv.sweep import Sweep
from convista.films.stage import formula, layout
from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Formula
from convista.films.wording import message, widest
from convista.language import Text

SMALL, LEAST, LARGE, LINE = 15.0, 14.0, 22.0, 18.0
"""Sizes of the formula in points: beside the title, in one line there at least, under the stage; and what a line
beside the title takes."""
APART, GAP = 20.0, 0.6
"""What is free between the title and the formula, in points, and between the letters and the numbers, in ems."""


def output_size_formula(sweep: Sweep, title: Text) -> tuple[Formula, ...]:
    """Return ⌊(N + 2P − D(K − 1) − 1) / S⌋ + 1 with its numbers, at the right of the title.

    Where that is too long for one line, or rows and columns differ, what has numbers is below the letters.
    """
    room = INSIDE.width - widest([title]) * layout.title(title).size - APART
    rows, columns = (_numbers(sweep, axis, flat=False) for axis in (0, 1))
    both = _letters(sweep, flat=False), rows
    if rows == columns and sum(map(formula.width, both)) + GAP <= room / LEAST:
        return _in_line(both, INSIDE.right, SMALL, room)
    lines, said = [_alike(_letters(sweep, flat=True))], [Text("", "")]
    if rows != columns:
        names = (message(f"films.conv_sizes.{name}") for name in ("rows", "columns"))
        said = [Text(*(rf"\mathrm{{{word}}}\colon\ \ " for word in name)) for name in names]
    for axis, name in enumerate(said):
        lines.append(Text(*(f"{word}{_numbers(sweep, axis, flat=True)}" for word in name)))
    size = min(SMALL, *(room / formula.width(line) for words in lines for line in words))
    top = INSIDE.top + formula.height(lines[0].en, size)[0]
    return tuple(
        Formula(f"size.{n}", (INSIDE.right, top + n * LINE), words, size, "text" if n else "muted", "end")
        for n, words in enumerate(lines)
    )


def output_size_large(sweep: Sweep) -> tuple[Formula, ...]:
    """Return the same formula under the stage, the letters first, then the numbers; empty where axes differ."""
    rows, columns = (_numbers(sweep, axis, flat=False) for axis in (0, 1))
    if rows != columns:
        return ()
    return _in_line((_letters(sweep, flat=False), rows), None, LARGE, INSIDE.width)


def _in_line(both: Sequence[str], end: float | None, size: float, room: float) -> tuple[Formula, ...]:
    """Return letters and numbers side by side: up to an end, at the top; else in the middle, under the stage."""
    wide = sum(map(formula.width, both)) + GAP
    size = min(size, room / wide)
    above, below = formula.height(both[0], size)
    left = (INSIDE.left + INSIDE.right - wide * size) / 2 if end is None else end - wide * size
    y = EQUATION - 6 + (above - below) / 2 if end is None else INSIDE.top + above
    at = left, left + (formula.width(both[0]) + GAP) * size
    return tuple(
        Formula(f"size.{n}", (x, y), _alike(tex), size, "text", "start")
        for n, (x, tex) in enumerate(zip(at, both, strict=True))
    )


def _letters(sweep: Sweep, *, flat: bool) -> str:
    uneven = any(before != after for before, after in sweep.padding)
    return _divided(f"N + {'P + P′' if uneven else '2P'} - D(K-1) - 1", "S", flat=flat)


def _numbers(sweep: Sweep, axis: int, *, flat: bool) -> str:
    n, k, s, d = sweep.x.shape[2 + axis], sweep.weight.shape[2 + axis], sweep.stride[axis], sweep.dilation[axis]
    before, after = sweep.padding[axis]
    zeros = rf"2\cdot {before}" if before == after else f"{before} + {after}"
    made = _divided(rf"{n} + {zeros} - {d}\cdot({k}-1) - 1", str(s), flat=flat)
    return rf"{'' if flat else '= '}{made} = {sweep.size[axis]}"


def _divided(above: str, below: str, *, flat: bool) -> str:
    inside = rf"({above})\,/\,{below}" if flat else rf"\dfrac{{{above}}}{{{below}}}"
    return rf"\left\lfloor {inside} \right\rfloor + 1"


def _alike(tex: str) -> Text:
    return Text(tex, tex)
