"""The decision block Flatten(10) → Dense(10) → Dense(7) → Dense(3) of the story's network, for its films."""

from __future__ import annotations

from collections.abc import Sequence

from numpy.typing import ArrayLike

from convista.catalogue.story import story
from convista.films import Film
from convista.films.dense.architecture import dense_architecture_film
from convista.films.dense.block import Block
from convista.films.dense.dense import dense_film, layer_film
from convista.films.dense.full import dense_full_film
from convista.films.registry import film
from convista.films.wording import message
from convista.language import Text


@film("dense-flatten-10", "dense")
def dense_flatten_10(
    x: ArrayLike | None = None, weight: ArrayLike | None = None, bias: ArrayLike | None = None
) -> Film:
    """Show Dense(10) read the flattened maps, neuron by neuron; given arrays stand in its place."""
    return _neuron_by_neuron(1, "dense-flatten-10", x, weight, bias)


@film("dense-10-7", "dense")
def dense_10_7(x: ArrayLike | None = None, weight: ArrayLike | None = None, bias: ArrayLike | None = None) -> Film:
    """Show Dense(7) read the ten activations before it, neuron by neuron; given arrays stand in its place."""
    return _neuron_by_neuron(2, "dense-10-7", x, weight, bias)


@film("dense-architecture")
def dense_architecture(
    x: ArrayLike | None = None,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike | None] | None = None,
    class_names: Sequence[str | Text] | None = None,
) -> Film:
    """Show the block as columns of neurons, all joined to all; given arrays stand in its place."""
    return dense_architecture_film(_block(x, weights, biases, class_names))


@film("dense-full")
def dense_full(
    x: ArrayLike | None = None,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike | None] | None = None,
    class_names: Sequence[str | Text] | None = None,
) -> Film:
    """Show the whole block with its numbers, up to the probabilities; given arrays stand in its place."""
    return dense_full_film(_block(x, weights, biases, class_names))


def _neuron_by_neuron(
    number: int, name: str, x: ArrayLike | None, weight: ArrayLike | None, bias: ArrayLike | None
) -> Film:
    """Show a layer of the block, followed by its ReLU; by itself where arrays are given in its place."""
    if x is None and weight is None and bias is None:
        return layer_film(_block(), number, title=message(f"films.dense.title_dense{number}"), name=name)
    own = story().dense[number - 1]
    read, rows = own.x if x is None else x, own.weight if weight is None else weight
    added = own.bias if weight is None and bias is None else bias
    return dense_film(read, rows, added, relu=True, name=name)


def _block(
    x: ArrayLike | None = None,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike | None] | None = None,
    class_names: Sequence[str | Text] | None = None,
) -> Block:
    """Return the block of the story, or of given arrays, whose classes have no names unless they are given."""
    told = story()
    read = told.flat if x is None else x
    if weights is None:
        own, added = [layer.weight for layer in told.dense], [layer.bias for layer in told.dense]
        return Block(read, own, added, told.class_names if class_names is None else class_names)
    return Block(read, weights, [None] * len(weights) if biases is None else biases, class_names)
