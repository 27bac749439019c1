"""Recording: watching a network while it runs, and keeping what each operator reads, makes and gets back."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._pytree import tree_leaves

from convista.operators.registry import OPERATORS
from convista.tracing.choice import Choice
from convista.tracing.reading import Call, makes_constants, read
from convista.tracing.record import Operand, Record, Source
from convista.tracing.store import Store, shape_only


class _Made(NamedTuple):
    """A tensor that the recorder has seen, what made it, and its version then."""

    tensor: weakref.ReferenceType[Tensor]
    version: int
    operand: Operand


class _Work(NamedTuple):
    """A module whose forward is running."""

    path: str
    innermost: bool
    first: int
    """Position of its first record, if it makes one."""


_ARITHMETIC = {"add", "sub", "mul", "truediv", "pow", "matmul"}


class Recorder(TorchFunctionMode):
    """Watches a network while it runs inside ``with Recorder(network) as recorder:``.

    Functional calls, in-place operators and branches are all seen, because torch itself announces each call; the
    hooks only tell which module is at work.
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
        self._own = {id(tensor) for tensor in (*network.parameters(), *network.buffers())}
        self._handles: list[torch.utils.hooks.RemovableHandle] = []
        for name, parameter in (*network.named_parameters(), *network.named_buffers()):
            learned = isinstance(parameter, nn.Parameter)
            self._remember(parameter, Source("parameter", name=name, learned=learned), kept=False)

    def __enter__(self) -> Recorder:
        for path, module in self._network.named_modules():
            self._handles += [
                module.register_forward_pre_hook(self._entering(path)),
                module.register_forward_hook(self._leaving, always_call=True),
            ]
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *details: object) -> None:
        super().__exit__(*details)  # type: ignore[no-untyped-call]
        for handle in self._handles:
            handle.remove()
        counts: Counter[str] = Counter()
        for record, name in zip(self.records, self._names, strict=True):
            counts[name] += 1
            record.name = name if counts[name] == 1 else f"{name}#{counts[name]}"

    def feed(self, name: str, tensor: Tensor) -> None:
        """Declare a tensor to be an input of the network."""
        self._remember(tensor, Source("input", name=name), kept=False)

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one torch call and keep it, if it made or changed a tensor out of others."""
        kwargs = kwargs or {}
        if makes_constants(func, args, kwargs):
            return func(*args, **kwargs)
        call = read(func, args, kwargs) or _unknown(func, args, kwargs)
        module = self._at_work[-1].path if self._at_work else ""
        name = f"{module}.{_plain(func.__name__)}".lstrip(".")
        kept = self._choice.takes(name, module)
        given = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
        before = {(id(tensor), tensor._version) for tensor in given}
        operands = {operand: self._operand(value, kept) for operand, value in call.operands.items()}
        if call.carry_out:
            result, late = call.carry_out(lambda: func(*args, **kwargs))
            operands |= {operand: self._operand(value, kept) for operand, value in late.items()}
        else:
            result = func(*args, **kwargs)
        made = [
            leaf
            for leaf in tree_leaves(args if result is None else result)  # what is assigned to is not returned
            if isinstance(leaf, Tensor) and (id(leaf), leaf._version) not in before
        ]
        # Changes of the network's own tensors, such as a count of batches, are not part of the run.
        if made and not all(id(tensor) in self._own for tensor in made):
            self._keep(
                Record(len(self.records), name, module, call.operator, operands, call.attributes, (), [], kept),
                made,
            )
        return result

    def _keep(self, record: Record, made: list[Tensor]) -> None:
        sources = (Source("record", record.position, slot) for slot in range(len(made)))
        record.outputs = tuple(
            self._remember(tensor, source, record.kept).value for tensor, source in zip(made, sources, strict=True)
        )
        record.gradients = [None] * len(made)
        self.records.append(record)
        self._names.append(record.name)
        for slot, tensor in enumerate(made):
            if record.kept and tensor.requires_grad:
                tensor.register_hook(_catch(record, slot, self._store))  # type: ignore[no-untyped-call]

    def _entering(self, path: str) -> Callable[..., None]:
        def hook(module: nn.Module, _: Any) -> None:
            innermost = next(module.children(), None) is None
            self._at_work.append(_Work(path, innermost, len(self.records)))

        return hook

    def _leaving(self, *_: Any) -> None:
        path, innermost, first = self._at_work.pop()
        if path and innermost and len(self.records) > first:
            # A module's name means what it gives: the last of its calls.
            self._names[-1] = path

    def _operand(self, value: Any, kept: bool) -> Operand:
        if not isinstance(value, Tensor):
            precise = torch.float64 if isinstance(value, float) else None
            return Operand(torch.as_tensor(value, dtype=precise), Source("constant"))
        seen = self._made.get(id(value))
        # An older version was changed through a view of it: what is read now has no record of its own.
        if seen is None or seen.tensor() is not value or seen.version != value._version:
            return self._remember(value, Source("constant"), kept)
        if kept and seen.operand.value.is_meta:
            return self._remember(value, seen.operand.source, kept)
        return seen.operand

    def _remember(self, tensor: Tensor, source: Source, kept: bool) -> Operand:
        whole = source.kind == "parameter"
        operand = Operand(self._store.keep(tensor, whole=whole) if kept else shape_only(tensor), source)
        self._made[id(tensor)] = _Made(weakref.ref(tensor), tensor._version, operand)
        return operand


def _unknown(func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
    """Read a call that no definition covers: its tensors, by number, and the name of the function."""
    tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
    name = resolve_name(func) or func.__name__
    plain = name.removeprefix("torch.")
    # A form of a known function that no reader knows must not pass for the operator of its name.
    operator = f"torch.{plain}" if plain in OPERATORS else plain
    return Call(operator, {str(n): tensor for n, tensor in enumerate(tensors)}, {})


def _plain(function: str) -> str:
    """Return the name of a torch function without its signs: x += y and y + x are additions too."""
    name = function.strip("_")
    swapped = function.startswith(("__i", "__r")) and name[1:] in _ARITHMETIC
    return name[1:] if swapped else name


def _catch(record: Record, slot: int, store: Store) -> Callable[[Tensor | None], None]:
    def hook(gradient: Tensor | None) -> None:
        # Torch says None for one output of several on which the target does not depend.
        record.gradients[slot] = None if gradient is None else store.keep(gradient, copy=False)

    return hook
