"""Gradient explanations of a trace: their terms sum to autograd's value, and lead up to the target."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.models import create_model
from convista.tracing import Pixel, Trace, TracedExplanation, TracedGradient, trace
from tests.tracing.architectures import ResNet20, UNet
from tests.tracing.networks import EveryArithmetic, EveryNorm, Functional, ThroughAView, Unknown
from tests.tracing.recording.test_record import network, patch

Element = tuple[str, tuple[int, ...], int, float]


def traced(name: str, dtype: torch.dtype = torch.float32) -> Trace:
    torch.manual_seed(1)
    model: nn.Module
    match name:
        case "unet":
            model, x = UNet("transposed").eval(), patch(4, 17, 22)
        case "unet in training":
            model, x = UNet("bilinear"), patch(2, 4, 20, 16)
        case "resnet20":
            model, x = ResNet20().eval(), patch(3, 32, 32)
        case "norms":
            model, x = EveryNorm(), patch(4, 8, 8)
        case "arithmetic":
            model, x = EveryArithmetic(), patch(4, 8, 8)
        case _:
            model, x = network(name)
    return trace(model.to(dtype), x.to(dtype), 2)


def drawn(recorded: Trace, seed: int) -> Iterator[Element]:
    """Draw an element of every output, of the input and of every parameter, with autograd's gradient."""
    rng = np.random.default_rng(seed)
    outputs = [(r.name, slot, g) for r in recorded for slot, g in enumerate(r.gradients) if g is not None]
    parameters = [(name, 0, gradient) for name, gradient in recorded.parameter_gradients.items()]
    assert recorded.input_gradient is not None
    for name, slot, gradient in (*outputs, *parameters, ("input", 0, recorded.input_gradient)):
        index = tuple(int(rng.integers(n)) for n in gradient.shape)
        yield name, index, slot, float(gradient[index])


NETWORKS = ("lenet", "functional", "unet", "unet in training", "resnet20", "activations", "poolings", "norms")


@pytest.mark.parametrize("name", [*NETWORKS, "arithmetic"])
def test_terms_sum_to_autograds_value_everywhere(name: str) -> None:
    recorded = traced(name, torch.float64)
    for element, index, slot, expected in drawn(recorded, 0):
        explanation = recorded.explain_gradient(element, index, slot)
        assert explanation.recorded == expected
        assert (explanation.layer, explanation.index) == (element, index)
        terms = math.fsum(term.contribution for term in explanation.terms) + explanation.bias
        size = sum(abs(term.contribution) for term in explanation.terms)
        assert explanation.value == explanation.total == pytest.approx(terms, abs=1e-12 * max(1.0, size))
        assert explanation.value == pytest.approx(expected, abs=1e-9 * max(size, 1e-9)), (element, index)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resnet18", "resnet18 in training"])
@pytest.mark.parametrize("seed", [0, 1])
def test_resnet18_with_its_relus_in_place(name: str, seed: int) -> None:
    recorded = traced(name)
    for element, index, slot, expected in drawn(recorded, seed):
        explanation = recorded.explain_gradient(element, index, slot)
        size = sum(abs(term.contribution) for term in explanation.terms)
        assert explanation.value == pytest.approx(expected, abs=1e-5 * max(size, 1e-9)), (element, index)


def test_a_module_called_twice_hears_both_calls() -> None:
    recorded = traced("functional")
    shared = recorded.explain_gradient("conv.weight", (3, 0, 1, 1))
    assert [(share.layer, share.operand) for share in shared.shares] == [("conv", "weight"), ("conv#2", "weight")]
    assert shared.total == pytest.approx(sum(share.total for share in shared.shares))
    assert all(abs(share.total) > 1e-6 for share in shared.shares)
    assert shared.formula == "∂conv.weight = ∂weight(conv) + ∂weight(conv#2)"
    assert len(shared.terms) == 2 * 8 * 8


def test_where_ways_part_each_sends_its_share() -> None:
    recorded = traced("functional")
    once = recorded.explain_gradient("relu", (2, 4, 5))
    assert [(share.layer, share.operand, len(share.terms)) for share in once.shares] == [
        ("conv#2", "x", 4 * 9),
        ("add", "y", 1),
    ]
    assert {term.layer for term in once.terms} == {"conv#2", "add"}


class Halves(nn.Module):
    """An operator of two outputs, each used; a value multiplied by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(4, 6, 3)
        self.dense = nn.Linear(3, 5)

    def forward(self, x: Tensor) -> Tensor:
        left, right = torch.chunk(self.conv(x), 2, dim=1)
        logits: Tensor = self.dense((left * right * left).mean((2, 3)))
        return logits


def test_each_output_of_an_operator_of_several_has_its_gradient() -> None:
    torch.manual_seed(0)
    recorded = trace(Halves(), patch(4, 8, 8), 2)
    for element, index, slot, expected in drawn(recorded, 0):
        assert recorded.explain_gradient(element, index, slot).value == pytest.approx(expected, rel=1e-4, abs=1e-9)
    second = recorded.explain_gradient("conv", (4, 0, 0))
    assert [(share.layer, share.output, len(share.terms)) for share in second.shares] == [
        ("chunk", 0, 0),
        ("chunk", 1, 1),
    ]
    assert second.terms[0].follow().recorded == second.terms[0].value
    assert len(recorded.explain_gradient("chunk", (0, 0, 0)).shares) == 2
    with pytest.raises(ConvistaError, match="There is no output 2 of “chunk”: it has 2"):
        recorded.explain_gradient("chunk", (0, 0, 0), 2)


def test_terms_are_followed_up_to_the_target_and_factors_down_to_the_pixels() -> None:
    recorded = traced("lenet")
    weight = recorded.explain_gradient("conv1.weight", (3, 0, 1, 1))
    term = weight.terms[17]
    above = term.follow()
    assert (above.layer, above.index, above.recorded) == ("conv1", term.index, term.value)
    pixel = term.follow_factor()
    assert isinstance(pixel, Pixel)
    assert pixel.network_value == term.factor
    inner = recorded.explain_gradient("conv2.weight", (3, 0, 1, 1)).terms[4]
    met = inner.follow_factor()
    assert isinstance(met, TracedExplanation)
    assert (met.layer, met.recorded) == ("pool1", inner.factor)
    with pytest.raises(ConvistaError, match="No operator of this run made the operand weight of “conv1”"):
        recorded.explain_gradient("input", (0, 9, 9)).terms[0].follow_factor()


def test_the_way_leads_from_a_pixel_up_to_the_target() -> None:
    recorded = traced("lenet")
    steps = list(recorded.gradient_path("input", (1, 9, 9)))
    assert [step.layer for step in steps] == [
        "input", "conv1", "relu1", "pool1", "conv2", "relu2", "pool2", "flatten",
        "dense1", "relu3", "dense2", "relu4", "dense3", "cross_entropy",
    ]  # fmt: skip
    for step, above in itertools.pairwise(steps):
        largest = max(step.terms, key=lambda term: abs(term.contribution))
        assert (above.layer, above.index, above.recorded) == (largest.layer, largest.index, largest.value)
    target = steps[-1]
    assert target.is_target
    assert (target.value, target.recorded, target.terms) == (1, 1, ())
    assert target.element == pytest.approx(-math.log(recorded["softmax"].output[0, 2]), rel=1e-5)
    assert not any(step.is_target for step in steps[:-1])


def test_a_target_of_the_users_own() -> None:
    model, x = network("lenet")
    recorded = trace(model, x, lambda output: output[0, 3] - output[0, 1])
    steps = list(recorded.gradient_path("conv1.bias", (2,)))
    assert steps[-1].is_target
    assert steps[-1].layer == "sub"
    assert steps[-1].value == 1


def test_a_pixel_has_its_place_and_a_parameter_its_value() -> None:
    recorded = traced("unet")
    pixel = recorded.explain_gradient("input", (2, 7, 9))
    assert pixel.pixel is not None
    assert (pixel.pixel.band, pixel.pixel.row, pixel.pixel.column) == ("band3", 7, 9)
    assert pixel.element == pixel.pixel.network_value == float(recorded.input[0, 2, 7, 9])
    weight = recorded.explain_gradient("head.weight", (1, 2, 0, 0))
    assert weight.pixel is None
    assert weight.element == float(recorded["head"].operands["weight"].value[1, 2, 0, 0])
    assert repr(weight).startswith("<∂head.weight[1, 2, 0, 0] = ")


def test_a_frozen_parameter_is_explained_without_autograds_value() -> None:
    model, x = network("lenet")
    free = trace(model, x, 2).explain_gradient("conv2.weight", (3, 0, 1, 1))
    model.conv2.weight.requires_grad_(False)  # type: ignore[union-attr]
    frozen = trace(model, x, 2).explain_gradient("conv2.weight", (3, 0, 1, 1))
    assert frozen.value == pytest.approx(free.value, rel=1e-6)
    assert math.isnan(frozen.recorded)


def test_a_pixel_that_no_window_reads_has_no_terms() -> None:
    model = nn.Sequential(nn.Conv2d(1, 5, 2, stride=2), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    steps = list(trace(model, patch(1, 5, 5), 2).gradient_path("input", (0, 4, 4)))
    assert [(step.layer, step.value, step.recorded, step.is_target) for step in steps] == [("input", 0, 0, False)]


def test_a_wrong_gradient_is_seen_beside_the_recorded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = traced("lenet")
    before: TracedGradient = recorded.explain_gradient("conv2", (3, 2, 2))
    record = recorded["relu2"]
    assert record.gradients[0] is not None
    record.gradients[0] *= 1.5
    after = recorded.explain_gradient("conv2", (3, 2, 2))
    assert after.recorded == before.recorded
    assert after.value == pytest.approx(1.5 * before.value)


@pytest.mark.parametrize(
    ("name", "index", "message"),
    [
        ("conv1", (6, 0, 0), r"Index \(0, 6, 0, 0\) does not exist in conv1, of size \(1, 6, 28, 28\)"),
        ("conv1.weight", (3, 0, 1), r"Index \(3, 0, 1\) does not exist in conv1\.weight, of size \(6, 4, 5, 5\)"),
        ("input", (4, 0, 0), r"Index \(0, 4, 0, 0\) does not exist in input, of size \(1, 4, 32, 32\)"),
        ("input", (0, -1, 0), r"Index \(0, 0, -1, 0\) does not exist in input"),
        ("conv1.wieght", (0, 0, 0, 0), r"no layer, input or parameter “conv1\.wieght”.*names: conv1\.weight"),
        (99, (0,), "no record 99: it has 14"),
        ("softmax", (0,), "The target does not depend on “softmax”, so there is no gradient to explain"),
    ],
)
def test_mistakes(name: Any, index: tuple[int, ...], message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        traced("lenet").explain_gradient(name, index)


def test_without_a_target_there_is_no_gradient() -> None:
    recorded = trace(*network("lenet"))
    for name, index in (("conv1", (0, 0, 0)), ("conv1.weight", (0, 0, 0, 0)), ("input", (0, 0, 0))):
        with pytest.raises(ConvistaError, match=f"nor that of “{name}”, as it was made without a target"):
            recorded.explain_gradient(name, index)


def test_a_reader_without_a_definition_is_named_and_ends_the_way() -> None:
    torch.manual_seed(0)
    recorded = trace(Unknown(), patch(4, 8, 8), 2)
    with pytest.raises(ConvistaError, match="of “conv” comes by way of “sin”, which applies sin and has no"):
        recorded.explain_gradient("conv", (0, 0, 0))
    assert [step.layer for step in recorded.gradient_path("input", (0, 4, 4))] == ["input"]
    with pytest.raises(ConvistaError, match="of “conv” comes by way of “changed_through_a_view”"):
        trace(ThroughAView(), patch(4, 8, 8), 2).explain_gradient("conv", (1, 2, 2))


def test_the_middle_of_a_network_as_target() -> None:
    model = create_model("lenet", 4, 5).eval()
    recorded = trace(model, patch(4, 32, 32), lambda output: output.square().mean())
    for element, index, slot, expected in drawn(recorded, 1):
        found = recorded.explain_gradient(element, index, slot)
        assert found.value == pytest.approx(expected, rel=1e-4, abs=1e-8)


def test_reading_twice_by_one_operator_counts_twice() -> None:
    model = Functional()
    recorded = trace(model, patch(4, 8, 8), lambda output: (output * output).sum())
    logit = recorded.explain_gradient("dense", (3,))
    assert [(share.layer, share.operand) for share in logit.shares] == [("mul", "x"), ("mul", "y")]
    assert logit.value == pytest.approx(2 * float(recorded["dense"].output[0, 3]))
