"""Which module of a network is at work, and by it the names of what is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import nn


class _AtWork(NamedTuple):
    """A module whose forward is running."""

    path: str
    innermost: bool
    first: int
    """Position of its first record, if it makes one."""


class ModuleTracker:
    """Hooks that tell which module is at work.

    Parameters
    ----------
    network
        The network whose modules are followed.
    returned
        Called with what each module gives, while it is still at work.
    """

    def __init__(self, network: nn.Module, returned: Callable[[Any], None]) -> None:
        self._network = network
        self._returned = returned
        self._at_work: list[_AtWork] = []
        self._names: list[str] = []
        self._handles: list[torch.utils.hooks.RemovableHandle] = []

    def begin(self) -> None:
        """Put a hook before and after the forward of every module."""
        for path, module in self._network.named_modules():
            self._handles += [
                module.register_forward_pre_hook(self._entering(path)),
                module.register_forward_hook(self._leaving, always_call=True),
            ]

    def end(self) -> None:
        """Take the hooks away."""
        for handle in self._handles:
            handle.remove()

    @property
    def path(self) -> str:
        """The path of the module at work; empty for the network itself."""
        return self._at_work[-1].path if self._at_work else ""

    def name_record(self, name: str) -> None:
        """Note the name of the next record."""
        self._names.append(name)

    def unique_names(self) -> Iterator[str]:
        """Yield the name of each record; the second of one name ends in ``#2``."""
        counts: Counter[str] = Counter()
        for name in self._names:
            counts[name] += 1
            yield name if counts[name] == 1 else f"{name}#{counts[name]}"

    def _entering(self, path: str) -> Callable[..., None]:
        def hook(module: nn.Module, _: Any) -> None:
            innermost = next(module.children(), None) is None
            self._at_work.append(_AtWork(path, innermost, len(self._names)))

        return hook

    def _leaving(self, _module: nn.Module, _args: Any, output: Any) -> None:
        path, innermost, first = self._at_work[-1]
        self._returned(output)
        self._at_work.pop()
        if path and innermost and len(self._names) > first:
            # A module's name means what it gives: the last of its calls.
            self._names[-1] = path
