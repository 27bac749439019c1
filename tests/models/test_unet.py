from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.models import UNet


@given(rows=st.integers(4, 23), columns=st.integers(4, 23), bands=st.integers(1, 5))
@settings(max_examples=15)
def test_every_pixel_has_an_answer_whatever_the_size(rows: int, columns: int, bands: int) -> None:
    net = UNet(bands, 3, depth=2, width=2).eval()
    assert net(torch.zeros(2, bands, rows, columns)).shape == (2, 3, rows, columns)


def test_sizes_are_the_published_ones() -> None:
    with torch.device("meta"):
        net = UNet(1, 2, batch_norm=False)
    # Ronneberger et al. name 23 convolutional layers: 18 of 3×3, 4 up, 1 of 1×1.
    kinds = [m.kernel_size for m in net.modules() if isinstance(m, torch.nn.Conv2d | torch.nn.ConvTranspose2d)]
    assert sorted(kinds) == [(1, 1)] + 4 * [(2, 2)] + 18 * [(3, 3)]
    assert sum(p.numel() for p in net.parameters()) == 31_030_658


def test_each_level_up_reads_the_same_level_down() -> None:
    """What happens in one corner of the last level alone is seen at that corner, without passing the bottom."""
    torch.manual_seed(0)
    net = UNet(1, 1, depth=3, width=4, batch_norm=False).eval()
    with torch.no_grad():
        for way in net.up:
            way.weight.zero_()  # type: ignore[operator]
    x = torch.zeros(1, 1, 16, 16, requires_grad=True)
    net(x)[0, 0, 8, 8].backward()
    assert x.grad is not None
    read = x.grad[0, 0].nonzero()
    assert len(read)
    # Four 3×3 convolutions reach four pixels each way.
    assert read.min() >= 4
    assert read.max() <= 12


def test_an_odd_rest_is_made_again_and_depends_on_its_own_pixels() -> None:
    torch.manual_seed(0)
    net = UNet(1, 1, depth=1, width=4).eval()
    x = torch.randn(1, 1, 7, 7, requires_grad=True)
    net(x)[0, 0, 6, 6].backward()
    assert x.grad is not None
    assert x.grad[0, 0, 6, 6] != 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"depth": 0},
            "A U-Net of depth (depth) 0 and width (width) 64 cannot be. Both must be 1 or more.",
        ),
        (
            {"depth": 6, "patch": 32, "width": 1},
            "This U-Net halves the size 6 times and was given 32×32. Give at least 64×64, or less depth (depth).",
        ),
    ],
)
def test_mistakes_are_told(arguments: dict[str, int], message: str) -> None:
    with pytest.raises(ConvistaError) as error:
        UNet(3, 2, **arguments)  # type: ignore[arg-type]
    assert str(error.value) == message
