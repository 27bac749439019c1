"""How long work tells whoever started it how far it is; nothing is printed here."""

from __future__ import annotations

from typing import Protocol


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
