"""The network of which every number can be shown has the sizes that the films tell."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.models import Mini


def test_sizes_are_the_chapters() -> None:
    network, x, sides = Mini(4, 3), torch.zeros(1, 4, 10, 10), []
    for name, layer in network.named_children():
        x = layer(x)
        sides += [x.shape[-1]] if name.startswith(("conv", "pool")) else []
    assert sides == [8, 4, 2, 1]
    assert [tuple(p.shape) for p in network.parameters() if p.ndim == 2] == [(10, 10), (7, 10), (3, 7)]


@given(st.integers(10, 30))
def test_every_size_from_10_up_fits(patch: int) -> None:
    assert Mini(2, 5, patch=patch)(torch.zeros(1, 2, patch, patch)).shape == (1, 5)


def test_other_sizes_are_refused() -> None:
    with pytest.raises(ConvistaError, match="This Mini was made for patches of 10×10 and was given 12×12"):
        Mini(3, 2)(torch.zeros(1, 3, 12, 12))
    with pytest.raises(ConvistaError, match="9"):
        Mini(3, 2, patch=9)
