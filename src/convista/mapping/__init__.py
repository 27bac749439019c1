"""Mapping: a network over a whole scene, of any size, for every task, on one machine or many."""

from convista.mapping.dense import Dense, Difference, PatchLoop, densify
from convista.mapping.embedding.embed import embed
from convista.mapping.embedding.summary import Embedded
from convista.mapping.engine.journal import strips_done
from convista.mapping.engine.mosaic import mosaic
from convista.mapping.engine.patch_grid import Cells, patch_for
from convista.mapping.engine.tiling import Windows
from convista.mapping.engine.window_contributions import Vote, mean_of, votes_at
from convista.mapping.features.activations import map_activations
from convista.mapping.features.search import Place, search
from convista.mapping.map_model import MapModel, as_map_model, map_model
from convista.mapping.outputs.picture import draw_comparison
from convista.mapping.outputs.stac import precision_of
from convista.mapping.prediction import approximation, check_asked, predict

__all__ = [
    "Cells",
    "Dense",
    "Difference",
    "Embedded",
    "MapModel",
    "PatchLoop",
    "Place",
    "Vote",
    "Windows",
    "approximation",
    "as_map_model",
    "check_asked",
    "densify",
    "draw_comparison",
    "embed",
    "map_activations",
    "map_model",
    "mean_of",
    "mosaic",
    "patch_for",
    "precision_of",
    "predict",
    "search",
    "strips_done",
    "votes_at",
]
