"""Small files beside a map."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from convista.errors import ConvistaError
from convista.scenes.files.failures import Remedy, reason


def write_sidecars(path: Path, text: str) -> Path:
    """Write a text as UTF-8, whole or not at all; return the path.

    Raises
    ------
    ConvistaError
        If it cannot be written.
    """
    unfinished = path.with_name(f".unfinished-{uuid4().hex[:8]}")
    try:
        try:
            unfinished.write_text(text, encoding="utf-8")
            return unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise ConvistaError(
            "mapping.beside_not_written", path=path, reason=reason(error), remedy=Remedy(error)
        ) from error
