"""What of a film's words is shown and said, and when: the options, and in which files each has an effect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from convista.cli.filming.targets import FilmFile
from convista.errors import ConvistaError
from convista.language import say

if TYPE_CHECKING:
    from convista.films import Film


@dataclass(frozen=True)
class Telling:
    """What was asked of a film's words and times."""

    plain: bool
    no_captions: bool
    narrated: bool
    cues: str | None

    def shown(self) -> dict[str, Any]:
        """Return what `Film.shown` takes of it, times aside."""
        return {"plain": self.plain, "captions": not self.no_captions, "narrated": self.narrated}

    def timed(self, film: Film, shown: dict[str, Any]) -> Film:
        """Return the film at the times of its cues, if there are any; ConvistaError as `read_cues`."""
        if self.cues is None:
            return film
        from convista.films.durations import read_cues

        return film.shown(**shown, durations=read_cues(self.cues, film))

    def check(self, files: list[FilmFile], step: int | None) -> None:
        """See that every option changes one of the files at least; ConvistaError if one does not."""
        if self.plain and self.no_captions:
            raise ConvistaError("cli.film.plain_has_none")
        from convista.films.export.medium import STEP, WHOLE, Has

        media = WHOLE if step is None else STEP
        asked = {
            "--plain": (self.plain, Has.PICTURE),
            "--no-captions": (self.no_captions, Has.PICTURE),
            "--cues": (self.cues is not None, Has.TIME),
            # With times from outside, what is said changes the subtitles alone.
            "--narrated": (self.narrated, Has.TIME if self.cues is None else Has.SUBTITLES),
        }
        endings = {path.suffix.lower() for path, _ in files}
        for option, (given, changed) in asked.items():
            if given and not any(changed in media[ending].has for ending in endings if ending in media):
                others = [ending for ending in WHOLE if changed in WHOLE[ending].has]
                told = {"files": ", ".join(str(path) for path, _ in files), "media": ", ".join(others)}
                raise ConvistaError("cli.film.no_effect", option=option, **told)


def telling_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--plain --no-captions --narrated --cues``, handed on together as ``telling``."""

    @wraps(command)
    def gathered(plain: bool, no_captions: bool, narrated: bool, cues: str | None, **others: Any) -> Any:
        return command(telling=Telling(plain, no_captions, narrated, cues), **others)

    with_options: Callable[..., Any] = gathered
    for option in (
        click.option("--cues", metavar=say("cli.options.arg_file"), help=say("cli.film.help_cues")),
        click.option("--narrated", is_flag=True, help=say("cli.film.help_narrated")),
        click.option("--no-captions", is_flag=True, help=say("cli.film.help_no_captions")),
        click.option("--plain", is_flag=True, help=say("cli.film.help_plain")),
    ):
        with_options = option(with_options)
    return with_options
