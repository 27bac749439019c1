"""A style beside a raster, which QGIS takes up when the raster is opened: ``<name>.qml``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import rasterio

from convista.scenes import ClassInfo

RAMP = ("#00224e", "#414d6b", "#7c7b78", "#bcaf6f", "#fee838")
"""Five colours of cividis, from low to high, evenly spaced."""
CUT = 2.0
"""Percent of the pixels at either end that a ramp found from a raster does not stretch to."""
LOOKED_AT = 512
"""Rows and columns, at most, from which such a ramp is found."""


def write_style(raster: Path, classes: Sequence[ClassInfo]) -> Path:
    """Write the colour and the name of each class."""
    renderer = _renderer("paletted")
    palette = ElementTree.SubElement(renderer, "colorPalette")
    for info in classes:
        colour = "#{:02x}{:02x}{:02x}".format(*info.colour)
        ElementTree.SubElement(
            palette, "paletteEntry", value=str(info.value), color=colour, alpha="255", label=info.name
        )
    return _written(raster, renderer)


def write_ramp(raster: Path, unit: str | None = None, ends: tuple[float, float] | None = None) -> Path:
    """Write a ramp of colours for the first band, with its unit in the legend.

    Parameters
    ----------
    unit
        Stands after the numbers; None for none.
    ends
        What the first and the last colour mean; None for what lies between all but the outermost 2 % of the pixels.
    """
    low, high = ends or _stretch(raster)
    renderer = _renderer("singlebandpseudocolor", classificationMin=f"{low:.7g}", classificationMax=f"{high:.7g}")
    origin = ElementTree.SubElement(renderer, "minMaxOrigin")
    ElementTree.SubElement(origin, "limits").text = "None"
    shader = ElementTree.SubElement(
        ElementTree.SubElement(renderer, "rastershader"), "colorrampshader", colorRampType="INTERPOLATED",
        classificationMode="1", clip="0", minimumValue=f"{low:.7g}", maximumValue=f"{high:.7g}",
    )  # fmt: skip
    for value, colour in zip(np.linspace(low, high, len(RAMP)), RAMP, strict=True):
        ElementTree.SubElement(
            shader, "item", value=f"{value:.7g}", color=colour, alpha="255", label=f"{value:.4g}"
        )
    ElementTree.SubElement(
        shader, "rampLegendSettings", suffix=f" {unit}" if unit else "", prefix="", useContinuousLegend="1",
        minimumLabel="", maximumLabel="", direction="0", orientation="2",
    )  # fmt: skip
    return _written(raster, renderer)


def _stretch(raster: Path) -> tuple[float, float]:
    """Return the lowest and the highest value of the first band but for outliers; 0 and 1 if it has none."""
    with rasterio.open(raster) as file:
        few = max(1, -(-max(file.shape) // LOOKED_AT))
        values = file.read(1, out_shape=(-(-file.height // few), -(-file.width // few)), masked=True)
    seen = np.ma.masked_invalid(values).compressed()
    if not seen.size:
        return 0.0, 1.0
    low, high = (float(end) for end in np.percentile(seen, [CUT, 100 - CUT]))
    return (low, high) if low < high else (low, low + 1)


def _renderer(kind: str, **further: str) -> ElementTree.Element:
    always = {"type": kind, "band": "1", "opacity": "1", "alphaBand": "-1", "nodataColor": ""}
    return ElementTree.Element("rasterrenderer", always | further)


def _written(raster: Path, renderer: ElementTree.Element) -> Path:
    root = ElementTree.Element("qgis", version="3.28.0", styleCategories="Symbology")
    ElementTree.SubElement(root, "pipe").append(renderer)
    ElementTree.indent(root)
    path = raster.with_suffix(".qml")
    head = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
    path.write_text(head + ElementTree.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return path
