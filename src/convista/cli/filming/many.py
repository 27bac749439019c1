"""Many films at once: each in one of as many processes as there are cores, none stopping the others."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from convista import language
from convista.cli.output.progress import shown
from convista.errors import ConvistaError
from convista.failures import told_as
from convista.language import say

if TYPE_CHECKING:
    from convista.films import Film


class Order(NamedTuple):
    """A film to make: its name, its files and whether each is a contact sheet, and how it is shown."""

    name: str
    targets: list[tuple[Path, bool]]
    step: int | None
    """Counted from 1, as the player does."""
    shown: dict[str, Any]


def step_of(made: Film, step: int | None) -> int | None:
    """Return the place among a film's steps of the one with a number as the player shows it, from 1.

    Raises
    ------
    ConvistaError
        If the film has no such step.
    """
    if step is not None and step > len(made.steps):
        raise ConvistaError("cli.film.no_such_step", name=made.name, step=step, steps=len(made.steps))
    return None if step is None else step - 1


def make_all(orders: list[Order]) -> None:
    """Make films on all cores; say at the end where they are and which failed, then with exit code 1."""
    folders = {target.parent for order in orders for target, _ in order.targets}
    for folder in folders:
        with told_as("failures.not_written", path=folder):
            folder.mkdir(parents=True, exist_ok=True)
    failed: dict[str, str] = {}
    # Every film is on one core; libraries that would use all of them only get in each other's way.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    workers = min(len(orders), os.cpu_count() or 1)
    with (
        shown() as progress,
        ProcessPoolExecutor(workers, get_context("spawn"), _begin, (language.current(),)) as pool,
    ):
        running = {pool.submit(_make, order): order.name for order in orders}
        progress("films", 0, len(orders))
        try:
            for done, future in enumerate(as_completed(running), 1):
                if reason := future.result():
                    failed[running[future]] = reason
                progress("films", done, len(orders))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    click.echo(say("cli.film.saved_films", count=len(orders) - len(failed), folder=", ".join(map(str, folders))))
    if failed:
        click.echo(say("cli.film.failed_films", count=len(failed)), err=True)
        for name, reason in failed.items():
            click.echo(f"  {name}: {reason}", err=True)
        raise SystemExit(1)


def _begin(spoken: str) -> None:
    """Speak the language of the command, and end quietly when it is stopped."""
    language.use(spoken)
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, _stop)


def _stop(*_: object) -> None:
    """End, and be asked no more: a pool of which one process ends kills the others, which may be tidying up."""
    for asked in (signal.SIGINT, signal.SIGTERM):
        # Not SIG_IGN: Python complains of a signal that came just before.
        signal.signal(asked, lambda *_: None)
    sys.exit(130)


def _make(order: Order) -> str | None:
    """Make one film; return what went wrong, since not every error can travel between processes."""
    from convista.catalogue import film

    try:
        made = film(order.name, **order.shown)
        place = step_of(made, order.step)
        for target, sheet in order.targets:
            made.save(target, step=place, sheet=sheet)
    except SystemExit:
        # Stopped: what was half-written is gone by now, and this process must not begin another film.
        os._exit(130)
    except ConvistaError as error:
        return str(error)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None
