"""Mean and standard deviation of each band, and the standardising that they are for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

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


def standardise(values: NDArray[Any], mean: Float, std: Float) -> torch.Tensor:
    """Return (value − mean) / deviation of each band, and 0, the training mean, where a value is masked or NaN.

    Parameters
    ----------
    values
        (bands, rows, columns) or (batch, bands, rows, columns), a masked array or one with NaN.
    mean, std
        (bands,).
    """
    plain = np.ma.filled(values.astype(np.float32, copy=False), np.nan)
    scaled = plain - mean[:, None, None]
    scaled /= std[:, None, None]
    return torch.from_numpy(scaled).nan_to_num_(nan=0.0)
