"""Films of a network of the caller's: by a trace, or by a run and a patch, each under its own name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import CATALOGUE, film, find
from convista.catalogue.networks import OneLayer
from convista.errors import ConvistaError
from convista.films.registry import OPERATORS_FILMED
from convista.learning import Run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.registry import task_named
from convista.models import create_model
from convista.scenes import Band, ClassInfo, Patch, Window, sample_scene
from convista.tracing import Trace, trace
from convista.tracing.explanation.target import value_at

SIDE = 16


def run_of(task: str = "multiclass", architecture: str = "lenet") -> Run:
    torch.manual_seed(0)
    names = ("water", "forest", "crops")[: {"regression": 0, "binary": 2}.get(task, 3)]
    outputs = {"regression": 1, "binary": 1}.get(task, 3)
    network = create_model(architecture, 2, outputs, patch=SIDE).eval()
    bands = tuple(Band(name, name) for name in ("red", "nir"))
    classes = tuple(ClassInfo(n, name, (n, n, n)) for n, name in enumerate(names, 1))
    standardise = Standardise([0, 0], [1, 1])
    return Run(
        network=network, architecture=architecture, options={}, bands=bands, sensor=None, standardise=standardise,
        patch=SIDE, label_rule=LabelRule.CENTRE, task=task_named(task)(classes),
    )  # fmt: skip


@pytest.fixture(scope="module")
def run() -> Run:
    return run_of()


@pytest.fixture(scope="module")
def patch() -> Patch:
    scene = sample_scene(2, height=64, width=64).scene
    return scene.patch(Window(20, 20, SIDE, SIDE), ["red", "nir"])


def test_every_film_of_a_layer_shows_operators_that_have_one() -> None:
    kinds = [entry.network for entries in CATALOGUE.values() for entry in entries]
    shown = {operator for kind in kinds if isinstance(kind, OneLayer) for operator in kind.operators}
    assert shown
    assert shown <= set(OPERATORS_FILMED)


@pytest.mark.parametrize("name", ["receptive-field", "activation-maps", "cnn-stages", "architecture-lenet"])
def test_a_run_and_a_patch_are_as_good_as_their_trace(name: str, run: Run, patch: Patch) -> None:
    assert film(name, run=run, patch=patch) == film(name, trace=trace(run, patch))


@pytest.mark.parametrize(
    "name",
    [
        "backprop-flow",
        *(pytest.param(name, marks=pytest.mark.slow) for name in ("backprop-dense", "backprop-conv")),
    ],
)
def test_the_way_back_of_a_run_begins_at_the_class_that_it_gives(name: str, run: Run, patch: Patch) -> None:
    likeliest = int(trace(run, patch).output.argmax())
    assert film(name, run=run, patch=patch) == film(name, trace=trace(run, patch, likeliest))
    assert film(name, run=run, patch=patch, target="crops") == film(name, trace=trace(run, patch, 2))
    with pytest.raises(ConvistaError, match="because it was made without a target"):
        film(name, trace=trace(run, patch))


def test_the_class_of_the_way_back_is_called_by_its_name(run: Run, patch: Patch) -> None:
    made = film("backprop-dense", run=run, patch=patch, target="crops", language="en")
    assert any("crops" in step.caption.en for step in made.steps)


@pytest.mark.slow
@pytest.mark.parametrize("task", ["binary", "multilabel", "regression"])
def test_the_way_back_of_other_tasks(task: str, patch: Patch) -> None:
    run = run_of(task)
    made = film("backprop-flow", run=run, patch=patch)
    targets: list[Any] = [value_at(None)] if task == "regression" else [0, 1, 2][: len(run.classes)]
    assert made in [film("backprop-flow", trace=trace(run, patch, target)) for target in targets]


@pytest.mark.parametrize(
    ("name", "layer", "more"),
    [
        ("conv-step-by-step", "conv1", {"channel": 3}),
        ("pool-max", "pool2", {}),
        ("activation-relu", "relu1", {"channel": 1}),
        ("flatten-classic", "flatten", {}),
        ("dense-10-7", "dense2", {}),
    ],
)
def test_a_layer_of_ones_own(name: str, layer: str, more: dict[str, Any], run: Run, patch: Patch) -> None:
    traced = trace(run, patch)
    wanted = traced.film(layer, **more)
    assert film(name, trace=traced, layer=layer, **more) == wanted
    assert film(name, run=run, patch=patch, layer=layer, **more) == wanted


def test_a_single_layer_that_fits_need_not_be_named(run: Run, patch: Patch) -> None:
    traced = trace(run, patch)
    assert film("activation-softmax", trace=traced) == traced.film("softmax")


def test_training_and_inference_of_a_run(run: Run, patch: Patch) -> None:
    made = film("training-vs-inference", run=run, patch=patch)
    names = ["water", "forest", "crops"]
    given: dict[str, Any] = {
        "network": run.network,
        "patch": run.standardise(patch.values).numpy(),
        "band_names": ("red", "nir"),
    }
    assert made == film("training-vs-inference", class_names=names, **given)
    assert not run.network.training


def bare() -> Trace:
    return trace(nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU()).eval(), torch.ones(1, 1, 4, 4))


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("backprop-flow", {"run": bare()}, "cannot be <Trace of .*. Give a run, as train and open_run give it"),
        ("backprop-flow", {"trace": "x"}, "cannot be 'x'. Give a trace, as trace gives it"),
        ("pool-max", {"layer": "pool1"}, "cannot show layer “pool1” without the network that has it"),
        ("pool-max", {"patch": np.ones((1, 4, 4))}, "is given patch without the network that it is for"),
        ("pool-max", {"trace": bare()}, "and the network has no such layer. It has: 0 .conv2d., 1 .relu."),
        ("cnn-stages", {"trace": bare(), "patch": 1}, "is given a trace .trace. and also patch"),
        ("cnn-stages", {"run": run_of()}, "and the patch is missing. Give patch"),
        ("training-vs-inference", {"run": run_of()}, "and the patch is missing"),
        ("training-vs-inference", {"run": run_of("binary"), "patch": np.ones((2, 16, 16))}, "run's task is binary"),
        ("filters", {"run": run_of()}, "does not take run. It takes: image, scene, band, kernels"),
        ("filters-learned", {"run": run_of()}, "The run is not saved"),
    ],
)
def test_what_does_not_go_together_is_said(name: str, data: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError, match=says):
        film(name, **data)


def test_a_film_says_which_network_it_takes() -> None:
    assert list(find("pool-max").network.takes) == ["trace", "run", "patch", "layer"]
    assert list(find("backprop-flow").network.takes) == ["trace", "run", "patch", "target"]
    assert not find("losses").network.takes
