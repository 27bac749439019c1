"""What commands that train ask alike: the data, what is asked of them, the network, and the numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from convista.cli.sources import labelled, named_values, samples_options, scene_options
from convista.errors import ConvistaError
from convista.language import say

RULES = ("centre", "majority", "present", "pixels")
TASKS = ("multiclass", "binary", "multilabel", "regression", "segmentation")
SPLITS = ("random", "blocks", "lists")


def training_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all options that say what is learned by what from what; `asked_training` reads them."""
    for option in (
        scene_options,
        click.option("--epochs", type=click.IntRange(min=1), help=say("cli.help_epochs")),
        click.option("--set", "numbers", metavar=say("cli.arg_number"), multiple=True, help=say("cli.help_set")),
        click.option("--recipe", default="plain", show_default=True, help=say("cli.help_recipe")),
        click.option("--by-name", is_flag=True, help=say("cli.help_by_name_of_scenes")),
        click.option("--skip-bad", is_flag=True, help=say("cli.help_skip_bad")),
        click.option("--split", type=click.Choice(SPLITS), help=say("cli.help_split")),
        click.option("--label-rule", type=click.Choice(RULES), help=say("cli.help_label_rule")),
        click.option("--patch", type=click.IntRange(min=1), help=say("cli.help_patch")),
        click.option("--attribute", metavar=say("cli.arg_name"), help=say("cli.help_attribute")),
        click.option("--positive", metavar=say("cli.arg_class"), help=say("cli.help_positive")),
        click.option("--task", type=click.Choice(TASKS), help=say("cli.help_task")),
        click.option(
            "--option", "choices", metavar=say("cli.arg_number"), multiple=True, help=say("cli.help_model_option")
        ),
        click.option("--model", default="lenet", show_default=True, help=say("cli.help_model")),
        samples_options,
    ):
        command = option(command)
    return command


def asked_training(
    *,
    data: Sequence[str],
    labels: Sequence[str],
    class_names: Any,
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
    from convista.learning import lists_in, recipe_named

    if split is not None and (split == "blocks") != bool(labels):
        raise ConvistaError(f"cli.split_of_{'scene' if labels else 'images'}", split=split)
    options |= {**recipe_named(recipe), **named_values(numbers)}
    if epochs is not None:
        options["epochs"] = epochs
    if choices:
        options["options"] = named_values(choices)
    opening = {name: options.pop(name) for name in ("bands", "sensor", "scale", "offset", "nodata", "mask")}
    source, truth = labelled(data, labels, class_names, values=options["task"] == "regression", **opening)
    if truth is None:
        options |= {"bands": opening["bands"], "lists": lists_in(source) if split == "lists" else None}
    return source, options | {"labels": truth}
