"""Labelled patches of several scenes as one: each keeps its own grid, CRS and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning.data.comparability import far_bands, otherwise_scaled, scaling, told
from convista.learning.data.samples import Strata, UnknownClass
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.data.splits import PARTS
from convista.learning.data.statistics import band_statistics
from convista.learning.tasks.target import Target


class SeveralScenes:
    """The samples of all scenes, numbered one scene after another.

    Parameters
    ----------
    scenes
        Of the same bands, patch, task and classes: one numbering for all, see `targets.Numbering`.
    target
        Of a regression: what values are standardised by, if not by those of all training parts.
    by_name
        Whether the names of bands are enough; else their values must mean the same, see `comparability`.

    Raises
    ------
    ConvistaError
        If their bands, sensors, scalings or the units of their values differ, or their values lie far apart.
    """

    def __init__(
        self, scenes: Sequence[SceneSamples], target: Target | None = None, *, by_name: bool = False
    ) -> None:
        first = scenes[0]
        _check_alike(scenes, by_name)
        if any(one.task.classes != first.task.classes for one in scenes):
            raise ValueError("scenes whose classes are numbered each for itself")
        self._scenes = tuple(scenes)
        self._starts = np.cumsum([0, *(len(one.strata) for one in scenes)])
        self.bands, self.sensor, self.patch = first.bands, first.sensor, first.patch
        self.label_rule, self.others = first.label_rule, first.others
        self.task = replace(first.task, target=target or _target(scenes))
        self.strata: Strata = np.concatenate([one.strata for one in scenes])
        shifted = zip(scenes, self._starts, strict=False)
        moved = [{part: members + start for part, members in one.parts.items()} for one, start in shifted]
        self.parts = {part: np.concatenate([parts[part] for parts in moved]) for part in PARTS}
        for one in scenes:
            one.task = self.task
        self.split: dict[str, Any] = {"kind": "scenes", "scenes": [one.split for one in scenes]}

    @property
    def fingerprint(self) -> dict[str, Any]:
        """What the scenes are recognised by, each for itself."""
        return {"kind": "scenes", "scenes": [one.fingerprint for one in self._scenes]}

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return patches, (samples, bands, patch, patch), with NaN where they are masked."""
        return self._gathered(samples, lambda n, own: self._scenes[n].values(own))

    def targets(self, samples: NDArray[np.int64]) -> NDArray[Any]:
        """Return what is asked of each patch, as `SceneSamples.targets`."""
        return self._gathered(samples, lambda n, own: self._scenes[n].targets(own))

    def scored(self, part: str) -> NDArray[np.int64]:
        """Return the samples that a part is scored by."""
        each = zip(self._scenes, self._starts, strict=False)
        return np.concatenate([one.scored(part) + start for one, start in each])

    def scored_targets(self, samples: NDArray[np.int64], part: str) -> NDArray[Any]:
        """Return what is scored of each of them, as `SceneSamples.scored_targets`."""
        return self._gathered(samples, lambda n, own: self._scenes[n].scored_targets(own, part))

    def groups(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of the block that each sample lies in, none of two scenes the same."""
        many = 1 + max(int(one.groups(np.array([len(one.strata) - 1]))[0]) for one in self._scenes)
        return self._gathered(samples, lambda n, own: self._scenes[n].groups(own) + n * many)

    def unknown_classes(self, part: str) -> list[UnknownClass]:
        """Return the classes that are none of the task's, with their samples of a part in all scenes."""
        found: dict[str, UnknownClass] = {}
        for one in (one for scene in self._scenes for one in scene.unknown_classes(part)):
            before = found.get(one.name, one._replace(samples=0))
            found[one.name] = before._replace(samples=before.samples + one.samples)
        return list(found.values())

    def training_values(self) -> Iterator[NDArray[np.float32]]:
        """Yield the values of the pixels that are training samples, (bands, pixels)."""
        for one in self._scenes:
            yield from one.training_values()

    def _gathered(self, samples: NDArray[np.int64], ask: Any) -> NDArray[Any]:
        """Ask each scene for its own samples and put the answers back in order."""
        owner = np.searchsorted(self._starts, samples, side="right") - 1
        order = np.argsort(owner, kind="stable")
        answers = [
            ask(n, samples[owner == n] - self._starts[n]) for n in range(len(self._scenes)) if (owner == n).any()
        ]
        joined = np.concatenate(answers) if answers else ask(0, samples)
        back = np.empty_like(joined)
        back[order] = joined
        return back


def _check_alike(scenes: Sequence[SceneSamples], by_name: bool) -> None:
    first = scenes[0]
    names = [band.name for band in first.bands]
    mean, std = band_statistics(first.training_values())
    for n, one in enumerate(scenes[1:], 2):
        own = [band.name for band in one.bands]
        if own != names:
            raise _apart("bands", n, ", ".join(own), ", ".join(names), count=len(own))
        if by_name:
            continue
        units = [scene.task.target and scene.task.target.unit for scene in (one, first)]
        if units[0] != units[1]:
            raise _apart("unit", n, *units)
        if one.sensor != first.sensor:
            raise _apart("sensor", n, one.sensor, first.sensor)
        if pair := otherwise_scaled(one.bands, first.bands):
            raise _apart("scaling", n, *map(scaling, pair), band=pair[0].name)
        for values in one.training_values():
            if far := far_bands(names, values, mean, std):
                raise ConvistaError("learning.data.scenes_far", number=n, bands="; ".join(map(told, far)))


def _apart(what: str, number: int, here: str | None, there: str | None, **more: object) -> ConvistaError:
    return ConvistaError(f"learning.data.scenes_differ_{what}", number=number, here=here, there=there, **more)


def _target(scenes: Sequence[SceneSamples]) -> Target | None:
    """Return the mean and deviation of all values trained on (Chan et al. 1979); None without values."""
    targets = [(one.task.target, len(one.parts["train"])) for one in scenes if one.task.target is not None]
    count = sum(n for _, n in targets)
    if not count:
        return None
    mean = sum(t.mean * n for t, n in targets) / count
    square = sum((t.std**2 + (t.mean - mean) ** 2) * n for t, n in targets) / count
    return Target(mean, float(np.sqrt(square)), targets[0][0].unit)
