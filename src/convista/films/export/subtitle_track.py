"""The subtitles of a film as a track of its MP4: 3GPP timed text (TS 26.245), which FFmpeg calls mov_text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from convista.films.export.subtitles import cues

if TYPE_CHECKING:
    from convista.films.film import Film

CODES = {"es": "spa", "en": "eng"}
"""Of languages, as ISO 639-2/T has them."""
CLOCK = Fraction(1, 1000)
"""Seconds that the track counts in."""
HEADER = b"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,18
"""
"""What FFmpeg asks for before it opens a track of text: a style, as SubStation Alpha has it."""


def write_track(container: Any, film: Film, packet: Any) -> None:
    """Add the track to an MP4 whose pictures have their stream already, but are not written yet."""
    stream = container.add_stream("mov_text")
    stream.metadata["language"] = CODES[film.language]
    stream.codec_context.subtitle_header = HEADER
    stream.time_base = stream.codec_context.time_base = CLOCK
    for cue in cues(film):
        text = cue.text.encode()
        # A sample is the length of its text in two bytes, and the text.
        sample = packet(len(text).to_bytes(2, "big") + text)
        sample.stream, sample.time_base = stream, CLOCK
        start, end = (round(time / CLOCK) for time in (cue.start, cue.end))
        sample.pts = sample.dts = start
        sample.duration = end - start
        container.mux(sample)


def switched_off(file: bytes) -> bytes:
    """Return an MP4 whose track of text a player shows only if it is asked to.

    FFmpeg switches on the first track of each kind, whatever it is told.
    """
    changed = bytearray(file)
    for movie, end in _boxes(file, 0, len(file), b"moov"):
        for track, last in _boxes(file, movie, end, b"trak"):
            (media, until), (header, _) = (
                next(_boxes(file, track, last, b"mdia")),
                next(_boxes(file, track, last, b"tkhd")),
            )
            handler, _ = next(_boxes(file, media, until, b"hdlr"))
            # A handler's kind is 8 bytes into its box; of a track's flags, bytes 1–3 of its header, 1 is “on”.
            if file[handler + 8 : handler + 12] in {b"sbtl", b"text"}:
                changed[header + 3] &= 0xFE
    return bytes(changed)


def _boxes(file: bytes, start: int, end: int, kind: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the contents of each box of a kind begin and end, as ISO/IEC 14496-12 lays them out."""
    while start < end:
        size, head = int.from_bytes(file[start : start + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(file[start + 8 : start + 16], "big"), 16
        if file[start + 4 : start + 8] == kind:
            yield start + head, start + size
        start += size or end - start
