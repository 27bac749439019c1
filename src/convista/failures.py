"""What a system or a library says when a file fails, and what a person can do about it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from convista.errors import ConvistaError
from convista.language import say

LITTLE = 2**20
"""Bytes below which a disk counts as full."""
_REMEDIES = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "too_large",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_name",
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
}
_SAID = {
    **{os.strerror(number).lower(): remedy for number, remedy in _REMEDIES.items()},
    "free disk space": "full",
    "differs from what was written": "full",
}
"""Parts of what GDAL says, which gives no number."""


class Remedy:
    """What can be done about a file that could not be written, without a full stop, in the language then in use.

    Parameters
    ----------
    error
        What was raised.
    folder
        Where it was written to: of a full disk, GDAL says that writing failed and not why.
    """

    def __init__(self, error: BaseException, folder: Path | None = None) -> None:
        self.kind = _kind(error)
        if self.kind == "other" and folder is not None and _is_full(folder):
            self.kind = "full"

    def __str__(self) -> str:
        return say(f"failures.remedy_{self.kind}").rstrip(".")


def reason(error: BaseException) -> str:
    """Return what went wrong, in the words of whoever noticed first, on one line and without a full stop."""
    first = error.__cause__ or error
    said = first.strerror if isinstance(first, OSError) and first.strerror else str(first)
    return " ".join(said.split()).rstrip(".")


@contextmanager
def told_as(
    key: str,
    /,
    kinds: type[Exception] | tuple[type[Exception], ...] = OSError,
    on: Path | None = None,
    **values: object,
) -> Iterator[None]:
    """Turn what goes wrong while something is written into the error of a key.

    Parameters
    ----------
    key
        Of a text with the placeholders ``reason`` and ``remedy``, and those of `values`.
    kinds
        What is turned into it.
    on
        As `folder` of `Remedy`.

    Raises
    ------
    ConvistaError
        In place of an exception of these kinds, which is its cause.
    """
    try:
        yield
    except kinds as error:
        raise ConvistaError(key, reason=reason(error), remedy=Remedy(error, on), **values) from error


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LITTLE
    except OSError:
        return False


def _kind(error: BaseException) -> str:
    chain: list[BaseException] = []
    while error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__ or error
    numbers = [one.errno for one in chain if isinstance(one, OSError) and one.errno in _REMEDIES]
    if numbers:
        return _REMEDIES[numbers[0] or 0]
    told = " ".join(map(str, chain)).lower()
    return next((remedy for part, remedy in _SAID.items() if part in told), "other")
