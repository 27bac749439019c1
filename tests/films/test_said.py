"""What is said over steps: captions, and narrations, which begin anew with every caption."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convista.films import Film
from convista.films.film import READING, Beat, Step
from convista.films.said import captions, narrations
from convista.films.script import Script, beat
from convista.films.stage.marks import Circle
from convista.language import Text

BEATS = (Beat((Circle("c", (1, 1), 1, "text"),), 0.5),)
A, B = Text("a", "a"), Text("b", "b")
LONG, OTHER = Text("x" * 60, "x" * 90), Text("y" * 30, "y" * 30)


def steps(*told: tuple[Text, Text | None]) -> tuple[Step, ...]:
    return tuple(Step(caption, BEATS, narration) for caption, narration in told)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (steps((A, None), (A, None), (B, None)), [(A, 2), (B, 1)]),
        (steps((A, LONG), (A, None), (B, None)), [(LONG, 2), (B, 1)]),
        (steps((A, LONG), (A, LONG), (B, LONG)), [(LONG, 2), (LONG, 1)]),
        (steps((A, None), (A, LONG), (A, OTHER), (A, None)), [(A, 1), (LONG, 1), (OTHER, 2)]),
    ],
)
def test_narration_goes_on_under_its_caption(told: tuple[Step, ...], said: list[tuple[Text, int]]) -> None:
    assert [(words, len(together)) for words, together in narrations(told)] == said
    assert [step for _, together in narrations(told) for step in together] == list(told)
    assert sum(len(together) for _, together in captions(told)) == len(told)


def test_a_narrated_film_waits_for_what_is_said() -> None:
    made = Film("x", A, steps((A, LONG), (A, None), (B, None)))
    assert made.timed()[0].seconds + made.timed()[1].seconds == 1
    narrated = replace(made, narrated=True)
    assert narrated.timed()[0].seconds + narrated.timed()[1].seconds == pytest.approx(90 / READING)
    spanish = replace(narrated, language="es")
    assert spanish.timed()[0].seconds + spanish.timed()[1].seconds == pytest.approx(60 / READING)


def test_a_script_takes_what_is_said_with_its_step() -> None:
    script = Script("x", A)
    script.step(A, beat((Circle("c", (1, 1), 1, "text"),)), narration=LONG)
    script.step(B, beat((Circle("c", (1, 1), 1, "text"),)))
    assert [step.narration for step in script.film().steps] == [LONG, None]
