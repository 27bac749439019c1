"""Labelled patches that are files: a folder with one folder of images for each class, as EuroSAT has it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning.data.class_names import ListedClasses
from convista.learning.data.fingerprint import letters_of
from convista.learning.data.image_folder import ImageFolder, open_images
from convista.learning.data.samples import Strata, UnknownClass, assignment_of, divided, written
from convista.learning.data.splits import NOWHERE, PARTS, TEST, TRAIN, VALIDATION, WHOLE, Assignment, assign_samples
from convista.learning.data.targets import Numbering
from convista.learning.progress import Progress, silent
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.task import Task


class ImageSamples:
    """One sample a file; the folder it lies in names its class. Classes are numbered from 1, by name.

    All images are held in memory as they are stored.

    Parameters
    ----------
    folder
        Holds one folder a class, each with JPEG, PNG or TIFF files, all of the same square size; as it is opened by
        `open_images`, or its path.
    bands
        Names of the bands to use; None for all.
    positive
        The name of a class; then there are two, the others together and this one.
    seed
        Of the random split, in which every class has the same shares.
    lists
        Text files with one path a line, relative to the folder, for ``"train"``, ``"test"`` and, if there is one,
        ``"validation"``; else a twentieth of the training list, drawn at random from every class, serves for it.
        What a list names and was skipped is left out.
    split
        A split already made, as in `split`, or `WHOLE`.
    skip_bad
        Whether images that cannot be read, or are unlike most, are left out.
    numbering
        The classes, where they are those of a run; then some may be missing, and images of others are no sample and
        counted apart.

    Raises
    ------
    ConvistaError
        If there are no two classes, an image cannot be read or differs from most, bands cannot be named, or a list
        names a file that is not there.
    """

    label_rule = LabelRule.IMAGE

    def __init__(
        self,
        folder: ImageFolder | str | Path,
        *,
        bands: Sequence[str] | None = None,
        task: type[Task] = Multiclass,
        positive: str | None = None,
        seed: int = 0,
        lists: Mapping[str, str | Path] | None = None,
        split: Mapping[str, Any] | None = None,
        skip_bad: bool = False,
        numbering: Numbering | None = None,
        progress: Progress = silent,
    ) -> None:
        if self.label_rule not in task.label_rules:
            raise ConvistaError("learning.data.task_of_images", task=task.name)
        images = (folder if isinstance(folder, ImageFolder) else open_images(folder)).using(bands)
        folder, found, names = images.folder, images.files, images.folders
        self.source = images
        if len(names) < (2 if numbering is None else 1):
            raise ConvistaError("learning.data.no_class_folders", folder=folder, classes=len(names))
        listed = ListedClasses(str(folder), images.classes, given=False)
        numbering = numbering or Numbering.joined([listed], positive)
        self.task, self.others = task(numbering.classes), numbering.others
        positions, self._unknown_classes = numbering.positions(listed, images.classes)
        read = images.read(skip_bad=skip_bad, progress=progress)
        self._images, self.norm = read.values, read.norm
        self.bands, self.sensor = read.norm.bands, images.reading.sensor
        self.patch = self._images.shape[-1]

        self.files = files = [found[n] for n in read.kept]
        places = np.array([positions[names.index(f.parent.name)] for f in files], np.int16)
        self._unknown_places = places - len(self.task.classes)
        self.strata: Strata = np.where(self._unknown_places >= 0, -1, places).astype(np.int16)
        relative = [f.relative_to(folder).as_posix() for f in files]
        self._digest = hashlib.sha256("\n".join(relative).encode()).hexdigest()
        if split == WHOLE:
            assignment, kind = np.full(len(files), TEST, np.int8), str(WHOLE["kind"])
        elif split is not None:
            if split["files"] != self._digest:
                raise ConvistaError("learning.data.other_images", folder=folder)
            assignment, kind = assignment_of(split["assignment"]), str(split["kind"])
        elif lists:
            skipped = {f.relative_to(folder).as_posix() for f in set(found) - set(files)}
            assignment, kind = _listed(relative, self.strata, lists, seed, skipped), "lists"
        else:
            assignment, kind = assign_samples(self.strata, seed), "random"
        self.assign(assignment, kind)

    def assign(self, assignment: Assignment, kind: str) -> None:
        """Split the images anew.

        Parameters
        ----------
        assignment
            The part of each.
        kind
            How that came about.
        """
        self._assignment = assignment
        self.parts = divided(self.strata, assignment)
        self.split: dict[str, Any] = {"kind": kind, "files": self._digest, "assignment": written(assignment)}

    @cached_property
    def letters(self) -> list[str]:
        """What each image is recognised by, see `letters_of`."""
        return letters_of(self._images)

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What the images are recognised by, each for itself."""
        return {"kind": "images", "images": "".join(self.letters), "assignment": self.split["assignment"]}

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return images, (samples, bands, rows, columns), with NaN where they are masked."""
        return self._images[samples].astype(np.float32)

    def targets(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the position of each image's class, (samples,)."""
        return self.strata[samples].astype(np.int64)

    def scored(self, part: str) -> NDArray[np.int64]:
        """Return all samples of a part."""
        return self.parts[part]

    def scored_targets(self, samples: NDArray[np.int64], part: str) -> NDArray[np.int64]:
        """Return `targets`, of any part."""
        del part
        return self.targets(samples)

    def groups(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the samples themselves: nothing is known of which images belong together."""
        return samples

    def unknown_classes(self, part: str) -> list[UnknownClass]:
        """Return the classes that are none of the task's, with their images of a part."""
        inside = self._unknown_places[(self._assignment == PARTS.index(part)) & (self._unknown_places >= 0)]
        count = np.bincount(inside, minlength=len(self._unknown_classes))
        return [
            UnknownClass(one.value, one.name, int(n)) for one, n in zip(self._unknown_classes, count, strict=True)
        ]

    def training_values(self) -> Iterator[NDArray[np.float32]]:
        """Yield the values of the training images, (bands, images, rows, columns)."""
        train = self.parts["train"]
        for some in np.array_split(train, len(train) // 1000 + 1):
            yield self.values(some).swapaxes(0, 1)


def _listed(
    files: Sequence[str], labels: Strata, lists: Mapping[str, str | Path], seed: int, skipped: set[str]
) -> Assignment:
    """Return the part of each file by the lists."""
    if not {"train", "test"} <= set(lists) <= set(PARTS):
        raise ConvistaError("learning.data.lists", given=", ".join(lists))
    positions = {file: number for number, file in enumerate(files)}
    assignment = np.full(len(files), NOWHERE, np.int8)
    for name, list_file in lists.items():
        try:
            lines = Path(list_file).read_text(encoding="utf-8").split("\n")
        except OSError as error:
            reason = error.strerror or error
            raise ConvistaError("learning.data.unreadable_list", file=list_file, reason=reason) from error
        for line in filter(None, map(str.strip, lines)):
            if line in skipped:
                continue
            if line not in positions:
                raise ConvistaError("learning.data.not_in_folder", list=list_file, file=line)
            if assignment[positions[line]] not in {NOWHERE, PARTS.index(name)}:
                raise ConvistaError("learning.data.in_two_lists", file=line, list=list_file)
            assignment[positions[line]] = PARTS.index(name)
    if "validation" not in lists:
        rng = np.random.default_rng(seed)
        for value in np.unique(labels):
            members = rng.permutation(np.flatnonzero((labels == value) & (assignment == TRAIN)))
            assignment[members[: -(-len(members) // 20)]] = VALIDATION
    return assignment
