"""The training loop: after each epoch look at the validation part, keep the best, and write down what was seen."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor, nn

from convista.learning import processes
from convista.learning.data.samples import Samples
from convista.learning.data.statistics import Standardise
from convista.learning.fitting.callbacks import Callbacks
from convista.learning.fitting.checkpoint import Checkpoint
from convista.learning.fitting.history import History
from convista.learning.fitting.log import Log
from convista.learning.fitting.recipe import Recipe
from convista.learning.fitting.trainer_state import DivergenceError, Trainer
from convista.learning.interruption import deferred_interrupts
from convista.learning.progress import Progress


def fit(
    network: nn.Module,
    standardise: Standardise,
    samples: Samples,
    recipe: Recipe,
    *,
    seed: int,
    progress: Progress,
    callbacks: Callbacks,
    checkpoint: Checkpoint | None = None,
) -> History:
    """Train a network in place; it ends on the CPU, in evaluation mode, with the weights of its best epoch.

    The best epoch has the highest `Score.value` on samples of the validation part, drawn once in their natural
    frequencies. With a checkpoint, every epoch is kept, and a training that was cut off goes on to the same result.
    Once an epoch is over, Ctrl-C waits until all that is kept of it is written.

    Where Ctrl-C is pressed after the first epoch, or the loss is no longer a finite number and there is a
    checkpoint, the best so far is what the network ends with, and the history says so.

    Raises
    ------
    DivergenceError
        If the loss is no longer a finite number, and nothing is kept.
    KeyboardInterrupt
        If interrupted before the first epoch is over.
    ConvistaError
        If something cannot be written.
    """
    if checkpoint is not None and checkpoint.precision is not None:
        recipe = replace(recipe, precision=checkpoint.precision)
    trainer = Trainer(network, standardise, samples, recipe, seed)
    history, best = trainer.history, copy.deepcopy(network.state_dict())
    if checkpoint is not None:
        best = checkpoint.restore(trainer) or best
    begun, total = len(history.epochs), recipe.epochs * trainer.steps_per_epoch
    done = begun * trainer.steps_per_epoch
    if not begun:
        callbacks.watch(0, network)
    try:
        for epoch in range(begun + 1, recipe.epochs + 1):
            if history.stale(recipe.patience):
                break
            began, losses = time.monotonic(), []
            for loss in trainer.epoch():
                losses.append(loss)
                done += 1
                if len(losses) < trainer.steps_per_epoch:  # the last step is told with the scores of its epoch
                    progress("train", done, total, loss=loss)
            numbers, value = trainer.validated()
            told = {"epoch": epoch, "loss": float(np.mean(losses)), **numbers}
            progress("train", done, total, **told)
            with deferred_interrupts():
                callbacks.watch(epoch, trainer.judged)
                if history.note(told | {"seconds": round(time.monotonic() - began, 2)}, value):
                    best = copy.deepcopy(trainer.judged.state_dict())
                if processes.rank() == 0:
                    _write_epoch(trainer, best, checkpoint, callbacks.logs)
    except (KeyboardInterrupt, DivergenceError) as stopped:
        diverged = isinstance(stopped, DivergenceError)
        if not history.epochs or (diverged and checkpoint is None):
            raise
        history.interrupted, history.diverged = True, diverged
    network.load_state_dict(best)
    network.to("cpu", memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    network.eval()
    return history


def _write_epoch(
    trainer: Trainer, best: Mapping[str, Tensor], checkpoint: Checkpoint | None, logs: Sequence[Log]
) -> None:
    """Write down an epoch that is over."""
    if checkpoint is not None:
        checkpoint.write(trainer, best)
    for log in logs:
        log(trainer.history.epochs)
