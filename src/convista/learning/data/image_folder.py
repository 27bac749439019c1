"""A folder that holds a folder of images for each class, and how its images are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.data.comparability import far_bands, otherwise_scaled, scaling, told
from convista.learning.data.image_file import Reading
from convista.learning.data.image_files import SUFFIXES, Images, Norm, norm_of, read_images
from convista.learning.progress import Progress, silent
from convista.scenes import ClassInfo, colours_for
from convista.scenes.bands.sensors import sensor_named
from convista.scenes.labels.class_names import ClassNames, name_classes

if TYPE_CHECKING:
    from convista.learning.runs.run import Run

LOOKED_AT = 64
"""Images whose values are compared with those of a training."""
MOST_CLASSES = 254
"""Classes are numbered from 1, and 255 is the nodata value of a map."""


@dataclass(frozen=True, repr=False)
class ImageFolder:
    """Images in folders of classes. Made by `open_images`; nothing is read before it is asked for."""

    folder: Path
    reading: Reading
    class_names: ClassNames | None = None

    def __repr__(self) -> str:
        return f"<ImageFolder {self.folder}: {len(self.files)} images in {listed(self.folders)}>"

    @cached_property
    def files(self) -> list[Path]:
        """All images, by name."""
        return images_in(self.folder)

    @cached_property
    def folders(self) -> list[str]:
        """Names of the folders that hold images, in order."""
        return sorted({file.parent.name for file in self.files})

    @property
    def classes(self) -> tuple[ClassInfo, ...]:
        """The classes, in the order of `folders`, numbered from 1.

        Raises
        ------
        ConvistaError
            If there are too many, or the names do not fit.
        """
        if len(self.folders) > MOST_CLASSES:
            told = {"classes": len(self.folders), "most": MOST_CLASSES}
            raise ConvistaError("learning.data.too_many_folders", folder=self.folder, **told)
        names = name_classes(str(self.folder), dict(enumerate(self.folders, 1)), self.class_names)
        colours = colours_for(list(names.values()), [None] * len(names))
        return tuple(ClassInfo(*one) for one in zip(names, names.values(), colours, strict=True))

    def using(self, bands: Sequence[str] | None) -> ImageFolder:
        """Return the same images, of which only some bands are used, in this order; None for all."""
        used = None if bands is None else tuple(bands)
        return replace(self, reading=replace(self.reading, used=used))

    def norm(self, patch: int | None = None) -> Norm:
        """Return what most images are; ConvistaError as of `norm_of`."""
        return norm_of(self.files, self.reading, patch)

    def read(
        self,
        files: Sequence[Path] | None = None,
        *,
        norm: Norm | None = None,
        skip_bad: bool = False,
        progress: Progress = silent,
    ) -> Images:
        """Read images, see `read_images`; all, or some of `files`."""
        some = self.files if files is None else files
        return read_images(some, self.reading, norm=norm, skip_bad=skip_bad, progress=progress)


def check_images(run: Run, images: ImageFolder, norm: Norm) -> None:
    """See that images mean what those of a training meant, as `Run.check` does of a scene.

    A few of them, which lie evenly among all, are compared with the statistics of the training.

    Raises
    ------
    ConvistaError
        If the sensor or a unit differs, only one is scaled, or values lie far from those of the training.
    """
    if None not in {run.sensor, images.reading.sensor} and images.reading.sensor != run.sensor:
        sensors = {"sensor": images.reading.sensor, "trained": run.sensor}
        raise ConvistaError("learning.sensors_differ", scene=images.folder, **sensors)
    if pair := otherwise_scaled(run.bands, norm.bands):
        trained, here = map(scaling, pair)
        told_of = {"band": pair[0].name, "here": here, "trained": trained}
        raise ConvistaError("learning.scalings_differ", scene=images.folder, **told_of)
    evenly = np.linspace(0, len(images.files) - 1, min(LOOKED_AT, len(images.files))).round().astype(int)
    values = images.read([images.files[n] for n in evenly], norm=norm, skip_bad=True).values
    spread = values.astype(np.float32).swapaxes(0, 1).reshape(len(norm.bands), -1)
    if far := far_bands(run.band_names, spread, run.mean, run.std):
        raise ConvistaError("learning.values_far", scene=images.folder, bands="; ".join(map(told, far)))


def open_images(
    folder: str | Path,
    bands: Sequence[str] | str | None = None,
    sensor: str | None = None,
    *,
    scale: float | None = None,
    offset: float | None = None,
    nodata: float | None = None,
    class_names: ClassNames | None = None,
) -> ImageFolder:
    """Open a folder that holds one folder of JPEG, PNG or TIFF images for each class. Nothing is read yet.

    A TIFF is read as a scene is: its bands by their descriptions, whatever their order; its scale, offset, nodata
    value, mask and alpha count. A pixel that is transparent in a PNG is masked; 16 bits stay 16 bits.

    Parameters
    ----------
    folder
        The folder.
    bands
        Names of the bands to use, in order; None for all. Images of three bands that no description names are red,
        green, blue; others have as many names as bands, in order.
    sensor
        What the ids in the descriptions mean, and what a run is compared by.
    scale, offset
        Scaled value = raw · scale + offset, in place of what files say.
    nodata
        A raw value that means no datum, besides those that files say.
    class_names
        Names of the classes in place of the folders': one for each, in the order of the folders' names, or a
        mapping from their numbers, which are from 1.

    Raises
    ------
    ConvistaError
        If the sensor is not known, or a factor is impossible.
    """
    if scale == 0 or not all(isfinite(factor or 0) for factor in (scale, offset)):
        told_of = {"band": bands or "–", "scale": scale, "offset": offset}
        raise ConvistaError("scenes.factor_impossible", source=folder, **told_of)
    chosen = bands.split(",") if isinstance(bands, str) else bands
    names = None if chosen is None else tuple(name.strip() for name in chosen)
    known = sensor_named(sensor) if sensor else None
    reading = Reading(bands=names, sensor=known, scale=scale, offset=offset, nodata=nodata)
    return ImageFolder(Path(folder), reading, class_names)


def images_in(folder: Path) -> list[Path]:
    """Return the images in the folders that a folder holds, by name."""
    found = (file for file in folder.glob("*/*") if file.suffix.lower() in SUFFIXES)
    return sorted(file for file in found if not file.name.startswith(".") and not file.parent.name.startswith("."))


def has_class_folders(folder: Path) -> bool:
    """Whether images lie in the folders that a folder holds, and none in itself, as bands of a scene would."""
    if not folder.is_dir() or folder.suffix.upper() == ".SAFE":
        return False
    own = {file.suffix.lower() for file in folder.iterdir() if file.is_file()}
    return bool(images_in(folder)) and not own & (SUFFIXES | {".jp2", ".vrt"})
