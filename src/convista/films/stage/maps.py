"""The feature maps of a layer in lines, each a table or a picture; of very many, the first and the last."""

from __future__ import annotations

from typing import TypeAlias

from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.stage.grid import Values
from convista.films.stage.layout import HEADING_SIZE
from convista.films.stage.marks import Box, Mark, Words
from convista.films.stage.plate import Plate, side_by_side
from convista.films.stage.scale import Scale
from convista.films.wording import message, widest
from convista.operators import Array

Channels: TypeAlias = ArrayLike
"""Maps of several channels, (channels, rows, columns): of a photo red, green and blue, of a raster its bands."""
MOST, IN_LINE = 24, 12
"""How many maps are shown, and how many in one line."""
GAP = 26.0


class Maps:
    """The maps of (channels, rows, columns), on the stage."""

    def __init__(
        self,
        key: str,
        room: Box,
        values: Values,
        *,
        numbers: bool = True,
        names: bool = True,
        scale: Scale | None = None,
        origin: int = 0,
    ) -> None:
        count = len(values)
        self.shown = list(range(count)) if count <= MOST else [*range(MOST - 1), count - 1]
        """The channels that are on the stage."""
        lines = -(-len(self.shown) // IN_LINE)
        inside = Box(room.left + GAP / 2, room.top, room.right - GAP / 2, room.bottom)  # names are wider than maps
        plates = side_by_side(
            key, inside, values[self.shown], GAP, rows=lines, like=values, numbers=numbers, scale=scale
        )
        self.plates = dict(zip(self.shown, plates, strict=True))
        self._names, self._origin = names, origin

    @property
    def box(self) -> Box:
        """Where they stand together."""
        boxes = [plate.box for plate in self.plates.values()]
        return Box(boxes[0].left, boxes[0].top, max(box.right for box in boxes), boxes[-1].bottom)

    def drawn(self) -> tuple[Mark, ...]:
        """Return all maps with their names."""
        return (*self.values(), *self.named())

    def values(self) -> tuple[Mark, ...]:
        """Return all maps without their names."""
        return tuple(mark for plate in self.plates.values() for mark in plate.drawn())

    def named(self) -> tuple[Mark, ...]:
        """Return the names, if maps have any: their numbers, counted from ``origin``."""
        return tuple(self._name(*one) for one in self.plates.items()) if self._names else ()

    def _name(self, channel: int, plate: Plate) -> Words:
        words = message("films.maps.channel", channel=channel + self._origin)
        if widest([words]) * HEADING_SIZE > plate.box.width + GAP - 8:
            words = message("films.maps.number", channel=channel + self._origin)
        return plate.named(words, plate.box.width + GAP - 8)


def one_sample(x: Array, sample: int) -> Array:
    """Return the maps of one sample, (channels, rows, columns), of (samples, channels, rows, columns) or of one.

    Raises
    ------
    ConvistaError
        If the array has no such axes, is empty, or has no such sample.
    """
    if x.ndim not in (3, 4) or not x.size:
        raise ConvistaError("films.maps.not_maps", shape=x.shape)
    if x.ndim == 3:
        return x
    if not 0 <= sample < len(x):
        raise ConvistaError("films.maps.no_such_sample", sample=sample, last=len(x) - 1)
    chosen: Array = x[sample]
    return chosen
