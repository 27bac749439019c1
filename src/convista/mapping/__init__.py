"""Mapping: a trained network over a whole scene."""

from convista.mapping.cells import Cells, patch_for
from convista.mapping.dense import Dense, Difference, PatchLoop, densify
from convista.mapping.picture import draw_comparison
from convista.mapping.prediction import predict

__all__ = ["Cells", "Dense", "Difference", "PatchLoop", "densify", "draw_comparison", "patch_for", "predict"]
