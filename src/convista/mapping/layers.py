"""Networks cut open for maps: what a layer makes, and where in the patch each of its elements lies."""

from __future__ import annotations

import threading
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError

CHUNK = 8
"""Patches that a network is tried on at a time."""


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
        if not layer or layer not in modules:
            listed = ", ".join(name for name, m in modules.items() if name and not list(m.children()))
            raise ConvistaError("mapping.no_such_layer", layer=layer, layers=listed)
        self.network = network
        self.layer = layer
        self.channels = channels
        self._seen: dict[int, Tensor] = {}
        self._handle = modules[layer].register_forward_hook(_Keep(self._seen, read))

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, channels, rows, columns), or (batch, outputs) of a layer without rows and columns."""
        self.network(x)
        made: Tensor = self._seen.pop(threading.get_ident())
        return made if self.channels is None else made[:, list(self.channels)]

    def release(self) -> None:
        """Take the hook away from the network."""
        self._handle.remove()


class Embedding(nn.Module):
    """A network's vector before its head: what its last dense layer reads."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        heads = [name for name, module in network.named_modules() if isinstance(module, nn.Linear)]
        if not heads:
            raise ConvistaError("mapping.no_head", network=type(network).__name__)
        self.inner = LayerOutput(network, heads[-1], read=True)

    def forward(self, x: Tensor) -> Tensor:
        """Return (batch, numbers)."""
        read: Tensor = self.inner(x)
        return read.flatten(1)


class Similarity(nn.Module):
    """How like a given vector a network's is: the cosine of their angle, −1 … 1, (batch, 1)."""

    def __init__(self, embedding: nn.Module, wanted: Tensor) -> None:
        super().__init__()
        self.embedding = embedding
        self.wanted = nn.Parameter(wanted, requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        """Return the similarity of each patch."""
        vector: Tensor = self.embedding(x)
        both = (vector * self.wanted).sum(1, keepdim=True)
        lengths: Tensor = vector.norm(dim=1, keepdim=True) * self.wanted.norm()
        return both / lengths.clamp_min(1e-12)


class Span(NamedTuple):
    """Where a layer's elements lie along one axis of a patch."""

    elements: int
    step: int
    """Pixels from one element to the next."""
    first: float
    """Where the cell of the first begins, in pixels from the patch's border; cells lie side by side."""


def span_of(network: nn.Module, bands: int, patch: int) -> Span:
    """Find by trying how the elements that a network gives lie in its patch, the same down and across.

    A row of pixels that are not numbers makes all that depends on them no number: so each element's receptive field
    is seen, whatever the layers are, and its centre is where the element lies. Where every field is cut off by the
    patch's border, elements are taken to divide the patch evenly.
    """
    like = next((p for p in network.parameters() if p.is_floating_point()), torch.empty(0))
    seen: list[NDArray[np.bool_]] = []
    with torch.no_grad():
        for top in range(0, patch, CHUNK):
            few = min(CHUNK, patch - top)
            pixels = like.new_zeros(few, bands, patch, patch)
            for n in range(few):
                pixels[n, :, top + n] = torch.nan
            made = network(pixels)
            seen.append(made.isnan().any(dim=1).any(dim=-1).cpu().numpy())
    depends = np.concatenate(seen)  # (pixel rows, element rows)
    count = depends.shape[1]
    first, last = depends.argmax(axis=0), patch - 1 - depends[::-1].argmax(axis=0)
    # Where the border cuts fields off, their edges come closer than the step, never further apart.
    step = max(int(np.diff(edge, append=edge[-1]).max()) for edge in (first, last))
    if step < 1:
        return Span(count, max(1, patch // count), 0.0)
    free = np.flatnonzero((first > 0) & (last < patch - 1))
    if not len(free):
        return Span(count, step, (patch - count * step) / 2)
    centre = (first[free[0]] + last[free[0]] + 1) / 2
    return Span(count, step, float(centre - step * (free[0] + 0.5)))
