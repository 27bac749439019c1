"""What a map needs of a network: the bands it takes, how they are standardised, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning import Run, open_run
from convista.learning.data.statistics import Standardise
from convista.learning.runs.predictor import Predictor
from convista.learning.tasks.prediction import (
    ExclusiveProbabilities,
    IndependentProbabilities,
    Prediction,
    Quantities,
)
from convista.models.probing import probed
from convista.scenes import Band, ClassInfo, Scene, colours_for


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class MapModel(Predictor):
    """A network ready for a map. Made by `map_model`, or of a `Run` by `as_map_model`.

    It gives what is mapped, (batch, outputs), or (batch, outputs, rows, columns) if it answers for every pixel, or
    for every few pixels.
    """

    prediction: Prediction
    """What it gives."""
    title: str
    """What the network is called in the map's metadata."""
    step: int | None
    """Rows and columns of pixels for each answer; None where there is one answer for the whole patch."""
    run: Run | None = None

    @property
    def outputs(self) -> int:
        """Numbers of an answer."""
        return len(self.prediction.names)

    @property
    def threshold(self) -> float:
        """Of two classes, the probability from which on the second is said."""
        return self.prediction.threshold if isinstance(self.prediction, ExclusiveProbabilities) else 0.5

    def check(self, scene: Scene, by_name: bool = False) -> None:
        """See that a scene has what the network takes; of a run, as `Run.check` does."""
        if self.run is not None:
            self.run.check(scene, by_name)
        else:
            super().check(scene, by_name)

    def __repr__(self) -> str:
        sides = f"{self.patch}×{self.patch}"
        return f"<MapModel {self.title}: {listed(self.band_names)}; {sides} → {listed(self.prediction.names)}>"

    def fingerprint(self) -> str:
        """Return a text that is the same for the same network in the same use."""
        digest = hashlib.sha256()
        about = (self.network, self.band_names, self.patch, self.prediction)
        digest.update(repr(about).encode())
        for array in (self.mean, self.std):
            digest.update(array.tobytes())
        for name, tensor in sorted(self.network.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
        return digest.hexdigest()


class Activated(nn.Module):
    """A network, then what makes its outputs what they mean."""

    def __init__(self, network: nn.Module, activation: nn.Module) -> None:
        super().__init__()
        self.network, self.activation = network, activation

    def forward(self, x: Tensor) -> Tensor:
        """Return probabilities or values."""
        made: Tensor = self.activation(self.network(x))
        return made


ACTIVATIONS: Mapping[str | None, tuple[Callable[[], nn.Module], Callable[[tuple[ClassInfo, ...]], Prediction]]] = {
    None: (nn.Identity, ExclusiveProbabilities),
    "softmax": (partial(nn.Softmax, dim=1), ExclusiveProbabilities),
    "sigmoid": (nn.Sigmoid, IndependentProbabilities),
}
"""For each activation of `map_model`, its layer, and what it makes of the outputs where these are of classes."""


class RunAnswers(nn.Module):
    """The network of a run, then what its task makes of the outputs."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.network, self.task = run.network, run.task

    def forward(self, x: Tensor) -> Tensor:
        """Return what `Run.answers` does."""
        return self.task.in_unit(self.task.answers(self.network(x)))

    def extra_repr(self) -> str:
        """Tell what makes other answers of the same outputs, for `MapModel.fingerprint`."""
        return f"{self.task.name}, {self.task.calibration}, {self.task.target}"


def map_model(
    network: nn.Module,
    bands: Sequence[str],
    *,
    patch: int,
    mean: Sequence[float] | float = 0.0,
    std: Sequence[float] | float = 1.0,
    classes: Sequence[ClassInfo | str] = (),
    activation: Literal["softmax", "sigmoid"] | None = None,
    names: Sequence[str] = (),
    unit: str | None = None,
    title: str | None = None,
    any_size: bool = False,
) -> MapModel:
    """Make a network of any kind ready for maps.

    Parameters
    ----------
    network
        Takes (batch, bands, patch, patch). Gives (batch, outputs), or (batch, outputs, rows, columns) where the
        patch's side is a multiple of rows and columns.
    bands
        Names of the bands, in the order of the network's input.
    patch
        Rows and columns of its input.
    mean, std
        Of each band, or one number for all: the network sees (value − mean) / std, and 0 where there is no datum.
    classes
        Of the outputs, by name or in full; none if the outputs are values: a regression, an embedding.
    activation
        What turns the outputs into probabilities: ``"softmax"`` for one class of several, ``"sigmoid"`` for each
        class by itself; None where the network does so, or for values.
    names
        Of values, one an output; None for their numbers.
    unit
        Of values.
    title
        What the map's metadata call the network; None for its class.
    any_size
        Whether its rows and columns need not divide the patch's side; then `step` says nothing.

    Raises
    ------
    ConvistaError
        If the network cannot run on such a patch, gives something else, or the numbers do not fit.
    """
    infos = _infos(classes)
    layer, probabilities = ACTIVATIONS[activation]
    answering = Activated(network, layer())
    outputs, step = probe_output(answering, len(bands), patch, any_size)
    if infos and len(infos) != outputs:
        raise ConvistaError("mapping.count_of_classes", outputs=outputs, classes=len(infos))
    given = tuple(names) or tuple(str(n + 1) for n in range(outputs))
    prediction = probabilities(infos) if infos else Quantities(given, unit)
    if len(prediction.names) != outputs:
        raise ConvistaError("mapping.count_of_names", outputs=outputs, names=len(prediction.names))
    return MapModel(
        network=answering,
        bands=tuple(Band(name, name) for name in bands),
        standardise=Standardise(*(np.full(len(bands), each, np.float32) for each in (mean, std))),
        patch=patch,
        prediction=prediction,
        title=title or type(network).__name__,
        step=step,
    )


def as_map_model(model: MapModel | Run | str | Path) -> MapModel:
    """Return a run, or the file of one, as a map uses it.

    Raises
    ------
    ConvistaError
        If there is no such run, or it is damaged.
    """
    if isinstance(model, MapModel):
        return model
    run = model if isinstance(model, Run) else open_run(model)
    answering = RunAnswers(run)
    _, step = probe_output(answering, len(run.bands), run.patch)
    return MapModel(
        network=answering,
        bands=run.bands,
        standardise=run.standardise,
        patch=run.patch,
        prediction=run.task.prediction,
        title=run.architecture,
        step=step,
        run=run,
    )


def _infos(classes: Sequence[ClassInfo | str]) -> tuple[ClassInfo, ...]:
    texts = [c.name if isinstance(c, ClassInfo) else c for c in classes]
    colours = colours_for(texts, [c.colour if isinstance(c, ClassInfo) else None for c in classes])
    return tuple(c if isinstance(c, ClassInfo) else ClassInfo(n, c, colours[n]) for n, c in enumerate(classes))


def probe_output(network: nn.Module, bands: int, patch: int, any_size: bool = False) -> tuple[int, int | None]:
    """Run a network on an empty patch: how many outputs it has, and pixels for each answer.

    Raises
    ------
    ConvistaError
        As `map_model` does.
    """
    answer = probed(network, bands, patch)
    if (answer.ndim == 2 and not any_size) or (answer.ndim == 4 and answer.shape[2:] == (1, 1) and patch > 1):
        return answer.shape[1], None
    square = answer.ndim == 4 and answer.shape[2] == answer.shape[3]
    if square and (any_size or patch % answer.shape[2] == 0):
        return answer.shape[1], max(1, patch // answer.shape[2])
    raise ConvistaError("mapping.no_map_of_answers", shape=tuple(answer.shape), patch=patch)
