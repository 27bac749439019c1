"""Names of bands as people write them, in file names and descriptions: which band is meant, if any."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import NamedTuple

from convista.scenes.bands.sensors import BAND_ID, COMMON_NAMES, POLARISATIONS, common_name, normalised_id

_OTHER_WORDS = MappingProxyType(
    {
        "nir1": "nir",
        "swir1": "swir16",
        "swir2": "swir22",
        "panchromatic": "pan",
        "aerosol": "coastal",
    }
)
_WORDS = MappingProxyType({name.lower(): name for name in COMMON_NAMES} | dict(_OTHER_WORDS))
_WORD = re.compile(rf"(?:{BAND_ID.pattern})(?![^\W_])|[^\W_]+", re.IGNORECASE)
"""A band's id, which may have a blank or an underscore in it, or else letters and digits."""
_OTHER_THAN_THE_BAND = frozenset(
    (
        *("no", "not", "non", "without", "except", "sin"),
        *("minus", "plus", "over", "ratio", "diff", "difference", "delta", "change", "sum", "index"),
        *("menos", "razón", "razon", "diferencia", "cambio", "índice", "indice"),
        *("ndvi", "gndvi", "ndre", "ndwi", "mndwi", "ndmi", "ndsi", "ndbi", "nbr", "evi", "evi2", "savi", "bsi"),
        *("std", "stddev", "stdev", "variance", "var", "count", "cv", "entropy", "texture"),
        *("phase", "coh", "coherence", "angle"),
        *("mask", "datamask", "máscara", "mascara", "qa", "error", "uncertainty"),
    )
)
"""Words beside a band's name that say: not this band, or something made of it, or something about it."""


class Mention(NamedTuple):
    """Which band a file name or a description means; nothing where it means none, or several."""

    id: str | None
    name: str | None


def mentioned(text: str) -> Mention:
    """Return the band id and the common name that stand as words of their own in a file name or description.

    The red edge is not red, ``"narrow NIR"`` is not the broad one, and ``"SWIR 1"`` is one word. What denies a band
    or is made of one is none: ``"no red"``, ``"B4_minus_B8"``, ``"NDVI_B8_B4"``, ``"red_std"``, ``"B04_mask"``.
    Where the number of a band in its file stands beside its id, as in ``"Band 1 (B2)"``, the id counts.
    """
    words = [found[0] for found in _WORD.finditer(_joined(text))]
    ids = {n: word for n, word in enumerate(words) if BAND_ID.fullmatch(word)}
    names = {n: _WORDS[word.lower()] for n, word in enumerate(words) if word.lower() in _WORDS}
    if _is_other(words, (*ids, *names)):
        return Mention(None, None)
    short = [word for word in ids.values() if not word.lower().startswith("band")]
    meant = {normalised_id(word): word for word in short or ids.values()}
    if len(meant) > 1:
        return Mention(None, None)
    return Mention(next(iter(meant.values()), None), _only(set(names.values())))


def written_id(text: str) -> str | None:
    """Return the band id that a file name or description means, see `mentioned`."""
    return mentioned(text).id


def written_name(text: str) -> str | None:
    """Return the common name that a file name or description means, see `mentioned`; None if several do."""
    return mentioned(text).name


def names_written_in(text: str, sensor: str | None) -> tuple[str, str]:
    """Return (name, id) of a band from what is written about it: a word that is a name counts before the id's."""
    band_id = written_id(text)
    known = written_name(text) or (common_name(band_id, sensor) if band_id else common_name(text, sensor))
    return known or band_id or text, band_id or text


def written_polarisation(text: str) -> str | None:
    """Return the polarisation that stands as a word in a file name, whatever else does, or None."""
    words = [found[0].lower() for found in re.finditer(r"[^\W\d_]+", text)]
    found = {n: POLARISATIONS[word] for n, word in enumerate(words) if word in POLARISATIONS}
    return None if _is_other(words, found) else _only(set(found.values()))


def _is_other(words: Sequence[str], places: Iterable[int]) -> bool:
    """Whether a word beside one of these places says that something other than the band is meant."""
    beside = {words[place + step].lower() for place in places for step in (-1, 1) if 0 <= place + step < len(words)}
    return bool(beside & _OTHER_THAN_THE_BAND)


def _joined(text: str) -> str:
    """Write names of two words as one."""
    text = re.sub(r"red[ _-]*edge", "rededge", text, flags=re.IGNORECASE)
    text = re.sub(r"narrow[ _-]*nir|nir[ _-]*narrow", "nir08", text, flags=re.IGNORECASE)
    return re.sub(r"swir[ _-]*([12])(?!\d)", r"swir\1", text, flags=re.IGNORECASE)


def _only(found: set[str]) -> str | None:
    return found.pop() if len(found) == 1 else None
