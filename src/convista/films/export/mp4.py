"""A film as H.264 in an MP4 file: up to 60 pictures a second, colours as ITU-R BT.709 has them, subtitles."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from convista.errors import ConvistaError
from convista.films.export.drawing import SMOOTH, canvas_of
from convista.films.export.medium import MOVING, Has, medium
from convista.films.export.subtitle_track import switched_off, write_track
from convista.films.export.yuv import Planes

if TYPE_CHECKING:
    from convista.films.film import Film

BT709, LIMITED = 1, 1
"""Their numbers in ITU-T H.273 and in FFmpeg's colour ranges."""
STILL = SMOOTH // 2
"""How many sixtieths of a second pass until a picture that stands still is there again."""
OPTIONS = {"preset": "superfast", "crf": "18", "tune": "animation", "bf": "0"}
"""Without pictures that refer to later ones (bf): those are encoded in another order than they are seen, and where
pictures last unevenly the file then says that it is shorter than it is."""


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
    """Encode every picture at its time; one that stands still is there again twice a second, to seek in it."""
    canvas, planes = canvas_of(film), Planes(*film.size)
    stream = container.add_stream("libx264", rate=SMOOTH, options=OPTIONS)
    stream.width, stream.height = planes.stacked.shape[1], planes.stacked.shape[0] * 2 // 3
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED
    write_track(container, film, av.Packet)
    now, time = 0, 0.0
    for frame in film.frames(SMOOTH):
        planes.update(canvas.pixels, canvas.show(frame.marks))
        picture = av.VideoFrame.from_ndarray(planes.stacked, format="yuv420p")
        picture.colorspace, picture.color_range = BT709, LIMITED
        time += frame.seconds
        # Every picture is seen, and later ones make up for the time that a short one took.
        until = max(now + 1, round(time * SMOOTH))
        for picture.pts in range(now, until, STILL):
            container.mux(stream.encode(picture))
        now = until
    # The film lasts until its last picture has been seen.
    if picture.pts < now - 1:
        picture.pts = now - 1
        container.mux(stream.encode(picture))
    container.mux(stream.encode())
