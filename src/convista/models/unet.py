"""U-Net (Ronneberger et al. 2015): a class for every pixel, from what lies far around it and what lies close by."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError


class UNet(nn.Module):
    """A way down through poolings and a way up again; each level up also reads what the same level down had found.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    patch
        Not needed: it takes any size of at least 2 to the power of ``depth``.
    depth
        How many times rows and columns are halved, 4 as published, 1 at least.
    width
        Filters of the first level, 64 as published; each level down has twice as many.
    batch_norm
        Whether each 3×3 convolution is followed by a batch normalisation.

    Notes
    -----
    Other than published, convolutions are padded, so that the output has the rows and columns of the input. Where a
    pooling leaves an odd last row or column out, the way up makes it again: the transposed convolution gives its
    bias there, and the other half of what follows reads the level that still had it.

    Raises
    ------
    ConvistaError
        If the depth or width is too small, or a batch has too few rows or columns for the depth.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        *,
        patch: int | None = None,
        depth: int = 4,
        width: int = 64,
        batch_norm: bool = True,
    ) -> None:
        super().__init__()
        if depth < 1 or width < 1:
            raise ConvistaError("models.unet_size", depth=depth, width=width)
        self.depth = depth
        if patch is not None:
            check_size(patch, patch, depth)
        filters = [width * 2**level for level in range(depth + 1)]
        down = [bands, *filters]
        self.encode = nn.ModuleList(double(down[n], filters[n], batch_norm) for n in range(depth))
        self.pool = nn.ModuleList(nn.MaxPool2d(2) for _ in range(depth))
        self.bottom = double(filters[-2], filters[-1], batch_norm)
        levels = range(depth - 1, -1, -1)
        self.up = nn.ModuleList(nn.ConvTranspose2d(filters[n + 1], filters[n], 2, stride=2) for n in levels)
        self.decode = nn.ModuleList(double(2 * filters[n], filters[n], batch_norm) for n in levels)
        self.head = nn.Conv2d(width, classes, 1)
        for module in self.modules():
            if isinstance(module, nn.Conv2d) and module is not self.head:
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes, rows, columns), of patches, (batch, bands, rows, columns)."""
        check_size(x.shape[-2], x.shape[-1], self.depth)
        levels: list[Tensor] = []
        for encode, pool in zip(self.encode, self.pool, strict=True):
            levels.append(encode(x))
            x = pool(levels[-1])
        x = self.bottom(x)
        for up, decode, level in zip(self.up, self.decode, reversed(levels), strict=True):
            x = decode(torch.cat((level, up(x, output_size=level.shape[-2:])), dim=1))
        logits: Tensor = self.head(x)
        return logits


def check_size(rows: int, columns: int, depth: int) -> None:
    """See that an input can be halved so many times."""
    if min(rows, columns) < 2**depth:
        raise ConvistaError("models.unet_too_small", rows=rows, columns=columns, depth=depth, smallest=2**depth)


def double(channels: int, filters: int, batch_norm: bool) -> nn.Sequential:
    """Two 3×3 convolutions, each with its ReLU."""
    layers: list[nn.Module] = []
    for read in (channels, filters):
        layers.append(nn.Conv2d(read, filters, 3, padding=1, bias=not batch_norm))
        if batch_norm:
            layers.append(nn.BatchNorm2d(filters))
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers)
