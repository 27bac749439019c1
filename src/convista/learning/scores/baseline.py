"""What a score is worth: the same score for answers that need no network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from convista.learning.data.samples import Samples
from convista.learning.data.statistics import Float, band_statistics
from convista.learning.tasks.task import Task

MOST = 20_000
"""Training samples, or pixels where each is asked, that a baseline sees at most."""
STEPS = 100
BATCH_PIXELS = 2**22


class Baselines(NamedTuple):
    """Answers that need no network, fitted on a training part. Made by `fitted_baselines`."""

    mean: Float
    """Of the features, by which they are standardised."""
    std: Float
    weights: Mapping[str, torch.Tensor]
    """(features + 1, outputs) of each by name, float64; of ``"majority"`` (1, outputs)."""

    def about(self) -> dict[str, Any]:
        """Return them as JSON can hold them; `baselines_of` reads it."""
        weights = {name: each.tolist() for name, each in self.weights.items()}
        return {"mean": self.mean.tolist(), "std": self.std.tolist(), "weights": weights}


def baselines_of(about: Mapping[str, Any]) -> Baselines:
    """Return what `Baselines.about` wrote."""
    weights = {name: torch.tensor(each, dtype=torch.float64) for name, each in about["weights"].items()}
    return Baselines(np.array(about["mean"], np.float32), np.array(about["std"], np.float32), weights)


def fitted_baselines(samples: Samples) -> Baselines:
    """Fit two answers that need no network on the training part.

    Returns
    -------
    ``majority``: always the same, the commonest class or the mean of training. ``linear``: a linear model of the
    mean and the standard deviation of each band over a patch, or, where every pixel is asked, of the pixel's own
    values.
    """
    rng = np.random.default_rng(0)
    features, targets = _some_asked(samples, rng)
    mean, std = band_statistics([features.T])
    plain = np.zeros((len(features), 0), np.float32)
    seen = {"majority": plain, "linear": (features - mean) / std}
    return Baselines(mean, std, {name: _fitted(samples.task, each, targets) for name, each in seen.items()})


def scored_baselines(samples: Samples, part: str, fitted: Baselines) -> dict[str, dict[str, float]]:
    """Score baselines on a part, and return for each the numbers of `Score.told`."""
    return {name: _scored(samples, part, fitted, name) for name in fitted.weights}


def baselines(samples: Samples, part: str) -> dict[str, dict[str, float]]:
    """Fit baselines on the training part and score them on a part; see the two that this joins."""
    return scored_baselines(samples, part, fitted_baselines(samples))


def _some_asked(samples: Samples, rng: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return `_asked` of the training part, at most `MOST`: of pixels, some of each of many patches."""
    pixels = samples.patch**2 if samples.label_rule.of_pixels else 1
    patches = rng.permutation(samples.parts["train"])[: max(1, min(MOST, BATCH_PIXELS // pixels))]
    features, targets = _asked(samples, patches, "train")
    kept = rng.permutation(len(features))[:MOST]
    return features[kept], targets[kept]


def _fitted(task: Task, features: NDArray[Any], targets: NDArray[Any]) -> torch.Tensor:
    """Return the weights, (features + 1, outputs), that minimise the task's own loss."""
    x = torch.from_numpy(_with_one(features)).double()
    wanted = torch.from_numpy(targets)
    wanted = wanted.double() if wanted.is_floating_point() else wanted
    weights = torch.zeros(x.shape[1], task.outputs, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss = task.loss(x @ weights, wanted) + 1e-4 * (weights[:-1] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(step)  # type: ignore[no-untyped-call]
    return weights.detach().nan_to_num()  # a run keeps them, and its file holds numbers only


def _scored(samples: Samples, part: str, fitted: Baselines, name: str) -> dict[str, float]:
    task, weights = samples.task, fitted.weights[name]
    score = task.score()
    members = samples.scored(part)
    batch = max(1, BATCH_PIXELS // samples.patch**2)
    for start in range(0, len(members), batch):
        some = members[start : start + batch]
        features, targets = _asked(samples, some, part)
        seen = (features - fitted.mean) / fitted.std if len(weights) > 1 else features[:, :0]
        answers = task.answers(torch.from_numpy(_with_one(seen)).double() @ weights).numpy()
        answers, targets = (task.in_unit(values) for values in (answers, targets))
        score.add(answers, targets, np.zeros(len(targets), np.int64))
    return score.told


def _asked(samples: Samples, members: NDArray[np.int64], part: str) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return (asked, features) and what is asked: of each patch, or of each pixel that is known."""
    values = samples.values(members)
    targets = samples.scored_targets(members, part)
    if not samples.label_rule.of_pixels:
        flat = values.reshape(*values.shape[:2], -1)
        known = ~np.isnan(flat)
        count = np.maximum(known.sum(axis=2), 1)
        mean = np.where(known, flat, 0).sum(axis=2) / count
        spread = np.sqrt(np.where(known, (flat - mean[..., None]) ** 2, 0).sum(axis=2) / count)
        return np.concatenate([mean, spread], axis=1).astype(np.float32), targets
    known = samples.task.known(targets)
    return np.nan_to_num(values.transpose(0, 2, 3, 1)[known]), targets[known]


def _with_one(features: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([features, np.ones((len(features), 1), np.float32)], axis=1)
