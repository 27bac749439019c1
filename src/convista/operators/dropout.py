"""Dropout: in training a random part of the values is left out, in inference nothing is."""

from __future__ import annotations

from dataclasses import dataclass

from convista.operators.explanation import Array, Explanation, Index, Term, inside, summed
from convista.operators.operator import Operator
from convista.operators.upstream import element, gradient_explanation, upstream_term


@dataclass(frozen=True, kw_only=True)
class Dropout(Operator):
    """Keep what the mask keeps, and make it larger: y = x · mask / (1 − p) (Srivastava et al. 2014).

    Dividing by the share that is kept leaves the expected value as it was, so that inference needs no factor.
    """

    names = ("dropout",)
    finishes_a_layer = True
    p: float
    """Probability of being left out, 0 … 1."""

    def value(self, x: Array, mask: Array) -> Array:
        """Return x · mask / (1 − p).

        Parameters
        ----------
        x
            Input, of any shape.
        mask
            True where a value is kept, as it was drawn: of the shape of x, or (batch, channels, 1, …) where whole
            channels are left out together.
        """
        return x * mask * self._scale

    def gradient(self, upstream: Array, x: Array, mask: Array) -> dict[str, Array]:
        """Return upstream · mask / (1 − p): what was left out hears nothing."""
        return {"x": upstream * mask * self._scale}

    def explain(self, index: Index, x: Array, mask: Array) -> Explanation:
        """One term: the value times 0, or times 1 / (1 − p)."""
        index = inside(index, x.shape)
        kept = _kept(mask, index)
        value, factor = float(x[index]), kept * self._scale
        term = Term("x", index, value, factor, None, value * factor)
        notes = {"mask": float(kept), "p": self.p}
        return summed(self.name, index, "y = x · mask / (1 − p)", (term,), notes=notes)

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array, mask: Array) -> Explanation:
        """One term: the upstream value times 0, or times 1 / (1 − p), as the value itself was."""
        index = element(self.name, operand, index, x=x)
        kept = _kept(mask, index)
        term = upstream_term(upstream, index, kept * self._scale)
        notes = {"mask": float(kept), "p": self.p}
        return gradient_explanation(self.name, operand, index, "∂x = g · mask / (1 − p)", (term,), notes)

    def reads(self, wanted: Array, x: Array, mask: Array) -> dict[str, Array]:
        """Return the elements themselves: another run might keep what this one dropped."""
        return {"x": wanted}

    @property
    def _scale(self) -> float:
        """1 / (1 − p); where everything is left out there is nothing to make larger."""
        return 1 / (1 - self.p) if self.p < 1 else 1.0


@dataclass(frozen=True, kw_only=True)
class Identity(Operator):
    """Change nothing: y = x. Dropout in inference is this."""

    names = ("identity",)
    finishes_a_layer = True

    def value(self, x: Array) -> Array:
        """Return x."""
        return x

    def gradient(self, upstream: Array, x: Array) -> dict[str, Array]:
        """Hand the upstream gradient on."""
        return {"x": upstream}

    def explain(self, index: Index, x: Array) -> Explanation:
        """One term: the value itself."""
        index = inside(index, x.shape)
        value = float(x[index])
        return summed(self.name, index, "y = x", (Term("x", index, value, 1.0, None, value),))

    def explain_gradient(self, operand: str, index: Index, upstream: Array, x: Array) -> Explanation:
        """One term: the upstream value itself."""
        index = element(self.name, operand, index, x=x)
        return gradient_explanation(self.name, operand, index, "∂x = g", (upstream_term(upstream, index),))


def _kept(mask: Array, index: Index) -> bool:
    return bool(mask[tuple(0 if n == 1 else i for i, n in zip(index, mask.shape, strict=True))])
