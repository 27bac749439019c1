"""What a film is given is refused, with the remedy, where it is of another kind than the film takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista import language
from convista.catalogue import film, film_names, find
from convista.catalogue.given import KINDS
from convista.errors import ConvistaError

SHOWN = {"name", "size", "language", "theme"}


@pytest.mark.parametrize("name", film_names())
def test_every_datum_of_a_film_is_of_a_known_kind_and_can_be_given(name: str) -> None:
    takes = find(name).data
    assert {datum.type for datum in takes.values()} <= set(KINDS)
    assert not SHOWN & set(takes)


@pytest.mark.parametrize(
    ("name", "data", "asked"),
    [
        (
            "conv-step-by-step",
            {"image": "photo"},
            "image of the film “conv-step-by-step” cannot be 'photo'. Give numbers",
        ),
        ("conv-step-by-step", {"kernel": [[1, 2], [3]]}, "kernel .* rows of equal length"),
        ("activation-relu", {"x": np.ones((2, 2)) * 1j}, "x .* Give numbers"),
        ("pool-max", {"kernel": 1.5}, "Give a whole number, or two"),
        ("pool-max", {"padding": []}, "before and after for each axis"),
        ("pool-max", {"ceil_mode": "yes"}, "Give true or false"),
        ("conv-chain", {"kernels": 3}, "a list of arrays of numbers"),
        ("pool-spp", {"levels": [1, "two"]}, "a list of whole numbers"),
        ("patches-overlap", {"cuts": [64, 32]}, "pairs of whole numbers"),
        ("patches-mosaic", {"scene": "scene.tif"}, "Give a Scene object"),
        ("dropout", {"p": None}, "Give a number"),
    ],
)
def test_data_of_another_kind(name: str, data: dict[str, Any], asked: str) -> None:
    with pytest.raises(ConvistaError, match=asked):
        film(name, **data)


def test_the_remedy_is_in_the_language_in_use() -> None:
    language.use("es")
    try:
        with pytest.raises(ConvistaError) as caught:
            film("pool-max", kernel="x")
        assert "no puede ser 'x'. Hace falta un número entero, o dos" in str(caught.value)
    finally:
        language.use(None)


def test_kinds_of_numpy_are_as_good() -> None:
    given: dict[str, Any] = {"kernel": np.int64(2), "stride": np.array([2, 2]), "ceil_mode": np.True_}
    assert film("pool-max", **given) == film("pool-max", kernel=2, stride=(2, 2), ceil_mode=True)
