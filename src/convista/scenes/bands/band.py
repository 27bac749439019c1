"""A band of a scene: its names, and what its raw values mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Band:
    """One input layer of a scene.

    Scaled values are raw · scale + offset; scale and offset are 1 and 0 where nothing says otherwise.
    """

    name: str
    """STAC common name where it is known (``"red"``, ``"nir"``, ``"VV"``), else the id, else ``"band1"`` …"""
    id: str
    """As the file or the sensor has it: ``"B04"``."""
    scale: float = 1.0
    offset: float = 0.0
    dtype: str = "float32"
    """Of the raw values."""
    unit: str | None = None
    nodata: float | None = None
    """A raw value that means no datum."""
    nodata_stated: bool = False
    """Whether the caller said so, and no file."""
    mask_stated: bool = False
    """Whether the caller said which band or file is its mask."""


class NamedBand(Protocol):
    """Anything that has the name and the id of a band."""

    @property
    def name(self) -> str:
        """Common name, where it is known."""

    @property
    def id(self) -> str:
        """As the file or the sensor has it."""
