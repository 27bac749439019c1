"""The decision block Flatten → Dense(10) → Dense(7) → Dense(3) of the story's network, for its films."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from convista.catalogue.story import story, story_class_names
from convista.films import Film
from convista.films.dense.block import dense_architecture_film
from convista.films.dense.dense import dense_film
from convista.films.dense.full import dense_full_film
from convista.films.registry import film
from convista.films.wording import message
from convista.language import Text


@film("dense-flatten-10", "dense")
def dense_flatten_10(
    x: ArrayLike | None = None, weight: ArrayLike | None = None, bias: ArrayLike | None = None
) -> Film:
    """Show Dense(10) read the flattened maps, neuron by neuron; given arrays stand in its place."""
    names = {"x": "x", "z": "z1", "a": "a1"}
    return _neuron_by_neuron(1, "dense-flatten-10", names, x, weight, bias)


@film("dense-10-7", "dense")
def dense_10_7(x: ArrayLike | None = None, weight: ArrayLike | None = None, bias: ArrayLike | None = None) -> Film:
    """Show Dense(7) read the ten activations before it, neuron by neuron; given arrays stand in its place."""
    names = {"x": "a1", "z": "z2", "a": "a2"}
    return _neuron_by_neuron(2, "dense-10-7", names, x, weight, bias)


@film("dense-architecture")
def dense_architecture(
    x: ArrayLike | None = None,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike | None] | None = None,
) -> Film:
    """Show the block as columns of neurons, all joined to all; given arrays stand in its place."""
    return dense_architecture_film(*_block(x, weights, biases))


@film("dense-full")
def dense_full(
    x: ArrayLike | None = None,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike | None] | None = None,
    class_names: Sequence[str | Text] | None = None,
) -> Film:
    """Show the whole block with its numbers, up to the probabilities; given arrays stand in its place."""
    names = story_class_names() if weights is None and class_names is None else class_names
    return dense_full_film(*_block(x, weights, biases), class_names=names)


def _neuron_by_neuron(
    number: int,
    name: str,
    names: dict[str, str],
    x: ArrayLike | None,
    weight: ArrayLike | None,
    bias: ArrayLike | None,
) -> Film:
    """Show a layer of the block, followed by its ReLU; the block's own arrays where none are given."""
    own = story().dense[number - 1]
    read, rows = own.x if x is None else x, own.weight if weight is None else weight
    added = own.bias if weight is None and bias is None else bias
    title = message(f"films.dense.title_dense{number}") if weight is None else None
    return dense_film(read, rows, added, relu=True, names=names, title=title, name=name)


def _block(
    x: ArrayLike | None, weights: Sequence[ArrayLike] | None, biases: Sequence[ArrayLike | None] | None
) -> tuple[ArrayLike, Sequence[ArrayLike], Sequence[ArrayLike | None]]:
    layers = story().dense
    read = layers[0].x if x is None else x
    if weights is None:
        return read, [layer.weight for layer in layers], [layer.bias for layer in layers]
    return read, weights, [None] * len(weights) if biases is None else biases
