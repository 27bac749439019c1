"""What a caller may name as a source, and which kind of source it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from convista.errors import ConvistaError
from convista.scenes.bands.sensors import written_sensor
from convista.scenes.files.formats import is_remote
from convista.scenes.files.raster_file import InMemoryRaster, basename
from convista.scenes.products import sentinel2
from convista.scenes.sources.folder import bands_of_folder
from convista.scenes.sources.paths import existing, exists, no_such_file, split_list
from convista.scenes.sources.raster import bands_of_raster
from convista.scenes.sources.safe import bands_of_product
from convista.scenes.sources.several import bands_of_several
from convista.scenes.sources.source_bands import SourceBands, agreed

Source = str | os.PathLike[str] | InMemoryRaster | Sequence[str | os.PathLike[str]]


def bands_of_source(source: Source, sensor: str | None) -> SourceBands:
    """Find the bands that a source has; a sensor given by the caller replaces the one its files state.

    Raises
    ------
    ConvistaError
        If there is nothing to open, or it cannot be told which file is which band.
    """
    if isinstance(source, InMemoryRaster):
        return bands_of_raster(source, sensor)
    if isinstance(source, str | os.PathLike):
        names = split_list(os.fspath(source))
    else:
        names = [os.fspath(one) for one in source]
    if not all(names) or not names:
        raise ConvistaError("scenes.sources.no_files")
    if len(names) == 1:
        return _bands_of_one(names[0], sensor)
    sensor = sensor or agreed(written_sensor(basename(name)) for name in names)
    return bands_of_several([_bands_of_one(name, sensor) for name in names])


def _bands_of_one(name: str, sensor: str | None) -> SourceBands:
    """Find the bands of one path or URL."""
    if is_remote(name):
        return bands_of_raster(name, sensor)
    path = Path(name)
    if not exists(name):
        raise no_such_file(path)
    if path.is_dir():
        return bands_of_folder(path, sensor)
    if sentinel2.is_metadata(path) and path.is_file():
        return bands_of_product(path, path.parent, sensor)
    return bands_of_raster(existing(path), sensor)


def as_text(source: Source) -> str:
    """Return a source as messages name it."""
    if isinstance(source, InMemoryRaster):
        return source.name
    if isinstance(source, str | os.PathLike):
        return os.fspath(source)
    return ", ".join(os.fspath(file) for file in source)
