"""What the plan of an unfinished map may say, and what its strips must hold: both may come from somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from math import prod
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from rasterio.crs import CRS
from rasterio.errors import CRSError

from convista.errors import ConvistaError
from convista.failures import reason
from convista.learning.runs.fields import Field
from convista.mapping.outputs.rasters import PRODUCTS, Product

LARGEST_STRIP = 2**32
"""Bytes of a strip, unpacked."""
FARTHEST = 1e12
"""Units of a coordinate system, beyond which nothing lies."""
MOST = 2**31 - 1
_SUFFIX = re.compile("(-[a-z]+)?")


def check_plan(plan: Any, file: Path) -> None:
    """See that a plan is of a map that can be, and that its files are the map's own.

    Raises
    ------
    ConvistaError
        If a value is of another kind than it must be, or out of range.
    """
    said = Field(file, "", plan)
    height, _ = (side.whole(1, MOST) for side in said["shape"].elements(2))
    a, b, _, d, e, _ = numbers = [number.number() for number in said["transform"].elements(6)]
    if max(map(abs, numbers)) > FARTHEST or a * e == b * d:
        raise said["transform"].wrong("transform")
    if said["crs"].value is not None:
        try:
            CRS.from_wkt(said["crs"].text())
        except CRSError as error:
            raise said["crs"].wrong("crs") from error
    row = 0
    for rows in said["rows"].elements():
        first, last = rows.elements(2)
        first.whole(row, row)
        row = last.whole(row + 1, height)
    if row != height:
        raise said["rows"].wrong("rows", height=height)
    said["precision"].text()
    products = list(said["products"].elements())
    for product in products:
        _check_product(product)
    kinds = {product["suffix"].value: product["kind"].value for product in products}
    for_polygons = {"": "ClassMap", "-confidence": "Confidence"}.items() <= kinds.items()
    if "" not in kinds or len(kinds) < len(products) or (said["polygons"].flag() and not for_polygons):
        raise said["products"].wrong("products")
    _check_about(said["about"])


def check_strip(file: Path, products: list[Product], rows: int, width: int) -> None:
    """See what a strip says that it holds, before room is made for it.

    Raises
    ------
    ConvistaError
        If that is not the rows of each product, or more than a strip may hold.
    """
    try:
        with ZipFile(file) as archive:
            for number, product in enumerate(products):
                with archive.open(f"arr_{number}.npy") as member:
                    version = np.lib.format.read_magic(member)
                    read: Any = getattr(np.lib.format, f"read_array_header_{version[0]}_0")
                    shape, fortran, dtype = read(member)
                    head = member.tell()
                bands, numbers = product.form
                asked = (bands, rows, width), numbers
                size = prod(asked[0]) * numbers.itemsize
                held = archive.getinfo(f"arr_{number}.npy").file_size
                if (shape, dtype) != asked or fortran or held != head + size or size > LARGEST_STRIP:
                    raise ValueError(f"{shape} {dtype} ≠ {asked[0]} {asked[1]}")
    except (AttributeError, BadZipFile, EOFError, KeyError, NotImplementedError, OSError, ValueError) as error:
        raise damaged_strip(file, error) from error


def damaged_strip(file: Path, error: Exception) -> ConvistaError:
    """Take a strip away that cannot be used, as after a power failure, and return the error that says so."""
    file.unlink(missing_ok=True)
    return ConvistaError("mapping.strip_damaged", file=file, reason=reason(error))


def _check_product(said: Field) -> None:
    kind = PRODUCTS[said["kind"].among(PRODUCTS)]
    names = {field.name for field in fields(kind)}
    if said.members().keys() != names | {"kind"}:
        raise said.wrong("products")
    for name in names:
        FIELDS[name](said[name])


def _check_about(said: Field) -> None:
    for name in ("title", "task", "precision"):
        said[name].text()
    bands = list(said["bands"].elements())
    _texts(said["bands"])
    for name in ("mean", "std"):
        for number in said[name].elements(len(bands)):
            number.number()
    said["patch"].whole(1, MOST)
    said["outputs"].whole(1, MOST)
    if said["step"].value is not None:
        said["step"].whole(1, MOST)
    said["temperature"].positive()
    _classes(said["classes"])
    if said["source"].value is not None and not Path(said["source"].text()).is_absolute():
        raise said["source"].wrong("path")
    if said["acquired"].value is not None:
        for time in said["acquired"].elements(2):
            time.text()
    if missing := {"step", "source", "acquired"} - said.members().keys():  # None says something, nothing does not
        raise said[min(missing)].wrong("given")


def _texts(said: Field) -> None:
    for one in said.elements():
        one.text()


def _classes(said: Field) -> None:
    for one in said.elements():
        value, name, colour = one.elements(3)
        value.whole(0, 255)
        name.text()
        for part in colour.elements(3):
            part.whole(0, 255)


def _suffix(said: Field) -> None:
    if not _SUFFIX.fullmatch(said.text()):
        raise said.wrong("suffix")


def _unit(said: Field) -> None:
    if said.value is not None:
        said.text()


FIELDS: dict[str, Callable[[Field], object]] = {
    "classes": _classes,
    "names": _texts,
    "title": Field.text,
    "unit": _unit,
    "suffix": _suffix,
    "threshold": Field.number,
    "exclusive": Field.flag,
    "stored": lambda said: said.among(("uint8", "float32")),
}
"""What the fields of products must be, by name."""
