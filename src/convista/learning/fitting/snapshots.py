"""The weights of some layers before a training and after each of its epochs, in one file beside the run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import safetensors.torch
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.runs import storage
from convista.learning.runs.fields import Field, parsed
from convista.whole_file import write_file

NAME = "snapshots.safetensors"
LIMIT = 2**28
"""Bytes of a file, at most."""
MOST_EPOCHS = 2**31 - 1
NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d, nn.SyncBatchNorm, nn.GroupNorm, nn.LayerNorm)


class Snapshots:
    """Keeps weights as a `Watch`: the file is whole after each epoch, and goes on where a training goes on.

    What only shifts, scales or counts is kept as it is, weights of more axes in half precision.

    Parameters
    ----------
    folder
        Where the file is written.
    epochs
        How many there will be.
    layers
        Paths of modules (with all inside), or patterns such as ``"layer?.0.*"``; none for the first convolution and
        the normalisation after it.
    """

    def __init__(self, folder: Path, epochs: int, layers: Sequence[str] = ()) -> None:
        self._path, self._epochs, self._layers = folder / NAME, epochs, layers
        self._kept: dict[str, list[Tensor]] = {}
        self._numbers: list[int] = []

    def __call__(self, epoch: int, network: nn.Module) -> None:
        """Keep the network as it is now.

        Raises
        ------
        ConvistaError
            If it has no such layers, the file would become too large, or cannot be written.
        """
        if not self._kept:
            self._begin(epoch, network)
        state = network.state_dict()
        for name, kept in self._kept.items():
            kept.append(state[name].to("cpu", _kind(state[name]), copy=True).contiguous())
        self._numbers.append(epoch)
        if not epoch:  # a training that ends in its first epoch leaves nothing behind
            return
        stacked = {name: torch.stack(kept) for name, kept in self._kept.items()}
        about = {"about": json.dumps({"numbers": self._numbers, "names": list(stacked)})}
        write_file(self._path, safetensors.torch.save(stacked, about))

    def _begin(self, epoch: int, network: nn.Module) -> None:
        state = network.state_dict()
        names = [name for name in _names(network, self._layers) if state[name].is_floating_point()]
        size = sum(state[name].numel() * _kind(state[name]).itemsize for name in names) * (self._epochs + 1)
        if size > LIMIT:
            raise ConvistaError(
                "learning.fitting.snapshots_too_large",
                size=round(size / 2**20),
                limit=LIMIT // 2**20,
                epochs=self._epochs,
            )
        self._kept = {name: [] for name in names}
        if epoch and self._path.is_file():
            before = open_snapshots(self._path)
            if set(before.weights) == set(names):
                count = sum(number < epoch for number in before.epochs)
                self._numbers = list(before.epochs[:count])
                self._kept = {name: list(before.weights[name][:count]) for name in names}


class SnapshotSeries(NamedTuple):
    """What a file of snapshots holds."""

    weights: dict[str, Tensor]
    """By name, (snapshots, …), as they are stored."""
    names: tuple[str, ...]
    """In the order of the network."""
    epochs: tuple[int, ...]
    """The number of each, 0 before the first."""

    def __repr__(self) -> str:
        return f"<SnapshotSeries of epochs {listed(self.epochs)}: {listed(self.names)}>"


def open_snapshots(path: str | Path) -> SnapshotSeries:
    """Read a file of snapshots, or the one in a run's folder.

    Raises
    ------
    ConvistaError
        If there is none, or it is something else.
    """
    file = Path(path)
    file = file / NAME if file.is_dir() else file
    if not file.is_file():
        raise ConvistaError("learning.fitting.no_snapshots", file=file)
    try:
        texts, shapes = storage.head(file)
        about = Field(file, "", parsed(texts["about"]))
        names = tuple(name.text() for name in about["names"].elements())
        epochs = tuple(number.whole(0, MOST_EPOCHS) for number in about["numbers"].elements())
        if wrong := [name for name in names if shapes[name][:1] != (len(epochs),)]:
            raise ValueError(f"{wrong[0]}: {shapes[wrong[0]]}")
        weights = storage.Stored(file, {}, shapes).tensors()
        return SnapshotSeries({name: weights[name] for name in names}, names, epochs)
    except (KeyError, ValueError) as error:
        raise ConvistaError("learning.fitting.damaged_snapshots", file=file, reason=repr(error)) from error


def _kind(tensor: Tensor) -> torch.dtype:
    return torch.float16 if tensor.ndim > 1 else torch.float32


def _names(network: nn.Module, layers: Sequence[str]) -> list[str]:
    """Return the names of parameters and statistics of the layers."""
    chosen = list(layers) or list(_first(network))
    every = list(network.state_dict())
    names = []
    for layer in chosen:
        found = [name for name in every if _inside(name, layer)]
        if not found:
            known = ", ".join(name for name, module in network.named_modules() if name and _own(module))
            raise ConvistaError("learning.fitting.no_such_layer", layer=layer, known=known)
        names += found
    return list(dict.fromkeys(names))


def _inside(name: str, layer: str) -> bool:
    return name.startswith(f"{layer}.") or fnmatchcase(name.rpartition(".")[0], layer) or fnmatchcase(name, layer)


def _first(network: nn.Module) -> Iterator[str]:
    """Yield the paths of the first convolution over images and, if it is what has weights next, a normalisation."""
    weighty = [(name, module) for name, module in network.named_modules() if _own(module)]
    at = next((n for n, (_, module) in enumerate(weighty) if isinstance(module, nn.Conv2d)), None)
    if at is None:
        raise ConvistaError("learning.fitting.nothing_to_keep", network=type(network).__name__)
    yield weighty[at][0]
    if at + 1 < len(weighty) and isinstance(weighty[at + 1][1], NORMS):
        yield weighty[at + 1][0]


def _own(module: nn.Module) -> bool:
    return next(module.parameters(recurse=False), None) is not None
