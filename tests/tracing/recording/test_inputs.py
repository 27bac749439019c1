"""Networks with several inputs and outputs, of other ranks and precisions, and inputs that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from convista.errors import ConvistaError
from convista.scenes import sample_scene
from convista.tracing import Pixel, Trace, TracedExplanation, trace
from tests.tracing.networks import PoolingsOfSeries
from tests.tracing.recording.test_record import network, patch


class Fusion(nn.Module):
    """Optical and radar imagery, and the month, each on its way; two heads."""

    def __init__(self) -> None:
        super().__init__()
        self.optical = nn.Conv2d(4, 3, 3)
        self.radar = nn.Conv2d(2, 3, 3)
        self.month = nn.Embedding(12, 3)
        self.head = nn.Linear(3, 5)

    def forward(
        self, optical: Tensor, radar: Tensor, month: Tensor | None = None, *, double: bool = False
    ) -> dict[str, Any]:
        y = functional.relu(self.optical(optical)) + self.radar(radar) * (2 if double else 1)
        if month is not None:
            y = y + self.month(month)[:, :, None, None]
        return {"out": self.head(y.mean((2, 3))), "aux": [y, None], "kind": "fusion"}


class Named(NamedTuple):
    logits: Tensor
    features: tuple[Tensor, ...]


@dataclass
class Data:
    logits: Tensor
    mask: Tensor | None = None


def out(given: dict[str, Any]) -> Tensor:
    return given["out"][:, 1].sum()  # type: ignore[no-any-return]


GIVEN: list[Any] = [
    (patch(4, 8, 8), patch(2, 8, 8, seed=1)),
    [patch(1, 4, 8, 8), patch(1, 2, 8, 8, seed=1).numpy()],
    {"radar": patch(2, 8, 8, seed=1), "optical": patch(4, 8, 8), "double": False},
]


@pytest.mark.parametrize("given", GIVEN)
def test_each_input_is_a_source_of_its_own(given: Any) -> None:
    torch.manual_seed(0)
    model = Fusion()
    recorded = trace(model, given, out)
    optical, radar = (patch(1, 4, 8, 8).requires_grad_(), patch(1, 2, 8, 8, seed=1).requires_grad_())
    plain = model(optical, radar)
    out(plain).backward()  # type: ignore[no-untyped-call]
    assert set(recorded.inputs) == {"optical", "radar"}
    for name, leaf in (("optical", optical), ("radar", radar)):
        assert leaf.grad is not None
        assert torch.equal(recorded.input_gradients[name], leaf.grad)
        assert recorded[name].operands["x"].origin == ("input", -1, 0, name, False)
    assert list(recorded.outputs) == ["out", "aux.0"]
    assert torch.equal(recorded.outputs["out"], plain["out"])
    assert torch.equal(recorded.outputs["aux.0"], plain["aux"][0])
    assert recorded.verify().passed(), recorded.verify()
    pixel = recorded.explain("radar", (2, 3, 4)).terms[10].follow()
    assert isinstance(pixel, Pixel)
    assert (pixel.input, pixel.index, pixel.band) == ("radar", (0, 1, 3, 5), "band2")


def test_pixels_have_the_place_and_the_band_of_their_own_patch() -> None:
    scene = sample_scene(3, height=64, width=64).scene
    names = scene.band_names
    first = scene.patch((16, 8, 8, 8), bands=names[:4])  # type: ignore[arg-type]
    second = scene.patch((0, 4, 8, 8), bands=names[1:3])  # type: ignore[arg-type]
    torch.manual_seed(0)
    recorded = trace(Fusion(), {"optical": first, "radar": second}, out)
    for name, cut in (("optical", first), ("radar", second)):
        pixel = recorded.explain(name, (0, 2, 3)).terms[-1].follow()
        assert isinstance(pixel, Pixel)
        assert (pixel.x, pixel.y) == cut.coordinates(4, 5)
        assert pixel.band == cut.band_names[-1]
        assert pixel.value == pytest.approx(float(cut.values[-1, 4, 5]))
        assert recorded.explain(name, (0, 2, 3)).bands == cut.band_names
        field = recorded.receptive_field("add", (0, 2, 3), name)
        assert field.size == (3, 3)
        assert field.grid == cut.grid
    with pytest.raises(ConvistaError, match=r"no input “thermal”\. It has: optical, radar"):
        recorded.receptive_field("add", (0, 2, 3), "thermal")


def test_whole_numbers_and_flags_are_passed_on_as_they_are() -> None:
    torch.manual_seed(0)
    model = Fusion()
    month = torch.tensor([7])
    recorded = trace(
        model, {"optical": patch(4, 8, 8), "radar": patch(2, 8, 8), "month": month, "double": True}, out
    )
    plain = model(patch(1, 4, 8, 8), patch(1, 2, 8, 8), month, double=True)
    assert torch.equal(recorded.output, plain["out"])
    assert recorded.inputs["month"].dtype == torch.int64
    assert set(recorded.input_gradients) == {"optical", "radar"}
    unknown = [record for record in recorded if not record.explained]
    assert [record.name for record in unknown] == ["month"]
    assert unknown[0].gradient is not None


@pytest.mark.parametrize(
    ("gives", "names"),
    [
        (lambda y: (y, (y * 2, [y + 1])), ["0", "1.0", "1.1.0"]),
        (lambda y: Named(y, (y * 2,)), ["logits", "features.0"]),
        (Data, ["logits"]),
        (lambda y: y, [""]),
    ],
)
def test_outputs_have_names_in_any_form(gives: Callable[[Tensor], Any], names: list[str]) -> None:
    class Model(nn.Module):
        def forward(self, x: Tensor) -> Any:
            return gives(x.mean((2, 3)))

    def first(given: Any) -> Tensor:
        while not isinstance(given, Tensor):
            given = given.logits if hasattr(given, "logits") else given[0]
        return given.sum()

    recorded = trace(Model(), patch(3, 4, 4), first)
    assert list(recorded.outputs) == names
    assert torch.equal(recorded.output, patch(1, 3, 4, 4).mean((2, 3)))
    assert recorded.input_gradient is not None
    if names != [""]:
        with pytest.raises(
            ConvistaError, match=r"The network returned .*, and the position of a class is for a single"
        ):
            trace(Model(), patch(3, 4, 4), 1)


class Series(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(nn.Conv1d(3, 4, 3, padding=1), nn.BatchNorm1d(4), nn.ReLU(), nn.Conv1d(4, 2, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.stack(x).mean(2)  # type: ignore[no-any-return]


class Volume(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(nn.Conv3d(2, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.Conv3d(4, 2, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.stack(x).mean((2, 3, 4))  # type: ignore[no-any-return]


class Vector(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.stack = nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2))

    def forward(self, x: Tensor) -> Tensor:
        return self.stack(x)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("model", "x", "samples", "pixel"),
    [
        (Series(), patch(3, 9), 1, ("band2", 0, 3)),
        (Series(), patch(2, 3, 9), 2, ("band2", 0, 3)),
        (Volume(), patch(2, 4, 5, 6), 1, ("band1", 3, 4)),
        (Volume(), patch(3, 2, 4, 5, 6), 3, ("band1", 3, 4)),
        (Vector(), patch(4, 6), 4, ("band3", 0, 0)),
    ],
)
def test_series_volumes_and_vectors(model: nn.Module, x: Tensor, samples: int, pixel: tuple[str, int, int]) -> None:
    torch.manual_seed(0)
    for dtype in (torch.float32, torch.float64):
        recorded = trace(model.to(dtype).eval(), x, 1)
        assert len(recorded.input) == samples
        assert recorded.verify().passed(), recorded.verify()
        assert recorded.verify(sample=9).passed()
    first = recorded["stack.0"]
    index = (samples - 1, 0, 2, 3, 4)[: first.output.ndim]
    ends = {
        (end.band, end.row, end.column, end.index)
        for term in recorded.explain("stack.0", index).terms
        if isinstance(end := term.follow(), Pixel)
    }
    assert pixel in {(band, row, column) for band, row, column, _ in ends}
    assert all(at[0] == samples - 1 and len(at) == recorded.input.ndim for *_, at in ends)


def test_a_network_without_parameters_keeps_the_precision_of_its_input() -> None:
    for dtype in (torch.float32, torch.float64):
        recorded = trace(nn.Sequential(nn.AvgPool2d(2), nn.Flatten()), patch(3, 4, 4).to(dtype), 1)
        assert recorded.output.dtype == dtype
        assert recorded.verify().passed()
        assert not recorded.parameter_gradients


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_networks_in_half_precision(dtype: torch.dtype) -> None:
    model, x = network("lenet")
    recorded = trace(model.to(dtype), x, 2)
    assert recorded.output.dtype == dtype
    verification = recorded.verify()
    assert verification.passed(), verification
    assert verification.tolerance == {torch.float16: 2e-2, torch.bfloat16: 1e-1}[dtype]
    assert sum(check.gradients for check in verification.checks) > 60000


class Twice(nn.Module):
    """Calls a block twice in training, another without gradients, one that gives nothing; changes its input."""

    def __init__(self) -> None:
        super().__init__()
        self.block = nn.Sequential(nn.Conv2d(3, 3, 3, padding=1), nn.BatchNorm2d(3), nn.ReLU(inplace=True))
        self.frozen = nn.Conv2d(3, 3, 1)
        self.watch = Watch()

    def forward(self, x: Tensor) -> Tensor:
        x -= 0.5
        y = self.block(self.block(x))
        self.watch(y)
        with torch.no_grad():
            gate = torch.sigmoid(self.frozen(y))
        return (y * gate).mean((2, 3))  # type: ignore[no-any-return]


class Watch(nn.Module):
    def forward(self, x: Tensor) -> None:
        self.seen = float(x.detach().mean())


def test_what_users_networks_do() -> None:
    torch.manual_seed(0)
    model, x = Twice().train(), patch(2, 3, 6, 6)
    before = {key: value.clone() for key, value in model.state_dict().items()}
    recorded = trace(model, x, 1)
    names = [record.name for record in recorded]
    assert names[:8] == [
        "sub",
        "block.0",
        "block.1",
        "block.2",
        "block.0#2",
        "block.1#2",
        "block.2#2",
        "watch.detach",
    ]
    assert "add" not in names  # the count of batches is none of the run's operators
    assert recorded["frozen"].gradient is None
    assert recorded["sigmoid"].gradient is None
    assert recorded["mul"].gradient is not None
    assert torch.equal(recorded.input, x)
    assert all(torch.equal(value, before[key]) for key, value in model.state_dict().items())
    assert recorded.verify().passed(), recorded.verify()
    step = recorded.explain("block.1#2", (1, 0, 2, 2)).terms[0].follow()
    assert isinstance(step, TracedExplanation)
    assert step.layer == "block.0#2"


class Largest(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.amax(1)


def test_nan_and_infinities_are_counted_and_refused() -> None:
    model, x = network("lenet")
    x[0, 3, 3], x[1, 5, 6], x[1, 5, 7] = float("nan"), float("inf"), float("-inf")
    message = r"Input “x” has 1 NaN and 2 infinities among 4096 numbers; the first is at \(0, 3, 3\)\. Mask them"
    with pytest.raises(ConvistaError, match=message):
        trace(model, x)
    masked = np.ma.masked_invalid(x.numpy())
    recorded: Trace = trace(model, masked)
    assert recorded.input[0, 0, 3, 3] == 0
    assert bool(torch.isfinite(recorded.output).all())
    assert not bool(torch.isfinite(trace(model, x, allow_nan=True).output).all())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (np.zeros((4, 32, 32), np.uint8), r"does not take whole numbers: .*\(1, 4, 32, 32\) uint8.*\.float\(\)"),
        (torch.zeros(4, 32, 32, dtype=torch.int16), r"does not take whole numbers: .*int16"),
        (np.zeros((4, 32, 32), complex), "Input “x” is of type complex128, which a trace does not read"),
        (np.array([["a"]]), "Input “x” is of type <U1, which a trace does not read"),
        ("scene.tif", "There is no input: str was given, with no patch, array or tensor in it"),
        ((patch(4, 32, 32), patch(4, 32, 32)), r"does not take an input of size .*, \(1, 4, 32, 32\) float32: "),
        (patch(32, 32), r"input has size \(32, 32\)\. Give \(bands, rows, columns\)"),
    ],
)
def test_inputs_that_cannot_be_read(given: Any, message: str) -> None:
    with pytest.raises(ConvistaError, match=message):
        trace(network("lenet")[0], given)


@pytest.mark.parametrize("kind", [nn.GRU, nn.LSTM])
def test_a_network_of_sequences_takes_its_input_as_it_is(kind: Callable[..., nn.Module]) -> None:
    x = patch(2, 5, 8)
    recorded = trace(kind(8, 3, batch_first=True), x, lambda output: output[0].sum())
    assert recorded.input.shape == (2, 5, 8)
    assert recorded.verify().not_explained
    with pytest.raises(ConvistaError, match=r"does not take an input of size \(2, 5, 2, 2\)"):
        trace(kind(8, 3), patch(2, 5, 2, 2))
    attention = trace(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), x)
    assert attention.output.shape == (2, 5, 8)
    assert attention.verify().not_explained


def test_a_failed_assertion_of_the_network_is_a_wrong_input() -> None:
    attention = nn.TransformerEncoderLayer(8, 2, 16, batch_first=True)
    with pytest.raises(ConvistaError, match=r"does not take an input of size \(2, 5, 2, 8\) float32: "):
        trace(attention, patch(2, 5, 2, 8))


@pytest.mark.parametrize(
    "network", [nn.ReLU(), nn.ReLU6(), nn.LeakyReLU(), nn.PReLU(), nn.Tanh(), nn.SiLU(), Largest()]
)
def test_gradients_at_nan_are_those_of_torch(network: nn.Module) -> None:
    x = patch(3, 4, 4)
    x[1, 2, 3] = float("nan")
    recorded = trace(nn.Sequential(network), x, lambda output: output.nansum(), allow_nan=True)
    found = recorded.verify()
    assert all(check.gradient_error < 1e-5 for check in found.checks), found
    assert all(check.gradient_error < 1e-5 for check in recorded.verify(sample=48).checks)


def test_a_target_that_depends_on_nothing() -> None:
    with pytest.raises(ConvistaError, match="depends on no input or parameter by a way that has a gradient"):
        trace(network("lenet")[0], patch(4, 32, 32), lambda output: output.detach().sum())
    with pytest.raises(ConvistaError, match="The network returned no tensor"):
        _ = trace(Watch(), patch(4, 3, 3)).output


def test_the_gradient_of_each_input_is_explained() -> None:
    torch.manual_seed(0)
    recorded = trace(Fusion(), {"optical": patch(4, 8, 8), "radar": patch(2, 8, 8, seed=1), "double": True}, out)
    for name in ("optical", "radar"):
        found = recorded.explain_gradient(f"input.{name}", (1, 3, 4))
        assert (found.layer, len(found.terms)) == (name, 27)
        assert found.value == pytest.approx(float(recorded.input_gradients[name][0, 1, 3, 4]), rel=1e-5)
        assert found.pixel is not None
        assert found.pixel.input == name
    with pytest.raises(ConvistaError, match=r"input.*nearest names|“input”"):
        recorded.explain_gradient("input", (0, 0, 0))


@pytest.mark.parametrize(("axes", "size"), [(1, (12,)), (3, (6, 7, 6))])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_poolings_of_series_and_volumes(axes: int, size: tuple[int, ...], dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    recorded = trace(PoolingsOfSeries(axes).to(dtype), patch(2, 4, *size), 2)
    verification = recorded.verify()
    assert verification.passed(), verification
    assert recorded.verify(sample=4).passed()


def test_a_network_for_small_devices() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(3, 4, 3, groups=1), nn.Hardswish(), nn.Hardsigmoid(), nn.Flatten(), nn.Linear(64, 3)
    )
    assert trace(model, patch(3, 6, 6), 1).verify().passed()
