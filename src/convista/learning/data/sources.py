"""From what the user names to samples: scenes with labels, or a folder of class folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.learning.data.image_folder import ImageFolder
from convista.learning.data.image_samples import ImageSamples
from convista.learning.data.samples import Samples
from convista.learning.data.scene_samples import SceneSamples, check_two_classes
from convista.learning.data.several_scenes import SeveralScenes
from convista.learning.data.targets import Reference
from convista.learning.progress import Progress, silent
from convista.scenes import Labels, Scene, Shapes, open_scene

if TYPE_CHECKING:
    from convista.learning.fitting.specification import Specification

Data = Scene | ImageFolder | str | Path | Sequence[Scene | str | Path]
"""A scene, several, or a folder of class folders, opened or not."""
References = Reference | Sequence[Reference]
"""What is known of a scene; of several, one for each."""

PATCH = 16
"""Rows and columns of a scene's patches where nobody says otherwise."""
PATCH_OF_PIXELS = 64
"""The same where every pixel of them is asked."""


def gather(specification: Specification, progress: Progress = silent) -> Samples:
    """Return the labelled samples of a scene or several, if there are labels, or else of a folder of class folders.

    The classes of several files of labels are numbered together, by name.

    Raises
    ------
    ConvistaError
        As `SceneSamples`, `SeveralScenes` and `ImageSamples` do, and if a scene comes without labels, or images
        come with what only scenes have.
    """
    if specification.labels is None:
        return _images(specification, progress)
    return _scenes(specification, specification.labels)


def _images(specification: Specification, progress: Progress) -> ImageSamples:
    images = ImageSamples(
        folder_of_images(specification.data),
        bands=specification.bands,
        task=specification.task,
        positive=specification.positive,
        seed=specification.split_seed,
        lists=specification.lists,
        skip_bad=specification.skip_bad,
        progress=progress,
    )
    if specification.patch not in {None, images.patch}:
        raise ConvistaError("learning.data.images_are_patches", patch=specification.patch, size=images.patch)
    return images


def _scenes(specification: Specification, labels: References) -> SceneSamples | SeveralScenes:
    if specification.lists:
        raise ConvistaError("learning.data.lists_of_scene")
    bands, task, rule = specification.bands, specification.task, specification.label_rule
    pairs = scenes_with_labels(specification.data, labels, lambda path: open_scene(path, bands))
    truths = task.truths(pairs, specification.attribute, positive=specification.positive)
    samples = [
        SceneSamples(
            scene,
            truth,
            bands=bands,
            patch=specification.patch or (PATCH_OF_PIXELS if rule.of_pixels else PATCH),
            task=task,
            rule=rule,
            block=specification.block,
            seed=specification.split_seed,
        )
        for (scene, _), truth in zip(pairs, truths, strict=True)
    ]
    joined = samples[0] if len(samples) == 1 else SeveralScenes(samples, by_name=specification.by_name)
    check_two_classes(joined.strata, task)
    return joined


def folder_of_images(data: Data) -> ImageFolder | str | Path:
    """Return data that come without labels; ConvistaError if they are no folder."""
    if isinstance(data, ImageFolder) or (isinstance(data, str | Path) and Path(data).is_dir()):
        return data
    raise ConvistaError("learning.data.no_labels", scene=data)


def scenes_with_labels(
    data: Data, labels: References, opened: Callable[[str | Path], Scene]
) -> list[tuple[Scene, Reference]]:
    """Return each scene, where it is a file as it is to be opened, with its labels.

    Raises
    ------
    ConvistaError
        If there are not as many labels as scenes, or a scene cannot be opened.
    """
    if isinstance(data, ImageFolder):
        raise ConvistaError("learning.data.labels_of_images", folder=data.folder)
    scenes = [data] if isinstance(data, Scene | str | Path) else list(data)
    truths = [labels] if isinstance(labels, Scene | Labels | Shapes | str | Path) else list(labels)
    if len(scenes) != len(truths):
        raise ConvistaError("learning.data.labels_for_each", scenes=len(scenes), labels=len(truths))
    each = (scene if isinstance(scene, Scene) else opened(scene) for scene in scenes)
    return list(zip(each, truths, strict=True))


def lists_in(folder: str | Path) -> dict[str, Path]:
    """Return the lists of a split that a data set brings along.

    They are text files in ``folder`` or its ``splits``: ``train.txt``, and ``val.txt`` or ``validation.txt`` and
    ``test.txt``. Where only two are there, the second is what the score is of.

    Raises
    ------
    ConvistaError
        If there are none.
    """
    for place in (Path(folder), Path(folder) / "splits"):
        found = {name: place / f"{name}.txt" for name in ("train", "val", "validation", "test")}
        lists = {name: path for name, path in found.items() if path.is_file()}
        if "val" in lists:
            lists["validation"] = lists.pop("val")
        if set(lists) == {"train", "validation"}:
            lists["test"] = lists.pop("validation")
        if {"train", "test"} <= set(lists):
            return lists
    raise ConvistaError("learning.data.no_lists", folder=folder)
