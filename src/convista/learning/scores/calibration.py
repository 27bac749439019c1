"""How sure a network should be: its temperature, and the probability from which on a class is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from convista.learning.data.samples import Samples
from convista.learning.scores.evaluation import batches
from convista.learning.tasks.calibration import UNCALIBRATED, Calibration
from convista.learning.tasks.class_task import IGNORED, ClassTask

MOST = 2**16
"""Samples, or pixels where each is asked, that are looked at."""
COLDEST, HOTTEST = 0.05, 20.0
"""Temperatures that are considered."""
HALVINGS = 24


def calibrate(network: nn.Module, samples: Samples) -> Calibration:
    """Fit the calibration of a trained network on the validation part; a regression has none.

    The temperature is the one at which the network's outputs, divided by it, have the least negative log-likelihood
    (Guo et al. 2017). Of a binary task, and of each of several labels at once, the threshold is the one with the
    highest F1 of the class; one half where the part has none of the class.
    """
    task = samples.task
    if not isinstance(task, ClassTask):
        return UNCALIBRATED
    outputs, targets = _asked(network, samples)
    temperature = fitted_temperature(task, outputs, targets)
    probabilities = replace(task, calibration=Calibration(temperature)).activated(outputs)
    return Calibration(temperature, task.fitted_thresholds(probabilities.numpy(), targets.numpy()))


def fitted_temperature(task: ClassTask, outputs: Tensor, targets: Tensor) -> float:
    """Return the temperature with the least loss, between `COLDEST` and `HOTTEST`.

    Targets are smoothed as if each class had been seen once more (Platt 1999), so that a few answers, all right, do
    not make a network infinitely sure. The loss is convex in 1 / temperature, so that the sign of its slope leads
    there.

    Parameters
    ----------
    outputs, targets
        As the task has them, (samples, outputs) and (samples, …).
    """
    if not len(targets):
        return 1.0
    seen = outputs.double()
    smoothing = task.alternatives / (len(targets) + task.alternatives)
    low, high = 1 / HOTTEST, 1 / COLDEST
    for _ in range(HALVINGS):
        middle = (low * high) ** 0.5
        inverse = torch.tensor(middle, dtype=torch.float64, requires_grad=True)
        (slope,) = torch.autograd.grad(task.loss(seen * inverse, targets, smoothing), inverse)
        low, high = (low, middle) if slope > 0 else (middle, high)
    return float((low * high) ** -0.5)


@torch.no_grad()
def _asked(network: nn.Module, samples: Samples) -> tuple[Tensor, Tensor]:
    """Return outputs and targets of the validation part, (asked, outputs) and (asked, …), at most `MOST`."""
    rng = np.random.default_rng(0)
    members = rng.permutation(samples.scored("validation"))[:MOST]
    pixels = samples.label_rule.of_pixels
    share = min(1.0, MOST / max(1, len(members) * samples.patch**2)) if pixels else 1.0
    outputs, targets = [], []
    for some, patches in batches(network, samples, members):
        output = network(patches).float().cpu()
        target = torch.from_numpy(samples.scored_targets(some, "validation"))
        if pixels:
            output, target = output.movedim(1, -1).flatten(0, 2), target.flatten()
            kept = (target != IGNORED) & torch.from_numpy(rng.random(len(target)) < share)
            output, target = output[kept], target[kept]
        outputs.append(output)
        targets.append(target)
    return torch.cat(outputs), torch.cat(targets)
