"""A network of our own for small patches and no GPU."""

from __future__ import annotations

from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.pooling import pool_of_maps
from convista.models.residual import BasicBlock, begin, stage

SMALLEST = 8
"""Rows and columns that the stem and two strides reduce to one."""


class Compact(nn.Module):
    """A stem at stride 2 and three stages of residual blocks; then each map is pooled, and one dense layer decides.

    Most of a convolution's cost is where maps are large, and there is little to tell there but edges and colours:
    so the stem halves the patch at once, and the number of filters doubles only when rows and columns halve. On
    64×64 patches it needs about a third of ResNet-18's multiply-adds and a thirty-sixth of its parameters (width
    32).

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    patch
        Rows and columns of the patches it is for, 8 at least; only ``"flatten"`` needs to know.
    width
        Filters of the stem and of the first stage; the others have twice and four times as many.
    blocks
        Residual blocks of each stage.
    pool
        What is made of the last maps, see `pooling.pool_of_maps`.
    dropout
        Probability with which each pooled value is dropped in training.

    Raises
    ------
    ConvistaError
        If a number is out of range or the patch too small.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        *,
        patch: int | None = None,
        width: int = 32,
        blocks: int = 1,
        pool: str = "average",
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        if width < 1 or blocks < 1 or not 0 <= dropout < 1:
            raise ConvistaError("models.compact_size", width=width, blocks=blocks, dropout=dropout)
        if patch is not None and patch < SMALLEST:
            raise ConvistaError("models.too_small", name="compact", patch=patch, smallest=SMALLEST)
        self.stem = nn.Conv2d(bands, width, 3, stride=2, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.relu = nn.ReLU(inplace=True)
        self.stage1 = stage(BasicBlock, width, width, blocks, stride=1)
        self.stage2 = stage(BasicBlock, width, 2 * width, blocks, stride=2)
        self.stage3 = stage(BasicBlock, 2 * width, 4 * width, blocks, stride=2)
        self.pool, features = pool_of_maps(pool, 4 * width, side=None if patch is None else -(-patch // SMALLEST))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(features, classes)
        begin(self)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, rows, columns)."""
        x = self.relu(self.norm(self.stem(x)))
        x = self.stage3(self.stage2(self.stage1(x)))
        logits: Tensor = self.head(self.dropout(self.pool(x).flatten(1)))
        return logits
