"""Long work as seen by whoever waits: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import Progress, Task, TaskID, TimeElapsedColumn, TimeRemainingColumn
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from convista.language import number, say

LINES = 5
"""Plain lines for one stage, at most."""
SHORTEST, LONGEST = 4, 40
"""Columns of a bar: it takes what the words leave, and gives way to them."""


class Drawn(Progress):
    """Bars of which no word is cut, however narrow the terminal; what does not fit beside a bar stands below it."""

    def get_renderables(self) -> Iterator[RenderableType]:
        """Yield the lines of each stage."""
        width = max((len(task.description) for task in self.tasks), default=0)
        for task in self.tasks:
            yield from self._lines(task, width)

    def _lines(self, task: Task, width: int) -> Iterator[RenderableType]:
        times = [column.render(task) for column in (TimeElapsedColumn(), TimeRemainingColumn())]
        words = [Text(task.description.ljust(width), overflow="fold"), Text(f"{task.percentage:>3.0f} %")]
        numbers: list[str] = task.fields["numbers"]
        room = self.console.width - sum(len(word) + 1 for word in (*words, *times))
        if room >= 0:
            words += times
        beside = "  ".join(numbers)
        if numbers and len(beside) + 1 + SHORTEST < room:
            words.append(Text(beside))
            room -= len(beside) + 1
            numbers = []
        bar = ProgressBar(task.total, task.completed, width=min(room - 1, LONGEST))
        line = Table.grid(padding=(0, 1, 0, 0))
        line.add_row(words[0], *([bar] if room > SHORTEST else []), *words[1:])
        yield line
        yield from _filled(numbers, self.console.width)


class Bars:
    """One bar a stage, drawn on the error stream so that results can be redirected."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int, /, **numbers: float) -> None:
        """Move the stage's bar."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(say(f"cli.output.stage_{stage}"), total=total, numbers=[])
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
            share = f"{100 * done // max(total, 1)} %"
            line = f"{say(f'cli.output.stage_{stage}')}: {share}  {'  '.join(_written(latest))}"
            print(line.rstrip(), file=sys.stderr, flush=True)


@contextmanager
def shown() -> Iterator[Bars | Lines]:
    """Give the progress that fits the error stream."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines()
        return
    with Drawn(console=console) as progress:
        yield Bars(progress)


def _filled(words: list[str], width: int) -> Iterator[Text]:
    """Put words into lines of a width, none of them divided."""
    line = ""
    for word in words:
        longer = f"{line}  {word}"
        if line and len(longer) > width:
            yield Text(line)
            longer = f"  {word}"
        line = longer
    if line:
        yield Text(line)


def _written(numbers: dict[str, float]) -> list[str]:
    return [f"{say(f'cli.output.measure_{name}')} {_figure(name, value)}" for name, value in numbers.items()]


def _figure(name: str, value: float) -> str:
    return str(int(value)) if name in {"epoch", "seed"} else number(value, 3)
