"""The steps of a training: draw, augment, ask, step; and all of its state, so that it can be gone on with."""

from __future__ import annotations

import copy
import logging
import math
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.learning import processes
from convista.learning.data.augmentation import MixedBatch, augmented
from convista.learning.data.prefetch import prefetched
from convista.learning.data.sampler import Sampler
from convista.learning.data.samples import Samples
from convista.learning.data.statistics import Standardise
from convista.learning.fitting.ema import ExponentialMovingAverage
from convista.learning.fitting.history import History
from convista.learning.fitting.muon import Muon, groups_of
from convista.learning.fitting.precision import reduced_is_worth_it
from convista.learning.fitting.recipe import Recipe
from convista.learning.scores.evaluation import scores_of
from convista.models.probing import check_trainable


class DivergenceError(ConvistaError):
    """The loss of a training is no longer a finite number, or its weights are not."""

    def __init__(self, epoch: int, rate: float) -> None:
        super().__init__("learning.fitting.loss_not_finite", epoch=epoch, rate=rate)


class Trainer:
    """A training in progress: the network, what moves it, and what has been seen so far.

    Drawing rare classes more often shifts the network's answers towards them. Part of the shift is known
    beforehand, and added to the logits in the loss only (logit adjustment, Menon et al. 2021), so that the network
    itself learns answers without it.
    """

    def __init__(
        self, network: nn.Module, standardise: Standardise, samples: Samples, recipe: Recipe, seed: int
    ) -> None:
        from lightning_fabric import Fabric  # noqa: PLC0415  takes a second to import, and only training needs it

        # It says which precision it uses, in English and amid the progress.
        logging.getLogger("lightning_fabric").setLevel(logging.WARNING)
        self._standardise, self._task, self._samples = standardise, samples.task, samples
        self._recipe = recipe
        self.rng = np.random.default_rng(seed)
        watched = self.rng.permutation(samples.scored("validation"))
        self._watched: NDArray[np.int64] = watched[: recipe.validation_samples]
        self.sampler = Sampler(samples, recipe, self.rng)
        self.steps_per_epoch = self.sampler.batches
        self.network = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._check_least_batch()
        self.history = History(precision=self._precision())
        self._fabric = Fabric(
            accelerator=recipe.device,
            devices=processes.on_this_machine(),
            num_nodes=processes.count() // processes.on_this_machine(),
            strategy="ddp" if processes.count() > 1 else "auto",
            precision=self.history.precision,  # type: ignore[arg-type]
        )
        self._fabric.launch()
        self._plain_optimizer = optimizer = _optimizer(network, recipe)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer,
            recipe.learning_rate,
            total_steps=recipe.epochs * self.steps_per_epoch,
            pct_start=max(recipe.warmup, 1e-9),
        )
        self._model, self._optimizer = self._fabric.setup(network, optimizer)
        self._ema = ExponentialMovingAverage(network, recipe.ema_decay) if recipe.ema_decay else None
        self._shift = self._fabric.to_device(self._shift_of_outputs())
        # Batches are standardised before they go to the device, since they are augmented then.
        self._in_front = self._fabric.to_device(copy.deepcopy(standardise))

    @property
    def judged(self) -> nn.Module:
        """The network that is scored and kept: the average of its weights, where there is one."""
        return self.network if self._ema is None else self._ema.network

    def epoch(self) -> Iterator[float]:
        """Go through an epoch and yield the loss of each step.

        Raises
        ------
        DivergenceError
            If it, or a weight in the end, is no longer a finite number.
        """
        self.network.train()
        # One thread alone, so that what it draws at random is the same as without it.
        with ThreadPoolExecutor(1) as maker:
            for mixed in prefetched(self.prepared, self.sampler.epoch(), maker, 1):
                yield self._step(mixed)
        if not all(bool(torch.isfinite(weights).all()) for weights in self.network.parameters()):
            raise self._diverged()

    def prepared(self, members: NDArray[np.int64]) -> MixedBatch:
        """Return the batch of some samples as a step wants it: standardised, augmented, this process's share."""
        batch: Tensor = self._standardise(self._samples.values(members))
        targets = torch.from_numpy(self._samples.targets(members))
        mixed = augmented(batch, targets, self._recipe, self.rng).share_of(processes.rank(), processes.count())
        return mixed._replace(batch=mixed.batch.contiguous(memory_format=torch.channels_last))

    def _step(self, mixed: MixedBatch) -> float:
        """Learn from a batch and return its loss."""
        batch, targets, others = self._fabric.to_device((mixed.batch, mixed.targets, mixed.others))
        output, smoothing = self._model(batch) + self._shift, self._recipe.smoothing
        loss = self._task.loss(output, targets, smoothing)
        if mixed.share < 1:
            loss = mixed.share * loss + (1 - mixed.share) * self._task.loss(output, others, smoothing)
        value = loss.item()
        if not math.isfinite(value):
            raise self._diverged()
        self._optimizer.zero_grad()
        self._fabric.backward(loss * mixed.weight)
        self._optimizer.step()
        self._schedule.step()
        if self._ema is not None:
            self._ema.update(self.network)
        return value

    def _diverged(self) -> DivergenceError:
        return DivergenceError(len(self.history.epochs) + 1, self._recipe.learning_rate)

    def validated(self) -> tuple[dict[str, float], float]:
        """Return the numbers of the validation part worth showing, and the one that the best is chosen by."""
        network = nn.Sequential(self._in_front, self.judged)
        (score,) = scores_of(network, [self._task], self._samples, "validation", members=self._watched)
        return score.told, score.value

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Return what it takes to go on after an epoch: tensors, and what JSON can hold."""
        optimizer = self._plain_optimizer.state_dict()
        tensors = {f"network.{name}": tensor for name, tensor in self.network.state_dict().items()}
        for number, kept in optimizer["state"].items():
            tensors |= {f"optimizer.{number}.{name}": torch.as_tensor(value) for name, value in kept.items()}
        about = {"groups": optimizer["param_groups"], "schedule": self._schedule.last_epoch}
        about["drawn"] = self.rng.bit_generator.state
        if self._ema is not None:
            tensors |= {f"average.{name}": tensor for name, tensor in self._ema.network.state_dict().items()}
            about["averaged"] = self._ema.steps
        return tensors, about

    @property
    def steps_done(self) -> int:
        """Of all epochs together."""
        return self._schedule.last_epoch

    def restore(self, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> None:
        """Go back to a state.

        Raises
        ------
        ValueError, and what torch and NumPy raise
            If it is of another network or optimiser, or is none.
        """
        parts: dict[str, dict[str, Tensor]] = {"network": {}, "optimizer": {}, "average": {}}
        for name, tensor in tensors.items():
            part, _, own = name.partition(".")
            parts[part][own] = tensor
        self.network.load_state_dict(parts["network"])
        kept: dict[int, dict[str, Tensor]] = {}
        for name, tensor in parts["optimizer"].items():
            number, _, own = name.partition(".")
            kept.setdefault(int(number), {})[own] = tensor
        fresh = self._plain_optimizer.state_dict()["param_groups"]
        if not _alike(about["groups"], fresh) or not all(map(self._fits, kept, kept.values())):
            raise ValueError(type(self._plain_optimizer).__name__)
        self._plain_optimizer.load_state_dict({"state": kept, "param_groups": about["groups"]})
        self._schedule.last_epoch = about["schedule"]
        self.rng.bit_generator.state = about["drawn"]
        if self._ema is not None:
            self._ema.network.load_state_dict(parts["average"])
            self._ema.steps = about["averaged"]

    def _fits(self, number: int, kept: Mapping[str, Tensor]) -> bool:
        """Tell whether what an optimiser keeps of its parameter of a number is as large as that, or one number."""
        weights = [weight for group in self._plain_optimizer.param_groups for weight in group["params"]]
        return all(value.ndim == 0 or value.shape == weights[number].shape for value in kept.values())

    def _precision(self) -> str:
        """Return the precision as Fabric names it."""
        if self._recipe.precision != "auto":
            return self._recipe.precision
        if processes.count() > 1:
            return "32-true"  # they may be on machines of several kinds, and must agree
        # What torch was built for need not be there; torch 2.6 raises where it is not.
        found = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
        usual = "cpu" if found is None else found.type
        device = {"auto": usual, "gpu": usual}.get(self._recipe.device, self._recipe.device)
        patch = torch.zeros(1, len(self._samples.bands), self._samples.patch, self._samples.patch)
        return "bf16-mixed" if reduced_is_worth_it(self.network, patch, device) else "32-true"

    def _check_least_batch(self) -> None:
        """See that the network can learn from the smallest batch that a process will see; ConvistaError if not."""
        least = self.sampler.smallest_batch // processes.count()
        if least < 1:
            raise ConvistaError(
                "learning.fitting.batch_of_processes",
                batch=self.sampler.smallest_batch,
                processes=processes.count(),
            )
        if least > 1:  # as it was checked when it was made
            return
        try:
            check_trainable(self.network, len(self._samples.bands), self._samples.patch, batch=1)
        except ConvistaError as error:
            reason = error.values.get("reason", error)
            raise ConvistaError("learning.fitting.batch_of_one", reason=reason) from error

    def _shift_of_outputs(self) -> Tensor:
        """Return the known shift as it is added to outputs."""
        shift = torch.from_numpy(self._task.shift(self.sampler.logit_shift))[None]
        return shift[..., None, None] if self._samples.label_rule.of_pixels else shift


def _optimizer(network: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Make the optimiser; what only shifts or scales is not decayed."""
    groups = groups_of(network, recipe.decay)
    if recipe.optimizer == "muon":
        return Muon(groups, lr=recipe.learning_rate)
    if recipe.optimizer == "sgd":
        return torch.optim.SGD(groups, lr=recipe.learning_rate, momentum=0.9, nesterov=True)
    # Not fused: on a CPU, torch 2.13's errs in silence where gradient and weight lie in memory in different orders.
    return torch.optim.AdamW(groups, lr=recipe.learning_rate)


def _alike(found: object, usual: object) -> bool:
    """Tell whether JSON is of the same build as something: the same names, lengths and kinds."""
    if isinstance(found, dict) and isinstance(usual, dict):
        return found.keys() == usual.keys() and all(_alike(found[name], usual[name]) for name in usual)
    if isinstance(found, list) and isinstance(usual, list | tuple):
        return len(found) == len(usual) and all(map(_alike, found, usual))
    kinds = {type(found), type(usual)}
    return len(kinds) == 1 or kinds == {int, float}
