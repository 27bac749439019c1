"""What is used of torch that it does not document does what it is for; run with the oldest torch and the newest."""

from __future__ import annotations

import gc
from collections import OrderedDict
from typing import Any, NamedTuple

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.swa_utils import get_ema_multi_avg_fn
from torch.overrides import TorchFunctionMode

from convista import torch_private as private
from convista.torch_private import DispatchMode, Untraced

ATEN = torch.ops.aten


class Watch(DispatchMode):
    """Keeps what it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.modes = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.seen.append(func)
        return func(*args, **(kwargs or {}))


class Announced(TorchFunctionMode):
    """Keeps what is announced to it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.seen.append(func.__name__)
        return func(*args, **(kwargs or {}))


class Pair(NamedTuple):
    """A container that torch has to take apart and to make anew."""

    left: Any
    right: Any


def overloads(call: Any) -> list[Any]:
    with Watch() as watch:
        call()
    return watch.seen


def test_a_dispatch_mode_sees_what_one_call_does_inside() -> None:
    x, weight = torch.ones(2, 3), torch.ones(4, 3)
    assert overloads(lambda: functional.linear(x, weight)) == [ATEN.t.default, ATEN.mm.default]
    assert overloads(lambda: x.add_(1)) == [ATEN.add_.Tensor]


def test_dispatch_modes_are_counted() -> None:
    assert private.count_of_dispatch_modes() == 0
    with Watch():
        assert private.count_of_dispatch_modes() == 1
        with Watch():
            assert private.count_of_dispatch_modes() == 2
    assert private.count_of_dispatch_modes() == 0


def test_what_is_untraced_is_seen_by_no_mode_and_done_all_the_same() -> None:
    with Announced() as announced, Watch() as watch:
        x = torch.ones(2) + 1
        before = len(announced.seen), len(watch.seen)
        with Untraced():
            y = x * 2
        assert (len(announced.seen), len(watch.seen)) == before
        x + 1
    assert y.tolist() == [4, 4]
    assert len(announced.seen) > before[0]
    assert len(watch.seen) > before[1]


def test_without_function_modes_a_dispatch_mode_still_sees() -> None:
    with Announced() as announced, Watch() as watch:
        before = len(announced.seen), len(watch.seen)
        with private.without_function_modes():
            torch.ones(2)
        assert len(announced.seen) == before[0]
        assert len(watch.seen) > before[1]


def test_a_function_transform_is_told() -> None:
    told: list[bool] = []

    def doubled(x: Tensor) -> Tensor:
        told.append(private.in_function_transform())
        return 2 * x

    assert not private.in_function_transform()
    torch.vmap(doubled)(torch.ones(3))
    torch.func.grad(lambda x: doubled(x).sum())(torch.ones(3))
    assert told == [True, True]
    assert not private.in_function_transform()


def test_overloads_of_aten_and_their_operators() -> None:
    assert private.is_aten_overload(ATEN.add.Tensor)
    assert not private.is_aten_overload(torch.add)
    assert private.packet_of(ATEN.add.Tensor) is ATEN.add
    assert private.packet_of(torch.add) is None


@pytest.mark.parametrize(
    ("func", "places", "apart"),
    [
        (ATEN.add.Tensor, [], None),
        (ATEN.add_.Tensor, [(0, "self")], ATEN.add.Tensor),
        (ATEN.relu_.default, [(0, "self")], ATEN.relu.default),
        (ATEN.add.out, [(3, "out")], None),
        (ATEN.view.default, [], None),
    ],
)
def test_schemas_tell_what_is_written(func: Any, places: list[tuple[int, str]], apart: Any) -> None:
    assert private.writes(func) == bool(places)
    assert list(private.written_arguments(func)) == places
    assert private.out_of_place(func) is apart


def test_the_formulas_of_torch_count_twice_each_product() -> None:
    x, y = torch.ones(2, 3), torch.ones(3, 5)
    assert private.flop_registry[ATEN.mm](x, y, out_val=x @ y) == 2 * 2 * 3 * 5
    assert ATEN.convolution in private.flop_registry


def test_memory_is_told_by_its_storage() -> None:
    x = torch.zeros(4)
    place = private.memory_of(x)
    assert place == private.memory_of(x[2:]) == private.memory_of(x.view(2, 2)) != 0
    assert place != private.memory_of(torch.zeros(4))
    assert private.memory_of(torch.eye(2).to_sparse()) == 0


def test_a_weak_reference_keeps_the_place_of_a_storage_and_not_its_numbers() -> None:
    x = torch.zeros(1000)
    place, held = private.memory_of(x), private.StorageWeakRef(x.untyped_storage())  # type: ignore[no-untyped-call]
    assert not held.expired()  # type: ignore[no-untyped-call]
    del x
    gc.collect()
    assert held.expired()  # type: ignore[no-untyped-call]
    assert all(private.memory_of(torch.zeros(1000)) != place for _ in range(100))


def test_writes_are_counted() -> None:
    x = torch.zeros(4)
    before = private.version_of(x)
    assert private.version_of(x + 1) == 0
    x[1:].add_(1)
    assert private.version_of(x) == before + 1
    with torch.inference_mode():
        assert private.version_of(torch.zeros(2).add_(1)) == 0


@pytest.mark.filterwarnings("ignore:`torch.jit.script_method` is deprecated")  # what loading the compiler says
def test_a_compiled_module_is_told_without_the_compiler() -> None:
    plain = nn.Linear(2, 2)
    assert private.is_compiled(torch.compile(plain))  # type: ignore[arg-type]
    assert not private.is_compiled(plain)


def test_hooks_before_a_module_are_told() -> None:
    conv = nn.Conv2d(1, 1, 3)
    assert not private.has_pre_hooks(conv)
    hook = conv.register_forward_pre_hook(lambda *_: None)
    assert private.has_pre_hooks(conv)
    hook.remove()
    assert not private.has_pre_hooks(conv)
    assert private.has_pre_hooks(nn.utils.spectral_norm(nn.Conv2d(1, 1, 3)))


def test_the_product_of_onednn_is_that_of_linear() -> None:
    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        pytest.skip("this torch has no oneDNN")
    assert private.has_onednn_linear()
    generator = torch.Generator().manual_seed(0)
    x, weight, bias = (torch.randn(shape, generator=generator) for shape in ((96, 130), (70, 130), (70,)))
    for offset in (None, bias):
        made = private.onednn_linear(x, weight, offset)
        torch.testing.assert_close(made, functional.linear(x, weight, offset), rtol=1e-5, atol=1e-5)
        torch.testing.assert_close(private.onednn_linear(x[::2], weight, offset), made[::2], rtol=0, atol=1e-5)


@pytest.mark.parametrize(
    "broken",
    [lambda *_: 1 / torch.zeros(3, 5), lambda *_: torch.zeros(1), lambda *_: getattr(torch, "no_such")],  # noqa: B009
)
def test_another_product_than_we_know_is_not_used(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "onednn_linear", broken)
    private.has_onednn_linear.cache_clear()
    assert not private.has_onednn_linear()
    monkeypatch.undo()
    private.has_onednn_linear.cache_clear()


def test_nested_arguments_are_taken_apart_and_made_anew() -> None:
    given = {"a": [1, (2, Pair(3, None))], "b": OrderedDict(c=4)}
    assert private.tree_leaves(given) == [1, 2, 3, None, 4]
    leaves, form = private.tree_flatten(given)
    assert private.tree_unflatten(leaves, form) == given
    doubled = private.tree_map(lambda leaf: leaf and 2 * leaf, given)
    assert doubled == {"a": [2, (4, Pair(6, None))], "b": OrderedDict(c=8)}
    assert isinstance(doubled["a"][1][1], Pair)
    assert private.tree_leaves(given, is_leaf=lambda x: isinstance(x, Pair)) == [1, 2, Pair(3, None), 4]


def test_the_way_to_a_leaf_is_told_by_keys_places_and_names() -> None:
    ways = []
    private.tree_map_with_path(lambda path, _: ways.append(path), ({"a": [1]}, Pair(2, 3)))
    plain = [tuple(getattr(k, "key", getattr(k, "idx", getattr(k, "name", None))) for k in way) for way in ways]
    assert plain == [(0, "a", 0), (1, "left"), (1, "right")]


def test_the_average_of_torch_is_the_one_that_runs_were_made_with() -> None:
    generator = torch.Generator().manual_seed(0)
    ours, theirs = ([torch.randn(5, 7, generator=generator) for _ in range(3)] for _ in range(2))
    expected = [torch.lerp(a, b, 1 - 0.9) for a, b in zip(ours, theirs, strict=True)]
    get_ema_multi_avg_fn(0.9)(ours, theirs, 0)  # type: ignore[no-untyped-call]
    assert all(torch.equal(a, b) for a, b in zip(ours, expected, strict=True))
