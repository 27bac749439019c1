"""Residual networks (He et al. 2016), with the parameter names that published weights have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.pooling import pool_of_maps
from convista.models.residual import BasicBlock, Bottleneck, begin, stage

REDUCED = MappingProxyType({"imagenet": 32, "small": 8})
"""Rows and columns that each stem and the stages after it reduce to one."""
Blocks = tuple[int, int, int, int]
KINDS: Mapping[str, tuple[type[BasicBlock | Bottleneck], Blocks]] = MappingProxyType(
    {
        "resnet18": (BasicBlock, (2, 2, 2, 2)),
        "resnet34": (BasicBlock, (3, 4, 6, 3)),
        "resnet50": (Bottleneck, (3, 4, 6, 3)),
    }
)
"""Kind and number of the blocks of each stage."""


def resnet18(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-18: two basic blocks in each of four stages; parameters as `ResNet`."""
    return _resnet("resnet18", bands, classes, patch=patch, stem=stem, pool=pool)


def resnet34(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-34: 3, 4, 6 and 3 basic blocks; parameters as `ResNet`."""
    return _resnet("resnet34", bands, classes, patch=patch, stem=stem, pool=pool)


def resnet50(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-50: 3, 4, 6 and 3 bottlenecks; parameters as `ResNet`."""
    return _resnet("resnet50", bands, classes, patch=patch, stem=stem, pool=pool)


def _resnet(name: str, bands: int, classes: int, **options: Any) -> ResNet:
    block, blocks = KINDS[name]
    return ResNet(bands, classes, block=block, blocks=blocks, **options)


class ResNetStages(nn.Module):
    """What finds features in a residual network: a stem and up to four stages, each at half the size of the last.

    Parameters are those of `ResNet`; ``blocks`` has as many numbers as there are stages. Whoever makes it draws its
    weights, with `residual.begin`.
    """

    def __init__(
        self, bands: int, *, block: type[BasicBlock | Bottleneck], blocks: Sequence[int], stem: str = "imagenet"
    ) -> None:
        super().__init__()
        if stem not in REDUCED:
            raise ConvistaError("models.unknown_stem", stem=stem, known=", ".join(REDUCED))
        self.conv1: nn.Module
        self.maxpool: nn.Module
        if stem == "imagenet":
            self.conv1 = nn.Conv2d(bands, 64, 7, stride=2, padding=3, bias=False)
            self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        else:
            self.conv1 = nn.Conv2d(bands, 64, 3, padding=1, bias=False)
            self.maxpool = nn.Identity()
        self.bn1 = nn.BatchNorm2d(64)
        self.relu = nn.ReLU(inplace=True)
        self.channels = [64]
        """Of the maps of the stem and of each stage."""
        for number, count in enumerate(blocks):
            filters, stride = 64 * 2**number, 1 if number == 0 else 2
            self.add_module(f"layer{number + 1}", stage(block, self.channels[-1], filters, count, stride))
            self.channels.append(filters * block.expansion)

    def maps(self, x: Tensor) -> list[Tensor]:
        """Return the maps of the stem, before its pooling, and those of each stage."""
        found = [self.relu(self.bn1(self.conv1(x)))]
        stages = [getattr(self, f"layer{number}") for number in range(1, len(self.channels))]
        for number, layer in enumerate(stages):
            found.append(layer(self.maxpool(found[0]) if number == 0 else found[-1]))
        return found


class ResNet(ResNetStages):
    """A residual network; attribute names follow torchvision's, and so do state dicts.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    block
        Kind of its blocks.
    blocks
        How many each of the four stages has.
    patch
        Rows and columns of the patches it is for; only ``"flatten"`` needs to know.
    stem
        ``"imagenet"``: convolution 7×7 at stride 2 and pooling at stride 2, as published. ``"small"``: convolution
        3×3 at stride 1 and no pooling, for patches so small that the published stem would leave nothing.
    pool
        What is made of the last maps, see `pooling.pool_of_maps`; ``"average"`` as published.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        *,
        block: type[BasicBlock | Bottleneck],
        blocks: Blocks,
        patch: int | None = None,
        stem: str = "imagenet",
        pool: str = "average",
    ) -> None:
        super().__init__(bands, block=block, blocks=blocks, stem=stem)
        side = None if patch is None else -(-patch // REDUCED[stem])
        self.avgpool, features = pool_of_maps(pool, 512 * block.expansion, side=side)
        self.fc = nn.Linear(features, classes)
        begin(self)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, rows, columns)."""
        logits: Tensor = self.fc(self.avgpool(self.maps(x)[-1]).flatten(1))
        return logits
