"""Dropout: in training a random part of the values is left out, in inference nothing is."""

from __future__ import annotations

from convista.operators.explanation import Array, Explanation, Index, Operator, Term, inside, summed
from convista.operators.upstream import element, gathered, heard


def dropout(x: Array, mask: Array, *, p: float) -> Array:
    """Keep what the mask keeps, and make it larger: y = x · mask / (1 − p) (Srivastava et al. 2014).

    Dividing by the share that is kept leaves the expected value as it was, so that inference needs no factor.

    Parameters
    ----------
    x
        Input, of any shape.
    mask
        True where a value is kept, as it was drawn: of the shape of x, or (batch, channels, 1, …) where whole
        channels are left out together.
    p
        Probability of being left out, 0 … 1.
    """
    return x * mask * _scale(p)


def dropout_gradient(upstream: Array, x: Array, mask: Array, *, p: float) -> dict[str, Array]:
    """Return upstream · mask / (1 − p): what was left out hears nothing."""
    return {"x": upstream * mask * _scale(p)}


def explain_dropout(index: Index, x: Array, mask: Array, *, p: float) -> Explanation:
    """One term: the value times 0, or times 1 / (1 − p)."""
    index = inside(index, x.shape)
    kept = _kept(mask, index)
    value, factor = float(x[index]), kept * _scale(p)
    term = Term("x", index, value, factor, None, value * factor)
    return summed("dropout", index, "y = x · mask / (1 − p)", (term,), notes={"mask": float(kept), "p": p})


def explain_dropout_gradient(
    operand: str, index: Index, upstream: Array, x: Array, mask: Array, *, p: float
) -> Explanation:
    """One term: the upstream value times 0, or times 1 / (1 − p), as the value itself was."""
    index = element("dropout", operand, index, x=x)
    kept = _kept(mask, index)
    term = heard(upstream, index, kept * _scale(p))
    return gathered("dropout", operand, index, "∂x = g · mask / (1 − p)", (term,), {"mask": float(kept), "p": p})


def identity(x: Array) -> Array:
    """Change nothing: y = x. Dropout in inference is this."""
    return x


def identity_gradient(upstream: Array, x: Array) -> dict[str, Array]:
    """Hand the upstream gradient on."""
    return {"x": upstream}


def explain_identity(index: Index, x: Array) -> Explanation:
    """One term: the value itself."""
    index = inside(index, x.shape)
    value = float(x[index])
    return summed("identity", index, "y = x", (Term("x", index, value, 1.0, None, value),))


def explain_identity_gradient(operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
    """One term: the upstream value itself."""
    index = element("identity", operand, index, x=x)
    return gathered("identity", operand, index, "∂x = g", (heard(upstream, index),))


def _kept(mask: Array, index: Index) -> bool:
    return bool(mask[tuple(0 if n == 1 else i for i, n in zip(index, mask.shape, strict=True))])


def _scale(p: float) -> float:
    """1 / (1 − p); where everything is left out there is nothing to make larger."""
    return 1 / (1 - p) if p < 1 else 1.0


DROPOUT = Operator("dropout", dropout, dropout_gradient, explain_dropout, explain_dropout_gradient)
IDENTITY = Operator("identity", identity, identity_gradient, explain_identity, explain_identity_gradient)
