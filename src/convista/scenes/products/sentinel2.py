"""Sentinel-2 SAFE products: which files hold the bands, and the factors their XML gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from convista.errors import ConvistaError
from convista.scenes.bands.sensors import normalised_id
from convista.scenes.products.calibration import RadiometricCalibration

_BAND_FILE = re.compile(r"_(B\d[\dA])(?:_(\d\d)m)?\.(?:jp2|tiff?)$", re.IGNORECASE)
_METADATA = re.compile(r"(?:MTD_MSI|S2[A-D]_(?:OPER|USER)_MTD_SAF)L(?:1C|2A)(?:_.+)?\.xml", re.IGNORECASE)
"""Of the whole product, in names of today and in those before December 2016."""
_DELIVERED = re.compile(
    r"(?:(?:(?:L2A_)?T\d\d[A-Z]{3}_\d{8}T\d{6}|S2[A-D]_(?:OPER|USER)_MSI_L(?:1C|2A)_TL_\w+?)_B\d[\dA]"
    r"|S2[A-D]_MSIL(?:1C|2A)_\d{8}T\d{6}_N\d{4}_R\d{3}_T\w{5}_\d{8}T\d{6}(?:\.SAFE)?(?:_B\d[\dA])?)(?:_\d\dm)?\.(?:jp2|tiff?)",
    re.IGNORECASE,
)
"""Names of the files of bands in a product, and those that are the product's own name."""
NODATA = 0
"""The raw value where there is no datum, in every product (Sentinel-2 Products Specification Document)."""
_QUANTIFICATION = ("BOA_QUANTIFICATION_VALUE", "L2A_BOA_QUANTIFICATION_VALUE", "QUANTIFICATION_VALUE")
"""Of level 2A, of that before baseline 02.08, of level 1C."""
_BAND_ORDER = ("b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b8a", "b9", "b10", "b11", "b12")
"""Position is the ``band_id`` of the XML."""


def find_metadata(folder: Path) -> Path | None:
    """Return the product's XML in a SAFE folder or in the one folder that holds it, or None if it is no product.

    Raises
    ------
    ConvistaError
        If several products lie in the folder.
    """
    return _one(folder, (path for pattern in ("*", "*/*") for path in folder.glob(pattern)))


def enclosing_metadata(path: Path) -> Path | None:
    """Return the XML of the product in whose folder GRANULE a file or folder lies, or None if it lies in none.

    Raises
    ------
    ConvistaError
        If the product has several.
    """
    for place in (path.absolute(), path.resolve()):  # links may lead into a product, or out of it
        for folder in (place, *place.parents):
            if folder.name.upper() == "GRANULE" and (found := _one(folder.parent, folder.parent.glob("*"))):
                return found
    return None


def is_delivered(filename: str) -> bool:
    """Whether a file's name is that of a product or of a band in one, whose numbers its XML explains."""
    return _DELIVERED.fullmatch(filename) is not None


def band_files(folder: Path) -> dict[str, Path]:
    """Return the finest file of each band in a product or a folder of one, by band id in the order of the ids.

    Raises
    ------
    ConvistaError
        If they are of several granules, which are places of their own.
    """
    finest: dict[str, tuple[int, Path]] = {}
    granules: dict[str, None] = {}
    for path in sorted(folder.absolute().rglob("*")):
        found = _BAND_FILE.search(path.name)
        if not found or "IMG_DATA" not in path.parts:
            continue
        granules[path.parts[path.parts.index("IMG_DATA") - 1]] = None
        band, metres = found[1].upper(), int(found[2] or 0)
        if band not in finest or metres < finest[band][0]:
            finest[band] = metres, path
    if len(granules) > 1:
        raise ConvistaError("scenes.products.several_granules", folder=folder, granules=", ".join(granules))
    order = sorted(finest, key=lambda band: _BAND_ORDER.index(normalised_id(band)))
    return {band: finest[band][1] for band in order}


def read_calibrations(metadata: Path) -> dict[str, RadiometricCalibration]:
    """Read quantification value, additive offsets and nodata value: factors by `normalised_id`.

    Scaled reflectance is (raw + offset) / quantification; products before baseline 04.00 have no offset.

    Raises
    ------
    ConvistaError
        If the file is no XML or has no quantification value.
    """
    try:
        leaves = [(leaf.tag.rpartition("}")[2], leaf) for leaf in ElementTree.parse(metadata).getroot().iter()]
        values = {name: leaf.text for name, leaf in leaves}
        named = next((name for name in _QUANTIFICATION if name in values), _QUANTIFICATION[-1])
        quantification = float(values[named] or "")
        offsets = {
            int(leaf.attrib["band_id"]): float(leaf.text or "")
            for name, leaf in leaves
            if name in ("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")
        }
        return {
            band: RadiometricCalibration(
                1 / quantification, offsets.get(i, 0.0) / quantification, _nodata(leaves), "reflectance"
            )
            for i, band in enumerate(_BAND_ORDER)
        }
    except (OSError, ValueError, ElementTree.ParseError) as error:
        raise ConvistaError("scenes.products.metadata_unreadable", file=metadata, reason=error) from error
    except KeyError as error:
        raise ConvistaError("scenes.products.metadata_incomplete", file=metadata, missing=error.args[0]) from error


def _nodata(leaves: list[tuple[str, ElementTree.Element]]) -> float | None:
    texts = [leaf.text for name, leaf in leaves if name == "SPECIAL_VALUE_TEXT"]
    values = [leaf.text for name, leaf in leaves if name == "SPECIAL_VALUE_INDEX"]
    return next((float(v or "") for t, v in zip(texts, values, strict=True) if t == "NODATA"), None)


def is_metadata(path: Path) -> bool:
    """Whether a file is the XML of a whole product, by its name."""
    return _METADATA.fullmatch(path.name) is not None


def _one(folder: Path, paths: Iterable[Path]) -> Path | None:
    found = [path for path in paths if is_metadata(path)]
    if len(found) > 1:
        products = ", ".join(sorted(path.parent.name for path in found))
        raise ConvistaError("scenes.products.several_products", folder=folder, products=products)
    return found[0] if found else None
