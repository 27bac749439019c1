"""The receptive field: which pixels a value can depend on, how much it does, and where they lie on the ground."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.operators import Array, Index, Operator
from convista.operators.explanation import inside
from convista.scenes import Grid
from convista.scenes.geometry.geojson import outline
from convista.tracing.explanation.explain import with_batch
from convista.tracing.recording.record import Record

Back = Callable[[Operator, Array, dict[str, Array]], dict[str, Array]]
"""From what is wanted of an operator's output, given with its operands, what is wanted of each operand."""


@dataclass(frozen=True, repr=False)
class ReceptiveField:
    """The pixels behind one value of a layer."""

    layer: str
    index: Index
    mask: NDArray[np.bool_]
    """Which pixels of the patch the value can depend on, (rows, columns): a matter of the architecture alone."""
    effective: NDArray[np.float64]
    """How strongly it does depend on each, here: the gradient of the value, summed over bands by absolute value."""
    grid: Grid | None
    """Where the patch lies; None where the input had no place on the ground."""

    def __repr__(self) -> str:
        (top, bottom), (left, right), (height, width) = self.rows, self.columns, self.mask.shape
        field = f"rows {top} … {bottom}, columns {left} … {right}" if self.mask.any() else "no pixel"
        return f"<Receptive field of {self.layer}{list(self.index)}: {field} of {height} × {width}>"

    @property
    def rows(self) -> tuple[int, int]:
        """First and last row of the field, in the patch."""
        return _span(self.mask, 1)

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column of the field, in the patch."""
        return _span(self.mask, 0)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns of the field, cut off at the patch's border."""
        return self.rows[1] - self.rows[0] + 1, self.columns[1] - self.columns[0] + 1

    @property
    def half(self) -> float:
        """Smallest share of the patch's pixels that hold half of the effective field, 0 … 1."""
        strongest = np.sort(self.effective, axis=None)[::-1]
        summed = np.cumsum(strongest)
        if not summed.size or not summed[-1]:
            return 0.0
        return float(np.searchsorted(summed, summed[-1] / 2) + 1) / summed.size

    def corners(self) -> list[tuple[float, float]]:
        """Return the corners of the field's rectangle in the CRS of the scene, the first one again at the end.

        Raises
        ------
        ConvistaError
            If the input had no place on the ground.
        """
        if self.grid is None:
            raise ConvistaError("tracing.no_ground", layer=self.layer)
        (top, bottom), (left, right) = self.rows, self.columns
        corners = [(top, left), (top, right + 1), (bottom + 1, right + 1), (bottom + 1, left), (top, left)]
        # A pixel's corner lies half a pixel before its centre, which is what coordinates() gives.
        return [self.grid.coordinates(row - 0.5, column - 0.5) for row, column in corners]

    def footprint(self) -> dict[str, Any]:
        """Return the field's rectangle on the ground as a GeoJSON feature (RFC 7946): longitude and latitude.

        It has the grid's own numbers where its CRS has neither.

        Raises
        ------
        ConvistaError
            If the input had no place on the ground.
        """
        ring, crs = self.corners(), self.grid.crs if self.grid else None
        return {
            "type": "Feature",
            "properties": {
                "layer": self.layer,
                "index": list(self.index),
                "rows": self.size[0],
                "columns": self.size[1],
            },
            "geometry": outline(ring, crs) or {"type": "Polygon", "coordinates": [ring]},
        }

    def geojson(self) -> str:
        """Return the footprint as text, for a file that a GIS opens."""
        return json.dumps(self.footprint())


def receptive_field(
    records: Sequence[Record], record: Record, index: Index, name: str, grid: Grid | None
) -> ReceptiveField:
    """Return the receptive field of one element of a record's output, in the input of that name.

    Raises
    ------
    ConvistaError
        If the index lies outside the output, no operator on the way has a definition, or nothing leads to pixels.
    """
    shape = tuple(record.output.shape)
    index = inside(with_batch(index, shape), shape)
    one = np.zeros(shape)
    one[index] = 1.0
    able, does = (_at_the_input(records, record, one, name, back) for back in (_can_depend, _does_depend))
    # A value of one sample has its own patch; one number for the whole batch, such as a loss, has them all.
    own = slice(index[0], index[0] + 1) if index else slice(None)
    mask, effective = (able[own] != 0).any(axis=(0, 1)), np.abs(does[own]).sum(axis=(0, 1))
    return ReceptiveField(record.name, index, mask, effective, grid)


def _at_the_input(records: Sequence[Record], record: Record, wanted: Array, name: str, back: Back) -> Array:
    """Go back from a record's output to an input of the network, adding up where ways meet."""
    waiting: dict[int, dict[int, Array]] = {record.position: {0: wanted}}
    pixels: Array | None = None
    for position in range(record.position, -1, -1):
        if position not in waiting:
            continue
        here = records[position]
        for slot, asked in waiting.pop(position).items():
            for operand, share in back(here.definition.of_output(slot), asked, here.arrays()).items():
                source = here.operands[operand].origin
                if source.kind == "record":
                    behind = waiting.setdefault(source.record, {})
                    behind[source.output] = behind.get(source.output, 0) + share
                elif source.kind == "input" and source.name == name:
                    pixels = share if pixels is None else pixels + share
    if pixels is None or pixels.ndim != 4:
        raise ConvistaError("tracing.no_pixels", layer=record.name, name=name)
    return pixels


def _does_depend(definition: Operator, wanted: Array, operands: dict[str, Array]) -> dict[str, Array]:
    """Go back by the gradient, at the values that were recorded."""
    return definition.gradient(wanted, **operands)


def _can_depend(definition: Operator, wanted: Array, operands: dict[str, Array]) -> dict[str, Array]:
    """Go back by what the definition reads, whatever the values are."""
    reached = definition.reads((wanted != 0).astype(np.float64), **operands)
    return {name: (share != 0).astype(np.float64) for name, share in reached.items()}


def _span(mask: NDArray[np.bool_], other_axis: int) -> tuple[int, int]:
    found = np.flatnonzero(mask.any(axis=other_axis))
    if not found.size:
        return 0, -1
    return int(found[0]), int(found[-1])
