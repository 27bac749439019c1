"""Mapping: a trained network over a whole scene."""

from convista.mapping.cells import Cells, patch_for
from convista.mapping.picture import draw_comparison
from convista.mapping.prediction import predict

__all__ = ["Cells", "draw_comparison", "patch_for", "predict"]
