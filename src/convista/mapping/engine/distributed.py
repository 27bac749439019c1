"""Sharing a map among processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

import torch

from convista.errors import ConvistaError
from convista.mapping.engine.job import Job
from convista.mapping.engine.journal import Arrays, ranges
from convista.mapping.engine.layout import first_needed
from convista.models.own import places_of

Workers = int | str
Made = list[tuple[int, Arrays]]

TURNS = 4
"""Ranges for each worker, so that none waits long for the last; fewer where neighbours compute windows twice."""
TRIES = 3
"""Times in a row that all workers may end without a strip before the work is given up."""


def distribute(job: Job, missing: set[int], workers: Workers) -> Iterator[tuple[int, Arrays]]:
    """Yield all missing strips, in any order; what a worker that dies has not given back, others compute.

    Raises
    ------
    ConvistaError
        If a file cannot be read, the cluster cannot be reached, or workers keep dying.
    """
    if isinstance(workers, str):
        yield from _by_cluster(job, missing, workers)
    elif workers > 1:
        yield from _by_processes(job, missing, workers)
    else:
        for wanted in ranges(missing, 1):
            yield from job.work(wanted, torch.get_num_threads())


def _by_processes(job: Job, missing: set[int], workers: int) -> Iterator[tuple[int, Arrays]]:
    sent, threads = _serialised(job), max(1, torch.get_num_threads() // workers)

    def attempt() -> Iterator[Made]:
        with ProcessPoolExecutor(workers, get_context("spawn"), _receive, sent) as pool:
            parts = ranges(missing, workers * _turns(job))
            futures: list[Future[Made]] = [pool.submit(_compute, wanted, threads) for wanted in parts]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()

    yield from _despite_deaths(missing, attempt, (BrokenProcessPool,))


def _by_cluster(job: Job, missing: set[int], address: str) -> Iterator[tuple[int, Arrays]]:
    try:
        from dask import distributed  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ConvistaError("mapping.no_dask") from error
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise ConvistaError("mapping.no_scheduler", address=address, reason=str(error).rstrip(".")) from error

    def attempt() -> Iterator[Made]:
        slots = sum(client.nthreads().values()) or 1
        # Under a name of its own: the same bytes would be found again as those that were lost.
        [sent] = client.scatter([_serialised(job)], broadcast=True, hash=False)
        parts = ranges(missing, slots * _turns(job))
        futures = [client.submit(_compute_sent, sent, wanted, pure=False) for wanted in parts]
        for future in distributed.as_completed(futures):
            yield future.result()
            future.release()

    # A worker that dies gives its ranges back to the scheduler. But Dask drops copies of scattered data that it
    # deems superfluous, so the one that dies may hold the only copy of the job: the scheduler cancels the rest.
    with client:
        yield from _despite_deaths(missing, attempt, (distributed.CancelledError, distributed.KilledWorker))


def _despite_deaths(
    missing: set[int], attempt: Callable[[], Iterator[Made]], deaths: tuple[type[Exception], ...]
) -> Iterator[tuple[int, Arrays]]:
    """Yield all missing strips, by as many attempts as the deaths of workers make necessary."""
    lost = 0
    while missing:
        before = len(missing)
        try:
            for made in attempt():
                for strip, arrays in made:
                    missing.discard(strip)
                    yield strip, arrays
        except deaths as error:
            lost = lost + 1 if len(missing) == before else 0
            if lost == TRIES:
                raise ConvistaError("mapping.workers_die", count=TRIES) from error


def _turns(job: Job) -> int:
    last = job.layout.strips - 1
    return TURNS if first_needed(job.layout, last) == last else TURNS // 2


def _serialised(job: Job) -> tuple[bytes, list[str]]:
    """Return a job as it travels, and where the modules of a network of the user's own lie."""
    return pickle.dumps(job), places_of(job.model.network)


def _deserialised(sent: tuple[bytes, list[str]]) -> Job:
    pickled, places = sent
    sys.path += [place for place in places if place not in sys.path]
    job: Job = pickle.loads(pickled)
    return job


_received: list[Job] = []


def _receive(pickled: bytes, places: list[str]) -> None:
    """Take the job that a worker process will compute parts of."""
    _received[:] = [_deserialised((pickled, places))]


def _compute(wanted: range, threads: int) -> Made:
    return list(_received[0].work(wanted, threads))


def _compute_sent(sent: tuple[bytes, list[str]], wanted: range) -> Any:
    """Compute a range on a worker of a cluster, which runs as many of these as it has threads."""
    return list(_deserialised(sent).work(wanted, 1))
