"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EISDIR
from pathlib import Path
from uuid import uuid4

from convista.failures import told_as

LONGEST = 60
"""Letters of a file's name in its temporary one, which no system finds too long then (255 bytes)."""


@contextmanager
def whole_file(path: Path, folder: Path | None = None) -> Iterator[Path]:
    """Give a name to write to; what was written becomes the file at the end, unless something was raised.

    An older file of that name is there, as it was, until the new one is whole, and stays if it never is. Whatever
    ends it, an interruption included, nothing else is left behind, nor what a library laid beside the temporary
    file under a longer name.

    Parameters
    ----------
    path
        The file.
    folder
        Where the temporary file lies, on the same disk; None for beside the file.

    Raises
    ------
    OSError
        At once if nothing can be written there or a folder has that name; at the end if it cannot be renamed.
    """
    draft = (folder or path.parent) / f".{path.name[:LONGEST]}.{uuid4().hex[:8]}"
    try:
        if path.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        draft.touch(exist_ok=False)
        yield draft
        draft.replace(path)
    finally:
        with suppress(OSError):  # of a folder that has vanished; what is under way says more
            for leftover in draft.parent.iterdir():
                if leftover.name.startswith(draft.name):
                    leftover.unlink(missing_ok=True)


def write_file(path: Path, content: str | bytes, failed: str = "failures.not_written") -> Path:
    """Write a text, as UTF-8, or bytes into a file, whole or not at all; return the path.

    Parameters
    ----------
    path
        The file.
    content
        All of it.
    failed
        Key of the error; its text has the placeholders ``path``, ``reason`` and ``remedy``.

    Raises
    ------
    ConvistaError
        If it cannot be written.
    """
    with told_as(failed, path=path), whole_file(path) as draft:
        draft.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
