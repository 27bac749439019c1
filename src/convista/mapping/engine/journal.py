"""The journal of a map: each finished strip as a file of its own, from which the map is joined at the end.

It lies in a folder beside the map, ``<map>.unfinished``. What stops in the middle goes on from there, and parts
made on several machines lie there together. The name of a strip says which map it is of, by a digest of its plan,
so that strips of two are never joined, whatever happens to the folder.

No file in the folder is ever changed: each is written under another name and renamed, which happens at once or not
at all (POSIX `rename`). So whoever reads, at whatever moment, finds a strip whole or not there; and there is no
list of strips that could disagree with the files.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.failures import told_as
from convista.mapping.engine.locks import is_lock, locked, locks_in
from convista.mapping.engine.plan import Differences, Plan, digest_of
from convista.mapping.engine.plan_check import damaged_strip
from convista.whole_file import whole_file

Arrays = list[NDArray[Any]]
PLAN = "plan.json"
ENDING = ".unfinished"
FASTEST = 1
"""Level of deflate, since strips do not lie there for long."""
_STRIP = re.compile(r"(\d+)(?:\.([0-9a-f]+))?\.npz")


class Journal:
    """The finished strips of one map.

    Parameters
    ----------
    map_path
        The map that they will be joined to.
    folder
        Where they lie; None for beside it.
    """

    def __init__(self, map_path: Path, folder: Path | None = None) -> None:
        self.map_path = map_path
        self.folder = map_path.with_name(map_path.name + ENDING) if folder is None else folder
        self._digest: str | None = None

    @contextmanager
    def locked(self, plan: Plan, strips: range, restart: bool = False) -> Iterator[None]:
        """Make the folder for a plan, or go on in it, and keep those away who would make another map there.

        What fails before a strip is done leaves no folder.

        Parameters
        ----------
        plan
            Of the map.
        strips
            Those that will be computed.
        restart
            Whether strips that are there are given up: all of another plan, of this one those that are computed.

        Raises
        ------
        ConvistaError
            If another process makes another map there, or the same strips; if there are strips of another plan and
            they are not to be given up; or the folder cannot be written to.
        """
        try:
            with ExitStack() as kept:
                with self._telling():
                    kept.enter_context(locked(self.folder, self.map_path, plan, strips))
                    self._begin(plan, strips, restart)
                try:
                    yield
                except BaseException:
                    # Not Exception: whoever presses Ctrl+C before the first strip is done leaves no folder, either.
                    if not self._strips() and self._alone():
                        self.remove()
                    raise
        finally:
            with suppress(OSError):  # unless something is in it
                self.folder.rmdir()

    def _begin(self, plan: Plan, strips: range, restart: bool) -> None:
        """Write the plan, or see that it is there already; take away what a process that was killed left."""
        there, self._digest = self._plan(), digest_of(plan)
        if there is not None and digest_of(there) != self._digest:
            if (count := len(self._strips())) and not restart:
                asked = {"path": self.map_path, "count": count, "folder": self.folder}
                raise ConvistaError("mapping.other_unfinished", differences=Differences(there, plan), **asked)
            self.remove()
        elif restart:
            # Of the same plan only what is about to be computed: other processes may be making the rest.
            for number in strips:
                self.file(number).unlink(missing_ok=True)
        if self._alone():
            # A hidden file is being written, or was when its writer was killed; where nobody else is, the latter.
            for leftover in self.folder.glob(".*"):
                if not is_lock(leftover):
                    leftover.unlink(missing_ok=True)
        if self._plan() is None:
            self._write(self.folder / PLAN, json.dumps(plan, ensure_ascii=False, sort_keys=True, indent=1).encode())

    def _alone(self) -> bool:
        return len(locks_in(self.folder)) == 1

    def plan(self) -> dict[str, Any]:
        """Return what the strips are to be joined to.

        Raises
        ------
        ConvistaError
            If there is no journal of this map.
        """
        found = self._plan()
        if found is None:
            raise ConvistaError("mapping.no_journal", path=self.map_path, folder=self.folder)
        return found

    def precision(self) -> str | None:
        """Return the precision of the strips that are there; None if there are none."""
        if not self.done():
            return None
        precision: str = self.plan()["precision"]
        return precision

    def done(self) -> set[int]:
        """Return the numbers of the strips that are there and belong to the plan."""
        plan = self._plan()
        wanted = None if plan is None else digest_of(plan)
        return {number for number, digest in self._strips() if digest == wanted}

    def add(self, strip: int, arrays: Arrays) -> None:
        """Keep a strip, whole or not at all; ConvistaError if the disk does not take it."""
        buffer = io.BytesIO()
        # What `np.savez_compressed` writes, but for the level of deflate, which that does not let one choose.
        with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
            for number, array in enumerate(arrays):
                with archive.open(f"arr_{number}.npy", "w", force_zip64=True) as member:
                    np.save(member, array)
        with self._telling():
            self._write(self.file(strip), buffer.getbuffer())

    def strip(self, number: int) -> Arrays:
        """Return the arrays of a strip.

        Raises
        ------
        ConvistaError
            If its file is damaged, as after a power failure; it is removed, so that it will be computed again.
        """
        file = self.file(number)
        try:
            with file.open("rb") as opened, np.load(opened) as held:
                return [held[f"arr_{n}"] for n in range(len(held.files))]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise damaged_strip(file, error) from error

    def take(self, folder: Path) -> None:
        """Copy the strips of the same plan from another folder.

        Raises
        ------
        ConvistaError
            If they are of another map.
        """
        theirs = Journal(self.map_path, folder)
        there, here = theirs.plan(), self.plan()
        if digest_of(there) != digest_of(here):
            differences = Differences(here, there)
            raise ConvistaError("mapping.other_plan", folder=folder, path=self.map_path, differences=differences)
        for number in theirs.done() - self.done():
            with self._telling():
                self._write(self.file(number), theirs.file(number).read_bytes())

    def remove(self) -> None:
        """Remove what is in the folder, but for the files of those who are at work there."""
        for file in self.folder.glob("*"):
            if not is_lock(file):
                file.unlink(missing_ok=True)

    def _plan(self) -> dict[str, Any] | None:
        """Return the plan; nothing in it if it cannot be read, and None if there is none."""
        try:
            plan = json.loads((self.folder / PLAN).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            return {}
        return plan if isinstance(plan, dict) else {}

    def _strips(self) -> list[tuple[int, str]]:
        """Return the number of each strip that is there, and the digest of its plan; "" of a former version's."""
        found = (_STRIP.fullmatch(file.name) for file in self.folder.glob("*.npz"))
        return [(int(name[1]), name[2] or "") for name in found if name]

    def file(self, strip: int) -> Path:
        """Return the file of a strip of the plan."""
        if self._digest is None:
            self._digest = digest_of(self.plan())
        return self.folder / f"{strip:06d}.{self._digest}.npz"

    def _write(self, file: Path, content: bytes | memoryview) -> None:
        with whole_file(file) as draft:
            draft.write_bytes(content)

    def _telling(self) -> AbstractContextManager[None]:
        return told_as("mapping.strip_not_kept", folder=self.folder)


def strips_done(map_path: Path) -> tuple[int, int, Path] | None:
    """Return how many strips of an unfinished map are done, of how many, and where; None if there are none."""
    journal = Journal(map_path)
    done = journal.done()
    return (len(done), len(journal.plan()["rows"]), journal.folder) if done else None


def ranges(numbers: Iterable[int], parts: int) -> list[range]:
    """Divide numbers, some of which may be missing, into ranges without gaps: about so many, of like length."""
    runs: list[range] = []
    for number in sorted(numbers):
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    # Parts of like length, though some numbers are missing: a run is cut, never two joined over a gap.
    longest = max(1, -(-sum(map(len, runs)) // max(1, parts)))
    return [run[n : n + longest] for run in runs for n in range(0, len(run), longest)]
