"""Candidates: the bands that a source has, before any is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from convista.errors import ConvistaError
from convista.scenes.bands.masks import MaskBand, Role, masks_of_one
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import RasterFile, stem, title
from convista.scenes.files.variables import shortened
from convista.scenes.products.calibration import RadiometricCalibration


class NamedBy(Enum):
    """Who named a band."""

    FILE = "file"
    """The file's description or name, or the product it belongs to."""
    COLOUR = "colour"
    """Only its colour interpretation, which GDAL gives to every byte raster of three or four bands."""
    NOBODY = "nobody"


@dataclass(frozen=True)
class BandCandidate:
    """A band that a source has."""

    name: str
    id: str
    file: RasterFile
    index: int = 1
    named: NamedBy = NamedBy.FILE
    role: Role = Role.BAND
    is_only: bool = False
    """Whether its file, which nobody has opened yet, is taken to have no other band."""
    part: str | None = None
    """Which of `complex_parts.PARTS` was asked for."""
    calibration: RadiometricCalibration = field(default=RadiometricCalibration())
    masks: tuple[MaskBand, ...] = ()
    """Those that hide it besides the masks in its own file."""


def opened_alone(candidate: BandCandidate, header: Header, number: int | None = None) -> BandCandidate:
    """Return a candidate of a file that was taken to have one band, now that its header is known.

    Parameters
    ----------
    candidate, header
        The candidate, and its file's header.
    number
        Which band of the file is a mask, as the caller says.

    Raises
    ------
    ConvistaError
        If other bands than one remain beside those that are masks.
    """
    if not header.count:
        raise ConvistaError(
            "scenes.only_variables", file=title(candidate.file), variables=shortened(header.variables)
        )
    of_file = masks_of_one(candidate.file, header) if header.count > 1 else ()
    masks = of_file if number is None else tuple({*of_file, number} & set(range(2, header.count + 1)))
    rest = sorted(set(range(1, header.count + 1)) - set(masks))
    if len(rest) != 1:
        raise ConvistaError("scenes.sources.not_one_band", file=title(candidate.file), count=header.count)
    own = tuple(MaskBand(candidate.file, n) for n in masks)
    return replace(candidate, index=rest[0], is_only=False, masks=candidate.masks + own)


def hidden_by(masks: Sequence[BandCandidate], candidates: Sequence[BandCandidate]) -> tuple[BandCandidate, ...]:
    """Return candidates that masks of other files hide, and the masks, which may be asked for as bands."""
    bands = tuple(MaskBand(mask.file, mask.index) for mask in masks)
    return (*(replace(one, masks=one.masks + bands) for one in candidates), *masks)


def distinct(candidates: Sequence[BandCandidate]) -> tuple[BandCandidate, ...]:
    """Give bands that share a name their ids instead; or, shared too, the file's name besides; or their numbers."""
    other_names: tuple[Callable[[int, BandCandidate], str], ...] = (
        lambda _, one: one.id,
        lambda _, one: f"{one.name}_{stem(one.file)}",
        lambda number, _: f"band{number}",
    )
    for other_name in other_names:
        names = [one.name.lower() for one in candidates]
        candidates = [
            one if names.count(one.name.lower()) == 1 else replace(one, name=other_name(number, one))
            for number, one in enumerate(candidates, 1)
        ]
    return tuple(candidates)
