"""Reading a raster that is a patch, at once and opened once: as a scene is read, without being one."""

from __future__ import annotations

import os
from typing import NamedTuple

import numpy as np

from convista.language import listed
from convista.scenes.bands.candidates import Named, distinct, one_of_many
from convista.scenes.bands.names import Band, written_sensor
from convista.scenes.bands.reader import BandReader
from convista.scenes.bands.selection import chosen, masks_of
from convista.scenes.files.raster_file import OpenRaster, basename, stem
from convista.scenes.geometry.window import whole
from convista.scenes.opening import layer_of
from convista.scenes.scene import MaskedArray
from convista.scenes.sources import Sources


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
        found = Sources(stem(text), known, distinct(every))
        offers = chosen(found, None)
        layers = [
            layer_of(offer, header, masks_of(offer, offers, found), scale, offset, nodata) for offer in offers
        ]
        reader = BandReader(layers, opened.grid)
        reader.take(opened)
        values, masked = reader.read(whole(opened.grid.shape), range(len(layers)))
    finally:
        opened.close()
    named = all(offer.named is Named.BY_FILE for offer in offers)
    return PatchFile(np.ma.MaskedArray(values, masked), tuple(layer.band for layer in layers), named)
