"""A film: steps in order, each with what is on the stage, a caption in every language, and a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from types import MappingProxyType
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.films.colour_words import in_theme
from convista.films.durations import checked
from convista.films.said import Said, captions, narrations
from convista.films.stage.credit import credit
from convista.films.stage.layout import TITLE, caption
from convista.films.stage.marks import Mark
from convista.films.stage.motion import FADE, Passage, Sources
from convista.films.stage.theme import THEMES
from convista.language import LANGUAGES, Text, current

TICK = 1 / 15
"""How long the shortest states of the stage last, in seconds."""
RATE = 25
"""Pictures a second while something moves, where a medium does not ask for more."""


class Beat(NamedTuple):
    """One state of the stage inside a step, and how the state before turns into it: see `Passage`."""

    marks: tuple[Mark, ...]
    seconds: float = TICK
    """How long the state lasts. Without a way to it of its own, it begins by fading in: see `passing`."""
    travel: float = 0.0
    """How long the way to it takes, in seconds."""
    born_from: Sources = MappingProxyType({})
    """By the key of a mark, the key or keys of what it comes out of on that way."""

    @property
    def passing(self) -> float:
        """How long the stage is on its way to this state, in seconds; without a `travel`, at most half of it."""
        return self.travel or min(FADE, self.seconds / 2)

    @property
    def lasting(self) -> float:
        """How long the beat takes, way and state, in seconds."""
        return self.seconds + self.travel

    def __repr__(self) -> str:
        return f"<Beat: {len(self.marks)} marks, {self.seconds:.2f} s>"


class Pace(NamedTuple):
    """How long the beats of a step are held, in seconds: a row of products, their sum, the value at the end."""

    row: float
    sum: float
    end: float


SLOW, FAST = Pace(0.6, 0.7, 1.0), Pace(TICK, 2 * TICK, 0.5)
"""The first and last steps of a sweep, and those between."""
LONGEST = 80
"""Letters of a caption that a step shows of itself."""
REST = 2 * FADE
"""How long a step's last state is held at least, where times are given: it still fades in as it does of itself."""
LAST = 2.0
"""How long a film's last picture is held at least."""
READING = 15
"""Letters of a caption that are read in a second, and of a narration that are spoken in one."""
SMALLEST = 90
"""Pixels of a film's shorter side: less leaves no room for letters."""


class Step(NamedTuple):
    """One moment to understand: a caption, and the beats that lead to its last state.

    Steps that follow each other with the same caption stand under it together. Their times are what the stage asks
    for: `Film.timed` gives captions the time that they take to read.
    """

    caption: Text
    beats: tuple[Beat, ...]
    narration: Text | None = None
    """What a narrator says from here on; None goes on with what is being said under the same caption, or, where
    nothing is, reads the caption."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is on the stage at the end of the step."""
        return self.beats[-1].marks

    @property
    def seconds(self) -> float:
        """How long the step lasts, reading aside."""
        return sum(beat.lasting for beat in self.beats)

    @property
    def shortest(self) -> float:
        """How long the step lasts if its last state is left at once: all that moves in it has then moved."""
        return self.seconds - self.beats[-1].seconds + min(self.beats[-1].seconds, REST)

    def __repr__(self) -> str:
        said: str = getattr(in_theme(self.caption, "dark"), current())
        shown = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
        return f"<Step “{shown}”: {len(self.beats)} beats, {self.seconds:.1f} s>"


class Frame(NamedTuple):
    """One picture of a film: its display list, caption included, and how long it is seen."""

    marks: tuple[Mark, ...]
    seconds: float

    def __repr__(self) -> str:
        return f"<Frame: {len(self.marks)} marks, {self.seconds:.2f} s>"


@dataclass(frozen=True, repr=False)
class Film:
    """An animation of explained numbers, ready for every medium.

    ``steps`` describe it once, in all languages; the other fields say how it is shown, as in `shown`.
    """

    name: str
    title: Text
    steps: tuple[Step, ...]
    size: tuple[int, int] = (960, 540)
    language: str = "en"
    theme: str = "dark"
    plain: bool = False
    captions: bool = True
    narrated: bool = False
    durations: tuple[float, ...] | None = None

    @property
    def seconds(self) -> float:
        """How long the film lasts in its language."""
        return sum(step.seconds for step in self.timed())

    def shown(
        self,
        *,
        size: tuple[int, int] = (960, 540),
        language: str | None = None,
        theme: str = "dark",
        plain: bool = False,
        captions: bool = True,
        narrated: bool = False,
        durations: Sequence[float] | None = None,
    ) -> Film:
        """Return the same film, shown in another way.

        Parameters
        ----------
        size
            Width and height in pixels; the stage keeps its proportions of 16 : 9.
        language
            ``"es"`` or ``"en"``; None is the language in use.
        theme
            ``"dark"``, or ``"light"`` for print.
        plain
            Without title and captions; the stage stays where it is, with room for other words.
        captions
            Whether they are drawn; a plain film has none.
        narrated
            At the pace of its narration, `READING` letters a second, which then is what its subtitles say.
        durations
            How long each step lasts, in seconds, whatever its words take; None leaves it to the film. At least its
            `Step.shortest`, since nothing on the stage goes faster; what is longer, its last state is held.

        Raises
        ------
        ConvistaError
            If there is no such language or theme, the size leaves no room for letters, or the durations are not as
            many as steps, or one is too short.
        """
        if theme not in THEMES:
            raise ConvistaError("films.no_such_theme", theme=theme, themes=", ".join(THEMES))
        spoken = current() if language is None else language
        if spoken not in LANGUAGES:
            raise ConvistaError("films.no_such_language", language=language, languages=", ".join(LANGUAGES))
        given: object = size
        sides: Sequence[object] = given if isinstance(given, (tuple, list)) else ()
        if len(sides) != 2 or not all(isinstance(side, int) and SMALLEST <= side <= 0xFFFF for side in sides):
            raise ConvistaError("films.bad_size", size=size)
        return replace(
            self,
            size=(size[0], size[1]),
            language=spoken,
            theme=theme,
            plain=plain,
            captions=captions and not plain,
            narrated=narrated,
            durations=None if durations is None else checked(durations, self),
        )

    def credited(self, words: Text | None) -> Film:
        """Return the film with what has to be said of its imagery, a `Scene.credit`, on every picture."""
        if words is None:
            return self
        said = credit(words)
        steps = (
            step._replace(beats=tuple(beat._replace(marks=(*beat.marks, said)) for beat in step.beats))
            for step in self.steps
        )
        return replace(self, steps=tuple(steps))

    def marks(self) -> Iterator[Mark]:
        """Yield every mark of every state of the stage, captions aside."""
        return (mark for step in self.steps for beat in step.beats for mark in beat.marks)

    def staged(self) -> tuple[Step, ...]:
        """Return the steps as they are shown: colours are said as the theme has them, a plain film has no title."""
        steps = tuple(_in_theme(step, self.theme) for step in self.steps)
        return tuple(map(_untitled, steps)) if self.plain else steps

    def timed(self) -> tuple[Step, ...]:
        """Return the steps as they are shown, each with its time.

        A caption stays as long as it takes to read, `READING` letters a second, and of a narrated film also as long
        as what is said takes: what its steps lack is added to their last states, to each the same. The last picture
        is held for `LAST` seconds. Durations that were given take the place of all this.
        """
        steps = self.staged()
        if self.durations is not None:
            return tuple(
                _held(step, given - step.seconds) for step, given in zip(steps, self.durations, strict=True)
            )
        steps = self._with_time(steps, captions(steps))
        if self.narrated:
            steps = self._with_time(steps, narrations(steps))
        last = steps[-1].beats[-1]
        still = last.seconds - (0.0 if last.travel else last.passing)
        return (*steps[:-1], _held(steps[-1], max(0.0, LAST - still)))

    def _with_time(self, steps: tuple[Step, ...], said: Iterable[Said]) -> tuple[Step, ...]:
        """Return the steps, held longer where what is said over them takes longer."""
        timed: list[Step] = []
        for words, together in said:
            lacking = len(getattr(words, self.language)) / READING - sum(step.seconds for step in together)
            timed += (_held(step, max(0.0, lacking) / len(together)) for step in together)
        return tuple(timed)

    def words(self, step: Step) -> tuple[Mark, ...]:
        """Return the marks of a step's caption, as it is drawn; none if captions are not."""
        return caption(step.caption, self.language) if self.captions else ()

    def frames(self, rate: float = RATE) -> Iterator[Frame]:
        """Yield every picture in order, so many a second while something moves.

        A step's caption is there from its beginning, before anything moves.
        """
        before: tuple[Mark, ...] | None = None
        for step in self.timed():
            words = self.words(step)
            for beat in step.beats:
                passing = 0.0 if before is None else beat.passing
                pictures = round(passing * rate)
                if pictures:
                    passage = Passage(before or (), beat.marks, beat.born_from, passing)
                    for picture in range(1, pictures + 1):
                        yield Frame(passage.at(picture / (pictures + 1)) + words, passing / pictures)
                yield Frame(beat.marks + words, beat.lasting - passing * bool(pictures))
                before = beat.marks

    def picture(self, step: int = -1) -> Frame:
        """Return the last picture of a step, counted from 0 or, if negative, from the end."""
        chosen = self.timed()[step]
        return Frame(chosen.marks + self.words(chosen), chosen.seconds)

    def save(self, path: str | PathLike[str], *, step: int | None = None, sheet: bool = False) -> None:
        """Write the film in the medium that the path's ending names.

        ``.gif``, ``.webp`` and ``.mp4`` are the whole film, ``.svg`` too, moving by itself; ``.html`` is a player
        that needs no network; ``.png`` is the last step; ``.srt`` and ``.vtt`` are the subtitles alone, which an
        ``.mp4`` has in it, and beside it too unless captions are drawn; ``.md`` is the script, with times, captions
        and narration; ``.json`` is the film itself, which `open_film` reads back.

        Parameters
        ----------
        step
            One step, counted from 0 or, if negative, from the end: for ``.png`` and ``.svg``.
        sheet
            A contact sheet, up to 16 steps side by side at half their size: for ``.png``.

        Raises
        ------
        ConvistaError
            If the ending names no medium or cannot show what is asked, the film has no such step, the path cannot
            be written, or MP4 lacks what it needs; all known before anything is drawn.
        """
        from convista.films.export import save  # noqa: PLC0415  a film can be made and read without encoders

        save(self, path, step, sheet=sheet)

    def __repr__(self) -> str:
        width, height = self.size
        shown = f"{width}×{height}, {self.language}, {self.theme}"
        return f"<Film {self.name}: {len(self.steps)} steps, {self.seconds:.0f} s; {shown}>"

    def _repr_html_(self) -> str:
        """Show the film in a notebook: the player, or a poster where a page is not trusted or runs no scripts."""
        from convista.films.export.notebook import encode  # noqa: PLC0415  a film can be read without encoders

        return encode(self)


def _in_theme(step: Step, theme: str) -> Step:
    """Return a step that says its colours as a theme shows them."""
    caption = in_theme(step.caption, theme)
    return step._replace(caption=caption, narration=step.narration and in_theme(step.narration, theme))


def _untitled(step: Step) -> Step:
    """Return a step without the title on its stage."""
    kept = (beat._replace(marks=tuple(mark for mark in beat.marks if mark.key != TITLE)) for beat in step.beats)
    return step._replace(beats=tuple(kept))


def _held(step: Step, longer: float) -> Step:
    """Return a step whose last state is held longer."""
    *before, last = step.beats
    return step._replace(beats=(*before, last._replace(seconds=last.seconds + longer)))
