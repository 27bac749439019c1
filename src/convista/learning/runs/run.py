"""A run: the saved result of a training, with all that its use needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import nn

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.data.comparability import bands_of, far_bands, otherwise_scaled, scaling, told
from convista.learning.runs import storage
from convista.learning.runs.description import described
from convista.learning.runs.predictor import Predictor
from convista.learning.runs.restoring import Network, restored
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.task import Task
from convista.models.feature_extraction import BeforeHead, head_of
from convista.scenes import ClassInfo, Scene


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Run(Predictor):
    """A trained network and what it was trained on. Made by `train` or `open_run`.

    The network is on the CPU. Bands have the scale and offset that training saw, and the value that it was told to
    be no datum, if any; they are standardised by mean and deviation of the training part.
    """

    architecture: str
    options: Mapping[str, Any]
    sensor: str | None
    label_rule: LabelRule
    """What of a patch its label speaks of."""
    task: Task
    """What it was asked, with its classes, its calibration, or what its values were standardised by."""
    record: Mapping[str, Any] = field(default_factory=dict)
    """How the training went: split, epochs, score, seed, versions, time. JSON can hold it."""
    source: Path | None = None
    """The file that `open_run` or `train` had it from or put it in."""

    @property
    def end_to_end(self) -> nn.Module:
        """The network with what standardises its input in front: it takes values as a scene gives them."""
        return nn.Sequential(self.standardise, self.network)

    @property
    def classes(self) -> tuple[ClassInfo, ...]:
        """In the order of their positions; none for a regression."""
        return self.task.classes

    def answers(self, patches: torch.Tensor) -> torch.Tensor:
        """Ask the network and return what its outputs mean.

        Parameters
        ----------
        patches
            As `standardise` gives them, (batch, bands, rows, columns).

        Returns
        -------
        Probabilities of the classes at the run's temperature, (batch, classes), or values in their unit,
        (batch, 1); of a run that answers for every pixel also with rows and columns.
        """
        return self.task.in_unit(self.task.answers(self.network(patches)))

    @cached_property
    def head(self) -> str:
        """Path of the layer that makes the outputs, see `head_of`; ConvistaError if there is none."""
        return head_of(self.network, len(self.bands), self.patch)

    def vectors(self, patches: torch.Tensor) -> torch.Tensor:
        """Return the vector that the network decides each patch by: what its head reads.

        Parameters
        ----------
        patches
            As `standardise` gives them, (batch, bands, rows, columns).

        Returns
        -------
        (batch, numbers); of a network that answers for every pixel (batch, numbers, rows, columns).

        Raises
        ------
        ConvistaError
            If the network has no head.
        """
        before = BeforeHead(self.network, self.head, whole=False)
        try:
            vectors: torch.Tensor = before(patches)
        finally:
            before.release()
        return vectors

    def check(self, scene: Scene, by_name: bool = False) -> None:
        """See that a scene has the bands of this run, from the same sensor, and that their values mean the same.

        Two sensors that nothing says count as the same; one that is known and one that is not do not. Scaled values
        are in their unit, whatever the factor that brought them there; plain numbers are like plain numbers alone.
        What the training was told to be no datum or a mask must be so in the scene, too, or the caller says
        otherwise. A sample of the scene's values is compared with those of the training, see `far_bands`.

        Parameters
        ----------
        scene
            Imagery.
        by_name
            Whether names alone decide.

        Raises
        ------
        ConvistaError
            If a band is missing or, unless ``by_name``, the sensor or a unit differs, only one is scaled, what is
            no datum has not been said again, or values lie far from those of the training.
        """
        bands = bands_of(scene, self.band_names)
        if by_name:
            return
        if scene.sensor != self.sensor:
            sensors = {"scene": scene.name, "sensor": scene.sensor, "trained": self.sensor}
            if scene.sensor is None:
                raise ConvistaError("learning.runs.sensor_of_scene_unknown", **sensors)
            if self.sensor is None:
                raise ConvistaError("learning.runs.sensor_of_run_unknown", **sensors)
            raise ConvistaError("learning.sensors_differ", **sensors)
        if pair := otherwise_scaled(self.bands, bands):
            trained, here = map(scaling, pair)
            raise ConvistaError(
                "learning.scalings_differ", scene=scene.name, band=pair[0].name, here=here, trained=trained
            )
        for band, other in zip(self.bands, bands, strict=True):
            about = {"scene": scene.name, "band": band.name}
            if band.nodata is not None and not (other.nodata_stated or scene.hides(band.name, band.nodata)):
                raise ConvistaError("learning.runs.nodata_not_said", **about, nodata=f"{band.nodata:g}")
            if band.mask_stated and not (other.mask_stated or scene.hides(band.name)):
                raise ConvistaError("learning.runs.mask_not_said", **about)
        if far := far_bands(self.band_names, scene.sample(self.band_names), self.mean, self.std):
            raise ConvistaError("learning.values_far", scene=scene.name, bands="; ".join(map(told, far)))

    def __repr__(self) -> str:
        answers = listed([info.name for info in self.classes]) or "a value"
        sides = f"{self.patch}×{self.patch}"
        where = "" if self.source is None else f"; {self.source}"
        return f"<Run {self.architecture}: {listed(self.band_names)}; {sides} → {answers}; {self.task.name}{where}>"

    def save(self, path: str | Path) -> Path:
        """Write the run into one file, whole or not at all, and return the file.

        Parameters
        ----------
        path
            A file whose name ends in ``.safetensors``, or a folder, in which it is ``model.safetensors``.

        Raises
        ------
        ConvistaError
            If it cannot be written.
        """
        about = {
            "architecture": self.architecture,
            "options": dict(self.options),
            "task": self.task.name,
            "target": self.task.target,
            "calibration": self.task.calibration._asdict(),
            "bands": [asdict(band) for band in self.bands],
            "sensor": self.sensor,
            "mean": self.mean.tolist(),
            "std": self.std.tolist(),
            "classes": [c._asdict() for c in self.classes],
            "patch": self.patch,
            "label_rule": self.label_rule,
            "record": dict(self.record),
        }
        return storage.write(path, self.network.state_dict(), about)


def open_run(path: str | Path, network: Network | None = None, *, trust: bool = False) -> Run:
    """Open a saved run. No code is executed but the package's own, and that of a network given or trusted here.

    The file may be a stranger's: what it says is checked, and its sizes compared with those of its weights, before
    anything is made as large as it says.

    Parameters
    ----------
    path
        The file, or the folder that holds ``model.safetensors``.
    network
        Of a run whose network is not of `ARCHITECTURES`: that network, which is copied and given the run's weights;
        or the class or function that makes it, called as `create_model` does; or ``"package.module:Network"`` to
        import it from, which must be what the file names.
    trust
        Whether to import whatever network the file names, and so to run the code of that module. It is looked for
        where Python was started, too.

    Raises
    ------
    ConvistaError
        If there is none; the file is damaged, is not a run, or says what cannot be; it names a network of one's own
        and that is not given, or does not fit.
    """
    stored = storage.look(path)
    said = described(stored.about, stored.file)
    return Run(network=restored(stored, said, network, trust=trust), source=stored.file, **said._asdict())
