"""What is used of torch that torch does not document: here, and nowhere else in the package.

Each entry says what it is for, since when torch has it, and what would be done without it. All are there, and do
what `tests/test_torch_private.py` asks of them, in the oldest torch that pyproject.toml allows and in the one that
constraints.txt names: continuous integration runs these tests with both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from typing import Any, Self, cast

import torch
from torch import Tensor, nn
from torch.multiprocessing.reductions import StorageWeakRef
from torch.nn import functional
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_leaves, tree_map, tree_map_with_path, tree_unflatten
from torch.utils.flop_counter import flop_registry

__all__ = [
    "DispatchMode",
    "StorageWeakRef",
    "Untraced",
    "count_of_dispatch_modes",
    "flop_registry",
    "has_onednn_linear",
    "has_pre_hooks",
    "in_function_transform",
    "is_aten_overload",
    "is_compiled",
    "memory_of",
    "onednn_linear",
    "out_of_place",
    "packet_of",
    "tree_flatten",
    "tree_leaves",
    "tree_map",
    "tree_map_with_path",
    "tree_unflatten",
    "version_of",
    "without_function_modes",
    "writes",
    "written_arguments",
]

# tree_…: nested arguments taken apart and made anew, since 1.8, with the way to each leaf since 2.3. Without them,
# a walk of our own that knows the same containers, those that users have registered with torch included.

# flop_registry: the formulas of torch's own counter of multiplications, by operator, since 2.1. The counter is
# documented, its table is not; without it, the formulas for matrices and convolutions would be written here.

# StorageWeakRef: keeps the place of a storage from being given to another one, and lets its numbers go; since 1.0.
# Without it, the tensors of a run would all have to be kept until it ends.


class DispatchMode(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operator that torch dispatches, whoever calls it: since 1.13.

    Without it, what compiled code, extensions in C++ and torch itself do inside one call would not be seen.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]

    def __enter__(self) -> Self:
        super().__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *details: object) -> None:
        super().__exit__(*details)  # type: ignore[no-untyped-call]

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Do without a guard for which torch would load its compiler, of 70 MB: nothing is compiled here.

        Torch 2.6 has no such guard yet.
        """
        return False


class Untraced:
    """Hides what is done inside from all modes, whoever's they are: both guards since 1.12.

    Without it, a tracer would see, and another tool count, what the tracer does for itself.
    """

    def __enter__(self) -> None:
        self._guards: tuple[Any, Any] = (
            without_function_modes(),
            torch._C._ExcludeDispatchKeyGuard(_PYTHON),
        )
        for guard in self._guards:
            guard.__enter__()

    def __exit__(self, *details: object) -> None:
        for guard in reversed(self._guards):
            guard.__exit__(*details)


_PYTHON = torch._C.DispatchKeySet(torch._C.DispatchKey.Python).add(torch._C.DispatchKey.PythonTLSSnapshot)


def without_function_modes() -> AbstractContextManager[None]:
    """Hide what is done inside from all function modes and subclasses: since 1.5, of the modes since 2.0.

    Without it, what a dispatch mode does would be announced as if the network had asked for it.
    """
    return torch._C.DisableTorchFunction()


def in_function_transform() -> bool:
    """Tell whether a transform of functions, such as vmap, is at work: since 2.0.

    Without it, the tensors that stand for others in it would be recorded as if they were the network's.
    """
    return bool(torch._C._are_functorch_transforms_active())


def count_of_dispatch_modes() -> int:
    """Return how many dispatch modes are on, ours included: since 2.0.

    Without it, a call would look through the stack of Python each time for one that another tool's mode has made.
    """
    return int(torch._C._len_torch_dispatch_stack())


def is_aten_overload(func: Callable[..., Any]) -> bool:
    """Tell whether a function is one of aten's operators, as modes are given them: the class since 1.12."""
    return isinstance(func, torch._ops.OpOverload)


def packet_of(func: Any) -> Any | None:
    """Return the operator that one of aten's overloads is of, by which `flop_registry` has it; None of others."""
    return getattr(func, "_overloadpacket", None)


def writes(func: Any) -> bool:
    """Tell whether an operator of aten changes an argument, by its schema: since 1.12 as these names.

    Without schemas, operators whose names end in an underscore would be taken for those that write.
    """
    return bool(func._schema.is_mutable)


def written_arguments(func: Any) -> Iterator[tuple[int, str]]:
    """Yield place and name of each argument that an operator of aten changes; see `writes`."""
    for place, argument in enumerate(func._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            yield place, argument.name


def out_of_place(func: Any) -> Any | None:
    """Return the overload that makes a new tensor where one of aten's changes its first; None if there is none."""
    name = func._schema.name
    if not name.endswith("_"):
        return None
    packet = getattr(torch.ops.aten, name.removeprefix("aten::").removesuffix("_"), None)
    return getattr(packet, func._overloadname, None)


def memory_of(tensor: Tensor) -> int:
    """Return what tells the memory that a tensor lies in from all other memory in use; 0 where it has none.

    The address of torch's storage, since 2.0 under this name. That of the numbers would not do: a storage without
    numbers has none, and one that has been given back leaves its own to another.
    """
    try:
        return int(tensor.untyped_storage()._cdata)
    except (NotImplementedError, RuntimeError):  # a sparse tensor, or one of another library
        return 0


def version_of(tensor: Tensor) -> int:
    """Return how often torch has counted a write to a tensor's memory; in inference mode it does not count.

    Since 0.4; autograd itself rests on it. Without it, every value would be compared with what was kept of it.
    """
    return 0 if tensor.is_inference() else tensor._version


def is_compiled(module: nn.Module) -> bool:
    """Tell whether a module is what torch.compile makes of one, without loading the compiler: since 2.0.

    Without it, the calls of a compiled network would be sought in vain, and it would not be said why.
    """
    return hasattr(module, "_orig_mod")


def has_pre_hooks(module: nn.Module) -> bool:
    """Tell whether something runs before a module's ``forward``, which may make its weights anew: since 0.1.

    Without it, weights would have to be transformed again for every batch.
    """
    return bool(module._forward_pre_hooks)


def onednn_linear(x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return x · weightᵀ + bias as oneDNN computes it, in float32: what torch's compiler calls, since 2.0.

    `linear` takes another library's product, which on processors of some makers leaves half of their width unused.
    Ask `has_onednn_linear` before; without it, `linear` is taken, and the result differs in the last bits.
    """
    return cast(Tensor, torch.ops.mkldnn._linear_pointwise(x, weight, bias, "none", [], ""))


@cache
def has_onednn_linear() -> bool:
    """Tell whether torch has that product, takes these arguments, and gives what `linear` does but for rounding."""
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    with torch.inference_mode(), Untraced():
        x, weight, bias = (torch.arange(count, dtype=torch.float32) / count for count in (12, 20, 5))
        x, weight = x.view(3, 4), weight.view(5, 4)
        try:
            plain, biased = onednn_linear(x, weight, None), onednn_linear(x, weight, bias)
        except (AttributeError, RuntimeError, TypeError):
            return False
        both = ((plain, functional.linear(x, weight)), (biased, functional.linear(x, weight, bias)))
        return all(made.shape == right.shape and torch.allclose(made, right) for made, right in both)
