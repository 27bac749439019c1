"""The compact network: its size, what it takes, and what of it can be chosen."""

from __future__ import annotations

import pytest
import torch

from convista.errors import ConvistaError
from convista.models import create_model
from convista.tracing import trace


def multiply_adds(name: str) -> int:
    """Count products of convolutions and dense layers on a 64×64 patch, from a trace."""
    network = create_model(name, 3, 10).eval()
    total = 0
    for record in trace(network, torch.zeros(3, 64, 64)):
        if record.operator in {"conv2d", "dense"}:
            weight = record.operands["weight"].value
            total += record.output.numel() * weight[0].numel()
    return total


def test_it_is_smaller_than_resnet_as_its_text_says() -> None:
    parameters = [sum(p.numel() for p in create_model(n, 3, 10).parameters()) for n in ("compact", "resnet18")]
    assert 30 < parameters[1] / parameters[0] < 40
    assert 2.7 < multiply_adds("resnet18") / multiply_adds("compact") < 3.3


@pytest.mark.parametrize("size", [(8, 8), (17, 30), (64, 64)])
def test_any_size_fits(size: tuple[int, int]) -> None:
    network = create_model("compact", 5, 3, width=4, blocks=2, dropout=0.5)
    assert network(torch.randn(2, 5, *size)).shape == (2, 3)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"width": 0}, "A compact network of width 0 with 1 block"),
        ({"dropout": 1.0}, "dropout 1.0 cannot be"),
        (
            {"pool": "median"},
            "There is no pooling “median”. Choose one of these: average, max, mixed, pyramid, blocks,",
        ),
        ({"patch": 4}, "The model compact cannot take patches of 4×4. The smallest size is 8."),
    ],
)
def test_mistakes(options: dict[str, object], says: str) -> None:
    with pytest.raises(ConvistaError) as error:
        create_model("compact", 3, 2, **options)  # type: ignore[arg-type]
    assert says in str(error.value)
