"""What a training is to do: the data, what is asked of them, the network, the numbers; made and checked once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, asdict, dataclass, fields
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, TypeVar

from convista.errors import ConvistaError
from convista.learning.data.sources import Data, References
from convista.learning.fitting.recipe import Recipe, recipe_of
from convista.learning.progress import Watch, unwatched
from convista.learning.tasks.binary import Binary
from convista.learning.tasks.label_rule import LabelRule, rule_named
from convista.learning.tasks.multiclass import Multiclass
from convista.learning.tasks.own_network import output_form_of_own
from convista.learning.tasks.registry import task_named
from convista.learning.tasks.segmentation import Segmentation
from convista.learning.tasks.task import Task
from convista.models import OF_PIXELS
from convista.models.probing import OutputForm

OPTIONS: Mapping[str, Mapping[str, Any]] = {"lenet": {"width": 4.0}}
"""What `train` chooses where nobody else does. LeNet-5 was made for ten digits in black and white; four times as
wide it learns rare classes of land cover too, still in a minute."""


@dataclass(frozen=True, repr=False)
class Specification:
    """All that makes a training what it is, whatever it is saved as. Made by `specify`, of what a user says.

    Parameters
    ----------
    data
        A scene (opened, or its file), several, each with its own grid and CRS, or a folder with one folder of
        images a class.
    model
        Name of the architecture, or of a network of one's own, ``"package.module:Network"``, see `create_model`.
    task
        What is asked: ``"multiclass"``, ``"binary"``, ``"multilabel"``, ``"regression"`` or ``"segmentation"``, see
        `tasks`. Where a user does not say: segmentation by a model that answers for every pixel, else multiclass. A
        network of one's own is asked once, by an empty patch, what it answers for; one that gives a single number
        whatever it is asked for learns a binary task.
    label_rule
        What of a scene's patch its label speaks of, see `SceneSamples`: ``"centre"`` or ``"majority"``,
        ``"present"`` for several labels, ``"pixels"``. Where a user does not say: what suits task and model.
    options
        The architecture's own choices, see `create_model`; what a user does not say is as in `OPTIONS`.
    recipe
        The numbers of the training; a user gives each by its name, such as ``epochs=20``.
    labels
        Raster of classes, file of polygons or points, or, for a regression, raster of values (opened, or its file);
        of several scenes, one for each. On another grid it is brought to the scene's: classes by the nearest pixel,
        values averaged or interpolated.
    bands
        Names of the bands to use; None for all.
    patch
        Rows and columns of a scene's patches, 16 if None, or 64 where each pixel is asked. Images are patches as
        they are.
    positive
        Of a binary task: the name of the class that is told from all others.
    attribute
        Of polygons or points: what of each its class is; None where there is no doubt.
    block
        Rows and columns of the blocks by which a scene is split into training, validation and test; None for 128,
        or fewer where the scene is small.
    lists
        Split of images by lists, see `ImageSamples`; None for a random one.
    skip_bad
        Whether images that cannot be read are left out, instead of being an error.
    by_name
        Of several scenes: whether the names of their bands are enough, see `SeveralScenes`.
    split_seed
        Of the split. It is not ``seed``, so that trainings with other seeds are scored on the same samples.
    seed
        Of everything else that is random. Same seed, data, kind of processor and number of threads:
        same run. (Which precision it was is in ``record["precision"]``.)
    pictures
        Whether to draw how it went and where the network errs, and to log every epoch, beside the run: see
        `draw_run` and `write_log`.
    snapshots
        Whether to keep the weights of the first convolution and its normalisation before the first epoch and after
        each, beside the run; or of which layers, see `Snapshots`.
    tensorboard
        Whether to log every epoch for TensorBoard, too, which is an extra; see `tensorboard_log`.
    watch
        Shown the network before the first epoch and after each, so that its weights can be kept.
    """

    data: Data
    model: str
    _: KW_ONLY
    task: type[Task]
    label_rule: LabelRule
    options: Mapping[str, Any]
    recipe: Recipe
    labels: References | None = None
    bands: Sequence[str] | None = None
    patch: int | None = None
    positive: str | None = None
    attribute: str | None = None
    block: int | None = None
    lists: Mapping[str, str | Path] | None = None
    skip_bad: bool = False
    by_name: bool = False
    split_seed: int = 0
    seed: int = 0
    pictures: bool = False
    snapshots: bool | Sequence[str] = False
    tensorboard: bool = False
    watch: Watch = unwatched

    def __repr__(self) -> str:
        return f"<Specification {self.model}: {self.task.name}, {self.label_rule}; {self.recipe}; seed {self.seed}>"

    @property
    def identity(self) -> dict[str, Any]:
        """What tells this training from others before its data are read, as JSON can hold it."""
        named = {"model": self.model, "options": dict(self.options), "task": self.task.name}
        return {**named, "recipe": asdict(self.recipe), "seed": self.seed}

    @property
    def reading(self) -> dict[str, Any]:
        """How data and labels were read, as a run records it, so that they are scored as they were learned."""
        names = ("positive", "attribute", "skip_bad", "split_seed", "by_name")
        return {name: getattr(self, name) for name in names}


def specify(data: Data, model: str = "lenet", **arguments: Any) -> Specification:
    """Return what a training is to do, of what a user says; task, rule and options not given suit the model.

    Parameters
    ----------
    data, model
        As of `Specification`.
    **arguments
        What else it has, but ``recipe``; every other name is a number of the `Recipe`.

    Raises
    ------
    ConvistaError
        If model, task and rule do not go together, a number of the recipe will not do, or a network of one's own
        does not answer what can be learned by.
    """
    names = {each.name for each in fields(Specification)} - {"recipe"}
    numbers = {name: value for name, value in arguments.items() if name not in names}
    own = {name: value for name, value in arguments.items() if name in names}
    task, rule = own.pop("task", None), own.pop("label_rule", None)
    options = own.pop("options", None) or {}
    answers = None
    if ":" in model and own.get("labels") is not None:
        answers = output_form_of_own(model, data, own.get("bands"), own.get("patch"), task, options)
    asked, speaks_of = _question(model, task, rule, answers)
    options = {**OPTIONS.get(model, {}), **options}
    recipe = recipe_of(numbers)
    return Specification(data, model, task=asked, label_rule=speaks_of, options=options, recipe=recipe, **own)


Function = TypeVar("Function", bound=Callable[..., Any])


def shows_arguments(*own: str) -> Callable[[Function], Function]:
    """Write into a function's signature, in place of ``**arguments``, what `specify` takes, but what is its `own`.

    So ``help`` and completion in a notebook name each with its default, and the list is written once.
    """

    def show(function: Function) -> Function:
        written = signature(function)
        named = [each for each in written.parameters.values() if each.kind is not Parameter.VAR_KEYWORD]
        said = {each.name for each in named} | {"recipe", *own}
        arguments = (*signature(Specification).parameters.values(), *signature(Recipe).parameters.values())
        keywords = [_as_said(each) for each in arguments if each.name not in said]
        function.__signature__ = written.replace(parameters=[*named, *keywords])  # type: ignore[attr-defined]
        return function

    return show


def _as_said(parameter: Parameter) -> Parameter:
    """Return a parameter of a specification as a user gives it: what has no default there is None here."""
    keyword = parameter.replace(kind=Parameter.KEYWORD_ONLY)
    worked_out = parameter.default is Parameter.empty
    return keyword.replace(default=None, annotation=Parameter.empty) if worked_out else keyword


def _question(
    model: str, task: str | None, rule: str | None, answers: OutputForm | None
) -> tuple[type[Task], LabelRule]:
    """Return task and label rule; ``answers`` are those of a network of one's own that was asked.

    Raises
    ------
    ConvistaError
        If there is no such task, or they do not go with the model.
    """
    of_pixels = model in OF_PIXELS if answers is None else answers.pixels
    if task is None:
        alone = answers is not None and answers.outputs == 1
        asked: type[Task] = Binary if alone else Segmentation if of_pixels else Multiclass
    else:
        asked = task_named(task)
    usual = LabelRule.PIXELS if of_pixels else asked.usual_rule
    speaks_of = usual if rule is None else rule_named(rule)
    if of_pixels != speaks_of.of_pixels:
        raise ConvistaError(
            f"learning.fitting.answers_for_{'pixels' if of_pixels else 'patches'}", model=model, rule=rule
        )
    return asked, speaks_of
