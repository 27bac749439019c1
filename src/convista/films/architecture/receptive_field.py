"""The receptive field as a film: how far each layer sees, what counts there, and where it lies on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, log10
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.films.film import LAST, TICK, Beat, Film, Step
from convista.films.stage import layout, text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import fitted, photo
from convista.films.stage.layout import STAGE, heading
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text
from convista.scenes.composite import Pixels

PATCH = Box(STAGE.left, 112, STAGE.left + 318, 440)
EFFECT = Box(STAGE.left + 340, 112, STAGE.left + 658, 440)
FACTS = Box(STAGE.left + 684, 118, STAGE.right, 440)


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


def receptive_field(fields: Sequence[Field], pixels: Pixels, *, ground: Sequence[Ground] | None = None) -> Film:
    """Show the receptive fields of some layers, in the order of the network.

    Parameters
    ----------
    fields
        Of one value of each layer, all over the same patch.
    pixels
        The patch, as a photo.
    ground
        Where each lies on the ground; None where the patch has no place there.

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
    words = message("films.receptive_field.title")
    still = (layout.title(words), *_patch(pixels))
    steps = [Step(message("films.receptive_field.begin", layers=len(fields)), (Beat(still, 1.8),))]
    for n, field in enumerate(fields):
        place = None if ground is None else ground[n]
        before = fields[n - 1] if n else None
        outline = (*still, *_outlines(fields[: n + 1], pixels))
        shown = (*outline, *_effect(field), *_facts(field, place))
        steps.append(Step(_caption(field, before, pixels), (Beat(outline, 0.8, 3 * TICK), Beat(shown, 2.0))))
    if ground is not None:
        marks = (*still, *_outlines(fields, pixels), *_effect(fields[-1]), *_polygon(fields[-1], ground[-1]))
        caption = message("films.receptive_field.ground_end", layer=fields[-1].layer, crs=ground[-1].crs)
        steps.append(Step(caption, (Beat(marks, LAST),)))
    return Film("receptive-field", words, tuple(steps))


def _patch(pixels: Pixels) -> list[Mark]:
    box = fitted((pixels.shape[0], pixels.shape[1]), PATCH)
    name = message("films.receptive_field.patch", rows=pixels.shape[0], columns=pixels.shape[1])
    return [photo("patch", box, pixels), heading("patch.name", box, name, PATCH.width)]


def _inside(box: Box, field: Field) -> Box:
    """Return where a field lies in a box that shows its patch."""
    (top, bottom), (left, right) = field.rows, field.columns
    scale, x, y = box.width / field.effective.shape[1], box.left, box.top
    return Box(x + left * scale, y + top * scale, x + (right + 1) * scale, y + (bottom + 1) * scale)


def _outlines(fields: Sequence[Field], pixels: Pixels) -> list[Mark]:
    """Outline the fields over the patch: the last in yellow, those before it in white."""
    box = fitted((pixels.shape[0], pixels.shape[1]), PATCH)
    before = [
        Rectangle(f"field.{n}", _inside(box, field), None, "written", 1.0) for n, field in enumerate(fields[:-1])
    ]
    return [*before, Rectangle("field", _inside(box, fields[-1]), None, "window", 3.0)]


def _effect(field: Field) -> list[Mark]:
    """Draw how strongly the value depends on each pixel, and the field around it."""
    values = field.effective
    box = fitted((values.shape[0], values.shape[1]), EFFECT)
    return [
        picture("effect", box, values, magnitude(values))._replace(scale="magnitude"),
        heading("effect.name", box, message("films.receptive_field.effect"), EFFECT.width),
        Rectangle("effect.field", _inside(box, field), None, "window", 2.0),
    ]


def _facts(field: Field, ground: Ground | None) -> list[Mark]:
    size = f"{field.size[0]}×{field.size[1]} px"
    share = message("films.receptive_field.share", share=written(100 * field.half, 1))
    facts = [("layer", Text(field.layer, field.layer)), ("size", Text(size, size)), ("half", share)]
    if ground is not None and ground.metres is not None:
        down, across = (written(side, 0) for side in ground.metres)
        facts.append(("metres", Text(f"{down.es}×{across.es} m", f"{down.en}×{across.en} m")))
    return _lines(facts)


def _polygon(field: Field, ground: Ground) -> list[Mark]:
    """Write the corners of the last field on the ground."""
    facts = [("layer", Text(field.layer, field.layer)), ("crs", Text(ground.crs, ground.crs))]
    for n, (x, y) in enumerate(ground.corners):
        decimals = ground.decimals
        pair = [f"{a} {b}" for a, b in zip(written(x, decimals), written(y, decimals), strict=True)]
        facts.append((f"corner{n}", Text(*pair)))
    return _lines(facts)


def _lines(facts: Sequence[tuple[str, Text]]) -> list[Mark]:
    marks: list[Mark] = []
    for n, (key, value) in enumerate(facts):
        y = FACTS.top + 12 + 52 * n
        name = message(f"films.receptive_field.fact_{key}")
        marks.append(Words(f"fact.{key}.name", (FACTS.left, y), name, _fitting(name, 12.5), "muted", "start"))
        marks.append(Words(f"fact.{key}", (FACTS.left, y + 22), value, _fitting(value, 17.0), "text", "start"))
    return marks


def _fitting(words: Text, largest: float) -> float:
    return min(text.fitting(line, FACTS.width, largest) for line in words)


def _caption(field: Field, before: Field | None, pixels: Pixels) -> Text:
    rows, columns = field.size
    values: dict[str, Any] = {"layer": field.layer, "rows": rows, "columns": columns}
    if (rows, columns) == pixels.shape[:2]:
        return message("films.receptive_field.all", **values)
    if before is None:
        return message("films.receptive_field.first", **values)
    return message("films.receptive_field.grown", **values, before=f"{before.size[0]}×{before.size[1]}")
