"""Layers on maps: where in the patch each element of one lies, and how like one vector is to another."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

CHUNK = 8
"""Patches that a network is tried on at a time."""


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


def span_of(network: nn.Module, bands: int, patch: int) -> Span | None:
    """Find by trying how the elements that a network gives lie in its patch, the same down and across.

    A row of pixels that are not numbers makes all that depends on them no number: so each element's receptive field
    is seen, whatever the layers are, and its centre is where the element lies. Where too many fields are cut off by
    the patch's border to tell, elements are taken to divide the patch evenly.

    Returns
    -------
    None if the elements do not lie a whole number of pixels apart, as those of a layer finer than its patch.
    """
    first, last = _fields(network, bands, patch)
    count, free = len(first), np.flatnonzero((first > 0) & (last < patch - 1))
    centres = (first[free] + last[free] + 1) / 2
    steps = np.diff(centres)
    if len(steps) and steps[0] >= 1 and steps[0].is_integer() and (steps == steps[0]).all():
        step = int(steps[0])
    else:
        # Where the border cuts fields off, their edges come closer than the step, never further apart.
        step = max(int(np.diff(edge, append=edge[-1]).max()) for edge in (first, last))
        if step < 1 or (count - 1) * step + int((last - first + 1).max()) > patch:  # unlike layers without padding
            return None if patch % count else Span(count, patch // count, 0.0)
    if not len(free):
        return Span(count, step, (patch - count * step) / 2)
    return Span(count, step, float(centres[0] - step * (free[0] + 0.5)))


def _fields(network: nn.Module, bands: int, patch: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first and the last row of the patch that each row of elements depends on."""
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
    return depends.argmax(axis=0), patch - 1 - depends[::-1].argmax(axis=0)
