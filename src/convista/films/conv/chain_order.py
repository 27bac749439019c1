"""A chain of convolutions value by value: each as soon as all that it reads exists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from convista.films.conv.sweep import Position, Sweep
from convista.operators import Array
from convista.operators.conv import Conv
from convista.operators.sliding import NONE, output_size, window

ALL_SHOWN = 40
"""Chains of up to so many values are shown whole."""


class Event(NamedTuple):
    """A place of a layer of the chain, the image being layer 0; all its channels are made at once."""

    layer: int
    at: Position


class Chain:
    """Convolutions of stride 1 without padding, one on the other.

    Parameters
    ----------
    image
        (channels, rows, columns).
    filters
        For each layer (filters, channels read, kernel rows, kernel columns).

    Raises
    ------
    ConvistaError
        If a kernel is larger than what it reads, or reads another number of channels.
    """

    def __init__(self, image: Array, filters: Sequence[Array]) -> None:
        self.values: list[Array] = [image]
        self._filters = filters
        sizes = [image.shape[1:]]
        for weight in filters:
            sizes.append(output_size(sizes[-1], weight.shape[2:], (1, 1), NONE, (1, 1)))
        self.events = self._in_order(sizes)
        self.shown = self._chosen()
        self.sweeps: list[list[Sweep]] = []
        for layer, weight in enumerate(filters, 1):
            places = [event.at for event in map(self.events.__getitem__, self.shown) if event.layer == layer]
            self.sweeps.append([self._sweep(layer, weight, k, places) for k in range(len(weight))])
            self.values.append(Conv().value(self.values[-1][None], weight)[0])

    @property
    def depth(self) -> int:
        """How many layers there are, the image not counted."""
        return len(self._filters)

    def reads(self, event: Event) -> list[Event]:
        """Return what of the layer before a value reads, in every channel."""
        size = self.values[event.layer - 1].shape[1:]
        kernel = self._filters[event.layer - 1].shape[2:]
        seen = window(event.at, size, kernel, (1, 1), NONE, (1, 1))
        return [Event(event.layer - 1, (at[0], at[1])) for _, at in seen]

    def pixels(self, event: Event) -> int:
        """Return how many places of the image a value depends on, through all layers between."""
        reached = {event}
        for _ in range(event.layer):
            reached = {read for one in reached for read in self.reads(one)}
        return len(reached)

    def _sweep(self, layer: int, weight: Array, channel: int, places: list[Position]) -> Sweep:
        return Sweep(
            self.values[layer - 1][None],
            weight,
            None,
            stride=(1, 1),
            padding=NONE,
            dilation=(1, 1),
            groups=1,
            channel=channel,
            origin=1,
            stops=places,
            letter=f"O{layer}",
        )

    def _in_order(self, sizes: list[tuple[int, ...]]) -> list[Event]:
        """Return all values of all layers: the first layer row by row, each other one the moment that it can be."""
        order: list[Event] = []

        def make(layer: int, at: Position) -> None:
            order.append(Event(layer, at))
            if layer == len(self._filters):
                return
            # Without padding the last value of a window is its lower right corner.
            kernel = self._filters[layer].shape[2:]
            row, column = at[0] - kernel[0] + 1, at[1] - kernel[1] + 1
            if row >= 0 and column >= 0:
                make(layer + 1, (row, column))

        for i, j in np.ndindex(*sizes[1]):
            make(1, (i, j))
        return order

    def _chosen(self) -> list[int]:
        """Return the events that a film stops at: all, or those around the beginning and the end of each layer."""
        if len(self.events) <= ALL_SHOWN:
            return list(range(len(self.events)))
        chosen = {0, 1, len(self.events) - 1}
        for layer in range(1, len(self._filters) + 1):
            own = [n for n, event in enumerate(self.events) if event.layer == layer]
            chosen |= {own[0], own[min(1, len(own) - 1)], own[-1]}
            if own[0]:
                chosen.add(own[0] - 1)
        return sorted(chosen)
