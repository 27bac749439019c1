"""Values that leave torch, as numbers or by their memory: nothing is announced of what is done with them there.

They may come back, as a number, as a tensor made of one, or changed where they lie.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor

from convista.tracing.recording.record import Operand

_GIVE_NUMBERS = {"item", "__float__", "__complex__"}
_GIVE_MEMORY_AWAY = {"__dlpack__", "data_ptr", "storage", "untyped_storage"}
_SHARE_MEMORY = {"numpy", "__array__", *_GIVE_MEMORY_AWAY}
_LEAVE = _GIVE_NUMBERS | _SHARE_MEMORY | {"tolist"}
"""Methods of a tensor by which its values leave torch."""
_BARE = {Tensor.data.__get__, Tensor.data.__set__}  # type: ignore[attr-defined]
"""What gives a tensor in the same memory, or another memory, whose changes torch does not count."""
_MOST_WRITTEN = 14
"""No number in anybody's code has more characters than this; a computed one most often has."""


def leaves_torch(func: Callable[..., Any]) -> bool:
    """Whether values leave torch by a call."""
    return func.__name__ in _LEAVE


def exposes_memory(func: Callable[..., Any]) -> bool:
    """Whether memory may change, after a call, without torch's counting it."""
    return func in _BARE or func.__name__ in _SHARE_MEMORY


class Departures:
    """The values of a run that have left torch."""

    def __init__(self) -> None:
        self.operands: list[Operand] = []
        self.gave_memory_away = False
        """Whether memory itself was given away, so that another library may make tensors of it."""
        self._numbers: set[float] = set()
        """Those that are single numbers."""

    def add(self, func: Callable[..., Any], tensor: Tensor, operand: Operand) -> None:
        """Note that a tensor of the run leaves by a call."""
        self.operands.append(operand)
        self.gave_memory_away |= func.__name__ in _GIVE_MEMORY_AWAY
        if func.__name__ in _GIVE_NUMBERS:
            self._numbers.add(float(tensor.detach()))

    def may_hold(self, value: object) -> bool:
        """Whether a number seems to come of values that have left, and is not one that somebody wrote down."""
        seems = isinstance(value, float) and (value in self._numbers or len(repr(value)) > _MOST_WRITTEN)
        return bool(self.operands) and seems
