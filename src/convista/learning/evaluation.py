"""The score of a run on samples that it was not trained on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from convista.errors import ConvistaError
from convista.learning.data import gather
from convista.learning.metrics import Counts, confusion_matrix, majority, scores
from convista.learning.progress import Progress, silent
from convista.learning.run import Run
from convista.learning.samples import Samples, counts
from convista.learning.statistics import Float, standardise
from convista.scenes import Labels, Scene

BATCH = 1024


def evaluate(
    run: Run,
    data: Scene | str | Path,
    *,
    labels: Labels | str | Path | None = None,
    part: str = "test",
    by_name: bool = False,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a run on every sample of one part of the data it was trained on, split as it was then.

    Parameters
    ----------
    run
        What to score.
    data, labels
        As in `train`.
    part
        ``"train"``, ``"validation"`` or ``"test"``.
    by_name
        As in `Run.check`.

    Returns
    -------
    The report that `report` describes.

    Raises
    ------
    ConvistaError
        If the data are not those of the training, or cannot be read.
    """
    if isinstance(data, Scene):
        run.check(data, by_name)
    samples = gather(
        data,
        labels=labels,
        bands=run.band_names,
        patch=run.patch,
        rule=run.label_rule,
        split=run.record["split"],
        progress=progress,
    )
    if part not in samples.parts:
        raise ConvistaError("learning.no_such_part", part=part)
    return report(run.network, samples, run.mean, run.std, part=part, progress=progress)


def report(
    network: nn.Module,
    samples: Samples,
    mean: Float,
    std: Float,
    *,
    part: str = "test",
    progress: Progress = silent,
) -> dict[str, Any]:
    """Score a network on every sample of a part, in the frequencies the classes have there.

    Returns
    -------
    ``accuracy``, ``macro_f1`` (over the classes that occur in the part), ``samples``, ``per_class``, ``confusion``
    (rows are the reference), ``baseline`` (the same two numbers for always answering the class most frequent in
    training), ``part``, ``split`` and ``parts`` (samples of each part and class). JSON can hold it.
    """
    members = samples.parts[part]
    confusion = confusion_of(network, samples, members, mean, std, progress)
    training = np.bincount(samples.labels[samples.parts["train"]], minlength=len(samples.classes))
    always = scores(majority(confusion.sum(axis=1), training), _names(samples))
    return {
        "part": part,
        **scores(confusion, _names(samples)),
        "baseline": {
            "rule": "majority",
            "class": samples.classes[int(training.argmax())].name,
            "accuracy": always["accuracy"],
            "macro_f1": always["macro_f1"],
        },
        "split": dict(samples.split),
        "parts": counts(samples),
    }


def confusion_of(
    network: nn.Module,
    samples: Samples,
    members: NDArray[np.int64],
    mean: Float,
    std: Float,
    progress: Progress = silent,
    device: torch.device | str = "cpu",
) -> Counts:
    """Return the confusion matrix of a network's answers for some of the samples."""
    answers = np.empty(len(members), np.int64)
    training = network.training
    network.eval()
    with torch.inference_mode():
        for start in range(0, len(members), BATCH):
            batch = standardise(samples.values(members[start : start + BATCH]), mean, std).to(device)
            logits = network(batch.contiguous(memory_format=torch.channels_last))
            answers[start : start + BATCH] = logits.argmax(dim=1).cpu().numpy()
            progress("evaluate", min(start + BATCH, len(members)), len(members))
    network.train(training)
    return confusion_matrix(samples.labels[members], answers, len(samples.classes))


def _names(samples: Samples) -> list[tuple[int, str]]:
    return [(c.value, c.name) for c in samples.classes]
