"""From what the user names to samples: scenes with labels, or a folder of class folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.learning.image_folder import ImageFolder
from convista.learning.image_samples import ImageSamples
from convista.learning.progress import Progress, silent
from convista.learning.samples import Samples
from convista.learning.scene_samples import SceneSamples
from convista.learning.several_scenes import SeveralScenes
from convista.scenes import Labels, Scene, Shapes, open_scene

Data = Scene | ImageFolder | str | Path | Sequence[Scene | str | Path]
"""A scene, several, or a folder of class folders, opened or not."""
OneTruth = Scene | Labels | Shapes | str | Path
Truth = OneTruth | Sequence[OneTruth]
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
    task: str = "multiclass",
    rule: str = "centre",
    positive: str | None = None,
    attribute: str | None = None,
    block: int | None = None,
    lists: Mapping[str, str | Path] | None = None,
    seed: int = 0,
    split: Mapping[str, Any] | None = None,
    skip_bad: bool = False,
    by_name: bool = False,
    progress: Progress = silent,
) -> Samples:
    """Return the labelled samples of a scene or several, if there are labels, or else of a folder of class folders.

    The parameters are those of `SceneSamples`, `SeveralScenes` and `ImageSamples`; ``patch`` is not for images,
    which are patches already.

    Raises
    ------
    ConvistaError
        As they do, and if a scene comes without labels, or images come with what only scenes have.
    """
    of_scenes = split is not None and split["kind"] in {"blocks", "scenes"}
    if split is not None and of_scenes != (labels is not None):
        raise ConvistaError("learning.other_kind", kind=split["kind"])
    if labels is None and (isinstance(data, ImageFolder) or (isinstance(data, str | Path) and Path(data).is_dir())):
        images = ImageSamples(
            data,
            bands=bands,
            task=task,
            positive=positive,
            seed=seed,
            lists=lists,
            split=split,
            skip_bad=skip_bad,
            progress=progress,
        )
        if patch not in {None, images.patch}:
            raise ConvistaError("learning.images_are_patches", patch=patch, size=images.patch)
        return images
    if labels is None:
        raise ConvistaError("learning.no_labels", scene=data)
    if isinstance(data, ImageFolder):
        raise ConvistaError("learning.labels_of_images", folder=data.folder)
    if lists:
        raise ConvistaError("learning.lists_of_scene")
    scenes = [data] if isinstance(data, Scene | str | Path) else list(data)
    truths = [labels] if isinstance(labels, Scene | Labels | Shapes | str | Path) else list(labels)
    if len(scenes) != len(truths):
        raise ConvistaError("learning.labels_for_each", scenes=len(scenes), labels=len(truths))
    splits = [None] * len(scenes) if split is None else split.get("scenes", [split])
    if len(splits) != len(scenes):
        raise ConvistaError("learning.other_scenes", trained=len(splits), scenes=len(scenes))
    samples = [
        SceneSamples(
            scene if isinstance(scene, Scene) else open_scene(scene, bands),
            truth,
            bands=bands,
            patch=patch or (PATCH_OF_PIXELS if rule == "pixels" else PATCH),
            task=task,
            rule=rule,
            positive=positive,
            attribute=attribute,
            block=block,
            seed=seed,
            split=own,
        )
        for scene, truth, own in zip(scenes, truths, splits, strict=True)
    ]
    return samples[0] if len(samples) == 1 else SeveralScenes(samples, by_name=by_name)


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
    raise ConvistaError("learning.no_lists", folder=folder)
