"""Work done ahead of whoever needs it, in other threads, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def prefetched(
    work: Callable[[Item], Made], items: Iterable[Item], executor: Executor, depth: int
) -> Iterator[Made]:
    """Yield what work makes of each item, in order, with up to `depth` more under way."""
    pending: deque[Future[Made]] = deque()
    try:
        for item in items:
            pending.append(executor.submit(work, item))
            if len(pending) > depth:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for future in pending:
            future.cancel()
