"""Bands and their names: STAC common names, the sensors' own ids, and how files write both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple, Protocol

from convista.errors import ConvistaError
from convista.suggestions import nearest


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
        "landsat-4-5": _numbered(_TM[:7]),
        "landsat-8-9": _numbered(_OLI),
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
_WORD = re.compile(rf"(?:{_ID.pattern})(?![^\W_])|[^\W_]+", re.IGNORECASE)
"""A band's id, which may have a blank or an underscore in it, or else letters and digits."""
_OTHER_THAN_THE_BAND = frozenset(
    (
        *("no", "not", "non", "without", "except", "sin"),
        *("minus", "plus", "over", "ratio", "diff", "difference", "delta", "change", "sum", "index"),
        *("menos", "razón", "razon", "diferencia", "cambio", "índice", "indice"),
        *("ndvi", "gndvi", "ndre", "ndwi", "mndwi", "ndmi", "ndsi", "ndbi", "nbr", "evi", "evi2", "savi", "bsi"),
        *("std", "stddev", "stdev", "variance", "var", "count", "cv", "entropy", "texture"),
        *("phase", "coh", "coherence", "angle"),
        *("mask", "datamask", "máscara", "mascara", "qa", "error", "uncertainty"),
    )
)
"""Words beside a band's name that say: not this band, or something made of it, or something about it."""

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


class Mention(NamedTuple):
    """Which band a file name or a description means; nothing where it means none, or several."""

    id: str | None
    name: str | None


def mentioned(text: str) -> Mention:
    """Return the band id and the common name that stand as words of their own in a file name or description.

    The red edge is not red, ``"narrow NIR"`` is not the broad one, and ``"SWIR 1"`` is one word. What denies a band
    or is made of one is none: ``"no red"``, ``"B4_minus_B8"``, ``"NDVI_B8_B4"``, ``"red_std"``, ``"B04_mask"``.
    Where the number of a band in its file stands beside its id, as in ``"Band 1 (B2)"``, the id counts.
    """
    words = [found[0] for found in _WORD.finditer(_joined(text))]
    ids = {n: word for n, word in enumerate(words) if _ID.fullmatch(word)}
    names = {n: _WORDS[word.lower()] for n, word in enumerate(words) if word.lower() in _WORDS}
    if _is_other(words, (*ids, *names)):
        return Mention(None, None)
    short = [word for word in ids.values() if not word.lower().startswith("band")]
    meant = {plain(word): word for word in short or ids.values()}
    if len(meant) > 1:
        return Mention(None, None)
    return Mention(next(iter(meant.values()), None), _only(set(names.values())))


def written_id(text: str) -> str | None:
    """Return the band id that a file name or description means, see `mentioned`."""
    return mentioned(text).id


def written_name(text: str) -> str | None:
    """Return the common name that a file name or description means, see `mentioned`; None if several do."""
    return mentioned(text).name


def written_polarisation(text: str) -> str | None:
    """Return the polarisation that stands as a word in a file name, whatever else does, or None."""
    words = [found[0].lower() for found in re.finditer(r"[^\W\d_]+", text)]
    found = {n: _POLARISATIONS[word] for n, word in enumerate(words) if word in _POLARISATIONS}
    return None if _is_other(words, found) else _only(set(found.values()))


def _is_other(words: Sequence[str], places: Iterable[int]) -> bool:
    """Whether a word beside one of these places says that something other than the band is meant."""
    beside = {words[place + step].lower() for place in places for step in (-1, 1) if 0 <= place + step < len(words)}
    return bool(beside & _OTHER_THAN_THE_BAND)


def _joined(text: str) -> str:
    """Write names of two words as one."""
    text = re.sub(r"red[ _-]*edge", "rededge", text, flags=re.IGNORECASE)
    text = re.sub(r"narrow[ _-]*nir|nir[ _-]*narrow", "nir08", text, flags=re.IGNORECASE)
    return re.sub(r"swir[ _-]*([12])(?!\d)", r"swir\1", text, flags=re.IGNORECASE)


def _only(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None


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
    raise ConvistaError(
        "scenes.bands.unknown_sensor", sensor=name, known=", ".join(SENSORS), hint=nearest(name, SENSORS)
    )


def _known(sensor: str) -> str | None:
    return sensor if sensor in SENSORS else None
