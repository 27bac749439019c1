"""A film as one HTML page that plays it, without any network: elements by identity, words in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from convista.films.export import font
from convista.films.export.medium import medium
from convista.films.export.runs import folded
from convista.films.export.shapes import Painter, shape, written
from convista.films.export.svg import letters
from convista.films.stage import text
from convista.films.stage.marks import Colour, Mark, Words
from convista.films.stage.motion import FADE, Sources
from convista.films.stage.theme import THEMES
from convista.language import LANGUAGES, find

if TYPE_CHECKING:
    from convista.films.film import Beat, Film

T = TypeVar("T")
ByTheme = dict[str, list[list[T]]]
"""By language, then for each step: what is said in each theme, or once if that is the same."""

SAID = ("play", "pause", "previous", "next", "position", "speed", "language", "theme", "keys")
"""What the player says."""


class Variables:
    """Colours as variables of the page, so that the theme can change under them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Colour, bool], int] = {}
        self.painter = Painter(self._fill, self._ink, tuple(THEMES))

    def _fill(self, colour: Colour) -> str:
        return self._named(colour, ink=False)

    def _ink(self, colour: Colour) -> str:
        return self._named(colour, ink=True)

    def _named(self, colour: Colour, *, ink: bool) -> str:
        return f"var(--c{self._numbers.setdefault((colour, ink), len(self._numbers))})"

    def rules(self) -> str:
        """Return what the variables are in each theme."""
        rules = []
        for name, theme in THEMES.items():
            values = "".join(
                f"--c{number}:{written(theme.rgb(theme.letters(colour) if ink else colour))};"
                for (colour, ink), number in self._numbers.items()
            )
            own = "".join(f"--{colour}:{written(rgb)};" for colour, rgb in theme.colours.items())
            others = "".join(f"svg .{other}{{display:none}}" for other in THEMES if other != name)
            rules.append(f":root[data-theme={name}]{{{own}{values}color-scheme:{name};{others}}}")
        return "\n".join(rules)


@medium(".html")
def encode(film: Film) -> bytes:
    """Return the page; it begins in the film's language and theme."""
    variables = Variables()
    by_theme = list(zip(*(replace(film, theme=theme).staged() for theme in THEMES), strict=True))
    film = replace(film, steps=film.staged())
    told = {language: replace(film, language=language) for language in LANGUAGES}
    spoken = {name: [_once(map(each.words, steps)) for steps in by_theme] for name, each in told.items()}
    every = list(film.marks())
    every += (mark for steps in spoken.values() for step in steps for words in step for mark in words)
    captions = {
        language: [_once(getattr(step.caption, language) for step in steps) for steps in by_theme]
        for language in LANGUAGES
    }
    data = json.dumps(_data(film, spoken, captions, variables), ensure_ascii=False, separators=(",", ":"))
    said = frozenset("".join(text for name in SAID for text in find(f"films.export.{name}")))
    style = font.face(letters(every, LANGUAGES) | said) + font.STYLE + variables.rules()
    title: str = getattr(film.title, film.language)
    filled = {
        "LANGUAGE": film.language,
        "THEME": film.theme,
        "TITLE": escape(title),
        "FONT": style,
        "STYLE": _part("player.css"),
        "SCRIPT": _part("player.js"),
        # A script ends at the first of these, even inside a string.
        "FILM": data.replace("</", "<\\/"),
    }
    page = _part("player.html")
    for name, part in filled.items():
        page = page.replace(f"<!--{name}-->", part, 1)
    return page.encode()


def _data(
    film: Film, spoken: ByTheme[tuple[Mark, ...]], captions: ByTheme[str], variables: Variables
) -> dict[str, Any]:
    """Return what the player reads: each mark once, then for every beat what differs from the beat before."""
    numbers: dict[Mark, int] = {}
    beats = [beat for step in film.steps for beat in step.beats]
    states = folded([[numbers.setdefault(mark, len(numbers)) for mark in beat.marks] for beat in beats])
    return {
        "fade": FADE,
        "theme": film.theme,
        "themes": list(THEMES),
        "language": film.language,
        "title": film.title._asdict(),
        "captions": captions,
        "spoken": {
            language: [
                ["".join(str(shape(mark, variables.painter, language)) for mark in words) for words in step]
                for step in steps
            ]
            for language, steps in spoken.items()
        },
        "said": {name: find(f"films.export.{name}")._asdict() for name in SAID},
        "marks": [[mark.key, *_languages(mark, variables)] for mark in numbers],
        "letters": _letters(beats, numbers, variables),
        "steps": [len(step.beats) for step in film.steps],
        "beats": [
            [next(states), round(beat.lasting, 4), round(beat.passing, 4), _born(beat.born_from)] for beat in beats
        ],
        "longer": {language: _longer(film, language) for language in LANGUAGES},
    }


def _once(by_theme: Iterable[T]) -> list[T]:
    """Return what is said in each theme; one alone if they are the same."""
    said = list(by_theme)
    return said if any(one != said[0] for one in said) else said[:1]


def _letters(beats: list[Beat], numbers: dict[Mark, int], variables: Variables) -> dict[int, tuple[float, str]]:
    """Return the width in ems of words that are born or born from, and their colour if it is one by name."""
    born = {key for beat in beats for key, from_ in _born(beat.born_from).items() for key in (key, *from_)}
    return {
        number: (
            text.width(mark.text.en),
            variables.painter.ink(mark.colour) if isinstance(mark.colour, str) else "",
        )
        for mark, number in numbers.items()
        if isinstance(mark, Words) and mark.key in born
    }


def _born(sources: Sources) -> dict[str, list[str]]:
    return {key: [from_] if isinstance(from_, str) else list(from_) for key, from_ in sources.items()}


def _longer(film: Film, language: str) -> list[float]:
    """Return how much longer each step's last state is held, for its caption to be read in a language."""
    timed = replace(film, language=language).timed()
    return [round(long.seconds - step.seconds, 4) for step, long in zip(film.steps, timed, strict=True)]


def _languages(mark: Mark, variables: Variables) -> list[str]:
    """Return a mark's element in each language; one alone if they are the same."""
    elements = [str(shape(mark, variables.painter, language)) for language in LANGUAGES]
    return elements if len(set(elements)) > 1 else elements[:1]


def _part(name: str) -> str:
    return files("convista.films.export").joinpath("player", name).read_text("utf-8")
