"""Whether imagery means what the imagery of a training meant: one rule for training, scoring and maps."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.language import number, say
from convista.learning.data.statistics import Float
from convista.scenes import Band, Scene

FEWEST = 64
"""Values of a band below which a sample tells nothing of it."""
FAR = 5.0
"""Standard deviations of the training beyond which nearly all values of a comparable scene do not lie."""
WIDER, NARROWER = 100.0, 1 / 200
"""How far comparable scenes may spread, in spreads of the training; a wrong scale is off by 255 or more."""
NORMAL_SPREAD = 3.29
"""From the 5th to the 95th percentile of a normal distribution, in standard deviations."""


class Far(NamedTuple):
    """A band whose values lie far from those of the training."""

    band: str
    low: float
    """Percentile 5 of the values at hand."""
    high: float
    """Percentile 95."""
    mean: float
    """Of the training."""
    std: float
    """Likewise."""


def bands_of(scene: Scene, names: Sequence[str]) -> tuple[Band, ...]:
    """Return the bands of a scene that names mean; ConvistaError if it lacks one."""
    positions = [scene.position(name) for name in names]
    if None in positions:
        missing = [name for name, position in zip(names, positions, strict=True) if position is None]
        raise ConvistaError(
            "learning.data.bands_missing",
            scene=scene.name,
            missing=", ".join(missing),
            count=len(missing),
            bands=", ".join(scene.band_names),
        )
    return tuple(scene.bands[position] for position in positions if position is not None)


def is_scaled(band: Band) -> bool:
    """Whether raw values are not taken as they are."""
    return (band.scale, band.offset) != (1, 0)


def otherwise_scaled(bands: Sequence[Band], others: Sequence[Band]) -> tuple[Band, Band] | None:
    """Return the first two bands of a pair whose values mean different things: by unit, or only one is scaled.

    Scaled values are in their unit, whatever the factor that brought them there.
    """
    for one, other in zip(bands, others, strict=True):
        if (one.unit, is_scaled(one)) != (other.unit, is_scaled(other)):
            return one, other
    return None


def scaling(band: Band) -> str:
    """Write how a band is scaled."""
    unit = f" {band.unit}" if band.unit else ""
    return f"×{band.scale:g} {band.offset:+g}{unit}"


def far_bands(names: Sequence[str], values: NDArray[np.floating], mean: Float, std: Float) -> list[Far]:
    """Return the bands whose values lie far from those that mean and deviation were taken of.

    Nearly all of them, from percentile 5 to 95, lie beyond `FAR` deviations on one side; or they spread more than
    `WIDER` or less than `NARROWER` times as far. That is no test of statistics: it finds values in other units,
    such as thousandths for shares, and leaves alone what landscapes differ by. A band of one value only has no
    spread to compare.

    Parameters
    ----------
    names
        Of the bands.
    values
        (bands, pixels), masked or NaN where there is no datum.
    mean, std
        Of the training, (bands,).
    """
    found = []
    there = np.ma.filled(values, np.nan)
    for name, own, centre, spread in zip(names, there, mean.tolist(), std.tolist(), strict=True):
        known = own[np.isfinite(own)]
        if known.size < FEWEST:
            continue
        low, high = np.percentile(known, (5, 95)).tolist()
        width = (high - low) / (NORMAL_SPREAD * spread)
        beyond = low > centre + FAR * spread or high < centre - FAR * spread
        if beyond or width > WIDER or 0 < width < NARROWER:
            found.append(Far(name, low, high, centre, spread))
    return found


def told(far: Far) -> str:
    """Write how far a band lies from the training."""
    low, high, mean, std = (_written(value) for value in far[1:])
    return say("learning.data.shown_far_band", band=far.band, low=low, high=high, mean=mean, std=std)


def _written(value: float) -> str:
    """Write a value with three digits that tell something."""
    decimals = 0 if abs(value) < 1e-12 else max(0, 2 - floor(log10(abs(value))))
    return number(value, decimals)
