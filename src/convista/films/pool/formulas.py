"""The definitions of poolings as mathematics, the window V in the colour that it has on the stage."""

from __future__ import annotations

from convista.films.stage.definition import definition, symbols
from convista.films.stage.marks import Formula, Words
from convista.films.wording import message

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
    "global_max": MAXIMUM,
    "global_average": MEAN,
    "pyramid": MAXIMUM,
}
"""What is made of the values x of a window, by the kind of pooling."""
FURTHER = {"n": r"\frac{1}{n}", "mix": r"\lambda", "drawn": r"x^{\ast}", "p": "p(x)"}
"""What else is named where it stands in a formula."""


WHOLE = ("global_max", "global_average")
"""Those whose window is the whole map."""
VECTORS = (*WHOLE, "pyramid")
"""Those whose output is a vector y."""


def defined(kind: str) -> tuple[Formula, ...]:
    """Return the formula of a kind of pooling."""
    output = "y" if kind in VECTORS else "O"
    return definition((output, "text"), (f"= {BODIES[kind]}", "text"), (r",\quad x \in", "muted"), ("V", "window"))


def named(kind: str) -> Words:
    """Return what the symbols of that formula are."""
    further = [message(f"films.pool.symbol_{name}") for name, tex in FURTHER.items() if tex in BODIES[kind]]
    key = "_whole" if kind in WHOLE else "_cell" if kind in VECTORS else ""
    return symbols(message(f"films.pool.symbols{key}"), *further)
