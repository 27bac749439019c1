"""Recording: watching a network while it runs, and keeping what each operator reads, makes and gets back.

Torch announces each call of its Python interface to a `TorchFunctionMode`, with the arguments as the network gave
them: that is the level of which definitions are written. Below, at torch's dispatcher, where ``conv2d`` is already
``aten::convolution``, a second mode (`watching.DispatchWatch`) sees what no call announced. What both see belongs
to the call; what only the second sees was made unseen, and is recorded as what it is: of no known operator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from convista.operators.dropout import Identity
from convista.operators.flatten_parts import Paste
from convista.torch_private import Untraced, in_function_transform, memory_of, tree_leaves, version_of
from convista.tracing.reading import Call, brings_in, makes_constants
from convista.tracing.recording.calls import Nesting, call_of, name_of, numbered, unknown
from convista.tracing.recording.departures import Departures, exposes_memory, leaves_torch
from convista.tracing.recording.gradients import GradientCatcher
from convista.tracing.recording.graph import function_of_ones_own
from convista.tracing.recording.layer_filter import LayerFilter
from convista.tracing.recording.modules import ModuleTracker
from convista.tracing.recording.record import THROUGH_A_VIEW, UNRECORDED, Operand, Origin, Record
from convista.tracing.recording.store import Store
from convista.tracing.recording.tensors import KnownTensor, KnownTensors
from convista.tracing.recording.watching import DispatchWatch, tensors_of

_ASSIGNED = 3
"""Arguments of an assignment to a part: the tensor, where, and what."""


class Recorder(TorchFunctionMode):
    """Watches a network while it runs inside ``with Recorder(network, store, choice) as recorder:``.

    Functional calls, in-place operators and branches are all seen, because torch itself announces each call; the
    hooks only tell which module is at work. What is read and was made by no announced call has a record too, of no
    known operator: made by compiled or scripted code, an extension, another library, or a function with a backward
    pass of its own. Constants, which were there before the run, have none.
    """

    def __init__(self, network: nn.Module, store: Store, choice: LayerFilter) -> None:
        super().__init__()
        self.records: list[Record] = []
        self._store = store
        self._choice = choice
        self._watch = DispatchWatch()
        self._tensors = KnownTensors(network, store, self._watch)
        self._departures = Departures()
        self._modules = ModuleTracker(network, self._returned)
        self._gradients = GradientCatcher(store)
        self._nesting = Nesting()
        self._of_the_run: set[int] = set()
        """Positions of the records that depend on an input."""
        with Untraced():
            for name, parameter in (*network.named_parameters(), *network.named_buffers()):
                learned = isinstance(parameter, nn.Parameter)
                source = Origin("parameter", name=name, learned=learned)
                self._tensors.remember(parameter, source, kept=False)

    def __enter__(self) -> Recorder:
        self._modules.begin()
        self._watch.__enter__()
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *details: object) -> None:
        super().__exit__(*details)  # type: ignore[no-untyped-call]
        self._watch.__exit__(*details)
        self._modules.end()
        for record, name in zip(self.records, self._modules.unique_names(), strict=True):
            record.name = name
        self._gradients.arm()
        self._tensors.clear()

    def feed(self, name: str, tensor: Tensor) -> None:
        """Declare a tensor to be an input of the network."""
        with Untraced():
            self._tensors.remember(tensor, Origin("input", name=name), kept=False)

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one torch call and keep it, if it made or changed a tensor out of others."""
        kwargs = kwargs or {}
        if self._nesting.holds(func):
            return func(*args, **kwargs)
        self._watch.announced = True
        try:
            if makes_constants(func, args, kwargs):
                return self._constants(func, func(*args, **kwargs))
            return self._call(func, args, kwargs)
        finally:
            self._watch.announced = False

    def _call(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with Untraced():
            given = tensors_of((args, kwargs))
            call = call_of(func, args, kwargs, given)
            module, name, kept = self._place(name_of(func))
            # What is returned is made by the call unless it was given to it and has not been written to since.
            before = {(id(tensor), version_of(tensor)) for tensor in given}
            operands = self._operands(call, args, kept)  # now, since the call may write over them
            self._watch.products(announced=True)
            self._watch.counts = isinstance(call.operator, str)
        # What is drawn at random is known only once the call is made, so its reader makes it and tells.
        if call.run_with_draws:
            result, late = call.run_with_draws(lambda: func(*args, **kwargs))
            with Untraced():
                drawn = Origin("constant")
                operands |= {
                    operand: self._tensors.remember(value, drawn, kept=kept) for operand, value in late.items()
                }
        else:
            result = func(*args, **kwargs)
        with Untraced():
            made = [
                tensor
                for tensor in tensors_of(args if result is None else result)  # what is assigned to is not returned
                if (id(tensor), version_of(tensor)) not in before
            ]
            if any(tensor.is_complex() for tensor in made):
                call = unknown(func, given)
                operands = numbered(operands.values())
            written = [tensor for tensor in made if any(tensor is one for one in given)]
            if written and any(map(self._depends, operands.values())):
                self._tensors.note_written(written)
            # Changes of the network's own tensors, such as a count of batches, are not part of the run.
            if made and not all(map(self._tensors.is_own, made)):
                record = Record(len(self.records), name, module, call.operator, operands, (), [], kept)
                record.products = 0 if record.explained else self._watch.products(announced=True)
                self._keep(record, made)
            if given and (leaves_torch(func) or exposes_memory(func)):
                self._leaves(func, given[0])
        return result

    def _place(self, function: str) -> tuple[str, str, bool]:
        """Return the path of the module at work, the name of a call that it makes, and whether that is kept."""
        module = self._modules.path
        name = f"{module}.{function}".lstrip(".")
        return module, name, self._choice.takes(name, module)

    def _constants(self, func: Callable[..., Any], result: Any) -> Any:
        """Let a constant pass as one, unless it may hold what was made of values that have left torch."""
        with Untraced():
            for tensor in tensors_of(result):
                if self._departures.operands and brings_in(func):
                    self._watch.made.add(memory_of(tensor))
                else:
                    self._watch.made.discard(memory_of(tensor))
                    self._tensors.remember(tensor, Origin("constant"), kept=False)
        return result

    def _leaves(self, func: Callable[..., Any], tensor: Tensor) -> None:
        """Note that values leave torch, where nothing is recorded: they may come back, or change where they lie.

        What only decides something, a truth or a whole number, is no value that anything is computed with.
        """
        operand = self._operand(tensor, kept=False)
        if exposes_memory(func):
            if operand.origin.kind in {"input", "record"} and operand.value.is_meta:
                self._tensors.remember(tensor, operand.origin, kept=True)  # to tell a change by
            self._tensors.note_shared(tensor)
        elif not tensor.is_floating_point():
            return
        if leaves_torch(func) and self._depends(operand):
            self._departures.add(func, tensor, operand)

    def _keep(self, record: Record, made: Sequence[Tensor]) -> None:
        sources = (Origin("record", record.position, slot) for slot in range(len(made)))
        record.outputs = tuple(
            self._tensors.remember(tensor, source, kept=record.kept).value
            for tensor, source in zip(made, sources, strict=True)
        )
        record.gradients = [None] * len(made)
        record.differentiable = tuple(tensor.requires_grad for tensor in made)
        self.records.append(record)
        self._modules.name_record(record.name)
        if record.operator == UNRECORDED or any(map(self._depends, record.operands.values())):
            self._of_the_run.add(record.position)
        for slot, tensor in enumerate(made):
            self._gradients.note(record, slot, tensor)

    def _depends(self, operand: Operand) -> bool:
        kind, position, *_ = operand.origin
        return kind == "input" or (kind == "record" and position in self._of_the_run)

    def _returned(self, output: Any) -> None:
        """See what a module gives: what was made of it unseen is recorded while the module is still at work."""
        if in_function_transform():
            return
        with Untraced():
            for leaf in (output,) if isinstance(output, Tensor) else tree_leaves(output):
                if isinstance(leaf, Tensor):
                    self._known(leaf)

    def _operands(self, call: Call, args: tuple[Any, ...], kept: bool) -> dict[str, Operand]:
        found = self._written_into(args, kept) if isinstance(call.operator, Paste) else {}
        return found | {
            name: self._operand(value, kept) for name, value in call.operands.items() if name not in found
        }

    def _operand(self, value: Any, kept: bool) -> Operand:
        if not isinstance(value, Tensor):
            return self._number(value)
        known = self._known(value)
        if known is None:
            return self._tensors.remember(value, Origin("constant"), kept=kept)
        if kept and known.operand.value.is_meta and not value.is_meta:
            return self._tensors.remember(value, known.operand.origin, kept=kept)
        return known.operand

    def _written_into(self, args: tuple[Any, ...], kept: bool) -> dict[str, Operand]:
        """Return what a part is assigned to, where the part was written already: ``x[:, 0] += 1`` does so twice.

        It adds to a view of x, which changes x, and assigns the view to where it is. What x was before that is what
        the assignment reads, if there is nothing else that changed.
        """
        x, key, part = args if len(args) == _ASSIGNED else (None,) * _ASSIGNED
        if not isinstance(x, Tensor) or not isinstance(part, Tensor) or memory_of(x) != memory_of(part):
            return {}
        known = self._tensors.find(x)
        if known is None or known.operand.value.is_meta:
            return {}
        before = known.operand.value.to(x.device, x.dtype, copy=True)
        before[key] = part.detach()
        return {"x": known.operand} if kept and self._store.is_still(before, x) else {}

    def _number(self, value: Any) -> Operand:
        """Return an operand that is no tensor: a constant, unless it seems to come of values that left torch."""
        precise = torch.float64 if isinstance(value, float) else None
        number = torch.as_tensor(value, dtype=precise)
        if self._departures.may_hold(value):
            return self._unrecorded(number, None).operand
        return Operand(number, Origin("constant"))

    def _known(self, tensor: Tensor) -> KnownTensor | None:
        """Return what is known of a tensor; None of a constant. What was made or changed unseen is recorded."""
        known = self._tensors.find(tensor)
        if known is None:
            made_unseen = self._tensors.is_made_unseen(tensor, self._departures)
            return self._unrecorded(tensor, None) if made_unseen else None
        if self._tensors.is_surely_unchanged(tensor, known):
            return known
        same_node = known.node is tensor.grad_fn
        if not same_node and (before := self._tensors.before_hooks(tensor)) is not None:
            return self._hooked(tensor, before)
        if self._tensors.is_changed_unseen(tensor, known):
            return self._unrecorded(tensor, known)
        operand = known.operand
        if operand.origin.kind in {"parameter", "constant"}:
            self._tensors.remember(tensor, operand.origin, kept=not operand.value.is_meta)
            return self._tensors[tensor]
        if not same_node and operand.origin.kind == "record":
            # Another view of its memory was written to, and torch has rewritten the way back from this one.
            self._gradients.note(self.records[operand.origin.record], operand.origin.output, tensor)
        return self._tensors.mark(tensor, operand)

    def _hooked(self, tensor: Tensor, before: Operand) -> KnownTensor:
        """Record a value that only passes a module's hooks of the backward pass: they may change its gradient."""
        module, name, kept = self._place("backward_hook")
        record = Record(len(self.records), name, module, Identity(), {"x": before}, (), [], kept)
        self._keep(record, [tensor])
        return self._tensors[tensor]

    def _unrecorded(self, tensor: Tensor, known: KnownTensor | None) -> KnownTensor:
        """Record a value that no announced call made, with the values that torch's graph says it was made of."""
        # Without a graph, as of a number that came back, it may be made of any value that has left torch.
        changed = known is not None and known.version != version_of(tensor)
        through_a_view = changed and self._tensors.is_written_through_a_view(tensor)
        own = function_of_ones_own(tensor.grad_fn)
        operator = own or (THROUGH_A_VIEW if through_a_view else UNRECORDED)
        behind = self._tensors.behind(tensor) or (self._departures.operands if known is None else [known.operand])
        module, name, kept = self._place(operator.replace(" ", "_"))
        record = Record(len(self.records), name, module, operator, numbered(behind), (), [], kept)
        record.products = 0 if through_a_view else self._watch.products(announced=False)
        self._keep(record, [tensor])
        return self._tensors[tensor]
