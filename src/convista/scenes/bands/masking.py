"""Why pixels are masked: which rule hides them, the file's, the product's or the caller's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan

import numpy as np
from numpy.typing import NDArray

from convista.language import number, say
from convista.scenes.bands.raster_band import RasterBand
from convista.scenes.bands.reader import BandReader
from convista.scenes.files.open_raster import OpenRaster
from convista.scenes.geometry.grid import Grid
from convista.scenes.geometry.window import Window, spread, whole

SIDE, ACROSS = 16, 4
"""A sample is of ACROSS × ACROSS windows of SIDE × SIDE pixels, spread evenly."""
LEAST = 0.01
"""Share of the pixels of a sample below which a rule is not worth telling."""


def masking_rules(bands: Sequence[RasterBand], place: tuple[Grid, Window] | None = None) -> str:
    """Tell which rules hide pixels of bands, in a sample of their files or at the middle of a window of a grid.

    Such as ``"the nodata value 0 that the file declares: red, nir"``.
    """
    shares: dict[str, dict[str, float]] = {}
    for band in bands:
        looked_at = spread(band.grid.shape, SIDE, ACROSS) if place is None else [_there(band, *place)]
        for rule, share in _shares(band, looked_at):
            if share >= LEAST:
                shares.setdefault(rule, {})[band.about.name] = share
    return "; ".join(f"{rule}{_percent(min(of.values()))}: {', '.join(of)}" for rule, of in shares.items())


def _percent(share: float) -> str:
    return "" if share == 1 else f" ({number(100 * share, 0)} %)"


def _there(band: RasterBand, grid: Grid, window: Window) -> Window:
    """Return the pixel of a band's file under the middle of a window of a grid; it may lie beside the file."""
    row, column = window.row + window.height // 2, window.column + window.width // 2
    if not band.grid.same_as(grid):
        row, column = band.grid.pixel(*grid.coordinates(row, column), grid.crs)
    return Window(row, column, 1, 1)


def _shares(band: RasterBand, windows: Sequence[Window]) -> Iterator[tuple[str, float]]:
    """Yield rules, and the share of the pixels of some windows of its file that each hides."""
    inside = [found for window in windows if (found := window.intersection(whole(band.grid.shape)))]
    if not inside:
        yield say("scenes.bands.rule_outside"), 1.0
        return
    opened, reader = OpenRaster(band.file), BandReader([band], band.grid)
    try:
        raw = np.concatenate([opened.read([band.index], window)[0].ravel() for window in inside])
        tag = opened.dataset.nodatavals[band.index - 1]
    finally:
        opened.close()
    left: NDArray[np.bool_] = np.concatenate([reader.read(window, [0])[1].ravel() for window in inside])
    reader.close()
    finite = np.isfinite(raw)
    for value in band.nodata:
        hidden = left & (~finite if isnan(value) else finite & (raw == np.asarray(value).astype(raw.dtype)))
        yield _nodata(band, value, tag), float(hidden.mean())
        left = left & ~hidden
    yield say("scenes.bands.rule_not_finite"), float((left & ~finite).mean())
    yield say("scenes.bands.rule_mask"), float((left & finite).mean())


def _nodata(band: RasterBand, value: float, tag: float | None) -> str:
    if band.about.nodata_stated and value == band.about.nodata:
        key = "scenes.bands.rule_given"
    else:
        of_file = tag is not None and (value == tag or (isnan(value) and isnan(tag)))
        key = "scenes.bands.rule_tag" if of_file else "scenes.bands.rule_product"
    return say(key, value=f"{value:g}")
