"""A first layer's filters as they learn, and how close each comes to a classical one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convista.errors import ConvistaError
from convista.films.film import SLOW, Film
from convista.films.keyframes import slowly
from convista.films.script import TRAVEL, Script, beat
from convista.films.stage import text
from convista.films.stage.grid import magnitude, picture
from convista.films.stage.imagery import photo
from convista.films.stage.layout import STAGE
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import as_written, message, written
from convista.language import Text
from convista.operators import Array
from convista.operators.filters import Match, bank, similarity

WALL = Box(STAGE.left, 96, STAGE.left + 344, 440)
"""Where all filters hang."""
PAIRS = Box(STAGE.left + 396, 118, STAGE.right, 440)
FOLLOWED = 3
"""Filters that are followed beside the wall."""
MOST_STEPS = 12
CLOSE = 0.8
"""The least cosine at which a filter is said to resemble a classical one."""


def filters_learned(
    weights: ArrayLike, *, epochs: Sequence[int] | None = None, accuracies: Sequence[float | None] | None = None
) -> Film:
    """Show how filters change from epoch to epoch.

    Parameters
    ----------
    weights
        (epochs, filters, bands, size, size), the first before training.
    epochs
        The number of each; None for 0, 1, 2 …
    accuracies
        Of the whole network after each, 0 … 1, as far as known.

    Raises
    ------
    ConvistaError
        If the weights have another shape, or the numbers of epochs do not fit.

    Notes
    -----
    A filter is compared by the sum of its kernels over the bands, which is what it does to grey, with the classical
    kernels of its size (`operators.filters.bank`): cosine similarity, up to sign and turns by 90°.
    """
    learned = np.asarray(weights, dtype=np.float64)
    if learned.ndim != 5 or learned.shape[3] != learned.shape[4] or not learned.size:
        raise ConvistaError("films.filters_learned.weights", shape=learned.shape)
    numbers = list(range(len(learned)) if epochs is None else epochs)
    known = [None] * len(learned) if accuracies is None else list(accuracies)
    if not len(numbers) == len(known) == len(learned):
        raise ConvistaError("films.filters_learned.epochs", epochs=len(numbers), weights=len(learned))
    story = Story(learned)
    script = Script("filters-learned", message("films.filters_learned.title"))
    chosen = sorted(
        {0, *np.linspace(0, len(learned) - 1, min(len(learned), MOST_STEPS)).round().astype(int).tolist()}
    )
    for n, moment in enumerate(chosen):
        first, last = n == 0, n == len(chosen) - 1
        caption = message("films.filters_learned.onwards", count=len(story.followed))
        if slowly(n, len(chosen)):
            caption = _caption(story, moment, numbers, known, first=first, last=last)
        marks = beat(
            _wall(story, moment),
            _pairs(story, moment),
            _epoch(numbers[moment], known[moment]),
            seconds=SLOW.end,
            travel=0.0 if first else TRAVEL,
        )
        script.step(caption, marks)
    return script.film()


class Story:
    """The filters of every epoch, and what each is most like."""

    def __init__(self, learned: Array) -> None:
        self.learned = learned
        self.grey: Array = learned.sum(axis=2)
        """What a filter does to grey, (epochs, filters, size, size)."""
        self.classical = bank(learned.shape[-1])
        self._best: dict[int, list[Match]] = {}
        self.followed = self._followed()

    def best(self, moment: int) -> list[Match]:
        """Return for each filter the classical kernel that it is most like after an epoch, −1 for the last."""
        at = moment % len(self.grey)
        if at not in self._best:
            self._best[at] = [similarity(kernel, self.classical)[0] for kernel in self.grey[at]]
        return self._best[at]

    def alike(self, moment: int) -> NDArray[np.float64]:
        """Return the similarity of each filter to the classical kernel that it is most like."""
        return np.array([match.similarity for match in self.best(moment)])

    def _followed(self) -> list[int]:
        """Return the filters that end up most like a classical one, of different kinds where there are."""
        order = np.argsort(-self.alike(-1), kind="stable").tolist()
        kinds: dict[str, int] = {}
        for number in order:
            kinds.setdefault(self.best(-1)[number].name, number)
        chosen = list(kinds.values())[:FOLLOWED]
        return (chosen + [number for number in order if number not in chosen])[: min(FOLLOWED, len(order))]


def _wall(story: Story, moment: int) -> list[Mark]:
    filters = story.learned[moment]
    columns = int(np.ceil(np.sqrt(len(filters))))
    cell = WALL.width / columns
    marks: list[Mark] = [Words("wall.name", (WALL.centre[0], WALL.top - 9), _wall_name(story), 15, "muted")]
    most = np.abs(filters).max(axis=(1, 2, 3)).clip(1e-12)
    for n, kernels in enumerate(filters):
        left, top = WALL.left + n % columns * cell, WALL.top + n // columns * cell
        box = Box(left + 2, top + 2, left + cell - 2, top + cell - 2)
        if len(kernels) == 3:
            pixels = np.round(127.5 + 127.5 * kernels / most[n]).astype(np.uint8).transpose(1, 2, 0)
            marks.append(photo(f"filter.{n}", box, pixels))
        else:
            marks.append(picture(f"filter.{n}", box, story.grey[moment, n], magnitude(story.grey[moment, n])))
        if n in story.followed:
            marks.append(Rectangle(f"filter.{n}.followed", box.grown(2), None, "window", 2.0))
    return marks


def _wall_name(story: Story) -> Text:
    _, count, bands, size, _ = story.learned.shape
    return message("films.filters_learned.wall", count=count, size=f"{size}×{size}", bands=bands)


def _pairs(story: Story, moment: int) -> list[Mark]:
    """Return for each filter that is followed what it does to grey, what it will resemble, and how much it does."""
    marks: list[Mark] = []
    side = min(92.0, PAIRS.height / FOLLOWED - 14)
    lefts = PAIRS.left, PAIRS.left + side + 58
    for key, left in zip(("learned", "classical"), lefts, strict=True):
        words = message(f"films.filters_learned.{key}")
        size = min(text.fitting(line, side + 50, 14) for line in words)
        marks.append(Words(f"pairs.{key}", (left + side / 2, PAIRS.top - 16), words, size, "muted"))
    for row, number in enumerate(story.followed):
        top, match = PAIRS.top + row * (side + 14), story.best(-1)[number]
        kernel = story.grey[moment, number]
        boxes = [Box(left, top, left + side, top + side) for left in lefts]
        model = _as_matched(story.classical[match.name], match)
        for key, box, values in (("learned", boxes[0], kernel), ("classical", boxes[1], model)):
            marks.append(picture(f"pair.{number}.{key}", box, values, magnitude(values)))
            edge = "window" if key == "learned" else "line"
            marks.append(Rectangle(f"pair.{number}.{key}.edge", box.grown(2), None, edge, 2.0))
        now = next(m for m in similarity(kernel, {match.name: story.classical[match.name]}))
        middle = (boxes[0].right + boxes[1].left) / 2, boxes[0].centre[1] + 8
        marks.append(Words(f"pair.{number}.sign", middle, Text("≈", "≈"), 24, "muted"))
        right, y = boxes[1].right + 18, boxes[1].centre[1]
        name = message(f"films.filters_learned.like_{match.name}")
        cosine = Text(*(f"cos = {line}" for line in written(now.similarity, 2)))
        marks.append(Words(f"pair.{number}.name", (right, y - 16), name, 15, "text", "start"))
        marks.append(Words(f"pair.{number}.cosine", (right, y + 10), cosine, 18, "text", "start"))
        whole = Box(right, y + 22, PAIRS.right - 12, y + 34)
        grown = whole._replace(right=whole.left + whole.width * max(0.0, now.similarity))
        marks.append(Rectangle(f"pair.{number}.whole", whole, "panel", "line"))
        marks.append(Rectangle(f"pair.{number}.bar", grown, "window"))
    return marks


def _epoch(number: int, accuracy: float | None) -> list[Mark]:
    """Return after which epoch this is, and how often the whole network is right by then."""
    told = message("films.filters_learned.epoch_name", number=number)
    if accuracy is not None:
        share = written(100 * accuracy, 1)
        told = message("films.filters_learned.epoch_name_accuracy", number=number, accuracy=share)
    return [Words("epoch", (PAIRS.right, PAIRS.top - 42), told, 18.0, "text", "end")]


def _as_matched(classical: Array, match: Match) -> Array:
    """Turn a classical kernel, and change its sign, as it is most like the filter."""
    turned: Array = match.sign * np.rot90(classical, match.rotation // 90)
    return turned


def _caption(
    story: Story,
    moment: int,
    numbers: Sequence[int],
    accuracies: Sequence[float | None],
    *,
    first: bool,
    last: bool,
) -> Text:
    mean = written(float(story.alike(moment).mean()), 2)
    if first:
        return message("films.filters_learned.begin", mean=mean)
    accuracy = accuracies[moment]
    if last:
        # Counted as they are written beside the filters.
        close = sum(as_written(one, 2) >= CLOSE for one in story.alike(moment).tolist())
        start = written(float(story.alike(0).mean()), 2)
        return message(
            "films.filters_learned.end", close=close, count=len(story.best(moment)), start=start, mean=mean
        )
    if accuracy is None:
        return message("films.filters_learned.epoch", epoch=numbers[moment], mean=mean)
    share = written(100 * accuracy, 1)
    return message("films.filters_learned.epoch_accuracy", epoch=numbers[moment], mean=mean, accuracy=share)
