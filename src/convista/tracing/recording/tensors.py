"""What is known of the tensors of a run: which value each holds, and whether it was made or changed unseen.

A tensor is told by its identity, its version (torch counts the writes to its memory), its place in torch's graph,
and, where these cannot tell, by comparing its values with those that were kept.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import NamedTuple

from torch import Tensor, nn
from torch.autograd.graph import Node

from convista.torch_private import memory_of, tree_leaves, version_of
from convista.tracing.recording.departures import Departures
from convista.tracing.recording.graph import KnownNodes, is_a_hook
from convista.tracing.recording.record import Operand, Origin
from convista.tracing.recording.store import Store, shape_only
from convista.tracing.recording.watching import DispatchWatch, is_foreign


class KnownTensor(NamedTuple):
    """A tensor that the recorder has seen, what it held, and its version and place in torch's graph then."""

    tensor: weakref.ReferenceType[Tensor]
    version: int
    node: Node | None
    operand: Operand


class KnownTensors:
    """Every tensor of a run that was seen, by its identity."""

    def __init__(self, network: nn.Module, store: Store, watch: DispatchWatch) -> None:
        self._store = store
        self._watch = watch
        self._known: dict[int, KnownTensor] = {}
        self._ways: KnownNodes[Operand] = KnownNodes()
        self._shared: set[int] = set()
        """Memory that may change without torch's counting it: under other libraries, or through ``.data``."""
        self._versions: dict[int, int] = {}
        """For each memory the version after the last announced call that made or wrote a tensor there."""
        self._written: set[int] = set()
        """Memory that a call which depends on an input wrote to."""
        self._constants = _constants_of(network)
        self._own = {id(tensor) for tensor in (*network.parameters(), *network.buffers())}

    def remember(self, tensor: Tensor, source: Origin, *, kept: bool) -> Operand:
        """Keep what a tensor holds now, or its shape alone, and where it came from."""
        whole = source.kind == "parameter"
        operand = Operand(self._store.keep(tensor, whole=whole) if kept else shape_only(tensor), source)
        self.mark(tensor, operand)
        return operand

    def mark(self, tensor: Tensor, operand: Operand) -> KnownTensor:
        """Note that a tensor, as it is now, holds a value."""
        known = KnownTensor(weakref.ref(tensor), version_of(tensor), tensor.grad_fn, operand)
        self._known[id(tensor)] = known
        self._watch.hold(tensor)
        self._versions[memory_of(tensor)] = version_of(tensor)
        if tensor.is_inference():
            self._shared.add(memory_of(tensor))
        self._ways.mark(tensor, operand)
        return known

    def find(self, tensor: Tensor) -> KnownTensor | None:
        """Return what was last noted of a tensor, which may have changed since; None if nothing was."""
        known = self._known.get(id(tensor))
        # Another tensor may have the identity of one that is gone.
        return known if known is not None and known.tensor() is tensor else None

    def __getitem__(self, tensor: Tensor) -> KnownTensor:
        """Return what was noted of a tensor just now."""
        return self._known[id(tensor)]

    def note_shared(self, tensor: Tensor) -> None:
        """Note that a tensor's memory may from now on change without torch's counting it."""
        self._shared.add(memory_of(tensor))

    def note_written(self, tensors: Iterable[Tensor]) -> None:
        """Note that a call that depends on an input wrote to the memory of tensors."""
        self._written.update(map(memory_of, tensors))

    def is_own(self, tensor: Tensor) -> bool:
        """Whether a tensor is a parameter or a buffer of the network."""
        return id(tensor) in self._own

    def is_surely_unchanged(self, tensor: Tensor, known: KnownTensor) -> bool:
        """Whether a tensor must hold what was noted of it."""
        same = known.version == version_of(tensor) and known.node is tensor.grad_fn
        return same and memory_of(tensor) not in self._shared

    def is_made_unseen(self, tensor: Tensor, departures: Departures) -> bool:
        """Whether a tensor that was not announced was made in the run, and is no constant from before it."""
        memory = memory_of(tensor)
        if memory in self._watch.made or self.behind(tensor):
            return True
        if memory in self._watch.brought:
            return bool(departures.operands)
        return departures.gave_memory_away and memory not in self._constants and is_foreign(tensor)

    def is_changed_unseen(self, tensor: Tensor, known: KnownTensor) -> bool:
        """Whether a tensor has other values, or another way back, than were recorded of it."""
        same_version, memory = known.version == version_of(tensor), memory_of(tensor)
        if known.operand.origin.kind in {"parameter", "constant"}:
            # A batch norm moves its own running statistics, which is no value of the run.
            counted = self.is_own(tensor) or same_version or self.is_written_through_a_view(tensor)
            return memory in self._written or not counted
        if same_version and known.node is not tensor.grad_fn:
            return True
        if known.operand.value.is_meta:
            return not same_version
        return not self._store.is_still(known.operand.value, tensor)

    def is_written_through_a_view(self, tensor: Tensor) -> bool:
        """Whether the last write to a tensor's memory was an announced one, if only to a view of it."""
        return self._versions.get(memory_of(tensor)) == version_of(tensor)

    def behind(self, tensor: Tensor) -> list[Operand]:
        """Return the nearest known values that torch's graph says a tensor was made of."""
        return self._ways.behind(tensor.grad_fn)

    def before_hooks(self, tensor: Tensor) -> Operand | None:
        """Return the value that only passed a module's hooks of the backward pass to become this one, if so."""
        return self._ways.before(tensor) if is_a_hook(tensor.grad_fn) else None

    def clear(self) -> None:
        """Let go of torch's graph."""
        self._known.clear()
        self._ways.clear()


def _constants_of(network: nn.Module) -> set[int]:
    """Return the memory of the tensors that the modules have as plain attributes."""
    plain = [
        vars(module)[name] for module in network.modules() for name in vars(module) if not name.startswith("_")
    ]
    held = tree_leaves(plain)
    return {memory_of(tensor) for tensor in held if isinstance(tensor, Tensor)}
