"""Layers that torch lacks."""

from convista.layers.loss import DiceLoss, FocalLoss

__all__ = ["DiceLoss", "FocalLoss"]
