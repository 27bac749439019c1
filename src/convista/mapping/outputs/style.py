"""Styles that QGIS takes up by itself: beside a raster as ``<name>.qml``, of polygons inside their GeoPackage."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import rasterio

from convista.cividis import CIVIDIS
from convista.scenes import ClassInfo
from convista.whole_file import write_file

RAMP = tuple("#{:02x}{:02x}{:02x}".format(*colour) for colour in CIVIDIS[::3])
"""Five colours of cividis, from low to high, evenly spaced."""
HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
RESERVED = ("sqlite_", "gpkg", "rtree_", "layer_styles")
"""Beginnings of names of tables that are not a user's to give."""
LAYER_STYLES = """CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))"""
"""The table in which QGIS keeps the styles of a GeoPackage."""
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


def layer_name(stem: str) -> str:
    """Return how polygons are called in a GeoPackage: as their file, unless SQLite or GDAL forbid that."""
    possible = re.match(r"\w", stem) and not stem.lower().startswith(RESERVED)
    return stem if possible else f"map_{stem}"


def keep_style(package: Path, layer: str, classes: Sequence[ClassInfo]) -> None:
    """Write the colour and the name of each class into a GeoPackage, as QGIS does: table ``layer_styles``.

    Raises
    ------
    sqlite3.Error
        If it cannot be written.
    """
    with closing(sqlite3.connect(package)) as database, database:
        database.execute(LAYER_STYLES)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES "
            "('layer_styles', 'attributes', 'layer_styles')"
        )
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
            "styleName, styleQML, styleSLD, useAsDefault, description, owner) "
            "SELECT '', '', table_name, column_name, table_name, ?, '', 1, '', '' "
            "FROM gpkg_geometry_columns WHERE table_name = ?",
            (_text(_categories(classes)), layer),
        )


def _categories(classes: Sequence[ClassInfo]) -> ElementTree.Element:
    """Return what draws polygons in the colour of their field ``class``."""
    renderer = ElementTree.Element("renderer-v2", type="categorizedSymbol", attr="class", symbollevels="0")
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    for number, info in enumerate(classes):
        ElementTree.SubElement(
            categories, "category", value=str(info.value), type="integer", label=info.name, symbol=str(number),
            render="true",
        )  # fmt: skip
        symbol = ElementTree.SubElement(symbols, "symbol", type="fill", name=str(number), alpha="1")
        fill = ElementTree.SubElement(symbol, "layer", {"class": "SimpleFill"}, enabled="1", locked="0")
        options = ElementTree.SubElement(fill, "Option", type="Map")
        drawn = {"color": "{},{},{},255".format(*info.colour), "style": "solid", "outline_style": "no"}
        for name, value in drawn.items():
            ElementTree.SubElement(options, "Option", type="QString", name=name, value=value)
    return renderer


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
    pipe = ElementTree.Element("pipe")
    pipe.append(renderer)
    return write_file(raster.with_suffix(".qml"), _text(pipe), "mapping.beside_not_written")


def _text(drawn: ElementTree.Element) -> str:
    root = ElementTree.Element("qgis", version="3.28.0", styleCategories="Symbology")
    root.append(drawn)
    ElementTree.indent(root)
    return f"{HEAD}{ElementTree.tostring(root, encoding='unicode')}\n"
