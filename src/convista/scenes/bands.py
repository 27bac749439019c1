"""Bands and their names: STAC common names, the sensors' own ids, and how files write both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Protocol

from convista.errors import ConvistaError
from convista.scenes.nearest import nearest


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


class Named(Protocol):
    """Anything that has the name and the id of a band."""

    @property
    def name(self) -> str:
        """Common name, where it is known."""

    @property
    def id(self) -> str:
        """As the file or the sensor has it."""


_OLI = ("coastal", "blue", "green", "red", "nir08", "swir16", "swir22", "pan", "cirrus", "lwir11", "lwir12")
_TM = ("blue", "green", "red", "nir08", "swir16", "lwir", "swir22", "pan")
_POLARISATIONS = MappingProxyType({"vv": "VV", "vh": "VH", "hh": "HH", "hv": "HV"})


def _numbered(names: tuple[str, ...]) -> MappingProxyType[str, str]:
    return MappingProxyType({f"b{number}": name for number, name in enumerate(names, 1)})


SENSORS = MappingProxyType(
    {
        "sentinel-1": _POLARISATIONS,
        "sentinel-2": MappingProxyType(
            {
                "b1": "coastal",
                "b2": "blue",
                "b3": "green",
                "b4": "red",
                "b5": "rededge071",
                "b6": "rededge075",
                "b7": "rededge078",
                "b8": "nir",
                "b8a": "nir08",
                "b9": "nir09",
                "b10": "cirrus",
                "b11": "swir16",
                "b12": "swir22",
            }
        ),
        "landsat-4": _numbered(_TM[:7]),
        "landsat-5": _numbered(_TM[:7]),
        "landsat-7": _numbered(_TM),
        "landsat-8": _numbered(_OLI),
        "landsat-9": _numbered(_OLI),
    }
)
"""Common name of each band id, by sensor; ids as `plain` writes them."""

COMMON_NAMES = frozenset({name for names in SENSORS.values() for name in names.values()})

_OTHER_WORDS = MappingProxyType(
    {
        "nir1": "nir",
        "swir1": "swir16",
        "swir2": "swir22",
        "panchromatic": "pan",
        "aerosol": "coastal",
    }
)
_WORDS = MappingProxyType({name.lower(): name for name in COMMON_NAMES} | dict(_OTHER_WORDS))

_NEAR_NAMES = MappingProxyType({"nir": "nir08", "nir08": "nir", "lwir": "lwir11", "lwir11": "lwir"})
"""Names of one part of the spectrum that only a sensor with both tells apart."""

_ID = re.compile(r"(?:(?:SR|ST)_)?B(?:AND)?[ _]?0*(\d{1,2})(A?)(?:_VCID_(\d))?", re.IGNORECASE)
_SENSOR_WORDS = re.compile(r"(sentinel|landsat)[-_ ]?(\d)", re.IGNORECASE)
_PRODUCTS = (
    (re.compile(r"(?:^|_)L[COTEM]0(\d)_L\d[A-Z]{2}_\d{6}_\d{8}_"), "landsat-"),
    (re.compile(r"(?:^|_)S2[A-D]_MSIL[12][ABC]_\d{8}T\d{6}_"), "sentinel-2"),
    (re.compile(r"^(?:L\d[AC]_)?T\d\d[A-Z]{3}_\d{8}T\d{6}_"), "sentinel-2"),
    (re.compile(r"^\d{4}-\d\d-\d\d[-\d:_]*_Sentinel-2_L[12][AC]_"), "sentinel-2"),
    (re.compile(r"^S1[A-D]_(?:IW|EW|WV|S\d)_(?:GRD|SLC|RAW|OCN)[FHM_]_\d[SA][SD][HV]_\d{8}"), "sentinel-1"),
    (re.compile(r"^s1[a-d]-(?:iw|ew|wv|s)\d?-(?:grd|slc|raw|ocn)-[hv]{2}-\d{8}t\d{6}-"), "sentinel-1"),
)
"""Names that agencies give: products, their band files, and what the Copernicus Browser exports."""


def plain(band_id: str) -> str:
    """Return a band id in the form the tables use: ``"B04"``, ``"SR_B4"``, ``"Band 4"`` → ``"b4"``."""
    found = _ID.fullmatch(band_id.strip())
    if not found:
        return band_id.strip().lower()
    second_gain = "_vcid_2" if found[3] == "2" else ""
    return f"b{found[1]}{found[2]}".lower() + second_gain


def common_name(band_id: str, sensor: str | None) -> str | None:
    """Return the common name of a sensor's band, or None if it has none or the sensor is not known."""
    return SENSORS[sensor].get(plain(band_id)) if sensor else None


def written_id(text: str) -> str | None:
    """Return the band id that stands as a word of its own in a file name or description, or None."""
    found = re.search(rf"(?<![0-9A-Za-z])(?:{_ID.pattern})(?![0-9A-Za-z])", text, re.IGNORECASE)
    return found[0] if found else None


def written_name(text: str) -> str | None:
    """Return the common name that stands as a word in a file name or description; None if none or several do.

    The red edge is not red, ``"narrow NIR"`` is not the broad one, and ``"SWIR 1"`` is one word.
    """
    text = re.sub(r"red[ _-]*edge", "rededge", text.lower())
    text = re.sub(r"narrow[ _-]*nir|nir[ _-]*narrow", "nir08", text)
    text = re.sub(r"swir[ _-]*([12])(?!\d)", r"swir\1", text)
    words = re.split(r"[^0-9a-z]+", text)
    names = {_WORDS[word] for word in words if word in _WORDS}
    return names.pop() if len(names) == 1 else None


def means(request: str, name: str, band_id: str) -> bool:
    """Whether a request, a common name or a sensor's id in any case, means the band with this name and id."""
    asked = request.strip().lower()
    return asked in (name.lower(), band_id.lower()) or plain(asked) == plain(band_id)


def position_of(request: str, bands: Sequence[Named], sensor: str | None) -> int | None:
    """Return the position of the band that a request means, or None.

    A request is a common name or a sensor's id. A name that another sensor's table uses for the same part of the
    spectrum counts too, unless this sensor tells the two apart: Landsat 8 has ``"nir08"`` where ``"nir"`` is asked
    for, Sentinel-2 has both.
    """
    exact = (n for n, band in enumerate(bands) if band.name == request)
    named = (n for n, band in enumerate(bands) if band.name.lower() == request.strip().lower())
    meant = (n for n, band in enumerate(bands) if means(request, band.name, band.id))
    other = _near_name(request, sensor)
    near = (n for n, band in enumerate(bands) if band.name == other)
    return next(chain(exact, named, meant, near), None)


def named_as(request: str, band: Named) -> str:
    """Return the name by which a band that a request means goes on: its own, or the near one it was asked by."""
    return band.name if means(request, band.name, band.id) else request.strip().lower()


def _near_name(request: str, sensor: str | None) -> str | None:
    name = request.strip().lower()
    told_apart = name in SENSORS.get(sensor or "", {}).values()
    return None if told_apart else _NEAR_NAMES.get(name)


def written_sensor(filename: str) -> str | None:
    """Return the sensor that the official name of a product or of its band files states, or None.

    A loose word such as ``landsat8`` in a name that somebody chose only suggests it, and is not taken.
    """
    for pattern, sensor in _PRODUCTS:
        if found := pattern.search(filename):
            return _known(sensor + (found[1] if found.groups() else ""))
    return None


def sensor_named(name: str) -> str:
    """Return the sensor a caller means: ``"Sentinel2"`` and ``"sentinel-2"`` are one.

    Raises
    ------
    ConvistaError
        If there is no table for it.
    """
    found = _SENSOR_WORDS.fullmatch(name.strip().lower().rstrip("abcd"))
    if found and (sensor := _known(f"{found[1]}-{found[2]}")):
        return sensor
    raise ConvistaError("scenes.unknown_sensor", sensor=name, known=", ".join(SENSORS), hint=nearest(name, SENSORS))


def _known(sensor: str) -> str | None:
    return sensor if sensor in SENSORS else None
