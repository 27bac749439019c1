"""The film of training and inference prints what the traces of the passes hold."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.stage.marks import Rectangle
from convista.films.training.training_inference import PatchPass, training_inference
from convista.language import LANGUAGES
from tests.films.reading import assert_laid_out, assert_prints, texts

PASSES = ("training", "inference")


def passage(n: int) -> PatchPass:
    probabilities = np.random.default_rng(n).dirichlet((1, 1, 1))
    return PatchPass(np.full((4, 4, 3), 9 * n, np.uint8), (n, 7), -1.25 * n, 40 + n, tuple(probabilities.tolist()))


def assert_prints_passes(made: Film, given: dict[str, list[PatchPass]], classes: list[str], language: str) -> None:
    marks = {m.key: m for m in made.steps[-1].marks}
    read = texts(marks.values(), language)
    for mode, passages in given.items():
        for n, shown in enumerate(passages):
            at = f"{mode}.{n}"
            assert shown.dropped is not None
            assert shown.mean is not None
            assert_prints(read[f"dropout.{at}"], *shown.dropped)
            assert_prints(read[f"batch_norm.{at}"], shown.mean)
            assert_prints(read[f"gradients.{at}"], shown.gradients)
            best = int(np.argmax(shown.probabilities))
            assert_prints(read[f"output.{at}.number"], 100 * shown.probabilities[best])
            assert read[f"output.{at}.class"] == classes[best]
            heights = [marks[f"output.{at}.bar.{c}"].box.height for c in range(len(classes))]  # type: ignore[union-attr]
            assert heights == pytest.approx([max(1.0, 60 * p) for p in shown.probabilities])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_number_is_the_passes(count: int, language: str) -> None:
    given = {"training": [passage(n) for n in range(count)], "inference": [passage(5)] * count}
    made = training_inference(**given, class_names=["a", "b", "c"])
    assert_prints_passes(made, given, ["a", "b", "c"], language)
    for step in made.steps:
        for beat in step.beats:
            assert_laid_out(beat.marks, language)


def test_the_reader_notices_a_wrong_number() -> None:
    made = training_inference([passage(1)], [passage(2)], class_names=["a", "b", "c"])
    with pytest.raises(AssertionError):
        assert_prints_passes(made, {"training": [passage(1)], "inference": [passage(3)]}, ["a", "b", "c"], "en")


def answers(made: Film, mode: str) -> set[str]:
    read = texts(made.steps[-1].marks, "en")
    return {line for key, line in read.items() if re.fullmatch(rf"output\.{mode}\.\d\.number", key)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_network_answers_by_chance_in_training_alone(language: str) -> None:
    made = film("training-vs-inference")
    assert len(answers(made, "training")) == 3
    assert len(answers(made, "inference")) == 1
    read = texts(made.steps[-1].marks, "en")
    assert [read[f"dropout.inference.{n}"] for n in range(3)] == ["0 of 24"] * 3
    assert [read[f"gradients.inference.{n}"] for n in range(3)] == ["0"] * 3
    for step in made.steps:
        assert_laid_out(step.marks, language)


def test_a_users_network_is_left_as_it_was() -> None:
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.Flatten(), nn.Dropout(0.5), nn.Linear(108, 4)
    ).eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    patch = np.random.default_rng(0).normal(size=(2, 8, 8))
    made = film("training-vs-inference", network=net, patch=patch, target=2)
    assert not net.training
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    read = texts(made.steps[-1].marks, "en")
    assert_prints(read["gradients.training.0"], sum(p.numel() for p in net.parameters()))
    with torch.no_grad():
        x = torch.from_numpy(patch[None]).float()
        assert_prints(read["batch_norm.inference.0"], 0.0)
        share = float(torch.softmax(net(x), 1).max())
    assert_prints(read["output.inference.0.number"], 100 * share)


def test_a_network_without_chance_is_told_as_such() -> None:
    net = nn.Sequential(nn.Flatten(), nn.Linear(8, 2))
    torch.manual_seed(0)
    made = film("training-vs-inference", network=net, patch=np.ones((2, 2, 2)))
    assert texts(made.steps[-1].marks, "en")["dropout.training.0"] == "–"
    assert any("leaves nothing to chance" in step.caption.en for step in made.steps)
    assert [m for m in made.steps[-1].marks if isinstance(m, Rectangle)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"patch": np.zeros((1, 2, 2))}, "only one of them was given"),
        ({"network": nn.Flatten(), "patch": np.zeros((1, 2, 3))}, "squares are needed"),
        ({"network": nn.Conv2d(1, 2, 1), "patch": np.zeros((1, 2, 2))}, "An output of classes is"),
    ],
)
def test_mistakes_are_told(data: dict[str, Any], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        film("training-vs-inference", **data)


def test_passes_must_be_as_many() -> None:
    with pytest.raises(ConvistaError, match="There is 1 pass in training and 2 in inference"):
        training_inference([passage(0)], [passage(1)] * 2, class_names=["a", "b", "c"])
    with pytest.raises(ConvistaError, match="There are 2 classes"):
        training_inference([passage(0)], [passage(1)], class_names=["a", "b"])
