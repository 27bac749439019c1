"""Which colour means which class, as people write it: in a line, or in the files of mapping programs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from convista.errors import ConvistaError
from convista.scenes.labels.classes import Colour

ClassColours = Mapping[str, Colour | str] | str | os.PathLike[str]
LARGEST_FILE = 2**24
"""Bytes of a table of colours: more is something else."""
_COLUMNS = {
    "value": {"value", "val", "code", "id", "class_id", "valor", "codigo"},
    "name": {"name", "class", "label", "class_name", "classname", "category", "nombre", "clase", "etiqueta"},
    "red": {"r", "red", "rojo"},
    "green": {"g", "green", "verde"},
    "blue": {"b", "blue", "azul"},
    "colour": {"colour", "color", "hex", "rgb"},
}
"""What the columns of a table are called that has a line of headings."""
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)


class ClassColour(NamedTuple):
    """One line of a table of colours."""

    name: str
    colour: Colour
    value: int | None = None
    """The number that the table gives the class, if it does."""


def hexadecimal(colour: Colour) -> str:
    """Return a colour as ``#rrggbb``."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def colour_of(text: str) -> Colour:
    """Read a colour: ``#00ff00``, ``#0f0`` or ``0 255 0``.

    Raises
    ------
    ConvistaError
        If it is none.
    """
    written = text.strip()
    if _HEX.fullmatch(written):
        digits = "".join(2 * d for d in written[1:]) if len(written) == 4 else written[1:7]
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    numbers = re.findall(r"\d+", written)
    if len(numbers) == 3 and re.fullmatch(r"(rgb)?[\d\s,;()]+", written, re.IGNORECASE):
        red, green, blue = map(int, numbers)
        if max(red, green, blue) <= 255:
            return red, green, blue
    raise ConvistaError("scenes.labels.no_colour", text=text)


def class_colours(given: ClassColours) -> tuple[ClassColour, ...]:
    """Return a table of colours.

    Parameters
    ----------
    given
        A mapping name → colour; or text such as ``"forest=#00ff00,water=#0000ff"``; or a file: QGIS's style
        (``.qml``) or export of a colour map, GDAL's and Esri's ``.clr``, GIMP's ``.gpl``, or a table with columns
        value, name and red, green, blue or colour. A class may have several colours.

    Raises
    ------
    ConvistaError
        If it cannot be read, has no class, or a colour is of two.
    """
    if isinstance(given, Mapping):
        colours = {name: colour_of(c) if isinstance(c, str) else c for name, c in given.items()}
        return _checked(", ".join(colours), [ClassColour(name, colour) for name, colour in colours.items()])
    text = os.fspath(given)
    if isinstance(given, str) and "=" in text and not Path(text).is_file():
        return _checked(text, [_pair(text, pair) for pair in text.split(",") if pair.strip()])
    path = Path(text)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConvistaError("scenes.labels.no_class_colours", source=path)
        written = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise ConvistaError("scenes.labels.class_colours_unreadable", source=text, reason=error.strerror) from error
    return _checked(text, qgis_palette(written) if path.suffix.lower() == ".qml" else list(_lines(text, written)))


def qgis_palette(written: str) -> list[ClassColour]:
    """Return the entries of a style of QGIS that gives each value a colour; none of what is no such style."""
    if "<!ENTITY" in written:  # a style has none, and they can be made to fill the memory
        return []
    try:
        root = ElementTree.fromstring(written)
    except ElementTree.ParseError:
        return []
    found = []
    for leaf in root.iter("paletteEntry"):
        value = leaf.get("value", "")
        if re.fullmatch(r"\d+", value) and _HEX.fullmatch(leaf.get("color", "")):
            name = (leaf.get("label") or value).strip()
            found.append(ClassColour(name, colour_of(leaf.get("color", "")), int(value)))
    return found


def _checked(source: str, entries: Sequence[ClassColour]) -> tuple[ClassColour, ...]:
    if not entries:
        raise ConvistaError("scenes.labels.no_class_colours", source=source)
    owner: dict[Colour, str] = {}
    for entry in entries:
        if owner.setdefault(entry.colour, entry.name) != entry.name:
            names = f"{owner[entry.colour]}, {entry.name}"
            raise ConvistaError("scenes.labels.colour_of_two", colour=hexadecimal(entry.colour), names=names)
    return tuple(dict.fromkeys(entries))


def _pair(text: str, pair: str) -> ClassColour:
    name, equals, colour = (part.strip() for part in pair.rpartition("="))
    if not (name and equals):
        raise ConvistaError("scenes.labels.no_class_colours", source=text)
    return ClassColour(name, colour_of(colour))


def _lines(source: str, written: str) -> Iterator[ClassColour]:
    """Read a table line by line, whatever parts its columns."""
    columns: list[str | None] | None = None
    for number, line in enumerate(written.splitlines(), 1):
        plain = line.strip()
        if not plain or _is_remark(plain):
            continue
        cells = _cells(plain)
        if columns is None and (heads := _headings(cells)):
            columns = heads
            continue
        try:
            yield _by_headings(cells, columns) if columns else _by_place(cells)
        except (ValueError, ConvistaError) as error:
            raise ConvistaError(
                "scenes.labels.class_colours_line", source=source, number=number, line=plain
            ) from error


def _is_remark(line: str) -> bool:
    started = line.startswith("#") and not _HEX.match(line)
    return started or bool(re.match(r"(INTERPOLATION:|GIMP Palette|Name:|Columns:|//)", line))


def _cells(line: str) -> list[str]:
    # A palette of GIMP parts numbers by spaces, and the name alone by a tab.
    separator = "\t" if line.count("\t") > 1 else next((mark for mark in ";," if mark in line), None)
    return [cell.strip().strip('"') for cell in (line.split(separator) if separator else line.split())]


def _headings(cells: Sequence[str]) -> list[str | None]:
    """Return what each column holds; nothing if the line is none of headings."""
    found = [next((key for key, words in _COLUMNS.items() if cell.lower() in words), None) for cell in cells]
    whole = {"red", "green", "blue"} <= set(found) or "colour" in found
    return found if whole else []


def _by_headings(cells: Sequence[str], columns: Sequence[str | None]) -> ClassColour:
    row = {key: cell for key, cell in zip(columns, cells, strict=False) if key}
    text = row["colour"] if "colour" in row else " ".join(row.get(c, "") for c in ("red", "green", "blue"))
    value = int(row["value"]) if row.get("value") else None
    return _entry(row.get("name", ""), colour_of(text), value)


def _by_place(cells: Sequence[str]) -> ClassColour:
    """Read value, red, green, blue, perhaps alpha, and name; or red, green, blue, name; or name and colour."""
    count = next((n for n, cell in enumerate(cells) if not cell.isdecimal()), len(cells))
    numbers, words = [int(cell) for cell in cells[:count]], [cell for cell in cells[count:] if cell]
    if count >= 4:
        return _entry(" ".join(words), colour_of(" ".join(cells[1:4])), numbers[0])
    if count == 3 and words:
        return _entry(" ".join(words), colour_of(" ".join(cells[:3])), None)
    value = numbers[0] if count == 1 else None
    hexes = [cell for cell in words if _HEX.fullmatch(cell)]
    if len(hexes) == 1:
        return _entry(" ".join(cell for cell in words if cell != hexes[0]), colour_of(hexes[0]), value)
    name = [cell for cell in words if not cell.isdecimal()]
    return _entry(" ".join(name), colour_of(" ".join(words[len(name) :][:3])), value)


def _entry(name: str, colour: Colour, value: int | None) -> ClassColour:
    if not name and value is None:
        raise ValueError("neither name nor value")
    return ClassColour(name or str(value), colour, value)
