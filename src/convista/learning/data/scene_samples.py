"""Labelled patches of one scene: what is known of the ground is a raster, the parts are spatial blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import listed
from convista.learning.data.fingerprint import fingerprint_of_scene
from convista.learning.data.samples import Strata, UnknownClass, assignment_of, written
from convista.learning.data.splits import NOWHERE, PARTS, TEST, WHOLE, assign_blocks, block_size, separate
from convista.learning.data.targets import Reference, Truth, most_frequent, present
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.target import Target
from convista.learning.tasks.task import Task
from convista.scenes import Scene, Window, covering, whole
from convista.scenes.files.memory import check_room

if TYPE_CHECKING:
    from convista.learning.runs.run import Run

HELD = 18
"""Bytes of a pixel of one band while samples are made: read, filled, and with a border."""


class SceneSamples:
    """One sample a pixel: the patch around it, whose element ``patch // 2`` it is, and what is asked of it.

    The scene's bands and labels are held in memory, 4 bytes a band and pixel. A pixel is no sample where nothing is
    known of it or it is masked in any band.

    Parameters
    ----------
    scene, labels
        Imagery, and a raster of classes, a file of shapes or, for a regression, a raster of values; opened, or its
        file. On another grid it is brought to the scene's, see `targets`. Or what is known on the scene's grid
        already: then classes may be missing from it, and those that are `Truth.unknown` are counted apart.
    bands
        Names of the bands to use; None for all.
    patch
        Rows and columns of a patch.
    task
        What is asked, one of `registry.TASKS`.
    rule
        What of a patch its target speaks of.
    positive, attribute
        See `Task.truths`.
    block, seed
        Of the split by blocks (`splits.assign_blocks`); ``block`` None for a size that suits the scene.
    split
        A split already made, as in `split`, or `WHOLE`, which may name windows that are left out, ``without``; then
        ``block`` and ``seed`` are not used.
    target
        Of a regression: what values are standardised by, if not by those of the training part.

    Raises
    ------
    ConvistaError
        If the scene does not fit into memory, the patch is larger than it, the task cannot be asked so, fewer than
        two classes occur where the scene has data, a class has a number that a map cannot hold, or there are fewer
        than three blocks.
    """

    def __init__(
        self,
        scene: Scene,
        labels: Reference | Truth,
        *,
        bands: Sequence[str] | None = None,
        patch: int = 16,
        task: type[Task] = Multiclass,
        rule: LabelRule = LabelRule.CENTRE,
        positive: str | None = None,
        attribute: str | None = None,
        block: int | None = None,
        seed: int = 0,
        split: Mapping[str, Any] | None = None,
        target: Target | None = None,
    ) -> None:
        _check(scene, task, rule, patch, block)
        chosen = scene.patch(Window(0, 0, 1, 1), bands).bands
        check_room(scene.name, scene.shape, len(chosen), HELD)
        truth = labels
        if not isinstance(truth, Truth):
            (truth,) = task.truths([(scene, truth)], attribute, positive=positive)
        self.patch, self.label_rule, self.others = patch, rule, truth.others
        pixels = scene.patch(whole(scene.shape), bands)
        self.bands, self.sensor = pixels.bands, scene.sensor
        self._before, self._after = patch // 2, patch - 1 - patch // 2
        self._around = self._bordered(pixels.values.filled(np.nan), np.nan)
        self._inside = self._around[:, self._before :, self._before :][:, : scene.height, : scene.width]
        self._grid, self._width = scene.grid, scene.width
        unseen = np.isnan(self._inside).any(axis=0)
        if unseen.all():
            names = [band.name for band in pixels.bands]
            told = {"bands": listed(names), "rules": scene.why_masked(names)}
            raise ConvistaError("learning.data.no_sample_masked", scene=scene.name, **told)

        strata = truth.strata.copy()
        if rule is LabelRule.MAJORITY:
            strata = most_frequent(strata, len(truth.classes) + len(truth.unknown), self._before, self._after)
        strata[unseen] = -1
        asked = strata.copy() if rule is LabelRule.MAJORITY else truth.targets.copy()
        asked[unseen] = task.unknown
        self._unknown_classes, self._unknown_places = truth.unknown, _taken_out(strata, truth)
        _taken_out(asked, truth)
        self.strata: Strata = strata.ravel()
        if (self.strata < 0).all() and (self._unknown_places < 0).all():
            raise ConvistaError("learning.data.no_sample", scene=scene.name)
        if labels is not truth:
            check_two_classes(self.strata, task)
        if rule is LabelRule.PRESENT:
            asked = present(asked, truth.classes, self._before, self._after)
        self._asked = asked

        assignment, block = _assignment(scene, strata, patch, block, seed, split)
        self._parts = separate(assignment, block, scene.shape, patch)
        for window in (split or {}).get("without", ()):
            self._leave_out(Window(*window))
        parts = self._parts.ravel()
        self.parts = {name: np.flatnonzero((parts == n) & (self.strata >= 0)) for n, name in enumerate(PARTS)}
        values = truth.targets.ravel()[self.parts["train"]]
        self.task = task(truth.classes, target=target or task.target_of(values, truth.unit))
        self.split: dict[str, Any] = {
            "kind": "blocks",
            "shape": list(scene.shape),
            "block": block,
            "gap": 2 * (patch - 1),
            "warped": truth.warped,
            "blocks": {part: int((assignment == number).sum()) for number, part in enumerate(PARTS)},
            "assignment": [written(row) for row in assignment],
        }
        if _is_whole(split):
            self.split |= {**split, "gap": 0}

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return patches, (samples, bands, patch, patch), with NaN where they are masked."""
        return self._windows(self._around, samples).swapaxes(0, 1)

    def targets(self, samples: NDArray[np.int64]) -> NDArray[Any]:
        """Return what is asked of each patch: (samples,), (samples, classes) or (samples, patch, patch)."""
        rows, columns = np.divmod(samples, self._width)
        if self.label_rule.of_pixels:
            return self.task.targets(self._windows(self._asked_around, samples))
        return self.task.targets(self._asked[..., rows, columns].T)

    def scored(self, part: str) -> NDArray[np.int64]:
        """Return the samples that a part is scored by: all, or, of pixels, as many as see each pixel once."""
        if not self.label_rule.of_pixels:
            return self.parts[part]
        step = self._cell
        centres = np.zeros(self._parts.shape, bool)
        centres[step // 2 :: step, step // 2 :: step] = True
        return np.flatnonzero(centres & (self._parts == PARTS.index(part)))

    def scored_targets(self, samples: NDArray[np.int64], part: str) -> NDArray[Any]:
        """Return targets to score: those of `targets`, but of pixels only the part's own, and each of them once."""
        asked = self.targets(samples)
        if not self.label_rule.of_pixels:
            return asked
        own = self._windows(self._parts_around, samples) == PARTS.index(part)
        first = self._before - self._cell // 2
        middle = slice(first, first + self._cell)
        once = np.zeros((self.patch, self.patch), bool)
        once[middle, middle] = True
        return np.where(own & once, asked, self.task.unknown)

    def unknown_classes(self, part: str) -> list[UnknownClass]:
        """Return the classes that are none of the task's, with the patches or pixels of a part that are of them."""
        inside = self._parts == PARTS.index(part)
        count = np.bincount(
            self._unknown_places[inside & (self._unknown_places >= 0)], minlength=len(self._unknown_classes)
        )
        return [
            UnknownClass(one.value, one.name, int(n)) for one, n in zip(self._unknown_classes, count, strict=True)
        ]

    @cached_property
    def fingerprint(self) -> dict[str, Any]:
        """What the scene is recognised by, see `fingerprint_of_scene`."""
        return fingerprint_of_scene(self._grid, self._inside)

    def training_values(self) -> Iterator[NDArray[np.float32]]:
        """Yield the values of the pixels that are training samples, (bands, pixels)."""
        rows, columns = np.divmod(self.parts["train"], self._width)
        for some in np.array_split(np.arange(len(rows)), len(rows) // 1_000_000 + 1):
            yield self._inside[:, rows[some], columns[some]]

    def groups(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of the block that each sample lies in: those of one block are not independent."""
        rows, columns = np.divmod(samples, self._width)
        block = int(self.split["block"])
        numbers: NDArray[np.int64] = rows // block * (self._width // block + 1) + columns // block
        return numbers

    @cached_property
    def _asked_around(self) -> NDArray[Any]:
        return self._bordered(self._asked, self.task.unknown)

    @cached_property
    def _parts_around(self) -> NDArray[np.int8]:
        return self._bordered(self._parts, NOWHERE)

    def _leave_out(self, window: Window) -> None:
        """Leave out every sample whose patch reads a pixel of a window."""
        row, column, height, width = window
        rows = slice(max(0, row - self._after), max(0, row + height + self._before))
        columns = slice(max(0, column - self._after), max(0, column + width + self._before))
        self._parts[rows, columns] = NOWHERE

    @property
    def _cell(self) -> int:
        """Rows and columns of a patch of pixels that are scored: its middle, where it sees around."""
        return max(1, self.patch // 2)

    def _bordered(self, values: NDArray[Any], beyond: float) -> NDArray[Any]:
        """Add what the patches of pixels at the edge hold beyond it."""
        around = [(0, 0)] * (values.ndim - 2) + [(self._before, self._after)] * 2
        return np.pad(values, around, constant_values=beyond)

    def _windows(self, bordered: NDArray[Any], samples: NDArray[np.int64]) -> NDArray[Any]:
        windows = sliding_window_view(bordered, (self.patch, self.patch), axis=(-2, -1))
        rows, columns = np.divmod(samples, self._width)
        return windows[..., rows, columns, :, :]


def blocks_of(run: Run, part: str) -> list[Window]:
    """Return the blocks of a part of the scene that a run was trained on, row by row.

    Raises
    ------
    ConvistaError
        If the run was not trained on a scene.
    """
    split = run.record["split"]
    if split["kind"] != "blocks":
        raise ConvistaError("learning.data.no_blocks", kind=split["kind"])
    windows = covering(tuple(split["shape"]), (split["block"], split["block"]))
    return [w for w, digit in zip(windows, "".join(split["assignment"]), strict=True) if PARTS[int(digit)] == part]


def _check(scene: Scene, task: type[Task], rule: LabelRule, patch: int, block: int | None) -> None:
    allowed = sorted(one for one in task.label_rules if one.of_scenes)
    if rule not in allowed:
        raise ConvistaError("learning.data.rule_of_task", rule=rule, task=task.name, rules=", ".join(allowed))
    for name, number in (("patch", patch), ("block", block)):
        if number is not None and number < 1:
            raise ConvistaError("learning.number_not_positive", name=name, value=number)
    if patch > min(scene.shape):
        raise ConvistaError("learning.data.patch_larger", patch=patch, rows=scene.height, columns=scene.width)


def check_two_classes(labels: Strata, task: type[Task]) -> None:
    """See that there are two classes to be told apart, unless values are asked; ConvistaError if not."""
    task.check_occurring(np.unique(labels[labels >= 0]).size)


def _taken_out(positions: NDArray[Any], truth: Truth) -> NDArray[np.int16]:
    """Take unknown classes out, in place, and return which of them each pixel has, or −1."""
    unknown = np.full(positions.shape, -1, np.int16)
    if truth.unknown:
        beyond = positions >= len(truth.classes)
        unknown[beyond] = positions[beyond] - len(truth.classes)
        positions[beyond] = -1
    return unknown


def _assignment(
    scene: Scene,
    strata: NDArray[np.int16],
    patch: int,
    block: int | None,
    seed: int,
    split: Mapping[str, Any] | None,
) -> tuple[NDArray[np.int8], int]:
    """Return the part of each block, new or as it was, and the size of a block; a whole scene is all test."""
    if _is_whole(split):
        block = block_size(scene.shape, patch)
        rows, columns = (-(-size // block) for size in scene.shape)
        return np.full((rows, columns), TEST, np.int8), block
    if split is None:
        block = block or block_size(scene.shape, patch)
        return assign_blocks(strata, block, seed), block
    if tuple(split["shape"]) != scene.shape:
        rows, columns = split["shape"]
        here = {"rows": scene.height, "columns": scene.width}
        raise ConvistaError("learning.data.other_scene", **here, trained_rows=rows, trained_columns=columns)
    return np.stack([assignment_of(row) for row in split["assignment"]]), int(split["block"])


def _is_whole(split: Mapping[str, Any] | None) -> TypeGuard[Mapping[str, Any]]:
    return split is not None and split["kind"] == WHOLE["kind"]
