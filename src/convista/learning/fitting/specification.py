"""What a training is to do, as far as that is known before its data are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.learning.data.samples import Samples
from convista.learning.fitting.checkpoint import check_same
from convista.learning.fitting.recipe import Recipe, recipe_of
from convista.learning.runs.description import Description, description_of
from convista.learning.runs.run import Run, open_run
from convista.learning.tasks.binary import Binary
from convista.learning.tasks.label_rule import LabelRule, rule_named
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.registry import task_named
from convista.learning.tasks.segmentation import Segmentation
from convista.learning.tasks.task import Task
from convista.models import OF_PIXELS
from convista.models.probing import Answers

OPTIONS: Mapping[str, Mapping[str, Any]] = {"lenet": {"width": 4.0}}
"""What `train` chooses where nobody else does. LeNet-5 was made for ten digits in black and white; four times as
wide it learns rare classes of land cover too, still in a minute."""


@dataclass(frozen=True)
class Lesson:
    """A network that is to learn, what it is asked, and by which numbers. Made by `lesson_of`."""

    model: str
    options: Mapping[str, Any]
    task: type[Task]
    rule: LabelRule
    recipe: Recipe
    seed: int

    @property
    def about(self) -> dict[str, Any]:
        """What tells one training from another, as JSON can hold it."""
        named = {"model": self.model, "options": dict(self.options), "task": self.task.name}
        return {**named, "recipe": asdict(self.recipe), "seed": self.seed}

    def finished(self, file: Path) -> Run | None:
        """Return the run that this training has made already, as far as is known of it; None if there is no file.

        Raises
        ------
        ConvistaError
            If there is the run of another training, or it is damaged.
        """
        if not file.is_file():
            return None
        check_same(self.about, _about_run(description_of(file)), file)
        return open_run(file, self.model)


def check_samples(samples: Samples, run: Run) -> None:
    """See that a run was trained on these samples; ConvistaError if not."""
    check_same(about_samples(samples), _about_run(run), run.source or Path())


def lesson_of(
    model: str,
    task: str | None,
    rule: str | None,
    options: Mapping[str, Any] | None,
    numbers: Mapping[str, Any],
    seed: int,
    found: Answers | None = None,
) -> Lesson:
    """Return what a training is to do; task, rule and options that are not given are those that suit the model.

    ``found`` is what a network of one's own was found to answer; None where it was not asked, once a patch then.

    Raises
    ------
    ConvistaError
        If model, task and rule do not go together, or a number of the recipe will not do.
    """
    of_pixels = model in OF_PIXELS if found is None else found.pixels
    if task is None:
        alone = found is not None and found.outputs == 1
        asked: type[Task] = Binary if alone else Segmentation if of_pixels else Multiclass
    else:
        asked = task_named(task)
    usual = LabelRule.PIXELS if of_pixels else asked.usual_rule
    speaks = usual if rule is None else rule_named(rule)
    if of_pixels != speaks.of_pixels:
        raise ConvistaError(
            f"learning.fitting.answers_for_{'pixels' if of_pixels else 'patches'}", model=model, rule=rule
        )
    chosen = {**OPTIONS.get(model, {}), **(options or {})}
    return Lesson(model, chosen, asked, speaks, recipe_of(numbers), seed)


def about_samples(samples: Samples) -> dict[str, Any]:
    """Return what tells the data of a training from others, as JSON can hold it."""
    return {"bands": [band.name for band in samples.bands], "patch": samples.patch, "split": samples.split}


def _about_run(run: Run | Description) -> dict[str, Any]:
    """Return what tells the training of a run from another: the lesson's, and what its data were."""
    record = run.record
    return {
        "model": run.architecture,
        "options": dict(run.options),
        "task": run.task.name,
        "recipe": record.get("recipe"),
        "seed": record.get("seed"),
        "bands": [band.name for band in run.bands],
        "patch": run.patch,
        "split": record.get("split"),
    }
