"""Lists that follow each other and differ little, written as what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Run = int | list[int]
"""A number, or ``[first, count]``: a run of places of the list before."""


def folded(lists: Iterable[list[int]]) -> Iterator[list[Run]]:
    """Write every list with runs of the one before; no number may be in a list twice."""
    before: dict[int, int] = {}
    for numbers in lists:
        written: list[Run] = []
        for number in numbers:
            place = before.get(number)
            last = written[-1] if written else None
            if place is None:
                written.append(number)
            elif isinstance(last, list) and last[0] + last[1] == place:
                last[1] += 1
            else:
                written.append([place, 1])
        yield written
        before = {number: place for place, number in enumerate(numbers)}


def unfolded(written: Iterable[list[Run]]) -> Iterator[list[int]]:
    """Return the lists again."""
    before: list[int] = []
    for runs in written:
        numbers: list[int] = []
        for run in runs:
            numbers += before[run[0] : run[0] + run[1]] if isinstance(run, list) else [run]
        yield numbers
        before = numbers
