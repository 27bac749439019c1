"""Classes of labels and maps: a value, a name, a colour, and how a raster file keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from colorsys import hls_to_rgb
from typing import NamedTuple
from xml.etree import ElementTree

import rasterio.shutil
from rasterio.io import MemoryFile

from convista.scenes.files import OpenRaster, RasterFile, readable

Colour = tuple[int, int, int]


class ClassInfo(NamedTuple):
    """One class of a raster of labels or of a map."""

    value: int
    name: str
    colour: Colour
    """Red, green, blue, 0 … 255."""


_DISTINCT: tuple[Colour, ...] = (
    (0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167),
    (240, 228, 66), (86, 180, 233), (213, 94, 0), (136, 34, 85),
    (153, 153, 51), (51, 34, 136), (221, 221, 221), (17, 119, 51),
)  # fmt: skip
"""Okabe and Ito's colours, then some of Paul Tol's "muted": told apart by colour-blind readers."""


def distinct_colour(position: int) -> Colour:
    """Return a colour for the class at a position, from 0: no two of the first 255 are the same.

    The first twelve are told apart by colour-blind readers; beyond, hues follow the golden angle and three
    lightnesses take turns.
    """
    if position < len(_DISTINCT):
        return _DISTINCT[position]
    red, green, blue = hls_to_rgb(position * 0.61803398875 % 1, (0.35, 0.55, 0.75)[position % 3], 0.65)
    return round(red * 255), round(green * 255), round(blue * 255)


class Legend(NamedTuple):
    """What a raster file says of its classes, by value; empty where it says nothing."""

    names: Mapping[int, str]
    colours: Mapping[int, Colour]


def read_legend(file: RasterFile) -> Legend:
    """Read category names and colour table of a file's first band, in any format that GDAL reads them from.

    rasterio does not hand out category names; a virtual copy of the file shows them as XML.
    """
    opened = OpenRaster(file)
    try:
        with readable(file), MemoryFile(ext="vrt") as copy:
            rasterio.shutil.copy(opened.dataset, copy.name, driver="VRT")
            band = ElementTree.fromstring(copy.read()).find("VRTRasterBand")
        nodata = opened.dataset.nodata
    finally:
        opened.close()
    if band is None:
        return Legend({}, {})
    categories = [(leaf.text or "").strip() for leaf in band.iterfind("CategoryNames/Category")]
    tagged = {leaf.get("key", ""): (leaf.text or "").strip() for leaf in band.iterfind("Metadata/MDI")}
    names = {value: name for value, name in enumerate(categories) if name and value != nodata}
    names = names or {int(key[6:]): name for key, name in tagged.items() if re.fullmatch(r"CLASS_\d+", key)}
    entries = [tuple(int(leaf.get(c, 0)) for c in ("c1", "c2", "c3")) for leaf in band.iterfind("ColorTable/Entry")]
    colours = {value: (red, green, blue) for value, (red, green, blue) in enumerate(entries)}
    return Legend(names, colours)


def category_xml(classes: Sequence[ClassInfo]) -> str:
    """Return the side-car file ``<raster>.aux.xml`` in which GDAL and QGIS look for the names of classes."""
    root = ElementTree.Element("PAMDataset")
    categories = ElementTree.SubElement(ElementTree.SubElement(root, "PAMRasterBand", band="1"), "CategoryNames")
    names = {c.value: c.name for c in classes}
    for value in range(max(names, default=-1) + 1):
        ElementTree.SubElement(categories, "Category").text = names.get(value, "")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
