"""A training half-way: all that it takes to go on as if nothing had happened, in one file, whole or not there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.language import say
from convista.learning.data.samples import Samples
from convista.learning.fitting.history import History
from convista.learning.fitting.recipe import PRECISIONS, renamed
from convista.learning.runs import storage
from convista.learning.runs.description import Description, check_epochs, description_of
from convista.learning.runs.fields import Field
from convista.learning.runs.run import Run, open_run

if TYPE_CHECKING:
    from convista.learning.fitting.specification import Specification
    from convista.learning.fitting.trainer_state import Trainer

NAME = "checkpoint.safetensors"
MOST = 2**31 - 1


class Checkpoint:
    """The file of an unfinished training, beside the run that it will become.

    Parameters
    ----------
    out
        The run's file or folder.
    specification
        The training. Another one cannot go on from here.
    resume
        Whether to go on from the file, if there is one, or to take a run beside it for the result.

    Raises
    ------
    ConvistaError
        If there is a file and nobody asked to go on from it, or it is of another training, or damaged; so for the
        run.
    """

    def __init__(self, out: str | Path, specification: Specification, *, resume: bool) -> None:
        self.run = storage.run_file(out)
        """The file of the run that it will become."""
        self.path = self.run.with_name(NAME)
        self.finished: Run | None = None
        """What this training came to, where it was not cut off."""
        self._of = specification.identity
        self._found = storage.look(self.path) if self.path.exists() else None
        if self._found is not None and not resume:
            raise _unfinished(self._found)
        if self._found is not None:
            self._check(_identity_in(self._found), self.path)
        elif resume and self.run.is_file():
            self._check(_identity_of(description_of(self.run)), self.run)
            self.finished = open_run(self.run, specification.model)

    def check_samples(self, samples: Samples) -> None:
        """See that a training was begun, or finished, on these samples; ConvistaError if it was on others."""
        self._of |= {"bands": [band.name for band in samples.bands], "patch": samples.patch, "split": samples.split}
        if self._found is not None:
            self._check(_identity_in(self._found), self.path)
        elif self.finished is not None:
            self._check(_identity_of(self.finished), self.run)

    def _check(self, found: Mapping[str, Any], file: Path) -> None:
        """See that all that is known of this training is so in a file, too; ConvistaError if not."""
        if other := [name for name, value in self._of.items() if found.get(name) != value]:
            raise ConvistaError(
                "learning.fitting.other_training", file=file, names=", ".join(other), count=len(other)
            )

    @property
    def precision(self) -> str | None:
        """What the training was begun in; None if it had not begun."""
        return None if self._found is None else _said(self._found)["course"]["precision"].among(PRECISIONS)

    def restore(self, trainer: Trainer) -> dict[str, Tensor] | None:
        """Bring a training to where it was, and return the weights of its best epoch; None if it had not begun.

        Raises
        ------
        ConvistaError
            If the file is of another network, or of what no training leaves behind.
        """
        if self._found is None:
            return None
        tensors, said = self._found.tensors(), _said(self._found)
        about = {name: value for name, value in self._found.about.items() if name != "digest"}
        if said["digest"].text() != _digest(tensors, about):
            raise storage.damaged(self.path, ValueError(say("learning.fitting.json_digest")))
        _check_history(said["course"], trainer.history)
        best = _part(tensors, "best.")
        try:
            trainer.network.load_state_dict(best)
            trainer.restore(_part(tensors, "state."), said["state"].members())
            torch.random.set_rng_state(tensors["random"])
        except (AttributeError, IndexError, KeyError, OverflowError, RuntimeError, TypeError, ValueError) as error:
            raise storage.damaged(self.path, error) from error
        for name, value in said["course"].members().items():
            setattr(trainer.history, name, value)
        if trainer.steps_done != trainer.steps_per_epoch * len(trainer.history.epochs):
            raise said["state"]["schedule"].wrong("steps")
        return best

    def write(self, trainer: Trainer, best: Mapping[str, Tensor]) -> None:
        """Keep a training as it is after an epoch.

        Raises
        ------
        ConvistaError
            If the disk does not take it; the file of the epoch before is left.
        """
        tensors, state = trainer.state()
        kept = {f"state.{name}": tensor for name, tensor in tensors.items()}
        kept |= {f"best.{name}": tensor for name, tensor in best.items()}
        kept["random"] = torch.random.get_rng_state()
        # Some of these share memory, as a network's and its average's do not; safetensors wants each by itself.
        apart = {name: tensor.detach().clone() for name, tensor in kept.items()}
        about = {"of": self._of, "state": state, "course": asdict(trainer.history)}
        storage.write(self.path, apart, {**about, "digest": _digest(apart, about)})

    def remove(self) -> None:
        """Take the file away: the training is over."""
        self.path.unlink(missing_ok=True)


def check_none(out: str | Path) -> None:
    """See that no training was left unfinished there; ConvistaError if one was."""
    path = storage.run_file(out).with_name(NAME)
    if path.exists():
        raise _unfinished(storage.look(path))


def _identity_in(found: storage.Stored) -> Mapping[str, Any]:
    """Return what a checkpoint says that its training is: `Specification.identity`, and what its samples were."""
    of = _said(found)["of"]
    return {**of.members(), "recipe": renamed(of["recipe"].members())}


def _identity_of(run: Run | Description) -> Mapping[str, Any]:
    """Return the same of the training of a run."""
    record = run.record
    return {
        "model": run.architecture,
        "options": dict(run.options),
        "task": run.task.name,
        "recipe": record.get("recipe"),
        "seed": record.get("seed"),
        "bands": [band.name for band in run.bands],
        "patch": run.patch,
        "split": record.get("split"),
    }


def _unfinished(found: storage.Stored) -> ConvistaError:
    said = _said(found)
    done, epochs = len(list(said["course"]["epochs"].elements())), said["of"]["recipe"]["epochs"].whole(1, MOST)
    return ConvistaError("learning.fitting.unfinished", file=found.file, done=done, epochs=epochs)


def _said(found: storage.Stored) -> Field:
    return Field(found.file, "", found.about)


def _check_history(said: Field, history: History) -> None:
    """See that a history has what one has, and each of its kind."""
    if said.members().keys() != asdict(history).keys():
        raise said.wrong("course")
    check_epochs(said["epochs"])
    said["best_epoch"].whole(0, MOST)
    said["best_value"].number()
    said["interrupted"].flag()
    said["diverged"].flag()
    said["precision"].among(PRECISIONS)


def _digest(tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> str:
    """Return a digest of all that a checkpoint holds.

    The state of an optimiser is torch's own and cannot be checked value by value: what is not as it was written is
    not gone on with.
    """
    plain = json.loads(json.dumps(about))  # as the file has it
    digest = blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=16)
    for name, tensor in sorted(tensors.items()):
        digest.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}".encode())
        digest.update(tensor.cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()


def _part(tensors: Mapping[str, Tensor], start: str) -> dict[str, Tensor]:
    return {name.removeprefix(start): tensor for name, tensor in tensors.items() if name.startswith(start)}
