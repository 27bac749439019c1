"""Explaining: terms sum to the recorded value, and following them ends at pixels with coordinates."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.errors import ConvistaError
from convista.models import create_model
from convista.scenes import Patch, sample_scene
from convista.tracing import Pixel, Trace, TracedExplanation, trace
from tests.films.reading import assert_prints, texts
from tests.tracing.networks import ThroughAView, Unknown
from tests.tracing.recording.test_record import network, patch


@pytest.fixture(scope="module")
def sample() -> Patch:
    return next(sample_scene(3, height=96, width=96).scene.patches(32, bands=["blue", "green", "red", "nir"]))


@pytest.fixture(scope="module")
def lenet(sample: Patch) -> Trace:
    torch.manual_seed(0)
    return trace(create_model("lenet", sample.band_names, 5).eval(), sample, 2)


@pytest.mark.parametrize("name", ["lenet", "resnet18", "functional"])
def test_terms_sum_to_the_recorded_value_in_every_layer(name: str) -> None:
    recorded = trace(*network(name), 2)
    rng = np.random.default_rng(0)
    for record in recorded:
        index = tuple(int(rng.integers(n)) for n in record.output.shape)
        explanation = recorded.explain(record.name, index)
        terms = math.fsum(term.contribution for term in explanation.terms) + explanation.bias
        assert terms == pytest.approx(explanation.total, abs=1e-12)
        scale = max(1.0, sum(abs(term.contribution) for term in explanation.terms))
        assert explanation.value == pytest.approx(explanation.recorded, abs=1e-5 * scale)
        assert explanation.layer == record.name


def test_the_batch_position_may_be_left_out(lenet: Trace) -> None:
    assert lenet.explain("conv1", (3, 5, 7)).value == lenet.explain("conv1", (0, 3, 5, 7)).value


def test_every_term_reads_what_the_record_before_it_made(lenet: Trace) -> None:
    explanation = lenet.explain("conv2", (1, 2, 3))
    assert len(explanation.terms) == 6 * 25
    for term in explanation.terms[::17]:
        before = term.follow()
        assert isinstance(before, TracedExplanation)
        assert before.layer == "pool1"
        assert before.index == term.index
        assert before.recorded == term.value


def test_following_ends_at_the_pixel(lenet: Trace, sample: Patch) -> None:
    explanation = lenet.explain("conv1", (0, 4, 6))
    pixels = [term.follow() for term in explanation.terms]
    assert all(isinstance(pixel, Pixel) for pixel in pixels)
    seen = {(p.band, p.row, p.column) for p in pixels if isinstance(p, Pixel)}
    assert seen == set(itertools.product(sample.band_names, range(4, 9), range(6, 11)))
    last = pixels[-1]
    assert isinstance(last, Pixel)
    assert (last.x, last.y) == sample.coordinates(8, 10)
    assert last.band == "nir"
    assert last.value == pytest.approx(float(sample.values[3, 8, 10]))
    assert last.network_value == last.value
    assert last.crs == str(sample.grid.crs)


def test_the_way_leads_from_the_class_to_a_pixel(lenet: Trace) -> None:
    steps = list(lenet.explain_path("softmax", (int(lenet.output.argmax()),)))
    layers = [step.layer for step in steps if isinstance(step, TracedExplanation)]
    assert layers[0] == "softmax"
    assert layers[-1] == "conv1"
    assert isinstance(steps[-1], Pixel)


def test_a_masked_pixel_says_so(sample: Patch) -> None:
    values = sample.values.copy()
    values[:, 0, 0] = np.ma.masked
    masked = Patch(values, sample.window, sample.grid, sample.bands, sample.scene_name)
    torch.manual_seed(0)
    recorded = trace(create_model("lenet", 4, 5).eval(), masked)
    pixel = recorded.explain("conv1", (0, 0, 0)).terms[0].follow()
    assert isinstance(pixel, Pixel)
    assert math.isnan(pixel.value)
    assert pixel.network_value == 0


def test_unknown_layer(lenet: Trace) -> None:
    with pytest.raises(ConvistaError, match=r"no layer “conv3”\. The nearest names: .*conv1"):
        lenet.explain("conv3", (0, 0, 0))
    with pytest.raises(ConvistaError, match="no record 99: it has 14"):
        lenet[99]
    with pytest.raises(ConvistaError, match=r"no layer “None”\. The nearest names: .*conv1"):
        lenet[None]  # type: ignore[index]


def test_wrong_index(lenet: Trace) -> None:
    with pytest.raises(ConvistaError, match=r"\(0, 6, 0, 0\) does not exist in an output of size \(1, 6, 28, 28\)"):
        lenet.explain("conv1", (6, 0, 0))
    wrong: Any
    for wrong in ((0.5, 0, 0), ("a", 0, 0), "abc", (0, 0, slice(None)), None, torch.tensor([0.0, 1.0, 2.0])):
        for ask in (lenet.explain, lenet.explain_gradient, lenet.receptive_field):
            with pytest.raises(ConvistaError, match=r"is not an index\. Give whole numbers, one per axis"):
                ask("conv1", wrong)
    with pytest.raises(ConvistaError, match=r"\(0\.5, 0, 0, 0\) is not an index"):
        lenet.explain_gradient("conv1.weight", (0.5, 0, 0, 0))  # type: ignore[arg-type]


def test_whole_numbers_of_any_kind_are_positions(lenet: Trace) -> None:
    value = lenet.explain("conv1", (3, 2, 1)).value
    same: Any
    for same in (np.array([3, 2, 1]), torch.tensor([3, 2, 1]), [np.int64(3), 2, np.uint8(1)]):
        assert lenet.explain(np.int64(0), same).value == value  # type: ignore[arg-type]
    logits = next(record for record in reversed(lenet.records) if record.operator == "dense")
    assert lenet.explain(logits.name, 2).index == (0, 2)  # type: ignore[arg-type]
    model, x = network("lenet")
    for target in (np.int64(2), model(x[None] if x.ndim == 3 else x)[0].argmax()):
        assert trace(model, x, target).target == int(target)


def test_not_explained_and_nothing_before() -> None:
    torch.manual_seed(0)
    recorded = trace(Unknown(), patch(4, 8, 8))
    with pytest.raises(ConvistaError, match="Layer “erfinv” applies erfinv, which has no written definition"):
        recorded.explain("erfinv", (0, 0, 0))
    changed = trace(ThroughAView(), patch(4, 8, 8))
    with pytest.raises(ConvistaError, match=r"a part was written through a view.*assign the part"):
        changed.explain("relu", (0, 0, 0)).terms[0].follow()
    with pytest.raises(ConvistaError, match="No operator of this run made the operand weight of “conv”: it is"):
        recorded.explain("conv", (0, 0, 0)).terms[0].follow_factor()


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (7, r"Class 7 does not exist in an output of size \(1, 5\)"),
        ("forest", "“forest” is a name, and a bare network has no class names"),
        (lambda output: output, r"returned \(1, 5\), and only one number can be differentiated\. Return a tensor"),
        (lambda output: 3.0, "returned float, and only one number"),
        ([2], "A target of type list does not say what to differentiate"),
        (2.0, "A target of type float does not say what to differentiate"),
        (lambda output: output.relu().sub_(1).sum(), "Torch cannot go back from the target.*inplace operation"),
    ],
)
def test_wrong_target(target: object, message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        trace(*network("lenet"), target)  # type: ignore[arg-type]


def test_wrong_input() -> None:
    model, _ = network("resnet18")
    with pytest.raises(ConvistaError, match=r"input has size \(64, 64\)\. Give \(bands, rows, columns\)"):
        trace(model, patch(64, 64))
    with pytest.raises(
        ConvistaError, match=r"does not take an input of size \(1, 3, 64, 64\) float32: .*4 channels"
    ):
        trace(model, patch(3, 64, 64))


class TransposedTwice(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x.mT.exp() @ x.flatten(0, 2).T.mT.reshape(x.shape)


def test_a_transposed_matrix_is_explained_whatever_its_axes() -> None:
    recorded = trace(TransposedTwice(), patch(2, 4, 4), torch.Tensor.sum)
    assert [record.operator for record in recorded].count("permute") == 3
    assert recorded.verify().passed(), recorded.verify()


class Two(nn.Module):
    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return x, x


def test_refused_networks() -> None:
    model, x = network("lenet")
    with pytest.raises(ConvistaError, match=r"returned tuple.*Give as target a function"):
        trace(Two(), x, 2)
    with pytest.raises(ConvistaError, match=r"DataParallel spreads the batch.*model\.module"):
        trace(nn.DataParallel(model), x)
    with pytest.raises(ConvistaError, match=r"compiled by torch\.compile"):
        trace(torch.compile(model, backend="eager"), x)  # type: ignore[arg-type]
    with pytest.raises(ConvistaError, match=r"Module 1 is lazy: .*Run the network once, network\(patch\)"):
        trace(nn.Sequential(nn.Flatten(), nn.LazyLinear(2)), x)
    none: Any
    for none, name in ((Two, "Two"), (lambda x: x, "function"), (3, "int")):
        with pytest.raises(ConvistaError, match=rf"^{name} is not a network\. Give a torch\.nn\.Module"):
            trace(none, x)


def test_a_trace_films_its_layers(lenet: Trace) -> None:
    made = lenet.film("conv1", channel=3, language="es")
    read = texts(made.steps[-1].marks, "es")
    assert read["title"] == "conv1, mapa 3: una convolución, paso a paso"
    value = lenet.explain("conv1", (3, 27, 27)).value
    assert_prints(read["equation.total"], value)


def test_what_is_printed_is_short(lenet: Trace) -> None:
    assert repr(lenet).startswith("<Trace of 14 operators, 0 not explained: (1, 4, 32, 32) → (1, 5), target 2>")
    by_function = trace(nn.Sequential(nn.ReLU()), patch(1, 2, 2), torch.Tensor.sum)
    assert repr(by_function).endswith("target a function>")
    assert repr(trace(nn.Sequential(nn.ReLU()), patch(1, 2, 2))).startswith("<Trace of 1 operator, 0 not explained")
    assert repr(by_function.explain("0", (0, 1, 1))).endswith(": 1 term, y = max(x, 0)>")
    assert repr(lenet["conv1"]) == "<Record 0 conv1: conv2d → (1, 6, 28, 28)>"
    assert repr(lenet.explain("conv1", (0, 1, 2))).startswith("<conv1[0, 0, 1, 2] = ")
