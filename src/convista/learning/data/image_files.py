"""Reading images that are patches: JPEG, PNG or TIFF files of one size and type, with the same bands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from os import cpu_count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import say
from convista.learning.data.image_file import (
    AS_THEY_ARE,
    EXACT,
    BadImageError,
    ImageFile,
    Reading,
    described,
    read_image,
    select,
)
from convista.learning.progress import Progress, silent
from convista.scenes import Band
from convista.scenes.bands.requests import matches
from convista.scenes.files.open_raster import perhaps_without_georeference

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
TOGETHER = 256
"""Images between two reports of progress."""
NAMED = 5
"""Bad images that a message names."""
TRIED = 31
"""Images that are looked at first, to see what most of them are."""


class Norm(NamedTuple):
    """What an image of a folder is like, and which bands of it are used."""

    bands: tuple[Band, ...]
    """Those that are used, in order, by the names they are used under."""
    names: tuple[str, ...]
    """Of all bands of a file, in the order of one; each file may have its own if files name their bands."""
    used: tuple[int, ...]
    """Positions of `bands` among `names`."""
    named: bool
    """Whether files say which band is which."""
    size: tuple[int, int]
    stored: str

    @property
    def shape(self) -> str:
        """Bands of a file, size and type, as text."""
        return described(len(self.names), self.size, self.stored)


class Images(NamedTuple):
    """What was read."""

    values: NDArray[Any]
    """(images, bands, rows, columns), as stored; float32 where they are scaled or masked, which is NaN."""
    norm: Norm
    kept: NDArray[np.int64]
    """Positions of the files read; all unless bad ones were skipped."""


def read_images(
    files: Sequence[Path],
    reading: Reading = AS_THEY_ARE,
    *,
    norm: Norm | None = None,
    skip_bad: bool = False,
    progress: Progress = silent,
) -> Images:
    """Read images in several threads, all into memory.

    Parameters
    ----------
    files
        Of one size and type, square, with the same bands, which each names in its own order or none does.
    reading
        Which bands, and how.
    norm
        What each has to be; None for what most of them are.
    skip_bad
        Whether files that cannot be read, or are unlike most, are left out.

    Raises
    ------
    ConvistaError
        If none can be read, most are not square, bands are not there or cannot be told, or, unless they are
        skipped, any is bad: it says how many are, and names the first of them.
    """
    with perhaps_without_georeference():  # once for all: what it does is not for threads
        wanted = norm or norm_of(files, reading)
        values, bad = _read_all(files, reading, wanted, progress)
        if norm is None and (one := _one_of_more(bad, len(files) - len(bad))) is not None:
            wanted = _norm(files[one], read_image(files[one], reading), reading)
            values, bad = _read_all(files, reading, wanted, progress)
    if bad and not skip_bad:
        listed = "; ".join(f"{files[n]} ({bad[n].reason})" for n in sorted(bad)[:NAMED])
        more = " …" if len(bad) > NAMED else ""
        raise ConvistaError("learning.data.bad_images", bad=len(bad), count=len(files), listed=listed + more)
    kept = np.array([n for n in range(len(files)) if n not in bad], np.int64)
    return Images(values[kept] if bad else values, wanted, kept)


def norm_of(files: Sequence[Path], reading: Reading, patch: int | None = None) -> Norm:
    """Return what most of some images are that lie evenly among all; with a patch, they must be of its size.

    Raises
    ------
    ConvistaError
        If none can be read, they are not square or of another size, or bands are not there or cannot be told.
    """
    evenly = np.linspace(0, len(files) - 1, min(TRIED, len(files))).round().astype(int)
    found = _readable([files[n] for n in evenly], reading)
    if not found:
        found = next(filter(None, (_readable([file], reading) for file in files)), [])
    if not found:
        try:
            read_image(files[0], reading)
        except BadImageError as error:
            raise ConvistaError("learning.data.unreadable_image", file=files[0], reason=error) from error
    kinds = Counter(_kind(image) for _, image in found)
    most = max(kinds, key=lambda kind: kinds[kind])
    file, image = next(one for one in found if _kind(one[1]) == most)
    if patch is not None and image.values.shape[1:] != (patch, patch):
        rows, columns = image.values.shape[1:]
        raise ConvistaError("learning.data.image_size", file=file, rows=rows, columns=columns, patch=patch)
    return _norm(file, image, reading)


class _Bad(NamedTuple):
    reason: str
    kind: Hashable = None
    """Of one that can be read."""


def _read_all(
    files: Sequence[Path], reading: Reading, norm: Norm, progress: Progress
) -> tuple[NDArray[Any], dict[int, _Bad]]:
    """Read all files into one array, and say which are bad."""
    begun = norm.stored if norm.stored in EXACT else np.float32
    values: NDArray[Any] = np.empty((len(files), len(norm.bands), *norm.size), begun)
    bad: dict[int, _Bad] = {}

    def read(number: int) -> NDArray[Any] | None:
        try:
            image = read_image(files[number], reading)
        except BadImageError as error:
            bad[number] = _Bad(str(error))
            return None
        found = _fitting(image, norm, chosen=bool(reading.bands or reading.used))
        if isinstance(found, str):
            bad[number] = _Bad(found, _kind(image))
            return None
        return found

    with ThreadPoolExecutor(cpu_count()) as readers:
        for start in range(0, len(files), TOGETHER):
            several = range(start, min(start + TOGETHER, len(files)))
            for number, found in zip(several, readers.map(read, several), strict=True):
                if found is not None:
                    if found.dtype.kind == "f" and values.dtype.kind != "f":  # the first scaled or masked
                        values = values.astype(np.float32)
                    values[number] = found
            progress("read", several.stop, len(files))
    return values, bad


def _one_of_more(bad: dict[int, _Bad], good: int) -> int | None:
    """Return the position of a bad file of which there are more of a kind than good ones; None if there is none."""
    kinds = Counter(one.kind for one in bad.values() if one.kind is not None)
    if not kinds or max(kinds.values()) <= good:
        return None
    most = max(kinds, key=lambda kind: kinds[kind])
    return next(number for number in sorted(bad) if bad[number].kind == most)


def _readable(files: Sequence[Path], reading: Reading) -> list[tuple[Path, ImageFile]]:
    """Return those files that can be read, with what is in them."""
    found = []
    for file in files:
        try:
            found.append((file, read_image(file, reading)))
        except BadImageError:
            continue
    return found


def _kind(image: ImageFile) -> Hashable:
    """Return what two images have to have in common."""
    bands = frozenset((band.name, *_unit(band)) for band in image.bands)
    return bands if image.named else len(image.bands), image.named, image.values.shape[1:], image.stored


def _unit(band: Band) -> tuple[str | None, bool]:
    """Return what makes values of two files comparable, whatever the factors that brought them there."""
    return band.unit, (band.scale, band.offset) != (1, 0)


def _norm(file: Path, image: ImageFile, reading: Reading) -> Norm:
    """Return what images have to be to be like one.

    Raises
    ------
    ConvistaError
        If it is not square, or bands are not there or cannot be told.
    """
    size = image.values.shape[1], image.values.shape[2]
    if size[0] != size[1]:
        raise ConvistaError("learning.data.not_square", file=file, rows=size[0], columns=size[1])
    names = tuple(band.name for band in image.bands)
    told = {"folder": file.parent.parent, "count": len(names), "bands": ", ".join(names)}
    wanted = reading.bands or reading.used or (names if image.named or len(names) == 3 else ())
    used = select(image.bands, image.named, wanted) if wanted else None
    if used is None and (image.named or len(names) == 3):
        missing = next(name for name in wanted if select(image.bands, named=True, wanted=[name]) is None)
        raise ConvistaError("learning.data.no_such_band", band=missing, **told)
    if used is None:
        raise ConvistaError("learning.data.name_the_bands", **told)
    chosen = [image.bands[n] for n in used]
    bands = tuple(
        band if matches(name, band.name, band.id) else replace(band, name=name, id=name)
        for band, name in zip(chosen, wanted, strict=True)
    )
    if reading.bands and reading.used:
        within = [select(bands, named=True, wanted=[name]) for name in reading.used]
        if None in within:
            told["bands"] = ", ".join(band.name for band in bands)
            raise ConvistaError("learning.data.no_such_band", band=reading.used[within.index(None)], **told)
        places = [place[0] for place in within if place]
        bands, used = tuple(bands[n] for n in places), [used[n] for n in places]
    return Norm(bands, names, tuple(used), image.named, size, image.stored)


def _fitting(image: ImageFile, norm: Norm, *, chosen: bool) -> NDArray[Any] | str:
    """Return the bands of an image that are used, in their order, or why it is not like the norm.

    A file that names its bands may have others besides those that were chosen.
    """
    if image.values.shape[1:] != norm.size or image.stored != norm.stored:
        return f"{image.shape} ≠ {norm.shape}"
    names = [band.name for band in image.bands]
    if image.named != norm.named:
        return say("learning.data.why_named" if image.named else "learning.data.why_unnamed")
    if not norm.named and len(names) != len(norm.names):
        return f"{image.shape} ≠ {norm.shape}"
    wanted = [norm.names[n] for n in norm.used]
    if norm.named and (not set(wanted) <= set(names) or not (chosen or set(names) == set(norm.names))):
        return say("learning.data.why_bands", bands=", ".join(names), norm=", ".join(norm.names))
    order = [names.index(name) for name in wanted] if norm.named else list(norm.used)
    if [_unit(image.bands[n]) for n in order] != [_unit(band) for band in norm.bands]:
        return say("learning.data.why_scaling")
    return image.values if order == list(range(len(names))) else image.values[order]
