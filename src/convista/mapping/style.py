"""A style beside a raster, which QGIS takes up when the raster is opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from convista.scenes import ClassInfo


def write_style(raster: Path, classes: Sequence[ClassInfo]) -> Path:
    """Write ``<name>.qml``: the colour and the name of each class."""
    root = ElementTree.Element("qgis", version="3.28.0", styleCategories="Symbology")
    pipe = ElementTree.SubElement(root, "pipe")
    renderer = ElementTree.SubElement(
        pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1", nodataColor=""
    )
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for info in classes:
        colour = "#{:02x}{:02x}{:02x}".format(*info.colour)
        ElementTree.SubElement(
            palette, "paletteEntry", value=str(info.value), color=colour, alpha="255", label=info.name
        )
    ElementTree.indent(root)
    path = raster.with_suffix(".qml")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return path
