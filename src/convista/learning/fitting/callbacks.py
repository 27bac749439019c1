"""What a training leaves in its folder while it goes on: logs, and snapshots of weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from torch import nn

from convista.errors import ConvistaError
from convista.learning import processes
from convista.learning.fitting.log import Log, write_log
from convista.learning.fitting.snapshots import Snapshots
from convista.learning.fitting.tensorboard import tensorboard_log
from convista.learning.progress import Watch, unwatched


class Wanted(NamedTuple):
    """What is to be kept beside the run."""

    log: bool = False
    """Whether ``log.csv``, see `write_log`."""
    snapshots: bool | Sequence[str] = False
    """Whether weights of the first layer, or of which layers, see `Snapshots`."""
    tensorboard: bool = False
    """Whether a log for TensorBoard, see `tensorboard_log`."""


class Keeping(NamedTuple):
    """What a training is given to keep things by."""

    watch: Watch = unwatched
    logs: tuple[Log, ...] = ()


@contextmanager
def keeping(folder: Path | None, epochs: int, wanted: Wanted, watch: Watch) -> Iterator[Keeping]:
    """Give what keeps all that is wanted, beside a watch of the caller's; only the first of several processes does.

    Raises
    ------
    ConvistaError
        If something is wanted that needs a folder, and there is none, or TensorBoard, which is not installed.
    """
    if folder is None and (wanted.snapshots or wanted.tensorboard):
        raise ConvistaError("learning.fitting.nowhere_to_keep")
    if folder is None or processes.rank():
        yield Keeping(watch)
        return
    with ExitStack() as stack:
        logs: list[Log] = [partial(write_log, folder)] if wanted.log else []
        if wanted.tensorboard:
            logs.append(stack.enter_context(tensorboard_log(folder)))
        if wanted.snapshots:
            layers = () if wanted.snapshots is True else wanted.snapshots
            watch = _both(watch, Snapshots(folder, epochs, layers))
        yield Keeping(watch, tuple(logs))


def _both(one: Watch, other: Watch) -> Watch:
    def watch(epoch: int, network: nn.Module) -> None:
        one(epoch, network)
        other(epoch, network)

    return watch
