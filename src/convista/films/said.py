"""What is said over the steps of a film: captions, and what a narrator says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from convista.language import Text

if TYPE_CHECKING:
    from convista.films.film import Step


class Said(NamedTuple):
    """Words, and the steps that follow each other while they are said."""

    words: Text
    steps: list[Step]


def captions(steps: Sequence[Step]) -> Iterator[Said]:
    """Yield every caption with the steps that it stands over."""
    for words, together in groupby(steps, key=lambda step: step.caption):
        yield Said(words, list(together))


def narrations(steps: Sequence[Step]) -> Iterator[Said]:
    """Yield what a narrator says, with the steps it is said over: a narration begins anew with every caption.

    Steps that have none are narrated by their caption.
    """
    for caption in captions(steps):
        said = Said(caption.words, [])
        for step in caption.steps:
            if step.narration is not None and step.narration != said.words:
                if said.steps:
                    yield said
                said = Said(step.narration, [])
            said.steps.append(step)
        yield said
