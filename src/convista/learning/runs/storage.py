"""The file of a run: tensors, and JSON texts beside them. Reading it executes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple

import safetensors
import safetensors.torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.failures import reason, told_as
from convista.language import say
from convista.learning.runs.fields import parsed
from convista.whole_file import write_file

FILE = "model.safetensors"
FORMAT = "convista-run-1"
LARGEST_HEAD = 2**24
"""Bytes of the texts and the table of tensors. The split of a scene of a million blocks takes a sixteenth of it."""
LONGEST_REASON = 200


def run_file(path: str | Path) -> Path:
    """Return the file that a path means: itself if it ends in .safetensors, else ``model.safetensors`` in it."""
    path = Path(path)
    return path if path.suffix == ".safetensors" else path / FILE


@contextmanager
def prepared(path: str | Path) -> Iterator[Path]:
    """Make the folder of a run's file and see that it can be written to, before hours go into what it will hold.

    Folders made here are taken away at the end, whatever ended it, if they are empty still.

    Raises
    ------
    ConvistaError
        If it cannot.
    """
    file = run_file(path)
    if file.is_dir():
        raise ConvistaError("learning.runs.run_is_folder", file=file)
    made = [folder for folder in file.parents if not folder.exists()]
    try:
        with told_as("failures.not_written", path=file):
            file.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=file.parent):
                pass
        yield file
    finally:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def write(path: str | Path, tensors: Mapping[str, Tensor], about: Mapping[str, Any]) -> Path:
    """Write a file of tensors and texts, whole or not at all.

    Parameters
    ----------
    path
        File or folder, see `run_file`.
    tensors
        By name.
    about
        Whatever JSON can hold, by name.

    Raises
    ------
    ConvistaError
        If it cannot be written.
    """
    texts = {name: json.dumps(value, ensure_ascii=False, allow_nan=False) for name, value in about.items()}
    plain = _apart(tensors)
    with prepared(path) as file:
        # save_file would make a file that only its owner can read.
        return write_file(file, safetensors.torch.save(plain, {"format": FORMAT, **texts}))


class Stored(NamedTuple):
    """A file of which nothing has been read but its head."""

    file: Path
    about: dict[str, Any]
    """What it says of itself, by name."""
    shapes: dict[str, tuple[int, ...]]
    """Of its tensors, by name; they are as large as the file itself, which is not cut short."""

    def tensors(self) -> dict[str, Tensor]:
        """Read the tensors.

        Raises
        ------
        ConvistaError
            If they cannot be read.
        """
        try:
            with safetensors.safe_open(self.file, "pt") as opened:
                return {name: opened.get_tensor(name) for name in self.shapes}
        except Exception as error:  # what else the library raises depends on the tensor's type
            raise damaged(self.file, error) from error


def look(path: str | Path) -> Stored:
    """Read the head of a file that `write` wrote, or a stranger made: no more memory is used than the head takes.

    Raises
    ------
    ConvistaError
        If there is no such file, it is cut short or damaged, its head is larger than `LARGEST_HEAD`, or it is a
        safetensors file of another program.
    """
    file = run_file(path)
    if not file.is_file():
        raise ConvistaError("learning.runs.no_run", file=file)
    try:
        texts, shapes = head(file)
        if texts.pop("format", None) != FORMAT:
            raise ConvistaError("learning.runs.foreign_run", file=file)
        return Stored(file, {name: parsed(text) for name, text in texts.items()}, shapes)
    except ValueError as error:
        raise damaged(file, error) from error


def head(file: Path) -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    """Return the texts of a safetensors file, and the shapes of its tensors.

    Raises
    ------
    ValueError
        If it is cut short or damaged, or its head is larger than `LARGEST_HEAD`.
    """
    try:
        with file.open("rb") as opened:
            size = int.from_bytes(opened.read(8), "little")
        if LARGEST_HEAD < size <= file.stat().st_size:
            raise ValueError(say("learning.runs.json_head", size=size, largest=LARGEST_HEAD))
        with safetensors.safe_open(file, "pt") as tensors:
            shapes = {name: tuple(tensors.get_slice(name).get_shape()) for name in tensors.keys()}  # noqa: SIM118
            return dict(tensors.metadata() or {}), shapes
    except (OSError, safetensors.SafetensorError) as error:
        raise ValueError(reason(error)) from error


def damaged(file: Path, error: Exception) -> ConvistaError:
    """Return the error that says that a file is not as it was written."""
    told = str(error).strip().rstrip(".") or type(error).__name__
    return ConvistaError("learning.runs.damaged_run", file=file, reason=told.splitlines()[0][:LONGEST_REASON])


def _apart(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors on the CPU none of which shares memory with another, as those of tied layers do."""
    found: dict[str, Tensor] = {}
    seen: set[int] = set()
    for name, tensor in tensors.items():
        plain = tensor.detach().cpu().contiguous()
        place = plain.untyped_storage().data_ptr()
        found[name] = plain.clone() if place in seen else plain
        seen.add(place)
    return found
