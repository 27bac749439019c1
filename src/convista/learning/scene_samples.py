"""Labelled patches of one scene: the labels are a raster on the scene's grid, the parts are spatial blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import say
from convista.learning.samples import Labels as Targets
from convista.learning.samples import assignment_of, divided, written
from convista.learning.splits import PARTS, assign_blocks, block_size, separate
from convista.scenes import ClassInfo, Grid, Labels, Scene, Window, covering, open_labels, whole

if TYPE_CHECKING:
    from convista.learning.run import Run

RULES = ("centre", "majority")
LARGEST_CLASS = 254
"""A map is of bytes, and 255 is its nodata value."""


class SceneSamples:
    """One sample a pixel: the patch around it, whose element ``patch // 2`` it is, and its label.

    The scene's bands and labels are held in memory, 4 bytes a band and pixel. A pixel is no sample where its label
    is nodata or it is masked in any band.

    Parameters
    ----------
    scene, labels
        Imagery, and its classes on the same grid: opened labels, or their file.
    bands
        Names of the bands to use; None for all.
    patch
        Rows and columns of a patch.
    rule
        ``"centre"``: a patch has the class of its centre. ``"majority"``: the class most frequent among the
        labelled pixels of the patch, the first of them where several are.
    block, seed
        Of the split by blocks (`splits.assign_blocks`); ``block`` None for a size that suits the scene.
    split
        A split already made, as in `split`; then ``block`` and ``seed`` are not used.

    Raises
    ------
    ConvistaError
        If the grids differ, the patch is larger than the scene, fewer than two classes occur where the scene has
        data, a class has a number that a map cannot hold, or there are fewer than three blocks.
    """

    def __init__(
        self,
        scene: Scene,
        labels: Labels | str | Path,
        *,
        bands: Sequence[str] | None = None,
        patch: int = 16,
        rule: str = "centre",
        block: int | None = None,
        seed: int = 0,
        split: Mapping[str, Any] | None = None,
    ) -> None:
        if rule not in RULES:
            raise ConvistaError("learning.unknown_rule", rule=rule, rules=", ".join(RULES))
        labels = labels if isinstance(labels, Labels) else open_labels(labels)
        if not scene.grid.same_as(labels.grid):
            differences = "; ".join(_differences(scene.grid, labels.grid))
            raise ConvistaError("learning.grids_differ", scene=scene.name, differences=differences)
        for name, number in (("patch", patch), ("block", block)):
            if number is not None and number < 1:
                raise ConvistaError("learning.number_not_positive", name=name, value=number)
        if patch > min(scene.shape):
            raise ConvistaError("learning.patch_larger", patch=patch, rows=scene.height, columns=scene.width)
        self.classes, targets = _targets(labels)
        pixels = scene.patch(whole(scene.shape), bands)
        self.bands, self.sensor, self.patch, self.label_rule = pixels.bands, scene.sensor, patch, rule
        before, after = patch // 2, patch - 1 - patch // 2
        self._around = np.pad(
            pixels.values.filled(np.nan), ((0, 0), (before, after), (before, after)), constant_values=np.nan
        )
        self._inside = self._around[:, before : before + scene.height, before : before + scene.width]
        self._width = scene.width

        if rule == "majority":
            targets = _most_frequent(targets, len(self.classes), before, after)
        targets[np.isnan(self._inside).any(axis=0)] = -1
        self.labels: Targets = targets.ravel()
        left = np.unique(targets[targets >= 0]).size
        if left == 0:
            raise ConvistaError("learning.no_sample", scene=scene.name)
        if left == 1:
            raise ConvistaError("learning.one_class", classes=left)

        if split is None:
            block = block or block_size(scene.shape, patch)
            assignment = assign_blocks(targets, block, seed)
        else:
            block = int(split["block"])
            if tuple(split["shape"]) != scene.shape:
                rows, columns = split["shape"]
                raise ConvistaError(
                    "learning.other_scene",
                    rows=scene.height,
                    columns=scene.width,
                    trained_rows=rows,
                    trained_columns=columns,
                )
            assignment = np.stack([assignment_of(row) for row in split["assignment"]])
        self.parts = divided(self.labels, separate(assignment, block, scene.shape, patch).ravel())
        self.split: dict[str, Any] = {
            "kind": "blocks",
            "shape": list(scene.shape),
            "block": block,
            "gap": 2 * (patch - 1),
            "blocks": {part: int((assignment == number).sum()) for number, part in enumerate(PARTS)},
            "assignment": [written(row) for row in assignment],
        }

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return patches, (samples, bands, patch, patch), with NaN where they are masked."""
        windows = sliding_window_view(self._around, (self.patch, self.patch), axis=(1, 2))
        rows, columns = np.divmod(samples, self._width)
        return windows[:, rows, columns].swapaxes(0, 1)

    def training_values(self) -> Iterator[NDArray[np.float32]]:
        """Yield the values of the pixels that are training samples, (bands, pixels)."""
        rows, columns = np.divmod(self.parts["train"], self._width)
        for some in np.array_split(np.arange(len(rows)), len(rows) // 1_000_000 + 1):
            yield self._inside[:, rows[some], columns[some]]


def blocks_of(run: Run, part: str) -> list[Window]:
    """Return the blocks of a part of the scene that a run was trained on, row by row.

    Raises
    ------
    ConvistaError
        If the run was not trained on a scene.
    """
    split = run.record["split"]
    if split["kind"] != "blocks":
        raise ConvistaError("learning.no_blocks", kind=split["kind"])
    windows = covering(tuple(split["shape"]), (split["block"], split["block"]))
    return [w for w, digit in zip(windows, "".join(split["assignment"]), strict=True) if PARTS[int(digit)] == part]


def _differences(scene: Grid, labels: Grid) -> list[str]:
    """Say in what two grids differ, with both values."""
    told: list[tuple[str, str, str]] = []
    if scene.crs != labels.crs:
        none = say("learning.grid_no_crs")
        here, there = (grid.crs.to_string() if grid.crs else none for grid in (scene, labels))
        told.append(("learning.grid_crs", here, there))
    if scene.shape != labels.shape:
        told.append(("learning.grid_shape", "{}×{}".format(*scene.shape), "{}×{}".format(*labels.shape)))
    if (pixel := _pixel(scene)) != _pixel(labels):
        told.append(("learning.grid_pixel", pixel, _pixel(labels)))
    if (origin := _origin(scene)) != _origin(labels):
        told.append(("learning.grid_origin", origin, _origin(labels)))
    return [say(key, here=here, there=there) for key, here, there in told]


def _pixel(grid: Grid) -> str:
    """Write the steps along a row and along a column, with their signs; both coordinates where they are oblique."""
    a, b, _, d, e, _ = grid.transform[:6]
    return f"{a:.10g} × {e:.10g}" if b == d == 0 else f"{a:.10g}, {d:.10g} × {b:.10g}, {e:.10g}"


def _origin(grid: Grid) -> str:
    return f"{grid.transform.c:.10g}, {grid.transform.f:.10g}"


def _targets(labels: Labels) -> tuple[tuple[ClassInfo, ...], Targets]:
    """Return the classes that occur, and the position of each pixel's class among them or −1."""
    values = labels.read()
    known = {c.value: c for c in labels.classes}
    occurring = [int(v) for v in np.unique(values.compressed())]
    if len(occurring) < 2:
        raise ConvistaError("learning.one_class", classes=len(occurring))
    if strange := [v for v in occurring if v not in known]:
        raise ConvistaError("learning.unlisted_class", value=strange[0], known=", ".join(map(str, known)))
    if large := [v for v in occurring if v > LARGEST_CLASS]:
        values_told = ", ".join(map(str, large[:5])) + (" …" if len(large) > 5 else "")
        raise ConvistaError("learning.class_too_large", values=values_told, largest=LARGEST_CLASS)
    places = np.searchsorted(occurring, values.filled(occurring[0])).astype(np.int16)
    places[np.ma.getmaskarray(values)] = -1
    return tuple(known[v] for v in occurring), places


def _most_frequent(targets: Targets, classes: int, before: int, after: int) -> Targets:
    """Return the most frequent class in the window of each pixel, −1 where none of it is labelled."""
    most = np.zeros(targets.shape, np.int32)
    winner = np.full(targets.shape, -1, np.int16)
    width = before + after + 1
    for number in range(classes):
        count = (targets == number).astype(np.int32)
        for _ in range(2):
            total = np.pad(count.T, ((before + 1, after), (0, 0))).cumsum(axis=0, dtype=np.int32)
            count = total[width:] - total[:-width]
        winner[count > most] = number
        most = np.maximum(most, count)
    return winner
