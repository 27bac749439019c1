"""Catching the gradients of what was recorded, in the backward pass that follows the run."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor
from torch.autograd.graph import Node

from convista.tracing.recording.record import Record
from convista.tracing.recording.store import Store


class GradientCatcher:
    """Puts into each record that is kept the gradients of its outputs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._wanted: list[tuple[Node, int, Record, int]] = []

    def note(self, record: Record, slot: int, tensor: Tensor) -> None:
        """Note an output whose gradient is to be caught."""
        if record.kept and tensor.grad_fn is not None:
            self._wanted.append((tensor.grad_fn, tensor.output_nr, record, slot))

    def arm(self) -> None:
        """Place a hook at each of them; the network has put in its own by now."""
        for wanted in self._wanted:
            self._catch(*wanted)
        # Torch's graph holds the hooks, and they the records: nothing here may hold the graph.
        self._wanted.clear()

    def _catch(self, node: Node, number: int, record: Record, slot: int) -> None:
        """Catch the gradient of an output as it goes on: after all that the network has put in its way."""
        store = self._store

        def hook(gradients: Sequence[Tensor | None]) -> None:
            # Torch says None for one output of several on which the target does not depend.
            gradient = gradients[number]
            record.gradients[slot] = None if gradient is None else store.keep(gradient, copy=False)

        node.register_prehook(hook)
