"""Ways down the loss of the small network, over two of its weights: update rules, and weight decay."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from convista.catalogue.small_network import one_thread, small_network, small_patches
from convista.films import Film
from convista.films.registry import film
from convista.films.training.descent import Surface, Way, descent_film
from convista.films.wording import message, written
from convista.operators import Array
from convista.operators.descent import adam, momentum, sgd

CHANNEL = 1
"""The two weights that move are the centres of both filters in this channel, nir; all others stay as trained."""
NAMES = ("w1", "w2")
REACH, POINTS = 4.0, 33
"""How far the surface goes from the trained weights, and into how many points each side is divided."""
START = (3.4, -3.2)
"""From the trained weights to where every way begins."""
STEPS = 40

Step = Callable[[Array, Array, int], tuple[Array, Array]]
"""From the weights, their gradient and the number of the step, from 1: the new weights, and the direction."""


@film("gradient-descent")
def gradient_descent(
    rate: float = 0.4, momentum_rate: float = 0.1, adam_rate: float = 0.3, steps: int = STEPS
) -> Film:
    """Show SGD, momentum and Adam, each at its rate, from the same place on the real loss of two weights."""
    ways = [_way("sgd", rate, steps), _way("momentum", momentum_rate, steps), _way("adam", adam_rate, steps)]
    return descent_film(_surface(), ways, name="gradient-descent")


@film("weight-decay")
def weight_decay(decay: float = 0.1, rate: float = 0.4, steps: int = STEPS) -> Film:
    """Show SGD without and with weight decay: how it pulls both weights towards 0."""
    ways = [_way("sgd", rate, steps), _way("decay", rate, steps, decay)]
    lengths = [written(float(np.hypot(*way.places[-1]))) for way in ways]
    losses = [written(float(way.losses[-1]), 3) for way in ways]
    given = {"plain": lengths[0], "decayed": lengths[1], "decay": written(decay)}
    given |= {"plain_loss": losses[0], "decayed_loss": losses[1]}
    title = message("films.descent.title_decay")
    return descent_film(
        _surface(), ways, title=title, end=message("films.descent.end_decay", **given), name="weight-decay"
    )


@one_thread()
def _way(rule: str, rate: float, steps: int, decay: float = 0.0) -> Way:
    """Return the way of a rule; the gradients are torch's."""
    step, w = _rule(rule, rate, decay), _trained() + np.array(START)
    places, directions, losses = [w], [], []
    for n in range(1, steps + 1):
        loss, gradient = _loss_and_gradient(w)
        w, direction = step(w, gradient, n)
        places.append(w)
        directions.append(direction)
        losses.append(loss)
    losses.append(_loss_and_gradient(w)[0])
    return Way(rule, rate, np.array(places), np.array(directions), np.array(losses))


def _rule(rule: str, rate: float, decay: float) -> Step:
    """Return a rule with its memory; the direction is the move, divided by −η."""
    memory = {"v": np.zeros(2), "m": np.zeros(2), "s": np.zeros(2)}

    def step(w: Array, g: Array, n: int) -> tuple[Array, Array]:
        if rule == "momentum":
            moved, memory["v"] = momentum(w, g, memory["v"], rate=rate)
        elif rule == "adam":
            moved, memory["m"], memory["s"] = adam(w, g, memory["m"], memory["s"], n, rate=rate)
        else:
            moved = sgd(w, g, rate=rate, decay=decay)
        return moved, (w - moved) / rate

    return step


@cache
@one_thread()
def _surface() -> Surface:
    steps, trained = np.linspace(-REACH, REACH, POINTS), _trained()
    across, upwards = np.meshgrid(trained[0] + steps, trained[1] + steps)
    with torch.no_grad():
        rows = [_losses(torch.tensor(np.stack(line, axis=1))) for line in zip(across, upwards, strict=True)]
    return Surface(across[0], upwards[:, 0], torch.stack(rows).numpy(), NAMES)


def _loss_and_gradient(w: Array) -> tuple[float, Array]:
    moving = torch.tensor(w, requires_grad=True)
    (loss,) = _losses(moving[None])
    (gradient,) = torch.autograd.grad(loss, moving)
    return loss.item(), gradient.numpy()


def _losses(places: Tensor) -> Tensor:
    """Return the loss over all patches for each pair of weights, (pairs, 2) → (pairs,).

    A convolution is linear in its kernel, so what the two weights add to the trained maps is enough to know all.
    """
    network, (patches, classes) = small_network(), small_patches()
    with torch.no_grad():
        trained = network.conv(patches)
        met = patches[:, CHANNEL, 1:-1, 1:-1]
    moved = (places - torch.from_numpy(_trained())).float()
    maps = trained + moved[:, None, :, None, None] * met[:, None]
    x = network.flatten(network.pool(network.relu(maps.flatten(0, 1))))
    logits = network.dense3(network.relu2(network.dense2(network.relu1(network.dense1(x)))))
    each = functional.cross_entropy(logits, classes.repeat(len(places)), reduction="none")
    return each.reshape(len(places), -1).mean(1)


@cache
def _trained() -> Array:
    kernel = small_network().conv.weight.detach().double()
    values: Array = kernel[:, CHANNEL, 1, 1].numpy()
    return values
