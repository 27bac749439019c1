"""Recording: every operator of a run, with what went in, what came out, and the gradient that came back."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._pytree import tree_leaves

from convista.operators import Array
from convista.operators.registry import OPERATORS
from convista.tracing.reading import makes_constants, read


class Source(NamedTuple):
    """Where the value of an operand came from."""

    kind: Literal["record", "input", "parameter", "constant"]
    record: int = -1
    """Position of the record that made it, for kind ``"record"``."""
    output: int = 0
    """Which of that record's outputs it is."""
    name: str = ""
    """The parameter's or buffer's name, for kind ``"parameter"``."""
    learned: bool = False
    """Whether it is a parameter of the network, not a buffer such as a running mean."""


class Operand(NamedTuple):
    """What an operator read: a copy of the value as it was then, and where it came from."""

    value: Tensor
    source: Source


@dataclass(eq=False, repr=False)
class Record:
    """One call of one operator.

    Tensors are copies on the device of the run; `gradients` has for each output the gradient of the target with
    respect to it, or None where the target does not depend on it.
    """

    position: int
    name: str
    """Unique in the trace: the path of an innermost module for its last call, which gives its output; for any other
    call the module's path and the function. A second call of the same name ends in ``#2``."""
    module: str
    """Path of the innermost module that made the call; empty for the network itself."""
    operator: str
    """The operator's name in `convista.operators`; for an unknown one the name of the torch function."""
    operands: dict[str, Operand]
    attributes: dict[str, Any]
    outputs: tuple[Tensor, ...]
    gradients: list[Tensor | None] = field(default_factory=list)

    def __repr__(self) -> str:
        sizes = ", ".join(str(tuple(output.shape)) for output in self.outputs)
        return f"<Record {self.position} {self.name}: {self.operator} → {sizes}>"

    @property
    def explained(self) -> bool:
        """Whether there is a written definition of this call."""
        return self.operator in OPERATORS

    @property
    def slots(self) -> range:
        """Positions of the outputs that a definition covers; the first alone unless the definition says more."""
        return range(len(self.outputs) if OPERATORS[self.operator].several else 1)

    def attributes_of(self, slot: int) -> dict[str, Any]:
        """Return the attributes with which the definition gives one of the outputs."""
        return {**self.attributes, "output": slot} if OPERATORS[self.operator].several else self.attributes

    @property
    def output(self) -> Tensor:
        """The first output, most often the only one."""
        return self.outputs[0]

    @property
    def gradient(self) -> Tensor | None:
        """The gradient of the target with respect to the first output."""
        return self.gradients[0]

    def arrays(self) -> dict[str, Array]:
        """Return the operands as the definition takes them: float64, whole numbers as they are."""
        return {
            name: (value.double() if value.is_floating_point() else value).cpu().numpy()
            for name, (value, _) in self.operands.items()
        }


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

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.records: list[Record] = []
        self._network = network
        self._at_work: list[_Work] = []
        self._names: list[str] = []
        self._made: dict[int, _Made] = {}
        self._handles: list[torch.utils.hooks.RemovableHandle] = []
        for name, parameter in (*network.named_parameters(), *network.named_buffers()):
            learned = isinstance(parameter, nn.Parameter)
            self._remember(parameter, Source("parameter", name=name, learned=learned))

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

    def feed(self, tensor: Tensor) -> None:
        """Declare a tensor to be the network's input."""
        self._remember(tensor, Source("input"))

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple[Any, ...] = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        """Run one torch call and keep it, if it made or changed a tensor out of others."""
        kwargs = kwargs or {}
        if makes_constants(func, args, kwargs):
            return func(*args, **kwargs)
        call = read(func, args, kwargs)
        if call is None:
            read_tensors = [leaf for leaf in tree_leaves((args, kwargs)) if isinstance(leaf, Tensor)]
            named: dict[str, Any] = {str(n): tensor for n, tensor in enumerate(read_tensors)}
        else:
            named = call.operands
        before = [(id(tensor), tensor._version) for tensor in named.values() if isinstance(tensor, Tensor)]
        operands = {name: self._operand(value) for name, value in named.items()}
        if call and call.carry_out:
            result, late = call.carry_out(lambda: func(*args, **kwargs))
            operands |= {name: self._operand(value) for name, value in late.items()}
        else:
            result = func(*args, **kwargs)
        made = [
            leaf
            for leaf in tree_leaves(args if result is None else result)  # what is assigned to is not returned
            if isinstance(leaf, Tensor) and (id(leaf), leaf._version) not in before
        ]
        if made and not all(self._is_own(tensor) for tensor in made):
            operator = call.operator if call else (resolve_name(func) or func.__name__).removeprefix("torch.")
            self._keep(operator, func.__name__, operands, call.attributes if call else {}, made)
        return result

    def _keep(
        self,
        operator: str,
        function: str,
        operands: dict[str, Operand],
        attributes: dict[str, Any],
        made: list[Tensor],
    ) -> None:
        position = len(self.records)
        outputs = tuple(
            self._remember(tensor, Source("record", position, slot)).value for slot, tensor in enumerate(made)
        )
        module = self._at_work[-1].path if self._at_work else ""
        name = f"{module}.{_plain(function)}".lstrip(".")
        record = Record(position, name, module, operator, operands, attributes, outputs, [None] * len(made))
        self.records.append(record)
        self._names.append(name)
        for slot, tensor in enumerate(made):
            if tensor.requires_grad:
                tensor.register_hook(_catch(record, slot))  # type: ignore[no-untyped-call]

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

    def _operand(self, value: Any) -> Operand:
        if not isinstance(value, Tensor):
            precise = torch.float64 if isinstance(value, float) else None
            return Operand(torch.as_tensor(value, dtype=precise), Source("constant"))
        seen = self._made.get(id(value))
        # An older version was changed through a view of it: what is read now has no record of its own.
        if seen is None or seen.tensor() is not value or seen.version != value._version:
            return self._remember(value, Source("constant"))
        return seen.operand

    def _is_own(self, tensor: Tensor) -> bool:
        """Tell the network's parameters and buffers, whose changes (a count of batches) are not part of the run."""
        seen = self._made.get(id(tensor))
        return seen is not None and seen.tensor() is tensor and seen.operand.source.kind == "parameter"

    def _remember(self, tensor: Tensor, source: Source) -> Operand:
        operand = Operand(tensor.detach().clone(), source)
        self._made[id(tensor)] = _Made(weakref.ref(tensor), tensor._version, operand)
        return operand


def _plain(function: str) -> str:
    """Return the name of a torch function without its signs: x += y and y + x are additions too."""
    name = function.strip("_")
    swapped = function.startswith(("__i", "__r")) and name[1:] in _ARITHMETIC
    return name[1:] if swapped else name


def _catch(record: Record, slot: int) -> Callable[[Tensor | None], None]:
    def hook(gradient: Tensor | None) -> None:
        # Torch says None for one output of several on which the target does not depend.
        record.gradients[slot] = None if gradient is None else gradient.detach()

    return hook
