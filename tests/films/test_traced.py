"""The film of a record of a trace is the film of its arrays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from convista.errors import ConvistaError
from convista.films import film_of
from tests.films.examples import lenet
from tests.films.reading import texts


def record(operator: str) -> Any:
    example = lenet()
    arrays = {"x": example.x, "weight": example.weight, "bias": example.bias}
    return SimpleNamespace(operator=operator, name="conv1", arrays=lambda: arrays, attributes=example.attributes)


def test_a_traced_convolution_is_shown_as_its_arrays_are() -> None:
    made = film_of(record("conv2d"), channel=2, band_names=lenet().bands, language="es", theme="light")
    assert (made.language, made.theme, made.name) == ("es", "light", "conv1")
    read = texts(made.steps[-1].marks, "es")
    assert read.pop("title") == "conv1, mapa 2: una convolución, paso a paso"
    direct = texts(lenet().film().steps[-1].marks, "es")
    assert read == {key: line for key, line in direct.items() if key != "title"}


def test_operators_without_a_film_are_named() -> None:
    with pytest.raises(
        ConvistaError, match=r"There is no film of matmul \(layer “conv1”\). There are films of: conv2d"
    ):
        film_of(record("matmul"))
