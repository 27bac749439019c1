"""What commands that train ask alike: the data, what is asked of them, the network, and the numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from convista.cli.options.labels import LABEL_OPTIONS, labelled, samples_options
from convista.cli.options.sources import SCENE_OPTIONS, named_values, scene_options
from convista.errors import ConvistaError
from convista.language import say

RULES = ("centre", "majority", "present", "pixels")
TASKS = ("multiclass", "binary", "multilabel", "regression", "segmentation")
SPLITS = ("random", "blocks", "lists")


def training_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all options that say what is learned by what from what; `asked_training` reads them."""
    for option in (
        scene_options,
        click.option("--epochs", type=click.IntRange(min=1), help=say("cli.options.help_epochs")),
        click.option(
            "--set",
            "numbers",
            metavar=say("cli.options.arg_number"),
            multiple=True,
            help=say("cli.options.help_set"),
        ),
        click.option("--recipe", default="plain", show_default=True, help=say("cli.options.help_recipe")),
        click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name_of_scenes")),
        click.option("--skip-bad", is_flag=True, help=say("cli.options.help_skip_bad")),
        click.option("--split", type=click.Choice(SPLITS), help=say("cli.options.help_split")),
        click.option("--label-rule", type=click.Choice(RULES), help=say("cli.options.help_label_rule")),
        click.option("--patch", type=click.IntRange(min=1), help=say("cli.options.help_patch")),
        click.option("--positive", metavar=say("cli.options.arg_class"), help=say("cli.options.help_positive")),
        click.option("--task", type=click.Choice(TASKS), help=say("cli.options.help_task")),
        click.option(
            "--option",
            "choices",
            metavar=say("cli.options.arg_number"),
            multiple=True,
            help=say("cli.options.help_model_option"),
        ),
        click.option("--model", default="lenet", show_default=True, help=say("cli.options.help_model")),
        samples_options,
    ):
        command = option(command)
    return command


def asked_training(
    *,
    data: Sequence[str],
    labels: Sequence[str],
    split: str | None,
    recipe: str,
    numbers: Sequence[str],
    choices: Sequence[str],
    epochs: int | None,
    **options: Any,
) -> tuple[Any, dict[str, Any]]:
    """Return the data that a command names, opened, and the keywords of `train` for them, of `training_options`.

    Raises
    ------
    ConvistaError
        If they cannot be opened, or an option is not for such data.
    """
    from convista.learning import lists_in, recipe_named, task_named

    if split is not None and (split == "blocks") != bool(labels):
        raise ConvistaError(f"cli.options.split_of_{'scene' if labels else 'images'}", split=split)
    reading = {name: options.pop(name) for name in (*LABEL_OPTIONS, *SCENE_OPTIONS)}
    options |= {**recipe_named(recipe), **named_values(numbers)}
    if epochs is not None:
        options["epochs"] = epochs
    if choices:
        options["options"] = named_values(choices)
    values = options["task"] is not None and task_named(options["task"]).labels_are_values
    source, truth = labelled(data, labels, values=values, **reading)
    if truth is None and split == "lists":
        options["lists"] = lists_in(data[0])
    return source, options | {"labels": truth, "attribute": reading["attribute"]}
