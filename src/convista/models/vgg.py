"""VGG networks (Simonyan and Zisserman 2015), with the parameter names that published weights have."""

from __future__ import annotations

from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models.pooling import pool_of_maps

SMALLEST = 32
"""Rows and columns that five poolings reduce to one."""
PUBLISHED = 7
"""Rows and columns of the maps that the published dense layers read, from an input of 224×224."""
FILTERS = (64, 128, 256, 512, 512)

Blocks = tuple[int, int, int, int, int]


def vgg11(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-11, configuration A of the paper; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(1, 1, 2, 2, 2), patch=patch, units=units, pool=pool)


def vgg11_bn(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-11 with batch normalisation; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(1, 1, 2, 2, 2), batch_norm=True, patch=patch, units=units, pool=pool)


def vgg13(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-13, configuration B of the paper; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(2, 2, 2, 2, 2), patch=patch, units=units, pool=pool)


def vgg13_bn(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-13 with batch normalisation; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(2, 2, 2, 2, 2), batch_norm=True, patch=patch, units=units, pool=pool)


def vgg16(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-16, configuration D of the paper; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(2, 2, 3, 3, 3), patch=patch, units=units, pool=pool)


def vgg16_bn(bands: int, classes: int, *, patch: int | None = None, units: int = 4096, pool: str = "blocks") -> VGG:
    """Make VGG-16 with batch normalisation; parameters as `VGG`."""
    return VGG(bands, classes, blocks=(2, 2, 3, 3, 3), batch_norm=True, patch=patch, units=units, pool=pool)


class VGG(nn.Module):
    """Five blocks of 3×3 convolutions, each ended by a pooling, then three dense layers.

    Attribute names follow torchvision's, and so do state dicts of networks made without ``patch``.

    Parameters
    ----------
    bands, classes
        Sizes of the input's and the output's second axis.
    blocks
        Convolutions of each block.
    batch_norm
        Whether each convolution is followed by a batch normalisation.
    patch
        Rows and columns of the patches it is made for, at least 32.
    units
        Of each of the two inner dense layers, 4096 as published; 0 for none, so that a single dense layer decides.
    pool
        What is made of the last maps, see `pooling.pool_of_maps`. ``"blocks"``, as published, averages them to one
        row and column for each 32 of ``patch``, 7 at most, and 7 where that is None. All but ``"flatten"`` accept
        any size from 32 up.

    Notes
    -----
    Weights begin as He et al. (2015) draw them, so that what sixteen layers make of a signal neither fades nor
    grows; the paper's own beginning did not let the deep ones learn without a shallower one trained before.

    Raises
    ------
    ConvistaError
        If the patch or the number of units is too small, or a batch is smaller than 32 rows and columns.
    """

    def __init__(
        self,
        bands: int,
        classes: int,
        *,
        blocks: Blocks,
        batch_norm: bool = False,
        patch: int | None = None,
        units: int = 4096,
        pool: str = "blocks",
    ) -> None:
        super().__init__()
        if patch is not None:
            _check_size(patch, patch)
        if units < 0:
            raise ConvistaError("models.units", units=units)
        side = None if patch is None else patch // SMALLEST
        self.features = _features(bands, blocks, batch_norm)
        self.avgpool, features = pool_of_maps(
            pool, FILTERS[-1], side=side, blocks=min(PUBLISHED, side or PUBLISHED)
        )
        inner = [(features, units), (units, units)] if units else []
        self.classifier = nn.Sequential(
            *(layer for sizes in inner for layer in (nn.Linear(*sizes), nn.ReLU(inplace=True), nn.Dropout())),
            nn.Linear(units or features, classes),
        )
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.Linear):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                nn.init.zeros_(module.bias)  # type: ignore[arg-type]  # none of these lacks one
        last = self.classifier[-1].weight
        nn.init.normal_(last, std=0.01)  # type: ignore[arg-type]  # at first, all classes are as likely

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, (batch, classes), of patches, (batch, bands, rows, columns)."""
        _check_size(*x.shape[-2:])
        logits: Tensor = self.classifier(self.avgpool(self.features(x)).flatten(1))
        return logits


def _features(bands: int, blocks: Blocks, batch_norm: bool) -> nn.Sequential:
    layers: list[nn.Module] = []
    channels = bands
    for convolutions, filters in zip(blocks, FILTERS, strict=True):
        for _ in range(convolutions):
            layers.append(nn.Conv2d(channels, filters, 3, padding=1))
            if batch_norm:
                layers.append(nn.BatchNorm2d(filters))
            layers.append(nn.ReLU(inplace=True))
            channels = filters
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers)


def _check_size(rows: int, columns: int) -> None:
    if min(rows, columns) < SMALLEST:
        raise ConvistaError("models.vgg_too_small", rows=rows, columns=columns, smallest=SMALLEST)
