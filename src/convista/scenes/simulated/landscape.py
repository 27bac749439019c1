"""A made-up landscape for the simulated scene: what covers the ground, on a grid finer than the sensor's pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin

import numpy as np
from numpy.typing import NDArray

from convista.scenes.geometry.window import Size

Field = NDArray[np.float32]

MATERIALS = (
    "river", "lake", "broadleaf", "conifer", "maize", "alfalfa", "wheat", "vineyard", "seedlings",
    "dark soil", "bright soil", "gravel", "roof", "flat roof", "asphalt", "garden",
)  # fmt: skip
"""What the ground may be made of, in the order of its numbers."""

RIVER, LAKE, BROADLEAF, CONIFER, MAIZE, ALFALFA, WHEAT, VINEYARD, SEEDLINGS = range(9)
DARK_SOIL, BRIGHT_SOIL, GRAVEL, ROOF, FLAT_ROOF, ASPHALT, GARDEN = range(9, 16)


@dataclass(frozen=True)
class Landscape:
    """Maps of the ground, all (rows, columns)."""

    material: NDArray[np.uint8]
    """What covers it, as a position in `MATERIALS`."""
    town: NDArray[np.bool_]
    """Where roofs, streets and gardens belong to a town, or a road passes."""
    parcel: NDArray[np.int64]
    """Number of the field; fields of one crop differ in how far it has grown."""
    elevation: Field
    """In pixels of this grid."""
    across_rows: Field
    """Distance across the rows in which a field is planted, in pixels."""


def landscape(rng: np.random.Generator, shape: Size, fineness: int) -> Landscape:
    """Lay out a valley: a river with gravel banks, a lake, fields along it, woods above, a town and its roads.

    Parameters
    ----------
    rng
        Source of chance; one seed gives one landscape.
    shape
        Rows and columns.
    fineness
        How many of these pixels make one of the sensor's, along a side. It sets the size of fields and streets.
    """
    extent = float(min(shape))
    down, across = (c.astype(np.float32) for c in np.mgrid[0 : shape[0], 0 : shape[1]])
    if rng.random() < 0.5:
        down, across = across, down
    if rng.random() < 0.5:
        across = across.max() - across

    rough = fractal(rng, shape, 2.2)
    from_river, half_width = _river(rng, down, across, extent)
    height = from_river / extent + 0.30 * rough
    hilly = np.clip(1.6 * height, 0.25, 1)
    elevation = extent * 0.035 * hilly * (rough + 3 * np.minimum(from_river / extent, 0.5))
    fields, parcel, edge, rows = _fields(rng, shape, extent, fineness)

    material = fields
    margin = fractal(rng, shape, 1.2)
    material[edge < 0.25 * fineness * (1 + margin)] = DARK_SOIL
    hedge = (edge < 0.9 * fineness) & (parcel % 3 == 0) & (margin > 0.2)
    material[hedge] = BROADLEAF

    woods = height + 0.10 * margin > 0.45
    groves = (fractal(rng, shape, 2.6) > 1.75) & (height > 0.05)
    material[woods | groves] = BROADLEAF
    material[woods & (height + 0.25 * fractal(rng, shape, 2.0) > 0.72)] = CONIFER
    clearings = woods & (fractal(rng, shape, 2.4) > 1.9)
    material[clearings] = np.where(margin > 0, DARK_SOIL, BRIGHT_SOIL)[clearings]

    town = _town(rng, material, down, across, from_river, extent, fineness)

    dry = ~(town & (material == ASPHALT))  # streets cross water on bridges
    bank = half_width * (1.5 + 0.5 * rough)
    material[(from_river < bank + 2 * fineness * (1 + margin)) & ~town] = BROADLEAF
    material[(from_river < bank) & (margin > -0.3) & dry] = GRAVEL
    material[(from_river < half_width) & dry] = RIVER
    lake = _lake(rng, down, across, rough, extent)
    material[(lake < 1.12) & ~town] = BROADLEAF
    material[(lake < 1) & dry] = LAKE
    covered = np.isin(material, (RIVER, LAKE, GRAVEL))
    return Landscape(material, town & ~covered, parcel, elevation, rows)


def fractal(rng: np.random.Generator, shape: Size, steepness: float) -> Field:
    """Return noise of mean 0 and deviation 1, smoother as steepness grows: its spectrum is frequency^−steepness."""
    down, across = np.fft.fftfreq(shape[0])[:, None], np.fft.rfftfreq(shape[1])[None, :]
    frequency = np.hypot(down, across).astype(np.float32)
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(rng.standard_normal(shape, dtype=np.float32)) * frequency**-steepness
    noise = np.fft.irfft2(spectrum, s=shape)
    scaled: Field = (noise / noise.std()).astype(np.float32)
    return scaled


def _river(rng: np.random.Generator, down: Field, across: Field, extent: float) -> tuple[Field, Field]:
    """Return the distance to a meandering line and half the river's width beside it."""
    along = down / extent
    course, slope = np.full_like(along, across.max() * rng.uniform(0.22, 0.40)), np.zeros_like(along)
    for about, swing in ((0.7, 0.09), (1.9, 0.05), (4.3, 0.018)):
        turns, phase = about * rng.uniform(0.8, 1.2), rng.uniform(0, 2 * pi)
        course += extent * swing * np.sin(2 * pi * turns * along + phase)
        slope += 2 * pi * turns * swing * np.cos(2 * pi * turns * along + phase)
    width = extent * (0.011 + 0.004 * np.sin(2 * pi * 3.1 * along + rng.uniform(0, 6)))
    distance: Field = (np.abs(across - course) / np.hypot(1, slope)).astype(np.float32)
    return distance, width.astype(np.float32)


def _lake(rng: np.random.Generator, down: Field, across: Field, rough: Field, extent: float) -> Field:
    """Return a distance that is 1 on the shore and less in the lake."""
    row, column = rng.uniform(0.15, 0.35) * down.max(), rng.uniform(0.6, 0.8) * across.max()
    lengthened = np.hypot((down - row) / 1.6, across - column + 0.4 * (down - row))
    shore: Field = lengthened / (0.06 * extent) + 0.35 * rough
    return shore


def _fields(
    rng: np.random.Generator, shape: Size, extent: float, fineness: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64], Field, Field]:
    """Return crop, field number, distance to the field's edge, and distance across its rows.

    The plain is divided into districts; each has its own direction and is cut into strips, and these into fields of
    unequal length.
    """
    rows, columns = (c.astype(np.float32) for c in np.mgrid[0 : shape[0], 0 : shape[1]])
    wobble = 0.03 * extent * fractal(rng, shape, 2.0)
    count = 7
    seeds = rng.uniform(0, 1, (count, 2)) * shape
    squares = [(rows - r + wobble) ** 2 + (columns - c - wobble) ** 2 for r, c in seeds]
    district = np.argmin(squares, axis=0)
    angle = rng.uniform(0, pi, count).astype(np.float32)[district]
    side = float(np.clip(extent / fineness / 18, 6, 20)) * fineness
    width = (side * rng.uniform(0.8, 1.6, count)).astype(np.float32)[district]

    u = columns * np.cos(angle) + rows * np.sin(angle) + 4 * extent
    v = rows * np.cos(angle) - columns * np.sin(angle) + 4 * extent
    strip = np.floor(u / width).astype(np.int64)
    length = width * (1.0 + 2.2 * _chance(rng, strip * count + district))
    place = v + length * 7 * _chance(rng, strip * count + district)
    parcel = (np.floor(place / length).astype(np.int64) * 4096 + strip) * count + district
    edge = np.minimum(np.minimum(u % width, width - u % width), np.minimum(place % length, length - place % length))

    share = np.cumsum([0.19, 0.12, 0.22, 0.13, 0.12, 0.13, 0.09])
    crop = np.array([MAIZE, ALFALFA, WHEAT, VINEYARD, SEEDLINGS, DARK_SOIL, BRIGHT_SOIL], np.uint8)
    chosen = np.minimum(np.searchsorted(share, _chance(rng, parcel)), len(crop) - 1)
    return crop[chosen], parcel, edge, u


def _town(
    rng: np.random.Generator,
    material: NDArray[np.uint8],
    down: Field,
    across: Field,
    from_river: Field,
    extent: float,
    fineness: int,
) -> NDArray[np.bool_]:
    """Build a town, a village and the roads between them into `material`; return where they are."""
    angle, built = rng.uniform(0, pi / 2), np.zeros(material.shape, np.bool_)
    centres = [
        (rng.uniform(0.55, 0.68) * down.max(), rng.uniform(0.50, 0.62) * across.max(), 0.135),
        (rng.uniform(0.80, 0.90) * down.max(), rng.uniform(0.82, 0.90) * across.max(), 0.045),
    ]
    road = _roads(centres, down, across, 0.95 * fineness)
    material[road] = ASPHALT
    ragged = fractal(rng, material.shape, 1.6)
    for row, column, radius in centres:
        y, x = down - row, across - column
        u, v = x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)
        within = np.hypot(u, 1.25 * v) / (radius * extent) + 0.17 * ragged
        block, depth = 8.0 * fineness, 5.5 * fineness
        street = np.minimum(np.abs((u + 1e4) % block - block / 2), np.abs((v + 1e4) % depth - depth / 2))
        house = 1.9 * fineness
        plot = np.floor((u + 1e4) / house) * 65536 + np.floor((v + 1e4) / house)
        luck = _chance(rng, plot.astype(np.int64))
        yard = np.maximum((u + 1e4) % house, (v + 1e4) % house) > (0.92 - 0.25 * within) * house
        here = (within < 1) & (luck < 1.25 - 0.5 * within)
        material[here] = np.where(luck < 0.14, FLAT_ROOF, ROOF)[here]
        gardens = (within < 1) & ((luck > 0.86 - 0.25 * within) | yard)
        material[gardens] = GARDEN
        material[(within < 1) & (street < 0.5 * fineness)] = ASPHALT
        aside = np.maximum(np.abs(u - 0.8 * radius * extent) / 1.3, np.abs(v) / 0.8) / (0.3 * radius * extent)
        works = (aside < 1) & (within > 0.55)
        hall = (np.abs((u + 1e4) % (6 * fineness) - 3 * fineness) < 2 * fineness) & (
            (v + 1e4) % block < 0.7 * block
        )
        material[works] = np.where(hall, FLAT_ROOF, ASPHALT)[works]
        built |= (within < 1) | works
    material[road] = ASPHALT
    return built | road


def _roads(centres: list[tuple[float, float, float]], down: Field, across: Field, half: float) -> NDArray[np.bool_]:
    """Return where roads run: from the town to the village, across the river, and to the far edge."""
    (row, column, _), (village_row, village_column, _) = centres
    ends = ((village_row, village_column), (row * 0.8, -1.0), (-1.0, column * 1.15))
    road = np.zeros(down.shape, np.bool_)
    for end_row, end_column in ends:
        dy, dx = end_row - row, end_column - column
        length = hypot(dy, dx)
        share = ((down - row) * dy + (across - column) * dx) / length**2
        aside = ((down - row) * dx - (across - column) * dy) / length
        bend = 0.04 * length * np.sin(2 * pi * share)
        road |= (np.abs(aside - bend) < half) & (share > 0) & (share < 1)
    return road


def _chance(rng: np.random.Generator, numbers: NDArray[np.int64]) -> Field:
    """Return a value in [0, 1) for each number, the same for equal numbers."""
    table = rng.random(8191, dtype=np.float32)
    drawn: Field = table[(numbers * 7919 + (numbers >> 13) * 104729) % 8191]
    return drawn
