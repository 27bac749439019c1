"""Sensors: the STAC common name of each of their bands, and how agencies name their products."""

from __future__ import annotations

import re
from types import MappingProxyType

from convista.errors import ConvistaError
from convista.suggestions import hint

_OLI = ("coastal", "blue", "green", "red", "nir08", "swir16", "swir22", "pan", "cirrus", "lwir11", "lwir12")
_TM = ("blue", "green", "red", "nir08", "swir16", "lwir", "swir22", "pan")
POLARISATIONS = MappingProxyType({"vv": "VV", "vh": "VH", "hh": "HH", "hv": "HV"})


def _numbered(names: tuple[str, ...]) -> MappingProxyType[str, str]:
    return MappingProxyType({f"b{number}": name for number, name in enumerate(names, 1)})


SENSORS = MappingProxyType(
    {
        "sentinel-1": POLARISATIONS,
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
        "landsat-4-5": _numbered(_TM[:7]),
        "landsat-8-9": _numbered(_OLI),
    }
)
"""Common name of each band id, by sensor; ids as `normalised_id` writes them."""

COMMON_NAMES = frozenset({name for names in SENSORS.values() for name in names.values()})

BAND_ID = re.compile(r"(?:(?:SR|ST)_)?B(?:AND)?[ _]?0*(\d{1,2})(A?)(?:_VCID_(\d))?", re.IGNORECASE)

_SENSOR_WORDS = re.compile(r"(sentinel|landsat)[-_ ]?(\d(?:-\d)?)", re.IGNORECASE)
_BROWSER = r"^\d{4}-\d\d-\d\d[-\d:_]*[,_ ]+"
_PRODUCTS = (
    (re.compile(r"(?:^|_)L[COTEM]0(\d)_L\d[A-Z]{2}_\d{6}_\d{8}_"), "landsat-"),
    (re.compile(r"(?:^|_)L[COTEM](\d)\d{6}\d{7}[A-Z]{3}\d\d(?=[_.]|$)"), "landsat-"),
    (re.compile(r"(?:^|_)S2[A-D]_MSIL[12][ABC]_\d{8}T\d{6}_"), "sentinel-2"),
    (re.compile(r"^(?:L\d[AC]_)?T\d\d[A-Z]{3}_\d{8}T\d{6}_"), "sentinel-2"),
    (re.compile(r"(?:^|_)S2[A-D]_(?:OPER|USER)_(?:MSI|PRD|MTD)_"), "sentinel-2"),
    (re.compile(rf"{_BROWSER}Sentinel-2[A-D]?[_ ]L[12][AC][,_ ]"), "sentinel-2"),
    (re.compile(rf"{_BROWSER}Landsat[_ ](\d(?:-\d)?)[_ ]"), "landsat-"),
    (re.compile(r"^S1[A-D]_(?:IW|EW|WV|S\d)_(?:GRD|SLC|RAW|OCN)[FHM_]_\d[SA][SD][HV]_\d{8}"), "sentinel-1"),
    (re.compile(r"^s1[a-d]-(?:iw|ew|wv|s)\d?-(?:grd|slc|raw|ocn)-[hv]{2}-\d{8}t\d{6}-"), "sentinel-1"),
)
"""Names that agencies give: products, their band files, and what the Copernicus Browser exports."""


def normalised_id(band_id: str) -> str:
    """Return a band id in the form the tables use: ``"B04"``, ``"SR_B4"``, ``"Band 4"`` → ``"b4"``."""
    found = BAND_ID.fullmatch(band_id.strip())
    if not found:
        return band_id.strip().lower()
    second_gain = "_vcid_2" if found[3] == "2" else ""
    return f"b{found[1]}{found[2]}".lower() + second_gain


def common_name(band_id: str, sensor: str | None) -> str | None:
    """Return the common name of a sensor's band, or None if it has none or the sensor is not known."""
    return SENSORS[sensor].get(normalised_id(band_id)) if sensor else None


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
    raise ConvistaError(
        "scenes.bands.unknown_sensor", sensor=name, known=", ".join(SENSORS), hint=hint(name, SENSORS)
    )


def _known(sensor: str) -> str | None:
    return sensor if sensor in SENSORS else None
