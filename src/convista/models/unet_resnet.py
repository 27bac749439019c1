"""A U-Net whose way down is a residual network, so that weights learned elsewhere can be its beginning."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.residual import begin
from convista.models.resnet import KINDS, ResNetStages
from convista.models.unet import UNet, check_size, double

DEEPEST = 5
"""Halvings of a whole residual network: its stem's, its pooling's and three of its stages'."""


class ResNetUNet(nn.Module):
    """The maps of a ResNet's stem and stages are the levels of the way down; the finest level is the patch itself.

    ``encoder`` has the names that published weights have: ``load_adapted(network.encoder, weights)`` takes them,
    whatever the bands, and leaves out what comes after the encoder's last layer.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    encoder
        ``"resnet18"``, ``"resnet34"`` or ``"resnet50"``.
    patch
        Not needed: it takes any size of at least 2 to the power of ``depth``.
    depth
        How many times rows and columns are halved, 1 … 5; 5 for the whole ResNet.
    width
        Filters of the way up at the finest level; each level down has twice as many.
    batch_norm
        Whether each 3×3 convolution of the way up is followed by a batch normalisation.

    Raises
    ------
    ConvistaError
        If there is no such encoder, a number is out of range, or a batch has too few rows or columns for the depth.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        *,
        encoder: str,
        patch: int | None = None,
        depth: int = 4,
        width: int = 64,
        batch_norm: bool = True,
    ) -> None:
        super().__init__()
        if encoder not in KINDS:
            raise ConvistaError("models.unknown_encoder", encoder=encoder, known=", ".join(("plain", *KINDS)))
        if not 1 <= depth <= DEEPEST:
            raise ConvistaError("models.encoder_depth", encoder=encoder, depth=depth, deepest=DEEPEST)
        if width < 1:
            raise ConvistaError("models.unet_size", depth=depth, width=width)
        if patch is not None:
            check_size(patch, patch, depth)
        self.depth = depth
        block, blocks = KINDS[encoder]
        self.encoder = ResNetStages(bands, block=block, blocks=blocks[: depth - 1])
        given = [bands, *self.encoder.channels]
        made = [*(width * 2**level for level in range(depth)), given[depth]]
        levels = range(depth - 1, -1, -1)
        self.up = nn.ModuleList(nn.ConvTranspose2d(made[n + 1], made[n], 2, stride=2) for n in levels)
        self.decode = nn.ModuleList(double(given[n] + made[n], made[n], batch_norm) for n in levels)
        self.head = nn.Conv2d(width, classes, 1)
        begin(self.encoder)
        begin(self.decode)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes, rows, columns), of patches, (batch, bands, rows, columns)."""
        check_size(x.shape[-2], x.shape[-1], self.depth)
        *levels, bottom = [x, *self.encoder.maps(x)]
        for up, decode, level in zip(self.up, self.decode, reversed(levels), strict=True):
            rows, columns = level.shape[-2:]
            # An odd row or column was rounded up on the way down.
            larger = up(bottom)[..., :rows, :columns]
            bottom = decode(torch.cat((level, larger), dim=1))
        logits: Tensor = self.head(bottom)
        return logits


def unet(
    bands: int,
    classes: int,
    *,
    patch: int | None = None,
    encoder: str = "plain",
    depth: int = 4,
    width: int = 64,
    batch_norm: bool = True,
) -> nn.Module:
    """Make a U-Net: `UNet` with the encoder ``"plain"``, else `ResNetUNet`."""
    options: dict[str, Any] = {"patch": patch, "depth": depth, "width": width, "batch_norm": batch_norm}
    if encoder == "plain":
        return UNet(bands, classes, **options)
    return ResNetUNet(bands, classes, encoder=encoder, **options)
