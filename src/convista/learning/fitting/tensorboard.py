"""A log of a training for TensorBoard: every number of every epoch as a curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.learning.fitting.log import Log

FOLDER = "tensorboard"


@contextmanager
def tensorboard_log(folder: Path) -> Iterator[Log]:
    """Give a log that writes into ``tensorboard`` in a folder; the file is begun with the first epoch.

    A training that goes on takes back what was written of epochs that it does again.

    Raises
    ------
    ConvistaError
        If TensorBoard is not installed.
    """
    if find_spec("tensorboard") is None:
        raise ConvistaError("learning.fitting.no_tensorboard")
    writers: list[Any] = []

    def log(epochs: Sequence[Mapping[str, Any]]) -> None:
        last = epochs[-1]
        if not writers:
            from torch.utils.tensorboard import SummaryWriter  # noqa: PLC0415  an extra, slow to import

            writers.append(SummaryWriter(str(folder / FOLDER), purge_step=last["epoch"]))
        for name, value in last.items():
            if name != "epoch":
                writers[0].add_scalar(name, value, last["epoch"])
        writers[0].flush()

    try:
        yield log
    finally:
        for writer in writers:
            writer.close()
