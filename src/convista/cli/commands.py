"""The group of all commands, and the options that every command has."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypedDict

import click

from convista import __version__
from convista.language import LANGUAGES, say

NAMES = (
    "demo",
    "train",
    "evaluate",
    "study",
    "predict",
    "mosaic",
    "explain",
    "activations",
    "search",
    "embed",
    "film",
    "films",
    "info",
)


class Commands(click.Group):
    """Finds ``convista NAME`` in ``convista.cli.NAME``, so that help costs no more than the words it prints."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of a first session."""
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in NAMES:
            return None
        command: click.Command = import_module(f"convista.cli.{cmd_name}").command
        return command


def everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command takes; both are read before the command runs."""
    for option in (
        click.option("--debug", is_flag=True, expose_value=False, help=say("cli.help_debug")),
        click.option("--lang", type=click.Choice(LANGUAGES), expose_value=False, help=say("cli.help_lang")),
    ):
        command = option(command)
    return command


class Described(TypedDict):
    """What click asks of a command in words."""

    options_metavar: str
    help: str
    short_help: str


def described(text: str, short: str) -> Described:
    """Return what the help of a command needs: its text, and its line in the list of commands, by their keys."""
    return {"options_metavar": say("cli.options.arg_options"), "help": say(text), "short_help": say(short)}


@click.group(
    cls=Commands,
    options_metavar=say("cli.options.arg_options"),
    subcommand_metavar=say("cli.options.arg_command"),
    help=say("cli.help_convista"),
    context_settings={"max_content_width": 100},
)
@click.version_option(__version__, message="convista %(version)s", help=say("cli.help_version"))
@everywhere
def convista() -> None:
    """Be the group; its help is the text above."""
