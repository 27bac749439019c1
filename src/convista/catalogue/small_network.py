"""A network whose loss over two weights is quickly had, trained on a simulated scene: for gradient descent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.scenes import SAMPLE_CLASSES, Labels, Scene, sample_scene

BANDS = ("red", "nir")
CLASSES = ("water", "forest", "crops")
SIDE = 8
"""Rows and columns of its patches."""
SEED, PATCHES, EPOCHS, RATE = 4, 40, 60, 0.1
"""Of the training: full batches of so many patches a class, by plain gradient descent."""
PURE = 0.75
"""The part of a patch that its class covers at least."""


class SmallNetwork(nn.Module):
    """Convolution 3×3, ReLU and pooling, then Flatten → Dense(10) → Dense(7) → Dense(3)."""

    def __init__(self) -> None:
        super().__init__()
        self.conv, self.relu, self.pool = nn.Conv2d(len(BANDS), 2, 3), nn.ReLU(), nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.dense1, self.relu1 = nn.Linear(2 * 3 * 3, 10), nn.ReLU()
        self.dense2, self.relu2 = nn.Linear(10, 7), nn.ReLU()
        self.dense3 = nn.Linear(7, len(CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, 3), of patches, (batch, 2, 8, 8)."""
        x = self.flatten(self.pool(self.relu(self.conv(x))))
        logits: Tensor = self.dense3(self.relu2(self.dense2(self.relu1(self.dense1(x)))))
        return logits


def _pure(imagery: Scene, truth: Labels, name: str) -> Iterator[Tensor]:
    """Yield patches, (2, 8, 8), that mostly have one class, spread over the scene."""
    number = next(info.value for info in SAMPLE_CLASSES if info.name == name)
    whole = truth.read().filled() == number
    values = np.ma.filled(imagery.read(bands=BANDS).astype(np.float32), np.nan)
    places = [
        (row, column)
        for row in range(0, whole.shape[0] - SIDE + 1, SIDE // 2)
        for column in range(0, whole.shape[1] - SIDE + 1, SIDE // 2)
        if whole[row : row + SIDE, column : column + SIDE].mean() >= PURE
        and np.isfinite(values[:, row : row + SIDE, column : column + SIDE]).all()
    ]
    for place in np.linspace(0, len(places) - 1, min(PATCHES, len(places))).round().astype(int):
        row, column = places[place]
        yield torch.from_numpy(values[:, row : row + SIDE, column : column + SIDE])


@cache
def small_patches() -> tuple[Tensor, Tensor]:
    """Return standardised patches that mostly have one class, (patches, 2, 8, 8), and the class of each, from 0."""
    imagery, truth = sample_scene(SEED, height=256, width=256)
    taken = [(patch, n) for n, name in enumerate(CLASSES) for patch in _pure(imagery, truth, name)]
    values = torch.stack([patch for patch, _ in taken])
    std, mean = torch.std_mean(values, dim=(0, 2, 3), keepdim=True)
    return (values - mean) / std, torch.tensor([n for _, n in taken])


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep torch from sharing work out that is done before the threads have met: of so small a network, all."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@cache
@one_thread()
def small_network() -> SmallNetwork:
    """Return the network after a short training; one seed, always the same."""
    with torch.random.fork_rng():
        torch.manual_seed(SEED)
        network = SmallNetwork()
    patches, classes = small_patches()
    parameters = list(network.parameters())
    for _ in range(EPOCHS):
        loss = functional.cross_entropy(network(patches), classes)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
                parameter.sub_(gradient, alpha=RATE)
    return network.eval()
