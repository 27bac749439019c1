"""What is recorded: every operator, once a call, with its path, and nothing of the network is changed."""

from __future__ import annotations

from collections import OrderedDict

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.models import create_model
from convista.tracing import Trace, trace
from convista.tracing.recording.record import Origin
from tests.tracing.networks import EveryActivation, EveryPooling, Functional, ThroughAView, Unknown

TRUE = 2


def patch(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def network(name: str) -> tuple[nn.Module, Tensor]:
    torch.manual_seed(1)
    match name:
        case "lenet":
            return create_model("lenet", 4, 5).eval(), patch(4, 32, 32)
        case "resnet18":
            return create_model("resnet18", 4, 5).eval(), patch(4, 64, 64)
        case "resnet18 in training":
            return create_model("resnet18", 4, 5).train(), patch(2, 4, 64, 64)
        case "activations":
            return EveryActivation(), patch(4, 8, 8)
        case "poolings":
            return EveryPooling(), patch(4, 40, 44)
        case _:
            return Functional(), patch(4, 8, 8)


@pytest.mark.parametrize(
    "name", ["lenet", "resnet18", pytest.param("resnet18 in training", marks=pytest.mark.slow), "functional"]
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_recorded_run_is_the_plain_run(name: str, dtype: torch.dtype) -> None:
    model, x = network(name)
    model, x = model.to(dtype), x.to(dtype)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    recorded = trace(model, x, TRUE)

    batch = (x if x.ndim == 4 else x[None]).clone().requires_grad_()
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())
    assert not any(module._forward_hooks or module._forward_pre_hooks for module in model.modules())
    plain = model(batch)
    functional.cross_entropy(plain, torch.full((len(batch),), TRUE)).backward()  # type: ignore[no-untyped-call]
    assert batch.grad is not None
    assert recorded.input_gradient is not None
    assert torch.equal(recorded.output, plain)
    assert torch.equal(recorded.input_gradient, batch.grad)
    for key, parameter in model.named_parameters():
        assert parameter.grad is not None
        assert torch.equal(recorded.parameter_gradients[key], parameter.grad)


def test_names_of_resnet18() -> None:
    names = [record.name for record in trace(*network("resnet18"), TRUE)]
    assert names[:6] == ["conv1", "bn1", "relu", "maxpool", "layer1.0.conv1", "layer1.0.bn1"]
    assert {"layer1.0.relu", "layer1.0.relu#2", "layer1.0.add", "layer2.0.downsample.0"} <= set(names)
    assert names[-5:] == ["avgpool", "flatten", "fc", "softmax", "cross_entropy"]
    assert len(names) == len(set(names))


def test_functional_calls_in_place_operators_and_repeated_modules_have_records_of_their_own() -> None:
    recorded = trace(*network("functional"), TRUE)
    assert [(record.name, record.operator) for record in recorded] == [
        ("conv", "conv2d"),
        ("relu", "relu"),
        ("conv#2", "conv2d"),
        ("relu#2", "relu"),
        ("add", "add"),
        ("max_pool2d", "max_pool2d"),
        ("view", "reshape"),
        ("dense", "dense"),
        ("softmax", "softmax"),
        ("cross_entropy", "cross_entropy"),
    ]
    before, after = recorded["conv#2"].output, recorded["relu#2"].output
    assert (before < 0).any()
    assert torch.equal(after, before.clamp_min(0))
    sources = {name: operand.origin for name, operand in recorded["add"].operands.items()}
    assert (sources["x"].record, sources["y"].record) == (3, 1)


def test_an_unknown_operator_is_recorded_and_named() -> None:
    torch.manual_seed(0)
    recorded = trace(Unknown(), patch(4, 8, 8), TRUE)
    unknown = [record for record in recorded if not record.explained]
    assert [record.operator for record in unknown] == ["sin", "erfinv"]
    assert all(record.gradient is not None for record in unknown)
    assert recorded["conv"].explained


def test_a_value_changed_through_a_view_is_not_credited_to_the_wrong_operator() -> None:
    torch.manual_seed(0)
    recorded = trace(ThroughAView(), patch(4, 8, 8))
    assert recorded["relu"].operands["x"].origin == Origin("record", recorded["changed_through_a_view"].position)
    assert not recorded["relu"].operands["x"].value[:, 0].any()
    assert recorded["changed_through_a_view"].operands["0"].origin == Origin("record", recorded["conv"].position)
    assert recorded.verify().not_explained == ("zero", "changed_through_a_view")


def test_the_name_of_a_module_means_its_output() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(OrderedDict(edge=nn.Conv2d(4, 2, 3, padding=1, padding_mode="reflect")))
    recorded = trace(model, patch(4, 8, 8))
    assert [record.name for record in recorded] == ["edge.pad", "edge"]
    assert torch.equal(recorded["edge"].output, model(patch(4, 8, 8)[None]))
    assert recorded.verify().passed()


def test_without_a_target_nothing_is_differentiated() -> None:
    recorded = trace(*network("lenet"))
    assert recorded.input_gradient is None
    assert all(record.gradient is None for record in recorded)
    assert not recorded.parameter_gradients


def test_a_function_of_the_output_can_be_the_target() -> None:
    model, x = network("lenet")

    def logit(output: Tensor) -> Tensor:
        return output[0, TRUE]

    recorded: Trace = trace(model, x, logit)
    gradient = recorded["dense3"].gradient
    assert gradient is not None
    assert gradient.tolist() == [[float(k == TRUE) for k in range(5)]]


def test_frozen_parameters_and_no_grad_do_not_hide_gradients() -> None:
    model, x = network("lenet")
    model.requires_grad_(False)
    with torch.no_grad():
        recorded = trace(model, x, TRUE)
    assert all(record.gradient is not None for record in recorded if record.operator not in {"softmax"})
    assert not recorded.parameter_gradients
