"""An announced call of torch, as it is recorded: which operator it is, of which operands, under which name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from types import FrameType
from typing import Any

from torch import Tensor
from torch.overrides import resolve_name

from convista.operators.registry import OPERATORS
from convista.torch_private import count_of_dispatch_modes, in_function_transform, is_aten_overload
from convista.tracing.reading import Call, read
from convista.tracing.recording.record import Operand
from convista.tracing.recording.watching import leaves_of

_ARITHMETIC = {"add", "sub", "mul", "truediv", "pow", "matmul"}


def call_of(
    func: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], given: Sequence[Tensor]
) -> Call:
    """Return a call as an operator; one that no definition covers, or of complex numbers, as an unknown one."""
    return (None if _is_complex(args, kwargs) else read(func, args, kwargs)) or unknown(func, given)


def unknown(func: Callable[..., Any], given: Sequence[Tensor]) -> Call:
    """Return a call that no definition covers: its tensors, by number, and the name of the function."""
    name = resolve_name(func) or func.__name__
    plain = name.removeprefix("torch.")
    # A form of a known function that no reader knows must not pass for the operator of its name.
    operator = f"torch.{plain}" if plain in OPERATORS else plain
    return Call(operator, {str(n): tensor for n, tensor in enumerate(given)})


def numbered(operands: Iterable[Operand]) -> dict[str, Operand]:
    """Return operands of a call that no definition covers, by number."""
    return {str(n): operand for n, operand in enumerate(operands)}


def name_of(func: Callable[..., Any]) -> str:
    """Return the name of a torch function without its signs: x += y and y + x are additions too."""
    name = func.__name__.strip("_")
    swapped = func.__name__.startswith(("__i", "__r")) and name[1:] in _ARITHMETIC
    return name[1:] if swapped else name


class Nesting:
    """Tells calls that are made inside what is itself one operator, or that are none of the network's.

    Those are a transform of functions, such as vmap, whose tensors stand for others; and a dispatch mode of another
    tool, which may ask torch for more than the network did.
    """

    def __init__(self) -> None:
        self._other_modes = False

    def holds(self, func: Callable[..., Any]) -> bool:
        """Whether a call is such; to be asked by a ``__torch_function__``."""
        if in_function_transform():
            return True
        self._other_modes |= count_of_dispatch_modes() > 1
        return (self._other_modes or is_aten_overload(func)) and _is_asked_by_a_mode()


def _is_asked_by_a_mode() -> bool:
    """Tell whether a dispatch mode asks, which is called one level below what the network has asked for."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None and frame.f_code.co_name != "__torch_dispatch__":
        frame = frame.f_back
    return frame is not None


def _is_complex(*given: Any) -> bool:
    """Tell whether there is a complex number among the arguments of a call; no definition covers those."""
    return any(
        isinstance(one, complex) or (isinstance(one, Tensor) and one.is_complex()) for one in leaves_of(given)
    )
