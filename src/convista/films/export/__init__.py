"""One file for each medium; the ending of a path chooses."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.films.export import gif, png

if TYPE_CHECKING:
    from convista.films.film import Film

MEDIA: dict[str, Callable[[Film, int | None], bytes]] = {
    ".gif": lambda film, _: gif.encode(film),
    ".png": lambda film, step: png.encode(film, -1 if step is None else step),
}
"""What each ending makes of a film."""


def save(film: Film, path: str | os.PathLike[str], step: int | None) -> None:
    """Write a film as `Film.save` says; nothing half-written is left behind."""
    target = Path(path)
    encode = MEDIA.get(target.suffix.lower())
    if encode is None:
        raise ConvistaError("films.no_such_medium", path=path, suffix=target.suffix, media=", ".join(MEDIA))
    if step is not None and not -len(film.steps) <= step < len(film.steps):
        raise ConvistaError("films.no_such_step", step=step, steps=len(film.steps), last=len(film.steps) - 1)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.is_dir():
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        draft.touch(exist_ok=False)
    except OSError as reason:
        raise ConvistaError("films.unwritable", path=path, reason=reason.strerror) from reason
    try:
        draft.write_bytes(encode(film, step))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
