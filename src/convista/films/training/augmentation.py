"""Augmentation as a film: one patch turns and is mirrored in all eight ways, and a pixel keeps its spectrum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sin
from typing import NamedTuple

import numpy as np

from convista.errors import ConvistaError
from convista.films.film import SLOW, Beat, Film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.imagery import composite, photo
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Circle, Mark, Photo, Point, Rectangle, Words
from convista.films.wording import decimals_for, message, written
from convista.language import Text
from convista.operators import Array

SIDE = 250.0
"""Of the patch that turns, in points."""
CENTRE = STAGE.left + 0.72 * SIDE, 244.0
"""Of its place: turning, its corners need room around it."""
SHEET, VALUES = STAGE._replace(left=426, right=796, top=84, bottom=410), Box(812, 112, STAGE.right, 440)
"""What has come of it, and the values of the pixel that is followed."""
ABOVE, LABEL = 24.0, 14.0
"""Room for the name above a patch, and the size of letters."""
MOST_BANDS, MOST_CELLS = 8, 16
"""How many bands have room, and cells of a side are moved; of a larger patch, blocks of pixels move."""
DEGREES, TURN, MIRROR = 30, 0.48, 0.4
"""How far a turn goes straight on before it bends; how long a quarter turn and a reflection take, in seconds."""


class Variant(NamedTuple):
    """A patch in one of its symmetries, and where the pixel that is followed has come to lie."""

    key: str
    values: Array
    """(bands, rows, columns)."""
    place: tuple[int, int]


class Moment(NamedTuple):
    """How the patch lies, and what has come of it."""

    degrees: float
    """How far it is turned, against the clock."""
    across: float
    """1 as it is, −1 mirrored; between them on its way."""
    done: int
    """How many symmetries are laid out."""
    resting: bool = True


def augmentation(variants: Sequence[Variant], *, band_names: Sequence[str] = (), label: Text | None = None) -> Film:
    """Show the symmetries of one patch, each turning out of the one before.

    Parameters
    ----------
    variants
        The patch in the eight symmetries of the square: as it is, turned by 90°, 180° and 270° against the clock,
        and each of these then mirrored left to right; each (bands, size, size), with the place of one pixel.
    band_names
        Of the bands; None are numbered.
    label
        The class of the patch.

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
    stage = AugmentationStage(variants, band_names, label)
    script = Script("augmentation", message("films.augmentation.title"))
    for n, variant in enumerate(variants):
        script.step(message(f"films.augmentation.{variant.key}"), *_becoming(stage, n))
    end = message("films.augmentation.end", count=len(variants), bands=bands)
    script.step(end, beat(stage.at(_lying(len(variants) - 1, len(variants))), seconds=SLOW.end))
    return script.film()


def _lying(n: int, done: int) -> Moment:
    return Moment(90.0 * (n % 4), 1.0 if n < 4 else -1.0, done)


def _becoming(stage: AugmentationStage, n: int) -> Iterator[Beat]:
    """Yield the patch on its way from one symmetry to the next, and its copy going to its place."""
    before, now = _lying(n - 1, n), _lying(n, n)
    if n:
        yield beat(stage.at(before), seconds=SHORT)
        start, end = before.degrees, now.degrees or (360.0 if n == 4 else 0.0)
        turns = np.arange(start + DEGREES, end + 1, DEGREES).tolist()
        for degrees in turns:
            turning = before._replace(degrees=degrees, resting=False)
            yield beat(stage.at(turning), seconds=0.02, travel=TURN / len(turns))
        if now.across != before.across:
            for across in (0.0, now.across):
                flipping = Moment(end, across, n, resting=False)
                yield beat(stage.at(flipping), seconds=0.02, travel=MIRROR / 2)
    yield beat(stage.at(now), seconds=SLOW.row)
    yield beat(
        stage.at(now._replace(done=n + 1)), seconds=SLOW.end, travel=TRAVEL, born_from={f"variant.{n}": "patch"}
    )


class AugmentationStage:
    """The patch at the left, its symmetries in two lines, the values of one pixel at the right."""

    def __init__(self, variants: Sequence[Variant], band_names: Sequence[str], label: Text | None) -> None:
        self._variants, self._label = variants, label
        self._pixels = [composite(variant.values, band_names) for variant in variants]
        self._names = list(band_names) or [f"{n + 1}" for n in range(len(variants[0].values))]
        whole = self._pixels[0]
        self._count = min(len(whole), MOST_CELLS)
        middles = ((np.arange(self._count) + 0.5) * len(whole) / self._count).astype(int)
        self._cells = whole[np.ix_(middles, middles)]

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        n = max(moment.done - 1, 0)
        marks: list[Mark] = [*self._moving(moment)]
        if moment.resting:
            n = round(moment.degrees / 90) % 4 + 4 * (moment.across < 0)
            place = Box(*CENTRE, *CENTRE).grown(SIDE / 2)
            marks += [
                photo("patch", place, self._pixels[n]),
                Rectangle("patch.frame", place.grown(2), None, "window", 2.0),
            ]
        marks += self._followed(moment)
        for laid in range(moment.done):
            marks += self._laid(laid)
        return (*marks, *self._values(self._variants[n], moment.resting))

    def _moving(self, moment: Moment) -> Iterator[Photo]:
        """Yield the cells of the patch, wherever they are on their way."""
        side, angle = SIDE / self._count, radians(moment.degrees)
        # Squares that stand upright on a turned grid leave gaps unless they are as wide as it is there.
        tall = side * (abs(cos(angle)) + abs(sin(angle)))
        wide = max(tall * abs(moment.across), 1.0)
        for row, column in np.ndindex(self._count, self._count):
            x, y = self._seen(row + 0.5, column + 0.5, self._count, moment)
            box = Box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            yield photo(f"cell[{row},{column}]", box, self._cells[row : row + 1, column : column + 1])

    @staticmethod
    def _seen(row: float, column: float, count: int, moment: Moment) -> Point:
        """Return where a place of the patch is, in rows and columns from its corner, turned and then mirrored."""
        right, up, angle = column / count - 0.5, 0.5 - row / count, radians(moment.degrees)
        turned = right * cos(angle) - up * sin(angle), right * sin(angle) + up * cos(angle)
        return CENTRE[0] + SIDE * turned[0] * moment.across, CENTRE[1] - SIDE * turned[1]

    def _followed(self, moment: Moment) -> list[Mark]:
        (row, column), count = self._variants[0].place, self._variants[0].values.shape[1]
        x, y = self._seen(row + 0.5, column + 0.5, count, moment)
        return [Circle("dot.edge", (x, y), 8.0, "black"), Circle("dot", (x, y), 6.0, "window")]

    def _laid(self, n: int) -> list[Mark]:
        variant, box = self._variants[n], self._place(n)
        name = message(f"films.augmentation.{variant.key}_short")
        return [
            photo(f"variant.{n}", box, self._pixels[n]),
            Words(f"variant.{n}.name", (box.centre[0], box.top - 7), name, LABEL, "muted"),
            *_dot(f"variant.{n}.dot", box, variant),
        ]

    def _place(self, n: int) -> Box:
        across = 4 if len(self._variants) > 4 else len(self._variants)
        lines = SHEET.rows(*[1.0] * -(-len(self._variants) // across), gap=8)
        room = lines[n // across].columns(*[1.0] * across, gap=12)[n % across].inset(top=ABOVE)
        side = min(room.width, room.height)
        return room.middle(side, side)

    def _values(self, variant: Variant, resting: bool) -> list[Mark]:
        """Write the class, the followed pixel's place, and its value in every band, which stay as they are."""
        row, column = variant.place
        values = [float(v) for v in variant.values[:, row, column]]
        decimals = decimals_for(values)
        decimals = max(3, decimals) if decimals else 0
        x, y = VALUES.left, VALUES.top
        marks: list[Mark] = []
        if resting:
            words = message("films.augmentation.pixel", row=row + 1, column=column + 1)
            marks.append(Words("pixel", (x, y), words, LABEL, "text", "start"))
        shown = list(zip(self._names, values, strict=True))[:MOST_BANDS]
        for n, (name, value) in enumerate(shown):
            y = VALUES.top + 30 * (n + 1)
            called = _shortened(name, VALUES.width - 6 - text.width(written(value, decimals).en, LABEL))
            marks.append(Words(f"band.{n}", (x, y), Text(called, called), LABEL, "muted", "start"))
            marks.append(
                Words(f"band.{n}.number", (VALUES.right, y), written(value, decimals), LABEL, "text", "end")
            )
        if self._label is not None:
            marks.append(
                Words("class.name", (x, y + 50), message("films.augmentation.class"), LABEL, "muted", "start")
            )
            marks.append(Words("class", (x, y + 72), self._label, LABEL, "window", "start"))
        return marks


def _shortened(name: str, room: float) -> str:
    """Return as much of a name as has room."""
    lengths = range(len(name), 0, -1)
    tried = (name if length == len(name) else f"{name[:length]}…" for length in lengths)
    return next((short for short in tried if text.width(short, LABEL) <= room), "…")


def _dot(key: str, box: Box, variant: Variant) -> list[Mark]:
    """Mark the pixel that is followed on a small patch."""
    (row, column), side = variant.place, variant.values.shape[1]
    radius, scale = 5.0, box.width / side
    centre = box.left + (column + 0.5) * scale, box.top + (row + 0.5) * scale
    x, y = (
        min(max(at, low + radius), high - radius)
        for at, low, high in ((centre[0], box.left, box.right), (centre[1], box.top, box.bottom))
    )
    return [Circle(f"{key}.edge", (x, y), radius, "black"), Circle(key, (x, y), 3.5, "window")]
