"""The narrations that films have: for any data, longer than captions, with the numbers of the stage."""

from __future__ import annotations

import numpy as np
import pytest

from convista.catalogue import film
from convista.films.conv.conv import conv_film
from convista.films.said import narrations


@pytest.mark.parametrize("name", ["pool-max", "pool-average", "conv-step-by-step"])
@pytest.mark.parametrize("side", [6, 9])
def test_what_is_said_is_longer_than_the_captions(name: str, side: int) -> None:
    made = film(name, image=np.arange(side * side).reshape(side, side) % 7)
    own = [(said.words, said.steps[0].caption) for said in narrations(made.steps)]
    told = [(words, caption) for words, caption in own if words != caption]
    assert len(told) >= 3
    assert own[0] in told
    assert own[-1] in told
    for words, caption in told:
        assert len(words.es) > len(caption.es)
        assert len(words.en) > len(caption.en)


def test_numbers_are_those_of_the_stage() -> None:
    image = [[1, 2, 0, 0], [3, 10, 0, 1], [0, 0, 1, 1], [0, 0, 1, 1]]
    largest, average = (film(name, image=image).steps[1] for name in ("pool-max", "pool-average"))
    assert largest.narration is not None
    assert average.narration is not None
    assert "covers 4 values. The largest is 10," in largest.narration.en
    assert "divided by 4. Here that makes 4." in average.narration.en
    conv = film("conv-step-by-step", image=np.arange(16).reshape(4, 4), kernel=[[1, 2], [0, 1]])
    assert conv.steps[1].narration is not None
    assert "covers 4 numbers" in conv.steps[1].narration.en
    assert f"here {0 * 1 + 1 * 2 + 4 * 0 + 5 * 1}," in conv.steps[1].narration.en


def test_a_bias_is_told() -> None:
    x, weight = np.ones((1, 2, 4, 4)), np.ones((1, 2, 3, 3))
    with_bias, without = (conv_film(x, weight, bias).steps[0].narration for bias in (np.ones(1), None))
    assert with_bias is not None
    assert without is not None
    assert (
        "the 2 sums are added up. At the end the filter's bias is added. A single value is left, here 19."
        in with_bias.en
    )
    assert "the 2 sums are added up. A single value is left, here 18." in without.en


def test_zeros_of_a_border_are_not_told_as_values() -> None:
    made = film("pool-average", padding=1)
    assert made.steps[1].narration is None
    assert film("pool-max", kernel=1).steps[1].narration is None
    gap = np.full((4, 4), np.nan)
    for name in ("pool-max", "pool-average", "conv-step-by-step"):
        assert film(name, image=gap).steps[1].narration is None


def test_a_narrator_follows_the_first_value_of_an_activation() -> None:
    steps = film("activation-leaky-relu", x=[[-3.0, 5.0, 2.0, 1.0, 4.0]]).steps
    assert steps[1].narration is not None
    assert "horizontal axis, −3." in steps[1].narration.en
    assert "meets it, −0.30, is" in steps[1].narration.en
    assert steps[-2].narration is not None
    assert "There was one." in steps[-2].narration.en
    assert film("activation-relu", x=[[float("nan"), 1.0]]).steps[1].narration is None
