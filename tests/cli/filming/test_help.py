"""``convista film NAME --help`` tells what that film takes, and what it says is true."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film, film_names, find
from convista.catalogue.given import of_its_kind
from convista.cli.filming.data import settings
from convista.cli.filming.help import NOT_TYPED, about, describe, typed
from convista.language import LANGUAGES, use
from tests.cli.workshop import convista

Capture = pytest.CaptureFixture[str]

ALONE = ("whole", "number", "truth", "whole_or_pair", "padding", "padding_by_word", "text")
"""Kinds of which a film takes an example as it is; arrays must fit each other."""
QUICK = ("conv-step-by-step", "pool-max", "pool-mixed", "flatten-blocks", "dropout", "activation-elu")


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_datum_of_every_film_is_described(spoken: str) -> None:
    use(spoken)
    for name in film_names():
        for datum in find(name).data.values():
            if datum.kind not in NOT_TYPED and not (name == "training-vs-inference" and datum.name == "patch"):
                assert describe(datum).endswith("."), (name, datum)
                assert datum.name in typed(datum)
                assert len(about(datum)) > 20


@pytest.mark.parametrize("name", film_names())
def test_every_example_is_what_the_film_takes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for file in ("map.npy", "maps.npy", "a.npy", "b.npy"):
        np.save(file, np.ones((3, 4, 4)))
    takes = find(name).data
    for datum in takes.values():
        words = shlex.split(typed(datum)) if datum.kind not in NOT_TYPED else []
        if words[:1] == ["--set"] and "…" not in words[1]:
            of_its_kind(name, takes, settings((words[1],), takes))


@pytest.mark.parametrize("name", QUICK)
def test_a_film_can_be_made_of_its_examples(name: str) -> None:
    takes = find(name).data
    for datum in takes.values():
        if datum.kind in ALONE:
            given: dict[str, Any] = settings((shlex.split(typed(datum))[1],), takes)
            assert film(name, **given).steps


def test_help_with_and_without_a_film(capsys: Capture) -> None:
    of_film = convista(capsys, "film", "pool-max", "--help").out
    assert "Max-pooling: the largest value of each window passes" in of_film
    assert "--set kernel=2" in of_film
    assert "Rows and columns of the window. A whole" in of_film
    assert "[default: 2]" in of_film
    assert "--run RUN --scene FILE --at X,Y" in of_film
    assert "--theme [dark|light]" in of_film
    assert convista(capsys, "film", "--help", "pool-max").out == of_film
    alone = convista(capsys, "film", "--help").out
    assert "Save a film of the chapter" in alone
    assert "--set kernel=2" not in alone
    spanish = convista(capsys, "film", "pool-max", "--help", "--lang", "es").out
    assert "Filas y columnas de la ventana. Un número" in spanish
    outcome = convista(capsys, "film", "pool-maxx", "--help")
    assert outcome.code == 2
    assert "There is no film “pool-maxx”. The nearest names: pool-max" in outcome.error
