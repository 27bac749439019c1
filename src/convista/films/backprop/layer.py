"""A dense layer on the way back: what it read, its weights, and what becomes of the error that it heard."""

from __future__ import annotations

from convista.films.backprop.passage import Passage
from convista.operators import Array


class BackLayer:
    """A dense layer on the way back, of one sample: what it read, its weights, and the error that it heard.

    ``gate`` is what the ReLU before it read, (inputs,); None where nothing is gated and the error is not followed.
    """

    def __init__(self, number: int, passage: Passage, before: Passage | None) -> None:
        self.number, self._passage = number, passage
        self._operands = passage.operands
        self.delta: Array = passage.upstream[0]
        self.read: Array = passage.operands["x"][0]
        self.weight: Array = passage.operands["weight"]
        gradients = passage.definition.gradient(passage.upstream, **passage.operands)
        self.to_weight: Array = gradients["weight"]
        """∂W = δ·aᵀ, (neurons, inputs)."""
        self.to_input: Array = gradients["x"][0]
        """Wᵀδ, (inputs,)."""
        self.gate: Array | None = None if before is None else before.operands["x"][0]
        self.gated: Array | None = None
        """The error before the ReLU, (inputs,)."""
        if before is not None:
            self.gated = before.definition.gradient(gradients["x"], before.operands["x"])["x"][0]

    def factors(self, operand: str, *index: int) -> list[tuple[float, float]]:
        """Return what an element of a gradient is summed from: upstream values and what each is multiplied by."""
        at = index if operand == "weight" else (0, *index)
        explained = self._passage.definition.explain_gradient(operand, at, self._passage.upstream, **self._operands)
        return [(term.value, float(term.factor or 0.0)) for term in explained.terms]
