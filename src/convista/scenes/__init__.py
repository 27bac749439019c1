"""Scenes: opening satellite imagery, cutting windows and patches, labels, writing maps; one to begin with."""

from convista.scenes.bands.band import Band
from convista.scenes.example import EXAMPLE_CLASSES, example_labels, example_scene
from convista.scenes.files.complex_parts import decibels
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window, covering, sliding, whole
from convista.scenes.labels.class_names import SharedNames
from convista.scenes.labels.classes import ClassInfo, colours_for, distinct_colour
from convista.scenes.labels.labels import Labels
from convista.scenes.labels.opening import open_labels
from convista.scenes.opening import open_scene
from convista.scenes.patch import Patch
from convista.scenes.patch_file import PatchFile, read_patch
from convista.scenes.scene import Scene
from convista.scenes.shapes.labels import Shapes, is_shapes, open_shapes
from convista.scenes.simulated.sample import SAMPLE_CLASSES, SimulatedScene, sample_scene
from convista.scenes.writing.map_writer import MapWriter
from convista.scenes.writing.raster_writer import OutputBand, RasterWriter

__all__ = [
    "EXAMPLE_CLASSES",
    "SAMPLE_CLASSES",
    "Band",
    "ClassInfo",
    "Grid",
    "Labels",
    "MapWriter",
    "OutputBand",
    "Patch",
    "PatchFile",
    "RasterWriter",
    "Scene",
    "Shapes",
    "SharedNames",
    "SimulatedScene",
    "Window",
    "colours_for",
    "covering",
    "decibels",
    "distinct_colour",
    "example_labels",
    "example_scene",
    "is_shapes",
    "open_labels",
    "open_scene",
    "open_shapes",
    "read_patch",
    "sample_scene",
    "sliding",
    "whole",
]
