"""Lists that follow each other and differ little, written as what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

PixelRun = int | list[int]
"""A number, or ``[first, count]``: a run of places of the list before."""


def folded(lists: Iterable[list[int]]) -> Iterator[list[PixelRun]]:
    """Write every list with runs of the one before; no number may be in a list twice."""
    before: dict[int, int] = {}
    for numbers in lists:
        written: list[PixelRun] = []
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


def unfolded(written: Iterable[list[PixelRun]]) -> Iterator[list[int]]:
    """Return the lists again.

    Raises
    ------
    ValueError
        If a run is not of the list before, or a number is in a list twice: so no list is longer than there are
        numbers, whatever a file says.
    """
    before: list[int] = []
    for runs in written:
        numbers: list[int] = []
        for run in runs:
            if isinstance(run, list):
                first, count = run
                if not 0 <= first < first + count <= len(before):
                    raise ValueError(f"[{first}, {count}]")
                numbers += before[first : first + count]
            else:
                numbers.append(run)
            if len(numbers) > len(before) + len(runs):
                raise ValueError(f"[{len(numbers)}]")
        if len(set(numbers)) < len(numbers) or any(number < 0 for number in numbers):
            raise ValueError(f"[{len(numbers)}]")
        yield numbers
        before = numbers
