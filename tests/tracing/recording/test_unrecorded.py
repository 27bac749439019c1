"""What a trace does not see being made is named, and no proof passes over it; what only looks like it does pass."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.dlpack import from_dlpack

from convista.errors import ConvistaError
from convista.torch_private import DispatchMode, memory_of
from convista.tracing import Trace, trace, trace_size
from convista.tracing.recording.watching import DispatchWatch
from tests.tracing.recording.test_record import patch

Step = Callable[[Any, Tensor], Any]


class Around(nn.Module):
    """A convolution, a step that is to be looked at, and a dense layer."""

    step: Any
    scale: Any

    def __init__(self, step: Step) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.conv = nn.Conv2d(3, 4, 3)
        self.step = step
        self.offset = torch.linspace(-1, 1, 4)[:, None, None]
        self.scale = nn.Parameter(torch.linspace(0.5, 2, 4)[:, None, None])
        self.register_buffer("memory", torch.zeros(4, 1, 1))
        self.dense = nn.Linear(4, 5)

    def forward(self, x: Tensor) -> Tensor:
        y = self.step(self, self.conv(x))
        logits: Tensor = self.dense(functional.relu(y).mean((2, 3)))
        return logits


def scripted_function(function: Callable[..., Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch would have people use another compiler
        return torch.jit.script(function)


def _waves(x: Tensor) -> Tensor:
    return torch.sin(x) * 2.0 + x


def _fill(out: Tensor, x: Tensor) -> Tensor:
    return out.copy_(x * 2.0)


class Waves(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.sin(x) * 2.0


WAVES, FILL, SCRIPTED = scripted_function(_waves), scripted_function(_fill), scripted_function(Waves())


class Steeper(torch.autograd.Function):
    """Doubles, and sends back five times what it is sent."""

    @staticmethod
    def forward(_: Any, x: Tensor) -> Tensor:
        return x * 2

    @staticmethod
    def backward(_: Any, upstream: Tensor) -> Tensor:
        return upstream * 5


class Straight(torch.autograd.Function):
    """Gives what it is given, and sends back its negative."""

    @staticmethod
    def forward(_: Any, x: Tensor) -> Tensor:
        return x.view_as(x)

    @staticmethod
    def backward(_: Any, upstream: Tensor) -> Tensor:
        return -upstream


@torch.library.custom_op("convista_tests::triple", mutates_args=())
def triple(x: Tensor) -> Tensor:
    return x * 3


triple.register_autograd(lambda _, upstream: upstream * 3)
steeper: Any = Steeper.apply  # as tutorials keep it, before any trace


def once(function: Any, y: Tensor) -> Any:
    return function.apply(y)


def numpy_in_place(_: nn.Module, y: Tensor) -> Tensor:
    y = y.clone()
    y.detach().numpy()[:] *= 2
    return y


def data_in_place(_: nn.Module, y: Tensor) -> Tensor:
    y = y.clone()
    y.data.mul_(2)
    return y


def constant_filled_unseen(_: nn.Module, y: Tensor) -> Tensor:
    out = torch.empty(y.shape)
    with torch.no_grad():
        FILL(out, y)
    return y + out


def constant_filled_by_data(_: nn.Module, y: Tensor) -> Tensor:
    zero = torch.zeros(4, 1, 1)
    zero.data.add_(y.data.mean())
    return y + zero


def buffer_filled(module: Any, y: Tensor) -> Tensor:
    with torch.no_grad():
        module.memory.copy_(y.mean((0, 2, 3))[:, None, None])
    filled: Tensor = y * module.memory
    return filled


def through_a_view(_: nn.Module, y: Tensor) -> Tensor:
    y[:, 0].mul_(2)
    return y


def view_and_base(_: Any, y: Tensor) -> Tensor:
    first = y[:, :2]
    first.relu_()
    return torch.cat([first, y[:, 2:]], 1)


def two_views_and_a_part(_: Any, y: Tensor) -> Tensor:
    y = y.clone()
    first, rest = y[:, 0], y[:, 2:]
    first.mul_(2)
    rest += 1
    y[:, 2:] = rest
    return y


def inferred_in_place(_: Any, y: Tensor) -> Tensor:
    with torch.inference_mode():
        offset = y.mean((2, 3), keepdim=True)
        offset.mul_(2)
    return y + offset.clone()


UNRECORDED: dict[str, tuple[Step, tuple[str, ...]]] = {
    "scripted": (lambda _, y: WAVES(y), ("unrecorded",)),
    "scripted module": (lambda _, y: SCRIPTED(y), ("unrecorded",)),
    "scripted, no gradients": (lambda _, y: y + WAVES(y.detach()), ("unrecorded",)),
    "function of one's own": (lambda _, y: once(Steeper, y), ("Steeper",)),
    "function kept as apply": (lambda _, y: steeper(y), ("Steeper",)),
    "function that gives its input": (lambda _, y: once(Straight, y), ("Straight",)),
    "operator of one's own": (lambda _, y: triple(y), ("triple.default",)),
    "numpy": (lambda _, y: y + torch.from_numpy(y.detach().numpy() * 2), ("unrecorded",)),
    "numpy, as a tensor": (lambda _, y: y + torch.tensor(y.detach().numpy() * 2), ("unrecorded",)),
    "dlpack": (lambda _, y: y + from_dlpack(y.detach()), ("unrecorded",)),
    "list": (lambda _, y: y + torch.tensor(y.tolist()), ("unrecorded",)),
    "number": (lambda _, y: y * y.detach().mean().item(), ("unrecorded",)),
    "number made of one": (lambda _, y: y * (2 * float(y.detach().mean()) + 1), ("unrecorded",)),
    "in place, by numpy": (numpy_in_place, ("unrecorded",)),
    "in place, by .data": (data_in_place, ("unrecorded",)),
    "constant filled unseen": (constant_filled_unseen, ("unrecorded",)),
    "constant filled by .data": (constant_filled_by_data, ("unrecorded",)),
    "buffer filled": (buffer_filled, ("unrecorded",)),
    "through a view": (through_a_view, ("changed_through_a_view",)),
    "view and base": (view_and_base, ("changed_through_a_view",)),
    "two views and a part": (two_views_and_a_part, ("changed_through_a_view",)),
    "inference mode, in place": (inferred_in_place, ("unrecorded",)),
    "vmap": (lambda _, y: torch.vmap(lambda one: torch.relu(one) * 2)(y), ("unrecorded",)),
    "gradient as a value": (lambda _, y: torch.func.grad(lambda z: (z**2).sum())(y), ("unrecorded",)),
    "tangent as a value": (
        lambda _, y: torch.func.jvp(torch.relu, (y,), (torch.ones_like(y),))[1],
        ("unrecorded",),
    ),
}


@pytest.mark.filterwarnings("ignore:`torch.jit.script:DeprecationWarning")  # of torch's own jvp
@pytest.mark.parametrize("name", UNRECORDED)
@pytest.mark.parametrize("target", [2, None])
@pytest.mark.parametrize("sample", [None, 4])
def test_what_was_not_recorded_is_named_and_nothing_else_is(
    name: str, target: int | None, sample: int | None
) -> None:
    step, expected = UNRECORDED[name]
    verification = trace(Around(step), patch(2, 3, 8, 8), target).verify(sample)
    assert verification.not_explained == expected
    assert not verification.passed()
    assert verification.worst < 1e-4, verification  # no false error beside it
    assert (verification.wrong_values, verification.wrong_gradients) == ((), ())


def test_also_in_a_network_without_any_gradient() -> None:
    network = Around(UNRECORDED["scripted"][0]).requires_grad_(False)
    assert trace(network, patch(2, 3, 8, 8)).verify().not_explained == ("unrecorded",)


def test_what_was_not_recorded_has_its_place_in_the_record() -> None:
    recorded = trace(Around(UNRECORDED["scripted"][0]), patch(2, 3, 8, 8), 2)
    assert [record.name for record in recorded][:3] == ["conv", "unrecorded", "relu"]
    record = recorded["unrecorded"]
    assert torch.equal(record.output, _waves(recorded["conv"].output))
    assert [operand.origin.record for operand in record.operands.values()] == [0]
    assert record.gradient is not None
    assert recorded["relu"].operands["x"].origin.record == 1
    assert recorded.verify().gradients_not_compared == ("conv",)
    with pytest.raises(
        ConvistaError, match=r"“unrecorded” is a value that was computed without torch announcing it"
    ):
        recorded.explain("relu", (0, 0, 0, 0)).terms[0].follow()
    with pytest.raises(
        ConvistaError, match=r"comes by way of “unrecorded”, which was computed without torch announ"
    ):
        recorded.explain_gradient("conv", (0, 0, 0, 0))
    with pytest.raises(ConvistaError, match=r"Layer “Steeper” applies Steeper, which has no written definition"):
        trace(Around(UNRECORDED["function of one's own"][0]), patch(3, 8, 8)).explain("Steeper", (0, 0, 0))
    assert str(recorded.verify()).splitlines()[-2:] == [
        "gradients that cannot be compared, as something without a definition or not recorded read the value: conv",
        "without a written definition: unrecorded",
    ]


def test_a_scripted_part_that_is_the_module_has_its_name() -> None:
    class Inside(nn.Module):
        def forward(self, x: Tensor) -> Tensor:
            return WAVES(x)  # type: ignore[no-any-return]

    recorded = trace(nn.Sequential(nn.Conv2d(3, 4, 3), Inside()), patch(3, 8, 8), lambda output: output.sum())
    assert [record.name for record in recorded][:2] == ["0", "1"]
    assert recorded.verify().not_explained == ("1",)


def parts(_: Any, y: Tensor) -> Tensor:
    y = y.clone()
    y[:, 2:] += 1
    y[:, :, 0, 0] *= 2
    y[:, 1:3, ::2] -= y[:, 1:3, ::2].mean()
    return y


def inferred(_: Any, y: Tensor) -> Tensor:
    with torch.inference_mode():
        offset = y.mean((2, 3), keepdim=True) * 2
    return y + offset.clone()


def views_side_by_side(_: nn.Module, y: Tensor) -> Tensor:
    first, second = y[:, :2], y[:, 2:]
    first.relu_()
    return torch.cat([first, second], 1)


def watched(module: Any, y: Tensor) -> Tensor:
    module.seen = float(y.detach().mean())
    module.kept = y.detach().numpy().mean()
    if y.max().item() > 100:
        y = y / 100
    return y * 0.5 + GLOBAL


GLOBAL = torch.linspace(-1, 1, 4)[:, None, None]
RECORDED: dict[str, Step] = {
    "views side by side": views_side_by_side,
    "watched": watched,
    "constants": lambda module, y: y * module.offset + GLOBAL - torch.tensor([0.1, 0.2, 0.3, 0.4])[:, None, None],
    "numpy constants": lambda _, y: y * torch.from_numpy(GLOBAL.numpy()),
    "parameter by .data": lambda module, y: y * module.scale.data,
    "value by .data": lambda _, y: y + 0.1 * y.data,
    "computed number": lambda _, y: y / math.sqrt(7),
    "filled constant": lambda _, y: y + torch.empty(4, 1, 1).fill_(0.5),
    "parts": parts,
    "inference mode": inferred,
    "view in place": lambda _, y: y.flatten(1).relu_().view_as(y),
    "branch": lambda _, y: y if float(y.detach().sum()) > 0 else -y,
    "length": lambda _, y: y[:, :, : int(y.shape[2]) - int(torch.tensor(2.0))],
}


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("sample", [None, 4])
def test_what_only_looks_like_it_is_proven(name: str, sample: int | None) -> None:
    recorded = trace(Around(RECORDED[name]), patch(2, 3, 8, 8), 2)
    verification = recorded.verify(sample)
    unknown = ("fill",) if name == "filled constant" else ()  # announced, and without a definition
    assert (verification.not_explained, verification.gradients_not_compared) == (unknown, ())
    assert verification.passed() or unknown, verification
    assert trace_size(Around(RECORDED[name]), patch(2, 3, 8, 8), 2).records == len(recorded)


def test_a_compiled_function_is_traced_as_it_was_written() -> None:
    compiled = torch.compile(lambda x: torch.relu(x) * 2, backend="eager")
    recorded = trace(Around(lambda _, y: compiled(y)), patch(2, 3, 8, 8), 2)
    assert [record.operator for record in recorded][1:3] == ["relu", "multiply"]
    assert recorded.verify().passed()


def hooked(where: str, factor: float) -> Trace:
    """Trace a network that has a hook, which multiplies a gradient by a factor."""

    def tensor_hook(_: Any, given: Any) -> Any:
        y = given * 1.5
        if where == "tensor":
            y.register_hook(lambda gradient: gradient * factor)
        if where == "operator, before":
            y.grad_fn.register_prehook(lambda gradients: (gradients[0] * factor,))
        if where == "operator, after":
            y.grad_fn.register_hook(lambda sent, _: tuple(g if g is None else g * factor for g in sent))
        return y

    network: Any = Around(tensor_hook)
    if where == "parameter":
        network.conv.weight.register_hook(lambda gradient: gradient * factor)
    if where == "module":
        network.dense.register_full_backward_hook(lambda _, sent, __: tuple(g * factor for g in sent))
    if where == "module, before":
        network.dense.register_full_backward_pre_hook(lambda _, got: tuple(g * factor for g in got))
    return trace(network, patch(2, 3, 8, 8), 2)


HOOKS = {
    "tensor": "mul",
    "operator, before": "mul",
    "operator, after": "conv",
    "parameter": "conv.weight",
    "module": "mean",
    "module, before": "dense",
}


@pytest.mark.parametrize("where", HOOKS)
@pytest.mark.parametrize("sample", [None, 50])
def test_a_hook_that_changes_a_gradient_is_found_by_name(where: str, sample: int | None) -> None:
    verification = hooked(where, 3.0).verify(sample)
    assert not verification.passed()
    assert verification.wrong_gradients == (HOOKS[where],)
    assert (verification.wrong_values, verification.not_explained) == ((), ())
    assert f"gradients that are not those of the definitions: {HOOKS[where]}; a hook changes them" in str(
        verification
    )
    unchanged = hooked(where, 1.0).verify(sample)
    assert unchanged.passed(), unchanged
    assert not unchanged.wrong_gradients


def test_a_gradient_of_the_run_itself_is_not_that_of_the_target() -> None:
    def penalised(_: nn.Module, y: Tensor) -> Tensor:
        torch.autograd.grad((y**2).sum(), y, retain_graph=True)
        return y

    recorded = trace(Around(penalised), patch(2, 3, 8, 8), 2)
    assert recorded["pow"].gradient is None
    assert recorded.verify().not_explained == ("grad",)


@pytest.fixture
def other_names() -> Iterator[None]:
    """Put functions of another tool in the place of torch's own, as some tracers do for good."""

    def wrapped(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

        call.__name__ = function.__name__
        return call

    changed: dict[tuple[Any, str], Any] = {
        (torch.Tensor, "add"): torch.Tensor.add, (torch.Tensor, "mul"): torch.Tensor.mul,
        (torch.Tensor, "mean"): torch.Tensor.mean, (functional, "relu"): functional.relu,
        (torch, "zeros_like"): torch.zeros_like,
    }  # fmt: skip
    for (owner, name), function in changed.items():
        setattr(owner, name, wrapped(function))
    yield
    for (owner, name), function in changed.items():
        setattr(owner, name, function)


@pytest.mark.usefixtures("other_names")
def test_what_another_tool_has_put_in_the_place_of_a_function_is_still_that_function() -> None:
    recorded = trace(Around(lambda _, y: y * 2 + y + torch.zeros_like(y)), patch(2, 3, 8, 8), 2)
    assert [record.name for record in recorded][1:5] == ["mul", "add", "add#2", "relu"]
    assert recorded.verify().passed(), recorded.verify()


class Sums(torch.overrides.TorchFunctionMode):
    """Another tracer: asks torch for something about every value."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        if isinstance(result, Tensor) and result.is_floating_point() and result.numel():
            result.detach().abs().sum().item()
        return result


class SumsBelow(DispatchMode):
    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        if isinstance(result, Tensor) and result.is_floating_point() and result.numel():
            result.abs().sum()
        return result


MODES = [Sums, SumsBelow, lambda: torch.utils.flop_counter.FlopCounterMode(display=False)]


@pytest.mark.parametrize("mode", MODES)
def test_another_tracer_in_the_process_adds_nothing(mode: Callable[[], Any]) -> None:
    network, x = Around(lambda _, y: functional.dropout(y + WAVES(y), 0.3)), patch(2, 3, 8, 8)
    names = [record.name for record in trace(network, x, 2)]
    with mode():
        recorded = trace(network, x, 2)
    assert [record.name for record in recorded] == names
    assert recorded.verify().not_explained == ("unrecorded",)
    assert recorded.verify().worst < 1e-4


@pytest.mark.parametrize("mode", MODES[1:])
def test_another_tracer_inside_the_network_adds_nothing(mode: Callable[[], Any]) -> None:
    def inside(_: Any, y: Tensor) -> Any:
        with mode():
            return functional.relu(y) + WAVES(y)

    recorded = trace(Around(inside), patch(2, 3, 8, 8), 2)
    assert [record.name for record in recorded][1:4] == ["relu", "unrecorded", "add"]


def test_memory_that_is_given_back_is_not_taken_for_what_was_made_there() -> None:
    """What a reader makes for itself often came to lie where the run had made something, and was held for that."""

    def many(module: Any, y: Tensor) -> Tensor:
        for _ in range(30):
            y = functional.max_pool2d(y.exp().log() + 1, 1) * torch.linspace(1, 2, 4)[:, None, None]
        return y

    for _ in range(5):
        assert trace(Around(many), patch(3, 8, 8)).verify().not_explained == ()


def test_no_memory_is_taken_twice_while_a_run_is_watched() -> None:
    with DispatchWatch():
        places = [memory_of(torch.zeros(3, 5) + 1) for _ in range(200)]
    assert len(set(places)) == len(places)
