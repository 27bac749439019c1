"""The training loop: after each epoch look at the validation part, keep the best, and write down what was seen."""

from __future__ import annotations

import copy
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

from convista.learning import processes
from convista.learning.checkpoint import Checkpoint
from convista.learning.course import Course
from convista.learning.fitting import Fitting
from convista.learning.log import write_log
from convista.learning.progress import Progress, Watch, unwatched
from convista.learning.recipe import Recipe
from convista.learning.samples import Samples
from convista.learning.statistics import Float
from convista.learning.tasks import Task


def fit(
    network: nn.Module,
    task: Task,
    samples: Samples,
    mean: Float,
    std: Float,
    recipe: Recipe,
    *,
    seed: int,
    progress: Progress,
    watch: Watch = unwatched,
    checkpoint: Checkpoint | None = None,
    log: Path | None = None,
) -> Course:
    """Train a network in place; it ends on the CPU, in evaluation mode, with the weights of its best epoch.

    The best epoch has the highest `Score.value` on samples of the validation part, drawn once in their natural
    frequencies. With a checkpoint, every epoch is kept, and a training that was cut off goes on to the same result.
    With a folder for the log, its numbers are written there, see `write_log`.

    Raises
    ------
    ConvistaError
        If the loss is no longer a finite number.
    KeyboardInterrupt
        If interrupted before the first epoch is over; later, the best so far is kept.
    """
    if checkpoint is not None and checkpoint.precision is not None:
        recipe = replace(recipe, precision=checkpoint.precision)
    fitting = Fitting(network, task, samples, mean, std, recipe, seed)
    course, best = fitting.course, copy.deepcopy(network.state_dict())
    if checkpoint is not None:
        best = checkpoint.restore(fitting) or best
    begun, total = len(course.epochs), recipe.epochs * fitting.steps_per_epoch
    done = begun * fitting.steps_per_epoch
    if not begun:
        watch(0, network)
    try:
        for epoch in range(begun + 1, recipe.epochs + 1):
            if course.stale(recipe.patience):
                break
            began, losses = time.monotonic(), []
            for loss in fitting.epoch():
                losses.append(loss)
                done += 1
                if len(losses) < fitting.steps_per_epoch:  # the last step is told with the scores of its epoch
                    progress("train", done, total, loss=loss)
            numbers, value = fitting.validated()
            told = {"epoch": epoch, "loss": float(np.mean(losses)), **numbers}
            progress("train", done, total, **told)
            watch(epoch, fitting.judged)
            if course.note(told | {"seconds": round(time.monotonic() - began, 2)}, value):
                best = copy.deepcopy(fitting.judged.state_dict())
            if checkpoint is not None and processes.rank() == 0:
                checkpoint.write(fitting, best)
            if log is not None and processes.rank() == 0:
                write_log(log, course.epochs)
    except KeyboardInterrupt:
        if not course.epochs:
            raise
        course.interrupted = True
    network.load_state_dict(best)
    network.to("cpu", memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    network.eval()
    return course
