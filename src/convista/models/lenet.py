"""LeNet-5 (LeCun et al. 1998), the smallest network that has everything, with today's ReLU and max pooling."""

from __future__ import annotations

from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.pooling import pool_of_windows

SMALLEST = 16
"""Rows and columns that the two convolutions and poolings reduce to one."""


class LeNet(nn.Module):
    """Convolution 5×5, pooling, convolution 5×5, pooling, then dense layers of 120, 84 and the classes.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    patch
        Rows and columns of the input, at least 16; None means 32, as published. The first dense layer depends
        on it, so a network accepts patches of this size only.
    width
        Multiplies the feature maps (6, 16) and dense units (120, 84) of the original.
    pool
        How both poolings summarise a window, see `pooling.WINDOWS`.

    Notes
    -----
    There is no padding: a 32×32 patch becomes 28, 14, 10 and 5 rows and columns.

    Raises
    ------
    ConvistaError
        If the patch or the width is too small, or a batch does not fit the network.
    """

    def __init__(
        self, bands: int, classes: int, *, patch: int | None = None, width: float = 1.0, pool: str = "max"
    ) -> None:
        super().__init__()
        patch = 32 if patch is None else patch
        if patch < SMALLEST:
            raise ConvistaError("models.lenet_patch_too_small", patch=patch, smallest=SMALLEST)
        if not width > 0:
            raise ConvistaError("models.width", width=width)
        first, second, third, fourth = (max(1, round(width * units)) for units in (6, 16, 120, 84))
        side = ((patch - 4) // 2 - 4) // 2
        self.patch = patch
        self.conv1 = nn.Conv2d(bands, first, 5)
        self.relu1 = nn.ReLU()
        self.pool1 = pool_of_windows(pool, 2)
        self.conv2 = nn.Conv2d(first, second, 5)
        self.relu2 = nn.ReLU()
        self.pool2 = pool_of_windows(pool, 2)
        self.flatten = nn.Flatten()
        self.dense1 = nn.Linear(second * side * side, third)
        self.relu3 = nn.ReLU()
        self.dense2 = nn.Linear(third, fourth)
        self.relu4 = nn.ReLU()
        self.dense3 = nn.Linear(fourth, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, patch, patch)."""
        rows, columns = x.shape[-2:]
        if (rows, columns) != (self.patch, self.patch):
            raise ConvistaError("models.other_patch", name="LeNet", rows=rows, columns=columns, patch=self.patch)
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.relu3(self.dense1(self.flatten(x)))
        logits: Tensor = self.dense3(self.relu4(self.dense2(x)))
        return logits
