"""Batch normalisation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch.nn import functional

from convista.operators import Array
from convista.operators.norm import BatchNorm
from tests.operators.against_torch import check_thoroughly
from tests.operators.draw import normal

Given = torch.Tensor | None


def batch_norm(training: bool) -> Callable[..., torch.Tensor]:
    def reference(
        x: torch.Tensor, mean: torch.Tensor, variance: torch.Tensor, weight: Given = None, bias: Given = None
    ) -> torch.Tensor:
        kept = mean.detach().clone(), variance.detach().clone()
        return functional.batch_norm(x, *kept, weight, bias, training=training, eps=1e-3)

    return reference


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("shape", [(2, 3, 4, 5), (6, 3)])
def test_batch_norm(training: bool, affine: bool, shape: tuple[int, ...]) -> None:
    operands: dict[str, Array | None] = {
        "x": normal(0, *shape),
        "mean": normal(1, 3),
        "variance": normal(2, 3) ** 2 + 0.1,
        "weight": normal(3, 3) if affine else None,
        "bias": normal(4, 3) if affine else None,
    }
    check_thoroughly(BatchNorm(training=training, epsilon=1e-3), batch_norm(training), operands)


def test_without_running_statistics_the_batch_gives_its_own() -> None:
    reference = lambda x: functional.batch_norm(x, None, None, training=True, eps=1e-5)  # noqa: E731
    check_thoroughly(BatchNorm(training=True, epsilon=1e-5), reference, {"x": normal(0, 2, 3, 4, 4)})


def test_explanation_names_the_statistics() -> None:
    x = normal(0, 2, 3, 4, 4)
    explanation = BatchNorm(training=True, epsilon=1e-5).explain((1, 2, 0, 3), x)
    assert explanation.notes["μ"] == pytest.approx(x[:, 2].mean())
    assert explanation.notes["√(σ² + ε)"] == pytest.approx((x[:, 2].var() + 1e-5) ** 0.5)
