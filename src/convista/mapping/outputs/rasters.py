"""What is written of answers: classes, probabilities, values. Each becomes one raster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import say
from convista.learning.tasks.prediction import ExclusiveProbabilities, IndependentProbabilities, Quantities
from convista.mapping.map_model import MapModel
from convista.mapping.outputs.style import write_ramp, write_style
from convista.scenes import ClassInfo, Grid, MapWriter, OutputBand, RasterWriter
from convista.scenes.writing.map_writer import check_classes, free_nodata

Float = NDArray[np.float32]
Stored = Literal["uint8", "float32"]

NODATA = 255
STEPS = 250
"""A byte holds so many steps from 0 to 1, so that one step is 0.004."""


class Product(Protocol):
    """One raster made of answers, (outputs, rows, columns)."""

    @property
    def suffix(self) -> str:
        """What is added to the map's name."""

    @property
    def form(self) -> tuple[int, np.dtype[Any]]:
        """How many bands are written, and the type of their numbers."""

    def encode(self, answers: Float) -> NDArray[np.generic]:
        """Return what is written, (bands, rows, columns)."""

    def nodata(self) -> float:
        """Return what is written where there is no datum."""

    def writer(self, path: Path, grid: Grid, workplace: Path) -> RasterWriter:
        """Begin the raster; what is not whole yet lies in a folder of its own."""

    def style(self, path: Path) -> None:
        """Write the style of the finished raster."""


@dataclass(frozen=True)
class ClassMap:
    """The most probable class; of two, the second from a threshold on."""

    classes: tuple[ClassInfo, ...]
    title: str
    threshold: float = 0.5
    suffix: str = ""

    @property
    def form(self) -> tuple[int, np.dtype[Any]]:
        """One band of bytes."""
        return 1, np.dtype(np.uint8)

    def encode(self, answers: Float) -> NDArray[np.generic]:
        """Return the values of the classes, uint8."""
        values = np.array([info.value for info in self.classes], np.uint8)
        if len(self.classes) == 2:
            return values[(answers[1:] >= self.threshold).astype(np.intp)]
        best, which = answers[0].copy(), np.zeros(answers.shape[1:], np.uint8)
        for position, probability in enumerate(answers[1:], 1):
            # Positions grow, so that the largest is the last; without a branch, many times faster than a mask.
            np.maximum(which, (probability > best) * np.uint8(position), out=which)
            np.maximum(best, probability, out=best)
        return values[which][None]

    def nodata(self) -> int:
        """Return 255, or another byte if that is a class."""
        return free_nodata(self.classes)

    def writer(self, path: Path, grid: Grid, workplace: Path) -> RasterWriter:
        """Begin a map of classes."""
        description = say("mapping.description", architecture=self.title)
        return MapWriter(
            path, grid, self.classes, description=description, nodata=self.nodata(), workplace=workplace
        )

    def style(self, path: Path) -> None:
        """Write the colours and the names of the classes."""
        write_style(path, self.classes)


@dataclass(frozen=True)
class Probabilities:
    """The probability of each class; of one class of several also entropy and margin.

    Entropy is −Σ p·log p / log n, 0 … 1; margin the distance between the two largest probabilities. Bytes hold
    steps of 1/250, as the file's scale says.
    """

    names: tuple[str, ...]
    stored: Stored
    exclusive: bool
    suffix: str

    @property
    def form(self) -> tuple[int, np.dtype[Any]]:
        """A band for each class, and two more where one excludes the others."""
        return len(self.names) + 2 * self.exclusive, np.dtype(self.stored)

    def encode(self, answers: Float) -> NDArray[np.generic]:
        """Return (outputs, or two more, rows, columns)."""
        shown = answers
        if self.exclusive:
            logs = np.log(np.maximum(answers, np.finfo(np.float32).tiny))
            entropy = -(answers * logs).sum(axis=0) / np.float32(np.log(max(2, len(answers))))
            ranked = (
                np.partition(answers, -2, axis=0) if len(answers) > 1 else np.stack([answers[0] * 0, answers[0]])
            )
            shown = np.concatenate([answers, np.clip(entropy, 0, 1)[None], (ranked[-1] - ranked[-2])[None]])
        return np.rint(shown * STEPS).astype(np.uint8) if self.stored == "uint8" else shown.astype(np.float32)

    def nodata(self) -> float:
        """Return 255 of bytes, and NaN."""
        return NODATA if self.stored == "uint8" else float("nan")

    def writer(self, path: Path, grid: Grid, workplace: Path) -> RasterWriter:
        """Begin a raster with a band for each."""
        names = [say("mapping.band_probability", name=name) for name in self.names]
        if self.exclusive:
            names += [say("mapping.band_entropy"), say("mapping.band_margin")]
        scale = 1 / STEPS if self.stored == "uint8" else 1.0
        bands = [OutputBand(name, scale=scale) for name in names]
        return RasterWriter(path, grid, bands, dtype=self.stored, nodata=self.nodata(), workplace=workplace)

    def style(self, path: Path) -> None:
        """Write a ramp from 0 to 1, which is what the numbers mean after the file's scale."""
        write_ramp(path, ends=(0.0, 1.0))


@dataclass(frozen=True)
class Confidence:
    """The probability of the class that the map says, in steps of 1/250."""

    threshold: float = 0.5
    suffix: str = "-confidence"

    @property
    def form(self) -> tuple[int, np.dtype[Any]]:
        """One band of bytes."""
        return 1, np.dtype(np.uint8)

    def encode(self, answers: Float) -> NDArray[np.generic]:
        """Return (1, rows, columns), uint8."""
        sure = answers.max(axis=0)
        if len(answers) == 2:
            sure = np.where(answers[1] >= self.threshold, answers[1], answers[0])
        steps: NDArray[np.uint8] = np.rint(sure * STEPS).astype(np.uint8)
        return steps[None]

    def nodata(self) -> float:
        """Return 255."""
        return NODATA

    def writer(self, path: Path, grid: Grid, workplace: Path) -> RasterWriter:
        """Begin a raster of one band."""
        bands = [OutputBand(say("mapping.band_confidence"), scale=1 / STEPS)]
        return RasterWriter(path, grid, bands, dtype="uint8", nodata=NODATA, workplace=workplace)

    def style(self, path: Path) -> None:
        """Write a ramp from 0 to 1."""
        write_ramp(path, ends=(0.0, 1.0))


@dataclass(frozen=True)
class Values:
    """Numbers as they are: a regression, an embedding, the channels of a layer."""

    names: tuple[str, ...]
    unit: str | None
    suffix: str = ""

    @property
    def form(self) -> tuple[int, np.dtype[Any]]:
        """A band of float32 for each."""
        return len(self.names), np.dtype(np.float32)

    def encode(self, answers: Float) -> NDArray[np.generic]:
        """Return the answers."""
        return answers

    def nodata(self) -> float:
        """Return NaN."""
        return float("nan")

    def writer(self, path: Path, grid: Grid, workplace: Path) -> RasterWriter:
        """Begin a raster with a band for each."""
        bands = [OutputBand(name, self.unit) for name in self.names]
        return RasterWriter(path, grid, bands, dtype="float32", nodata=self.nodata(), workplace=workplace)

    def style(self, path: Path) -> None:
        """Write a ramp over the values of the first band."""
        write_ramp(path, self.unit)


PRODUCTS: Mapping[str, type[ClassMap | Probabilities | Confidence | Values]] = MappingProxyType(
    {kind.__name__: kind for kind in (ClassMap, Probabilities, Confidence, Values)}
)
"""All of them, by the names that a plan has for them."""


def products_of(
    model: MapModel, probabilities: Stored | None, threshold: float, confidence: bool
) -> tuple[Product, ...]:
    """Return what is written of a model's answers, the map itself first.

    Raises
    ------
    ConvistaError
        If there are classes whose values a map cannot hold; probabilities are asked for where there are values; or
        confidence, which polygons need, where there are no classes or pyogrio is not installed.
    """
    prediction = model.prediction
    if probabilities and isinstance(prediction, Quantities):
        raise ConvistaError("mapping.no_probabilities")
    if confidence and not isinstance(prediction, ExclusiveProbabilities):
        raise ConvistaError("mapping.no_classes_for_polygons")
    if confidence and find_spec("pyogrio") is None:
        raise ConvistaError("mapping.no_pyogrio")
    if isinstance(prediction, Quantities):
        return (Values(prediction.names, prediction.unit),)
    if isinstance(prediction, IndependentProbabilities):
        return (Probabilities(prediction.names, probabilities or "uint8", exclusive=False, suffix=""),)
    check_classes(prediction.classes, free_nodata(prediction.classes))
    products: list[Product] = [ClassMap(prediction.classes, model.title, threshold)]
    if probabilities:
        products.append(Probabilities(prediction.names, probabilities, exclusive=True, suffix="-probabilities"))
    if confidence:
        products.append(Confidence(threshold))
    return tuple(products)


def named(path: Path, product: Product) -> Path:
    """Return the file of a product of the map of a path."""
    return path.with_name(f"{path.stem}{product.suffix}{path.suffix}")
