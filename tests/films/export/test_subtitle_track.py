"""An MP4 has its subtitles inside: their language, words and times; off where captions are drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from convista.catalogue import film
from convista.films.export.subtitles import cues

av = pytest.importorskip("av", reason="PyAV is not installed: the extra mp4")


@pytest.mark.parametrize(
    ("shown", "code", "on"),
    [
        pytest.param({"language": "es"}, "spa", False, marks=pytest.mark.slow),
        ({"language": "en", "captions": False}, "eng", True),
        pytest.param({"language": "es", "plain": True}, "spa", True, marks=pytest.mark.slow),
        pytest.param({"language": "en", "narrated": True}, "eng", False, marks=pytest.mark.slow),
    ],
)
def test_the_track_is_the_subtitles(shown: dict[str, Any], code: str, on: bool, tmp_path: Path) -> None:
    made = film("pool-max", size=(160, 90), **shown)
    made.save(tmp_path / "x.mp4")
    assert sorted(path.name for path in tmp_path.iterdir()) == (["x.mp4", "x.srt", "x.vtt"] if on else ["x.mp4"])
    with av.open(str(tmp_path / "x.mp4")) as container:
        (stream,) = container.streams.subtitles
        assert stream.codec_context.name == "mov_text"
        assert stream.language == code
        assert bool(int(stream.disposition) & int(av.stream.Disposition.default)) == on
        assert int(container.streams.video[0].disposition) & int(av.stream.Disposition.default)
        packets = [
            (packet.pts, packet.duration, bytes(packet)) for packet in container.demux(stream) if packet.size
        ]
    # Empty samples stand for no time at all, between two subtitles.
    read = [(pts / 1000, (pts + took) / 1000, text[2:].decode()) for pts, took, text in packets if len(text) > 2]
    told = list(cues(made))
    assert [text for _, _, text in read] == [cue.text for cue in told]
    for (start, end, _), cue in zip(read, told, strict=True):
        assert (start, end) == pytest.approx((cue.start, cue.end), abs=0.0011)
