"""Cutting a scene into patches, as films: side by side, and overlapping."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import TICK, Beat, Film, Step
from convista.films.stage import layout
from convista.films.stage.grid import picture
from convista.films.stage.imagery import fitted, photo, seen
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle
from convista.films.wording import message
from convista.scenes import Scene, Window
from convista.scenes.composite import Pixels
from convista.scenes.geometry.window import coverage, sliding

ROOMS = Box(STAGE.left, STAGE.top + 6, 466, 440), Box(494, STAGE.top + 6, STAGE.right, 440)
"""The scene, and what is cut from it."""
BEATS = 40
"""How many pictures of a sweep are shown at most: more patches are cut some at a time."""
GAP = 0.14
"""Between patches laid out, as a share of a patch."""


def patches_mosaic(scene: Scene, *, sizes: Sequence[int] = (64, 32)) -> Film:
    """Show a scene cut into patches side by side, for each size.

    Parameters
    ----------
    scene
        Its middle is shown where it is large.
    sizes
        Rows and columns of the patches.

    Raises
    ------
    ConvistaError
        If a size is below 1 or larger than what is shown.
    """
    pixels, part = seen(scene)
    words, top = message("films.patches.mosaic_title"), layout.title(message("films.patches.mosaic_title"))
    steps = [_opening(scene, pixels, part, top)]
    for size in sizes:
        windows = _windows(pixels, size, size)
        steps.append(_cut(pixels, size, windows, top))
    return Film("patches-mosaic", words, tuple(steps)).credited(scene.credit)


def patches_overlap(scene: Scene, *, cuts: Sequence[tuple[int, int]] = ((64, 32), (32, 16))) -> Film:
    """Show a scene cut into overlapping patches, and how many patches read each pixel.

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
    pixels, part = seen(scene)
    words, top = message("films.patches.overlap_title"), layout.title(message("films.patches.overlap_title"))
    steps = [_opening(scene, pixels, part, top)]
    for size, stride in cuts:
        windows = _windows(pixels, size, stride)
        steps += _overlapping(pixels, size, stride, windows, top)
    return Film("patches-overlap", words, tuple(steps)).credited(scene.credit)


def _opening(scene: Scene, pixels: Pixels, part: Window, top: Mark) -> Step:
    key = "films.patches.whole" if part.shape == scene.shape else "films.patches.part"
    caption = message(key, rows=pixels.shape[0], columns=pixels.shape[1], bands=len(scene.bands))
    return Step(caption, (Beat((top, *_scene(pixels)), 2.0),))


def _windows(pixels: Pixels, size: int, stride: int) -> list[Window]:
    rows, columns = pixels.shape[:2]
    if min(size, stride) < 1 or size > min(rows, columns):
        raise ConvistaError("films.patches.size", size=size, stride=stride, rows=rows, columns=columns)
    return list(sliding((rows, columns), (size, size), (stride, stride)))


def _cut(pixels: Pixels, size: int, windows: Sequence[Window], top: Mark) -> Step:
    """Cut patches and lay them out apart from each other."""
    down, across = (len({window[axis] for window in windows}) for axis in (0, 1))
    step = size * (1 + GAP)
    rows, columns = (size + (n - 1) * step for n in (down, across))
    laid = fitted((round(rows), round(columns)), ROOMS[1])
    scale = laid.width / columns
    cut: list[Mark] = []
    beats: list[Beat] = []
    stops = set(_stops(len(windows)))
    still = (top, *_scene(pixels))
    for n, window in enumerate(windows):
        left, upper = (window.column // size * step * scale, window.row // size * step * scale)
        box = Box(
            laid.left + left, laid.top + upper, laid.left + left + size * scale, laid.top + upper + size * scale
        )
        cut.append(photo(f"patch.{size}.{n}", box, pixels[window.slices]))
        if n in stops:
            frame = _frame("window", pixels, window, "window", 3.0)
            beats.append(Beat((*still, *cut, frame), 0.5 if n < 2 else 2 * TICK, 2 * TICK if n else 0.0))
    rest = tuple(side - n * size for side, n in zip(pixels.shape, (down, across), strict=False))
    lines = [_frame(f"cut.{n}", pixels, window, "window", 1.0) for n, window in enumerate(windows)]
    beats.append(Beat((*still, *lines, *cut), 1.8))
    values = {"size": size, "down": down, "across": across, "count": len(windows)}
    if any(rest):
        caption = message("films.patches.cut_rest", **values, rows=rest[0], columns=rest[1])
    else:
        caption = message("films.patches.cut", **values)
    name = heading("patches.name", laid, message("films.patches.cut_name", count=len(windows), size=size), 400)
    return Step(caption, tuple(beat._replace(marks=(*beat.marks, name)) for beat in beats))


def _overlapping(pixels: Pixels, size: int, stride: int, windows: Sequence[Window], top: Mark) -> list[Step]:
    """Slide over the scene and count for every pixel how many patches read it."""
    shape = pixels.shape[0], pixels.shape[1]
    most = int(coverage(shape, windows).max())
    laid, still = fitted(shape, ROOMS[1]), (top, *_scene(pixels))
    name = heading("counts.name", laid, message("films.patches.counts", most=most), 400)
    edge = Rectangle("counts.edge", laid.grown(1), None, "line")

    def state(done: int, *frames: Mark) -> tuple[Mark, ...]:
        counted = coverage(shape, windows[:done])
        counts = picture("counts", laid, counted, most, counted == 0)._replace(scale="magnitude")
        return (*still, edge, counts, name, *frames)

    first = [
        _frame(f"{key}", pixels, window, "window", 3.0)
        for key, window in zip(("before", "window"), windows, strict=False)
    ]
    shared = size - stride
    values = {"size": size, "stride": stride, "shared": max(shared, 0), "share": round(100 * max(shared, 0) / size)}
    begun = [Beat(state(1, first[0]), 1.0), Beat(state(2, *first), 2.0)]
    beats = [
        Beat(state(after, _frame("window", pixels, windows[after - 1], "window", 3.0)), 2 * TICK)
        for _, after in pairwise([2, *(stop + 1 for stop in _stops(len(windows)) if stop > 1)])
    ]
    beats.append(Beat(state(len(windows)), 1.8))
    even = "overlap" if size % stride == 0 else "overlap_uneven"
    key = "films.patches.pair" if shared > 0 else "films.patches.pair_apart"
    total = message(f"films.patches.{even}", count=len(windows), size=size, stride=stride, most=most)
    return [Step(message(key, **values), tuple(begun)), Step(total, tuple(beats))]


def _stops(count: int) -> list[int]:
    """Return after which patches the stage is shown: all, or of many some, the first and the last among them."""
    return sorted(
        {0, 1, *np.linspace(0, count - 1, min(count, BEATS)).round().astype(int).tolist()} & set(range(count))
    )


def _scene(pixels: Pixels) -> tuple[Mark, Mark]:
    rows, columns = pixels.shape[:2]
    box = fitted((rows, columns), ROOMS[0])
    return photo("scene", box, pixels), heading(
        "scene.name", box, message("films.patches.scene", rows=rows, columns=columns), 400
    )


def _frame(key: str, pixels: Pixels, window: Window, colour: str, width: float) -> Rectangle:
    """Return the outline of a window over the scene."""
    box = fitted(pixels.shape[:2], ROOMS[0])
    scale = box.width / pixels.shape[1]
    left, upper = box.left + window.column * scale, box.top + window.row * scale
    return Rectangle(
        key, Box(left, upper, left + window.width * scale, upper + window.height * scale), None, colour, width
    )
