"""Complex values, checkpoints and the device "meta": explained, or said not to be; never an error of a library."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.checkpoint import checkpoint

from convista.errors import ConvistaError
from convista.tracing import trace
from tests.tracing.recording.test_record import patch
from tests.tracing.recording.test_unrecorded import Around, Step, once


class Spectral(nn.Module):
    """Multiplies by complex weights between two Fourier transforms, as neural operators do."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.lift = nn.Conv2d(3, 4, 1)
        self.weight = nn.Parameter(torch.randn(4, 4, 8, 5, dtype=torch.complex64) / 8)
        self.dense = nn.Linear(4, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.lift(x)
        spectrum = torch.fft.rfft2(y)
        mixed = torch.einsum("bixy,ioxy->boxy", spectrum, self.weight)
        y = y + torch.fft.irfft2(mixed * 2 + 1j, s=y.shape[-2:])
        logits: Tensor = self.dense(functional.relu(y).mean((2, 3)))
        return logits


COMPLEX: dict[str, tuple[Callable[[], nn.Module], tuple[str, ...]]] = {
    "weights": (Spectral, ("fft_rfft2", "einsum", "mul", "add", "fft_irfft2")),
    "absolute": (
        lambda: Around(lambda _, y: (torch.fft.fft2(y) + 1j).abs()),
        ("fft_fft2", "add", "abs"),
    ),
    "real part": (
        lambda: Around(lambda _, y: (torch.fft.fft2(y) * (1 + 2j)).real),
        ("fft_fft2", "mul", "get"),
    ),
    "as pairs": (
        lambda: Around(lambda _, y: torch.view_as_real(torch.complex(y, y * 2)).sum(-1)),
        ("complex", "view_as_real"),
    ),
}


@pytest.mark.parametrize("name", COMPLEX)
@pytest.mark.parametrize("sample", [None, 4])
def test_complex_values_are_not_explained_and_nothing_about_them_is_false(name: str, sample: int | None) -> None:
    make, expected = COMPLEX[name]
    for target in (2, None):
        recorded = trace(make(), patch(2, 3, 8, 8), target)
        verification = recorded.verify(sample)
        assert verification.not_explained == expected
        assert verification.worst < 1e-4, verification
        assert (verification.wrong_values, verification.wrong_gradients) == ((), ())
        assert not verification.passed()
    unknown = next(record for record in recorded if record.output.is_complex())
    with pytest.raises(ConvistaError, match="which has no written definition"):
        recorded.explain(unknown.name, (0,) * unknown.output.ndim)
    assert len(list(recorded.explain_path(len(recorded) - 1, (0, 0)))) > 1


def test_gradients_of_complex_weights_are_refused_with_the_reason() -> None:
    recorded = trace(Spectral(), patch(2, 3, 8, 8), 2)
    assert recorded.parameter_gradients["weight"].is_complex()
    with pytest.raises(
        ConvistaError, match=r"of “weight” comes by way of “einsum”, which applies functional\.einsum"
    ):
        recorded.explain_gradient("weight", (0, 0, 0, 0))
    assert "weight" in recorded.verify().gradients_not_compared


def test_a_network_that_gives_complex_numbers_has_no_classes() -> None:
    class Transform(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return torch.fft.fft(x.flatten(1))  # type: ignore[no-any-return]

    recorded = trace(Transform(), patch(2, 3, 2, 2))
    assert [record.operator for record in recorded] == ["reshape", "fft.fft"]
    with pytest.raises(ConvistaError, match=r"gives complex64, and classes are told by real numbers"):
        trace(Transform(), patch(2, 3, 2, 2), 1)
    with pytest.raises(ConvistaError, match=r"returned complex64, and only one number can be differentiated"):
        trace(Transform(), patch(2, 3, 2, 2), lambda output: output.sum())
    assert trace(Transform(), patch(2, 3, 2, 2), lambda output: output.abs().sum()).input_gradient is not None
    with pytest.raises(ConvistaError, match="Input “x” is of type complex64, which a trace does not read"):
        trace(Transform(), torch.zeros(2, 3, 2, 2, dtype=torch.complex64))


def test_a_network_that_gives_positions_has_no_classes_either() -> None:
    class Choice(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x.flatten(1).argmax(1, keepdim=True)

    with pytest.raises(ConvistaError, match=r"gives int64, and classes are told by real numbers.*Give a function"):
        trace(Choice(), patch(2, 3, 2, 2), 0)


class Checkpointed(nn.Module):
    """Two blocks, one inside the other, under checkpoints."""

    def __init__(self, reentrant: bool | None) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(4, 4, 3), nn.Dropout(0.2), nn.ReLU())
        self.dense = nn.Linear(4, 5)
        self.reentrant = reentrant

    def run(self, part: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
        y: Tensor = part(x) if self.reentrant is None else checkpoint(part, x, use_reentrant=self.reentrant)
        return y

    def forward(self, x: Tensor) -> Tensor:
        y = self.run(lambda z: self.second(self.run(self.first, z)), x)
        return self.dense(y.mean((2, 3)))  # type: ignore[no-any-return]


@pytest.mark.parametrize("reentrant", [True, False])
@pytest.mark.parametrize("target", [2, None])
def test_what_stands_under_a_checkpoint_is_recorded_and_proven(reentrant: bool, target: int | None) -> None:
    traces = []
    for kind in (reentrant, None):
        network = Checkpointed(kind).train()
        torch.manual_seed(3)
        traces.append(trace(network, patch(2, 3, 10, 10), target))
    under, plain = traces
    assert [record.name for record in under] == [record.name for record in plain]
    assert torch.equal(under.output, plain.output)
    for name, gradient in plain.parameter_gradients.items():
        assert torch.equal(under.parameter_gradients[name], gradient)
    assert under.verify().passed(), under.verify()


def test_checkpoints_are_as_before_after_a_trace() -> None:
    network = Checkpointed(True)
    trace(network, patch(2, 3, 10, 10), 2)
    output = network(patch(2, 3, 10, 10).requires_grad_())
    assert output.grad_fn is not None
    seen, waiting = set(), [output.grad_fn]
    while waiting:
        node = waiting.pop()
        seen.add(type(node).__name__)
        waiting += [before for before, _ in node.next_functions if before is not None]
    assert "CheckpointFunctionBackward" in seen


class OnceMore(torch.autograd.Function):
    """A reentrant checkpoint of somebody's own."""

    @staticmethod
    def forward(_: object, x: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def backward(_: object, upstream: Tensor) -> Tensor:
        raise RuntimeError(
            "When use_reentrant=True, checkpoint is incompatible with .grad(). Pass use_reentrant=False."
        )


def test_a_checkpoint_that_cannot_be_gone_through_says_so_whole() -> None:
    with pytest.raises(ConvistaError) as raised:
        trace(Around(lambda _, y: once(OnceMore, y)), patch(2, 3, 8, 8), 2)
    assert "Use torch.utils.checkpoint.checkpoint(…, use_reentrant=False)" in str(raised.value)
    assert str(raised.value).endswith("the values are the same.")


@pytest.mark.parametrize("target", [2, None])
def test_on_the_device_meta_there_are_sizes_and_no_numbers(target: int | None) -> None:
    with torch.device("meta"):
        network = Around(lambda _, y: y * 2)
        recorded = trace(network, torch.zeros(2, 3, 8, 8), target)
    assert recorded["conv"].outputs[0].shape == (2, 4, 6, 6)
    assert sum(layer.parameters for layer in recorded.layers()) == 4 * 28 + 25
    asked: list[Callable[[], object]] = [
        recorded.verify, lambda: recorded.verify(4), lambda: recorded.explain("conv", (0, 0, 0, 0)),
        lambda: recorded.film("conv"), lambda: recorded.receptive_field("conv", (0, 0, 0, 0)),
        lambda: recorded["conv"].output, lambda: list(recorded.explain_path("dense", (0, 0))),
    ]  # fmt: skip
    if target is not None:
        asked.append(lambda: recorded.explain_gradient("conv", (0, 0, 0, 0)))
        asked.append(lambda: recorded.explain_gradient("conv.weight", (0, 0, 0, 0)))
    for ask in asked:
        with pytest.raises(
            ConvistaError, match=r"There are no numbers of “.*on torch's device “meta”.*trace again"
        ):
            ask()


def test_an_input_without_numbers_is_refused_by_a_network_with_them() -> None:
    network = Around(lambda _, y: y)
    with pytest.raises(
        ConvistaError, match="Input “x” is on torch's device “meta”, without numbers, and the network on"
    ):
        trace(network, torch.zeros(2, 3, 8, 8, device="meta"))
    assert trace(network.to("meta"), patch(2, 3, 8, 8)).output.is_meta


STEPS: dict[str, Step] = {
    "mean": lambda _, y: y - y.mean(),
    "nothing but its mean": lambda _, y: y.mean((0, 2, 3), keepdim=True) + y,
    "sum": lambda _, y: y + y.sum((0, 2, 3), keepdim=True),
    "pooled": lambda _, y: y + functional.adaptive_avg_pool2d(y, 1),
    "less its mean": lambda _, y: y - y.mean((2, 3), keepdim=True),
}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("samples", [1, 4])
@pytest.mark.parametrize("sample", [None, 6])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_mean_of_normalised_values_is_measured_by_what_cancels(
    name: str, samples: int, sample: int | None, dtype: torch.dtype
) -> None:
    normalised = nn.BatchNorm2d(4).train()
    network = Around(lambda module, y: STEPS[name](module, normalised(y)))
    network.normalised = normalised
    recorded = trace(network.to(dtype), patch(samples, 3, 12, 12).to(dtype), 2)
    assert recorded.verify(sample).passed(), recorded.verify(sample)


def test_a_logit_near_zero_and_a_gradient_that_cancels_are_no_errors() -> None:
    torch.manual_seed(0)
    x, dense = torch.randn(1, 512), nn.Linear(512, 1, bias=False)
    with torch.no_grad():
        dense.weight[0, 0] -= (dense.weight @ x[0]).item() / x[0, 0]
    recorded = trace(dense, x, lambda output: output.sum())
    assert abs(recorded.output.item()) < 1e-6
    assert recorded.verify().passed(), recorded.verify()

    class Centred(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return x - x.mean((2, 3), keepdim=True)

    recorded = trace(Centred(), patch(2, 3, 9, 11), lambda output: output.sum())
    assert recorded.input_gradient is not None
    assert recorded.input_gradient.abs().max() < 1e-6
    assert recorded.verify().passed(), recorded.verify()


@pytest.mark.parametrize("sample", [None, 4])
def test_a_value_that_cancels_and_is_wrong_is_still_found(sample: int | None) -> None:
    normalised = nn.BatchNorm2d(4).train()
    network = Around(lambda _, y: y + normalised(y).mean())
    network.normalised = normalised
    recorded = trace(network, patch(4, 3, 12, 12), 2)
    assert recorded.verify(sample).passed()
    recorded["mean"].output.add_(1e-4)
    assert recorded.verify(sample).wrong_values == ("mean",)
