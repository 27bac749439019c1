"""What there is to learn from: labelled patches, whatever they were cut from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from convista.learning.data.splits import PARTS, Assignment
from convista.learning.tasks.label_rule import LabelRule
from convista.scenes import Band, ClassInfo

if TYPE_CHECKING:
    from convista.learning.tasks.task import Task

Strata = NDArray[np.int16]
"""Position of each sample's class among the classes, or −1 where it has none."""


class UnknownClass(NamedTuple):
    """A class of the labels that is none of those asked for, so that its samples are not scored."""

    value: int
    name: str
    samples: int


class Samples(Protocol):
    """Labelled patches that are cut when they are asked for, split into parts."""

    bands: tuple[Band, ...]
    sensor: str | None
    task: Task
    """What is asked of them, of which classes; uncalibrated."""
    others: tuple[ClassInfo, ...]
    """Of a binary task that tells one class from all others: those others."""
    patch: int
    """Rows and columns of a patch."""
    label_rule: LabelRule
    """What of the patch its target speaks of."""
    strata: Strata
    """The class of each sample, or the tenth that its value lies in: what is drawn and split by."""
    parts: dict[str, NDArray[np.int64]]
    """The samples of each part, by their position in `strata`."""
    split: dict[str, Any]
    """How the parts came about, in words and numbers that JSON can hold: enough to split the same data again."""

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What the data are recognised by, wherever they lie, as JSON can hold it; see `fingerprint`."""

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return patches, (samples, bands, patch, patch), with NaN where they are masked."""

    def targets(self, samples: NDArray[np.int64]) -> NDArray[Any]:
        """Return what is asked of each patch, as the task has it."""

    def scored(self, part: str) -> NDArray[np.int64]:
        """Return the samples that a part is scored by."""

    def scored_targets(self, samples: NDArray[np.int64], part: str) -> NDArray[Any]:
        """Return what is scored of each of them; what is not counts as unknown."""

    def groups(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return a number for each sample, the same for those that are not independent of each other."""

    def unknown_classes(self, part: str) -> list[UnknownClass]:
        """Return the classes of the labels that are none of the task's, with their samples of a part."""

    def training_values(self) -> Iterator[NDArray[np.float32]]:
        """Yield the values of the training part piece by piece, (bands, …), each pixel once, NaN where masked."""


def divided(strata: Strata, assignment: Assignment) -> dict[str, NDArray[np.int64]]:
    """Return the labelled samples of each part; a sample NOWHERE has none."""
    return {name: np.flatnonzero((assignment == part) & (strata >= 0)) for part, name in enumerate(PARTS)}


def counts(samples: Samples) -> dict[str, dict[str, Any]]:
    """Return for each part its number of samples, in all and of each class by name."""
    found: dict[str, dict[str, Any]] = {}
    for part, members in samples.parts.items():
        found[part] = {"samples": len(members)}
        if classes := samples.task.classes:
            each = np.bincount(samples.strata[members], minlength=len(classes)).tolist()
            found[part]["per_class"] = dict(zip((c.name for c in classes), each, strict=True))
    return found


def written(assignment: Assignment) -> str:
    """Write an assignment as one digit an element."""
    return "".join(map(str, assignment.ravel().tolist()))


def assignment_of(text: str) -> Assignment:
    """Read what `written` wrote, as one row."""
    return np.frombuffer(text.encode("ascii"), np.uint8).astype(np.int8) - ord("0")
