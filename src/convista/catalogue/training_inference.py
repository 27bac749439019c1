"""One patch in training and in inference, through a small network that learns the story's scene in a second."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn
from torch.nn import functional

from convista.catalogue.networks import TrainedAndAsked
from convista.catalogue.story import story_class_names
from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.registry import film
from convista.films.stage.imagery import composite
from convista.films.training.training_inference import PatchPass
from convista.films.training.training_inference import training_inference as comparison
from convista.language import Text
from convista.learning.data.augmentation import symmetry
from convista.learning.data.statistics import Standardise, band_statistics
from convista.operators.softmax import Softmax
from convista.scenes import example_labels, example_scene
from convista.threads import one_thread
from convista.tracing import trace

SIDE, PASSES = 24, 3
STEPS, BATCH = 36, 32


class Case(NamedTuple):
    """A network, a patch as it reads it, and what it is asked."""

    network: nn.Module
    patch: Tensor
    """(bands, side, side)."""
    bands: Sequence[str]
    class_names: Sequence[str | Text]
    target: int
    """Position of the patch's class."""
    credit: Text | None = None
    """What has to be said of the patch."""


@film("training-vs-inference", network=TrainedAndAsked())
def training_vs_inference(
    network: nn.Module | None = None,
    patch: ArrayLike | None = None,
    class_names: Sequence[str] | None = None,
    target: int = 0,
    seed: int = 0,
    band_names: Sequence[str] = (),
) -> Film:
    """Show three passes of one patch in training and three in inference.

    Parameters
    ----------
    network, patch
        The caller's, the patch as the network reads it, (bands, side, side); None for the story's scene.
    class_names
        Names of what the network tells apart; None numbers them.
    target
        The class whose loss goes back in training.
    seed
        Of what chance does in training.
    band_names
        Of the patch's bands.

    Raises
    ------
    ConvistaError
        If only one of network and patch is given, the patch is no square, or the network gives no logits.
    """
    if network is None and patch is None:
        case = _chapters()
    elif network is None or patch is None:
        raise ConvistaError("catalogue.network_and_patch")
    else:
        values = torch.as_tensor(np.asarray(patch, np.float32))
        case = Case(network, values, band_names, class_names or (), target)
    if case.patch.ndim != 3 or case.patch.shape[1] != case.patch.shape[2]:
        raise ConvistaError("films.augmentation.variants", shapes=[tuple(case.patch.shape)])
    turns = np.random.default_rng(seed).permutation(np.arange(1, 8))[:PASSES].tolist()
    was = case.network.training
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        case.network.train()
        training = [_passage(case, symmetry(case.patch, n), case.target) for n in turns]
        case.network.eval()
        inference = [_passage(case, case.patch, None) for _ in range(PASSES)]
    case.network.train(was)
    known = case.class_names or [f"{n}" for n in range(len(training[0].probabilities))]
    return comparison(training, inference, class_names=known).credited(case.credit)


def _passage(case: Case, patch: Tensor, target: int | None) -> PatchPass:
    """Trace one pass and take from the trace what differs."""
    traced = trace(case.network, patch, target)
    masks = [r.operands["mask"].value for r in traced.records if r.operator == "dropout"]
    through = [r.output.numel() for r in traced.records if r.operator in {"dropout", "identity"}]
    norm = next((r for r in traced.records if r.operator == "batch_norm"), None)
    mean = None
    if norm is not None:
        origin = (0,) * norm.output.ndim
        mean = norm.definition.explain(origin, **norm.arrays()).notes["μ"]
    logits = traced.output.double().numpy()
    if logits.ndim != 2:
        raise ConvistaError("catalogue.no_logits", shape=logits.shape)
    return PatchPass(
        pixels=composite(patch.numpy(), case.bands),
        dropped=(sum(int((~mask).sum()) for mask in masks), sum(through)) if through else None,
        mean=mean,
        gradients=sum(gradient.numel() for gradient in traced.parameter_gradients.values()),
        probabilities=tuple(Softmax(axis=1).value(logits)[0].tolist()),
    )


@cache
def _chapters() -> Case:
    """Train a small network on random patches of the chapter's scene, by the class of their middle."""
    scene, labels = example_scene(), example_labels()
    values, classes = scene.read(), np.ma.filled(labels.read(), 0)
    standardise = Standardise(*band_statistics([values.filled(np.nan)]))
    standardised, half = standardise(values), SIDE // 2
    rng = np.random.default_rng(0)
    corners = rng.integers(0, np.array(scene.shape) - SIDE, (STEPS * BATCH, 2))
    true = np.array([classes[r + half, c + half] for r, c in corners])
    corners, true = corners[true > 0][: STEPS * BATCH], true[true > 0]
    places = {info.value: n for n, info in enumerate(labels.classes)}
    targets = torch.tensor([places[int(value)] for value in true])
    with torch.random.fork_rng(), one_thread():
        torch.manual_seed(0)
        network = _network(len(scene.bands), len(places))
        optimizer = torch.optim.AdamW(network.parameters(), 1e-2)
        for some in np.array_split(np.arange(len(targets)), STEPS):
            batch = torch.stack([standardised[:, r : r + SIDE, c : c + SIDE] for r, c in corners[some]])
            loss = functional.cross_entropy(network(batch), targets[some])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    row, column = (side // 2 - half for side in scene.shape)
    shown = standardised[:, row : row + SIDE, column : column + SIDE]
    target = places.get(int(classes[row + half, column + half]), 0)
    return Case(network, shown, scene.band_names, story_class_names(), target, scene.credit)


def _network(bands: int, classes: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(bands, 12, 3, padding=1),
        nn.BatchNorm2d(12),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(12, 24, 3, padding=1),
        nn.BatchNorm2d(24),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Dropout(0.4),
        nn.Linear(24, classes),
    )
