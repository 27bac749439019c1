"""Raster attribute tables: the names and colours that a file gives its values, as GDAL shows them in XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from convista.scenes.labels.classes import Colour

_GENERIC, _NAME, _MINIMUM, _MAXIMUM, _BOTH, _RED, _GREEN, _BLUE = 0, 2, 3, 4, 5, 6, 7, 8
"""Of GDAL's GDALRATFieldUsage."""
_REAL, _TEXT = 1, 2
"""Of GDAL's GDALRATFieldType."""
_COLOURS = ((_RED, "red"), (_GREEN, "green"), (_BLUE, "blue"))
_VALUES = {"value", "values", "val", "pixel value", "valor"}
_NAMES = {"class_name", "class_names", "classname", "class", "name", "label", "category", "land_cover", "landcover",
          "clase", "nombre", "etiqueta"}  # fmt: skip
"""What columns are called whose use the table does not say."""


class AttributeTable(NamedTuple):
    """What a table says of values; only of those that it names."""

    names: Mapping[int, str]
    colours: Mapping[int, Colour]


def read_table(element: Element) -> AttributeTable:
    """Read a ``GDALRasterAttributeTable``.

    The values are those of the column that the table says has them, or is called so; else rows are counted from
    the table's first value on, in its steps. Rows of several values are left out.
    """
    fields = [_Field.of(leaf) for leaf in element.iterfind("FieldDefn")]
    rows = [[(cell.text or "").strip() for cell in row.iterfind("F")] for row in element.iterfind("Row")]
    rows = [row for row in rows if len(row) == len(fields)]
    first, step = float(element.get("Row0Min", 0)), float(element.get("BinSize", 1))
    low = _column(fields, (_BOTH, _MINIMUM), _VALUES)
    high = _column(fields, (_MAXIMUM,), set())
    name = _name_column(fields, rows)
    red, green, blue = (_column(fields, (use,), {word}) for use, word in _COLOURS)
    names: dict[int, str] = {}
    colours: dict[int, Colour] = {}
    for number, row in enumerate(rows):
        value = _whole(row[low]) if low is not None else _whole(first + number * step)
        if value is None or (high is not None and _whole(row[high]) != value):
            continue
        if name is not None and row[name]:
            names[value] = row[name]
        if red is not None and green is not None and blue is not None:
            colours[value] = (_byte(fields, row, red), _byte(fields, row, green), _byte(fields, row, blue))
    return AttributeTable(names, colours)


class _Field(NamedTuple):
    name: str
    type: int
    usage: int

    @classmethod
    def of(cls, leaf: Element) -> _Field:
        kind, usage = (int(leaf.findtext(tag) or 0) for tag in ("Type", "Usage"))
        return cls((leaf.findtext("Name") or "").strip(), kind, usage)


def _column(fields: list[_Field], usages: tuple[int, ...], words: set[str]) -> int | None:
    """Return the column of a use, else the one of a name whose use nobody said."""
    for usage in usages:
        for number, field in enumerate(fields):
            if field.usage == usage:
                return number
    generic = (n for n, field in enumerate(fields) if field.usage == _GENERIC and field.name.lower() in words)
    return next(generic, None)


def _name_column(fields: list[_Field], rows: list[list[str]]) -> int | None:
    """Return the column of names: the one of that use, one that is called so, or the only one of text."""
    found = _column(fields, (_NAME,), set())
    if found is not None:
        return found
    texts = [n for n, field in enumerate(fields) if field.type == _TEXT and any(row[n] for row in rows)]
    called = [n for n in texts if fields[n].name.lower() in _NAMES]
    if called:
        return called[0]
    return texts[0] if len(texts) == 1 else None


def _whole(value: str | float) -> int | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _byte(fields: list[_Field], row: list[str], column: int) -> int:
    """Return a part of a colour as 0 … 255; real numbers are from 0 to 1."""
    part = float(row[column] or 0) * (255 if fields[column].type == _REAL else 1)
    return round(max(0, min(255, part)))
