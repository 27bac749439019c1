"""A network of our own of which every number can be shown: what the films tell of a convolutional network."""

from __future__ import annotations

from torch import Tensor, nn

from convista.errors import ConvistaError

SMALLEST = 10
"""Rows and columns that the two convolutions and poolings reduce to one."""


class Mini(nn.Module):
    """Convolution 3×3 and pooling, twice; then Flatten → Dense(10) → Dense(7) → Dense(classes).

    A patch of 10×10 pixels becomes 8×8, 4×4, 2×2 and 1×1: of it, what is flattened is 10 numbers, one a filter.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    patch
        Rows and columns of the input, at least 10; None means 10. The first dense layer depends on it, so a network
        accepts patches of this size only.

    Raises
    ------
    ConvistaError
        If the patch is too small, or a batch does not fit the network.
    """

    def __init__(self, bands: int, classes: int, *, patch: int | None = None) -> None:
        super().__init__()
        patch = SMALLEST if patch is None else patch
        if patch < SMALLEST:
            raise ConvistaError("models.too_small", name="mini", patch=patch, smallest=SMALLEST)
        side = ((patch - 2) // 2 - 2) // 2
        self.patch = patch
        self.conv1 = nn.Conv2d(bands, 4, 3)
        self.relu1 = nn.ReLU()
        self.pool1 = nn.MaxPool2d(2)
        self.conv2 = nn.Conv2d(4, 10, 3)
        self.relu2 = nn.ReLU()
        self.pool2 = nn.MaxPool2d(2)
        self.flatten = nn.Flatten()
        self.dense1 = nn.Linear(10 * side * side, 10)
        self.relu3 = nn.ReLU()
        self.dense2 = nn.Linear(10, 7)
        self.relu4 = nn.ReLU()
        self.dense3 = nn.Linear(7, classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, patch, patch)."""
        rows, columns = x.shape[-2:]
        if (rows, columns) != (self.patch, self.patch):
            raise ConvistaError("models.other_patch", name="Mini", rows=rows, columns=columns, patch=self.patch)
        x = self.pool1(self.relu1(self.conv1(x)))
        x = self.pool2(self.relu2(self.conv2(x)))
        x = self.relu3(self.dense1(self.flatten(x)))
        logits: Tensor = self.dense3(self.relu4(self.dense2(x)))
        return logits
