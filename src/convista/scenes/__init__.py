"""Scenes: opening satellite imagery, cutting windows and patches, labels, writing maps, and a simulated scene."""

from convista.scenes.bands import Band
from convista.scenes.grid import Grid
from convista.scenes.opening import open_scene
from convista.scenes.scene import Patch, Scene
from convista.scenes.window import Window, covering, sliding, whole

__all__ = ["Band", "Grid", "Patch", "Scene", "Window", "covering", "open_scene", "sliding", "whole"]
