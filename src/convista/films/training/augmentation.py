"""Augmentation as a film: one patch turned and mirrored in all eight ways, and a pixel that keeps its spectrum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.errors import ConvistaError
from convista.films.film import TICK, Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.imagery import composite, fitted, photo
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Circle, Mark, Rectangle, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array

SHEET = Box(STAGE.left, 70, STAGE.right - 170, 450)
VALUES = Box(STAGE.right - 136, 118, STAGE.right, 440)
ABOVE = 24.0
"""Room for the name above a patch."""
MOST_BANDS = 8


class Variant(NamedTuple):
    """A patch in one of its symmetries, and where the pixel that is followed has come to lie."""

    key: str
    values: Array
    """(bands, rows, columns)."""
    place: tuple[int, int]


def augmentation(variants: Sequence[Variant], *, band_names: Sequence[str] = ()) -> Film:
    """Show the symmetries of one patch side by side.

    Parameters
    ----------
    variants
        The patch as it is, then turned and mirrored; each (bands, size, size), with the place of one pixel.
    band_names
        Of the bands; None have no names.

    Raises
    ------
    ConvistaError
        If there are none, or they are no square patches of as many bands as there are names.
    """
    shapes = {variant.values.shape for variant in variants}
    if len(shapes) != 1 or len(next(iter(shapes))) != 3 or len({*next(iter(shapes))[1:]}) != 1:
        raise ConvistaError("films.augmentation.variants", shapes=[variant.values.shape for variant in variants])
    bands = variants[0].values.shape[0]
    if band_names and len(band_names) != bands:
        raise ConvistaError("films.augmentation.bands", names=len(band_names), bands=bands)
    names = list(band_names) or [f"{n}" for n in range(bands)]
    words, top = message("films.augmentation.title"), layout.title(message("films.augmentation.title"))
    steps = []
    for n, variant in enumerate(variants):
        marks = (top, *_sheet(variants[: n + 1], len(variants), band_names), *_values(variant, names))
        beat = Beat((*marks, *_followed(variants, n)), 1.3, 4 * TICK if n else 0.0)
        steps.append(Step(message(f"films.augmentation.{variant.key}"), (beat,)))
    steps.append(Step(message("films.augmentation.end", count=len(variants), bands=bands), steps[-1].beats))
    return Film("augmentation", words, tuple(steps))


def _place(n: int, count: int) -> Box:
    across = 4 if count > 4 else max(count, 1)
    down = -(-count // across)
    side = min(SHEET.width / across, SHEET.height / down - ABOVE)
    left = SHEET.left + (SHEET.width - side * across) / 2 + n % across * side
    top = SHEET.top + (SHEET.height - (side + ABOVE) * down) / 2 + n // across * (side + ABOVE)
    return Box(left + 6, top + ABOVE, left + side - 6, top + ABOVE + side - 12)


def _sheet(variants: Sequence[Variant], count: int, band_names: Sequence[str]) -> list[Mark]:
    marks: list[Mark] = []
    for n, variant in enumerate(variants):
        box = fitted((1, 1), _place(n, count))
        name = message(f"films.augmentation.{variant.key}_short")
        size = min(text.fitting(line, box.width + 8, 13) for line in name)
        marks.append(photo(f"variant.{n}", box, composite(variant.values, band_names)))
        marks.append(Words(f"variant.{n}.name", (box.centre[0], box.top - 6), name, size, "muted"))
        marks += _dot(f"variant.{n}.dot", box, variant)
    return marks


def _dot(key: str, box: Box, variant: Variant) -> list[Mark]:
    """Mark the pixel that is followed."""
    side, (row, column) = variant.values.shape[1], variant.place
    scale = box.width / side
    centre = box.left + (column + 0.5) * scale, box.top + (row + 0.5) * scale
    radius = 5.0
    x, y = (
        min(max(at, low + radius), high - radius)
        for at, low, high in ((centre[0], box.left, box.right), (centre[1], box.top, box.bottom))
    )
    return [Circle(f"{key}.edge", (x, y), radius, "black"), Circle(key, (x, y), 3.5, "window")]


def _followed(variants: Sequence[Variant], n: int) -> list[Mark]:
    box = fitted((1, 1), _place(n, len(variants)))
    return [Rectangle("now", box.grown(3), None, "window", 3.0)]


def _values(variant: Variant, names: Sequence[str]) -> list[Mark]:
    """Write the followed pixel's place and its value in every band."""
    row, column = variant.place
    values = [float(v) for v in variant.values[:, row, column]]
    decimals = decimals_for(values)
    decimals = max(3, decimals) if decimals else 0
    head = message("films.augmentation.pixel", row=row, column=column)
    size = min(text.fitting(line, VALUES.width, 14) for line in head)
    marks: list[Mark] = [Words("pixel", (VALUES.left, VALUES.top - 9), head, size, "text", "start")]
    for n, (name, value) in enumerate(zip(names[:MOST_BANDS], values, strict=False)):
        y = VALUES.top + 20 + 30 * n
        label = Text(name, name)
        marks.append(Words(f"band.{n}", (VALUES.left, y), label, text.fitting(name, 60, 14), "muted", "start"))
        marks.append(Words(f"band.{n}.number", (VALUES.right, y), written(value, decimals), 15, "text", "end"))
    return marks
