"""Budgets: layers chosen, values on disk or in half precision, and the size known before."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.tracing import Trace, trace, trace_size
from convista.tracing.recording.store import DiskStore, Store
from tests.tracing.networks import EveryMove, Functional
from tests.tracing.recording.test_record import network, patch

TRUE = 2


def bytes_kept(recorded: Trace) -> int:
    """Count what a trace holds, each tensor once."""
    held: dict[int, int] = {}
    for record in recorded:
        operands = [operand.value for operand in record.operands.values()]
        for tensor in (*record.outputs, *record.gradients, *operands):
            if tensor is not None and not tensor.is_meta:
                held[id(tensor)] = tensor.nbytes
    whole = (*recorded.inputs.values(), *recorded.input_gradients.values(), *recorded.parameter_gradients.values())
    return sum(held.values()) + sum(tensor.nbytes for tensor in whole)


def same(one: Trace, other: Trace) -> bool:
    pairs = list(zip(one, other, strict=True))
    values = all(torch.equal(a, b) for r, s in pairs for a, b in zip(r.outputs, s.outputs, strict=True))
    return values and all(
        (a is None) == (b is None) and (a is None or b is None or torch.equal(a, b))
        for r, s in pairs
        for a, b in zip(r.gradients, s.gradients, strict=True)
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layers", "kept"),
    [
        (["conv1"], ["conv1"]),
        ("layer1.0", ["layer1.0.conv1", "layer1.0.bn1", "layer1.0.relu", "layer1.0.conv2", "layer1.0.bn2",
                      "layer1.0.add", "layer1.0.relu#2"]),
        (["layer[23].0.downsample.*", "cross_entropy"], ["layer2.0.downsample.0", "layer2.0.downsample.1",
                      "layer3.0.downsample.0", "layer3.0.downsample.1", "cross_entropy"]),
        (["layer1.0.relu#2"], ["layer1.0.relu", "layer1.0.relu#2"]),
    ],
)  # fmt: skip
def test_layers_are_chosen_by_name_path_and_pattern(layers: list[str] | str, kept: list[str]) -> None:
    model, x = network("resnet18")
    whole, recorded = trace(model, x, TRUE), trace(model, x, TRUE, layers=layers)
    assert [record.name for record in recorded] == [record.name for record in whole]
    assert [record.name for record in recorded if record.kept] == kept
    for name in kept:
        assert torch.equal(recorded[name].output, whole[name].output)
        gradient = recorded[name].gradient
        assert (gradient is None) == (whole[name].gradient is None)
    assert bytes_kept(recorded) < bytes_kept(whole)
    verification = recorded.verify()
    assert verification.passed(), verification
    assert len(verification.not_kept) == len(recorded) - len(kept)
    assert "not kept, and nothing is known about them" in str(verification)


def test_a_kept_operand_is_what_was_read_even_if_changed_in_place_afterwards() -> None:
    recorded = trace(*network("functional"), TRUE, layers=["conv", "max_pool2d"])
    assert [record.name for record in recorded if record.kept] == ["conv", "conv#2", "max_pool2d"]
    before = recorded["conv#2"].output
    assert (before < 0).any()
    assert recorded.verify().passed()
    assert recorded["max_pool2d"].operands["x"].origin.record == 4
    assert recorded["relu"].outputs[0].shape == (1, 4, 8, 8)


def test_what_was_not_kept_says_so_and_what_to_do() -> None:
    recorded = trace(*network("functional"), TRUE, layers=["max_pool2d"])
    remedy = r"Of “relu#2” only the size was kept\. Trace again with “relu” in layers=\[…\], or without layers"
    for ask in (
        lambda: recorded.explain("relu#2", (0, 1, 1)),
        lambda: recorded["relu#2"].output,
        lambda: recorded["relu#2"].gradient,
        lambda: recorded.film("relu#2"),
    ):
        with pytest.raises(ConvistaError, match=remedy):
            ask()
    with pytest.raises(ConvistaError, match="Of “add” only the size was kept"):
        recorded.explain("max_pool2d", (0, 1, 1)).terms[0].follow()
    with pytest.raises(ConvistaError, match="Of “add” only the size was kept"):
        recorded.receptive_field("max_pool2d", (0, 1, 1))
    assert repr(recorded["relu"]) == "<Record 1 relu: relu → (1, 4, 8, 8), not kept>"


def test_a_layer_that_does_not_exist_is_refused_with_the_nearest() -> None:
    model, x = network("resnet18")
    with pytest.raises(ConvistaError, match=r"no layer “layer1\.0\.conv3”\. The nearest names: .*layer1\.0\.conv1"):
        trace(model, x, TRUE, layers=["conv1", "layer1.0.conv3"])
    with pytest.raises(ConvistaError, match=r"layers=\[\] keeps nothing"):
        trace(model, x, TRUE, layers=[])


def test_values_on_disk_are_the_same_and_go_with_the_trace(tmp_path: Path) -> None:
    model, _ = network("resnet18")
    x = patch(4, 128, 128)
    recorded = trace(model, x, TRUE, folder=tmp_path)
    (folder,) = tmp_path.iterdir()
    assert sum(file.stat().st_size for file in folder.iterdir()) > 10e6
    assert same(recorded, trace(model, x, TRUE))
    assert recorded.verify(sample=2).passed()
    output = recorded["layer1.0.conv1"].output
    output += 1  # what is mapped may be changed, as what is in memory may
    del recorded
    gc.collect()
    assert not list(tmp_path.iterdir())
    assert bool(torch.isfinite(output).all())


def test_on_disk_every_type_and_size_is_kept(tmp_path: Path) -> None:
    tensors = (
        torch.rand(300, 301), torch.rand(()), torch.rand(0, 3), torch.arange(99999), torch.rand(99999) > 0.5,
        torch.rand(400, 200).t(), torch.rand(99999).bfloat16(),
    )  # fmt: skip
    for precision in (None, "bfloat16"):
        store = DiskStore(tmp_path, precision)
        for tensor in tensors:
            kept = store.keep(tensor)
            assert torch.equal(kept, tensor.to(kept.dtype))
            assert kept.data_ptr() != tensor.data_ptr() or not tensor.numel()


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    model, x = network("resnet18")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for limit in (100_000, 2_500_000):  # in the forward pass, and in the backward one
        ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        try:
            with pytest.raises(
                ConvistaError,
                match=r"no longer be kept in “.*”: File too large; .*removed\. That disk, or a limit of your "
                r"account, .*; or choose fewer layers",
            ):
                trace(model, x, TRUE, folder=tmp_path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, ignored)
        assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match=r"cannot be kept in “.*nowhere”: .*There is no such folder; make it"):
        trace(*network("lenet"), folder=tmp_path / "nowhere")


@pytest.mark.slow
@pytest.mark.parametrize("precision", ["float16", "bfloat16"])
@pytest.mark.parametrize("name", ["lenet", "resnet18", "functional"])
def test_half_precision_rounds_what_is_kept_and_nothing_of_the_run(name: str, precision: str) -> None:
    model, x = network(name)
    whole, recorded = trace(model, x, TRUE), trace(model, x, TRUE, precision=precision)  # type: ignore[arg-type]
    assert torch.equal(recorded.output, whole.output)
    assert all(torch.equal(recorded.parameter_gradients[n], g) for n, g in whole.parameter_gradients.items())
    for record, exact in zip(recorded, whole, strict=True):
        assert record.outputs[0].dtype in {torch.bfloat16, getattr(torch, precision)}
        assert torch.equal(record.outputs[0], exact.outputs[0].to(record.outputs[0].dtype))
    weights = next(r for r in recorded if r.operator == "conv2d").operands["weight"].value
    assert weights.dtype == torch.float32
    verification = recorded.verify()
    assert verification.passed(), verification
    assert verification.worst > 1e-4
    assert verification.tolerance in {2e-2, 1e-1}
    assert sum(check.gradients for check in verification.checks) == 0
    assert "kept in half precision: gradients are not compared" in str(verification)


def test_a_wrong_value_in_half_precision_is_found() -> None:
    recorded = trace(*network("lenet"), TRUE, precision="float16")
    recorded["conv2"].output[0, 3, 1, 1] += 0.5
    assert not recorded.verify().passed()


def test_what_does_not_fit_float16_is_kept_as_bfloat16() -> None:
    store = Store("float16")
    for value, dtype in ((1.0, torch.float16), (7e4, torch.bfloat16), (1e-6, torch.bfloat16), (0.0, torch.float16)):
        assert store.keep(torch.tensor([value, 0.0])).dtype == dtype
    assert store.keep(torch.tensor([float("inf"), 1.0])).dtype == torch.float16
    assert store.keep(torch.tensor([1])).dtype == torch.int64
    with pytest.raises(
        ConvistaError, match=r"no precision “int8” to keep values in\. There are: float16, bfloat16"
    ):
        Store("int8")  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["resnet18", "lenet", "functional"])
@pytest.mark.parametrize("budget", [{}, {"precision": "bfloat16"}, {"layers": ["*conv*"]}])
def test_the_size_is_what_is_kept(name: str, budget: dict[str, object]) -> None:
    model, x = network(name)
    size = trace_size(model, x, TRUE, **budget)  # type: ignore[arg-type]
    recorded = trace(model, x, TRUE, **budget)  # type: ignore[arg-type]
    # What the softmax gives has no gradient, and the loss of one number may be counted in another precision.
    assert bytes_kept(recorded) <= size.total <= bytes_kept(recorded) + 64
    assert size.records == len(recorded)


def test_measuring_changes_nothing_and_draws_nothing() -> None:
    torch.manual_seed(3)
    model = nn.Sequential(EveryMove().train(), nn.BatchNorm1d(5), nn.Dropout(0.5)).train()
    x = patch(2, 4, 8, 8)
    before, state = torch.get_rng_state(), {key: value.clone() for key, value in model.state_dict().items()}
    trace_size(model, x, TRUE)
    assert torch.equal(torch.get_rng_state(), before)
    assert all(torch.equal(value, state[key]) for key, value in model.state_dict().items())


def test_a_limit_refuses_before_anything_is_kept() -> None:
    model, x = network("resnet18")

    def never(output: Tensor) -> Tensor:
        assert not torch.is_grad_enabled(), "it is measured without gradients"
        return output.sum()

    with pytest.raises(
        ConvistaError, match=r"would keep 9\d\.\d MB in 70 operators: .*limit is 5\.0 MB\. Choose fewer"
    ):
        trace(model, x, never, limit=5e6)
    assert len(trace(Functional(), patch(4, 8, 8), TRUE, limit=1e6)) == 10


def test_a_gradient_is_explained_only_if_all_that_read_the_value_was_kept() -> None:
    model, x = network("functional")
    whole = trace(model, x, TRUE)
    recorded = trace(model, x, TRUE, layers=["dense", "view", "conv"])
    assert recorded.explain_gradient("view", (3,)).value == whole.explain_gradient("view", (3,)).value
    assert recorded.explain_gradient("conv.weight", (0, 1, 2, 2)).value == pytest.approx(
        whole.explain_gradient("conv.weight", (0, 1, 2, 2)).value
    )
    with pytest.raises(ConvistaError, match="Of “relu” only the size was kept"):
        recorded.explain_gradient("conv", (0, 1, 1))
    with pytest.raises(ConvistaError, match="Of “max_pool2d” only the size was kept"):
        recorded.explain_gradient("max_pool2d", (0, 1, 1))
