"""Re-sampling: against torch over sizes, factors and conventions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.resample import PixelShuffle, PixelUnshuffle, ResampleLinear, ResampleNearest, below
from tests.operators.against_torch import check, check_thoroughly, sabotaged
from tests.operators.draw import normal

LINEAR = {1: "linear", 2: "bilinear", 3: "trilinear"}
lengths = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 12)), min_size=1, max_size=3)


@given(lengths, st.booleans())
def test_to_a_size(sides: list[tuple[int, int]], corners: bool) -> None:
    before, after = zip(*sides, strict=True)
    x, mode = {"x": normal(0, 1, 2, *before)}, LINEAR[len(sides)]
    to: Any = {"size": after, "scale": tuple(n / m for n, m in sides)}
    taken = tuple(map(below, before, after, to["scale"]))
    check(ResampleNearest(taken=taken), lambda x: functional.interpolate(x, after), x)
    linear = ResampleLinear(**to, corners=corners)
    check(linear, lambda x: functional.interpolate(x, after, mode=mode, align_corners=corners), x)


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(0.3, 3.5)), min_size=1, max_size=3))
def test_by_a_factor(sides: list[tuple[int, float]]) -> None:
    factors = [max(factor, 1 / n + 1e-3) for n, factor in sides]
    x, mode = {"x": normal(0, 1, 2, *(n for n, _ in sides))}, LINEAR[len(sides)]
    size = tuple(int(np.floor(n * factor)) for (n, _), factor in zip(sides, factors, strict=True))
    to: Any = {"size": size, "scale": tuple(1 / factor for factor in factors)}
    # Torch's backward pass takes a short cut for these lengths, even where its forward pass read other elements.
    if not any(out in {n, 2 * n} and out != n * f for out, (n, _), f in zip(size, sides, factors, strict=True)):
        taken = tuple(below(n, out, s) for (n, _), out, s in zip(sides, size, to["scale"], strict=True))
        check(ResampleNearest(taken=taken), lambda x: functional.interpolate(x, scale_factor=factors), x)
    # An axis that keeps its length is copied by torch, whatever the factor.
    to["scale"] = tuple(1 if out == n else s for out, (n, _), s in zip(size, sides, to["scale"], strict=True))
    check(
        ResampleLinear(**to),
        lambda x: functional.interpolate(x, scale_factor=factors, mode=mode, align_corners=False),
        x,
    )


def test_thoroughly() -> None:
    x = {"x": normal(0, 2, 2, 3, 4)}
    taken = (0, 0, 1, 1, 2), (0, 0, 1, 1, 2, 2, 3, 3)
    check_thoroughly(ResampleNearest(taken=taken), lambda x: functional.interpolate(x, (5, 8)), x)
    for corners in (False, True):
        check_thoroughly(
            ResampleLinear(size=(5, 8), scale=(3 / 5, 1 / 2), corners=corners),
            lambda x, c=corners: functional.interpolate(x, (5, 8), mode="bilinear", align_corners=c),
            x,
        )
    shuffled = {"x": normal(0, 2, 8, 3, 2)}
    check_thoroughly(PixelShuffle(factor=2), lambda x: functional.pixel_shuffle(x, 2), shuffled)


def test_an_infinite_value_stays_among_its_neighbours() -> None:
    x = np.zeros((1, 1, 5))
    x[0, 0, 4] = np.nan
    out = ResampleLinear(size=(10,), scale=(0.5,)).value(x)
    assert np.isnan(out[0, 0]).tolist() == [False] * 7 + [True] * 3


def test_the_other_convention_is_noticed() -> None:
    x, ours = {"x": normal(0, 1, 1, 3, 4)}, ResampleLinear(size=(5, 8), scale=(3 / 5, 1 / 2))

    def reference(x: torch.Tensor) -> torch.Tensor:
        return functional.interpolate(x, (5, 8), mode="bilinear")

    check(ours, reference, x)
    with pytest.raises(AssertionError):
        check(sabotaged(ours, "value", replace(ours, corners=True).value), reference, x)


def test_pixel_unshuffle() -> None:
    x = {"x": normal(0, 2, 3, 4, 6)}
    check_thoroughly(PixelUnshuffle(factor=2), lambda x: functional.pixel_unshuffle(x, 2), x)
