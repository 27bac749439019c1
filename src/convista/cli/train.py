"""``convista train``: from labelled data to a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import labels_options, named_values, open_asked, scene_options
from convista.errors import ConvistaError
from convista.language import say

RULES = ("centre", "majority", "present", "pixels")
TASKS = ("multiclass", "binary", "multilabel", "regression", "segmentation")
SPLITS = ("random", "blocks", "lists")


@click.command(
    "train", options_metavar=say("cli.arg_options"), help=say("cli.help_train"), short_help=say("cli.short_train")
)
@click.argument("data", metavar=say("cli.arg_data"))
@labels_options
@click.option("--model", default="lenet", show_default=True, help=say("cli.help_model"))
@click.option(
    "--option", "choices", metavar=say("cli.arg_number"), multiple=True, help=say("cli.help_model_option")
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_run"))
@click.option("--task", type=click.Choice(TASKS), help=say("cli.help_task"))
@click.option("--positive", metavar=say("cli.arg_class"), help=say("cli.help_positive"))
@click.option("--attribute", metavar=say("cli.arg_name"), help=say("cli.help_attribute"))
@click.option("--patch", type=click.IntRange(min=1), help=say("cli.help_patch"))
@click.option("--label-rule", type=click.Choice(RULES), help=say("cli.help_label_rule"))
@click.option("--split", type=click.Choice(SPLITS), help=say("cli.help_split"))
@click.option("--skip-bad", is_flag=True, help=say("cli.help_skip_bad"))
@click.option("--recipe", default="plain", show_default=True, help=say("cli.help_recipe"))
@click.option("--set", "numbers", metavar=say("cli.arg_number"), multiple=True, help=say("cli.help_set"))
@click.option("--epochs", type=click.IntRange(min=1), help=say("cli.help_epochs"))
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.help_seed"))
@click.option("--resume", is_flag=True, help=say("cli.help_resume"))
@scene_options
@everywhere
def command(
    data: str,
    labels: str | None,
    class_names: Any,
    out: Path,
    split: str | None,
    recipe: str,
    numbers: tuple[str, ...],
    choices: tuple[str, ...],
    epochs: int | None,
    **options: Any,
) -> None:
    """Train, save the run, and print the score on the part held out."""
    from convista.cli.progress import shown
    from convista.cli.report import score_table, stop_if_interrupted
    from convista.learning import lists_in, processes, recipe_named, train
    from convista.scenes import is_shapes, open_labels

    if split is not None and (split == "blocks") != (labels is not None):
        raise ConvistaError(f"cli.split_of_{'scene' if labels else 'images'}", split=split)
    recipe_of_command = {**recipe_named(recipe), **named_values(numbers)}
    if epochs is not None:
        recipe_of_command["epochs"] = epochs
    if choices:
        options["options"] = named_values(choices)
    opening = {name: options.pop(name) for name in ("bands", "sensor", "scale", "offset", "nodata")}
    source: Any = data
    if labels is not None:
        source = open_asked(data, **opening)
        as_it_is = options["task"] == "regression" or is_shapes(labels)
        options["labels"] = labels if as_it_is else open_labels(labels, class_names)
    else:
        options |= {"bands": opening["bands"], "lists": lists_in(data) if split == "lists" else None}
    with shown() as progress:
        run = train(
            source, options.pop("model"), out=out, pictures=True, progress=progress, **options, **recipe_of_command
        )
    if processes.rank():
        return
    stop_if_interrupted(run, out)
    click.echo(score_table(run))
    click.echo(say("cli.saved_run", path=out / "model.safetensors"))
    click.echo(say("cli.saved_beside", folder=out))
