"""What a source offers: its bands, and what is known of them together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from convista.scenes.bands.masks import MaskBand
from convista.scenes.bands.requests import named_as, position_of
from convista.scenes.files.complex_parts import asked_part
from convista.scenes.files.raster_file import basename, title
from convista.scenes.sources.candidates import BandCandidate


@dataclass(frozen=True)
class SourceBands:
    """The bands that a source has."""

    name: str
    sensor: str | None
    candidates: tuple[BandCandidate, ...]
    folder: Path | None = None
    """Where relative file names of a band mapping are looked for."""
    masks: tuple[MaskBand, ...] = ()
    """What the caller says hides all bands."""
    mask_number: int | None = None
    """Which band of each file that has more than one the caller says is a mask."""

    @property
    def names(self) -> list[str]:
        """Of the bands, in order."""
        return [one.name for one in self.candidates]

    def find(self, name: str) -> BandCandidate | None:
        """Return the band that a name means, under the name it was asked by if that is a common name."""
        position = position_of(name, self.candidates, self.sensor)
        if position is not None:
            found = self.candidates[position]
            return replace(found, name=named_as(name, found))
        band, part = asked_part(name)
        whole = self.find(band) if part else None
        return replace(whole, name=f"{whole.name}_{part}", part=part) if whole else None

    def of_file(self, name: str) -> list[BandCandidate]:
        """Return the bands of a file by its path or its name."""
        return [one for one in self.candidates if name in (title(one.file), basename(one.file))]


def agreed(sensors: Iterable[str | None]) -> str | None:
    """Return the one sensor that is known, or None."""
    known = set(sensors) - {None}
    return known.pop() if len(known) == 1 else None
