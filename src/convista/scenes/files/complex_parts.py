"""Complex imagery, such as radar before detection: which real numbers a band of it is read as.

A band VV of complex numbers z is read as ``VV``, its intensity in decibels, 10 · log10 |z|², as detected radar is;
and, by its name with one of `PARTS` behind it, as something else: ``VV_amplitude``, ``VV_phase``, ``VV_real``,
``VV_imaginary``. A z of 0, which has neither logarithm nor phase and fills the borders of products, is no datum in
any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray


class Part(NamedTuple):
    """A real number made of a complex one."""

    of: Callable[[NDArray[Any]], NDArray[Any]]
    unit: str | None


def decibels(z: NDArray[Any]) -> NDArray[np.float32]:
    """Return 10 · log10 |z|²; −∞ of 0."""
    with np.errstate(divide="ignore"):
        return np.asarray(20 * np.log10(np.abs(z)), np.float32)


USUAL = "decibels"
PARTS: Mapping[str, Part] = MappingProxyType(
    {
        USUAL: Part(decibels, "dB"),
        "amplitude": Part(np.abs, None),
        "phase": Part(np.angle, "rad"),
        "real": Part(np.real, None),
        "imaginary": Part(np.imag, None),
    }
)


def asked_part(name: str) -> tuple[str, str | None]:
    """Take a request apart: ``"VV_phase"`` is ``("VV", "phase")``, ``"VV"`` is ``("VV", None)``."""
    band, _, part = name.rpartition("_")
    return (band, part.lower()) if band and part.lower() in PARTS else (name, None)


def is_complex(dtype: str) -> bool:
    """Whether a raster's type, in rasterio's words, is one of complex numbers, whole ones included."""
    return dtype.startswith("complex")
