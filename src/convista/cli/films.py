"""``convista films``: which films there are."""

from __future__ import annotations

import json
from typing import Any

import click

from convista.cli.commands import described, everywhere
from convista.language import say


@click.command(
    "films",
    **described("cli.films.help", "cli.films.short"),
)
@click.option("--json", "as_json", is_flag=True, help=say("cli.films.help_json"))
@everywhere
def command(as_json: bool) -> None:
    """List the names by section, each with what it is about."""
    from convista.catalogue import CATALOGUE

    listed = [
        {
            "section": section,
            "title": say(f"catalogue.section_{section.lower()}"),
            "films": [{"name": entry.name, "about": say(entry.about)} for entry in entries],
        }
        for section, entries in CATALOGUE.items()
    ]
    click.echo(json.dumps(listed, ensure_ascii=False, indent=2) if as_json else _table(listed))


def _table(listed: list[dict[str, Any]]) -> str:
    width = max(len(film["name"]) for section in listed for film in section["films"])
    lines = []
    for section in listed:
        lines += ["", click.style(f"{section['section']}  {section['title']}", bold=True)]
        lines += [f"  {film['name']:<{width}}  {film['about']}" for film in section["films"]]
    return "\n".join(lines[1:])
