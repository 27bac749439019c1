"""Which data a run is scored on: those of its training, split as they were then, or others, all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.learning.data.fingerprint import Compared, compared, parts_by_letters
from convista.learning.data.image_folder import check_images
from convista.learning.data.image_samples import ImageSamples
from convista.learning.data.samples import Samples, assignment_of
from convista.learning.data.scene_samples import SceneSamples
from convista.learning.data.several_scenes import SeveralScenes
from convista.learning.data.sources import Data, References, folder_of_images, scenes_with_labels
from convista.learning.data.splits import NOWHERE, PARTS, VALIDATION, WHOLE
from convista.learning.data.statistics import band_statistics
from convista.learning.data.targets import Numbering, Reference, Truth
from convista.learning.progress import Progress, silent
from convista.learning.runs.run import Run
from convista.learning.tasks.binary import Binary
from convista.scenes import ClassInfo, Scene, open_scene

ALL = "all"
"""In place of a part, of data that nothing was learned from."""


class Stated(NamedTuple):
    """What the caller says of the data."""

    part: str | None = None
    """To score, of those of the training; None for the test part, and for all of others."""
    independent: bool = False
    """That nothing was learned from them."""
    by_name: bool = False
    """That bands are the same if their names are."""
    skip_bad: bool = False
    """That images that cannot be read are left out."""


class ScoringSamples(NamedTuple):
    """What a run is scored on."""

    samples: Samples
    part: str
    """Of the samples."""
    facts: dict[str, Any]
    """What a report says of them; JSON can hold it."""


def samples_to_score(
    run: Run, data: Data, labels: References | None, stated: Stated, progress: Progress = silent
) -> ScoringSamples:
    """Return the samples that a run is scored on.

    Data of the training are recognised by what is in them, wherever they lie; see `fingerprint`.

    Raises
    ------
    ConvistaError
        If the data are not for the run, cannot be read, or hold some that were learned from beside others; if a
        part is asked of data that have none, or it cannot be told whether they are those of the training.
    """
    if stated.part not in {None, *PARTS}:
        raise ConvistaError("learning.scores.no_such_part", part=stated.part)
    if stated.part is not None and stated.independent:
        raise ConvistaError("learning.scores.part_of_others", part=stated.part)
    if "split" not in run.record:
        raise ConvistaError("learning.scores.split_unknown", file=run.source or run.architecture)
    of_scenes = run.record["split"]["kind"] in {"blocks", "scenes"}
    if of_scenes != (labels is not None):
        raise ConvistaError(f"learning.scores.trained_on_{'scenes' if of_scenes else 'images'}")
    if labels is None:
        scored = _of_images(run, folder_of_images(data), stated, progress)
    else:
        if stated.skip_bad:
            raise ConvistaError("learning.scores.skip_bad_of_scene")
        pairs = scenes_with_labels(data, labels, lambda path: run.select(open_scene(path)))
        for scene, _ in pairs:
            run.check(scene, stated.by_name)
        scored = _of_scenes(run, pairs, stated)
    if len(scored.samples.scored(scored.part)) == 0:
        apart = ", ".join(one.name for one in scored.samples.unknown_classes(scored.part) if one.samples)
        if apart:
            raise ConvistaError("learning.scores.no_common_class", classes=apart, known=_names(run.classes))
        raise ConvistaError("learning.scores.nothing_to_score", part=stated.part or "test")
    return scored


def _of_scenes(run: Run, pairs: Sequence[tuple[Scene, Reference]], stated: Stated) -> ScoringSamples:
    positive, attribute = run.record.get("positive"), run.record.get("attribute")
    truths = run.task.truths(pairs, attribute, numbering=_numbering(run, positive))
    for (scene, _), truth in zip(pairs, truths, strict=True):
        _check_unit(run, truth, scene, stated.by_name)
    scenes = [scene for scene, _ in pairs]
    own = _own_splits(run)
    if (before := _fingerprints(run)) is None:
        return _of_scenes_unrecorded(run, scenes, truths, own, stated)
    seen = [[compared(scene, run.band_names, one) for one in before] for scene in scenes]
    taken: list[int | None] = []
    for n, each in enumerate(seen):
        same = [k for k, one in enumerate(each) if one.same]
        fresh = [k for k in same if k not in taken]
        taken.append(n if n in fresh else next(iter([*fresh, *same]), None))
    splits = [_split_of(each, own, k) for each, k in zip(seen, taken, strict=True)]
    others = [one.overlap for each, k in zip(seen, taken, strict=True) if k is None for one in each]
    return _scored_scenes(run, scenes, truths, splits, stated, overlap=max(others, default=0.0))


def _scored_scenes(
    run: Run,
    scenes: Sequence[Scene],
    truths: Sequence[Truth],
    splits: Sequence[Mapping[str, Any]],
    stated: Stated,
    overlap: float = 0.0,
) -> ScoringSamples:
    """Return the samples of scenes, each split as it was or whole."""
    new = [split["kind"] == WHOLE["kind"] for split in splits]
    facts = _facts(stated, new)
    if round(100 * overlap):
        facts["overlap"] = overlap
    if shared := sum(_shared(scene, split) for scene, split in zip(scenes, splits, strict=True)):
        facts["shared"] = shared / sum(scene.height * scene.width for scene in scenes)
        if facts["shared"] == 1:
            raise ConvistaError("learning.scores.piece_of_training", scene=scenes[0].name)
    if any(new) and not all(new):
        named = zip(scenes, new, strict=True)
        facts["scenes"] = [{"scene": scene.name, "independent": other} for scene, other in named]
    return ScoringSamples(_samples(run, scenes, truths, splits), stated.part or "test", facts)


def _samples(
    run: Run, scenes: Sequence[Scene], truths: Sequence[Truth], splits: Sequence[Mapping[str, Any]]
) -> SceneSamples | SeveralScenes:
    each = [
        SceneSamples(
            scene,
            truth,
            bands=run.band_names,
            patch=run.patch,
            task=type(run.task),
            rule=run.label_rule,
            split=split,
            target=run.task.target,
        )
        for scene, truth, split in zip(scenes, truths, splits, strict=True)
    ]
    # Each has been compared with the run; what they are to each other does not matter.
    return each[0] if len(each) == 1 else SeveralScenes(each, run.task.target, by_name=True)


def _of_scenes_unrecorded(
    run: Run, scenes: Sequence[Scene], truths: Sequence[Truth], own: Sequence[Mapping[str, Any]], stated: Stated
) -> ScoringSamples:
    """Recognise the scenes of a run that does not say which they were: by their sizes and the bands' statistics."""
    alike = [scene.shape for scene in scenes] == [tuple(split["shape"]) for split in own]
    if alike and not stated.independent:
        found = _scored_scenes(run, scenes, truths, own, stated)
        if stated.part is not None or _has_statistics(run, found.samples):
            return found
        raise ConvistaError("learning.scores.which_scene", scene=scenes[0].name)
    scored = _scored_scenes(run, scenes, truths, [WHOLE] * len(scenes), stated)
    return scored._replace(facts=scored.facts | {"assumed": True})


def _of_images(run: Run, folder: Any, stated: Stated, progress: Progress) -> ScoringSamples:
    images = ImageSamples(
        folder,
        bands=run.band_names,
        task=type(run.task),
        split=WHOLE,
        skip_bad=stated.skip_bad or run.record.get("skip_bad", False),
        numbering=_numbering(run, run.record.get("positive")),
        progress=progress,
    )
    if images.patch != run.patch:
        raise ConvistaError("learning.scores.images_of_other_size", patch=run.patch, size=images.patch)
    split, recorded = run.record["split"], run.record.get("data")
    assumed = False
    if images.split["files"] == split["files"] and (recorded is None or _same_images(images, recorded)):
        images.assign(assignment_of(split["assignment"]), split["kind"])
        other = recorded is None and stated.part is None and not _has_statistics(run, images)
        if other:
            images.assign(np.full(len(images.strata), PARTS.index("test"), np.int8), WHOLE["kind"])
            assumed = True
    elif recorded is None:
        assumed = True
    else:
        _assign_by_content(images, recorded, split["kind"])
    new = images.split["kind"] == WHOLE["kind"]
    if new and not stated.by_name:
        check_images(run, images.source, images.norm)
    facts = _facts(stated, [new])
    return ScoringSamples(images, stated.part or "test", facts | ({"assumed": True} if assumed else {}))


def _same_images(images: ImageSamples, recorded: Mapping[str, Any]) -> bool:
    same: bool = "".join(images.letters) == recorded["images"]
    return same


def _assign_by_content(images: ImageSamples, recorded: Mapping[str, Any], kind: str) -> None:
    """Give images that the run knows the part that they had; all are for scoring if none was learned from.

    Raises
    ------
    ConvistaError
        If some were learned from and others are unknown.
    """
    parts = parts_by_letters(recorded)
    assignment = np.array([parts.get(letters, -1) for letters in images.letters], np.int8)
    learned = (assignment >= 0) & (assignment <= VALIDATION)
    if not learned.any():
        return
    if (assignment < 0).any():
        numbers = {"learned": int(learned.sum()), "count": len(assignment)}
        raise ConvistaError(
            "learning.scores.images_learned_from", **numbers, file=images.files[int(learned.argmax())]
        )
    images.assign(np.where(assignment < 0, NOWHERE, assignment).astype(np.int8), kind)


def _facts(stated: Stated, new: Sequence[bool]) -> dict[str, Any]:
    """Return what a report says; ConvistaError if the caller said otherwise."""
    if stated.part is not None and any(new):
        raise ConvistaError("learning.scores.part_of_others", part=stated.part)
    if stated.independent and not all(new):
        raise ConvistaError("learning.scores.not_independent")
    return {"part": ALL if all(new) else stated.part or "test", "independent": all(new)}


def _split_of(each: Sequence[Compared], own: Sequence[Mapping[str, Any]], same: int | None) -> Mapping[str, Any]:
    """Return how a scene is split: as it was, or whole but for pixels that it shares with those of the training."""
    if same is not None:
        return own[same]
    shared = [list(one.shared) for one in each if one.shared is not None]
    return {**WHOLE, "without": shared} if shared else WHOLE


def _shared(scene: Scene, split: Mapping[str, Any]) -> int:
    """Return how many pixels of a scene are those of scenes of the training."""
    covered = np.zeros(scene.shape, bool)
    for row, column, height, width in split.get("without", ()):
        covered[max(0, row) : max(0, row + height), max(0, column) : max(0, column + width)] = True
    return int(covered.sum())


def _own_splits(run: Run) -> list[Mapping[str, Any]]:
    split = run.record["split"]
    return list(split.get("scenes", [split]))


def _fingerprints(run: Run) -> list[Mapping[str, Any]] | None:
    """Return those of the scenes of a run; None if it was made before there were any."""
    data = run.record.get("data")
    return None if data is None else list(data.get("scenes", [data]))


def _numbering(run: Run, positive: str | None) -> Numbering:
    """Return the classes of a run as a numbering of what labels have."""
    if positive is None or not isinstance(run.task, Binary):
        return Numbering(run.classes)
    others = tuple(ClassInfo(value, name, (0, 0, 0)) for value, name in run.record.get("others", ()))
    return Numbering((*others, *run.classes), len(others) + 1)


def _check_unit(run: Run, truth: Truth, scene: Scene, by_name: bool) -> None:
    """See that values are in the unit of those that were learned, where both are said; ConvistaError if not."""
    trained = run.task.target.unit if run.task.target else None
    if None not in {trained, truth.unit} and trained != truth.unit and not by_name:
        raise ConvistaError("learning.scores.units_differ", scene=scene.name, here=truth.unit, trained=trained)


def _has_statistics(run: Run, samples: Samples) -> bool:
    """Tell whether the training part of samples has the mean and deviation that a run has."""
    found = band_statistics(samples.training_values())
    return all(np.allclose(a, b, rtol=1e-3) for a, b in zip(found, (run.mean, run.std), strict=True))


def _names(classes: Sequence[ClassInfo]) -> str:
    return ", ".join(c.name for c in classes)
