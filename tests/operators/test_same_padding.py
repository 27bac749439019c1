"""The two conventions of `same`."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.operators.conv import Conv
from convista.operators.sliding import output_size, same_after, same_both


@pytest.mark.parametrize("size", range(3, 12))
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)])
def test_one_more_after_gives_a_window_for_each_stride(size: int, kernel: int, stride: int, dilation: int) -> None:
    ((before, after),) = same_after((size,), (kernel,), (stride,), (dilation,))
    assert after - before in {0, 1}
    made = output_size((size,), (kernel,), (stride,), ((before, after),), (dilation,))
    assert made == (-(-size // stride),)
    if before + after:
        reach = dilation * (kernel - 1) + 1
        assert (made[0] - 1) * stride + reach == size + before + after


def test_equal_sides_are_torchs_half_of_an_odd_kernel() -> None:
    random = np.random.default_rng(0)
    x, weight = random.normal(size=(1, 2, 7, 8)), random.normal(size=(3, 2, 5, 3))
    padding = same_both((5, 3), (1, 1))
    made = Conv(stride=(2, 2), padding=padding).value(x, weight)
    torchs = torch.nn.functional.conv2d(
        torch.from_numpy(x), torch.from_numpy(weight), stride=2, padding=(5 // 2, 3 // 2)
    )
    np.testing.assert_allclose(made, torchs.numpy(), atol=1e-12)
