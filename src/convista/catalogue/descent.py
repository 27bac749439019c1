"""Ways down the loss of the story's network, over two of its weights: update rules, and weight decay."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from convista.catalogue.story import story_run
from convista.films import Film
from convista.films.registry import film
from convista.films.training.descent import descent_film
from convista.films.training.descent_stage import Measure, Surface, Way
from convista.films.wording import message, written
from convista.models import Mini
from convista.operators import Array
from convista.operators.descent import adam, momentum, sgd
from convista.scenes import EXAMPLE_CLASSES, example_labels, example_scene
from convista.threads import one_thread

FILTERS, BAND = (0, 1), 1
"""The two weights that move are the centres of these filters of the first convolution in green; all others stay."""
NAMES = ("w1", "w2")
REACH, POINTS = 3.0, 33
"""How far the surface goes from the trained weights, and into how many points each side is divided."""
START = (-2.4, 2.7)
"""From the trained weights to where every way begins."""
STEPS = 40
APART = 20
"""Rows and columns from one patch of the loss to the next."""

Step = Callable[[Array, Array, int], tuple[Array, Array]]
"""From the weights, their gradient and the number of the step, from 1: the new weights, and the direction."""


@film("gradient-descent")
def gradient_descent(
    rate: float = 1.5, momentum_rate: float = 0.6, adam_rate: float = 0.4, steps: int = STEPS
) -> Film:
    """Show SGD, momentum and Adam, each at its rate, from the same place on the real loss of two weights."""
    ways = [_way("sgd", rate, steps), _way("momentum", momentum_rate, steps), _way("adam", adam_rate, steps)]
    return descent_film(_surface(), ways, name="gradient-descent")


@film("weight-decay")
def weight_decay(decay: float = 0.05, rate: float = 3.0, steps: int = STEPS) -> Film:
    """Show SGD without and with weight decay: how it pulls both weights towards 0."""
    ways = [_way("sgd", rate, steps), _way("decay", rate, steps, decay)]
    lengths = Measure("length", tuple(np.hypot(*way.places.T) for way in ways))
    plain, decayed = ways
    given = {"decay": written(decay), "plain": written(float(np.hypot(*plain.places[-1])))}
    given |= {"decayed": written(float(np.hypot(*decayed.places[-1])))}
    given |= {
        "plain_loss": written(float(plain.losses[-1]), 3),
        "decayed_loss": written(float(decayed.losses[-1]), 3),
    }
    return descent_film(
        _surface(),
        ways,
        title=message("films.descent.title_decay"),
        end=message("films.descent.end_decay", **given),
        measure=lengths,
        name="weight-decay",
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
    return Way(rule, rate, np.array(places), np.array(directions), np.array(losses), decay)


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
    across, upwards = trained[0] + steps, trained[1] + steps
    with torch.no_grad():
        loss = _losses(torch.tensor(across), torch.tensor(upwards))
    return Surface(across, upwards, loss.numpy(), NAMES)


def _loss_and_gradient(w: Array) -> tuple[float, Array]:
    moving = torch.tensor(w, requires_grad=True)
    loss = _losses(moving[:1], moving[1:])
    (gradient,) = torch.autograd.grad(loss.sum(), moving)
    return loss.item(), gradient.numpy()


def _losses(across: Tensor, upwards: Tensor) -> Tensor:
    """Return the loss over all patches for values of the two weights, (columns,) and (rows,) → (rows, columns).

    A filter's map, and what the second convolution makes of it, depends on its own weight alone: the parts of the
    two filters are made for each value once, and added for each pair.
    """
    network, (_, classes) = _network(), story_patches()
    moved = [_part(kernel, values) for kernel, values in zip(FILTERS, (across, upwards), strict=True)]
    rows = []
    for part in moved[1]:
        maps = (moved[0] + part + _still()).flatten(0, 1)
        x = network.flatten(network.pool2(network.relu2(maps)))
        logits = network.dense3(network.relu4(network.dense2(network.relu3(network.dense1(x)))))
        each = functional.cross_entropy(logits, classes.repeat(len(across)), reduction="none")
        rows.append(each.reshape(len(across), -1).mean(1))
    return torch.stack(rows)


def _part(kernel: int, values: Tensor) -> Tensor:
    """Return what a filter adds to the maps of the second convolution, (values, patches, 10, 2, 2)."""
    network, (patches, _) = _network(), story_patches()
    by = values.float() - network.conv1.weight[kernel, BAND, 1, 1].detach()
    maps = _trained_maps()[:, kernel] + by[:, None, None, None] * patches[:, BAND, 1:-1, 1:-1]
    pooled = network.pool1(network.relu1(maps)).flatten(0, 1)[:, None]
    made = functional.conv2d(pooled, network.conv2.weight[:, kernel : kernel + 1])
    return made.reshape(*maps.shape[:2], *made.shape[1:])


@cache
@torch.no_grad()
def _still() -> Tensor:
    """Return what all other filters add to these maps, and the biases, (patches, 10, 2, 2)."""
    network = _network()
    others = [kernel for kernel in range(len(network.conv1.weight)) if kernel not in FILTERS]
    pooled = network.pool1(network.relu1(_trained_maps()))[:, others]
    return functional.conv2d(pooled, network.conv2.weight[:, others], network.conv2.bias)


@cache
@torch.no_grad()
def _trained_maps() -> Tensor:
    """Return what the first convolution makes as it was trained, (patches, 4, 8, 8)."""
    maps: Tensor = _network().conv1(story_patches()[0])
    return maps


@cache
def story_patches() -> tuple[Tensor, Tensor]:
    """Return patches spread evenly over the scene, standardised, (patches, 4, 10, 10), and their classes."""
    scene, run = example_scene(), story_run()
    values, labels = torch.from_numpy(scene.read().filled(np.nan)).float(), example_labels().read().filled()
    side = run.patch
    corners = [
        (row, column)
        for row in range(0, scene.height - side + 1, APART)
        for column in range(0, scene.width - side + 1, APART)
    ]
    patches = torch.stack([values[:, r : r + side, c : c + side] for r, c in corners])
    counts = [
        [(labels[r : r + side, c : c + side] == each.value).sum() for each in EXAMPLE_CLASSES] for r, c in corners
    ]
    return run.standardise(patches), torch.tensor(np.argmax(counts, axis=1))


def _network() -> Mini:
    network = story_run().network
    assert isinstance(network, Mini)
    return network


@cache
def _trained() -> Array:
    weights = _network().conv1.weight.detach().double()
    values: Array = weights[list(FILTERS), BAND, 1, 1].numpy()
    return values
