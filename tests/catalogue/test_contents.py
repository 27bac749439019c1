"""The order of the films names each that there is, once, and each has words."""

from __future__ import annotations

from convista.catalogue import film_names
from convista.films.registry import FILMS
from convista.language.catalogue.films import TABLE


def test_every_film_has_one_place_and_every_place_a_film() -> None:
    assert sorted(film_names()) == sorted(FILMS)


def test_every_film_says_what_it_is_about() -> None:
    assert set(TABLE) == {name.replace("-", "_") for name in film_names()}
