"""What is said of a place is what the map says there."""

from __future__ import annotations

import numpy as np
import pytest
from torch import nn

from convista.cli.explain import _goal
from convista.cli.output.explanation import ballot, class_of
from convista.learning import Run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.calibration import Calibration
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.registry import task_named
from convista.mapping import WindowContribution
from convista.mapping.outputs.rasters import ClassMap
from convista.scenes import Band, ClassInfo, Window

CLASSES = (ClassInfo(1, "land", (1, 1, 1)), ClassInfo(2, "water", (2, 2, 2)))


def run_of(task: str, *thresholds: float) -> Run:
    return Run(
        network=nn.Flatten(), architecture="lenet", options={}, bands=(Band("red", "red"),), sensor=None,
        standardise=Standardise([0], [1]), patch=1, label_rule=LabelRule.CENTRE,
        task=task_named(task)(CLASSES, Calibration(thresholds=thresholds)),
    )  # fmt: skip


def vote(*answers: float) -> WindowContribution:
    return WindowContribution(Window(0, 0, 1, 1), 1.0, None, np.array(answers, np.float32))


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.9])
def test_of_two_classes_the_threshold_of_the_map_decides(threshold: float) -> None:
    run, cast = run_of("binary", threshold), vote(0.6, 0.4)
    mapped = ClassMap(CLASSES, "", threshold).encode(cast.answers[:, None, None]).item()
    said = CLASSES[class_of(cast, run)]
    assert said.value == mapped == (2 if threshold < 0.4 else 1)
    share = "40.00" if threshold < 0.4 else "60.00"
    assert f"{said.name} {share}" in ballot([cast], run).replace(" %", "").replace(":", "")
    assert _goal(run, None, cast).name == said.name


def test_of_several_the_most_probable_stands_for_all() -> None:
    assert class_of(vote(0.7, 0.8), run_of("multilabel", 0.1, 0.9)) == 1
