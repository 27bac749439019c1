"""What a training leaves in its folder while it goes on: logs, and snapshots of weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from torch import nn

from convista.errors import ConvistaError
from convista.learning import processes
from convista.learning.fitting.log import Log, write_log
from convista.learning.fitting.snapshots import Snapshots
from convista.learning.fitting.specification import Specification
from convista.learning.fitting.tensorboard import tensorboard_log
from convista.learning.progress import Watch, unwatched


class Callbacks(NamedTuple):
    """What a training calls as it goes on."""

    watch: Watch = unwatched
    """Before the first epoch and after each."""
    logs: tuple[Log, ...] = ()
    """After each epoch, once its checkpoint is written."""


@contextmanager
def callbacks_of(specification: Specification, folder: Path | None) -> Iterator[Callbacks]:
    """Give what keeps all that is asked for, beside the user's own watch; only the first of several processes does.

    Raises
    ------
    ConvistaError
        If something is asked for that needs a folder, and there is none, or TensorBoard, which is not installed.
    """
    watch, snapshots = specification.watch, specification.snapshots
    if folder is None and (snapshots or specification.tensorboard):
        raise ConvistaError("learning.fitting.nowhere_to_keep")
    if folder is None or processes.rank():
        yield Callbacks(watch)
        return
    with ExitStack() as stack:
        logs: list[Log] = [partial(write_log, folder)] if specification.pictures else []
        if specification.tensorboard:
            logs.append(stack.enter_context(tensorboard_log(folder)))
        if snapshots:
            layers = () if snapshots is True else snapshots
            watch = _both(watch, Snapshots(folder, specification.recipe.epochs, layers))
        yield Callbacks(watch, tuple(logs))


def _both(one: Watch, other: Watch) -> Watch:
    def watch(epoch: int, network: nn.Module) -> None:
        one(epoch, network)
        other(epoch, network)

    return watch
