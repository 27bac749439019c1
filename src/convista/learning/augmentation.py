"""Changes to patches that leave their class as it is."""

from __future__ import annotations

import numpy as np
import torch


def dihedral(batch: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Turn and mirror patches at random: each gets one of the eight symmetries of the square, in turn.

    Seen from above, the ground has no up and down, so all eight are as likely.

    Parameters
    ----------
    batch
        (batch, bands, size, size), in an order that chance made.
    rng
        Says with which symmetry to begin.
    """
    first = int(rng.integers(8))
    return torch.cat([_symmetry(piece, (first + n) % 8) for n, piece in enumerate(batch.chunk(8))])


def _symmetry(batch: torch.Tensor, number: int) -> torch.Tensor:
    turned = torch.rot90(batch, number % 4, (2, 3))
    return turned.flip(3) if number >= 4 else turned
