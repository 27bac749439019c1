"""The journal of a map: each finished strip as a file of its own, from which the map is joined at the end.

It lies in a folder beside the map, ``<map>.unfinished``. What stops in the middle goes on from there, and parts
made on several machines lie there together.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError

Arrays = list[NDArray[Any]]
PLAN = "plan.json"
ENDING = ".unfinished"
FASTEST = 1
"""Level of deflate, since strips do not lie there for long."""


class Journal:
    """The finished strips of one map.

    Parameters
    ----------
    map_path
        The map that they will be joined to.
    """

    def __init__(self, map_path: Path) -> None:
        self.map_path = map_path
        self.folder = map_path.with_name(map_path.name + ENDING)

    def begin(self, plan: Mapping[str, Any]) -> None:
        """Make the folder for a plan, or go on in it; strips of another plan, which would not fit, are removed.

        Raises
        ------
        ConvistaError
            If it cannot be written.
        """
        text = json.dumps(plan, ensure_ascii=False, sort_keys=True, indent=1)
        file = self.folder / PLAN
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            return
        self.remove()
        try:
            self.folder.mkdir(exist_ok=True)
            self._write(file, text.encode())
        except OSError as error:
            raise self._full(error) from error

    def plan(self) -> dict[str, Any]:
        """Return what the strips are to be joined to.

        Raises
        ------
        ConvistaError
            If there is no journal of this map.
        """
        file = self.folder / PLAN
        if not file.is_file():
            raise ConvistaError("mapping.no_journal", path=self.map_path, folder=self.folder)
        plan: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return plan

    def precision(self) -> str | None:
        """Return the precision of the strips that are there; None if there are none."""
        if not self.done():
            return None
        precision: str = self.plan()["precision"]
        return precision

    def done(self) -> set[int]:
        """Return the numbers of the strips that are there."""
        return {int(file.stem) for file in self.folder.glob("*.npz") if file.stem.isdecimal()}

    def add(self, strip: int, arrays: Arrays) -> None:
        """Keep a strip, whole or not at all; ConvistaError if the disk does not take it."""
        held = io.BytesIO()
        with ZipFile(held, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:
            for number, array in enumerate(arrays):
                with archive.open(f"arr_{number}.npy", "w", force_zip64=True) as member:
                    np.save(member, array)
        try:
            self._write(self._file(strip), held.getbuffer())
        except OSError as error:
            raise self._full(error) from error

    def strip(self, number: int) -> Arrays:
        """Return the arrays of a strip."""
        with np.load(self._file(number)) as held:
            return [held[f"arr_{n}"] for n in range(len(held.files))]

    def take(self, folder: Path) -> None:
        """Copy the strips of the same plan from another folder.

        Raises
        ------
        ConvistaError
            If they are of another map.
        """
        theirs = folder / PLAN
        if not theirs.is_file():
            raise ConvistaError("mapping.no_journal", path=self.map_path, folder=folder)
        if not (self.folder / PLAN).is_file():
            self.begin(json.loads(theirs.read_text(encoding="utf-8")))
        if theirs.read_text(encoding="utf-8") != (self.folder / PLAN).read_text(encoding="utf-8"):
            raise ConvistaError("mapping.other_plan", folder=folder, path=self.map_path)
        for file in folder.glob("*.npz"):
            if file.stem.isdecimal() and not (self.folder / file.name).exists():
                try:
                    self._write(self.folder / file.name, file.read_bytes())
                except OSError as error:
                    raise self._full(error) from error

    def remove(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def remove_if_empty(self) -> None:
        """Remove the folder if no strip is in it."""
        if not self.done():
            self.remove()

    def _file(self, strip: int) -> Path:
        return self.folder / f"{strip:06d}.npz"

    def _write(self, file: Path, content: bytes | memoryview) -> None:
        unfinished = file.with_name(f".{file.name}.{uuid4().hex[:8]}")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(file)
        finally:
            unfinished.unlink(missing_ok=True)

    def _full(self, error: OSError) -> ConvistaError:
        return ConvistaError(
            "mapping.strip_not_kept", folder=self.folder, reason=(error.strerror or str(error)).rstrip(".")
        )


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
    longest = max(1, -(-sum(map(len, runs)) // max(1, parts)))
    return [run[n : n + longest] for run in runs for n in range(0, len(run), longest)]
