"""Recording: watching a network while it runs, and keeping what each operator reads, makes and gets back."""

from __future__ import annotations

import sys
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.autograd.graph import Node
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._pytree import tree_leaves

from convista.operators.registry import OPERATORS
from convista.tracing.reading import Call, brings_in, makes_constants, read
from convista.tracing.recording.graph import Ways, function_of_ones_own, is_a_hook
from convista.tracing.recording.layer_filter import Choice
from convista.tracing.recording.record import THROUGH_A_VIEW, UNRECORDED, Operand, Record, Source
from convista.tracing.recording.store import Store, shape_only
from convista.tracing.recording.watching import (
    Unseen,
    Watch,
    is_foreign,
    leaves_of,
    memory_of,
    tensors_of,
    version_of,
)


class _Made(NamedTuple):
    """A tensor that the recorder has seen, what made it, and its version and place in torch's graph then."""

    tensor: weakref.ReferenceType[Tensor]
    version: int
    node: Node | None
    operand: Operand


class _Work(NamedTuple):
    """A module whose forward is running."""

    path: str
    innermost: bool
    first: int
    """Position of its first record, if it makes one."""


_ARITHMETIC = {"add", "sub", "mul", "truediv", "pow", "matmul"}
_NUMBERS_LEAVE = {"item", "__float__", "__complex__"}
_GIVE_AWAY = {"__dlpack__", "data_ptr", "storage", "untyped_storage"}
_MEMORY_LEAVES = {"numpy", "__array__", *_GIVE_AWAY}
_ASSIGNED = 3
"""Arguments of an assignment to a part: the tensor, where, and what."""
_WRITTEN = 14
"""No number in anybody's code has more digits than this; a computed one most often has."""
_LEAVE = _NUMBERS_LEAVE | _MEMORY_LEAVES | {"tolist"}
"""Methods of a tensor by which its values leave torch, where nothing is recorded."""


class Recorder(TorchFunctionMode):
    """Watches a network while it runs inside ``with Recorder(network) as recorder:``.

    Functional calls, in-place operators and branches are all seen, because torch itself announces each call; the
    hooks only tell which module is at work. What is read and was made by no announced call has a record too, of no
    known operator: made by compiled or scripted code, an extension, another library, or a function with a backward
    pass of its own. Constants, which were there before the run, have none.
    """

    def __init__(self, network: nn.Module, store: Store, choice: Choice) -> None:
        super().__init__()
        self.records: list[Record] = []
        self._network = network
        self._store = store
        self._choice = choice
        self._at_work: list[_Work] = []
        self._names: list[str] = []
        self._made: dict[int, _Made] = {}
        self._ways: Ways[Operand] = Ways()
        self._of_the_run: set[int] = set()
        """Positions of the records that depend on an input."""
        self._shared: set[int] = set()
        """Memory that may change without torch's counting it: under other libraries, or through ``.data``."""
        self._versions: dict[int, int] = {}
        """For each memory the version after the last announced call that made or wrote a tensor there."""
        self._written: set[int] = set()
        """Memory that a call which depends on an input wrote to."""
        self._left: list[Operand] = []
        """Values of the run that have left torch."""
        self._numbers: set[float] = set()
        """Those of them that are single numbers."""
        self._foreign = False
        """Whether memory itself was given away, so that another library may make tensors of it."""
        self._other_modes = False
        self._given = _constants_of(network)
        self._own = {id(tensor) for tensor in (*network.parameters(), *network.buffers())}
        self._handles: list[torch.utils.hooks.RemovableHandle] = []
        self._watch = Watch()
        self._to_catch: list[tuple[Node, int, Record, int]] = []
        with Unseen():
            for name, parameter in (*network.named_parameters(), *network.named_buffers()):
                learned = isinstance(parameter, nn.Parameter)
                self._remember(parameter, Source("parameter", name=name, learned=learned), kept=False)

    def __enter__(self) -> Recorder:
        for path, module in self._network.named_modules():
            self._handles += [
                module.register_forward_pre_hook(self._entering(path)),
                module.register_forward_hook(self._leaving, always_call=True),
            ]
        self._watch.__enter__()  # type: ignore[no-untyped-call]
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *details: object) -> None:
        super().__exit__(*details)  # type: ignore[no-untyped-call]
        self._watch.__exit__(*details)  # type: ignore[no-untyped-call]
        for handle in self._handles:
            handle.remove()
        counts: Counter[str] = Counter()
        for record, name in zip(self.records, self._names, strict=True):
            counts[name] += 1
            record.name = name if counts[name] == 1 else f"{name}#{counts[name]}"
        for where in self._to_catch:
            self._catch(*where)
        # Torch's graph holds the hooks, and they the records: nothing here may hold the graph.
        self._to_catch.clear()
        self._made.clear()
        self._ways.clear()

    def feed(self, name: str, tensor: Tensor) -> None:
        """Declare a tensor to be an input of the network."""
        with Unseen():
            self._remember(tensor, Source("input", name=name), kept=False)

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one torch call and keep it, if it made or changed a tensor out of others."""
        kwargs = kwargs or {}
        if self._is_inside_another(func):
            return func(*args, **kwargs)
        self._watch.announced = True
        try:
            if makes_constants(func, args, kwargs):
                return self._constants(func, func(*args, **kwargs))
            return self._call(func, args, kwargs)
        finally:
            self._watch.announced = False

    def _call(self, func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with Unseen():
            given = tensors_of((args, kwargs))
            call = (None if _is_complex(args, kwargs) else read(func, args, kwargs)) or _unknown(func, given)
            module, name, kept = self._place(_plain(func.__name__))
            before = {(id(tensor), version_of(tensor)) for tensor in given}
            operands = self._written_into(args, kept) if call.operator == "paste" else {}
            operands |= {
                operand: self._operand(value, kept)
                for operand, value in call.operands.items()
                if operand not in operands
            }
            self._watch.products(announced=True)
            self._watch.counts = call.operator not in OPERATORS
        if call.carry_out:
            result, late = call.carry_out(lambda: func(*args, **kwargs))
            with Unseen():
                drawn = Source("constant")
                operands |= {operand: self._remember(value, drawn, kept) for operand, value in late.items()}
        else:
            result = func(*args, **kwargs)
        with Unseen():
            made = [
                tensor
                for tensor in tensors_of(args if result is None else result)  # what is assigned to is not returned
                if (id(tensor), version_of(tensor)) not in before
            ]
            if any(tensor.is_complex() for tensor in made):
                call = _unknown(func, given)
                operands = _numbered(operands.values())
            changed = {id(tensor) for tensor in given} & {id(tensor) for tensor in made}
            if changed and any(map(self._depends, operands.values())):
                self._written |= {memory_of(tensor) for tensor in made if id(tensor) in changed}
            # Changes of the network's own tensors, such as a count of batches, are not part of the run.
            if made and not all(id(tensor) in self._own for tensor in made):
                record = Record(
                    len(self.records), name, module, call.operator, operands, call.attributes, (), [], kept
                )
                record.products = 0 if record.explained else self._watch.products(announced=True)
                self._keep(record, made)
            if given and (func.__name__ in _LEAVE or func in _BARE):
                self._leaves(func, given[0])
        return result

    def _is_inside_another(self, func: Callable[..., Any]) -> bool:
        """Tell whether a call is made inside what is itself one operator, or none of the network.

        Those are a transform of functions, such as vmap, whose tensors stand for others; and a dispatch mode of
        another tool, which may ask torch for more than the network did.
        """
        if torch._C._are_functorch_transforms_active():
            return True
        self._other_modes |= torch._C._len_torch_dispatch_stack() > 1
        return (self._other_modes or isinstance(func, torch._ops.OpOverload)) and _is_asked_by_a_mode()

    def _place(self, function: str) -> tuple[str, str, bool]:
        """Return the path of the module at work, the name of a call that it makes, and whether that is kept."""
        module = self._at_work[-1].path if self._at_work else ""
        name = f"{module}.{function}".lstrip(".")
        return module, name, self._choice.takes(name, module)

    def _constants(self, func: Callable[..., Any], result: Any) -> Any:
        """Let a constant pass as one, unless it may hold what was made of values that have left torch."""
        with Unseen():
            for tensor in tensors_of(result):
                if self._left and brings_in(func):
                    self._watch.made.add(memory_of(tensor))
                else:
                    self._watch.made.discard(memory_of(tensor))
                    self._remember(tensor, Source("constant"), kept=False)
        return result

    def _leaves(self, func: Callable[..., Any], tensor: Tensor) -> None:
        """Note that values leave torch, where nothing is recorded: they may come back, or change where they lie.

        What only decides something, a truth or a whole number, is no value that anything is computed with.
        """
        operand = self._operand(tensor, kept=False)
        if func in _BARE or func.__name__ in _MEMORY_LEAVES:
            if operand.source.kind in {"input", "record"} and operand.value.is_meta:
                self._remember(tensor, operand.source, kept=True)  # to tell a change by
            self._shared.add(memory_of(tensor))
        elif not tensor.is_floating_point():
            return
        if func not in _BARE and self._depends(operand):
            self._left.append(operand)
            self._foreign |= func.__name__ in _GIVE_AWAY
            if func.__name__ in _NUMBERS_LEAVE:
                self._numbers.add(float(tensor.detach()))

    def _keep(self, record: Record, made: Sequence[Tensor]) -> None:
        sources = (Source("record", record.position, slot) for slot in range(len(made)))
        record.outputs = tuple(
            self._remember(tensor, source, record.kept).value for tensor, source in zip(made, sources, strict=True)
        )
        record.gradients = [None] * len(made)
        record.differentiable = tuple(tensor.requires_grad for tensor in made)
        self.records.append(record)
        self._names.append(record.name)
        if record.operator == UNRECORDED or any(map(self._depends, record.operands.values())):
            self._of_the_run.add(record.position)
        for slot, tensor in enumerate(made):
            self._listen(record, slot, tensor)

    def _listen(self, record: Record, slot: int, tensor: Tensor) -> None:
        """Note an output whose gradient is to be caught."""
        if record.kept and tensor.grad_fn is not None:
            self._to_catch.append((tensor.grad_fn, tensor.output_nr, record, slot))

    def _catch(self, node: Node, number: int, record: Record, slot: int) -> None:
        """Catch the gradient of an output as it goes on: after all that the network has put in its way."""
        store = self._store

        def hook(gradients: Sequence[Tensor | None]) -> None:
            # Torch says None for one output of several on which the target does not depend.
            gradient = gradients[number]
            record.gradients[slot] = None if gradient is None else store.keep(gradient, copy=False)

        node.register_prehook(hook)

    def _depends(self, operand: Operand) -> bool:
        kind, position, *_ = operand.source
        return kind == "input" or (kind == "record" and position in self._of_the_run)

    def _entering(self, path: str) -> Callable[..., None]:
        def hook(module: nn.Module, _: Any) -> None:
            innermost = next(module.children(), None) is None
            self._at_work.append(_Work(path, innermost, len(self.records)))

        return hook

    def _leaving(self, _module: nn.Module, _args: Any, output: Any) -> None:
        path, innermost, first = self._at_work[-1]
        if not torch._C._are_functorch_transforms_active():
            with Unseen():
                for leaf in (output,) if isinstance(output, Tensor) else tree_leaves(output):
                    if isinstance(leaf, Tensor):
                        self._known(leaf)
        self._at_work.pop()
        if path and innermost and len(self.records) > first:
            # A module's name means what it gives: the last of its calls.
            self._names[-1] = path

    def _operand(self, value: Any, kept: bool) -> Operand:
        if not isinstance(value, Tensor):
            return self._number(value, kept)
        seen = self._known(value)
        if seen is None:
            return self._remember(value, Source("constant"), kept)
        if kept and seen.operand.value.is_meta and not value.is_meta:
            return self._remember(value, seen.operand.source, kept)
        return seen.operand

    def _written_into(self, args: tuple[Any, ...], kept: bool) -> dict[str, Operand]:
        """Return what a part is assigned to, where the part was written already: ``x[:, 0] += 1`` does so twice.

        It adds to a view of x, which changes x, and assigns the view to where it is. What x was before that is what
        the assignment reads, if there is nothing else that changed.
        """
        x, key, part = args if len(args) == _ASSIGNED else (None,) * _ASSIGNED
        if not isinstance(x, Tensor) or not isinstance(part, Tensor) or memory_of(x) != memory_of(part):
            return {}
        seen = self._made.get(id(x))
        if seen is None or seen.tensor() is not x or seen.operand.value.is_meta:
            return {}
        before = seen.operand.value.to(x.device, x.dtype, copy=True)
        before[key] = part.detach()
        return {"x": seen.operand} if kept and self._store.is_still(before, x) else {}

    def _number(self, value: Any, kept: bool) -> Operand:
        """Return an operand that is no tensor: a constant, unless it seems to come of values that left torch."""
        precise = torch.float64 if isinstance(value, float) else None
        number = torch.as_tensor(value, dtype=precise)
        if self._left and isinstance(value, float) and (value in self._numbers or len(repr(value)) > _WRITTEN):
            return self._unrecorded(number, None).operand
        return Operand(number, Source("constant"))

    def _known(self, value: Tensor) -> _Made | None:
        """Return what is known of a tensor; None of a constant. What was made or changed unseen is recorded."""
        seen = self._made.get(id(value))
        if seen is None or seen.tensor() is not value:
            return self._unrecorded(value, None) if self._is_made_unseen(value) else None
        same_node = seen.node is value.grad_fn
        if seen.version == version_of(value) and same_node and memory_of(value) not in self._shared:
            return seen
        if not same_node and is_a_hook(value.grad_fn) and (hooked := self._hooked(value)) is not None:
            return hooked
        if self._is_changed_unseen(value, seen):
            return self._unrecorded(value, seen)
        operand = seen.operand
        if operand.source.kind in {"parameter", "constant"}:
            self._remember(value, operand.source, kept=not operand.value.is_meta)
            return self._made[id(value)]
        if not same_node and operand.source.kind == "record":
            # Another view of its memory was written to, and torch has rewritten the way back from this one.
            self._listen(self.records[operand.source.record], operand.source.output, value)
        return self._mark(value, operand)

    def _is_made_unseen(self, value: Tensor) -> bool:
        """Tell whether a tensor that was not announced was made in the run, and is no constant from before it."""
        memory = memory_of(value)
        if memory in self._watch.made or self._ways.behind(value.grad_fn):
            return True
        if memory in self._watch.brought:
            return bool(self._left)
        return self._foreign and memory not in self._given and is_foreign(value)

    def _is_changed_unseen(self, value: Tensor, seen: _Made) -> bool:
        """Tell whether a tensor has other values, or another way back, than were recorded of it."""
        same_version, memory = seen.version == version_of(value), memory_of(value)
        if seen.operand.source.kind in {"parameter", "constant"}:
            # A batch norm moves its own running statistics, which is no value of the run.
            counted = id(value) in self._own or same_version or version_of(value) == self._versions.get(memory)
            return memory in self._written or not counted
        if same_version and seen.node is not value.grad_fn:
            return True
        if seen.operand.value.is_meta:
            return not same_version
        return not self._store.is_still(seen.operand.value, value)

    def _hooked(self, value: Tensor) -> _Made | None:
        """Record a value that only passes a module's hooks of the backward pass: they may change its gradient."""
        operand = self._ways.before(value)
        if operand is None:
            return None
        module, name, kept = self._place("backward_hook")
        self._keep(Record(len(self.records), name, module, "identity", {"x": operand}, {}, (), [], kept), [value])
        return self._made[id(value)]

    def _unrecorded(self, value: Tensor, seen: _Made | None) -> _Made:
        """Record a value that no announced call made, with the values that torch's graph says it was made of."""
        changed = seen is not None and seen.version != version_of(value)
        through_a_view = changed and self._versions.get(memory_of(value)) == version_of(value)
        own = function_of_ones_own(value.grad_fn)
        operator = own or (THROUGH_A_VIEW if through_a_view else UNRECORDED)
        behind = self._ways.behind(value.grad_fn) or (self._left if seen is None else [seen.operand])
        module, name, kept = self._place(operator.replace(" ", "_"))
        record = Record(len(self.records), name, module, operator, _numbered(behind), {}, (), [], kept)
        record.products = 0 if through_a_view else self._watch.products(announced=False)
        self._keep(record, [value])
        return self._made[id(value)]

    def _remember(self, tensor: Tensor, source: Source, kept: bool) -> Operand:
        whole = source.kind == "parameter"
        operand = Operand(self._store.keep(tensor, whole=whole) if kept else shape_only(tensor), source)
        self._mark(tensor, operand)
        return operand

    def _mark(self, tensor: Tensor, operand: Operand) -> _Made:
        made = _Made(weakref.ref(tensor), version_of(tensor), tensor.grad_fn, operand)
        self._made[id(tensor)] = made
        self._watch.hold(tensor)
        self._versions[memory_of(tensor)] = version_of(tensor)
        if tensor.is_inference():
            self._shared.add(memory_of(tensor))
        self._ways.mark(tensor, operand)
        return made


_BARE = {Tensor.data.__get__, Tensor.data.__set__}  # type: ignore[attr-defined]
"""What gives a tensor in the same memory, or another memory, whose changes torch does not count."""


def _is_asked_by_a_mode() -> bool:
    """Tell whether a dispatch mode asks, which is called one level below what the network has asked for."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "__torch_dispatch__":
        frame = frame.f_back
    return frame is not None


def _constants_of(network: nn.Module) -> set[int]:
    """Return the memory of the tensors that the modules have as plain attributes."""
    plain = [
        vars(module)[name] for module in network.modules() for name in vars(module) if not name.startswith("_")
    ]
    held = tree_leaves(plain)
    return {memory_of(tensor) for tensor in held if isinstance(tensor, Tensor)}


def _is_complex(*given: Any) -> bool:
    """Tell whether there is a complex number among the arguments of a call; no definition covers those."""
    return any(
        isinstance(one, complex) or (isinstance(one, Tensor) and one.is_complex()) for one in leaves_of(given)
    )


def _numbered(operands: Iterable[Operand]) -> dict[str, Operand]:
    return {str(n): operand for n, operand in enumerate(operands)}


def _unknown(func: Callable[..., Any], given: Sequence[Tensor]) -> Call:
    """Read a call that no definition covers: its tensors, by number, and the name of the function."""
    name = resolve_name(func) or func.__name__
    plain = name.removeprefix("torch.")
    # A form of a known function that no reader knows must not pass for the operator of its name.
    operator = f"torch.{plain}" if plain in OPERATORS else plain
    return Call(operator, {str(n): tensor for n, tensor in enumerate(given)}, {})


def _plain(function: str) -> str:
    """Return the name of a torch function without its signs: x += y and y + x are additions too."""
    name = function.strip("_")
    swapped = function.startswith(("__i", "__r")) and name[1:] in _ARITHMETIC
    return name[1:] if swapped else name
