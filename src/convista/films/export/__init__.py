"""One file for each medium; the ending of a path chooses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from convista.errors import ConvistaError
from convista.failures import told_as
from convista.films.export.medium import SHEET, STEP, WHOLE
from convista.whole_file import whole_file

if TYPE_CHECKING:
    from convista.films.film import Film


def save(film: Film, path: str | os.PathLike[str], step: int | None, *, sheet: bool) -> None:
    """Write a film as `Film.save` says; nothing half-written is left behind."""
    target = Path(path)
    makers = {target: _maker(target, film, step, sheet=sheet)}
    if not film.captions:
        # Players load such files by themselves, whatever language stands in their names: captions that are drawn
        # would be there twice.
        beside = [target.with_suffix(ending) for ending in WHOLE[target.suffix.lower()].beside]
        makers |= {place: _maker(place, film, None, sheet=False) for place in beside}
    with ExitStack() as written:
        drafts = {place: written.enter_context(_whole(place)) for place in makers}
        for place, make in makers.items():
            drafts[place].write_bytes(make())


def _maker(target: Path, film: Film, step: int | None, *, sheet: bool) -> Callable[[], bytes]:
    """Find what makes the bytes of a file, or say what cannot be."""
    suffix = target.suffix.lower()
    if suffix not in WHOLE:
        raise ConvistaError("films.no_such_medium", path=target, suffix=target.suffix, media=", ".join(WHOLE))
    table, what = (SHEET, "sheet") if sheet else (WHOLE, "medium") if step is None else (STEP, "step")
    if suffix not in table:
        raise ConvistaError(f"films.export.no_{what}_in", path=target, suffix=suffix, media=", ".join(table))
    if step is not None and not -len(film.steps) <= step < len(film.steps):
        raise ConvistaError("films.no_such_step", step=step, steps=len(film.steps), last=len(film.steps) - 1)
    encode = table[suffix].encode
    return lambda: encode(film) if step is None or sheet else encode(film, step)


@contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """Give what is written to, and tell at once what cannot be written."""
    with told_as("failures.not_written", path=target), whole_file(target) as draft:
        yield draft
