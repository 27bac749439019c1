"""Receptive fields of a real network over a real patch, from its trace."""

from __future__ import annotations

from collections.abc import Sequence

from convista.catalogue.networks import WholeNetwork
from convista.catalogue.story import WINDOW, story_pixels, story_trace
from convista.films.architecture.receptive_field import Ground, Place
from convista.films.architecture.receptive_field import receptive_field as fields_film
from convista.films.film import Film
from convista.films.registry import film
from convista.films.stage.imagery import composite
from convista.films.wording import message
from convista.scenes import Grid
from convista.scenes.geometry.ground import pixel_sides
from convista.tracing import Trace
from convista.tracing.receptive_field import ReceptiveField

LAYERS = ("conv1", "pool1", "conv2", "pool2")
"""Of the story's network."""
MOST = 8
"""Layers that are shown where the caller names none."""


@film("receptive-field", network=WholeNetwork())
def receptive_field(trace: Trace | None = None, layers: Sequence[str] | None = None) -> Film:
    """Show how the receptive field grows, over the story's network on its patch, or over a trace.

    Parameters
    ----------
    trace
        Of the caller's network; None for the story's.
    layers
        Names of its records; None for those whose field is larger than that of the one before, up to eight.
    """
    pixels = names = place = None
    if trace is None:
        trace, pixels, place = story_trace(), story_pixels()[WINDOW.slices], Place(story_pixels(), WINDOW)
        if layers is None:
            layers, names = LAYERS, [message(f"films.receptive_field.name_{layer}") for layer in LAYERS]
    fields = [_middle(trace, layer) for layer in layers or _growing(trace)]
    if pixels is None:
        pixels = composite(trace.patch.values if trace.patch else trace.input[0].numpy(), trace.bands)
    grid = fields[0].grid
    ground = None if grid is None else [_ground(field, grid) for field in fields]
    return fields_film(fields, pixels, ground=ground, names=names, place=place).credited(trace.credit)


def _growing(trace: Trace) -> list[str]:
    chosen: list[str] = []
    before = 0
    for layer in trace.layers():
        if layer.field is not None and layer.field[0] > before:
            chosen.append(layer.last)
            before = layer.field[0]
    return chosen[:MOST]


def _middle(trace: Trace, layer: str) -> ReceptiveField:
    """Return the field of a layer's middle, in the channel that answers most there; a silent one sees nothing."""
    first = trace[layer].output[0].double().cpu().numpy()
    middle = tuple(side // 2 for side in first.shape[1:])
    channel = int(first[(slice(None), *middle)].argmax()) if first.ndim else 0
    return trace.receptive_field(layer, (0, channel, *middle)[: 1 + first.ndim])


def _ground(field: ReceptiveField, grid: Grid) -> Ground:
    metres = None
    if grid.crs is not None and (grid.crs.is_projected or grid.crs.is_geographic):
        (top, left), (rows, columns) = (field.rows[0], field.columns[0]), field.size
        across, down = pixel_sides(grid, top + rows / 2, left + columns / 2)
        metres = down * rows, across * columns
    return Ground(field.corners()[:4], grid.crs.to_string() if grid.crs else "–", metres)
