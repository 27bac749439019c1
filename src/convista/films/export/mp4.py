"""A film as H.264 in an MP4 file: 60 pictures a second, colours as ITU-R BT.709 has them, and its subtitles."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from convista.errors import ConvistaError
from convista.films.export.drawing import SMOOTH, canvas_of
from convista.films.export.medium import MOVING, Has, medium
from convista.films.export.subtitle_track import switched_off, write_track
from convista.films.stage.paint import Pixels

if TYPE_CHECKING:
    from convista.films.film import Film

BT709, LIMITED = 1, 1
"""Their numbers in ITU-T H.273 and in FFmpeg's colour ranges."""
OPTIONS = {"preset": "superfast", "crf": "18", "tune": "animation"}


@medium(".mp4", MOVING | Has.SUBTITLES, beside=(".srt", ".vtt"))
def encode(film: Film) -> bytes:
    """Return the file; a width or height that is odd gains a pixel, since colours are kept for every second one.

    Raises
    ------
    ConvistaError
        If PyAV is not installed.
    """
    try:
        import av  # noqa: PLC0415  an extra
    except ModuleNotFoundError as reason:
        raise ConvistaError("films.export.no_mp4") from reason
    # What a player needs first is moved to the file's front at the end, for which FFmpeg opens it a second time.
    with TemporaryDirectory() as folder:
        file = Path(folder, "film.mp4")
        with av.open(str(file), "w", options={"movflags": "faststart"}) as container:
            _fill(container, film, av)
        # Captions that are drawn would be there twice.
        return switched_off(file.read_bytes()) if film.captions else file.read_bytes()


def _fill(container: Any, film: Film, av: Any) -> None:
    """Encode every picture as often as it is seen."""
    canvas = canvas_of(film)
    stream = container.add_stream("libx264", rate=SMOOTH, options=OPTIONS)
    stream.width, stream.height = (side + side % 2 for side in film.size)
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    write_track(container, film, av.Packet)
    count, time = 0, 0.0
    for frame in film.frames(SMOOTH):
        canvas.show(frame.marks)
        picture = av.VideoFrame.from_ndarray(_even(canvas.pixels), format="rgb24").reformat(
            format="yuv420p", dst_colorspace=BT709, dst_color_range=LIMITED
        )
        time += frame.seconds
        # Every picture is seen, and later ones make up for the time that a short one took.
        for _ in range(max(1, round(time * SMOOTH) - count)):
            picture.pts, count = count, count + 1
            container.mux(stream.encode(picture))
    container.mux(stream.encode())


def _even(pixels: Pixels) -> Pixels:
    """Return a picture whose width and height are even."""
    rows, columns = pixels.shape[:2]
    even = (
        np.pad(pixels, ((0, rows % 2), (0, columns % 2), (0, 0)), mode="edge")
        if rows % 2 or columns % 2
        else pixels
    )
    return np.ascontiguousarray(even)
