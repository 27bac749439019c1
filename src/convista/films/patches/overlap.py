"""Cutting a scene into patches that overlap: what neighbours share, and how many patches read each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from convista.films.film import SLOW, Beat, Film
from convista.films.patches.stage import ROOMS, SceneView, stops, where
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage.grid import picture
from convista.films.stage.imagery import fitted
from convista.films.stage.layout import heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.wording import message
from convista.operators import Array
from convista.scenes import Scene, Window
from convista.scenes.geometry.window import coverage

FLIGHT = 0.6
"""How long patches take to their places, in seconds."""
PIXELS = 12
"""How many steps of one pixel are shown."""


def patches_overlap(scene: Scene, *, cuts: Sequence[tuple[int, int]] = ((64, 32), (64, 1))) -> Film:
    """Show a scene cut into overlapping patches: what two neighbours share, and how many patches read each pixel.

    Parameters
    ----------
    scene
        Its middle is shown where it is large.
    cuts
        Rows and columns of the patches, and the step from one to the next.

    Raises
    ------
    ConvistaError
        If a size or a step is below 1, or a size is larger than what is shown.
    """
    stage = SceneView(scene)
    script = Script("patches-overlap", message("films.patches.overlap_title"))
    script.step(message("films.patches.overlap_open"), beat(stage.drawn(), seconds=SLOW.end))
    for size, stride in cuts:
        windows = stage.windows(size, stride)
        shared = max(size - stride, 0)
        values = {"size": size, "stride": stride, "shared": shared, "share": round(100 * shared / size)}
        if len(windows) > 1:
            pair = "pair" if shared else "pair_apart"
            script.step(message(f"films.patches.{pair}", **values), *_neighbours(stage, windows[0], windows[1]))
        counts = _counted(stage.shape, size, stride)
        even = "overlap" if size % stride == 0 else "overlap_uneven"
        total = message(
            f"films.patches.{even}", count=len(windows), size=size, stride=stride, most=int(counts.max())
        )
        script.step(total, *_swept(stage, windows, counts))
    return script.film().credited(scene.credit)


def _neighbours(stage: SceneView, first: Window, second: Window) -> tuple[Beat, ...]:
    """Return two patches that follow each other: on the scene, then side by side with the part that they share."""
    rooms = ROOMS[1].columns(1, 1, gap=24)
    side = rooms[0].width
    boxes = [room.middle(side, side) for room in rooms]
    frames = [stage.frame("before", first), stage.frame("window", second)]
    lying = [stage.cut("first", first), stage.cut("second", second)]
    apart = [stage.cut("first", first, boxes[0]), stage.cut("second", second, boxes[1])]
    names = [
        heading(
            f"{key}.name", box, message("films.patches.neighbour", n=n, where=where(stage.in_scene(one))), side + 20
        )
        for n, (key, box, one) in enumerate((("first", boxes[0], first), ("second", boxes[1], second)), 1)
    ]
    shared, marks = first.intersection(second), list[Mark]()
    if shared is not None:
        for n, (box, window) in enumerate(zip(boxes, (first, second), strict=True)):
            part = _part(box, window, shared)
            marks.append(Rectangle(f"shared{n}", part, None, "written", 4.0))
            marks += _veils(f"veil{n}", box, part)
        marks.append(Rectangle("shared", stage.place(shared), None, "written", 3.0))
    return (
        beat(stage.drawn(), lying, frames[:1], seconds=SHORT, travel=FLIGHT),
        beat(stage.drawn(), lying, frames, seconds=SHORT, travel=FLIGHT),
        beat(stage.drawn(), apart, frames, names, seconds=SLOW.row, travel=FLIGHT),
        beat(stage.drawn(), apart, frames, names, marks, seconds=2 * SLOW.end),
    )


def _part(box: Box, window: Window, shared: Window) -> Box:
    """Return where the part that is shared lies in a patch."""
    scale = box.width / window.width
    left, top = box.left + (shared.column - window.column) * scale, box.top + (shared.row - window.row) * scale
    return Box(left, top, left + shared.width * scale, top + shared.height * scale)


def _veils(key: str, box: Box, part: Box) -> list[Mark]:
    """Return what dims the part of a patch that its neighbour has not: it lies left or right of the other."""
    left, right = box._replace(right=part.left), box._replace(left=part.right)
    return [
        Rectangle(f"{key}.{name}", side, "background", None, opacity=0.65)
        for name, side in (("left", left), ("right", right))
        if side.width > 0.01
    ]


def _swept(stage: SceneView, windows: Sequence[Window], counts: Array) -> list[Beat]:
    """Slide over the scene and count for every pixel how many patches read it; at last all are counted."""
    laid, most = fitted(stage.shape, ROOMS[1]), int(counts.max())
    name = heading("counts.name", laid, message("films.patches.counts", most=most), 400)
    edge = Rectangle("counts.edge", laid.grown(1), None, "line")

    def state(counted: Array, window: Window | None) -> list[Mark]:
        shown = picture("counts", laid, counted, most, counted == 0)._replace(scale="magnitude")
        frame = [] if window is None else [stage.frame("window", window)]
        return [*stage.drawn(), edge, shown, name, *frame]

    by_one = len(windows) > 1 and windows[1].column == 1
    chosen = list(range(min(PIXELS, len(windows)))) if by_one else stops(len(windows))
    beats = [beat(state(coverage(stage.shape, windows[:1]), windows[0]), seconds=SHORT, travel=TRAVEL)]
    for before, n in pairwise(chosen):
        jump = windows[n].row != windows[before].row
        counted = coverage(stage.shape, windows[: n + 1])
        beats.append(beat(state(counted, windows[n]), seconds=QUICK, travel=0.0 if jump else 2 * QUICK))
    return [*beats, beat(state(counts, None), seconds=SLOW.end, travel=TRAVEL)]


def _counted(shape: tuple[int, int], size: int, stride: int) -> Array:
    """Return how many windows read each pixel: as many as do of its row, times as many as do of its column."""
    lines = []
    for side in shape:
        line = np.zeros(side)
        for start in range(0, side - size + 1, stride):
            line[start : start + size] += 1
        lines.append(line)
    counts: Array = np.outer(*lines)
    return counts
