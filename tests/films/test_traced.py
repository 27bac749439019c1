"""The film of a record of a trace is the film of its arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.errors import ConvistaError
from convista.films import film_of
from tests.films.examples import lenet, recorded
from tests.films.reading import texts


def record() -> Any:
    example = lenet()
    arrays = {"x": example.x, "weight": example.weight, "bias": example.bias}
    return recorded("conv2d", arrays, example.attributes, "conv1")


def test_a_traced_convolution_is_shown_as_its_arrays_are() -> None:
    made = film_of(record(), channel=2, band_names=lenet().bands, language="es", theme="light")
    assert (made.language, made.theme, made.name) == ("es", "light", "conv1")
    read = texts(made.steps[-1].marks, "es")
    assert read.pop("title") == "conv1, mapa 2: una convolución, paso a paso"
    direct = texts(lenet().film().steps[-1].marks, "es")
    assert read == {key: line for key, line in direct.items() if key != "title"}


def test_operators_without_a_film_are_named() -> None:
    with pytest.raises(
        ConvistaError, match=r"There is no film of matmul \(layer “conv1”\). There are films of: adaptive_average"
    ):
        film_of(recorded("matmul", {}, name="conv1"))


CONVOLVED = {"x": (3, 2, 6, 6), "weight": (3, 2, 3, 3), "bias": (3,)}
DRAWN = {"kernel": (2, 2), "stride": (2, 2)}
BATCHES: dict[str, tuple[dict[str, tuple[int, ...]], dict[str, Any]]] = {
    "conv2d": (CONVOLVED, {"stride": (2, 1), "padding": ((0, 1), (1, 1)), "dilation": (1, 1), "groups": 1}),
    "silu": ({"x": (3, 2, 4, 5)}, {}),
    "tanh": ({"x": (3, 7)}, {}),
    "prelu": ({"x": (3, 2, 4, 5), "weight": (2,)}, {}),
    "max_pool2d": ({"x": (3, 2, 6, 6)}, {**DRAWN, "padding": ((0, 0), (0, 0)), "dilation": (1, 1)}),
    "stochastic_pool2d": ({"x": (3, 2, 6, 6), "chosen": (3, 2, 3, 3)}, DRAWN),
    "global_average": ({"x": (3, 2, 6, 6)}, {}),
    "dropout": ({"x": (3, 2, 4, 4), "mask": (3, 2, 4, 4)}, {"p": 0.5}),
}


@pytest.mark.parametrize("operator", BATCHES)
def test_a_sample_of_a_batch_is_shown_as_if_it_had_come_alone(operator: str) -> None:
    shapes, attributes = BATCHES[operator]
    rng = np.random.default_rng(4)
    arrays = {
        name: rng.integers(0, 2, shape) if name in {"mask", "chosen"} else np.abs(rng.normal(size=shape))
        for name, shape in shapes.items()
    }
    alone = {name: values if name in {"weight", "bias"} else values[1:2] for name, values in arrays.items()}
    batch, one = (recorded(operator, given, attributes) for given in (arrays, alone))
    shown, expected = film_of(batch, sample=1), film_of(one)
    assert shown.name == "layer[1]"
    assert len(shown.steps) == len(expected.steps)
    for step, same in zip(shown.steps, expected.steps, strict=True):
        read, direct = texts(step.marks, "en"), texts(same.marks, "en")
        assert read.pop("title") == direct.pop("title").replace("layer", "layer[1]", 1)
        assert read == direct
    assert texts(film_of(batch).steps[-1].marks, "en") != texts(shown.steps[-1].marks, "en")
    with pytest.raises(ConvistaError, match="There is no sample 3: they go from 0 to 2"):
        film_of(batch, sample=3)


def test_an_option_that_a_film_does_not_take_is_named() -> None:
    with pytest.raises(
        ConvistaError, match=r"layer “conv1” does not take chanel. It takes: channel, band_names, sample"
    ):
        film_of(record(), chanel=2)
