"""Layers that torch lacks."""

from convista.layers.flatten import FlattenBlocks, FlattenClassic, FlattenGlobal
from convista.layers.loss import DiceLoss, FocalLoss
from convista.layers.pool import (
    L2Pool2d,
    MinPool2d,
    MixedPool2d,
    SpatialPyramidPool2d,
    StochasticPool2d,
    SumPool2d,
)

__all__ = [
    "DiceLoss",
    "FlattenBlocks",
    "FlattenClassic",
    "FlattenGlobal",
    "FocalLoss",
    "L2Pool2d",
    "MinPool2d",
    "MixedPool2d",
    "SpatialPyramidPool2d",
    "StochasticPool2d",
    "SumPool2d",
]
