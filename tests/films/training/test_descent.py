"""The films of gradient descent show ways that torch.optim would take, and the arithmetic of their steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.catalogue import film
from convista.catalogue.descent import BAND, FILTERS, START, STEPS, story_patches
from convista.catalogue.story import story_run
from convista.errors import ConvistaError
from convista.films.film import Beat
from convista.films.stage.marks import Circle, Mark, Picture, Polygon, Polyline
from convista.films.training.descent import descent_film
from convista.films.training.descent_stage import MAP, Surface, Way
from convista.language import LANGUAGES
from convista.threads import one_thread
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

Optimiser = Callable[[list[torch.Tensor]], torch.optim.Optimizer]
RULES: list[tuple[str, int, Optimiser]] = [
    ("gradient-descent", 0, lambda w: torch.optim.SGD(w, lr=1.5)),
    ("gradient-descent", 1, lambda w: torch.optim.SGD(w, lr=0.6, momentum=0.9)),
    ("gradient-descent", 2, lambda w: torch.optim.Adam(w, lr=0.4)),
    ("weight-decay", 1, lambda w: torch.optim.SGD(w, lr=3.0, weight_decay=0.05)),
]


@one_thread()
def of_torch(optimiser: Optimiser) -> tuple[float, float]:
    """Train two weights of the network itself; return the loss at the end, and the weights' length."""
    network, filters = story_run().network, list(FILTERS)
    others = dict(network.named_parameters())
    kernel = others.pop("conv1.weight").detach()
    w = (kernel[filters, BAND, 1, 1] + torch.tensor(START)).requires_grad_()
    (patches, classes), loss = story_patches(), torch.zeros(())
    rule = optimiser([w])
    for step in range(STEPS + 1):
        moved = kernel.clone()
        moved[filters, BAND, 1, 1] = w
        logits = torch.func.functional_call(network, {**others, "conv1.weight": moved}, (patches,))
        loss = functional.cross_entropy(logits, classes)
        if step < STEPS:
            rule.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            rule.step()
    return loss.item(), w.norm().item()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "way", "optimiser"), RULES)
def test_a_way_ends_where_torchs_optimiser_does(name: str, way: int, optimiser: Optimiser) -> None:
    read = texts(film(name).steps[-1].marks, "en")
    key = "length" if name == "weight-decay" else "loss"
    ((told, _),) = numbers(read[f"way{way}.{key}"])
    assert told == pytest.approx(of_torch(optimiser)[key == "length"], abs=0.002)


def test_the_map_is_the_loss_of_the_network() -> None:
    (surface,) = (mark for mark in film("gradient-descent").steps[0].marks if mark.key == "loss")
    assert isinstance(surface, Picture)
    levels = np.frombuffer(surface.levels, np.int8).reshape(surface.rows, surface.columns)
    corners = [np.unravel_index(place, levels.shape) for place in (int(levels.argmin()), int(levels.argmax()))]
    losses = [loss_at(int(row), int(column), surface.rows) for row, column in corners]
    printed = texts(film("gradient-descent").steps[0].marks, "en")
    assert_prints(printed["bar.low"], losses[0])
    assert_prints(printed["bar.high"], losses[1])


def loss_at(row: int, column: int, count: int) -> float:
    network, (patches, classes) = story_run().network, story_patches()
    kernel = dict(network.named_parameters())["conv1.weight"].detach().clone()
    steps = torch.linspace(-3, 3, count)
    for kernels, by in zip(FILTERS, (steps[column], steps[count - 1 - row]), strict=True):
        kernel[kernels, BAND, 1, 1] += by
    logits = torch.func.functional_call(network, {"conv1.weight": kernel}, (patches,))
    return functional.cross_entropy(logits, classes).item()


def bowl() -> tuple[Surface, list[Way]]:
    side = np.linspace(-2.0, 2.0, 9)
    surface = Surface(side, side, side[None] ** 2 + 3 * side[:, None] ** 2, ("a", "b"))
    places = [np.array([1.5, -1.25])]
    for _ in range(4):
        places.append(places[-1] - 0.1 * places[-1] * np.array([2, 6]))
    way = np.array(places)
    return surface, [Way("sgd", 0.1, way, way[:-1] * np.array([2, 6]), (way**2 * np.array([1, 3])).sum(1))]


def assert_arithmetic(marks: tuple[Mark, ...], way: Way, step: int, language: str) -> None:
    line = texts(marks, language)["equation.line"].partition("=")[2]
    assert_prints(line, way.places[step, 0], way.rate, way.directions[step, 0], way.places[step + 1, 0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_steps_are_written_out(language: str) -> None:
    surface, (way,) = bowl()
    _, slow, quick, _ = descent_film(surface, [way]).steps
    moves = [beat for beat in slow.beats if beat.travel]
    assert len(moves) == 3
    for step, beat in enumerate(moves):
        assert_arithmetic(beat.marks, way, step, language)
        assert_prints(texts(beat.marks, language)["way0.loss"], way.losses[step + 1])
    for mark in quick.marks:
        if mark.key in {"way0", "curve0"}:
            assert isinstance(mark, Polyline)
            assert len(set(mark.points)) == len(way.places)
    with pytest.raises(AssertionError):
        assert_arithmetic(moves[0].marks, way, 1, language)


def dots(beats: tuple[Beat, ...], way: int) -> list[tuple[float, float]]:
    found = (mark for beat in beats for mark in beat.marks if mark.key == f"dot{way}")
    return [mark.centre for mark in found if isinstance(mark, Circle)]


def test_balls_roll_together_from_one_start_and_the_trail_is_drawn_under_them() -> None:
    surface, (way,) = bowl()
    short = way._replace(places=way.places[:3], directions=way.directions[:2], losses=way.losses[:3])
    together = descent_film(surface, [way, short]).steps[-2].beats
    first, second = dots(together, 0), dots(together, 1)
    assert len(first) == len(second) == 5
    assert first[:3] == second[:3]
    assert second[2:] == [second[2]] * 3
    for beat, centre in zip(together[1:], first, strict=True):
        (trail,) = (mark for mark in beat.marks if mark.key == "way0")
        assert isinstance(trail, Polyline)
        assert trail.points[-1] == centre
        assert len(trail.points) == len(way.places)


def test_the_two_pulls_of_weight_decay_lie_as_they_are() -> None:
    """One against the gradient, one towards the ring; as long as each counts."""
    surface, (way,) = bowl()
    slopes = way.places[:-1] * np.array([2, 6])
    decayed = way._replace(rule="decay", decay=4.0, directions=slopes + 4.0 * way.places[:-1])
    marks = {mark.key: mark for mark in descent_film(surface, [decayed]).steps[1].beats[1].marks}
    arrows = []
    for key in ("step", "pull"):
        shaft, head = marks[key], marks[f"{key}.head"]
        assert isinstance(shaft, Polyline)
        assert isinstance(head, Polygon)
        start, tip = shaft.points[0], head.points[0]
        arrows.append(np.array([tip[0] - start[0], start[1] - tip[1]]))
    wanted = -slopes[0], -4.0 * way.places[0]
    for drawn, pull in zip(arrows, wanted, strict=True):
        np.testing.assert_allclose(drawn / np.hypot(*arrows[0]), pull / np.hypot(*wanted[0]), atol=1e-6)


def test_what_leaves_the_map_stays_at_its_edge() -> None:
    surface, (way,) = bowl()
    away = way._replace(places=way.places * 40, losses=np.array([1.0, np.inf, np.nan, 2.0, 3.0]))
    for centre in dots(descent_film(surface, [away]).steps[2].beats, 0):
        assert MAP.left < centre[0] < MAP.right
        assert MAP.top < centre[1] < MAP.bottom


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["gradient-descent", "weight-decay", "bowl"])
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str) -> None:
    surface, ways = bowl()
    made = (
        film(name, language=language)
        if name != "bowl"
        else descent_film(surface, ways * 4).shown(language=language)
    )
    for n, step in enumerate(made.steps):
        assert_laid_out(made.picture(n).marks, language)
        for beat in step.beats[:3]:
            assert_laid_out(beat.marks, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_weight_decay_did_is_told_in_numbers(language: str) -> None:
    *_, last = film("weight-decay").steps
    read, told = texts(last.marks, language), numbers(getattr(last.caption, language))
    (decayed, _), _, (plain, _), *losses = told
    assert decayed < plain
    for way, length in enumerate((plain, decayed)):
        assert numbers(read[f"way{way}.length"])[0][0] == pytest.approx(length, abs=0.0051)
    assert losses[0][0] == pytest.approx(of_torch(RULES[-1][2])[0], abs=0.002)
    assert losses[1][0] == pytest.approx(of_torch(lambda w: torch.optim.SGD(w, lr=3.0))[0], abs=0.002)


def test_data_that_cannot_be_shown_is_named() -> None:
    surface, (way,) = bowl()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"ways": []}, "There are 0 ways. Give one to four"),
        ({"ways": [way._replace(rule="newton")]}, "no rule “newton”. Use one of: sgd, momentum"),
        ({"ways": [way._replace(places=way.places[1:])]}, "places of shape (4, 2) and directions (4, 2)"),
        ({"surface": surface._replace(across=surface.across[1:])}, "The surface has shape (9, 9)"),
    ]
    for give, says in cases:
        with pytest.raises(ConvistaError) as caught:
            descent_film(**{"surface": surface, "ways": [way], **give})
        assert says in str(caught.value)
