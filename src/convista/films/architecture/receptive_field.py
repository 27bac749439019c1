"""The receptive field as a film: how far each layer sees, what counts there, and where it lies on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.films.film import Film
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import fitted, photo
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text
from convista.scenes import Window
from convista.scenes.composite import Pixels

TYPE, LARGE = 14.0, 17.0
FACTS = 186.0
"""Width of the room for what is known of a field."""
NEAR = 80
"""Rows and columns of the surroundings of a patch that are shown."""
LINE = 52.0
"""From one fact to the next."""


class Field(Protocol):
    """What a film reads of a receptive field: see `convista.tracing.receptive_field.ReceptiveField`."""

    @property
    def layer(self) -> str: ...  # noqa: D102
    @property
    def effective(self) -> NDArray[np.float64]: ...  # noqa: D102
    @property
    def rows(self) -> tuple[int, int]: ...  # noqa: D102
    @property
    def columns(self) -> tuple[int, int]: ...  # noqa: D102
    @property
    def half(self) -> float: ...  # noqa: D102
    @property
    def size(self) -> tuple[int, int]: ...  # noqa: D102


class Ground(NamedTuple):
    """Where a field lies: the corners of its rectangle and the CRS they are given in."""

    corners: Sequence[tuple[float, float]]
    crs: str
    metres: tuple[float, float] | None
    """On the ground, from top to bottom and from left to right; None where that is not known."""

    @property
    def decimals(self) -> int:
        """How many decimals tell a hundredth of the field, in the CRS's units, be they metres or degrees."""
        across = [x for x, _ in self.corners]
        extent = max(across) - min(across)
        return max(0, ceil(2 - log10(extent))) if extent > 0 else 0


class Place(NamedTuple):
    """Where a patch lies in its scene."""

    pixels: Pixels
    """The whole scene, as a photo."""
    window: Window
    """The patch."""

    @property
    def near(self) -> Window:
        """The surroundings of the patch, as far as the scene goes."""
        (rows, columns), (row, column, tall, wide) = self.pixels.shape[:2], self.window
        high, broad = min(rows, max(NEAR, tall)), min(columns, max(NEAR, wide))
        top = min(max(0, row + tall // 2 - high // 2), rows - high)
        left = min(max(0, column + wide // 2 - broad // 2), columns - broad)
        return Window(top, left, high, broad)


def receptive_field(
    fields: Sequence[Field],
    pixels: Pixels,
    *,
    ground: Sequence[Ground] | None = None,
    names: Sequence[Text] | None = None,
    place: Place | None = None,
) -> Film:
    """Show the receptive fields of some layers, in the order of the network.

    Parameters
    ----------
    fields
        Of one value of each layer, all over the same patch.
    pixels
        The patch, as a photo.
    ground
        Where each lies on the ground; None where the patch has no place there.
    names
        What each layer is called; None for the names that the fields have.
    place
        The scene that the patch is from; None where that is not known.

    Raises
    ------
    ConvistaError
        If there are no fields, they are not of this patch, or the places are not as many.
    """
    if not fields or any(field.effective.shape != pixels.shape[:2] for field in fields):
        shapes = [field.effective.shape for field in fields]
        raise ConvistaError("films.receptive_field.fields", shapes=shapes, patch=pixels.shape[:2])
    if ground is not None and len(ground) != len(fields):
        raise ConvistaError("films.receptive_field.ground", ground=len(ground), fields=len(fields))
    called = names or [Text(field.layer, field.layer) for field in fields]
    stage = FieldStage(fields, pixels, called, ground, place)
    script = Script("receptive-field", message("films.receptive_field.title"))
    begin = message("films.receptive_field.begin", layers=len(fields))
    if place is None:
        script.step(begin, beat(stage.at(Moment()), seconds=1.8))
    else:
        script.step(message("films.receptive_field.scene"), beat(stage.whole(), seconds=1.8))
        script.step(begin, beat(stage.at(Moment()), seconds=1.0, travel=3 * TRAVEL))
    for n, field in enumerate(fields):
        before = fields[n - 1] if n else None
        script.step(
            _caption(field, called[n], before, pixels),
            beat(stage.at(Moment(n)), seconds=0.8, travel=2 * TRAVEL),
            beat(stage.at(Moment(n, known=True)), seconds=2.0),
        )
    if ground is not None:
        last = Moment(len(fields) - 1, known=True, corners=True)
        caption = message("films.receptive_field.ground_end", layer=called[-1], crs=ground[-1].crs)
        script.step(caption, beat(stage.at(last), travel=TRAVEL))
    return script.film()


class Moment(NamedTuple):
    """Which layers have been looked at."""

    now: int = -1
    """The last of them; −1 for none."""
    known: bool = False
    """Whether the effect of each pixel and the sizes of its field are there."""
    corners: bool = False
    """Whether the corners of its field are written instead of the sizes."""


class FieldStage:
    """The surroundings, the patch and the effect of its pixels side by side; facts at the right."""

    def __init__(
        self,
        fields: Sequence[Field],
        pixels: Pixels,
        names: Sequence[Text],
        ground: Sequence[Ground] | None,
        place: Place | None,
    ) -> None:
        self._fields, self._pixels, self._names, self._ground, self._place = fields, pixels, names, ground, place
        count = 2 if place is None else 3
        gaps = 22.0 * count
        side = (STAGE.width - FACTS - gaps) / count
        *rooms, self._facts_room = STAGE._replace(top=112, bottom=440).columns(*(side,) * count, FACTS, gap=22.0)
        shape = pixels.shape[0], pixels.shape[1]
        self._patch, self._effect = (fitted(shape, room) for room in rooms[-2:])
        self._near = None if place is None else fitted(place.near[2:], rooms[0])

    def whole(self) -> tuple[Mark, ...]:
        """Return the scene with the patch marked in it."""
        assert self._place is not None
        box = fitted(self._place.pixels.shape[:2], STAGE._replace(top=80, bottom=446))
        near, patch = (
            _part(box, self._place.pixels.shape[:2], each) for each in (self._place.near, self._place.window)
        )
        return (
            photo("scene", box, self._place.pixels),
            photo("near", near, self._place.pixels[self._place.near.slices]),
            photo("patch", patch, self._pixels),
            Rectangle("near.patch", patch.grown(3), None, "window", 2.5),
        )

    def at(self, moment: Moment) -> tuple[Mark, ...]:
        """Return what the stage looks like at a moment."""
        marks: list[Mark] = [*self._surroundings(moment.now)]
        marks.append(photo("patch", self._patch, self._pixels))
        rows, columns = self._pixels.shape[:2]
        name = message("films.receptive_field.patch", rows=rows, columns=columns)
        marks.append(heading("patch.name", self._patch, name, self._patch.width))
        if moment.now >= 0:
            marks += self._outlines("field", self._patch, moment.now)
            if moment.known:
                marks += self._effect_of(self._fields[moment.now])
                marks += self._corners(moment.now) if moment.corners else self._facts(moment.now)
        return tuple(marks)

    def _surroundings(self, now: int) -> list[Mark]:
        if self._place is None or self._near is None:
            return []
        near, window = self._place.near, self._place.window
        inside = Window(window.row - near.row, window.column - near.column, *window[2:])
        patch = _part(self._near, near[2:], inside)
        name = message("films.receptive_field.near", rows=near[2], columns=near[3])
        marks: list[Mark] = [
            photo("near", self._near, self._place.pixels[near.slices]),
            heading("near.name", self._near, name, self._near.width),
            Rectangle("near.patch", patch.grown(2), None, "written", 1.5),
        ]
        return [*marks, Rectangle("near.field", _inside(patch, self._fields[now]), "window")] if now >= 0 else marks

    def _outlines(self, key: str, box: Box, now: int) -> list[Mark]:
        """Outline the fields over the patch: the last in yellow, those before it thinly."""
        before = [
            Rectangle(f"{key}.{n}", _inside(box, field), None, "written", 1.0)
            for n, field in enumerate(self._fields[:now])
        ]
        return [*before, Rectangle(key, _inside(box, self._fields[now]), None, "window", 3.0)]

    def _effect_of(self, field: Field) -> list[Mark]:
        """Draw how strongly the value depends on each pixel, and the field around it."""
        values = field.effective
        return [
            picture("effect", self._effect, values, magnitude(values))._replace(scale="magnitude"),
            heading("effect.name", self._effect, message("films.receptive_field.effect"), self._effect.width + 20),
            Rectangle("effect.field", _inside(self._effect, field), None, "window", 2.0),
        ]

    def _facts(self, now: int) -> list[Mark]:
        field, ground = self._fields[now], None if self._ground is None else self._ground[now]
        size = f"{field.size[0]}×{field.size[1]} px"
        share = message("films.receptive_field.share", share=written(100 * field.half, 1))
        facts = [("layer", self._names[now]), ("size", Text(size, size)), ("half", share)]
        if ground is not None and ground.metres is not None:
            down, across = (written(side, 0) for side in ground.metres)
            facts.append(("metres", Text(f"{down.es}×{across.es} m", f"{down.en}×{across.en} m")))
        return self._lines(facts)

    def _corners(self, now: int) -> list[Mark]:
        """Write the corners of a field on the ground."""
        assert self._ground is not None
        ground = self._ground[now]
        facts = [("layer", self._names[now]), ("crs", Text(ground.crs, ground.crs))]
        for n, (x, y) in enumerate(ground.corners):
            decimals = ground.decimals
            pair = [f"{a} {b}" for a, b in zip(written(x, decimals), written(y, decimals), strict=True)]
            facts.append((f"corner{n}", Text(*pair)))
        return self._lines(facts)

    def _lines(self, facts: Sequence[tuple[str, Text]]) -> list[Mark]:
        marks: list[Mark] = []
        room = self._facts_room
        for n, (key, value) in enumerate(facts):
            y = room.top + 12 + LINE * n
            name = message(f"films.receptive_field.fact_{key}")
            size = min(text.fitting(line, room.width, LARGE, TYPE) for line in value)
            marks.append(Words(f"fact.{key}.name", (room.left, y), name, TYPE, "muted", "start"))
            marks.append(Words(f"fact.{key}", (room.left, y + 22), value, size, "text", "start"))
        return marks


def _inside(box: Box, field: Field) -> Box:
    """Return where a field lies in a box that shows its patch."""
    (top, bottom), (left, right) = field.rows, field.columns
    return _part(box, field.effective.shape, Window(top, left, bottom + 1 - top, right + 1 - left))


def _part(box: Box, shape: tuple[int, ...], window: Window) -> Box:
    """Return where a window lies in a box that shows an image of so many rows and columns."""
    tall, wide = box.height / shape[0], box.width / shape[1]
    left, top = box.left + window.column * wide, box.top + window.row * tall
    return Box(left, top, left + window[3] * wide, top + window[2] * tall)


def _caption(field: Field, layer: Text, before: Field | None, pixels: Pixels) -> Text:
    rows, columns = field.size
    values: dict[str, Any] = {"layer": layer, "rows": rows, "columns": columns}
    if (rows, columns) == pixels.shape[:2]:
        return message("films.receptive_field.all", **values)
    if before is None:
        return message("films.receptive_field.first", **values)
    return message("films.receptive_field.grown", **values, before=f"{before.size[0]}×{before.size[1]}")
