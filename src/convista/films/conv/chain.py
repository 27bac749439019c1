"""Convolutions one on the other, in perspective: a value can be made once all that it reads exists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.conv.chain_order import Chain, Event
from convista.films.conv.chain_stage import ChainStage
from convista.films.conv.conv import EXAMPLE_KERNEL, plane
from convista.films.film import Film, Step
from convista.films.keyframes import slowly
from convista.films.registry import film
from convista.films.stage import layout
from convista.films.stage.maps import Channels
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
    return _film("conv-chain", plane("image", image)[None], filters)


@film("conv-chain-channels")
def conv_chain_channels(image: Channels | None = None, filters: Sequence[ArrayLike] | None = None) -> Film:
    """Show the chain with several channels in each block, tinted: a value reads the window in all of them.

    Parameters
    ----------
    image
        (channels, rows, columns), up to `MOST_CHANNELS`; None is the example.
    filters
        For each layer (filters, channels read, kernel rows, kernel columns).

    Raises
    ------
    ConvistaError
        If shapes do not belong together, or there are too many layers or channels.
    """
    example_image, example_filters = _example()
    pixels = example_image if image is None else np.asarray(image, dtype=np.float64)
    weights = example_filters if filters is None else [np.asarray(one, dtype=np.float64) for one in filters]
    return _film("conv-chain-channels", pixels, weights)


def _film(name: str, image: NDArray[np.float64], filters: list[NDArray[np.float64]]) -> Film:
    _check(image, filters)
    chain = Chain(image, filters)
    words = message(f"films.conv_chain.{'title' if len(image) == 1 else 'title_channels'}", layers=chain.depth)
    names = [_name(layer, values.shape) for layer, values in enumerate(chain.values)]
    stage = ChainStage(chain, (layout.title(words),), names)
    steps = []
    for n in range(len(chain.shown)):
        slow = slowly(n, len(chain.shown)) or _begins(chain, n) or _begins(chain, n + 1)
        words = _caption(chain, n) if slow else _onwards(chain, n)
        steps.append(Step(words, stage.beats(n, _named(chain, n, slow=slow), slow=slow)))
    return Film(name, words, tuple(steps))


def _begins(chain: Chain, n: int) -> bool:
    """Say whether a step makes the first value of a layer."""
    return chain.events[chain.shown[n]].at == (0, 0)


def _named(chain: Chain, n: int, *, slow: bool) -> list[Event]:
    """Return the values that a step's caption names beside the one that is made."""
    number = chain.shown[n]
    event, begun = chain.events[number], any(event.layer == 2 for event in chain.events[: number + 1])
    if n == 0 or number == len(chain.events) - 1 or (begun and not slow):
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
    if number == len(chain.events) - 1:
        return message("films.conv_chain.end", place=place, pixels=chain.pixels(event), all=chain.values[0][0].size)
    if event.layer == 1 and number == 0:
        key = "films.conv_chain.begin" if len(chain.values[0]) == 1 else "films.conv_chain.begin_channels"
        return message(key, place=place, channels=len(chain.values[0]), filters=len(chain.values[1]), **reads)
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


def _place(event: Event) -> str:
    return f"{_layer(event.layer)}[{event.at[0] + 1},{event.at[1] + 1}]"


def _layer(layer: int) -> str:
    return f"O{layer}" if layer else "I0"


def _name(layer: int, shape: tuple[int, ...]) -> Text:
    size = "×".join(map(str, shape[1:] if shape[0] == 1 else (*shape[1:], shape[0])))
    line = f"{_layer(layer)} ({size})"
    return Text(line, line)


def _check(image: NDArray[np.float64], filters: list[NDArray[np.float64]]) -> None:
    """Raise ConvistaError if the layers do not fit on each other, or on the stage."""
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


def _example() -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """Return an image of three channels and three layers of few, small, whole weights, drawn once and for all."""
    random = np.random.default_rng(11)
    image = random.integers(0, 5, (3, 7, 7)).astype(np.float64)
    shape = 3, 3, 3, 3
    drawn = [random.integers(-1, 2, shape) * (random.random(shape) < 0.3) for _ in range(3)]
    return image, [weights.astype(np.float64) for weights in drawn]
