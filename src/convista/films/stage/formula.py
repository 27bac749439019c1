"""Mathematics as outlines: matplotlib's typesetter, DejaVu Sans, the same curves in every medium."""

from __future__ import annotations

from functools import cache
from math import ceil, floor
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from convista.errors import ConvistaError
from convista.films.stage.text import PHASES, Shades, shaded

Point = tuple[float, float]

EM = 100.0
"""The size at which a formula is typeset; its outline is in hundredths of it."""
FINE = 8
"""How many times finer than pixels an outline is filled before its coverage is counted."""


class Outline(NamedTuple):
    """The shape of a formula in ems, from the left of its ink; y grows downwards from the baseline.

    ``curves`` are what a pen does: a letter of SVG's paths (M move, L line, Q and C curves, Z close), its points.
    """

    width: float
    above: float
    below: float
    curves: tuple[tuple[str, tuple[Point, ...]], ...]


@cache
def outline(tex: str) -> Outline:
    """Typeset a formula, written as in TeX without dollar signs.

    Raises
    ------
    ConvistaError
        If the typesetter does not know something in it.
    """
    # Importing matplotlib's typesetter takes as long as a film: only films with formulas do.
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415
    from matplotlib.textpath import TextPath  # noqa: PLC0415

    font = FontProperties(family="DejaVu Sans", math_fontfamily="dejavusans")
    try:
        path = TextPath((0, 0), f"${tex}$", size=EM, prop=font)
    except ValueError as error:
        reason = str(error).splitlines()[-1].rstrip(".")
        raise ConvistaError("films.export.no_formula", tex=tex[:60], reason=reason[:200]) from error
    ink = path.get_extents()
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    curves = []
    for vertices, code in path.iter_segments(simplify=False, curves=True):
        flat = ((vertices.reshape(-1, 2) - (ink.x0, 0)) / (EM, -EM)).round(5)
        points = tuple((float(x), float(y)) for x, y in flat) if code != Path.CLOSEPOLY else ()
        curves.append((letters[code], points))
    return Outline(ink.width / EM, ink.y1 / EM, -ink.y0 / EM, tuple(curves))


def width(tex: str, size: float = 1.0) -> float:
    """Return how wide a formula's ink is, in the units of ``size``."""
    return outline(tex).width * size


def height(tex: str, size: float = 1.0) -> tuple[float, float]:
    """Return how far a formula reaches above and below its baseline."""
    shape = outline(tex)
    return shape.above * size, shape.below * size


@cache
def run(tex: str, size: float, phase: int) -> tuple[Shades, int, int]:
    """Draw a formula that begins ``phase`` quarters into a pixel, as `text.run` does a line of text."""
    shape = outline(tex)
    above, below = ceil(shape.above * size) + 1, ceil(shape.below * size) + 1
    wound = np.zeros(((above + below) * FINE, (ceil(shape.width * size) + 3) * FINE), np.int8)
    start, scale = FINE * (1 + phase / PHASES), FINE * size
    for contour in _contours(shape):
        points = [(start + x * scale, above * FINE + y * scale) for x, y in contour]
        left, top = (floor(min(side)) for side in zip(*points, strict=True))
        right, bottom = (ceil(max(side)) + 1 for side in zip(*points, strict=True))
        part = Image.new("1", (right - left, bottom - top))
        ImageDraw.Draw(part).polygon([(x - left, y - top) for x, y in points], fill=1)
        # A hole runs the other way round than what it is in, so that its windings cancel.
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))
        wound[top:bottom, left:right] += np.asarray(part).astype(np.int8) * (1 if area > 0 else -1)
    coverage = Image.fromarray((wound != 0).astype(np.uint8) * np.uint8(255)).reduce(FINE)
    return shaded(np.asarray(coverage)), -1, -above


def _contours(shape: Outline) -> list[list[Point]]:
    """Return the closed lines of an outline, its curves broken into short pieces."""
    contours: list[list[Point]] = []
    for letter, points in shape.curves:
        if letter == "M":
            contours.append([*points])
        elif letter == "L":
            contours[-1].append(points[0])
        elif letter != "Z":
            contours[-1] += _pieces(contours[-1][-1], *points)
    return [contour for contour in contours if len(contour) > 2]


def _pieces(*control: Point, count: int = 8) -> list[Point]:
    """Return points of a Bézier curve after its first, by de Casteljau's construction."""
    pieces = []
    for share in np.arange(1, count + 1) / count:
        points = np.array(control)
        while len(points) > 1:
            points = points[:-1] + (points[1:] - points[:-1]) * share
        pieces.append((float(points[0, 0]), float(points[0, 1])))
    return pieces
