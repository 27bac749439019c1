"""The training loop: draw, augment, step; after each epoch look at the validation part and keep the best."""

from __future__ import annotations

import copy
import math
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.learning.augmentation import dihedral
from convista.learning.evaluation import confusion_of
from convista.learning.metrics import accuracy, macro_f1
from convista.learning.progress import Progress, Watch, unwatched
from convista.learning.samples import Samples
from convista.learning.statistics import Float, standardise


@dataclass(frozen=True)
class Recipe:
    """The numbers of a training."""

    epochs: int = 12
    epoch_samples: int = 65_536
    """Samples of an epoch, where there are more."""
    batch: int = 256
    rate: float = 3e-3
    """Highest learning rate of the one-cycle schedule, for AdamW."""
    decay: float = 0.01
    """Weight decay."""
    draw: float = 0.5
    """Classes are drawn in proportion to this power of their frequency, so that rare ones are seen at all."""
    answer: float = 0.75
    """The network answers as if classes occurred in proportion to this power of their frequency: 1 gives the best
    accuracy, less finds more of the rare classes."""
    validation_samples: int = 20_000
    """Of the validation part, looked at after each epoch, where there are more."""
    device: str = "auto"
    """As Fabric names it: ``"cpu"``, ``"cuda"`` …"""
    precision: str = "32-true"
    """As Fabric names it."""


@dataclass
class Course:
    """How a training went."""

    epochs: list[dict[str, Any]] = field(default_factory=list)
    """Of each: ``epoch``, from 1, ``loss`` (mean), ``accuracy`` and ``macro_f1`` on validation, ``seconds``."""
    best_epoch: int = 0
    interrupted: bool = False


def fit(
    network: nn.Module,
    samples: Samples,
    mean: Float,
    std: Float,
    recipe: Recipe,
    *,
    seed: int,
    progress: Progress,
    watch: Watch = unwatched,
) -> Course:
    """Train a network in place; it ends on the CPU, in evaluation mode, with the weights of its best epoch.

    The best epoch has the highest mean of accuracy and macro-F1 on samples of the validation part, drawn once in
    their natural frequencies; macro-F1 alone would turn on the few samples of the rarest class.

    Drawing rare classes more often shifts the network's answers towards them. Part of the shift is known
    beforehand, and added to the logits in the loss only (logit adjustment, Menon et al. 2021), so that the network
    itself learns answers without it.

    Raises
    ------
    ConvistaError
        If the loss is no longer a finite number.
    KeyboardInterrupt
        If interrupted before the first epoch is over; later, the best so far is kept.
    """
    from lightning_fabric import Fabric  # noqa: PLC0415  takes a second to import, and only training needs it

    rng = np.random.default_rng(seed)
    watched = samples.parts["validation"]
    watched = rng.permutation(watched)[: recipe.validation_samples]
    drawer = Drawer(samples, recipe, rng)
    per_epoch = math.ceil(drawer.size / recipe.batch)
    total = recipe.epochs * per_epoch

    fabric = Fabric(accelerator=recipe.device, devices=1, precision=recipe.precision)  # type: ignore[arg-type]
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=total)
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    model, stepper = fabric.setup(network, optimizer)
    shift = fabric.to_device(torch.from_numpy(drawer.shift))

    watch(0, network)
    course, best, best_score, done = Course(), copy.deepcopy(network.state_dict()), -1.0, 0
    try:
        for epoch in range(1, recipe.epochs + 1):
            began, losses = time.monotonic(), []
            network.train()
            for members in drawer.epoch():
                batch = dihedral(standardise(samples.values(members), mean, std), rng)
                targets = torch.from_numpy(samples.labels[members].astype(np.int64))
                batch, targets = fabric.to_device((batch.contiguous(memory_format=torch.channels_last), targets))
                loss = functional.cross_entropy(model(batch) + shift, targets)
                if not torch.isfinite(loss):
                    raise ConvistaError("learning.loss_not_finite", epoch=epoch, rate=recipe.rate)
                stepper.zero_grad()
                fabric.backward(loss)
                stepper.step()
                schedule.step()
                losses.append(loss.item())
                done += 1
                if len(losses) < per_epoch:  # the last step is told with the scores of its epoch
                    progress("train", done, total, loss=losses[-1])
            confusion = confusion_of(network, samples, watched, mean, std, device=fabric.device)
            told = {"epoch": epoch, "loss": float(np.mean(losses))}
            told |= {"accuracy": accuracy(confusion), "macro_f1": macro_f1(confusion)}
            progress("train", done, total, **told)
            watch(epoch, network)
            course.epochs.append(told | {"seconds": round(time.monotonic() - began, 2)})
            if (score := (told["accuracy"] + told["macro_f1"]) / 2) > best_score:
                best, best_score, course.best_epoch = copy.deepcopy(network.state_dict()), score, epoch
    except KeyboardInterrupt:
        if not course.epochs:
            raise
        course.interrupted = True
    network.load_state_dict(best)
    network.to("cpu", memory_format=torch.contiguous_format)  # type: ignore[call-overload]
    network.eval()
    return course


class Drawer:
    """Draws the batches of an epoch from the training part."""

    def __init__(self, samples: Samples, recipe: Recipe, rng: np.random.Generator) -> None:
        train = samples.parts["train"]
        self._members = [train[samples.labels[train] == number] for number in range(len(samples.classes))]
        self._batch, self._rng = recipe.batch, rng
        self.size = min(len(train), recipe.epoch_samples)
        frequency = np.array([len(members) for members in self._members]) / len(train)
        drawn = _power(frequency, recipe.draw)
        self._drawn = drawn
        present = frequency > 0
        self.shift = np.zeros(len(frequency), np.float32)
        """log(drawn share / answered share) of each class."""
        self.shift[present] = np.log(drawn[present] / _power(frequency, recipe.answer)[present])

    def epoch(self) -> list[NDArray[np.int64]]:
        """Return the batches of one epoch; within a class nothing is drawn again before everything has been."""
        wanted = self._rng.multinomial(self.size, self._drawn)
        drawn = []
        for members, n in zip(self._members, wanted, strict=True):
            rounds = [self._rng.permutation(members) for _ in range(-(-n // max(1, len(members))))]
            drawn.append(np.concatenate([members[:0], *rounds])[:n])
        order = self._rng.permutation(np.concatenate(drawn))
        return np.split(order, range(self._batch, len(order), self._batch))


def _power(frequency: NDArray[np.float64], power: float) -> NDArray[np.float64]:
    raised: NDArray[np.float64] = np.where(frequency > 0, frequency**power, 0.0)
    return np.asarray(raised / raised.sum())
