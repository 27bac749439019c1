"""Scenes: opening satellite imagery, cutting windows and patches, labels, writing maps, and a simulated scene."""

from convista.scenes.bands import Band
from convista.scenes.class_names import SharedNames
from convista.scenes.classes import ClassInfo, colours_for, distinct_colour
from convista.scenes.complex_parts import decibels
from convista.scenes.grid import Grid
from convista.scenes.labels import Labels, open_labels
from convista.scenes.map_writer import MapWriter
from convista.scenes.opening import open_scene
from convista.scenes.patch_file import PatchFile, read_patch
from convista.scenes.raster_writer import OutputBand, RasterWriter
from convista.scenes.sample import SAMPLE_CLASSES, Sample, sample_scene
from convista.scenes.scene import Patch, Scene
from convista.scenes.shapes import Shapes, is_shapes, open_shapes
from convista.scenes.window import Window, covering, sliding, whole

__all__ = [
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
    "Sample",
    "Scene",
    "Shapes",
    "SharedNames",
    "Window",
    "colours_for",
    "covering",
    "decibels",
    "distinct_colour",
    "is_shapes",
    "open_labels",
    "open_scene",
    "open_shapes",
    "read_patch",
    "sample_scene",
    "sliding",
    "whole",
]
