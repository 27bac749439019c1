"""Proof: the definitions recompute every network of this release, and a wrong number is found."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from convista.errors import ConvistaError
from convista.models import create_model
from convista.scenes import open_scene, sample_scene
from convista.tracing import Trace, trace
from tests.operators.against_torch import sabotaged, times
from tests.tracing.networks import Functional, Unknown
from tests.tracing.recording.test_record import network, patch

TOLERANCE = {torch.float32: 1e-4, torch.float64: 1e-10}
ZION = Path(__file__).parents[4] / "shared" / "data" / "zion" / "landsat8.tif"


@pytest.mark.parametrize(
    "name",
    [
        "lenet",
        "resnet18",
        pytest.param("resnet18 in training", marks=pytest.mark.slow),
        "functional",
        "activations",
        "poolings",
    ],
)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_every_value_and_gradient_is_recomputed(name: str, dtype: torch.dtype) -> None:
    model, x = network(name)
    recorded = trace(model.to(dtype), x, 2)
    verification = recorded.verify()
    assert verification.passed(TOLERANCE[dtype]), verification
    assert sum(check.records for check in verification.checks) == len(recorded)
    assert sum(check.values for check in verification.checks) == sum(r.output.numel() for r in recorded)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lenet", "resnet18"])
def test_on_a_patch_of_the_simulated_scene(name: str) -> None:
    scene = sample_scene(3, height=96, width=96).scene
    torch.manual_seed(0)
    model = create_model(name, scene.band_names, 6, patch=32).eval()
    assert trace(model, next(scene.patches(32)), 1).verify().passed(1e-4)


@pytest.mark.slow
@pytest.mark.skipif(not ZION.exists(), reason="the Zion scene is not here")
@pytest.mark.parametrize("name", ["lenet", "resnet18"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_on_a_patch_of_a_real_scene(name: str, dtype: torch.dtype) -> None:
    cut = open_scene(ZION, bands=["blue", "green", "red", "nir"]).patch((600, 400, 32, 32))  # type: ignore[arg-type]
    values = (cut.values.filled(0) - 10000) / 3000
    torch.manual_seed(0)
    model = create_model(name, 4, 8, patch=32).eval().to(dtype)
    assert trace(model, values, 3).verify().passed(TOLERANCE[dtype])


def test_gradients_of_a_module_called_twice_add_up() -> None:
    torch.manual_seed(0)
    checks = {c.operator: c for c in trace(Functional(), patch(4, 8, 8), 2).verify().checks}
    assert checks["conv2d"].gradients == 4 * 8 * 8 + 4 * 4 * 9 + 4  # the input, the weights and the bias, each once
    assert checks["conv2d"].gradient_error < 1e-5


def test_what_is_not_covered_is_named_and_does_not_pass() -> None:
    torch.manual_seed(0)
    verification = trace(Unknown(), patch(4, 8, 8), 2).verify()
    assert verification.not_explained == ("sin", "erfinv")
    assert verification.worst < 1e-4
    assert not verification.passed()


def spoil(recorded: Trace, operator: str, part: str, factor: float) -> None:
    """Make one method of an operator give so many times what it should, wherever the operator was recorded."""
    for record in recorded:
        if record.operator == operator:
            right = getattr(record.definition, part)
            record.applied = sabotaged(record.definition, part, times(factor, right))


@pytest.mark.parametrize("part", ["value", "gradient"])
def test_a_wrong_definition_is_found(part: str) -> None:
    model, x = network("lenet")
    recorded = trace(model, x, 2)
    spoil(recorded, "dense", part, 1.001)
    assert not recorded.verify().passed(1e-4)


@pytest.mark.parametrize("value", [1e3, float("nan"), float("inf")])
def test_a_wrong_record_is_found(value: float) -> None:
    recorded = trace(*network("lenet"), 2)
    recorded["conv2"].output[0, 3, 1, 1] = value
    assert not recorded.verify().passed(1e-4)


def test_a_wrong_gradient_is_found() -> None:
    recorded = trace(*network("lenet"), 2)
    gradient = recorded["conv1"].gradient
    assert gradient is not None
    recorded["conv1"].gradients[0] = gradient * 1.01
    assert not recorded.verify().passed(1e-4)


def test_nan_in_the_input_is_recomputed_as_nan() -> None:
    model, x = network("lenet")
    x[0, 3, 3] = float("nan")
    assert trace(model, x, allow_nan=True).verify().passed(1e-4)


def test_the_loss_of_a_confident_prediction_is_recomputed_as_well() -> None:
    model, x = network("lenet")
    with torch.no_grad():
        model.get_parameter("dense3.bias")[2] += 9
    recorded = trace(model, x, 2)
    assert 0 < recorded["cross_entropy"].output < 1e-3
    assert recorded.verify().passed(1e-4)


def test_the_proof_is_written_as_a_table() -> None:
    lines = str(trace(*network("functional"), 2).verify()).splitlines()
    assert lines[0].startswith("10 operators recomputed in float64")
    assert lines[1].split()[0] == "conv2d"
    assert len({len(line) for line in lines[1:]}) == 1
    torch.manual_seed(0)
    assert str(trace(Unknown(), patch(4, 8, 8)).verify()).splitlines()[-1].endswith("sin, erfinv")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lenet", "resnet18 in training", "functional", "activations", "poolings"])
def test_a_sample_of_every_value_and_gradient_is_recomputed(name: str) -> None:
    model, x = network(name)
    recorded = trace(model, x, 2)
    verification = recorded.verify(sample=3)
    assert verification.passed(1e-4), verification
    assert sum(c.values for c in verification.checks) == sum(min(3, r.output.numel()) for r in recorded)
    whole = {c.operator: c for c in recorded.verify().checks}
    for check in verification.checks:
        assert (check.gradients > 0) == (whole[check.operator].gradients > 0)
        assert check.gradients <= whole[check.operator].gradients
    assert "a sample: at most 3 elements of each output and of each gradient" in str(verification)


def test_a_sample_is_the_same_for_the_same_seed_and_must_not_be_empty() -> None:
    recorded = trace(*network("functional"), 2)
    assert recorded.verify(sample=2, seed=1) == recorded.verify(sample=2, seed=1)
    assert recorded.verify(sample=2, seed=1).worst != recorded.verify(sample=2, seed=2).worst
    with pytest.raises(ConvistaError, match="A sample of 0 elements proves nothing"):
        recorded.verify(sample=0)


@pytest.mark.parametrize("part", ["explain", "explain_gradient"])
def test_a_wrong_explanation_is_found_by_a_sample(part: str) -> None:
    recorded = trace(*network("lenet"), 2)
    spoil(recorded, "conv2d", part, 1.01)
    assert not recorded.verify(sample=4).passed(1e-4)


def test_wrong_records_are_found_by_a_sample() -> None:
    recorded = trace(*network("lenet"), 2)
    recorded["conv2"].output.mul_(1.01)
    assert not recorded.verify(sample=4).passed(1e-4)
    recorded = trace(*network("lenet"), 2)
    gradient = recorded["conv1"].gradient
    assert gradient is not None
    gradient.mul_(1.01)
    assert not recorded.verify(sample=4).passed(1e-4)


NORMS = (nn.GroupNorm(2, 4), nn.InstanceNorm2d(4), nn.BatchNorm2d(4), nn.LayerNorm([6, 6]))


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("sample", [None, 8])
def test_a_gradient_that_a_normalisation_leaves_nothing_of_is_proven(norm: nn.Module, sample: int | None) -> None:
    """The sum of squares of normalised values is the same whatever the input, so its gradient is rounding alone."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Conv2d(3, 4, 3), norm).train()
    recorded = trace(network, torch.randn(2, 3, 8, 8), lambda output: output.square().sum())
    verification = recorded.verify() if sample is None else recorded.verify(sample=sample)
    assert verification.passed(), verification


def test_a_wrong_gradient_of_a_normalisation_is_still_found() -> None:
    recorded = trace(
        nn.Sequential(nn.Conv2d(3, 4, 3), nn.GroupNorm(2, 4)), torch.randn(2, 3, 8, 8), lambda y: y[0, 1].sum()
    )
    spoil(recorded, "group_norm", "gradient", 1.01)
    assert not recorded.verify().passed(1e-4)
