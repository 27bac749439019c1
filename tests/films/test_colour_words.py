"""Captions and narrations say the colours that the theme shows."""

from __future__ import annotations

import colorsys
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from convista.catalogue import film_names
from convista.cividis import CIVIDIS, RGB
from convista.films.colour_words import AFTER, BEFORE, NAMED, in_theme
from convista.films.film import Step
from convista.films.stage.marks import Circle, Mark, Picture
from convista.films.stage.theme import THEMES, contrast
from convista.films.wording import message
from convista.language import LANGUAGES, Text, say
from tests.films.every_film import made

SPANISH = r"(amarill|roj|blanc|negr|fucsia|naranja|azul|verde|ocre|gris|dorad|rosa\b|magenta)"
ENGLISH = r"\b(yellow|red|white|black|fuchsia|orange|blue|green|ochre|gr[ae]y|gold|pink|magenta)"
WORD = {"es": re.compile(rf"\b{SPANISH}\w*"), "en": re.compile(ENGLISH + r"\b")}
OF_IMAGERY = {"conv_narration.begin_channels", "data.image_channels", "pool_narration.end_average"}
"""Texts of `language/films/` that speak of bands, or of what a place on the ground looks like."""
MEANT: dict[str, tuple[float, float, float, float]] = {
    "yellow": (45, 60, 0.45, 0.8),
    "ochre": (35, 50, 0.3, 0.5),
    "orange": (15, 40, 0.3, 0.7),
    "red": (-10, 10, 0.35, 0.75),
    "fuchsia": (310, 335, 0.35, 0.75),
    "blue": (205, 225, 0.3, 0.75),
}
"""What is meant by a word: degrees of hue, from and to, and lightness, from and to."""


def shown(colour: str, theme: str) -> RGB:
    """Return what a colour that words name looks like."""
    place = {"positive": 1.0, "negative": -1.0, "zero": 0.0}
    return CIVIDIS[-1] if colour == "high" else THEMES[theme].rgb(place.get(colour, colour))


@pytest.mark.parametrize("colour", NAMED)
@pytest.mark.parametrize("theme", THEMES)
def test_a_colour_is_what_its_word_means(colour: str, theme: str) -> None:
    word = say(f"films.colours.{theme}_{colour}", language="en")
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in shown(colour, theme)))
    if word in ("white", "black"):
        assert (lightness > 0.85) if word == "white" else (lightness < 0.15)
        return
    if word == "grey":
        assert saturation < 0.15
        assert 0.3 < lightness < 0.7
        return
    first, last, dark, light = MEANT[word]
    assert first <= (hue * 360 - first) % 360 + first <= last
    assert dark <= lightness <= light


def test_no_text_names_a_colour_itself() -> None:
    """Those that do speak of imagery; others leave the word to the theme."""
    tables = Path(import_module("convista.language.films").__file__ or "").parent
    found = {
        f"{path.stem}.{key}"
        for path in tables.glob("[!_]*.py")
        if path.stem != "colours"
        for key, text in import_module(f"convista.language.films.{path.stem}").TABLE.items()
        if any(WORD[language].search(getattr(text, language)) for language in LANGUAGES)
    }
    assert found == OF_IMAGERY


@pytest.mark.parametrize("name", film_names())
def test_every_film_says_the_colours_of_its_theme(name: str) -> None:
    for theme in THEMES:
        for step, told in zip(made(name).steps, replace(made(name), theme=theme).staged(), strict=True):
            assert_said(step, told, theme)
    titles = [mark for mark in made(name).marks() if BEFORE in str(mark)]
    assert not titles, "only captions and narrations name colours"


def assert_said(step: Step, told: Step, theme: str) -> None:
    for words, said in ((step.caption, told.caption), (step.narration, told.narration)):
        if words is None or said is None:
            continue
        assert not re.search(f"[{BEFORE}{AFTER}]", "".join(said))
        for colour in re.findall(f"{BEFORE}(.+?){AFTER}", words.en):
            assert any(colour in colours(mark) for beat in step.beats for mark in beat.marks), colour
            for language in LANGUAGES:
                assert say(f"films.colours.{theme}_{colour}", language=language) in getattr(said, language)


def colours(mark: Mark) -> set[str]:
    """Return which of the colours that words name a mark may show."""
    if isinstance(mark, Picture):
        return {"high"} if mark.scale == "magnitude" else {"positive", "negative", "zero"}
    found = {getattr(mark, name, None) for name in ("fill", "stroke", "colour")}
    places = [one for one in found if isinstance(one, float)]
    signs = {"positive" if one > 0 else "negative" if one < 0 else "zero" for one in places}
    return signs | {one for one in found if isinstance(one, str)}


def test_a_text_keeps_its_colours_until_the_theme_is_known() -> None:
    words = message("films.filters.end")
    assert "in_theme" not in words.en
    assert in_theme(words, "dark").en.endswith("black zero.")
    assert in_theme(words, "light").en.endswith("white zero.")
    other = Text(f"{BEFORE}x{AFTER}", f"a{BEFORE}")
    assert in_theme(other, "dark") == other, "what a stranger's film says is left alone"


def test_the_origin_is_seen_on_a_map_in_every_theme() -> None:
    rings = [mark for mark in made("gradient-descent").marks() if isinstance(mark, Circle) and "zero" in mark.key]
    strokes = {mark.stroke for mark in rings}
    assert len(strokes) == 2
    for theme in THEMES.values():
        for under in CIVIDIS:
            assert max(contrast(theme.rgb(stroke), under) for stroke in strokes if stroke is not None) >= 3
