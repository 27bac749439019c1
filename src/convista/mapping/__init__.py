"""Mapping: a network over a whole scene, of any size, for every task, on one machine or many."""

from convista.mapping.dense import DensePatchNetwork, Difference, PatchLoop, densify
from convista.mapping.embedding.embed import embed
from convista.mapping.embedding.summary import Embedded
from convista.mapping.engine.journal import strips_done
from convista.mapping.engine.mosaic import mosaic
from convista.mapping.engine.patch_grid import PatchGrid, patch_for
from convista.mapping.engine.tiling import Tiling
from convista.mapping.engine.window_contributions import WindowContribution, contributions_at, weighted_mean
from convista.mapping.features.activations import map_activations
from convista.mapping.features.search import SearchHit, search
from convista.mapping.map_model import MapModel, as_map_model, map_model
from convista.mapping.outputs.picture import draw_comparison
from convista.mapping.outputs.stac import precision_of
from convista.mapping.prediction import approximation, check_asked, predict

__all__ = [
    "DensePatchNetwork",
    "Difference",
    "Embedded",
    "MapModel",
    "PatchGrid",
    "PatchLoop",
    "SearchHit",
    "Tiling",
    "WindowContribution",
    "approximation",
    "as_map_model",
    "check_asked",
    "contributions_at",
    "densify",
    "draw_comparison",
    "embed",
    "map_activations",
    "map_model",
    "mosaic",
    "patch_for",
    "precision_of",
    "predict",
    "search",
    "strips_done",
    "weighted_mean",
]
