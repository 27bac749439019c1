"""What a raster file says of its classes: names and colours, in any of the ways that GDAL and QGIS write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import rasterio.shutil
from rasterio.io import MemoryFile

from convista.scenes.files.formats import is_remote
from convista.scenes.files.open_raster import OpenRaster, readable
from convista.scenes.files.raster_file import RasterFile
from convista.scenes.labels.attribute_table import AttributeTable, read_table
from convista.scenes.labels.class_colours import LARGEST_FILE, qgis_palette
from convista.scenes.labels.classes import Colour


class Legend(NamedTuple):
    """What a raster file says of its classes, by value; empty where it says nothing."""

    names: Mapping[int, str]
    colours: Mapping[int, Colour]
    palette: Mapping[int, Colour]
    """The file's own colour table."""
    complete: bool
    """Whether it names every class: one that has no name there is none."""


def read_legend(file: RasterFile) -> Legend:
    """Read what a file says of the classes in its first band.

    Names are those of its categories, of tags ``CLASS_1`` … , of its attribute table, or of QGIS's style beside it,
    whichever is first; colours those of its colour table, or else those beside the names. rasterio does not hand
    them out; a virtual copy of the file shows them as XML.
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
        return Legend({}, {}, {}, complete=False)
    entries = [tuple(int(leaf.get(c, 0)) for c in ("c1", "c2", "c3")) for leaf in band.iterfind("ColorTable/Entry")]
    palette = {value: (red, green, blue) for value, (red, green, blue) in enumerate(entries)}
    categories = [(leaf.text or "").strip() for leaf in band.iterfind("CategoryNames/Category")]
    tagged = {leaf.get("key", ""): (leaf.text or "").strip() for leaf in band.iterfind("Metadata/MDI")}
    names = {value: name for value, name in enumerate(categories) if name and value != nodata}
    names = names or {int(key[6:]): name for key, name in tagged.items() if re.fullmatch(r"CLASS_\d+", key)}
    if names:
        return Legend(names, palette, palette, complete=True)
    element = band.find("GDALRasterAttributeTable")
    table = AttributeTable({}, {}) if element is None else read_table(element)
    table = table if table.names else _style_beside(file)
    names = {value: name for value, name in table.names.items() if value >= 0 and value != nodata}
    return Legend(names, palette or table.colours, palette, complete=False)


def _style_beside(file: RasterFile) -> AttributeTable:
    """Read the style that QGIS keeps beside a raster, if it gives each value a colour and a name."""
    if not isinstance(file, str) or is_remote(file):
        return AttributeTable({}, {})
    path = Path(file).with_suffix(".qml")
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        return AttributeTable({}, {})
    entries = qgis_palette(path.read_text(encoding="utf-8", errors="replace"))
    named = {entry.value: entry for entry in entries if entry.value is not None}
    return AttributeTable({v: e.name for v, e in named.items()}, {v: e.colour for v, e in named.items()})
