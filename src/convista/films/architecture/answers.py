"""What a network says at the end: a probability for each class, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convista.films.stage import text
from convista.films.stage.marks import Box, Mark, Rectangle, Words
from convista.films.wording import message, written
from convista.language import Text

MOST = 6
"""Classes that are shown: those with the largest probabilities."""
TYPE = 15.0
ROW = 62.0
"""Height of a class, at most."""


class Answer(NamedTuple):
    """A class and its probability, 0 … 1."""

    name: Text
    probability: float


class AnswerBars:
    """The classes one below the other, each with its name, its probability and a bar."""

    def __init__(self, answers: Sequence[Answer], room: Box) -> None:
        self._all, self._room = answers, room
        ranks = sorted(range(len(answers)), key=lambda n: -answers[n].probability)[:MOST]
        self._shown = sorted(ranks)
        tall = min(ROW, room.height / len(ranks))
        whole = room.middle(room.width, tall * len(ranks))
        self._rows = whole.rows(*(1.0,) * len(ranks))

    @property
    def winner(self) -> Answer:
        """The most probable class."""
        return max(self._all, key=lambda answer: answer.probability)

    def drawn(self, *, known: bool) -> list[Mark]:
        """Return the classes, with their bars if the probabilities are known."""
        marks: list[Mark] = []
        for n, row in zip(self._shown, self._rows, strict=True):
            answer, key = self._all[n], f"answer.{n}"
            won = known and answer == self.winner
            size = min(text.fitting(line, row.width - 50, TYPE, 14.0) for line in answer.name)
            base = row.top + 20
            bar = Box(row.left, base + 8, row.right, row.bottom - 8)
            marks.append(
                Words(f"{key}.name", (row.left, base), answer.name, size, "text" if won else "muted", "start")
            )
            marks.append(Rectangle(f"{key}.ground", bar, "panel", "line"))
            long = bar.width * answer.probability if known else 0.0
            marks.append(Rectangle(key, bar._replace(right=bar.left + long), "window" if won else "muted"))
            if known:
                share = written(answer.probability, 2)
                colour = "text" if won else "muted"
                marks.append(Words(f"{key}.share", (row.right, base), share, TYPE, colour, "end"))
        words = message("films.architecture.of_classes", shown=len(self._shown), count=len(self._all))
        if len(self._shown) < len(self._all):
            marks.append(
                Words("answers.shown", (self._room.left, self._rows[0].top - 8), words, 14.0, "muted", "start")
            )
        return marks
