"""Several dense layers, one after the other: what films of them read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.dense.layer import DenseLayer
from convista.films.dense.network import Column
from convista.films.wording import message
from convista.language import Text
from convista.operators import Array
from convista.operators.activation import Relu
from convista.operators.softmax import Softmax


class Block:
    """Dense layers in a row: a ReLU after each but the last, which a softmax follows.

    Parameters
    ----------
    x
        Inputs, (inputs,).
    weights
        For each layer (neurons, inputs).
    biases
        For each layer one number a neuron, or None.
    class_names
        A name for each neuron of the last layer.

    Raises
    ------
    ConvistaError
        If there is no layer, or the arrays or the names do not belong together.
    """

    def __init__(
        self,
        x: ArrayLike,
        weights: Sequence[ArrayLike],
        biases: Sequence[ArrayLike | None],
        class_names: Sequence[str | Text] | None = None,
    ) -> None:
        if not len(weights) or len(weights) != len(biases):
            raise ConvistaError("films.dense_block.layers", weights=len(weights), biases=len(biases))
        self.layers: list[DenseLayer] = []
        read = np.asarray(x, dtype=float)
        for n, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            activation = Relu() if n < len(weights) - 1 else None
            added = None if bias is None else np.asarray(bias, dtype=float)
            self.layers.append(DenseLayer(read, np.asarray(weight, dtype=float), added, activation))
            read = self.layers[-1].a
        self.x: Array = self.layers[0].x
        self.probabilities: Array = Softmax(axis=1).value(read[None])[0]
        """What the softmax makes of the last layer's values."""
        if class_names is not None and len(class_names) != len(self.probabilities):
            raise ConvistaError(
                "films.dense_block.classes", names=len(class_names), neurons=len(self.probabilities)
            )
        self.classes: list[Text] = [
            message("films.dense_block.class", number=n) for n in range(1, len(self.probabilities) + 1)
        ]
        """What the neurons of the last layer are called; a number each, from 1, where they have no names."""
        if class_names is not None:
            self.classes = [name if isinstance(name, Text) else Text(name, name) for name in class_names]

    @property
    def winner(self) -> int:
        """The neuron of the last layer with the largest probability."""
        return int(np.nanargmax(self.probabilities))

    @property
    def weights(self) -> list[Array]:
        """The matrix of each layer."""
        return [layer.weight for layer in self.layers]

    @property
    def learnt(self) -> int:
        """How many weights and biases there are."""
        return sum(layer.learnt for layer in self.layers)

    def columns(self) -> list[Column]:
        """Return the inputs and the layers as columns of a network."""
        names = [message("films.dense_block.flatten", count=len(self.x))]
        names += [Text(line, line) for line in (f"Dense({len(layer.weight)})" for layer in self.layers)]
        sizes = [len(self.x), *(len(layer.weight) for layer in self.layers)]
        return [Column.of(size, name) for size, name in zip(sizes, names, strict=True)]
