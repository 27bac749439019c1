"""Explanations as aligned text, for a terminal and for files, and as plain records, for JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from convista.language import number, say
from convista.operators import Term
from convista.tables import aligned
from convista.tracing.explanation.explain import Pixel, TracedExplanation, TracedTerm, by_effect
from convista.tracing.explanation.gradient import Share, TracedGradient, UpstreamTerm

DECIMALS = 4
MOST = 20
"""Terms that `print` shows of a value that has more, those with the largest contributions."""


def format_explanation(step: TracedExplanation | Pixel, top: int | None = None) -> str:
    """Write one step of a way as text: the arithmetic of a value or of a gradient, or the pixel where it ends.

    Parameters
    ----------
    step
        What `Trace.explain`, `Trace.explain_gradient` or the `follow` of a term gave.
    top
        How many terms to write, those with the largest contributions first, with one line for all others; None
        writes every term in the order of the definition.
    """
    match step:
        case Pixel():
            lines = _pixel(step)
        case TracedGradient(is_target=True):
            lines = [say("tracing.target", layer=step.layer, value=_written(step.element, 6))]
        case TracedGradient():
            lines = _gradient(step, top)
        case _:
            lines = _value(step, top)
    return "\n".join(lines)


def printed(step: TracedExplanation | Pixel) -> str:
    """Write a step as `print` shows it: every term where there are few, else the largest."""
    few = isinstance(step, Pixel) or len(step.terms) <= MOST
    return format_explanation(step, None if few else MOST)


def as_json(step: TracedExplanation | Pixel, top: int | None = None) -> dict[str, Any]:
    """Return the step as names, numbers and lists that JSON can hold; NaN becomes None.

    Indices have the batch position in front. ``top`` is as in `format_explanation`.
    """
    match step:
        case Pixel():
            record = asdict(step)
        case TracedGradient():
            record = _value_record(step, top) | _gradient_record(step)
        case _:
            record = _value_record(step, top)
    return {key: _finite(value) for key, value in record.items()}


def _value_record(step: TracedExplanation, top: int | None) -> dict[str, Any]:
    return {
        "layer": step.layer,
        "operator": step.operator,
        "index": list(step.index),
        "formula": step.formula,
        "terms": [_term_record(term) for term in _shown(step, top)],
        "bias": step.bias,
        "total": step.total,
        "closing": step.closing,
        "notes": dict(step.notes),
        "value": step.value,
        "network_value": step.recorded,
    }


def _gradient_record(step: TracedGradient) -> dict[str, Any]:
    """Return what a gradient's record has besides."""
    named = ("layer", "output", "operator", "operand", "formula", "total")
    return {
        "gradient_of": step.layer,
        "element": step.element,
        "is_target": step.is_target,
        "shares": [{name: getattr(share, name) for name in named} for share in step.shares],
        "pixel": None if step.pixel is None else as_json(step.pixel),
    }


def _term_record(term: TracedTerm) -> dict[str, Any]:
    record = {
        "operand": term.operand,
        "index": list(term.index),
        "value": term.value,
        "factor": term.factor,
        "factor_index": None if term.factor_index is None else list(term.factor_index),
        "factor_operand": None if term.factor_index is None else term.factor_operand,
        "contribution": term.contribution,
    }
    return record | {"layer": term.layer, "output": term.output} if isinstance(term, UpstreamTerm) else record


def _value(step: TracedExplanation, top: int | None) -> list[str]:
    rows = _terms(step, top)
    if step.bias:
        rows.append((say("tracing.bias"), "", "", "", "", _written(step.bias)))
    rows.append((say("tracing.total"), "", "", "", "", _written(step.total)))
    lines = [f"{step.layer}{_place(step.index)}   {step.operator}   {step.formula}", *aligned(rows), *_notes(step)]
    if step.closing:
        lines.append(f"  {step.closing} = {_written(step.value)}")
    return [*lines, "  " + _both("tracing.network_has", step)]


def _gradient(step: TracedGradient, top: int | None) -> list[str]:
    rows = [*_terms(step, top), (say("tracing.total"), "", "", "", "", _written(step.total))]
    lines = [
        f"∂{step.layer}{_place(step.index)}   {step.operator}   {step.formula}",
        *aligned(rows),
        *_notes(step),
    ]
    if len(step.shares) > 1:
        lines += ["  " + _share(share) for share in step.shares]
    asked = "tracing.autograd_was_not_asked" if math.isnan(step.recorded) else "tracing.autograd_has"
    lines.append("  " + _both(asked, step))
    if step.pixel is not None:
        return lines + _pixel(step.pixel)
    return [*lines, "  " + say("tracing.element", value=_written(step.element))]


def _share(share: Share) -> str:
    return say("tracing.share", layer=share.layer, formula=share.formula, value=_written(share.total))


def _terms(step: TracedExplanation, top: int | None) -> list[tuple[str, ...]]:
    """Return the cells of the terms that are shown, and of one row for all others."""
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
    return rows


def _notes(step: TracedExplanation) -> list[str]:
    notes = [f"{name} = {_written(value)}" for name, value in step.notes.items()]
    return ["  " + ", ".join(notes)] if notes else []


def _both(key: str, step: TracedExplanation) -> str:
    """Write the value by definition beside the recorded one."""
    return say(key, value=_written(step.recorded, 6), ours=_written(step.value, 6))


def _shown(step: TracedExplanation, top: int | None) -> list[TracedTerm]:
    order = range(len(step.terms)) if top is None else by_effect(step)[:top]
    return [step.terms[n] for n in order]


def _pixel(pixel: Pixel) -> list[str]:
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
    return lines


def _element(term: Term, bands: tuple[str, ...]) -> str:
    """Name what a term read: upstream, the layer whose gradient it is; at the network's input, the band."""
    if isinstance(term, UpstreamTerm):
        return f"∂{term.layer}{f':{term.output}' if term.output else ''}{_place(term.index)}"
    if bands and term.operand == "x":
        return f"{bands[term.index[1]]}[{', '.join(map(str, term.index[2:]))}]"
    return f"{term.operand}{_place(term.index)}"


def _place(index: tuple[int, ...]) -> str:
    """Write an index as people count a feature map: without the batch position of the first sample."""
    own = index[1:] if len(index) > 1 and index[0] == 0 else index
    return f"[{', '.join(map(str, own))}]" if own else ""


def _written(value: float, decimals: int = DECIMALS) -> str:
    if not math.isfinite(value):
        return str(value)
    if value and abs(value) < 10**-decimals:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{number(float(mantissa), 2)}·10^{number(int(exponent))}"
    return number(value, decimals)


def _finite(value: Any) -> Any:
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {key: _finite(part) for key, part in value.items()}
        case list():
            return [_finite(part) for part in value]
        case _:
            return value
