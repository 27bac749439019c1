"""The film of losses prints torch's losses and gradients, and draws the gradient as the tangent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.loss.losses import losses_film
from convista.films.stage.marks import Circle, Mark, Polyline
from convista.language import LANGUAGES
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts

ONE = torch.ones(1, dtype=torch.float64)


def focal(x: Tensor) -> Tensor:
    p = torch.sigmoid(x)
    return (-((1 - p) ** 1.5) * p.log()).sum()


def region(x: Tensor) -> Tensor:
    p = torch.sigmoid(torch.cat([x, torch.tensor([2.0, -1, -2], dtype=torch.float64)]))
    g = torch.tensor([1.0, 1, 0, 0], dtype=torch.float64)
    return 1 - (2 * (p * g).sum() + 1) / ((p**2).sum() + (g**2).sum() + 1)


TORCH: list[Callable[[Tensor], Tensor]] = [
    lambda x: functional.mse_loss(x, -0.5 * ONE),
    lambda x: functional.l1_loss(x, -0.5 * ONE),
    lambda x: functional.huber_loss(x, -0.5 * ONE, delta=0.7),
    lambda x: functional.binary_cross_entropy_with_logits(x, ONE),
    lambda x: functional.cross_entropy(
        torch.cat([x, torch.tensor([1.0, -2, 0.2], dtype=torch.float64)])[None], torch.tensor([0])
    ),
    focal,
    region,
]


def assert_moment_prints(marks: tuple[Mark, ...], language: str, of_torch: Callable[[Tensor], Tensor]) -> None:
    read = texts(marks, language)
    prediction = numbers(read["equation.x"])[0][0]
    x = torch.tensor([prediction], dtype=torch.float64, requires_grad=True)
    loss = of_torch(x)
    (slope,) = torch.autograd.grad(loss, x)
    assert_prints(read["equation.loss"], loss.item())
    assert_prints(read["equation.slope"], slope.item())
    (tangent,) = (mark for mark in marks if mark.key == "tangent")
    assert isinstance(tangent, Polyline)
    (left, up), (right, down) = tangent.points
    assert (down - up) * slope.item() <= 0 < right - left


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_loss_and_gradient_is_torchs(language: str) -> None:
    steps = losses_film(target=-0.5, delta=0.7, gamma=1.5, others=(1.0, -2.0, 0.2)).steps[1:-1]
    for step, of_torch in zip(steps, TORCH, strict=True):
        rests = [beat.marks for beat in step.beats if any(mark.key == "equation.x" for mark in beat.marks)]
        assert len(rests) == 4
        for marks in rests:
            assert_moment_prints(marks, language, of_torch)


def test_what_is_wanted_is_marked() -> None:
    """A line where the loss is least, or an arrow to the right where it falls for ever."""
    for n, step in enumerate(losses_film(target=-0.5).steps[1:-1]):
        assert "formula" in {mark.key for mark in step.marks}
        marks = {mark.key: mark for mark in step.marks}
        target, dots = marks["target"], [{m.key: m for m in beat.marks}["plot.dot"] for beat in step.beats]
        assert isinstance(target, Polyline)
        places = [dot.centre for dot in dots if isinstance(dot, Circle)]
        if n < 3:
            (lowest,) = {x for x, y in places if y == max(height for _, height in places)}
            assert target.points[0][0] == target.points[1][0] == pytest.approx(lowest)
        else:
            assert "target.head" in marks
            assert target.points[0][0] < target.points[1][0]


def test_the_masks_of_dice_are_the_regions() -> None:
    for beat in (step := losses_film().steps[-2]).beats:
        read = texts(beat.marks, "en")
        if "equation.x" in read:
            z = torch.tensor([[numbers(read["equation.x"])[0][0], 2.0], [-1.0, -2.0]])
            p = {f"mask.p[{r},{c}]": float(torch.sigmoid(z[r, c])) for r in (0, 1) for c in (0, 1)}
            assert_all_print(read, p, "mask.p")
    assert_all_print(
        texts(step.marks, "es"), {"mask.g[0,0]": 1, "mask.g[0,1]": 1, "mask.g[1,0]": 0, "mask.g[1,1]": 0}, "mask.g"
    )


def test_the_reader_notices_another_loss() -> None:
    with pytest.raises(AssertionError):
        assert_moment_prints(losses_film(target=0).steps[1].marks, "en", TORCH[0])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [{}, {"target": -3.5, "delta": 0.01, "gamma": 0.0, "others": (300.0,)}])
def test_nothing_overlaps_or_leaves_the_margin(data: dict[str, Any], language: str) -> None:
    made = film("losses", language=language, **data)
    for n, step in enumerate(made.steps):
        assert_laid_out(made.picture(n).marks, language)
        for beat in step.beats[::5]:
            assert_laid_out(beat.marks, language)


@pytest.mark.parametrize("data", [{"target": 4.0}, {"delta": 0.0}, {"gamma": -1.0}, {"others": ()}])
def test_data_that_cannot_be_shown_is_named(data: dict[str, Any]) -> None:
    with pytest.raises(ConvistaError, match="and at least one other logit"):
        film("losses", **data)
