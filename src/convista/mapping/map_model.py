"""What a map needs of a network: the bands it takes, how they are standardised, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning import Run, open_run
from convista.learning.data.comparability import bands_of
from convista.learning.data.statistics import Float, Standardise
from convista.models.probing import probed
from convista.scenes import ClassInfo, Scene, colours_for

Kind = Literal["classes", "labels", "values"]


@dataclass(frozen=True, eq=False, repr=False)
class MapModel:
    """A network and what is to be known of it for a map. Made by `map_model`, or of a `Run` by `as_map_model`."""

    network: nn.Module
    """Takes (batch, bands, patch, patch); gives what is mapped, (batch, outputs), or (batch, outputs, rows,
    columns) if it answers for every pixel, or for every few pixels."""
    bands: tuple[str, ...]
    standardise: Standardise
    """Makes the network's input of values as a scene gives them."""
    patch: int
    kind: Kind
    """``"classes"``: probabilities that sum to one; ``"labels"``: one of each class; ``"values"``: numbers."""
    classes: tuple[ClassInfo, ...]
    """Of classes and labels."""
    names: tuple[str, ...]
    """Of each output."""
    unit: str | None
    """Of values."""
    title: str
    """What the network is called in the map's metadata."""
    outputs: int
    step: int | None
    """Rows and columns of pixels for each answer; None where there is one answer for the whole patch."""
    run: Run | None = None

    @property
    def threshold(self) -> float:
        """Of two classes, the probability from which on the second is said."""
        return 0.5 if self.run is None else self.run.calibration.threshold

    @property
    def mean(self) -> Float:
        """Of each band, (bands,)."""
        return self.standardise.mean.numpy()

    @property
    def std(self) -> Float:
        """Likewise."""
        return self.standardise.std.numpy()

    def check(self, scene: Scene, by_name: bool = False) -> None:
        """See that a scene has what the network takes, as `Run.check` does; ConvistaError if not."""
        if self.run is not None:
            self.run.check(scene, by_name)
        else:
            bands_of(scene, self.bands)

    def __repr__(self) -> str:
        sides = f"{self.patch}×{self.patch}"
        return f"<MapModel {self.title}: {listed(self.bands)}; {sides} → {listed(self.names)}; {self.kind}>"

    def select(self, scene: Scene) -> Scene:
        """Return a scene with the bands of the network alone, under its names; ConvistaError if one is missing."""
        bands_of(scene, self.bands)
        return scene.select(self.bands)

    def fingerprint(self) -> str:
        """Return a text that is the same for the same network in the same use."""
        digest = hashlib.sha256()
        about = (self.network, self.bands, self.patch, self.kind, self.classes, self.names, self.unit)
        digest.update(repr(about).encode())
        for array in (self.mean, self.std):
            digest.update(array.tobytes())
        for name, tensor in sorted(self.network.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
        return digest.hexdigest()


class Activated(nn.Module):
    """A network, then what makes its outputs what they mean."""

    def __init__(self, network: nn.Module, activation: str | None) -> None:
        super().__init__()
        self.network = network
        self.activation = activation

    def forward(self, x: Tensor) -> Tensor:
        """Return probabilities or values."""
        made: Tensor = self.network(x)
        if self.activation == "softmax":
            return made.softmax(dim=1)
        return made.sigmoid() if self.activation == "sigmoid" else made


class RunAnswers(nn.Module):
    """The network of a run, then what its task makes of the outputs."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.network = run.network
        self.asked = run.asked
        self.temperature = run.calibration.temperature
        self.scale, self.offset = (1.0, 0.0) if run.target is None else (run.target.std, run.target.mean)

    def forward(self, x: Tensor) -> Tensor:
        """Return what `Run.answers` does."""
        answers = self.asked.answers(self.network(x))
        return answers * self.scale + self.offset if self.asked.name == "regression" else answers

    def extra_repr(self) -> str:
        """Tell what makes other answers of the same outputs, for `MapModel.fingerprint`."""
        return f"{self.asked.name}, temperature={self.temperature}, scale={self.scale}, offset={self.offset}"


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
    answering = Activated(network, activation)
    outputs, step = probe_output(answering, len(bands), patch, any_size)
    if infos and len(infos) != outputs:
        raise ConvistaError("mapping.count_of_classes", outputs=outputs, classes=len(infos))
    kind: Kind = "values" if not infos else "labels" if activation == "sigmoid" else "classes"
    given = [info.name for info in infos] or list(names) or [str(n + 1) for n in range(outputs)]
    if len(given) != outputs:
        raise ConvistaError("mapping.count_of_names", outputs=outputs, names=len(given))
    return MapModel(
        network=answering,
        bands=tuple(bands),
        standardise=Standardise(*(np.full(len(bands), each, np.float32) for each in (mean, std))),
        patch=patch,
        kind=kind,
        classes=infos,
        names=tuple(given),
        unit=unit,
        title=title or type(network).__name__,
        outputs=outputs,
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
    outputs, step = probe_output(answering, len(run.bands), run.patch)
    kind: Kind = "values" if run.task == "regression" else "labels" if run.task == "multilabel" else "classes"
    names = ("value",) if kind == "values" else tuple(info.name for info in run.classes)
    unit = None if run.target is None else run.target.unit
    return MapModel(
        answering, run.band_names, run.standardise, run.patch, kind, run.classes, names, unit, run.architecture,
        outputs, step, run,
    )  # fmt: skip


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
