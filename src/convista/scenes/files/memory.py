"""Memory: whether what is to be read at once can be held, asked before it is read."""

from __future__ import annotations

import os
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.geometry.window import Size

CONTAINER = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much a container may take."""
READ = 10
"""Bytes of a pixel of one band while it is read: its raw number, the scaled one, the mask."""


def check_room(file: str, shape: Size, bands: int, each: int = READ) -> None:
    """See that pixels can be held in the memory of this machine, as far as it says how much it has.

    Parameters
    ----------
    file
        What they are of, for the message.
    shape, bands
        Rows and columns, and how many of each.
    each
        Bytes of each pixel of a band.

    Raises
    ------
    ConvistaError
        If they need more than there is.
    """
    needed, there_is = shape[0] * shape[1] * bands * each, memory()
    if there_is is not None and needed > there_is:
        raise ConvistaError(
            "scenes.files.no_room",
            file=file,
            rows=shape[0],
            columns=shape[1],
            bands=bands,
            needed=f"{needed / 2**30:.1f}",
            memory=f"{there_is / 2**30:.1f}",
        )


def memory() -> int | None:
    """Return the bytes of memory that this machine, or its container, has; None where the system does not say."""
    try:
        there_is = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return None
    limit = CONTAINER.read_text("ascii").strip() if CONTAINER.is_file() else ""
    return min(there_is, int(limit)) if limit.isdecimal() else there_is
