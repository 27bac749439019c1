"""Long work as seen by whoever waits: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from convista.language import number, say

LINES = 5
"""Plain lines for one stage, at most."""


class Bars:
    """One bar a stage, drawn on the error stream so that results can be redirected."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int, /, **numbers: float) -> None:
        """Move the stage's bar."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(say(f"cli.stage_{stage}"), total=total, numbers="")
        task = self._tasks[stage]
        self._progress.update(task, completed=done, total=total)
        if numbers:
            self._progress.update(task, numbers=_written(numbers))


class Lines:
    """A line when a stage begins, at every fifth of it, and at its end."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}
        self._numbers: dict[str, dict[str, float]] = {}

    def __call__(self, stage: str, done: int, total: int, /, **numbers: float) -> None:
        """Write a line where a fifth is over, with the latest of each number."""
        latest = self._numbers.setdefault(stage, {})
        latest |= numbers
        fifth = LINES if done >= total else done * LINES // total
        if fifth > self._last.get(stage, -1):
            self._last[stage] = fifth
            line = f"{say(f'cli.stage_{stage}')}: {100 * done // max(total, 1)} %  {_written(latest)}"
            print(line.rstrip(), file=sys.stderr, flush=True)


@contextmanager
def shown() -> Iterator[Bars | Lines]:
    """Give the progress that fits the error stream."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[numbers]}"),
    )
    with Progress(*columns, console=console) as progress:
        yield Bars(progress)


def _written(numbers: dict[str, float]) -> str:
    return "  ".join(f"{say(f'cli.measure_{name}')} {_figure(name, value)}" for name, value in numbers.items())


def _figure(name: str, value: float) -> str:
    return str(int(value)) if name in {"epoch", "seed"} else number(value, 3)
