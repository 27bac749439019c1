"""What a narrator says over a film of a convolution, longer than its captions."""

from __future__ import annotations

from math import isnan

from convista.films.conv.sweep import Sweep
from convista.films.keyframes import slowly
from convista.films.wording import message, written
from convista.language import Text


def narration(sweep: Sweep, n: int, caption: Text) -> Text | None:
    """Return what is said at a stop beyond its caption, or around it; None where it says enough."""
    if not slowly(n, len(sweep.positions)):
        return message("films.conv_narration.onwards")
    value = sweep.explain(sweep.positions[n]).value
    if isnan(value) or n > 1:
        return None
    if n == 1:
        return message("films.conv_narration.moved", value=written(value), caption=caption)
    return _begin(sweep, written(value))


def closing(sweep: Sweep, caption: Text) -> Text:
    """Return what is said of the whole output, around a caption."""
    meaning = sweep.sign()
    if meaning is None:
        return message("films.conv_narration.end", caption=caption)
    return message(f"films.conv_narration.end_{meaning.partition('_')[2]}", caption=caption)


def _begin(sweep: Sweep, value: Text) -> Text:
    """Say what a kernel, or one for each channel, does at the first position."""
    channels, rows, columns = sweep.kernel.shape
    bias = message("films.conv_narration.bias") if sweep.bias is not None else ""
    if channels == 1:
        return message("films.conv_narration.begin", count=rows * columns, bias=bias, value=value)
    size = f"{rows}×{columns}"
    return message("films.conv_narration.begin_channels", channels=channels, size=size, bias=bias, value=value)
