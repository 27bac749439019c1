"""From what the user names to samples: scenes with labels, or a folder of class folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from convista.errors import ConvistaError
from convista.learning.data.image_folder import ImageFolder
from convista.learning.data.image_samples import ImageSamples
from convista.learning.data.samples import Samples
from convista.learning.data.scene_samples import SceneSamples, check_two_classes
from convista.learning.data.several_scenes import SeveralScenes
from convista.learning.data.targets import Reference
from convista.learning.progress import Progress, silent
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.task import Task
from convista.scenes import Labels, Scene, Shapes, open_scene

Data = Scene | ImageFolder | str | Path | Sequence[Scene | str | Path]
"""A scene, several, or a folder of class folders, opened or not."""
Truth = Reference | Sequence[Reference]
"""What is known of a scene; of several, one for each."""

PATCH = 16
"""Rows and columns of a scene's patches where nobody says otherwise."""
PATCH_OF_PIXELS = 64
"""The same where every pixel of them is asked."""


def gather(
    data: Data,
    *,
    labels: Truth | None = None,
    bands: Sequence[str] | None = None,
    patch: int | None = None,
    task: type[Task] = Multiclass,
    rule: LabelRule = LabelRule.CENTRE,
    positive: str | None = None,
    attribute: str | None = None,
    block: int | None = None,
    lists: Mapping[str, str | Path] | None = None,
    seed: int = 0,
    skip_bad: bool = False,
    by_name: bool = False,
    progress: Progress = silent,
) -> Samples:
    """Return the labelled samples of a scene or several, if there are labels, or else of a folder of class folders.

    The parameters are those of `SceneSamples`, `SeveralScenes` and `ImageSamples`; ``patch`` is not for images,
    which are patches already. The classes of several files of labels are numbered together, by name.

    Raises
    ------
    ConvistaError
        As they do, and if a scene comes without labels, or images come with what only scenes have.
    """
    if labels is None:
        images = ImageSamples(
            folder_of_images(data),
            bands=bands,
            task=task,
            positive=positive,
            seed=seed,
            lists=lists,
            skip_bad=skip_bad,
            progress=progress,
        )
        if patch not in {None, images.patch}:
            raise ConvistaError("learning.data.images_are_patches", patch=patch, size=images.patch)
        return images
    if lists:
        raise ConvistaError("learning.data.lists_of_scene")
    pairs = scenes_with_labels(data, labels, lambda path: open_scene(path, bands))
    truths = task.truths(pairs, attribute, positive=positive)
    samples = [
        SceneSamples(
            scene,
            truth,
            bands=bands,
            patch=patch or (PATCH_OF_PIXELS if rule.of_pixels else PATCH),
            task=task,
            rule=rule,
            block=block,
            seed=seed,
        )
        for (scene, _), truth in zip(pairs, truths, strict=True)
    ]
    joined = samples[0] if len(samples) == 1 else SeveralScenes(samples, by_name=by_name)
    check_two_classes(joined.labels, task)
    return joined


def folder_of_images(data: Data) -> ImageFolder | str | Path:
    """Return data that come without labels; ConvistaError if they are no folder."""
    if isinstance(data, ImageFolder) or (isinstance(data, str | Path) and Path(data).is_dir()):
        return data
    raise ConvistaError("learning.data.no_labels", scene=data)


def scenes_with_labels(
    data: Data, labels: Truth, opened: Callable[[str | Path], Scene]
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
