"""What is known about the ground, pixel by pixel, on a scene's grid: classes or values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError, note
from convista.learning.data.class_names import ListedClasses, check_told_apart, joined, places_of, renumbered
from convista.scenes import ClassInfo, Grid, Labels, Scene, Shapes, is_shapes, open_labels, open_scene, open_shapes

Reference = Scene | Labels | Shapes | str | Path
"""What is known of a scene, opened or not: a raster of classes or of values, or a file of shapes."""
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
    unknown: tuple[ClassInfo, ...] = ()
    """Classes that are none of `classes`; their positions come after those."""
    others: tuple[ClassInfo, ...] = ()
    """Where one class is told from all others: which those are."""


class GriddedLabels(NamedTuple):
    """The classes of one file of labels on a scene's grid, by the numbers that they have there."""

    values: np.ma.MaskedArray[Any, np.dtype[np.int32]]
    """(rows, columns), masked where there is no label."""
    occurring: ListedClasses
    known: tuple[ClassInfo, ...]
    """All that the file lists, also those that do not occur on the grid."""
    warped: bool


@dataclass(frozen=True)
class Numbering:
    """Which classes there are, and at which position each is: one numbering for several files, or that of a run."""

    every: tuple[ClassInfo, ...]
    """Those that labels may have, by name."""
    chosen: int | None = None
    """Of a binary task that tells one of them from all others: its position among these."""

    @classmethod
    def joined(cls, files: Sequence[ListedClasses], positive: str | None = None) -> Numbering:
        """Return one numbering of the classes of all files, by name.

        Parameters
        ----------
        files
            What occurs in each.
        positive
            The name of a class; then there are two, the others together and this one.

        Raises
        ------
        ConvistaError
            If it cannot be told which classes are the same, there is none of that name, or one has a number that a
            map cannot hold.
        """
        every = joined(files)
        if large := [str(c.value) for c in every if c.value > LARGEST_CLASS]:
            told = ", ".join(large[:5]) + (" …" if len(large) > 5 else "")
            raise ConvistaError(
                "learning.data.class_too_large", values=told, count=len(large), largest=LARGEST_CLASS
            )
        if renumbered(every, files):
            note("learning.data.classes_renumbered", classes=", ".join(f"{c.value} {c.name}" for c in every))
        if positive is None:
            return cls(every)
        wanted = ClassInfo(-1, positive, (0, 0, 0))
        (place,) = places_of([wanted], every, files[0].source)
        if place is None:
            raise ConvistaError(
                "learning.data.no_such_class", name=positive, names=", ".join(c.name for c in every)
            )
        return cls(every, place)

    @property
    def others(self) -> tuple[ClassInfo, ...]:
        """Where one class is told from all others: which those are."""
        return () if self.chosen is None else tuple(c for n, c in enumerate(self.every) if n != self.chosen)

    @property
    def classes(self) -> tuple[ClassInfo, ...]:
        """In the order of their positions."""
        if self.chosen is None:
            return self.every
        one = self.every[self.chosen]
        return ClassInfo(0 if one.value else 1, f"no {one.name}", (43, 49, 59)), one

    def positions(
        self, listed: ListedClasses, known: Sequence[ClassInfo]
    ) -> tuple[list[int], tuple[ClassInfo, ...]]:
        """Return the position of each class of a file, and those classes that are none of `classes`.

        The positions of those come after the last of the classes.

        Parameters
        ----------
        listed
            What occurs in the file.
        known
            All classes that it lists.

        Raises
        ------
        ConvistaError
            If it cannot be told which a class of the file is.
        """
        places = places_of(listed.classes, self.every, listed.source)
        if self.chosen is not None:
            if None in places and self.chosen not in places_of(known, self.every, listed.source):
                # A class that nobody knows might be the one that is told from all others.
                names = ", ".join(c.name for c in known)
                raise ConvistaError("learning.data.no_such_class", name=self.every[self.chosen].name, names=names)
            return [int(place == self.chosen) for place in places], ()
        check_told_apart(listed.classes, places, self.every, listed.source)
        unknown = tuple(one for one, place in zip(listed.classes, places, strict=True) if place is None)
        beyond = iter(range(len(self.every), len(self.every) + len(unknown)))
        return [next(beyond) if place is None else place for place in places], unknown

    def truth(self, found: GriddedLabels) -> Truth:
        """Return what a file of labels says of each pixel; ConvistaError as of `positions`."""
        positions, unknown = self.positions(found.occurring, found.known)
        values = [c.value for c in found.occurring.classes]
        order = np.searchsorted(values, found.values.filled(values[0] if values else 0))
        numbered = np.array([*positions, -1], np.int16)[order]
        numbered[np.ma.getmaskarray(found.values)] = -1
        return Truth(numbered, numbered, self.classes, found.warped, unknown=unknown, others=self.others)


def found_on(grid: Grid, labels: Labels | Shapes | str | Path, attribute: str | None = None) -> GriddedLabels:
    """Return the classes of labels on a grid.

    Parameters
    ----------
    grid
        The scene's. Labels on another are warped: each pixel has the class of the one its centre falls into.
    labels
        A raster of classes or a file of shapes, opened or not.
    attribute
        Of shapes not opened yet: what of each its class is, see `open_shapes`.

    Raises
    ------
    ConvistaError
        If the labels cannot be read or matched with the grid, or a class is not listed.
    """
    opened = labels if isinstance(labels, Labels | Shapes) else _opened(labels, attribute)
    if isinstance(opened, Shapes):
        values, warped = opened.on(grid), False
    else:
        warped = _elsewhere(grid, opened.grid, opened.source)
        values = (opened.on(grid) if warped else opened).read()
    known = {c.value: c for c in opened.classes}
    occurring = [int(v) for v in np.unique(values.compressed())]
    if unlisted := [v for v in occurring if v not in known]:
        raise ConvistaError("learning.data.unlisted_class", value=unlisted[0], known=", ".join(map(str, known)))
    listed = ListedClasses(opened.source, tuple(known[v] for v in occurring), not isinstance(opened, Shapes))
    return GriddedLabels(values, listed, opened.classes, warped)


def values_on(grid: Grid, source: Scene | str | Path) -> Truth:
    """Return the values of a raster of one band on a grid; from another they are averaged or interpolated.

    Raises
    ------
    ConvistaError
        If the raster has several bands, or no value lies on the grid.
    """
    scene = source if isinstance(source, Scene) else open_scene(source)
    if len(scene.bands) != 1:
        raise ConvistaError("learning.data.several_bands", source=scene.name, bands=", ".join(scene.band_names))
    warped = _elsewhere(grid, scene.grid, scene.name)
    values: NDArray[np.float32] = (scene.on(grid) if warped else scene).read()[0].filled(np.nan)
    known = ~np.isnan(values)
    if not known.any():
        raise ConvistaError("learning.data.no_value", source=scene.name)
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
        raise ConvistaError("learning.data.one_without_place", source=source, crs=", ".join(known))
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
