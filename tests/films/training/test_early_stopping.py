"""The film of early stopping draws the curve it is given, and stops where the training loop does."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.stage.marks import Circle, Polyline
from convista.films.training.early_stopping import Epoch, Stop, early_stopping
from convista.language import LANGUAGES, Text
from convista.learning.fitting.history import History
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

WATCHED = [2.0, 1.5, 1.1, 0.9, 1.0, 0.95, 1.05, 0.8, 0.7]
EPOCHS = [{"epoch": n, "loss": 2.1 - 0.2 * n, "validation_loss": v} for n, v in enumerate(WATCHED)]


def facts(made: Film, language: str = "en") -> list[tuple[int, float, float, int]]:
    """The epoch, both numbers and the best epoch, wherever the curves rest and they are printed."""
    found = []
    for step in made.steps:
        for beat in step.beats:
            read = texts(beat.marks, language)
            if "fact.epoch" not in read:
                continue
            values = [numbers(read[f"fact.{key}"])[0][0] for key in ("epoch", "loss", "watched", "best")]
            found.append((int(values[0]), values[1], values[2], int(values[3])))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rest_prints_its_epoch(language: str) -> None:
    made = film("early-stopping", epochs=EPOCHS, patience=3)
    for epoch, loss, watched, best in facts(made, language):
        assert loss == pytest.approx(EPOCHS[epoch]["loss"], abs=0.0051)
        assert watched == pytest.approx(WATCHED[epoch], abs=0.0051)
        assert best == int(np.argmin(WATCHED[: epoch + 1]))
    for step in (*made.steps, *film("early-stopping").steps):
        for beat in step.beats:
            assert_laid_out(beat.marks, language)


@pytest.mark.parametrize(("patience", "last", "best"), [(1, 4, 3), (3, 6, 3), (4, 8, 8), (0, 8, 8)])
def test_it_stops_where_the_loop_would(patience: int, last: int, best: int) -> None:
    history = History()
    for epoch in EPOCHS:
        if history.stale(patience):
            break
        history.note({"epoch": epoch["epoch"] + 1}, -float(epoch["validation_loss"]))
    made = film("early-stopping", epochs=EPOCHS, patience=patience)
    assert (facts(made)[-1][0], facts(made)[-1][3]) == (last, best)
    assert (len(history.epochs) - 1, history.best_epoch - 1) == (last, best)
    told = (
        "did not run out"
        if patience in {0, 4}
        else f"After {patience} {'epoch' if patience == 1 else 'epochs'} without a better one it stops, at {last}"
    )
    assert told in made.steps[-1].caption.en


def test_the_curves_are_the_numbers() -> None:
    made = film("early-stopping", epochs=EPOCHS, patience=3)
    marks = {m.key: m for m in made.steps[-1].marks}
    loss, dot = marks["curves.loss0"], marks["curves.now"]
    assert isinstance(loss, Polyline)
    assert isinstance(dot, Circle)
    heights = [y for _, y in loss.points[:7]]
    assert set(loss.points[7:]) == {loss.points[6]}, "what has not come yet waits at the end"
    wanted = [EPOCHS[n]["loss"] for n in range(7)]
    assert np.corrcoef(heights, wanted)[0, 1] == pytest.approx(-1)
    slope = (heights[1] - heights[0]) / (wanted[1] - wanted[0])
    assert dot.centre[1] == pytest.approx(heights[0] + slope * (WATCHED[3] - wanted[0])), "back at the best one"
    later = marks["curves.kept.later0"]
    assert isinstance(later, Polyline)
    assert [y for _, y in later.points] == pytest.approx(
        [heights[0] + slope * (v - wanted[0]) for v in WATCHED[6:]]
    )


def test_the_curves_are_drawn_as_the_dot_goes_on() -> None:
    for step in film("early-stopping", epochs=EPOCHS, patience=3).steps[1:4]:
        for beat in step.beats:
            marks = {m.key: m for m in beat.marks}
            kept, dot = marks["curves.kept0"], marks["curves.now"]
            assert isinstance(kept, Polyline)
            assert isinstance(dot, Circle)
            assert kept.points[-1] == dot.centre
            assert len(kept.points) == len(EPOCHS)


def test_an_accuracy_is_better_when_it_rises() -> None:
    epochs = [{"epoch": n, "loss": 1 / n, "accuracy": a} for n, a in enumerate([0.2, 0.6, 0.5, 0.55, 0.4], 1)]
    made = film("early-stopping", epochs=epochs, patience=2)
    assert (facts(made)[-1][0], facts(made)[-1][3]) == (4, 2)
    assert any("comes up to 0.60" in step.caption.en for step in made.steps)


def test_the_chapters_curve_is_a_real_one() -> None:
    made = film("early-stopping")
    assert re.search(r"After 8 epochs without a better one it stops, at \d+", made.steps[-1].caption.en)
    last = facts(made)[-1]
    assert_prints(f"{last[0] - last[3]}", 8)


def test_missing_numbers_break_the_curve_and_no_more() -> None:
    broken = [{**e, "validation_loss": float("nan")} if e["epoch"] == 2 else e for e in EPOCHS]
    made = film("early-stopping", epochs=broken, patience=3)
    marks = {m.key: m for m in made.steps[-1].marks}
    before, after = marks["curves.kept0"], marks["curves.kept2"]
    assert isinstance(before, Polyline)
    assert isinstance(after, Polyline)
    assert len(before.points) == 2
    assert len(set(after.points)) == 4
    assert before.points[-1][0] < after.points[0][0]
    assert "curves.kept1" not in marks


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"epochs": [{"epoch": 1, "loss": 1.0}]}, "The epochs lack: accuracy. They have: epoch, loss."),
        ({"epochs": []}, "The epochs lack: epoch, loss, accuracy. They have: –."),
        ({"epochs": EPOCHS[:2]}, "There are 2 epochs"),
    ],
)
def test_mistakes_are_told(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError, match=re.escape(message)):
        film("early-stopping", **data)
    with pytest.raises(ConvistaError, match="the stop is at 9 with the best at 2"):
        early_stopping([Epoch(n, 1, 1) for n in range(4)], Stop(2, 9, 3, True), watched=Text("w", "w"))
