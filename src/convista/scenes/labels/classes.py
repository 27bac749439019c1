"""Classes of labels and maps: a value, a name, a colour, and how a raster file keeps them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from colorsys import hls_to_rgb
from itertools import chain, count
from math import dist
from typing import NamedTuple
from xml.etree import ElementTree

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


_EXPECTED: tuple[tuple[Colour, str], ...] = (
    ((0, 92, 175), "open water|water|agua|sea|mar|lake|lago|laguna|river|rio|sealake|embalse"),
    (
        (24, 110, 52),
        "forest|forests|woodland|trees|tree cover|bosque|bosques|arboles|evergreen forest",
    ),
    ((104, 171, 95), "deciduous forest|bosque caducifolio|broadleaf forest|bosque de frondosas"),
    ((52, 140, 110), "mixed forest|bosque mixto"),
    ((200, 60, 70), "town|urban|city|built up|developed|ciudad|urbano|zona urbana|edificado|construido"),
    ((235, 120, 130), "residential|residencial"),
    ((120, 80, 130), "industrial"),
    ((110, 110, 115), "highway|road|roads|carretera|carreteras|autopista|camino"),
    ((170, 118, 76), "bare soil|barren|bare|soil|suelo|suelo desnudo|rock|roca|desierto|desert"),
    (
        (214, 196, 72),
        "crops|crop|cropland|cultivated|agriculture|cultivo|cultivos|agricultura|annualcrop",
    ),
    ((190, 150, 40), "permanentcrop|permanent crop|cultivo permanente|cultivos permanentes|orchard|frutales"),
    ((176, 140, 98), "shrubland|shrub|scrub|matorral|arbustos|arbustivo"),
    ((160, 205, 90), "herbaceous|grass|grassland|herbaceousvegetation|herbaceo|hierba|herbazal|pastizal|pradera"),
    ((130, 190, 60), "pasture|pastures|pasto|pastos|prado"),
    ((88, 160, 165), "wetlands|wetland|humedal|humedales|marsh|marisma|pantano"),
    ((196, 164, 120), "land|tierra|no water|sin agua"),
    ((240, 248, 255), "snow|ice|snow ice|nieve|hielo|glacier|glaciar"),
    ((190, 195, 205), "cloud|clouds|nube|nubes"),
    ((238, 214, 150), "sand|beach|arena|playa"),
)
"""Colours that people expect, and the names, plain and in lower case, of the classes they expect them of."""

ALIKE = 50
"""Distance of two colours, as points of red, green and blue, at which they are taken for each other on a map."""

_BY_NAME = {name: colour for colour, names in _EXPECTED for name in names.split("|")}


def colours_for(names: Sequence[str], given: Sequence[Colour | None]) -> list[Colour]:
    """Return a colour for each class: the one given, else the one expected of its name, else a distinct one.

    No colour that is chosen here is chosen twice or is one of those given; a distinct one is not like any of the
    others either, as far as there are such.
    """
    chosen = list(given)
    used = {colour for colour in given if colour is not None}
    for position, name in enumerate(names):
        expected = _BY_NAME.get(_plain(name))
        if chosen[position] is None and expected is not None and expected not in used:
            chosen[position] = expected
            used.add(expected)
    spare = _spare(used)
    return [next(spare) if colour is None else colour for colour in chosen]


def _spare(used: set[Colour]) -> Iterator[Colour]:
    """Yield distinct colours that are not used; first those that nobody takes for one that is."""
    unlike = (
        c for c in map(distinct_colour, range(len(_DISTINCT))) if all(dist(c, other) > ALIKE for other in used)
    )
    for colour in chain(list(unlike), map(distinct_colour, count())):
        if colour not in used:
            used.add(colour)
            yield colour


def _plain(name: str) -> str:
    """Return a name in lower case, without accents, with single spaces between its words."""
    letters = unicodedata.normalize("NFD", name.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in letters if not unicodedata.combining(c))))


def category_xml(classes: Sequence[ClassInfo]) -> str:
    """Return the side-car file ``<raster>.aux.xml`` in which GDAL and QGIS look for the names of classes."""
    root = ElementTree.Element("PAMDataset")
    categories = ElementTree.SubElement(ElementTree.SubElement(root, "PAMRasterBand", band="1"), "CategoryNames")
    names = {c.value: c.name for c in classes}
    for value in range(max(names, default=-1) + 1):
        ElementTree.SubElement(categories, "Category").text = names.get(value, "")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"
