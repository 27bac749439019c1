"""Requests: which band a caller means by a name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from types import MappingProxyType

from convista.scenes.bands.band import NamedBand
from convista.scenes.bands.sensors import SENSORS, normalised_id

_NEAR_NAMES = MappingProxyType({"nir": "nir08", "nir08": "nir", "lwir": "lwir11", "lwir11": "lwir"})
"""Names of one part of the spectrum that only a sensor with both tells apart."""


def matches(request: str, name: str, band_id: str) -> bool:
    """Whether a request, a common name or a sensor's id in any case, means the band with this name and id."""
    asked = request.strip().lower()
    return asked in (name.lower(), band_id.lower()) or normalised_id(asked) == normalised_id(band_id)


def position_of(request: str, bands: Sequence[NamedBand], sensor: str | None) -> int | None:
    """Return the position of the band that a request means, or None.

    A request is a common name or a sensor's id. A name that another sensor's table uses for the same part of the
    spectrum counts too, unless this sensor tells the two apart: Landsat 8 has ``"nir08"`` where ``"nir"`` is asked
    for, Sentinel-2 has both.
    """
    exact = (n for n, band in enumerate(bands) if band.name == request)
    named = (n for n, band in enumerate(bands) if band.name.lower() == request.strip().lower())
    meant = (n for n, band in enumerate(bands) if matches(request, band.name, band.id))
    other = _near_name(request, sensor)
    near = (n for n, band in enumerate(bands) if band.name == other)
    return next(chain(exact, named, meant, near), None)


def named_as(request: str, band: NamedBand) -> str:
    """Return the name by which a band that a request means goes on: its own, or the near one it was asked by."""
    return band.name if matches(request, band.name, band.id) else request.strip().lower()


def _near_name(request: str, sensor: str | None) -> str | None:
    name = request.strip().lower()
    told_apart = name in SENSORS.get(sensor or "", {}).values()
    return None if told_apart else _NEAR_NAMES.get(name)
