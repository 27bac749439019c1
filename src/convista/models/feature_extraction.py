"""Networks cut open: what a layer makes, or reads, and the vector from which a network decides."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.models.mode import evaluating

TOLERANCE = 1e-4
"""How far outputs may lie apart, relative to the largest, and count as the same: what rounding does."""


class _Keep:
    """A hook that keeps what a module makes, or reads, for the thread that called it."""

    def __init__(self, seen: dict[int, Tensor], read: bool) -> None:
        self.seen = seen
        self.read = read

    def __call__(self, module: nn.Module, args: tuple[Tensor, ...], made: Tensor) -> None:
        self.seen[threading.get_ident()] = args[0] if self.read else made


class LayerOutput(nn.Module):
    """A network that gives what one of its layers makes, or reads.

    Parameters
    ----------
    network
        Any network.
    layer
        The layer's path, as `named_modules` has it.
    read
        Whether to give what the layer reads instead.
    channels
        Which channels to give; None for all.

    Raises
    ------
    ConvistaError
        If there is no such layer.
    """

    def __init__(
        self, network: nn.Module, layer: str, *, read: bool = False, channels: tuple[int, ...] | None = None
    ) -> None:
        super().__init__()
        modules = dict(network.named_modules())
        if layer not in modules or (not layer and not read):
            listed = ", ".join(name for name, m in modules.items() if name and not list(m.children()))
            raise ConvistaError("models.no_such_layer", layer=layer, layers=listed)
        self.network = network
        self.layer = layer
        self.channels = channels
        self._seen: dict[int, Tensor] = {}
        self._handle = modules[layer].register_forward_hook(_Keep(self._seen, read))

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), or (batch, outputs) of a layer without rows and columns."""
        return self.both(x)[0]

    def both(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return what `forward` does, and what the network itself gives."""
        given: Tensor = self.network(x)
        made: Tensor = self._seen.pop(threading.get_ident())
        return made if self.channels is None else made[:, list(self.channels)], given

    def release(self) -> None:
        """Take the hook away from the network."""
        self._handle.remove()


class BeforeHead(nn.Module):
    """A network's vector before its head: what the layer that makes its outputs reads.

    Where that layer reads something with rows and columns, the vector is its mean over them; unless the network
    answers for every pixel and a vector for each is wanted.

    Parameters
    ----------
    network
        Any network.
    head
        The path of its head, see `head_of`.
    whole
        Whether there is one vector a patch, even if the network answers for every pixel.
    """

    def __init__(self, network: nn.Module, head: str, *, whole: bool) -> None:
        super().__init__()
        self.inner = LayerOutput(network, head, read=True)
        self.whole = whole
        self._channels_last = isinstance(dict(network.named_modules())[head], nn.Linear)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, numbers), or (batch, numbers, rows, columns)."""
        return self.both(x)[0]

    def both(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return the vectors, and what the network itself gives."""
        read, given = self.inner.both(x)
        if self._channels_last and read.ndim > 2:
            read = read.movedim(-1, 1)
        if read.ndim == 4 and not self.whole and given.ndim == 4:
            return read, given
        return mean_over_places(read), given

    def release(self) -> None:
        """Take the hook away from the network."""
        self.inner.release()


def mean_over_places(maps: Tensor) -> Tensor:
    """Return (batch, channels) of (batch, channels, …)."""
    if maps.ndim == 4:
        return functional.adaptive_avg_pool2d(maps, 1).flatten(1)
    return maps if maps.ndim == 2 else maps.flatten(2).mean(2)


def head_of(network: nn.Module, bands: int, patch: int) -> str:
    """Return the path of a network's head: the layer that makes its outputs.

    It is the last dense layer or 1×1 convolution that the network calls, if the outputs follow from what that layer
    reads and from nothing else. That is tried on two patches of noise: told what it read of the other, the network
    must say what it said of the other.

    Parameters
    ----------
    network
        Takes (batch, bands, patch, patch).

    Raises
    ------
    ConvistaError
        If it calls no such layer, or the outputs depend on something else, too.
    """
    like = next((p for p in network.parameters() if p.is_floating_point()), torch.empty(0))
    noise = torch.randn(2, bands, patch, patch, generator=torch.Generator().manual_seed(0)).to(like)
    modules, calls = dict(network.named_modules()), list[tuple[str, Tensor]]()

    def note(path: str) -> Any:
        return lambda module, args: calls.append((path, args[0].clone()))

    likely = {path: note(path) for path, module in modules.items() if _may_decide(module)}
    with _hooked(modules, likely), torch.no_grad(), evaluating(network):
        said = network(noise[1:])
    if not calls:
        raise ConvistaError("models.no_head", network=type(network).__name__)
    head, read = calls[-1]
    turn = [path for path, _ in calls].count(head)
    times = 0

    def tell(module: nn.Module, args: tuple[Tensor, ...]) -> tuple[Tensor, ...] | None:
        nonlocal times
        times += 1
        return (read, *args[1:]) if times == turn else None

    with _hooked(modules, {head: tell}), torch.no_grad(), evaluating(network):
        told = network(noise[:1])
    if not torch.allclose(told, said, rtol=TOLERANCE, atol=TOLERANCE * float(said.abs().max())):
        raise ConvistaError("models.head_not_alone", network=type(network).__name__, layer=head)
    return head


def _may_decide(module: nn.Module) -> bool:
    if isinstance(module, nn.Conv2d):
        return module.kernel_size == (1, 1) and module.stride == (1, 1) and module.groups == 1
    return isinstance(module, nn.Linear)


@contextmanager
def _hooked(modules: dict[str, nn.Module], hooks: dict[str, Any]) -> Iterator[None]:
    handles = [modules[path].register_forward_pre_hook(hook) for path, hook in hooks.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
