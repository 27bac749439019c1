"""Convolutions one on the other, in perspective: a value can be made once all that it reads exists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.conv.chain_order import Chain, Event
from convista.films.conv.chain_stage import ChainStage, Moment
from convista.films.conv.conv import EXAMPLE_KERNEL, plane
from convista.films.film import SLOW, Beat, Film
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.script import QUICK, SHORT, TRAVEL, Script, beat
from convista.films.wording import message
from convista.language import Text

IMAGE = (
    (3, 1, 7, 2, 5, 0, 4),
    (4, 9, 2, 8, 1, 6, 3),
    (5, 3, 0, 4, 7, 2, 8),
    (8, 1, 6, 3, 9, 5, 1),
    (2, 4, 7, 1, 0, 8, 6),
    (9, 3, 5, 2, 6, 4, 7),
    (1, 6, 2, 9, 3, 5, 0),
)
KERNELS = (EXAMPLE_KERNEL, ((1, 2, 1), (0, 0, 0), (-1, -2, -1)), ((0, 1, 0), (1, -4, 1), (0, 1, 0)))
"""Sobel X, Sobel Y, the Laplacian."""
MOST_LAYERS, MOST_CHANNELS = 4, 6
"""More blocks, or plates in a block, would be too small to see."""


@film("conv-chain")
def conv_chain(image: ArrayLike = IMAGE, kernels: Sequence[ArrayLike] = KERNELS) -> Film:
    """Show a chain of convolutions value by value, I0 → O1 → O2 → O3.

    Parameters
    ----------
    image
        A matrix. Where numbers would be too small, blocks are maps; long chains stop where layers begin and end.
    kernels
        One matrix a layer, up to `MOST_LAYERS`; stride 1, no padding.

    Raises
    ------
    ConvistaError
        If one is no matrix, a kernel is larger than what it reads, or there are none or too many.
    """
    filters = [plane(f"kernels[{n}]", kernel)[None, None] for n, kernel in enumerate(kernels)]
    return _script(checked(plane("image", image)[None], filters))


def _script(chain: Chain) -> Film:
    """Return the chain value by value: slowly where layers begin and at the ends."""
    script = Script("conv-chain", message("films.conv_chain.title", layers=chain.depth))
    stage = ChainStage(chain, [_name(layer, values.shape) for layer, values in enumerate(chain.values)])
    opening = "open" if chain.depth > 1 else "open_alone"
    script.step(message(f"films.conv_chain.{opening}"), beat(stage.empty(), seconds=SLOW.end))
    for n in range(len(chain.shown)):
        slow = slowly(n, len(chain.shown)) or _begins(chain, n) or _begins(chain, n + 1)
        named = _named(chain, n, slow=slow)
        making = _slowly(stage, n, named) if slow else (_quickly(stage, n, named),)
        script.step(_caption(chain, n) if slow else _onwards(chain, n), *making)
    script.step(_end(chain), beat(stage.depending(), seconds=SLOW.end, travel=TRAVEL))
    return script.film()


def _slowly(stage: ChainStage, n: int, named: list[Event]) -> tuple[Beat, ...]:
    """Return a value part by part: the window, what it reads in the equation, the sum, the value in its place."""
    arrived, read = Moment(n, named, False, False, False), Moment(n, named, True, False, False)
    return (
        beat(stage.at(arrived), seconds=SHORT, travel=TRAVEL),
        beat(stage.at(read), travel=TRAVEL, born_from=stage.read(n)),
        beat(stage.at(Moment(n, named, written=False)), seconds=SHORT),
        beat(stage.at(Moment(n, named)), seconds=SLOW.end, travel=TRAVEL, born_from=stage.written(n)),
    )


def _quickly(stage: ChainStage, n: int, named: list[Event]) -> Beat:
    """Return a value in one move: the window goes there, and the value appears."""
    return beat(stage.at(Moment(n, named, False, False)), seconds=2 * QUICK, travel=2 * QUICK)


def _begins(chain: Chain, n: int) -> bool:
    """Say whether a step makes the first value of a layer."""
    return n < len(chain.shown) and chain.events[chain.shown[n]].at == (0, 0)


def _named(chain: Chain, n: int, *, slow: bool) -> list[Event]:
    """Return the values that a step's caption names beside the one that is made."""
    number = chain.shown[n]
    event, begun = chain.events[number], any(event.layer == 2 for event in chain.events[: number + 1])
    if n == 0 or (begun and not slow):
        return []
    if event.layer > 1:
        return [chain.reads(event)[-1]]
    return [event for event in chain.events[number + 1 :] if event.layer == 2][:1]


def _onwards(chain: Chain, n: int) -> Text:
    """Return what stands over many steps: what they wait for, or that layers grow together."""
    waiting = next((event for event in chain.events if event.layer == 2), None)
    if waiting is None:
        return message("films.conv_blocks.onwards")
    if waiting in chain.events[: chain.shown[n] + 1]:
        return message("films.conv_chain.together")
    return message("films.conv_chain.waiting", next=_place(waiting), count=len(chain.reads(waiting)))


def _caption(chain: Chain, n: int) -> Text:
    """Return what a step is about: what a value had to wait for, and what the next layer waits for."""
    number = chain.shown[n]
    event, made = chain.events[number], set(chain.events[: number + 1])
    sweep = chain.sweeps[event.layer - 1][0]
    place = _place(event)
    reads = {"count": sweep.kernel[0].size, "before": _layer(event.layer - 1)}
    if event.layer == 1 and number == 0:
        return message("films.conv_chain.begin", place=place, **reads)
    if event.layer > 1:
        key = "films.conv_chain.starts" if event.at == (0, 0) else "films.conv_chain.follows"
        return message(key, place=place, last=_place(chain.reads(event)[-1]), layer=_layer(event.layer), **reads)
    waiting = next((one for one in chain.events[number + 1 :] if one.layer == 2), None)
    if waiting is None:
        return message("films.conv_chain.made", place=place, **reads)
    needed = chain.reads(waiting)
    there = sum(read in made for read in needed)
    key = "films.conv_chain.ready" if there == len(needed) else "films.conv_chain.waits"
    return message(key, place=place, next=_place(waiting), count=len(needed), there=there)


def _end(chain: Chain) -> Text:
    """Say that the order does not matter, and on how much of the image the last value depends."""
    last = chain.events[-1]
    both = "end" if chain.depth > 1 else "end_alone"
    return message(
        f"films.conv_chain.{both}", place=_place(last), pixels=chain.pixels(last), all=chain.values[0][0].size
    )


def _place(event: Event) -> str:
    return f"{_layer(event.layer)}[{event.at[0] + 1},{event.at[1] + 1}]"


def _layer(layer: int) -> str:
    return f"O{layer}" if layer else "I0"


def _name(layer: int, shape: tuple[int, ...]) -> Text:
    line = f"{_layer(layer)} ({shape[1]}×{shape[2]})"
    return Text(line, line)


def checked(image: NDArray[np.float64], filters: list[NDArray[np.float64]]) -> Chain:
    """Return the chain of (channels, rows, columns) and the filters of its layers.

    Raises
    ------
    ConvistaError
        If the layers do not fit on each other, or on the stage.
    """
    if not 1 <= len(filters) <= MOST_LAYERS:
        raise ConvistaError("films.conv_chain.layers", layers=len(filters), most=MOST_LAYERS)
    if image.ndim != 3 or not image.size:
        raise ConvistaError("films.conv_chain.image", shape=image.shape)
    channels = len(image)
    for n, weight in enumerate(filters):
        if weight.ndim != 4 or not weight.size or weight.shape[1] != channels:
            raise ConvistaError("films.conv_chain.filters", n=n, shape=weight.shape, channels=channels)
        channels = len(weight)
    if (most := max(len(image), *(len(weight) for weight in filters))) > MOST_CHANNELS:
        raise ConvistaError("films.conv_chain.channels", channels=most, most=MOST_CHANNELS)
    return Chain(image, filters)
