"""Labelled patches of several scenes as one: each keeps its own grid, CRS and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning.comparability import far_bands, otherwise_scaled, scaling, told
from convista.learning.samples import Labels, Target
from convista.learning.scene_samples import SceneSamples
from convista.learning.splits import PARTS
from convista.learning.statistics import band_statistics
from convista.scenes import ClassInfo


class SeveralScenes:
    """The samples of all scenes, numbered one scene after another.

    A class is the same in two scenes if it has the same value there; its name and colour are the first's.

    Parameters
    ----------
    scenes
        Of the same bands, patch and task.
    by_name
        Whether the names of bands are enough; else their values must mean the same, see `comparability`.

    Raises
    ------
    ConvistaError
        If their bands, sensors or scalings differ, or their values lie far apart; or a class has two names.
    """

    def __init__(self, scenes: Sequence[SceneSamples], *, by_name: bool = False) -> None:
        first = scenes[0]
        _check_alike(scenes, by_name)
        self._scenes = tuple(scenes)
        self._starts = np.cumsum([0, *(len(one.labels) for one in scenes)])
        self.bands, self.sensor, self.patch = first.bands, first.sensor, first.patch
        self.label_rule, self.task = first.label_rule, first.task
        self.classes = _joined(scenes)
        values = [c.value for c in self.classes]
        # One more place, so that −1 stays −1.
        self._places = [np.array([*(values.index(c.value) for c in one.classes), -1], np.int64) for one in scenes]
        tenths = self.task == "regression"
        labels = [one.labels if tenths else self._placed(n, one.labels) for n, one in enumerate(scenes)]
        self.labels: Labels = np.concatenate(labels).astype(np.int16)
        shifted = zip(scenes, self._starts, strict=False)
        moved = [{part: members + start for part, members in one.parts.items()} for one, start in shifted]
        self.parts = {part: np.concatenate([parts[part] for parts in moved]) for part in PARTS}
        self.target = _target(scenes)
        for one in scenes:
            one.target = self.target
        self.split: dict[str, Any] = {"kind": "scenes", "scenes": [one.split for one in scenes]}

    def values(self, samples: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return patches, (samples, bands, patch, patch), with NaN where they are masked."""
        return self._gathered(samples, lambda n, own: self._scenes[n].values(own))

    def targets(self, samples: NDArray[np.int64]) -> NDArray[Any]:
        """Return what is asked of each patch, as `SceneSamples.targets`."""
        return self._gathered(samples, lambda n, own: self._renamed(n, self._scenes[n].targets(own)))

    def scored(self, part: str) -> NDArray[np.int64]:
        """Return the samples that a part is scored by."""
        each = zip(self._scenes, self._starts, strict=False)
        return np.concatenate([one.scored(part) + start for one, start in each])

    def scored_targets(self, samples: NDArray[np.int64], part: str) -> NDArray[Any]:
        """Return what is scored of each of them, as `SceneSamples.scored_targets`."""
        return self._gathered(samples, lambda n, own: self._renamed(n, self._scenes[n].scored_targets(own, part)))

    def groups(self, samples: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the number of the block that each sample lies in, none of two scenes the same."""
        many = 1 + max(int(one.groups(np.array([len(one.labels) - 1]))[0]) for one in self._scenes)
        return self._gathered(samples, lambda n, own: self._scenes[n].groups(own) + n * many)

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

    def _renamed(self, scene: int, targets: NDArray[Any]) -> NDArray[Any]:
        """Return targets with the positions that classes have among all scenes."""
        if self.task == "regression":
            return targets
        if self.label_rule != "present":
            return self._placed(scene, targets)
        spread = np.zeros((len(targets), len(self.classes)), targets.dtype)
        spread[:, self._places[scene][:-1]] = targets
        return spread

    def _placed(self, scene: int, positions: NDArray[Any]) -> NDArray[np.int64]:
        placed: NDArray[np.int64] = self._places[scene][positions]
        return placed


def _check_alike(scenes: Sequence[SceneSamples], by_name: bool) -> None:
    first = scenes[0]
    names = [band.name for band in first.bands]
    mean, std = band_statistics(first.training_values())
    for n, one in enumerate(scenes[1:], 2):
        own = [band.name for band in one.bands]
        if own != names:
            raise _apart("bands", n, ", ".join(own), ", ".join(names))
        if by_name:
            continue
        if one.sensor != first.sensor:
            raise _apart("sensor", n, one.sensor, first.sensor)
        if pair := otherwise_scaled(one.bands, first.bands):
            raise _apart("scaling", n, *map(scaling, pair), band=pair[0].name)
        for values in one.training_values():
            if far := far_bands(names, values, mean, std):
                raise ConvistaError("learning.scenes_far", number=n, bands="; ".join(map(told, far)))


def _apart(what: str, number: int, here: str | None, there: str | None, **more: str) -> ConvistaError:
    return ConvistaError(f"learning.scenes_differ_{what}", number=number, here=here, there=there, **more)


def _joined(scenes: Sequence[SceneSamples]) -> tuple[ClassInfo, ...]:
    known: dict[int, ClassInfo] = {}
    for one in scenes:
        for c in one.classes:
            other = known.setdefault(c.value, c)
            if other.name != c.name:
                raise ConvistaError("learning.class_of_two_names", value=c.value, names=f"{other.name}, {c.name}")
    return tuple(known[value] for value in sorted(known))


def _target(scenes: Sequence[SceneSamples]) -> Target | None:
    """Return the mean and deviation of all values trained on (Chan et al. 1979); None without values."""
    targets = [(one.target, len(one.parts["train"])) for one in scenes if one.target is not None]
    count = sum(n for _, n in targets)
    if not count:
        return None
    mean = sum(t.mean * n for t, n in targets) / count
    square = sum((t.std**2 + (t.mean - mean) ** 2) * n for t, n in targets) / count
    return Target(mean, float(np.sqrt(square)), targets[0][0].unit)
