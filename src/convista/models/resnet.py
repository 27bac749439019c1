"""Residual networks (He et al. 2016), with the parameter names that published weights have."""

from __future__ import annotations

from types import MappingProxyType

from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.pooling import pool_of_maps
from convista.models.residual import BasicBlock, Bottleneck, begin, stage

REDUCED = MappingProxyType({"imagenet": 32, "small": 8})
"""Rows and columns that each stem and the stages after it reduce to one."""
Blocks = tuple[int, int, int, int]


def resnet18(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-18: two basic blocks in each of four stages; parameters as `ResNet`."""
    return ResNet(bands, classes, block=BasicBlock, blocks=(2, 2, 2, 2), patch=patch, stem=stem, pool=pool)


def resnet34(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-34: 3, 4, 6 and 3 basic blocks; parameters as `ResNet`."""
    return ResNet(bands, classes, block=BasicBlock, blocks=(3, 4, 6, 3), patch=patch, stem=stem, pool=pool)


def resnet50(
    bands: int, classes: int, *, patch: int | None = None, stem: str = "imagenet", pool: str = "average"
) -> ResNet:
    """Make ResNet-50: 3, 4, 6 and 3 bottlenecks; parameters as `ResNet`."""
    return ResNet(bands, classes, block=Bottleneck, blocks=(3, 4, 6, 3), patch=patch, stem=stem, pool=pool)


class ResNet(nn.Module):
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
        self.layer1 = stage(block, 64, 64, blocks[0], stride=1)
        self.layer2 = stage(block, 64 * block.expansion, 128, blocks[1], stride=2)
        self.layer3 = stage(block, 128 * block.expansion, 256, blocks[2], stride=2)
        self.layer4 = stage(block, 256 * block.expansion, 512, blocks[3], stride=2)
        side = None if patch is None else -(-patch // REDUCED[stem])
        self.avgpool, features = pool_of_maps(pool, 512 * block.expansion, side=side)
        self.fc = nn.Linear(features, classes)
        begin(self)

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, rows, columns)."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        logits: Tensor = self.fc(self.avgpool(x).flatten(1))
        return logits
