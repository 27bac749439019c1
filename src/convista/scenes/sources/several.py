"""The bands of several sources that are opened together, such as a radar and an optical image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from convista.scenes.bands.masks import Role, is_mask_name
from convista.scenes.sources.candidates import BandCandidate, NamedBy, distinct, hidden_by
from convista.scenes.sources.source_bands import SourceBands, agreed


def bands_of_several(sources: Sequence[SourceBands]) -> SourceBands:
    """Join the bands of sources, each named as if it stood alone; one that is a mask hides those of all others."""
    apart = [one for one in sources if _is_mask(one)]
    masks = [replace(one.candidates[0], role=Role.MASK) for one in apart if len(apart) < len(sources)]
    bands = [band for one in sources if not masks or one not in apart for band in _with_a_name(one)]
    name = " + ".join(one.name for one in sources[:3]) + (" + …" if len(sources) > 3 else "")
    return SourceBands(name, agreed(one.sensor for one in sources), distinct(hidden_by(masks, bands)))


def _with_a_name(source: SourceBands) -> tuple[BandCandidate, ...]:
    """Return the bands of one source among several: a single one that nobody named is named after its file."""
    first, *others = source.candidates
    if others or first.named is not NamedBy.NOBODY:
        return source.candidates
    return (replace(first, name=source.name, id=source.name),)


def _is_mask(source: SourceBands) -> bool:
    """Whether one source among several is nothing but a mask of the others, by the name of its only band."""
    return len(source.candidates) == 1 and (is_mask_name(source.name) or is_mask_name(source.candidates[0].id))
