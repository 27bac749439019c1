"""Where the values of a trace are kept: in memory or on disk, as they are or in half precision."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from convista.errors import ConvistaError
from convista.failures import told_as

Half = Literal["float16", "bfloat16"]
_HALVES = {"float16": torch.float16, "bfloat16": torch.bfloat16}

_SMALL = 1 << 16
"""Bytes up to which a tensor stays in memory: a file of its own pages would cost more than it saves."""
_ALIGNED = 64


class Store:
    """Keeps values in memory.

    Parameters
    ----------
    precision
        ``"float16"`` (11 bits) or ``"bfloat16"`` (8 bits) for activations and gradients; None keeps them as they
        are. Parameters and whole numbers always are. What does not fit float16's range is kept as bfloat16.
    """

    def __init__(self, precision: Half | None = None) -> None:
        if precision is not None and precision not in _HALVES:
            raise ConvistaError("tracing.no_such_precision", precision=precision, known=", ".join(_HALVES))
        self._half = None if precision is None else _HALVES[precision]

    @property
    def rounds(self) -> bool:
        """Whether half precision was asked for."""
        return self._half is not None

    def keep(self, tensor: Tensor, *, whole: bool = False, copy: bool = True) -> Tensor:
        """Return a tensor of the same value that nothing else changes.

        Parameters
        ----------
        tensor
            What to keep.
        whole
            Whether to keep it in its own precision, whatever was asked for.
        copy
            False if nobody else holds the tensor, so that it can be kept itself.
        """
        dtype = tensor.dtype if whole else self.dtype_of(tensor)
        return self._put(tensor.detach(), dtype, copy=copy)

    def dtype_of(self, tensor: Tensor) -> torch.dtype:
        """Return the precision in which a tensor is kept."""
        if self._half is None or not tensor.is_floating_point() or tensor.dtype.itemsize <= 2:
            return tensor.dtype
        return torch.bfloat16 if self._half == torch.float16 and not _fits(tensor) else self._half

    def is_still(self, kept: Tensor, tensor: Tensor) -> bool:
        """Tell whether a tensor still has the values that were kept of it; where none were, nobody can."""
        if kept.is_meta or kept.shape != tensor.shape:
            return kept.is_meta and tensor.is_meta
        now = tensor.detach().to(kept.device, kept.dtype)
        return bool(((now == kept) | (now.isnan() & kept.isnan())).all())

    def _put(self, tensor: Tensor, dtype: torch.dtype, *, copy: bool) -> Tensor:
        return tensor.clone() if copy and dtype == tensor.dtype else tensor.to(dtype)


class DiskStore(Store):
    """Keeps values in a file of a temporary folder, mapped into memory; the folder goes when the store does.

    Parameters
    ----------
    folder
        Where the temporary folder is made; it must exist.
    precision
        As for `Store`.

    Raises
    ------
    ConvistaError
        If nothing can be written there; later, if the disk is full, after the temporary folder is removed.
    """

    def __init__(self, folder: str | Path, precision: Half | None = None) -> None:
        super().__init__(precision)
        with told_as("tracing.cannot_keep", folder=folder):
            made = tempfile.mkdtemp(prefix="convista-trace-", dir=folder)
            # Files that are mapped cannot be removed everywhere; then the system's cleaning finds them.
            self._removal = weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
            self._file = Path(made, "values")
            self._file.touch()

    def close(self) -> None:
        """Remove the temporary folder; what is mapped stays readable where the system allows that."""
        self._removal()

    def _put(self, tensor: Tensor, dtype: torch.dtype, *, copy: bool) -> Tensor:
        values = tensor.to("cpu", dtype).contiguous()
        raw = values.view(-1).view(torch.uint8).numpy() if values.numel() else np.empty(0, np.uint8)
        if raw.nbytes <= _SMALL:
            return values.clone() if copy else values
        try:
            # Written, not assigned through the mapping: a full disk is an error here and a crash there.
            with told_as("tracing.no_longer_kept", folder=self._file.parents[1]), self._file.open("ab") as file:
                file.write(bytes(-file.tell() % _ALIGNED))
                start = file.tell()
                file.write(raw.data)
        except ConvistaError:
            self.close()
            raise
        mapped = np.memmap(self._file, np.uint8, mode="c", offset=start, shape=(raw.nbytes,))
        return torch.from_numpy(mapped).view(dtype).view(values.shape)


def shape_only(tensor: Tensor) -> Tensor:
    """Return a tensor without values that has the shape and precision of one whose values are not kept."""
    return tensor.detach().to("meta")


def _fits(tensor: Tensor) -> bool:
    """Tell whether the rounding of float16 is small against the tensor's largest value."""
    largest = float(torch.nan_to_num(tensor.detach().abs(), posinf=0).max()) if tensor.numel() else 0.0
    limits = torch.finfo(torch.float16)
    return largest == 0 or limits.smallest_normal <= largest <= limits.max
