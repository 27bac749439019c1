"""Batches made ready in a thread while the network works on those before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Asked = TypeVar("Asked")
Made = TypeVar("Made")


def ahead(asked: Iterable[Asked], make: Callable[[Asked], Made]) -> Iterator[Made]:
    """Yield what ``make`` makes of each, in order, made one ahead in a thread of its own.

    Everything is made in that one thread, one after the other, so that what it draws from a generator of random
    numbers is the same as without it.
    """
    with ThreadPoolExecutor(1) as maker:
        pending: Future[Made] | None = None
        for one in asked:
            following = maker.submit(make, one)
            if pending is not None:
                yield pending.result()
            pending = following
        if pending is not None:
            yield pending.result()
