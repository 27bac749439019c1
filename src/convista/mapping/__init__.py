"""Mapping: a network over a whole scene, of any size, for every task, on one machine or many."""

from convista.mapping.activations import map_activations
from convista.mapping.cells import Cells, patch_for
from convista.mapping.dense import Dense, Difference, PatchLoop, densify
from convista.mapping.embedded import Embedded
from convista.mapping.embedding import embed
from convista.mapping.journal import strips_done
from convista.mapping.model import MapModel, as_map_model, map_model
from convista.mapping.mosaic import mosaic
from convista.mapping.picture import draw_comparison
from convista.mapping.prediction import approximation, check_asked, predict
from convista.mapping.search import Place, search
from convista.mapping.stac import precision_of
from convista.mapping.votes import Vote, mean_of, votes_at
from convista.mapping.windows import Windows

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
