"""What was understood of a source that its files do not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convista.errors import ConvistaWarning
from convista.scenes.bands.masks import ALPHA, MaskBand, Role
from convista.scenes.files.header import Header
from convista.scenes.files.raster_file import basename, stem, title
from convista.scenes.files.variables import shortened
from convista.scenes.sources.selection import SelectedBand
from convista.scenes.sources.source_bands import SourceBands


def notes_on(found: SourceBands, selected: Sequence[SelectedBand], *, named: bool) -> Iterator[ConvistaWarning]:
    """Tell what was understood of a source: files left out, masks known by their values alone.

    Parameters
    ----------
    found, selected
        The source, and its bands that are read.
    named
        Whether the caller named those bands.
    """
    for file, header in {one.candidate.file: one.header for one in selected}.items():
        if header.count and header.variables:
            yield ConvistaWarning(
                "scenes.sources.more_inside", file=title(file), others=shortened(header.variables)
            )
    spare = [basename(one.file) for one in found.candidates if one.role is Role.SPARE]
    if spare and not named:
        yield ConvistaWarning(
            "scenes.sources.left_out", folder=found.name, files=shortened(spare), name=stem(spare[0])
        )
    for one, *_ in selected:
        file = title(one.file)
        if one.id == ALPHA and not named:
            yield ConvistaWarning("scenes.sources.alpha_is_band", file=file, number=one.index, band=one.name)
        if one.name.lower() == "mask" and not named:
            yield ConvistaWarning("scenes.sources.mask_is_band", file=file, band=one.name)
    tacit = [
        one
        for one, header, masks in selected
        if _are_undescribed(header) and MaskBand(one.file, 3 - one.index) in masks
    ]
    if tacit and found.mask_number is None:
        yield ConvistaWarning("scenes.sources.second_is_mask", file=basename(tacit[0].file), count=len(tacit))


def _are_undescribed(header: Header) -> bool:
    """Whether only their values can tell of two bands that one is the mask of the other."""
    return header.count == 2 and not any(header.descriptions) and header.alpha is None
