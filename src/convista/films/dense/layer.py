"""What films of a dense layer read: the arrays of one sample, and the explanation of every value they print."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from convista.errors import ConvistaError
from convista.operators import Array, Explanation, Operator
from convista.operators.dense import Dense

MOST_INPUTS, MOST_NEURONS = 10, 10
"""How many inputs, and how many neurons, are shown at once; of more inputs one less, and the sum of the others."""


class DenseLayer:
    """One dense layer at work on one sample, and the activation that follows it, if one does.

    Parameters
    ----------
    x
        Inputs, (inputs,).
    weight
        One row a neuron, (neurons, inputs).
    bias
        One number a neuron, or None.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together.
    """

    def __init__(self, x: Array, weight: Array, bias: Array | None, activation: Operator | None) -> None:
        if x.ndim != 1 or weight.ndim != 2 or 0 in weight.shape or weight.shape[1:] != x.shape:
            raise ConvistaError("films.dense.shapes", x=x.shape, weight=weight.shape)
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ConvistaError("films.dense.bias_shape", bias=bias.shape, neurons=len(weight))
        self.x, self.weight, self.bias, self.activation = x, weight, bias, activation
        self._explained: dict[int, Explanation] = {}

    @cached_property
    def z(self) -> Array:
        """All values, (neurons,)."""
        values: Array = Dense().value(self.x, self.weight, self.bias)
        return values

    @cached_property
    def a(self) -> Array:
        """What the activation makes of them, (neurons,)."""
        values: Array = self.z if self.activation is None else self.activation.value(self.z)
        return values

    @cached_property
    def neurons(self) -> list[int]:
        """The neurons that are shown: all, or of many the first, the extreme ones and the last."""
        count = len(self.weight)
        if count <= MOST_NEURONS:
            return list(range(count))
        ranked = np.argsort(np.where(np.isnan(self.z), 0.0, self.z), kind="stable").tolist()
        return sorted({0, 1, count - 1, *ranked[:2], *ranked[-3:]})

    @property
    def learnt(self) -> int:
        """How many weights and biases it has."""
        return self.weight.size + (0 if self.bias is None else self.bias.size)

    @property
    def left_out(self) -> int:
        """How many inputs are not shown one by one."""
        return 0 if len(self.x) <= MOST_INPUTS else len(self.x) - MOST_INPUTS + 1

    def explain(self, neuron: int) -> Explanation:
        """Return why a neuron's z is what it is."""
        if neuron not in self._explained:
            self._explained[neuron] = Dense().explain((neuron,), self.x, self.weight, self.bias)
        return self._explained[neuron]

    def shown_inputs(self, neuron: int) -> list[int]:
        """Return the inputs that are shown: all, or of many those that weigh most in this neuron."""
        if not self.left_out:
            return list(range(len(self.x)))
        effects = [-abs(term.contribution) for term in self.explain(neuron).terms]
        return sorted(np.argsort(effects, kind="stable")[: MOST_INPUTS - 1].tolist())

    def products(self, neuron: int) -> list[float]:
        """Return the products of the inputs shown."""
        return [self.explain(neuron).terms[i].contribution for i in self.shown_inputs(neuron)]

    def rest(self, neuron: int) -> float:
        """Return the sum of the products that are not shown one by one."""
        shown = set(self.shown_inputs(neuron))
        return float(sum(t.contribution for i, t in enumerate(self.explain(neuron).terms) if i not in shown))

    def summed(self, neuron: int) -> float:
        """Return the sum of all products, before the bias."""
        return float(sum(term.contribution for term in self.explain(neuron).terms))

    def activated(self, neuron: int) -> float:
        """Return what the activation makes of a neuron's z."""
        if self.activation is None:
            return self.explain(neuron).value
        return self.activation.explain((0,), np.array([self.explain(neuron).value])).value
