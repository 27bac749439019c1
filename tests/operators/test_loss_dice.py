"""Dice loss, for one true class and for classes that overlap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.loss_dice import BinaryDice, Dice
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

seeds = st.integers(0, 10**6)
images = st.sampled_from([(), (3,), (2, 3)])


def overlap(p: torch.Tensor, g: torch.Tensor, smooth: float, squared: bool) -> torch.Tensor:
    """Go class by class through flat lists of the places that count."""
    losses = []
    for c in range(p.shape[1]):
        ours, true = p[:, c].flatten(), g[:, c].flatten()
        sizes = (ours @ ours + true @ true) if squared else ours.sum() + true.sum()
        losses.append(1 - (2 * (ours @ true) + smooth) / (sizes + smooth))
    return torch.stack(losses).mean()


def torch_dice(smooth: float, squared: bool, ignored: int = -100) -> Any:
    def reference(x: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        rows = x.movedim(1, -1).flatten(0, -2)[target.flatten() != ignored]
        true = target.flatten()[target.flatten() != ignored]
        return overlap(rows.softmax(1), functional.one_hot(true, x.shape[1]).double(), smooth, squared)

    return reference


def torch_binary_dice(smooth: float, squared: bool) -> Any:
    return lambda x, target: overlap(x.sigmoid(), target.detach(), smooth, squared)


@given(seeds, images, st.sampled_from([0.1, 1.0]), st.booleans())
def test_dice(seed: int, image: tuple[int, ...], smooth: float, squared: bool) -> None:
    target = np.random.default_rng(seed).integers(0, 4, (2, *image))
    target[target == 3] = 9
    attributes: dict[str, Any] = {"smooth": smooth, "squared": squared, "ignored": 9}
    check(Dice(**attributes), torch_dice(**attributes), {"x": normal(seed, 2, 3, *image), "target": target})


@given(seeds, images, st.sampled_from([0.1, 1.0]), st.booleans())
def test_binary_dice(seed: int, image: tuple[int, ...], smooth: float, squared: bool) -> None:
    target = np.random.default_rng(seed).integers(0, 2, (2, 3, *image)).astype(float)
    attributes: dict[str, Any] = {"smooth": smooth, "squared": squared}
    operands = {"x": normal(seed, 2, 3, *image), "target": target}
    check(BinaryDice(**attributes), torch_binary_dice(**attributes), operands)


@pytest.mark.parametrize("squared", [True, False])
def test_slopes_and_sabotage(squared: bool) -> None:
    x, target = normal(0, 2, 3, 4), np.array([[0, 2, 1, 9], [1, 1, 9, 0]])
    attributes: dict[str, Any] = {"smooth": 0.5, "squared": squared, "ignored": 9}
    check_thoroughly(Dice(**attributes), torch_dice(**attributes), {"x": x, "target": target})
    yes = (normal(1, 2, 3, 4) > 0).astype(float)
    del attributes["ignored"]
    check_thoroughly(BinaryDice(**attributes), torch_binary_dice(**attributes), {"x": x, "target": yes})


def test_a_perfect_overlap_has_no_loss_and_none_at_all_has_nearly_one() -> None:
    x = np.array([[[900.0, -900.0], [-900.0, 900.0]]])
    assert Dice().value(x, np.array([[0, 1]])) == 0
    assert Dice(smooth=1e-9).value(x, np.array([[1, 0]])) == pytest.approx(1)


def test_a_class_that_is_nowhere_has_no_loss() -> None:
    x = np.array([[[900.0], [-900.0]]])
    assert Dice().value(x, np.array([[0]])) == 0


def test_each_term_is_how_far_a_probability_is_from_the_truth() -> None:
    explanation = BinaryDice(smooth=0.5).explain((), np.zeros((1, 1, 2)), np.array([[[1.0, 0.0]]]))
    assert [term.contribution for term in explanation.terms] == [0.25 / 2, 0.25 / 2]
