"""Landsat metadata: the MTL file in its three spellings, and the factors it gives each band.

Keys are those of Collection 2; Collection 1 and what came before have those of level 1 in a group of another name.
"""

from __future__ import annotations

import json
import re
from math import radians, sin
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from convista.errors import ConvistaError
from convista.scenes.products.calibration import RadiometricCalibration

FILL = 0
"""The raw value of every band where there is no datum (Landsat product guides); the files do not tag it."""

_PRODUCT = re.compile(r"(.+?_T[12]|.+?_RT|L[COTEM]\d{14}[A-Z]{3}\d\d)_", re.IGNORECASE)
"""Of the name of a band file: the product. Before Collection 1 it ends with the station and a version: LGN01."""

_BAND_FILE = re.compile(
    r"L[COTEM](?:0\d_L\d[A-Z]{2}_\d{6}_\d{8}_\d{8}_\d\d_(?:T[12]|RT)|\d{14}[A-Z]{3}\d\d)"
    r"_(?:S[RT]_)?B\d{1,2}(?:_VCID_\d)?\.tiff?",
    re.IGNORECASE,
)

Groups = dict[str, dict[str, str]]
"""Keys and values by the group that holds them: the same key stands in several groups with different values."""


def read_mtl(path: Path) -> Groups:
    """Read an MTL file, .txt, .json or .xml.

    Raises
    ------
    ConvistaError
        If it cannot be read as what its suffix says.
    """
    readers = {".json": _from_json, ".xml": _from_xml}
    try:
        return readers.get(path.suffix.lower(), _from_text)(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise ConvistaError("scenes.products.metadata_unreadable", file=path, reason=error) from error


def is_delivered(filename: str) -> bool:
    """Whether a file's name is that of a band of a product, whose fill is known."""
    return _BAND_FILE.fullmatch(filename) is not None


def find_mtl(band_file: Path) -> Path | None:
    """Return the MTL file of the product that a band file belongs to, or None."""
    product = _PRODUCT.match(band_file.name)
    if not product or not band_file.parent.is_dir():
        return None
    wanted = {f"{product[1]}_mtl{suffix}".lower() for suffix in (".txt", ".json", ".xml")}
    return next((p for p in sorted(band_file.parent.iterdir()) if p.name.lower() in wanted), None)


def read_calibration(metadata: Path, band_id: str) -> RadiometricCalibration:
    """Return the factors that an MTL file gives a band, see `calibration`.

    Raises
    ------
    ConvistaError
        If the file cannot be read, or has words where numbers should be.
    """
    groups = read_mtl(metadata)
    try:
        return calibration(groups, band_id)
    except ValueError as error:
        raise ConvistaError("scenes.products.metadata_unreadable", file=metadata, reason=error) from error


def calibration(groups: Groups, band_id: str) -> RadiometricCalibration:
    """Return the factors of one band: surface reflectance and temperature, or reflectance at the top of atmosphere.

    ``SR_B4`` and ``ST_B10`` are level-2 products, ``B4`` a level-1 band. Level-1 reflectance is divided by the sine
    of the sun's elevation, as its definition asks; a level-1 band without reflectance (thermal) gives radiance.
    """
    number = re.sub(r"^(SR_|ST_)?B0*", "", band_id.upper())
    if band_id.upper().startswith("SR_"):
        group = groups.get("LEVEL2_SURFACE_REFLECTANCE_PARAMETERS", {})
        return _factors(group, "REFLECTANCE", number, "reflectance")
    if band_id.upper().startswith("ST_"):
        group = groups.get("LEVEL2_SURFACE_TEMPERATURE_PARAMETERS", {})
        return _factors(group, "TEMPERATURE", band_id.upper(), "K")
    group = groups.get("LEVEL1_RADIOMETRIC_RESCALING", groups.get("RADIOMETRIC_RESCALING", {}))
    reflectance = _factors(group, "REFLECTANCE", number, "reflectance")
    if reflectance.scale is None:
        return _factors(group, "RADIANCE", number, "W/(m² sr µm)")
    elevation = groups.get("IMAGE_ATTRIBUTES", {}).get("SUN_ELEVATION")
    if elevation is None or reflectance.offset is None:
        return reflectance
    height = sin(radians(float(elevation)))
    return reflectance._replace(scale=reflectance.scale / height, offset=reflectance.offset / height)


def _factors(group: dict[str, str], quantity: str, band: str, unit: str) -> RadiometricCalibration:
    scale, offset = group.get(f"{quantity}_MULT_BAND_{band}"), group.get(f"{quantity}_ADD_BAND_{band}")
    if scale is None or offset is None:
        return RadiometricCalibration()
    return RadiometricCalibration(float(scale), float(offset), FILL, unit)


def _from_text(text: str) -> Groups:
    groups: Groups = {}
    group = ""
    for line in text.splitlines():
        key, equals, value = (part.strip() for part in line.partition("="))
        if key == "GROUP":
            group = value
        elif equals and key != "END_GROUP":
            groups.setdefault(group, {})[key] = value.strip('"')
    if not groups:
        raise ValueError("no KEY = VALUE line")
    return groups


def _from_json(text: str) -> Groups:
    return _grouped(json.loads(text))


def _from_xml(text: str) -> Groups:
    root = ElementTree.fromstring(text)
    return {group.tag: {leaf.tag: (leaf.text or "").strip() for leaf in group} for group in root}


def _grouped(tree: dict[str, Any]) -> Groups:
    ((_, groups),) = tree.items()
    return {name: {key: str(value) for key, value in keys.items()} for name, keys in groups.items()}
