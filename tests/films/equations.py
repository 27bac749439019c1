"""Reading a film's equations back: what is printed on both sides of each ``=``, and whether it is the same."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Iterable, Iterator

from convista.films import Film
from convista.films.stage.marks import Mark, Words

SIGN = re.compile("[=≈]")
APART = re.compile(r"\s{3,}")
"""What stands between two equations of one line."""
CLAUSE = re.compile(r"[:;]|[.,](?=\s|$)")
"""Where a part of a sentence ends: numbers have no space after their decimal mark."""
UNIT = re.compile(r"(?<=[0-9]) [^\W\d_]{2,}")
"""A word behind a number, as in “10 biases”."""
LEADING = re.compile(r"^(?:[^\W\d_]+ )+")
FUNCTIONS: dict[str, Callable[..., float]] = {
    "max": max,
    "min": min,
    "exp": math.exp,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "floor": math.floor,
    "Φ": lambda x: (1 + math.erf(x / math.sqrt(2))) / 2,
    "σ": lambda x: 1 / (1 + math.exp(-x)),
}
SPELT = {"máx": "max", "mín": "min", "−": "-", "·": "*", "×": "*", "²": "**2", "⌊": "floor(", "⌋": ")", ";": ","}


def lines(marks: Iterable[Mark], language: str) -> Iterator[str]:
    """Yield every line of text on the stage; the slots of an equation are one."""
    found: dict[tuple[str, float], list[Words]] = {}
    for mark in marks:
        if isinstance(mark, Words):
            slot = mark.key.startswith("equation.")
            found.setdefault(("equation", mark.at[1]) if slot else (mark.key, 0), []).append(mark)
    for slots in found.values():
        line = "".join(getattr(mark.text, language) for mark in sorted(slots, key=lambda slot: slot.at[0]))
        yield from APART.split(line)


def clauses(caption: str) -> Iterator[str]:
    """Yield the parts of a sentence, without the words before their first number or symbol."""
    for clause in CLAUSE.split(caption):
        yield LEADING.sub("", clause.strip())


def value(side: str) -> float | None:
    """Return what the numbers on a side of an equation make; None if it has anything else than numbers."""
    spelt = re.sub(r"(?<=\d),(?=\d)", ".", UNIT.sub("", side.strip()))
    for printed, meant in SPELT.items():
        spelt = spelt.replace(printed, meant)
    spelt = re.sub(r"√([0-9.]+)", r"sqrt(\1)", spelt).replace("√(", "sqrt(")
    try:
        return _value(ast.parse(spelt, mode="eval").body)
    except (SyntaxError, KeyError):
        return None


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATIONS[type(op)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*map(_value, args))
    raise KeyError(ast.dump(node))


OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}


def equalities(line: str) -> Iterator[tuple[float, str, str]]:
    """Yield what a side of numbers makes, the sign behind it, and the side behind that as it is printed."""
    sides = SIGN.split(line)
    for left, sign, right in zip(sides, SIGN.findall(line), sides[1:], strict=False):
        made = value(left)
        if made is not None and value(right) is not None:
            yield made, sign, right.strip()


def holds(made: float, sign: str, right: str) -> bool:
    """Whether a side makes the other one in the digits that this one has; where it says ≈, nearly."""
    printed = value(right)
    assert printed is not None
    unit = 10.0 ** -max((len(part) for part in re.findall(r"[.,]([0-9]+)", right)), default=0)
    slack = unit / 2 if sign == "=" else max(3 * unit, 0.01 * abs(printed))
    return abs(made - printed) <= slack * (1 + 1e-6)


def assert_add_up(film: Film, language: str) -> None:
    """Every equation that a film shows or says is right in the digits that it has."""
    for step in film.steps:
        read = {*clauses(getattr(step.caption, language))}
        for beat in step.beats:
            read |= {*lines(beat.marks, language)}
        for line in read:
            for made, sign, right in equalities(line):
                assert holds(made, sign, right), f"{line}: {made:.6g} {sign} {right}"
