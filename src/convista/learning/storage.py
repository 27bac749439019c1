"""The file of a run: tensors, and JSON texts beside them. Nothing in it is ever executed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import safetensors
import safetensors.torch
from torch import Tensor

from convista.errors import ConvistaError

FILE = "model.safetensors"
FORMAT = "convista-run-1"


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
        raise ConvistaError("learning.run_is_folder", file=file)
    made = [folder for folder in file.parents if not folder.exists()]
    try:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            trial = _beside(file)
            trial.touch()
            trial.unlink()
        except OSError as error:
            raise ConvistaError("learning.cannot_write", file=file, reason=_reason(error)) from error
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
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}
    with prepared(path) as file:
        # save_file would make a file that only its owner can read.
        return write_bytes(file, safetensors.torch.save(plain, {"format": FORMAT, **texts}))


def write_bytes(file: Path, content: bytes) -> Path:
    """Write a file, whole or not at all: under a temporary name beside it, renamed at the end.

    Raises
    ------
    ConvistaError
        If it cannot be written.
    """
    unfinished = _beside(file)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(file)
    except OSError as error:
        raise ConvistaError("learning.cannot_write", file=file, reason=_reason(error)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return file


def read(path: str | Path) -> tuple[dict[str, Tensor], dict[str, Any]]:
    """Return what `write` was given.

    Raises
    ------
    ConvistaError
        If there is no such file, it is cut short or damaged, or it is a safetensors file of another program.
    """
    file = run_file(path)
    if not file.is_file():
        raise ConvistaError("learning.no_run", file=file)
    try:
        with safetensors.safe_open(file, "pt") as opened:
            texts = dict(opened.metadata() or {})
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}  # noqa: SIM118  not a mapping
    except (OSError, safetensors.SafetensorError) as error:
        raise ConvistaError("learning.damaged_run", file=file, reason=error) from error
    if texts.pop("format", None) != FORMAT:
        raise ConvistaError("learning.foreign_run", file=file)
    try:
        return tensors, {name: json.loads(text) for name, text in texts.items()}
    except json.JSONDecodeError as error:
        raise ConvistaError("learning.damaged_run", file=file, reason=error) from error


def _reason(error: Exception) -> str:
    """Return what the system says, without a full stop."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said.rstrip(".")


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.{uuid4().hex[:8]}")
