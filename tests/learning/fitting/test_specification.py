"""All that a user says of a training is one object, made and checked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from inspect import signature
from pathlib import Path
from typing import Any

import click
import pytest

from convista.cli.options.labels import LABEL_OPTIONS
from convista.cli.options.sources import SCENE_OPTIONS
from convista.cli.options.training import asked_training, training_options
from convista.errors import ConvistaError
from convista.learning import train, train_seeds
from convista.learning.fitting.checkpoint import _identity_of
from convista.learning.fitting.recipe import Recipe
from convista.learning.fitting.specification import Specification, specify
from convista.scenes import open_scene


def test_what_a_user_says_is_of_the_training_or_of_its_recipe() -> None:
    made = specify("scene.tif", labels="cover.tif", patch=8, options={"width": 2}, epochs=3, learning_rate=0.1)
    assert (made.data, made.model, made.labels, made.patch) == ("scene.tif", "lenet", "cover.tif", 8)
    assert made.options == {"width": 2}
    assert made.recipe == Recipe(epochs=3, learning_rate=0.1)
    assert specify("scene.tif").options == {"width": 4.0}
    with pytest.raises(ConvistaError, match="Training has no number 'recipe'"):
        specify("scene.tif", recipe="quick")


@pytest.mark.parametrize(
    ("model", "asked", "task", "rule"),
    [
        ("lenet", {}, "multiclass", "centre"),
        ("unet", {}, "segmentation", "pixels"),
        ("lenet", {"task": "multilabel"}, "multilabel", "present"),
        ("unet", {"task": "regression"}, "regression", "pixels"),
        ("lenet", {"label_rule": "majority"}, "multiclass", "majority"),
    ],
)
def test_what_is_not_said_suits_the_model(model: str, asked: dict[str, Any], task: str, rule: str) -> None:
    made = specify("scene.tif", model, **asked)
    assert (made.task.name, str(made.label_rule)) == (task, rule)


@pytest.mark.parametrize(("function", "own"), [(train, {"seed"}), (train_seeds, {"seeds"})])
def test_help_and_completion_know_every_argument(function: Callable[..., Any], own: set[str]) -> None:
    shown = signature(function).parameters
    specified = {each.name for each in (*fields(Specification), *fields(Recipe))} - {"recipe"}
    assert set(shown) - {"out", "resume", "progress"} == specified - {"seed"} | own
    assert (shown["patch"].default, shown["task"].default, shown["epochs"].default) == (None, None, Recipe().epochs)
    assert not any(each.kind is each.VAR_KEYWORD for each in shown.values())
    signature(function).bind("scene.tif", labels="cover.tif", epochs=3)


def test_a_run_says_what_its_training_was(land: tuple[Path, Path]) -> None:
    asked: dict[str, Any] = {"labels": land[1], "epochs": 1, "epoch_samples": 64, "validation_samples": 64}
    specification = specify(open_scene(land[0]), split_seed=2, by_name=True, **asked)
    run = train(open_scene(land[0]), split_seed=2, by_name=True, **asked)
    assert specification.identity.items() <= _identity_of(run).items()
    assert specification.reading.items() <= run.record.items()
    other = replace(specification, seed=1)
    assert [name for name, value in other.identity.items() if _identity_of(run)[name] != value] == ["seed"]


def test_the_command_line_asks_for_nothing_else() -> None:
    """Its options are keywords of a specification, or of `asked_training`, which makes such of them."""

    @training_options
    def command(**_: Any) -> None:
        """Be a command."""

    options = {str(one.name) for one in click.command(command).params}
    assert {"bands", "labels", "patch", "task", "label_rule", "positive", "skip_bad", "by_name"} <= options
    read = {*signature(asked_training).parameters, *LABEL_OPTIONS, *SCENE_OPTIONS}
    assert options - read <= {each.name for each in fields(Specification)}
