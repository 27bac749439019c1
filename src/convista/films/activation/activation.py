"""Films of activations: of the chapter's map or another, and of what a trace recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.activation.activated import Activated, plane
from convista.films.activation.sweep import activation_film
from convista.films.film import Film
from convista.films.registry import film, of_operators
from convista.films.wording import message, titled
from convista.language import Text
from convista.operators.activation import Elu, Gelu, GeluTanh, LeakyRelu, Pointwise, Relu, Sigmoid, Silu, Tanh

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE = ((5, 0, -3, 8), (14, -3, -16, 4), (4, -2, -6, -9), (-4, 5, 10, -18))
"""What the chapter's convolution makes of its 6×6 matrix: both signs, and one exact 0."""

RIVALS: dict[type[Pointwise], Pointwise] = {Gelu: GeluTanh(), GeluTanh: Gelu()}
"""What a function is compared with."""
ACTIVATIONS = (
    *("relu", "leaky_relu", "relu6", "sigmoid", "tanh", "elu", "softplus"),
    *("silu", "hardswish", "mish", "gelu", "gelu_tanh"),
)
"""Operators that a trace's film shows."""


@film("activation-relu", "relu")
def activation_relu(x: ArrayLike = EXAMPLE, *, title: str | Text | None = None) -> Film:
    """Show max(0, x) applied to a map (rows, columns), value by value, with the curve and its derivative."""
    return _of_array(Relu(), x, title)


@film("activation-leaky-relu", "leaky_relu")
def activation_leaky_relu(x: ArrayLike = EXAMPLE, *, alpha: float = 0.1, title: str | Text | None = None) -> Film:
    """Show leaky ReLU, x where it is positive and α·x elsewhere; otherwise as `activation_relu`."""
    return _of_array(LeakyRelu(alpha=alpha), x, title)


@film("activation-sigmoid", "sigmoid")
def activation_sigmoid(x: ArrayLike = EXAMPLE, *, title: str | Text | None = None) -> Film:
    """Show the sigmoid; otherwise as `activation_relu`."""
    return _of_array(Sigmoid(), x, title)


@film("activation-tanh", "tanh")
def activation_tanh(x: ArrayLike = EXAMPLE, *, title: str | Text | None = None) -> Film:
    """Show the hyperbolic tangent; otherwise as `activation_relu`."""
    return _of_array(Tanh(), x, title)


@film("activation-elu", "elu")
def activation_elu(x: ArrayLike = EXAMPLE, *, alpha: float = 1.0, title: str | Text | None = None) -> Film:
    """Show ELU, x where it is positive and α·(e^x − 1) elsewhere; otherwise as `activation_relu`."""
    return _of_array(Elu(alpha=alpha), x, title)


@film("activation-gelu", "gelu", "gelu_tanh")
def activation_gelu(x: ArrayLike = EXAMPLE, *, title: str | Text | None = None) -> Film:
    """Show GELU by the error function, beside its approximation by tanh, and their difference."""
    return _of_array(Gelu(), x, title)


@film("activation-swish", "silu")
def activation_swish(x: ArrayLike = EXAMPLE, *, title: str | Text | None = None) -> Film:
    """Show swish, x·σ(x), which torch calls SiLU; otherwise as `activation_relu`."""
    return _of_array(Silu(), x, title)


@of_operators(*ACTIVATIONS)
def film_of_activation(record: Recorded, *, channel: int = 0) -> Film:
    """Show what a traced activation did to one feature map."""
    x, operator = plane("x", record.arrays()["x"], channel), record.definition
    activated = Activated(operator, x, rival=RIVALS.get(type(operator)))
    title = message("films.activation.traced_title", layer=record.name, channel=channel, name=activated.name())
    return activation_film(activated, title, record.name)


def _of_array(operator: Pointwise, x: ArrayLike, title: str | Text | None) -> Film:
    image = plane("x", np.asarray(x, dtype=np.float64))
    activated = Activated(operator, image, rival=RIVALS.get(type(operator)))
    words = titled(title, "films.activation.title", name=activated.name())
    film_name = {"silu": "swish"}.get(operator.name, operator.name).replace("_", "-")
    return activation_film(activated, words, f"activation-{film_name}")
