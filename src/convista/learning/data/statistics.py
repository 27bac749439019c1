"""Mean and standard deviation of each band, and the standardising that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

Float = NDArray[np.float32]


def band_statistics(pieces: Iterable[NDArray[Any]]) -> tuple[Float, Float]:
    """Return the mean and the standard deviation of each band over all pieces.

    Parameters
    ----------
    pieces
        Arrays of (bands, …) values; NaN marks those that do not count.

    Returns
    -------
    Mean and standard deviation, float32 (bands,). A band without spread has deviation 1, so that standardising it
    gives zeros; a band without any value has mean 0.

    Notes
    -----
    Piece by piece: means and sums of squared deviations are joined as in Chan et al. (1979), in float64, which
    loses nothing when values are large and their spread is small.
    """
    count, mean, spread = np.float64(0), np.float64(0), np.float64(0)
    for piece in pieces:
        values = piece.reshape(len(piece), -1).astype(np.float64)
        valid = ~np.isnan(values)
        n = valid.sum(axis=1)
        here = np.where(valid, values, 0).sum(axis=1) / np.maximum(n, 1)
        deviation = np.where(valid, values - here[:, None], 0)
        both = np.maximum(count + n, 1)
        difference = here - mean
        spread = spread + (deviation**2).sum(axis=1) + difference**2 * count * n / both
        mean = mean + difference * n / both
        count = count + n
    deviation = np.sqrt(spread / np.maximum(count, 1))
    return np.asarray(mean, np.float32), np.where(deviation > 0, deviation, 1).astype(np.float32)


class Standardise(nn.Module):
    """What stands in front of a network: (value − mean) / deviation of each band, and 0 where there is no datum.

    Parameters
    ----------
    mean, std
        Of each band over the training part, (bands,).
    """

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Float | Sequence[float], std: Float | Sequence[float]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean, dtype=torch.float32))
        self.register_buffer("std", torch.tensor(std, dtype=torch.float32))

    def forward(self, values: Tensor | NDArray[Any]) -> Tensor:
        """Standardise values as a scene gives them: 0, the training mean, is where one is masked or NaN.

        Parameters
        ----------
        values
            (bands, rows, columns) or (batch, bands, rows, columns): an array, which may be masked, or a tensor.

        Returns
        -------
        A new tensor of the same shape, float32.
        """
        if not isinstance(values, Tensor):
            values = torch.from_numpy(np.ma.filled(values.astype(np.float32), np.nan))
        centred = values - self.mean[:, None, None]
        return centred.div_(self.std[:, None, None]).nan_to_num_(nan=0.0)
