"""Cutting a scene into patches side by side, and taking one of them out down to its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convista.films.film import SLOW, Beat, Film
from convista.films.patches.stage import ROOMS, SceneView, laid_out, stops, where
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.grid import CellGrid, grid, magnitude
from convista.films.stage.layout import heading
from convista.films.stage.marks import Box, Mark, Rectangle, Tone, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array
from convista.scenes import Scene, Window

GAP = 0.14
"""Between patches laid out, as a share of a patch."""
CLOSE = 10
"""Rows and columns of the pixels whose numbers are shown, at most."""
FLIGHT = 0.6
"""How long imagery takes to another place, in seconds."""
LINES, LINE_SIZE = (428.0, 452.0), 16.0
"""Baselines of what is said of a patch."""
TAKEN = ROOMS[1]._replace(bottom=404)
"""Where the patch is that was taken out."""


def patches_mosaic(scene: Scene, *, sizes: Sequence[int] = (64, 32), close: Window | None = None) -> Film:
    """Show a scene cut into patches side by side, for each size, and one patch taken out down to its numbers.

    Parameters
    ----------
    scene
        Its middle is shown where it is large.
    sizes
        Rows and columns of the patches.
    close
        The pixels whose numbers are seen at the end; the patch of the first size that holds them is taken out. None
        for some in the middle.

    Raises
    ------
    ConvistaError
        If a size is below 1 or larger than what is shown.
    """
    stage = SceneView(scene)
    script = Script("patches-mosaic", message("films.patches.mosaic_title"))
    script.step(stage.opening(), beat(stage.drawn(), seconds=SLOW.end))
    for size in sizes:
        windows = stage.windows(size, size)
        script.step(_cut_words(stage, size, windows), *_cut(stage, size, windows))
    if sizes:
        taken, pixels = _chosen(stage, stage.windows(sizes[0], sizes[0]), close)
        script.step(
            message("films.patches.taken", size=sizes[0]),
            beat(_lying(stage, taken), seconds=SHORT, travel=TRAVEL),
            beat(_taken(stage, taken), seconds=SLOW.end, travel=FLIGHT),
        )
        script.step(
            message("films.patches.numbers", count=pixels.height * pixels.width), *_close(stage, taken, pixels)
        )
    return script.film().credited(scene.credit)


def _cut_words(stage: SceneView, size: int, windows: Sequence[Window]) -> Text:
    down, across = (len({window[axis] for window in windows}) for axis in (0, 1))
    rest = tuple(side - n * size for side, n in zip(stage.shape, (down, across), strict=True))
    values = {"size": size, "down": down, "across": across, "count": len(windows)}
    rows, columns = rest
    key = {(True, True): "cut_rest", (True, False): "cut_rest_rows", (False, True): "cut_rest_columns"}
    return message(f"films.patches.{key.get((rows > 0, columns > 0), 'cut')}", **values, rows=rows, columns=columns)


def _cut(stage: SceneView, size: int, windows: Sequence[Window]) -> list[Beat]:
    """Return how patches leave the scene one after the other and are laid out; at last what is left over."""
    room, boxes = laid_out(windows, size, GAP)
    name = heading("patches.name", room, message("films.patches.cut_name", count=len(windows), size=size), 400)
    still, cut, beats = [*stage.drawn(), name], list[Mark](), list[Beat]()
    chosen = stops(len(windows))
    for n, stop in enumerate(chosen):
        before = chosen[n - 1] + 1 if n else 0
        new = range(before, stop + 1)
        frame = stage.frame("window", windows[stop])
        lying = [stage.cut(f"patch.{size}.{k}", windows[k]) for k in new]
        if n < 2:
            beats.append(beat(still, cut, lying, [frame], seconds=SHORT, travel=TRAVEL))
        else:
            beats[-1] = beats[-1]._replace(marks=(*beats[-1].marks, *lying))
        cut = [*cut, *(stage.cut(f"patch.{size}.{k}", windows[k], boxes[k]) for k in new)]
        beats.append(beat(still, cut, [frame], seconds=QUICK, travel=TRAVEL if n < 2 else 2 * QUICK))
    return [*beats, beat(still, cut, _left_over(stage, size, windows), seconds=SLOW.end)]


def _left_over(stage: SceneView, size: int, windows: Sequence[Window]) -> list[Mark]:
    """Return the windows over the scene, and a veil over the rows and columns that are in none."""
    rows, columns = stage.shape
    down, across = (max(window[axis] for window in windows) + size for axis in (0, 1))
    marks: list[Mark] = [stage.frame(f"cut.{n}", window, 1.0) for n, window in enumerate(windows)]
    for key, rest in (
        ("below", Window(down, 0, rows - down, columns)),
        ("beside", Window(0, across, down, columns - across)),
    ):
        if rest.height and rest.width:
            box = stage.place(rest)
            marks.append(Rectangle(f"rest.{key}", box, "background", None, opacity=0.7))
            marks.append(Rectangle(f"rest.{key}.edge", box, None, "muted", 2.0))
    return marks


def _lying(stage: SceneView, patch: Window) -> list[Mark]:
    """Return the scene with the window of a patch, and the patch where it lies."""
    return [*stage.drawn(), stage.cut("taken", patch), stage.frame("window", patch)]


def _chosen(stage: SceneView, windows: Sequence[Window], close: Window | None) -> tuple[Window, Window]:
    """Return the patch that is taken out, and the pixels in it that are seen closely, counted in what is shown."""
    if close is not None:
        pixels = close.seen_from(stage.part)
        holding = [window for window in windows if window.contains(pixels)]
        if holding:
            return holding[0], pixels
    patch = windows[len(windows) // 2]
    side = min(CLOSE, patch.height)
    inside = patch.shifted((patch.height - side) // 2, (patch.width - side) // 2)
    return patch, inside._replace(height=side, width=side)


def _number_of(stage: SceneView, patch: Window) -> int:
    return stage.windows(patch.height, patch.height).index(patch)


def _alone(stage: SceneView, patch: Window) -> tuple[Box, list[Mark]]:
    """Return the patch that was taken out, large and with its size, and where it is."""
    box = TAKEN.middle(*[min(TAKEN.width, TAKEN.height)] * 2)
    size = message("films.patches.patch_name", size=f"{patch.height}×{patch.width}")
    edge = Rectangle("taken.edge", box.grown(3), None, "window", 3.0)
    return box, [stage.cut("taken", patch, box), edge, heading("patches.name", box, size, 400)]


def _taken(stage: SceneView, patch: Window) -> list[Mark]:
    """Return the scene with the window of a patch, and the patch alone beside it, with its place."""
    box, alone = _alone(stage, patch)
    inside = stage.in_scene(patch)
    place = message("films.patches.place", **_on_map(stage, inside))
    told = _lines([message("films.patches.window", where=where(inside)), place], box)
    return [*stage.drawn(), stage.frame("window", patch), *alone, *told]


def _close(stage: SceneView, patch: Window, pixels: Window) -> list[Beat]:
    """Return how some pixels of the patch come near, until their numbers can be read."""
    box, alone = _alone(stage, patch)
    scale = box.width / patch.width
    x, y = box.left + (pixels.column - patch.column) * scale, box.top + (pixels.row - patch.row) * scale
    small = Box(x, y, x + pixels.width * scale, y + pixels.height * scale)
    inside = stage.in_scene(pixels)
    name = "nir" if "nir" in stage.scene.band_names else stage.scene.band_names[0]
    values = np.ma.filled(stage.scene.read(inside, [name])[0].astype(np.float64), np.nan)
    table = _table(ROOMS[0]._replace(bottom=TAKEN.bottom), values)
    words = message("films.patches.close_name", band=name, where=where(inside))
    first = message("films.patches.first_pixel", **_on_map(stage, inside))
    told = [heading("close.name", table.box, words, 420), *_lines([first], table.box)]
    edge = Rectangle("close.edge", table.box.grown(2), None, "window", 2.0)
    still = [*alone, Rectangle("window", small.grown(2), None, "window", 3.0)]
    return [
        beat(still, [stage.cut("close", pixels, small)], seconds=SHORT, travel=FLIGHT),
        beat(still, [stage.cut("close", pixels, table.box), edge], seconds=SHORT, travel=2 * FLIGHT),
        beat(still, _numbers(table, values), [edge], told, seconds=SLOW.end, travel=TRAVEL),
    ]


def _table(room: Box, values: Array) -> CellGrid:
    rows, columns = values.shape
    wide, tall = min(44.0, room.width / columns), min(44.0, room.height / rows)
    decimals = 2 if (values % 1).any() else None
    return grid(
        "close",
        room.middle(wide * columns, tall * rows)[:2],
        values.shape,
        values,
        wide,
        tall,
        decimals,
    )


def _numbers(table: CellGrid, values: Array) -> list[Mark]:
    """Return the values of a band, from dark to bright."""
    marks: list[Mark] = []
    for (row, column), value in np.ndenumerate(values):
        cell, number = table.written(row, column, float(value))
        if np.isfinite(value):
            tone = Tone("magnitude", float(value) / magnitude(values))
            cell, number = cell._replace(fill=tone), number._replace(colour=tone)
        marks += [cell, number]
    return marks


def _on_map(stage: SceneView, window: Window) -> dict[str, object]:
    """Return where a window's first pixel is: to a tenth of a pixel, or in whole units where those are finer."""
    resolution = stage.scene.grid.resolution[0]
    decimals = 0 if resolution >= 1 else decimals_for([resolution / 10])
    x, y = stage.scene.grid.coordinates(window.row, window.column)
    return {"x": written(x, decimals), "y": written(y, decimals), "crs": stage.scene.grid.crs_name}


def _lines(texts: Sequence[Text], above: Box) -> list[Mark]:
    """Return what is said below a box."""
    size = min(text.fitting(line, TAKEN.width, LINE_SIZE) for words in texts for line in words)
    return [
        Words(f"told.{n}", (above.centre[0], y), words, size, "text")
        for n, (words, y) in enumerate(zip(texts, LINES, strict=False))
    ]
