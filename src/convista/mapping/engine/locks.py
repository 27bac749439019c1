"""Locks: which processes are at work in a folder, by a small file for each that says what it makes.

Several may share the folder: those that make different parts of the same map. A process that ended without taking
its file away, as one that was killed, is recognised on its own machine and counts no longer. Of another machine
that cannot be known; its file counts unless both make the same map, whose strips are the same whoever writes them.
"""

from __future__ import annotations

import json
import os
import platform
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from convista.errors import ConvistaError
from convista.mapping.engine.plan import Differences, Plan, digest_of
from convista.whole_file import whole_file

PREFIX, ENDING = "held-by-", ".json"
TRIES, WAIT = 4, 0.2
"""How often two that begin at the same moment, and so see each other, try again; seconds between, at most."""


@dataclass(frozen=True)
class Lock:
    """A process that is at work in a folder."""

    host: str
    pid: int
    began: str | None
    """When the process began, as its system counts, which tells it from a later one of the same number."""
    since: str
    """When it began with this map, UTC."""
    strips: tuple[int, int]
    """Those that it makes: first, and first of those after."""
    plan: dict[str, Any]
    """Format and identity of its map."""

    def is_alive(self, file: Path) -> bool:
        """Whether the process is still there, or may be."""
        if self.host != platform.node():
            return True
        if self.began is not None:
            return self.began == process_start(self.pid)
        try:
            if os.name == "nt":  # a process cannot be asked for harmlessly, but it keeps its file open
                file.unlink()
            else:
                os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return os.name != "nt"

    def conflicts_with(self, other: Lock) -> bool:
        """Whether two cannot work side by side."""
        if digest_of(self.plan) != digest_of(other.plan):
            return True
        apart = self.strips[0] >= other.strips[1] or other.strips[0] >= self.strips[1]
        return self.host == other.host and not apart


def is_lock(file: Path) -> bool:
    """Whether a file says who is at work."""
    return file.name.removeprefix(".").startswith(PREFIX)


def process_start(pid: int) -> str | None:
    """Return when a process began, as Linux counts; None where that is not known, or there is no such process."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("utf-8").strip()
    except (OSError, ValueError):
        return None
    state, ticks = told[0], told[19]
    return None if state in "ZX" else f"{boot}/{ticks}"


def locks_in(folder: Path, besides: Path | None = None) -> dict[Path, Lock]:
    """Return who else is at work in a folder, by file; the files of those that ended are removed."""
    found = {}
    for file in folder.glob(f"{PREFIX}*{ENDING}"):
        if file == besides:
            continue
        lock = _read(file)
        if lock is not None and lock.is_alive(file):
            found[file] = lock
        else:
            file.unlink(missing_ok=True)
    return found


@contextmanager
def locked(folder: Path, map_path: Path, plan: Plan, strips: range) -> Iterator[None]:
    """Work in a folder, which is made if need be, and let others know.

    Raises
    ------
    ConvistaError
        If another process makes another map there, or the same strips.
    OSError
        If the folder cannot be written to.
    """
    own = Lock(
        platform.node(), os.getpid(), process_start(os.getpid()), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        (strips.start, strips.stop), {"format": plan.get("format"), "identity": plan.get("identity")},
    )  # fmt: skip
    file = _acquired(folder, map_path, own)
    try:
        with file.open("rb"):  # so that Windows lets nobody remove it
            yield
    finally:
        file.unlink(missing_ok=True)


def _acquired(folder: Path, map_path: Path, own: Lock) -> Path:
    """Write a lock, unless it conflicts with another; return its file."""
    conflicting: dict[Path, Lock] = {}
    for attempt in range(TRIES):
        file = _written(folder, own)
        conflicting = {path: one for path, one in locks_in(folder, file).items() if one.conflicts_with(own)}
        if not conflicting:
            return file
        file.unlink(missing_ok=True)
        if attempt < TRIES - 1:
            time.sleep(random.uniform(WAIT / 4, WAIT))
    raise _refused(map_path, own, *next(iter(conflicting.items())))


def _written(folder: Path, own: Lock) -> Path:
    """Write the file of a lock into the folder, which another process may remove at this moment."""
    file = folder / f"{PREFIX}{uuid4().hex[:8]}{ENDING}"
    for attempt in range(TRIES):
        try:
            folder.mkdir(exist_ok=True)
            with whole_file(file) as draft:
                draft.write_text(json.dumps(asdict(own)), encoding="utf-8")
            return file
        except FileNotFoundError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError


def _read(file: Path) -> Lock | None:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(told["pid"], int) or not isinstance(told["plan"], dict):
            return None
        first, last = told.pop("strips")
        return Lock(**told, strips=(int(first), int(last)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _refused(map_path: Path, own: Lock, file: Path, other: Lock) -> ConvistaError:
    same = digest_of(own.plan) == digest_of(other.plan)
    who = {"path": map_path, "pid": other.pid, "host": other.host, "since": other.since, "file": file}
    if same:
        return ConvistaError("mapping.held_by", **who)
    return ConvistaError("mapping.held_by_other", differences=Differences(other.plan, own.plan), **who)
