"""The stage of cutting a scene: the scene at the left, what is cut from it at the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.errors import ConvistaError
from convista.films.stage.imagery import fitted, photo, seen
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Photo, Rectangle
from convista.films.wording import message
from convista.language import Text
from convista.scenes import Scene, Window
from convista.scenes.geometry.window import sliding

ROOMS = STAGE._replace(top=100, right=466, bottom=440), STAGE._replace(left=494, top=100, bottom=440)
"""The scene, and what is cut from it."""
BEATS = 24
"""How many pictures of a sweep are shown at most: more patches are cut some at a time."""


class SceneView:
    """A scene as a photo, or the middle of a large one; windows are counted in what is shown."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pixels, self.part = seen(scene)
        self.shape: tuple[int, int] = (self.pixels.shape[0], self.pixels.shape[1])
        self.box = fitted(self.shape, ROOMS[0])

    def opening(self) -> Text:
        """Say how large the scene is, or the part of it that is shown."""
        key = "films.patches.whole" if self.part.shape == self.scene.shape else "films.patches.part"
        return message(key, rows=self.shape[0], columns=self.shape[1], bands=len(self.scene.bands))

    def drawn(self) -> list[Mark]:
        """Return the scene with its name."""
        rows, columns = self.shape
        name = message("films.patches.scene", rows=rows, columns=columns)
        return [photo("scene", self.box, self.pixels), heading("scene.name", self.box, name, 400)]

    def place(self, window: Window) -> Box:
        """Return where a window of the scene is seen."""
        scale = self.box.width / self.shape[1]
        left, top = self.box.left + window.column * scale, self.box.top + window.row * scale
        return Box(left, top, left + window.width * scale, top + window.height * scale)

    def frame(self, key: str, window: Window, width: float = 3.0, colour: str = "window") -> Rectangle:
        """Return the outline of a window over the scene."""
        return Rectangle(key, self.place(window), None, colour, width)

    def cut(self, key: str, window: Window, box: Box | None = None) -> Photo:
        """Return what a window shows, where it lies or in a box."""
        return photo(key, self.place(window) if box is None else box, self.pixels[window.slices])

    def windows(self, size: int, stride: int) -> list[Window]:
        """Return all windows of a size; ConvistaError if there is none, or no such step."""
        rows, columns = self.shape
        if min(size, stride) < 1 or size > min(rows, columns):
            raise ConvistaError("films.patches.size", size=size, stride=stride, rows=rows, columns=columns)
        return list(sliding(self.shape, (size, size), (stride, stride)))

    def in_scene(self, window: Window) -> Window:
        """Return a window of what is shown as one of the whole scene."""
        return window.shifted(self.part.row, self.part.column)


def stops(count: int) -> list[int]:
    """Return after which patches the stage is shown: all, or of many some, the first and the last among them."""
    chosen = {0, 1, *np.linspace(0, count - 1, min(count, BEATS)).round().astype(int).tolist()}
    return sorted(chosen & set(range(count)))


def extent(first: int, count: int) -> str:
    """Write rows or columns, counted from 1: 257…320."""
    return f"{first + 1}…{first + count}"


def where(window: Window) -> str:
    """Write which pixels of the image I a window has, counted from 1."""
    return f"I[{extent(window.row, window.height)}, {extent(window.column, window.width)}]"


def laid_out(windows: Sequence[Window], size: int, gap: float) -> tuple[Box, list[Box]]:
    """Return where patches stand beside the scene, each apart from the others, and the box around all."""
    down, across = (len({window[axis] for window in windows}) for axis in (0, 1))
    step = size * (1 + gap)
    rows, columns = (size + (n - 1) * step for n in (down, across))
    whole = fitted((round(rows), round(columns)), ROOMS[1])
    scale = whole.width / columns
    boxes = []
    for window in windows:
        left, top = (
            whole.left + window.column // size * step * scale,
            whole.top + window.row // size * step * scale,
        )
        boxes.append(Box(left, top, left + size * scale, top + size * scale))
    return whole, boxes
