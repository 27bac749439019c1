"""The update rules are those of torch.optim, step after step."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pytest
import torch
from torch import Tensor

from convista.operators import Array
from convista.operators.descent import adam, momentum, sgd

STEPS = 12


def gradients(w: Array) -> Array:
    slope: Array = np.cos(3 * w) + w
    return slope


def of_torch(make: Callable[[Iterable[Tensor]], torch.optim.Optimizer], start: Array) -> Array:
    w = torch.tensor(start, requires_grad=True)
    optimiser, way = make([w]), []
    for _ in range(STEPS):
        w.grad = torch.from_numpy(gradients(w.detach().numpy()))
        optimiser.step()
        way.append(w.detach().numpy().copy())
    return np.array(way)


START = np.array([2.0, -1.5, 0.0])


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_sgd_with_and_without_weight_decay(decay: float) -> None:
    w, way = START, []
    for _ in range(STEPS):
        w = sgd(w, gradients(w), rate=0.1, decay=decay)
        way.append(w)
    same = of_torch(lambda w: torch.optim.SGD(w, lr=0.1, weight_decay=decay), START)
    np.testing.assert_allclose(np.array(way), same, rtol=1e-12)


def test_momentum() -> None:
    w, v, way = START, np.zeros(3), []
    for _ in range(STEPS):
        w, v = momentum(w, gradients(w), v, rate=0.1, mu=0.8)
        way.append(w)
    same = of_torch(lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.8), START)
    np.testing.assert_allclose(np.array(way), same, rtol=1e-12)


def test_adam() -> None:
    w, m, s, way = START, np.zeros(3), np.zeros(3), []
    for n in range(1, STEPS + 1):
        w, m, s = adam(w, gradients(w), m, s, n, rate=0.1, betas=(0.8, 0.95))
        way.append(w)
    same = of_torch(lambda w: torch.optim.Adam(w, lr=0.1, betas=(0.8, 0.95)), START)
    np.testing.assert_allclose(np.array(way), same, rtol=1e-10)
