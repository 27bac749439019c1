"""Muon: orthogonal steps for filters, AdamW's for the rest; both against torch's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import torch
from torch import Tensor, nn

from convista.learning.fitting.muon import Muon, groups_of, orthogonal


@pytest.mark.parametrize("shape", [(16, 27), (27, 16), (64, 288), (40, 40), (1, 9)])
def test_an_orthogonal_matrix_has_the_same_singular_vectors_and_values_near_one(shape: tuple[int, int]) -> None:
    generator = torch.Generator().manual_seed(0)
    matrix = torch.randn(shape, generator=generator)
    left, _, right = torch.linalg.svd(matrix, full_matrices=False)
    made = left.T @ orthogonal(matrix) @ right.T
    largest = torch.linalg.svdvals(matrix)
    held = largest > 0.02 * largest[0]  # what has all but vanished is brought up less
    assert ((made.diagonal() > 0.5) & (made.diagonal() < 1.25))[held].all()
    torch.testing.assert_close(made - torch.diag(made.diagonal()), torch.zeros_like(made), atol=1e-4, rtol=0)


def test_nothing_to_turn_stays_nothing() -> None:
    assert orthogonal(torch.zeros(4, 9)).count_nonzero() == 0


def _steps(weight: Tensor, optimizer: Callable[[list[Tensor]], torch.optim.Optimizer]) -> Iterator[Tensor]:
    """Yield a parameter after each of a few steps down a slope that bends."""
    parameter = nn.Parameter(weight.clone())
    chosen = optimizer([parameter])
    for number in range(6):
        chosen.zero_grad()
        (parameter.sin() * (1 + number)).square().sum().backward()  # type: ignore[no-untyped-call]
        chosen.step()
        yield parameter.detach().clone()


@pytest.mark.skipif(not hasattr(torch.optim, "Muon"), reason="this torch has no Muon yet")
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_filters_move_as_with_the_muon_of_torch(decay: float) -> None:
    weight = torch.randn((24, 60), generator=torch.Generator().manual_seed(1))

    def ours(parameters: list[Tensor]) -> Muon:
        return Muon([{"params": parameters, "orthogonal": True, "weight_decay": decay}], lr=0.05)

    def theirs(parameters: list[Tensor]) -> torch.optim.Optimizer:
        return torch.optim.Muon(
            parameters, lr=0.05, weight_decay=decay, momentum=0.9, adjust_lr_fn="match_rms_adamw"
        )

    for own, other in zip(_steps(weight, ours), _steps(weight, theirs), strict=True):
        torch.testing.assert_close(own, other, atol=5e-3, rtol=0)  # torch iterates in bfloat16
    assert (own - weight).abs().max() > 0.1


@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_everything_else_moves_as_with_adamw(decay: float) -> None:
    weight = torch.randn(50, generator=torch.Generator().manual_seed(2))

    def ours(parameters: list[Tensor]) -> Muon:
        return Muon([{"params": parameters, "weight_decay": decay}], lr=0.05)

    def theirs(parameters: list[Tensor]) -> torch.optim.Optimizer:
        return torch.optim.AdamW(parameters, lr=0.05, weight_decay=decay)

    for own, other in zip(_steps(weight, ours), _steps(weight, theirs), strict=True):
        torch.testing.assert_close(own, other, atol=1e-5, rtol=1e-5)


def test_only_filters_are_turned_and_only_weights_decay() -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4, 2))
    filters, weights, others = groups_of(network, 0.1)
    assert [p.shape for p in filters["params"]] == [(4, 3, 3, 3)]
    assert [p.shape for p in weights["params"]] == [(2, 4)]
    assert [p.ndim for p in others["params"]] == [1, 1, 1, 1]
    optimizer = Muon([filters, weights, others], lr=0.1)
    assert [group["weight_decay"] for group in optimizer.param_groups] == [0.1, 0.1, 0.0]
    assert [group["orthogonal"] for group in optimizer.param_groups] == [True, False, False]


def test_what_has_no_gradient_stays() -> None:
    parameter = nn.Parameter(torch.ones(3))
    Muon([{"params": [parameter]}], lr=1.0).step()
    assert parameter.tolist() == [1.0, 1.0, 1.0]
