"""Convolutions without and with padding, at stride 1 and 2: what they do to the size of a map.

The padding named ``same`` has two conventions, which differ where the zeros cannot be shared out evenly.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convista.errors import ConvistaError
from convista.films.conv import whole_script, zoomed_script
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, caption_of, channel_names, one_filter, swept
from convista.films.conv.size_formula import output_size_formula, output_size_large
from convista.films.conv.sweep import Sweep
from convista.films.conv.tables import tables
from convista.films.conv.whole_stage import Moment, WholeStage
from convista.films.conv.zoomed_stage import ZoomedStage
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import SHORT, TRAVEL, Script, beat
from convista.films.stage.grid import magnitude
from convista.films.stage.marks import Formula, Mark
from convista.films.wording import message
from convista.language import Text
from convista.operators.sliding import NONE, Padding, same_after, same_both
from convista.pairs import Pair, pair

CONVENTIONS = ("both", "after")
"""Of ``same``: as many zeros before as after, or one more after than before where they are odd."""


@film("conv2d-valid-s1")
def conv2d_valid_s1(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution without padding: the window stays inside the image.

    Parameters
    ----------
    image
        (rows, columns), or (channels, rows, columns).
    kernel
        One filter with as many axes as the image.
    dilation
        The distance between the elements that the window reads.

    Raises
    ------
    ConvistaError
        If the arrays do not belong together, or the kernel is larger than the padded image.
    """
    return _film("conv2d-valid-s1", image, kernel, 1, {"valid": NONE}, dilation)


@film("conv2d-valid-s2")
def conv2d_valid_s2(
    image: ArrayLike = EXAMPLE_IMAGE, kernel: ArrayLike = EXAMPLE_KERNEL, *, dilation: int | Pair = 1
) -> Film:
    """Show a convolution without padding whose window jumps two cells; as `conv2d_valid_s1`."""
    return _film("conv2d-valid-s2", image, kernel, 2, {"valid": NONE}, dilation)


@film("conv2d-same-s1")
def conv2d_same_s1(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str | None = None,
) -> Film:
    """Show a convolution with a border of zeros that keeps the size; as `conv2d_valid_s1`.

    ``convention`` is one of `CONVENTIONS`; None shows both where they differ.
    """
    return _film("conv2d-same-s1", image, kernel, 1, _same(image, kernel, 1, dilation, convention), dilation)


@film("conv2d-same-s2")
def conv2d_same_s2(
    image: ArrayLike = EXAMPLE_IMAGE,
    kernel: ArrayLike = EXAMPLE_KERNEL,
    *,
    dilation: int | Pair = 1,
    convention: str | None = None,
) -> Film:
    """Show a convolution with a border of zeros whose window jumps two cells; as `conv2d_same_s1`."""
    return _film("conv2d-same-s2", image, kernel, 2, _same(image, kernel, 2, dilation, convention), dilation)


def same_paddings(
    size: tuple[int, ...], kernel: tuple[int, ...], stride: Pair, dilation: Pair, convention: str | None
) -> dict[str, Padding]:
    """Return the padding of each convention of ``same``; one, named ``"same"``, where all asked for agree."""
    if convention not in {None, *CONVENTIONS}:
        raise ConvistaError("films.conv_sizes.convention", given=convention, known=", ".join(CONVENTIONS))
    paddings = {"both": same_both(kernel, dilation), "after": same_after(size, kernel, stride, dilation)}
    if paddings["both"] == paddings["after"]:
        return {"same": paddings["both"]}
    return {name: padding for name, padding in paddings.items() if convention in {None, name}}


def _same(
    image: ArrayLike, kernel: ArrayLike, stride: int, dilation: int | Pair, convention: str | None
) -> dict[str, Padding]:
    x, weight = one_filter(image, kernel)
    return same_paddings(x.shape[2:], weight.shape[2:], pair(stride), pair(dilation), convention)


def _film(
    name: str,
    image: ArrayLike,
    kernel: ArrayLike,
    stride: int,
    paddings: dict[str, Padding],
    dilation: int | Pair,
) -> Film:
    """Return the sweep under each padding, one after the other, at last what their outputs have not in common."""
    x, weight = one_filter(image, kernel)
    given: dict[str, Any] = {"stride": pair(stride), "dilation": pair(dilation), "groups": 1, "channel": 0}
    sweeps = {way: Sweep(x, weight, None, padding=padding, origin=1, **given) for way, padding in paddings.items()}
    kind = "valid" if "valid" in sweeps else "same"
    titled = message(f"films.conv_sizes.{kind}_title", stride=stride)
    script = Script(name, titled)
    several, laid, ways = len(sweeps) > 1, tables(*sweeps.values()), []
    for n, (way, sweep) in enumerate(sweeps.items()):
        named, formula = _output_name(way, sweep) if several else None, output_size_formula(sweep, titled)
        if laid is None:
            seen = ZoomedStage(sweep, channel_names(x.shape[1], None, 1), n if several else None, named)
            ways.append(_Way(way, sweep, seen, formula))
        else:
            ways.append(_Way(way, sweep, WholeStage(sweep, laid[n], named), formula))
    _asked(script, kind, ways)
    for n in range(len(ways)):
        _told(script, ways, n)
    if several:
        _compared(script, ways)
    return script.film()


class _Way(NamedTuple):
    """One padding: its name, the convolution under it, the stage of that, and the size beside the title."""

    name: str
    sweep: Sweep
    stage: WholeStage | ZoomedStage
    formula: tuple[Formula, ...]

    def ended(self) -> tuple[Mark, ...]:
        """Return the stage when the last value has been written."""
        last = len(self.sweep.positions) - 1
        if isinstance(self.stage, WholeStage):
            return self.stage.at(whole_script.ended(self.stage, last)._replace(unread=any(self.sweep.unread)))
        return self.stage.at(zoomed_script.ended(self.stage, last))


def _asked(script: Script, kind: str, ways: list[_Way]) -> None:
    """Ask how large the output gets; the formula says it, in letters and with the numbers of the first way."""
    (_, sweep, stage, beside), *others = ways
    formula = output_size_large(sweep)
    if isinstance(stage, ZoomedStage) or not formula:
        return
    (rows, columns), size, stride = sweep.kernel.shape[1:], sweep.x.shape[2:], sweep.stride[0]
    sizes = {"kernel": f"{rows}×{columns}", "size": f"{size[0]}×{size[1]}", "stride": stride}
    bare = Moment(border=False, output=False)
    asked = "both" if others else kind if stride == 1 else f"{kind}_stride"
    script.step(
        message(f"films.conv_sizes.ask_{asked}", **sizes),
        beat(stage.at(bare), seconds=TRAVEL),
        beat(stage.at(bare), formula[:1], seconds=SLOW.end, travel=TRAVEL),
        narration=message(f"films.conv_narration.ask_{asked}", **sizes),
    )
    bordered = bare._replace(border=True)
    found = (*stage.at(bordered._replace(output=True)), *(mark for way in others for mark in way.stage.output(0)))
    script.step(
        message("films.conv_sizes.letters", output=f"{sweep.size[0]}×{sweep.size[1]}"),
        beat(stage.at(bordered), formula[:1], seconds=TRAVEL, travel=TRAVEL),
        beat(stage.at(bordered), formula, seconds=TRAVEL, travel=TRAVEL, born_from={"size.1": "size.0"}),
        beat(found, formula, seconds=SLOW.end, travel=TRAVEL),
        beat(found, beside, seconds=SHORT, travel=1.5 * TRAVEL),
    )


def _told(script: Script, ways: list[_Way], n: int) -> None:
    """Tell the sweep of one way, beside the outputs of the others; at last what it did to the size."""
    _, sweep, stage, formula = ways[n]
    others = (
        mark
        for m, other in enumerate(ways)
        if m != n
        for mark in other.stage.output(len(other.sweep.positions) if m < n else 0)
    )
    beside = (*formula, *others)

    def making(n: int, *, slow: bool) -> tuple[Beat, ...]:
        if isinstance(stage, WholeStage):
            beats = whole_script.made(stage, n, slow=slow, skipped=n == 1 and sweep.stride != (1, 1))
        else:
            beats = zoomed_script.made(stage, n, slow=slow)
        return tuple(beat._replace(marks=(*beat.marks, *beside)) for beat in beats)

    stops = range(len(sweep.positions))
    by_zeros = [stop for stop in stops if sweep.by_zeros(sweep.positions[stop])]
    # How values are made has been seen when the second way comes: there only where its window begins is new.
    slow_at = [0] if n else [*(stop for stop in stops if slowly(stop, len(stops))), *by_zeros[:1]]
    swept(script, sweep, making, partial(_caption, ways[n]), slow_at=slow_at)
    script.step(_end(sweep), beat(ways[n].ended(), beside, seconds=SLOW.end, travel=TRAVEL))


def _compared(script: Script, ways: list[_Way]) -> None:
    """Tell where the outputs of two conventions differ, and where the window of their first value stands."""
    one, other = (way.sweep.output for way in ways)
    stages = [way.stage for way in ways if isinstance(way.stage, WholeStage)]
    outputs = [way.stage.output(len(way.sweep.positions)) for way in ways]
    marks = [*ways[-1].ended(), *outputs[0]]
    if one.shape != other.shape:
        first, second = (f"{made.shape[0]}×{made.shape[1]}" for made in (one, other))
        words = message("films.conv_sizes.other_size", first=first, second=second)
        script.step(words, beat(marks, seconds=SLOW.end))
        return
    apart = ~np.isclose(one, other, rtol=0, atol=1e-12 * magnitude(one), equal_nan=True)
    places = [(int(i), int(j)) for i, j in np.argwhere(apart)]
    if stages:
        # The first window of both, on the image with all the zeros that one or the other has.
        marks = [*stages[0].at(Moment(len(ways[0].sweep.positions))), *outputs[1]]
        marks += [stage.place(f"window.{way.name}", (0, 0)) for stage, way in zip(stages, ways, strict=True)]
    key = "other_values" if places else "same_values"
    words = message(f"films.conv_sizes.{key}", count=len(places), all=one.size)
    outlines = [mark for stage in stages for mark in stage.outlined(places)]
    script.step(words, beat(marks, outlines, seconds=2 * SLOW.end, travel=TRAVEL))


def _caption(way: _Way, n: int) -> Text:
    """Return what a stop is about: the padding at first, what the stride leaves out, then what values say."""
    name, sweep, stage, _ = way
    stride = sweep.stride[0]
    if n == 0:
        rows, columns = sweep.x.shape[2:]
        sizes = {"size": f"{rows}×{columns}", "output": f"{sweep.size[0]}×{sweep.size[1]}"}
        (above, below), (before, after) = sweep.padding
        key = f"films.conv_sizes.{name}" if stride == 1 else f"films.conv_sizes.{name}_stride"
        return message(key, **sizes, above=above, below=below, before=before, after=after, stride=stride)
    if isinstance(stage, ZoomedStage):
        return caption_of(sweep, n, left_out=len(stage.left_out))
    if n == 1 and stride > 1:
        return message("films.conv_sizes.skipped", stride=stride, count=stride - 1)
    return caption_of(sweep, n)


def _end(sweep: Sweep) -> Text:
    """Say what has become of the size."""
    rows, columns = sweep.x.shape[2:]
    (above, below), (before, after) = sweep.padding
    if any(sweep.unread):
        return message("films.conv_sizes.unread", rows=sweep.unread[0], columns=sweep.unread[1])
    end = "end_stride" if sweep.stride[0] > 1 else "end_border" if sweep.padding != NONE else "end"
    output, whole = f"{sweep.size[0]}×{sweep.size[1]}", f"{above + rows + below}×{before + columns + after}"
    return message(f"films.conv_sizes.{end}", output=output, whole=whole, stride=sweep.stride[0])


def _output_name(way: str, sweep: Sweep) -> Text:
    return message(f"films.conv_sizes.output_{way}", rows=sweep.size[0], columns=sweep.size[1])
