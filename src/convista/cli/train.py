"""``convista train``: from a labelled scene, or a folder of class folders, to a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import labels_options, open_asked, scene_options
from convista.language import say

RULES = ("centre", "majority")


@click.command(
    "train", options_metavar=say("cli.arg_options"), help=say("cli.help_train"), short_help=say("cli.short_train")
)
@click.argument("data", metavar=say("cli.arg_data"))
@labels_options
@click.option("--model", default="lenet", show_default=True, help=say("cli.help_model"))
@click.option("--out", type=click.Path(path_type=Path), required=True, help=say("cli.help_out_run"))
@click.option("--patch", type=click.IntRange(min=1), help=say("cli.help_patch"))
@click.option(
    "--label-rule", type=click.Choice(RULES), default=RULES[0], show_default=True, help=say("cli.help_label_rule")
)
@click.option("--epochs", type=click.IntRange(min=1), help=say("cli.help_epochs"))
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.help_seed"))
@scene_options
@everywhere
def command(
    data: str,
    labels: str | None,
    class_names: Any,
    model: str,
    out: Path,
    patch: int | None,
    label_rule: str,
    epochs: int | None,
    seed: int,
    **options: Any,
) -> None:
    """Train, save the run, and print the score on the part held out."""
    from convista.cli.progress import shown
    from convista.cli.report import score_table, stop_if_interrupted
    from convista.learning import train
    from convista.scenes import open_labels

    source: Any = open_asked(data, **options) if labels else data
    recipe: dict[str, Any] = {} if epochs is None else {"epochs": epochs}
    with shown() as progress:
        run = train(
            source,
            model,
            labels=open_labels(labels, class_names) if labels else None,
            bands=None if labels else options["bands"],
            patch=patch,
            label_rule=label_rule,
            seed=seed,
            out=out,
            progress=progress,
            **recipe,
        )
    stop_if_interrupted(run, out)
    click.echo(score_table(run))
    click.echo(say("cli.saved_run", path=out / "model.safetensors"))
