"""What is known about the ground, pixel by pixel, on a scene's grid: classes or values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.scenes import ClassInfo, Grid, Labels, Scene, Shapes, is_shapes, open_labels, open_scene, open_shapes

LARGEST_CLASS = 255
"""A map is of bytes; its nodata value is one that is no class."""
STRATA = 10
"""Values are divided into so many parts of equal size where a split looks at them."""


class Truth(NamedTuple):
    """What is known of each pixel of a scene."""

    targets: NDArray[Any]
    """(rows, columns): positions of classes, int16, −1 where unknown; or values, float32, NaN where unknown."""
    strata: NDArray[np.int16]
    """(rows, columns): what a split keeps in proportion: the class, or the tenth that a value lies in; −1."""
    classes: tuple[ClassInfo, ...]
    """In the order of their positions; none for values."""
    warped: bool
    """Whether it was brought to the scene's grid from another."""
    unit: str | None = None
    """Of values, where the file says."""


def classes_on(
    grid: Grid, labels: Labels | Shapes | str | Path, positive: str | None = None, attribute: str | None = None
) -> Truth:
    """Return the classes of labels on a grid; only those that occur count.

    Parameters
    ----------
    grid
        The scene's. Labels on another are warped: each pixel has the class of the one its centre falls into.
    labels
        A raster of classes or a file of shapes, opened or not.
    positive
        The name of a class; then there are two, the others together and this one.
    attribute
        Of shapes not opened yet: what of each its class is, see `open_shapes`.

    Raises
    ------
    ConvistaError
        If fewer than two classes occur, one is not listed or has a number that a map cannot hold, or there is no
        class of that name.
    """
    opened = labels if isinstance(labels, Labels | Shapes) else _opened(labels, attribute)
    if isinstance(opened, Shapes):
        values, warped = opened.on(grid), False
    else:
        warped = _elsewhere(grid, opened.grid, opened.source)
        values = (opened.on(grid) if warped else opened).read()
    known = {c.value: c for c in opened.classes}
    occurring = [int(v) for v in np.unique(values.compressed())]
    if positive is None and len(occurring) < 2:
        raise ConvistaError("learning.one_class", classes=len(occurring))
    if strange := [v for v in occurring if v not in known]:
        raise ConvistaError("learning.unlisted_class", value=strange[0], known=", ".join(map(str, known)))
    if large := [v for v in occurring if v > LARGEST_CLASS]:
        told = ", ".join(map(str, large[:5])) + (" …" if len(large) > 5 else "")
        raise ConvistaError("learning.class_too_large", values=told, largest=LARGEST_CLASS)
    classes = tuple(known[v] for v in occurring)
    places = np.searchsorted(occurring, values.filled(occurring[0] if occurring else 0)).astype(np.int16)
    if positive is not None:
        classes, chosen = against_others(classes, positive)
        places = (places == chosen).astype(np.int16)
    places[np.ma.getmaskarray(values)] = -1
    return Truth(places, places, classes, warped)


def against_others(classes: Sequence[ClassInfo], positive: str) -> tuple[tuple[ClassInfo, ClassInfo], int]:
    """Return all classes but one together, and that one; and its position. ConvistaError if none is called so."""
    names = [c.name for c in classes]
    if positive not in names:
        raise ConvistaError("learning.no_such_class", name=positive, names=", ".join(names))
    chosen = classes[names.index(positive)]
    others = ClassInfo(0 if chosen.value else 1, f"no {positive}", (43, 49, 59))
    return (others, chosen), names.index(positive)


def values_on(grid: Grid, source: Scene | str | Path) -> Truth:
    """Return the values of a raster of one band on a grid; from another they are averaged or interpolated.

    Raises
    ------
    ConvistaError
        If the raster has several bands, or no value lies on the grid.
    """
    scene = source if isinstance(source, Scene) else open_scene(source)
    if len(scene.bands) != 1:
        raise ConvistaError("learning.several_bands", source=scene.name, bands=", ".join(scene.band_names))
    warped = _elsewhere(grid, scene.grid, scene.name)
    values: NDArray[np.float32] = (scene.on(grid) if warped else scene).read()[0].filled(np.nan)
    known = ~np.isnan(values)
    if not known.any():
        raise ConvistaError("learning.no_value", source=scene.name)
    edges = np.quantile(values[known], np.arange(1, STRATA) / STRATA)
    strata = np.where(known, np.searchsorted(edges, values, side="right"), -1).astype(np.int16)
    return Truth(values, strata, (), warped, scene.bands[0].unit)


def _opened(source: str | Path, attribute: str | None) -> Labels | Shapes:
    return open_shapes(source, attribute) if is_shapes(source) else open_labels(source)


def _elsewhere(grid: Grid, there: Grid, source: str) -> bool:
    """Tell whether a raster lies on another grid than the scene; of two places, both or neither must be known."""
    if grid.same_as(there):
        return False
    if (grid.crs is None) != (there.crs is None):
        grid.check_placed()
        there.check_placed()
        known = [crs.to_string() if crs else "–" for crs in (grid.crs, there.crs)]
        raise ConvistaError("learning.one_without_place", source=source, crs=", ".join(known))
    return True


def most_frequent(places: NDArray[np.int16], classes: int, before: int, after: int) -> NDArray[np.int16]:
    """Return the most frequent class in the window around each pixel, −1 where none of it is labelled."""
    most = np.zeros(places.shape, np.int32)
    winner = np.full(places.shape, -1, np.int16)
    for number in range(classes):
        count = _counted(places == number, before, after)
        winner[count > most] = number
        most = np.maximum(most, count)
    return winner


def present(places: NDArray[np.int16], classes: Sequence[object], before: int, after: int) -> NDArray[np.int8]:
    """Return (classes, rows, columns): whether each class occurs in the window around each pixel, 0 or 1."""
    found = [_counted(places == number, before, after) > 0 for number in range(len(classes))]
    return np.stack(found).astype(np.int8)


def _counted(mask: NDArray[np.bool_], before: int, after: int) -> NDArray[np.int32]:
    """Count for each pixel where the mask holds, from ``before`` rows and columns before it to ``after`` behind."""
    count = mask.astype(np.int32)
    width = before + after + 1
    for _ in range(2):
        total = np.pad(count.T, ((before + 1, after), (0, 0))).cumsum(axis=0, dtype=np.int32)
        count = total[width:] - total[:-width]
    return count
