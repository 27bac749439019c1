"""Activations as films: a window goes over the raw map, a dot runs along the curve, the activated map fills up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from convista.films.activation.activated import Activated, plane
from convista.films.activation.stage import ActivationStage
from convista.films.film import Film
from convista.films.keyframes import Position, slowly
from convista.films.registry import film, of_operators
from convista.films.script import Script
from convista.films.wording import decimals_for, message, titled, written
from convista.language import Text
from convista.operators.activation import Elu, Gelu, GeluTanh, LeakyRelu, Pointwise, Relu, Sigmoid, Silu, Tanh

if TYPE_CHECKING:
    from convista.films.traced import Recorded

EXAMPLE = (
    (1.27, -0.64, 3.18, -2.35, 0.42),
    (-1.12, 0, 2.06, -3.4, 0.85),
    (0.16, -0.28, -1.73, 2.71, 1.5),
    (-2.9, 0.73, 3.62, -0.09, -1.4),
)
"""A map as a convolution leaves it, of both signs, with one exact 0."""

RIVALS: dict[type[Pointwise], Pointwise] = {Gelu: GeluTanh(), GeluTanh: Gelu()}
"""What a function is compared with."""
FLAT = 0.05
"""A slope below which a curve is called flat."""
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


def activation_film(activated: Activated, title: Text, name: str) -> Film:
    """Show a function at work on a map, value by value."""
    stage, script = ActivationStage(activated), Script(name, title)
    count = len(activated.stops)
    for n, at in enumerate(activated.stops):
        beats = stage.beats(at, first=n == 0, slow=slowly(n, count))
        script.step(_caption(activated, n, count - 1), *beats)
    return script.film()


def _of_array(operator: Pointwise, x: ArrayLike, title: str | Text | None) -> Film:
    image = plane("x", np.asarray(x, dtype=np.float64))
    activated = Activated(operator, image, rival=RIVALS.get(type(operator)))
    words = titled(title, "films.activation.title", name=activated.name())
    film_name = {"silu": "swish"}.get(operator.name, operator.name).replace("_", "-")
    return activation_film(activated, words, f"activation-{film_name}")


def _caption(a: Activated, n: int, last: int) -> Text:
    """Return what the function is, then what happens to values, at last what the function is like."""
    if n == 0:
        begin = message(f"films.activation.begin_{a.operator.name}")
        if last + 1 == a.x.size:
            return begin
        return message("films.activation.stops", begin=begin, shown=last + 1, count=a.x.size)
    if n == last:
        return _ending(a)
    if slowly(n, last + 1) or np.isnan(a.x[a.stops[n]]):
        return _happens(a, a.stops[n])
    return message("films.activation.onwards")


def _happens(a: Activated, at: Position) -> Text:
    """Say what happens to one value and to the gradient that comes back through it."""
    explained, slope = a.explain(at), float(a.slope(a.x[at].reshape(1))[0])
    x, y = explained.terms[0].value, explained.value
    if np.isnan(x):
        return message("films.activation.missing")
    told_x, told_y = written(x, a.decimals), written(y, a.precision)
    if y == x and slope == 1:
        return message("films.activation.passes", x=told_x)
    if y == 0 and slope == 0:
        return message("films.activation.stopped", x=told_x)
    kind = "flat" if abs(slope) < FLAT else "bent"
    return message(f"films.activation.{kind}", x=told_x, y=told_y, slope=written(slope, decimals_for([slope])))


def _ending(a: Activated) -> Text:
    """Say what the function is like, with numbers of its curve and of the map."""
    if a.rival is not None:
        x, difference = a.farthest
        shown = written(abs(difference), decimals_for([difference]))
        return message("films.activation.end_gelu", difference=shown, x=written(x, 2))
    special = {"relu", "leaky_relu", "sigmoid", "tanh", "elu", "silu"}
    zeros = int((a.values == 0).sum())
    if a.operator.name == "relu" and not zeros:
        return message("films.activation.end_all_pass", count=a.x.size)
    numbers = {
        "count": a.x.size,
        "zeros": zeros,
        "steepest": written(float(a.slope(a.samples).max())),
        "lowest": written(float(a.of(a.samples).min())),
        **a.parameter,
    }
    return message(f"films.activation.end{f'_{a.operator.name}' if a.operator.name in special else ''}", **numbers)
