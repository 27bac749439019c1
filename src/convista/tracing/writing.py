"""Explanations as aligned text, for a terminal and for files, and as plain records, for JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from convista.language import number, say
from convista.operators import Term
from convista.tracing.explain import Pixel, TracedExplanation, TracedTerm, by_effect

DECIMALS = 4


def write(step: TracedExplanation | Pixel, top: int | None = None) -> str:
    """Write one step of the way as text: the arithmetic of a value, or the pixel where it ends.

    Parameters
    ----------
    step
        What `Trace.explain` or `TracedTerm.follow` gave.
    top
        How many terms to write, those with the largest contributions first, with one line for all others; None
        writes every term in the order of the definition.
    """
    return _write_pixel(step) if isinstance(step, Pixel) else _write_explanation(step, top)


def as_record(step: TracedExplanation | Pixel, top: int | None = None) -> dict[str, Any]:
    """Return the step as names, numbers and lists that JSON can hold; NaN becomes None.

    Indices have the batch position in front. ``top`` is as in `write`.
    """
    if isinstance(step, Pixel):
        record = asdict(step)
    else:
        record = {
            "layer": step.layer,
            "operator": step.operator,
            "index": list(step.index),
            "formula": step.formula,
            "terms": [
                {
                    "operand": term.operand,
                    "index": list(term.index),
                    "value": term.value,
                    "factor": term.factor,
                    "factor_index": None if term.factor_index is None else list(term.factor_index),
                    "factor_operand": None if term.factor_index is None else term.factor_operand,
                    "contribution": term.contribution,
                }
                for term in _shown(step, top)
            ],
            "bias": step.bias,
            "total": step.total,
            "closing": step.closing,
            "notes": dict(step.notes),
            "value": step.value,
            "network_value": step.recorded,
        }
    return {key: _finite(value) for key, value in record.items()}


def _write_explanation(step: TracedExplanation, top: int | None) -> str:
    shown = _shown(step, top)
    rows: list[tuple[str, ...]] = [
        (
            _element(term, step.bands),
            _written(term.value),
            "" if term.factor is None else "×",
            "" if term.factor is None else _written(term.factor),
            "→" if term.factor is None else "=",
            _written(term.contribution),
        )
        for term in shown
    ]
    if len(shown) < len(step.terms):
        rest = math.fsum(t.contribution for t in step.terms) - math.fsum(t.contribution for t in shown)
        rows.append(
            (say("tracing.other_terms", count=len(step.terms) - len(shown)), "", "", "", "", _written(rest))
        )
    if step.bias:
        rows.append((say("tracing.bias"), "", "", "", "", _written(step.bias)))
    rows.append((say("tracing.total"), "", "", "", "", _written(step.total)))
    notes = [f"{name} = {_written(value)}" for name, value in step.notes.items()]
    lines = [f"{step.layer}{_place(step.index)}   {step.operator}   {step.formula}", *_aligned(rows)]
    if notes:
        lines.append("  " + ", ".join(notes))
    if step.closing:
        lines.append(f"  {step.closing} = {_written(step.value)}")
    lines.append("  " + say("tracing.network_has", value=_written(step.recorded, 6), ours=_written(step.value, 6)))
    return "\n".join(lines)


def _shown(step: TracedExplanation, top: int | None) -> list[TracedTerm]:
    order = range(len(step.terms)) if top is None else by_effect(step)[:top]
    return [step.terms[n] for n in order]


def _write_pixel(pixel: Pixel) -> str:
    lines = [say("tracing.pixel", band=pixel.band, row=pixel.row, column=pixel.column)]
    if pixel.x is not None and pixel.y is not None:
        decimals = 6 if abs(pixel.x) <= 360 and abs(pixel.y) <= 90 else 1
        x, y = (number(value, decimals) for value in (pixel.x, pixel.y))
        lines.append("  " + say("tracing.on_the_ground", x=x, y=y, crs=pixel.crs))
    if math.isnan(pixel.value):
        lines.append("  " + say("tracing.masked"))
    elif pixel.mean is not None and pixel.std is not None:
        parts = {"value": pixel.value, "mean": pixel.mean, "std": pixel.std, "result": pixel.network_value}
        lines.append("  " + say("tracing.standardised", **{name: _written(part) for name, part in parts.items()}))
    else:
        lines.append("  " + say("tracing.read_as_is", value=_written(pixel.value)))
    return "\n".join(lines)


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Line up the columns: names to the left, numbers with their decimal marks under one another."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  "
        f"{row[0]:<{widths[0]}}  "
        + "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]


def _element(term: Term, bands: tuple[str, ...]) -> str:
    """Name what a term read; an element of the network's input by its band."""
    if bands and term.operand == "x":
        return f"{bands[term.index[1]]}[{', '.join(map(str, term.index[2:]))}]"
    return f"{term.operand}{_place(term.index)}"


def _place(index: tuple[int, ...]) -> str:
    """Write an index as people count a feature map: without the batch position where it is the first of several."""
    return f"[{', '.join(map(str, index[1:] if len(index) > 1 and index[0] == 0 else index))}]"


def _written(value: float, decimals: int = DECIMALS) -> str:
    if not math.isfinite(value):
        return str(value)
    if value and abs(value) < 10**-decimals:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{number(float(mantissa), 2)}·10^{number(int(exponent))}"
    return number(value, decimals)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
