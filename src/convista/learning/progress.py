"""How long work tells whoever started it how far it is, and shows what it has; nothing is printed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from torch import nn


class Progress(Protocol):
    """What is called now and then during long work.

    ``stage`` is ``"read"``, ``"train"``, ``"evaluate"`` or ``"map"``; ``done`` of ``total`` units of it are over.
    ``numbers`` are those worth showing: ``loss`` after a step, also ``epoch``, ``accuracy`` and ``macro_f1``
    (of the validation part) after an epoch.
    """

    def __call__(self, stage: str, done: int, total: int, /, **numbers: float) -> None:
        """Take note."""


def silent(stage: str, done: int, total: int, /, **numbers: float) -> None:
    """Be the progress of those who do not look."""
    del stage, done, total, numbers


Watch = Callable[[int, "nn.Module"], None]
"""What is shown a network as it learns: before the first epoch, with 0, and after each, with its number. The
network goes on changing afterwards, so whatever is to be kept must be copied."""


def unwatched(epoch: int, network: nn.Module) -> None:
    """Be the watch of those who do not look."""
    del epoch, network
