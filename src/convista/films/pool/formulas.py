"""The definition of a pooling as a line of mathematics, V in the colour of the window, each symbol named."""

from __future__ import annotations

from convista.films.stage import formula
from convista.films.stage.layout import EQUATION, INSIDE
from convista.films.stage.marks import Formula, Mark, Words
from convista.films.wording import message
from convista.language import Text

LARGEST, APART, ROOM = 26.0, 6.0, 430.0
"""Size at most; half of the gap between two parts; how wide the whole may be, beside the bar of colours."""
LEGEND, LABEL = EQUATION + 23, 14.0
"""Baseline and size of the line that names the symbols."""
MAXIMUM, MEAN = r"\max\,x", r"\frac{1}{n}\,\sum\,x"
BODIES = {
    "max": MAXIMUM,
    "min": r"\min\,x",
    "average": MEAN,
    "sum": r"\sum\,x",
    "l2": r"\sqrt{\sum\,x^2}",
    "l2_mean": r"\sqrt{\frac{1}{n}\,\sum\,x^2}",
    "stochastic": r"x^{\ast}\,,\quad p(x) = x\,/\,\sum\,x",
    "expected": r"\sum\,p(x)\,x",
    "mixed": rf"\lambda\,{MAXIMUM} + (1 - \lambda)\,{MEAN}",
    "fractional": MAXIMUM,
    "adaptive_max": MAXIMUM,
    "adaptive_average": MEAN,
}
"""What is made of the values x of a window, by the kind of pooling."""
FURTHER = {"n": r"\frac{1}{n}", "mix": r"\lambda", "drawn": r"x^{\ast}", "p": "p(x)"}
"""What else is named where it stands in a formula."""


def definition(kind: str) -> list[Mark]:
    """Return the formula of a kind of pooling."""
    parts = (
        ("output", "O", "text"),
        ("body", f"= {BODIES[kind]}\\,,", "text"),
        ("in", r"x \in", "muted"),
        ("window", "V", "window"),
    )
    gaps = 2 * APART * (len(parts) - 1)
    size = min(LARGEST, (ROOM - gaps) / sum(formula.width(tex) for _, tex, _ in parts))
    wide = [formula.width(tex, size) for _, tex, _ in parts]
    left = INSIDE.centre[0] - (sum(wide) + gaps) / 2
    marks: list[Mark] = []
    for (key, tex, colour), width in zip(parts, wide, strict=True):
        marks.append(Formula(f"formula.{key}", (left, EQUATION - 6), Text(tex, tex), size, colour, "start"))
        left += width + 2 * APART
    return marks


def symbols(kind: str) -> Words:
    """Return the line below the formula that names its symbols."""
    further = [message(f"films.pool.symbol_{name}") for name, tex in FURTHER.items() if tex in BODIES[kind]]
    named = [message("films.pool.symbols"), *further]
    words = Text(*(" · ".join(lines) for lines in zip(*named, strict=True)))
    return Words("formula.symbols", (INSIDE.centre[0], LEGEND), words, LABEL, "muted")
