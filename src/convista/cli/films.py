"""``convista films``: which films there are."""

from __future__ import annotations

import click

from convista.cli.commands import everywhere
from convista.language import say


@click.command(
    "films", options_metavar=say("cli.arg_options"), help=say("cli.help_films"), short_help=say("cli.short_films")
)
@everywhere
def command() -> None:
    """List the names."""
    from convista.films import film_names

    click.echo("\n".join(film_names()))
