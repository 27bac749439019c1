"""A training half-way: all that it takes to go on as if nothing had happened, in one file, whole or not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.learning import storage

if TYPE_CHECKING:
    from convista.learning.fitting import Fitting

NAME = "checkpoint.safetensors"


class Checkpoint:
    """The file of an unfinished training, beside the run that it will become.

    Parameters
    ----------
    out
        The run's file or folder.
    of
        What the training is, as far as it is known before its data are read: model, recipe, seed. Another one
        cannot go on from here.
    resume
        Whether to go on from the file, if there is one.

    Raises
    ------
    ConvistaError
        If there is a file and nobody asked to go on from it, or it is of another training, or damaged.
    """

    def __init__(self, out: str | Path, of: Mapping[str, Any], *, resume: bool) -> None:
        self.run = storage.run_file(out)
        """The file of the run that it will become."""
        self.path = self.run.with_name(NAME)
        self._of = dict(of)
        self._found: tuple[dict[str, Tensor], dict[str, Any]] | None = None
        self.done_before = resume and not self.path.exists()
        """Whether a run that lies beside it is to be taken for the result of this training."""
        if not self.path.exists():
            return
        tensors, about = storage.read(self.path)
        if not resume:
            raise _unfinished(self.path, about)
        self._found = tensors, about
        self.check()

    def check(self, **of: Any) -> None:
        """See that the file is of this training; of what is known of it now, too.

        Raises
        ------
        ConvistaError
            If it is of another.
        """
        self._of |= of
        if self._found is not None:
            check_same(self._of, self._found[1]["of"], self.path)

    @property
    def precision(self) -> str | None:
        """What the training was begun in; None if it had not begun."""
        return None if self._found is None else str(self._found[1]["course"]["precision"])

    def restore(self, fitting: Fitting) -> dict[str, Tensor] | None:
        """Bring a training to where it was, and return the weights of its best epoch; None if it had not begun."""
        if self._found is None:
            return None
        tensors, about = self._found
        fitting.restore(_part(tensors, "state."), about["state"])
        for name, value in about["course"].items():
            setattr(fitting.course, name, value)
        torch.random.set_rng_state(tensors["random"])
        return _part(tensors, "best.")

    def write(self, fitting: Fitting, best: Mapping[str, Tensor]) -> None:
        """Keep a training as it is after an epoch.

        Raises
        ------
        ConvistaError
            If the disk does not take it; the file of the epoch before is left.
        """
        tensors, state = fitting.state()
        kept = {f"state.{name}": tensor for name, tensor in tensors.items()}
        kept |= {f"best.{name}": tensor for name, tensor in best.items()}
        kept["random"] = torch.random.get_rng_state()
        # Some of these share memory, as a network's and its average's do not; safetensors wants each by itself.
        apart = {name: tensor.detach().clone() for name, tensor in kept.items()}
        storage.write(self.path, apart, {"of": self._of, "state": state, "course": asdict(fitting.course)})

    def remove(self) -> None:
        """Take the file away: the training is over."""
        self.path.unlink(missing_ok=True)


def check_none(out: str | Path) -> None:
    """See that no training was left unfinished there; ConvistaError if one was."""
    path = storage.run_file(out).with_name(NAME)
    if path.exists():
        raise _unfinished(path, storage.read(path)[1])


def check_same(of: Mapping[str, Any], found: Mapping[str, Any], file: Path) -> None:
    """See that what is known of a training is so in a file of one, too; ConvistaError if not."""
    if other := [name for name, value in of.items() if found.get(name) != value]:
        raise ConvistaError("learning.other_training", file=file, names=", ".join(other))


def _unfinished(path: Path, about: Mapping[str, Any]) -> ConvistaError:
    done, epochs = len(about["course"]["epochs"]), about["of"]["recipe"]["epochs"]
    return ConvistaError("learning.unfinished", file=path, done=done, epochs=epochs)


def _part(tensors: Mapping[str, Tensor], start: str) -> dict[str, Tensor]:
    return {name.removeprefix(start): tensor for name, tensor in tensors.items() if name.startswith(start)}
