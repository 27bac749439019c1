"""The films of gradient descent show ways that torch.optim would take, and the arithmetic of their steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional

from convista.catalogue import film
from convista.catalogue.descent import CHANNEL, START, STEPS
from convista.catalogue.small_network import one_thread, small_network, small_patches
from convista.errors import ConvistaError
from convista.films.stage.marks import Mark, Polyline
from convista.films.training.descent import Surface, Way, descent_film
from convista.language import LANGUAGES
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

Optimiser = Callable[[list[torch.Tensor]], torch.optim.Optimizer]
RULES: list[tuple[str, int, Optimiser]] = [
    ("gradient-descent", 0, lambda w: torch.optim.SGD(w, lr=0.4)),
    ("gradient-descent", 1, lambda w: torch.optim.SGD(w, lr=0.1, momentum=0.9)),
    ("gradient-descent", 2, lambda w: torch.optim.Adam(w, lr=0.3)),
    ("weight-decay", 1, lambda w: torch.optim.SGD(w, lr=0.4, weight_decay=0.1)),
]


@one_thread()
def of_torch(optimiser: Optimiser) -> float:
    """Train the network itself, all but two weights held still, and return the loss at the end."""
    network = small_network()
    kernel, others = network.conv.weight.detach(), dict(network.named_parameters())
    others.pop("conv.weight")
    w = (kernel[:, CHANNEL, 1, 1] + torch.tensor(START)).requires_grad_()
    (patches, classes), loss = small_patches(), torch.zeros(())
    rule = optimiser([w])
    for step in range(STEPS + 1):
        moved = kernel.clone()
        moved[:, CHANNEL, 1, 1] = w
        logits = torch.func.functional_call(network, {**others, "conv.weight": moved}, (patches,))
        loss = functional.cross_entropy(logits, classes)
        if step < STEPS:
            rule.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            rule.step()
    return loss.item()


@pytest.mark.slow
@pytest.mark.parametrize(("name", "way", "optimiser"), RULES)
def test_a_way_ends_where_torchs_optimiser_does(name: str, way: int, optimiser: Optimiser) -> None:
    read = texts(film(name).steps[-1].marks, "en")
    step, loss = numbers(read[f"way{way}.loss"])
    assert step[0] == STEPS
    assert loss[0] == pytest.approx(of_torch(optimiser), abs=0.002)


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
    slow, quick, _ = descent_film(surface, [way]).steps
    for step, beat in enumerate(slow.beats[1:]):
        assert_arithmetic(beat.marks, way, step, language)
        assert_prints(texts(beat.marks, language)["way0.loss"], step + 1, way.losses[step + 1])
    (trail,) = (mark for mark in quick.marks if mark.key == "way0")
    assert isinstance(trail, Polyline)
    assert len(trail.points) == len(way.places)
    with pytest.raises(AssertionError):
        assert_arithmetic(slow.beats[1].marks, way, 1, language)


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
        assert_laid_out(step.beats[0].marks, language)


def test_what_weight_decay_did_is_told_in_numbers() -> None:
    *_, last = film("weight-decay").steps
    read = texts(last.marks, "en")
    lengths = [number for number, _ in numbers(last.caption.en.partition("):")[2])]
    assert lengths[1] < lengths[0]
    assert lengths[3:] == [numbers(read[f"way{n}.loss"])[1][0] for n in range(2)]


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
