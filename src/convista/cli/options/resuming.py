"""What the commands that make maps ask and say alike of work that stops in the middle."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from convista.errors import ConvistaError
from convista.language import say

REFUSALS = ("mapping.other_unfinished", "mapping.held_by", "mapping.held_by_other")
"""Errors that say themselves what is there, and how to go on."""


@contextmanager
def resumable(out: Path) -> Iterator[None]:
    """Say how much of a map is done, if what makes it stops before its end."""
    from convista.mapping import strips_done

    try:
        yield
    except BaseException as error:
        refused = isinstance(error, ConvistaError) and error.key in REFUSALS
        if not refused and (done := strips_done(out)):
            click.echo(say("cli.options.map_cut_short", done=done[0], count=done[1], folder=done[2]), err=True)
        raise
