"""Sentinel-2 SAFE products: which files hold the bands, and the factors their XML gives."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from convista.errors import ConvistaError
from convista.scenes.bands import plain
from convista.scenes.calibration import Calibration

_BAND_FILE = re.compile(r"_(B\d[\dA])(?:_(\d\d)m)?\.(?:jp2|tiff?)$", re.IGNORECASE)
_BAND_ORDER = ("b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b8a", "b9", "b10", "b11", "b12")
"""Position is the ``band_id`` of the XML."""


def find_metadata(folder: Path) -> Path | None:
    """Return the product's XML in a SAFE folder or in the one folder that holds it, or None if it is no product.

    Raises
    ------
    ConvistaError
        If several products lie in the folder.
    """
    found = [path for pattern in ("*", "*/*") for path in folder.glob(pattern) if _is_metadata(path)]
    if len(found) > 1:
        products = ", ".join(sorted(path.parent.name for path in found))
        raise ConvistaError("scenes.several_products", folder=folder, products=products)
    return found[0] if found else None


def band_files(product: Path) -> dict[str, Path]:
    """Return the finest file of each band of a product, by band id in the order of the ids."""
    finest: dict[str, tuple[int, Path]] = {}
    for path in sorted(product.rglob("*")):
        found = _BAND_FILE.search(path.name)
        if not found or "IMG_DATA" not in path.parts:
            continue
        band, metres = found[1].upper(), int(found[2] or 0)
        if band not in finest or metres < finest[band][0]:
            finest[band] = metres, path
    order = sorted(finest, key=lambda band: _BAND_ORDER.index(plain(band)))
    return {band: finest[band][1] for band in order}


def read_calibrations(metadata: Path) -> dict[str, Calibration]:
    """Read quantification value, additive offsets and nodata value: band id, as `plain` writes it → factors.

    Scaled reflectance is (raw + offset) / quantification; products before baseline 04.00 have no offset.

    Raises
    ------
    ConvistaError
        If the file is no XML or has no quantification value.
    """
    try:
        leaves = [(leaf.tag.rpartition("}")[2], leaf) for leaf in ElementTree.parse(metadata).getroot().iter()]
        values = {name: leaf.text for name, leaf in leaves}
        quantification = float(values.get("BOA_QUANTIFICATION_VALUE") or values["QUANTIFICATION_VALUE"] or "")
        offsets = {
            int(leaf.attrib["band_id"]): float(leaf.text or "")
            for name, leaf in leaves
            if name in ("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")
        }
        return {
            band: Calibration(
                1 / quantification, offsets.get(i, 0.0) / quantification, _nodata(leaves), "reflectance"
            )
            for i, band in enumerate(_BAND_ORDER)
        }
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise ConvistaError("scenes.metadata_unreadable", file=metadata, reason=error) from error
    except KeyError as error:
        raise ConvistaError("scenes.metadata_incomplete", file=metadata, missing=error.args[0]) from error


def _nodata(leaves: list[tuple[str, ElementTree.Element]]) -> float | None:
    texts = [leaf.text for name, leaf in leaves if name == "SPECIAL_VALUE_TEXT"]
    values = [leaf.text for name, leaf in leaves if name == "SPECIAL_VALUE_INDEX"]
    return next((float(v or "") for t, v in zip(texts, values, strict=True) if t == "NODATA"), None)


def _is_metadata(path: Path) -> bool:
    return re.fullmatch(r"MTD_MSIL[12][AC]\.xml", path.name, re.IGNORECASE) is not None
