"""Reading a raster that is a patch, at once and opened once: as a scene is read, without being one."""

from __future__ import annotations

import os
from typing import NamedTuple

import numpy as np

from convista.language import listed
from convista.scenes.bands.band import Band
from convista.scenes.bands.reader import BandReader
from convista.scenes.bands.sensors import written_sensor
from convista.scenes.factors import with_factors
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.files.raster_file import basename, stem
from convista.scenes.geometry.window import whole
from convista.scenes.patch import MaskedArray
from convista.scenes.sources.candidates import NamedBy, distinct
from convista.scenes.sources.raster import one_of_many
from convista.scenes.sources.selection import selected_bands
from convista.scenes.sources.source_bands import SourceBands


class PatchFile(NamedTuple):
    """What a raster that is a patch holds."""

    values: MaskedArray
    """Scaled values, float32, (bands, rows, columns), masked where there is no datum."""
    bands: tuple[Band, ...]
    named: bool
    """Whether descriptions say which band is which; a colour interpretation does not, since GDAL makes it up."""

    def __repr__(self) -> str:
        _, rows, columns = self.values.shape
        return f"<PatchFile: {listed([band.name for band in self.bands])}; {rows}×{columns}>"


def read_patch(
    file: str | os.PathLike[str],
    *,
    sensor: str | None = None,
    scale: float | None = None,
    offset: float | None = None,
    nodata: float | None = None,
) -> PatchFile:
    """Read all bands of a raster, by the rules of `open_scene`, except that its name says nothing of its bands.

    Parameters
    ----------
    file
        The raster.
    sensor, scale, offset, nodata
        As in `open_scene`, of all bands.

    Raises
    ------
    ConvistaError
        If it cannot be read, or a factor is impossible.
    """
    text = os.fspath(file)
    opened = OpenRaster(text)
    try:
        header = opened.header()
        known = sensor or written_sensor(basename(text))
        every = [one_of_many(text, number, header, known) for number in range(1, header.count + 1)]
        found = SourceBands(stem(text), known, distinct(every))
        selected = selected_bands(found, None, lambda _: header)
        bands = with_factors(selected, scale, offset, nodata)
        reader = BandReader(bands, opened.grid)
        reader.use_open_file(opened)
        values, masked = reader.read(whole(opened.grid.shape), range(len(bands)))
    finally:
        opened.close()
    named = all(one.candidate.named is NamedBy.FILE for one in selected)
    return PatchFile(np.ma.MaskedArray(values, masked), tuple(band.about for band in bands), named)
