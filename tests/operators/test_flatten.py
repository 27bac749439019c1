"""Flattening, moving, cutting, laying together and padding."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.flatten import Expand, FlattenClassic, Flip, Permute, Reshape, Roll
from convista.operators.flatten_padding import Mode, Pad
from convista.operators.flatten_parts import Concatenate, Cut, Paste, Split, Stack, Unbind
from convista.operators.flatten_regions import FlattenBlocks, FlattenGlobal
from tests.operators.against_torch import check, check_thoroughly, sabotaged
from tests.operators.draw import normal

X = {"x": normal(0, 2, 3, 4, 5)}
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def test_flatten() -> None:
    check_thoroughly(Reshape(shape=(2, -1)), lambda x: torch.flatten(x, 1), X)
    check_thoroughly(FlattenClassic(), lambda x: torch.flatten(x, 1), X)
    check_thoroughly(FlattenClassic(channel_last=True), lambda x: x.permute(0, 2, 3, 1).flatten(1), X)
    check_thoroughly(FlattenGlobal(), lambda x: x.mean((2, 3)), X)
    check_thoroughly(FlattenBlocks(size=(3, 2)), lambda x: functional.adaptive_avg_pool2d(x, (3, 2)).flatten(1), X)


def test_the_two_orders_of_a_flatten() -> None:
    x = np.arange(8).reshape(1, 2, 2, 2)
    assert FlattenClassic().value(x).tolist() == [[0, 1, 2, 3, 4, 5, 6, 7]]
    assert FlattenClassic(channel_last=True).value(x).tolist() == [[0, 4, 1, 5, 2, 6, 3, 7]]
    assert FlattenClassic().explain((0, 5), x).terms[0].index == (0, 1, 0, 1)
    assert FlattenClassic(channel_last=True).explain((0, 5), x).terms[0].index == (0, 1, 1, 0)


def test_blocks_keep_the_region() -> None:
    x = np.zeros((1, 1, 4, 4))
    x[0, 0, 3, 0] = 4
    assert FlattenBlocks(size=(2, 2)).value(x).tolist() == [[0, 0, 1, 0]]
    assert FlattenGlobal().value(x).tolist() == [[0.25]]


def test_values_in_another_order() -> None:
    check_thoroughly(Permute(order=(0, 2, 3, 1)), lambda x: x.permute(0, 2, 3, 1), X)
    check_thoroughly(Flip(axes=(1, 3)), lambda x: torch.flip(x, (1, 3)), X)
    narrow = {"x": normal(0, 2, 1, 3)}
    check_thoroughly(Expand(shape=(4, 2, 5, 3)), lambda x: x.expand(4, 2, 5, 3), narrow)


@given(shapes, st.data())
def test_permute(shape: list[int], data: st.DataObject) -> None:
    order = tuple(data.draw(st.permutations(range(len(shape)))))
    check(Permute(order=order), lambda x: x.permute(order), {"x": normal(0, *shape)})


KEYS: list[tuple[Any, ...]] = [
    (slice(None), slice(None), slice(None, None, 2), slice(None, None, 2)),
    (1,),
    (Ellipsis, -1),
    (slice(None), None, slice(1, None), 0, slice(-3, -1)),
    (1, 2, 3, 4),
    (slice(0, 0),),
]


@pytest.mark.parametrize("key", KEYS[:5])
def test_cut(key: tuple[Any, ...]) -> None:
    check_thoroughly(Cut(key=key), lambda x: x[key], X)


@pytest.mark.parametrize("key", KEYS[:5])
@pytest.mark.parametrize("whole", [True, False])
def test_paste(key: tuple[Any, ...], whole: bool) -> None:
    shape = X["x"][key].shape if whole else X["x"][key].shape[1:]

    def written(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        out = x.clone()
        out[key] = y
        return out

    check_thoroughly(Paste(key=key), written, {**X, "y": np.asarray(normal(1, *shape))})


def test_an_empty_cut() -> None:
    check(Cut(key=KEYS[5]), lambda x: x[KEYS[5]], X)


@pytest.mark.parametrize("output", [0, 1, 2])
def test_pieces(output: int) -> None:
    check_thoroughly(Split(axis=3, sizes=(2, 2, 1), output=output), lambda x: x.chunk(3, -1)[output], X)
    check_thoroughly(Unbind(axis=1, output=output), lambda x: x.unbind(1)[output], X)


def lay(function: Any, axis: int) -> Any:
    return lambda *parts: function(parts, axis)


@given(shape=st.lists(st.integers(1, 3), min_size=1, max_size=4), data=st.data())
def test_together(shape: list[int], data: st.DataObject) -> None:
    axis = data.draw(st.integers(-len(shape), len(shape) - 1))
    lengths = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=4).filter(any))
    parts: dict[str, Any] = {}
    for n, length in enumerate(lengths):
        shape[axis] = length
        parts[f"x{n}"] = normal(n, *shape)
    check(Concatenate(axis=axis), lay(torch.cat, axis), parts)
    same = {f"x{n}": normal(n, *shape) for n in range(3)}
    check(Stack(axis=axis), lay(torch.stack, axis), same)


def test_together_thoroughly() -> None:
    parts = {"x0": normal(0, 2, 3), "x1": normal(1, 2, 1), "x2": normal(2, 2, 2)}
    check_thoroughly(Concatenate(axis=1), lay(torch.cat, 1), parts)
    same = {f"x{n}": normal(n, 2, 3) for n in range(11)}
    check_thoroughly(Stack(axis=1), lay(torch.stack, 1), same)
    check_thoroughly(Stack(axis=-1), lay(torch.stack, -1), same)


@given(margins=st.lists(st.integers(0, 2), min_size=4, max_size=4), size=st.tuples(*[st.integers(3, 5)] * 2))
@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_pad(mode: Mode, margins: list[int], size: tuple[int, int]) -> None:
    left, right, above, below = margins
    fill = 1.5 if mode == "constant" else None
    ours = Pad(margins=((0, 0), (0, 0), (above, below), (left, right)), mode=mode, fill=fill or 0.0)
    check(ours, lambda x: functional.pad(x, margins, mode, fill), {"x": normal(0, 2, 2, *size)})


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate"])
def test_pad_thoroughly(mode: Mode) -> None:
    around = ((0, 0), (0, 0), (1, 2), (2, 0))
    check_thoroughly(Pad(margins=around, mode=mode), lambda x: functional.pad(x, (2, 0, 1, 2), mode), X)


def test_a_margin_is_no_term_and_a_negative_one_is_cut_off() -> None:
    around = ((0, 0), (0, 0), (1, -1), (-2, 1))
    check_thoroughly(Pad(margins=around, fill=7), lambda x: functional.pad(x, (-2, 1, 1, -1), value=7), X)
    margin = Pad(margins=around, fill=7).explain((0, 0, 0, 0), X["x"])
    assert (margin.terms, margin.bias, margin.value) == ((), 7, 7)


def test_another_piece_is_noticed() -> None:
    second = Split(axis=2, sizes=(2, 2), output=1)
    wrong = sabotaged(second, "value", second.of_output(0).value)
    with pytest.raises(AssertionError):
        check(wrong, lambda x: x.chunk(2, 2)[1], X)


@pytest.mark.parametrize(("shifts", "axes"), [((1,), (3,)), ((-2, 5), (1, 2))])
def test_roll(shifts: tuple[int, ...], axes: tuple[int, ...]) -> None:
    check_thoroughly(Roll(shifts=shifts, axes=axes), lambda x: torch.roll(x, shifts, axes), X)


@pytest.mark.parametrize(
    "key",
    [
        (slice(None), np.array([1, 0, 1])),
        (np.array([0, 1, 0]), np.array([1, 1, 0])),
        (slice(None), slice(None), np.array([[0], [1]]), np.array([0, 2])),
        (slice(None), np.array([True, False, *[True] * (X["x"].shape[1] - 2)])),
        (X["x"] > 0,),
    ],
)
def test_positions_gather(key: tuple[Any, ...]) -> None:
    torch_key = tuple(torch.tensor(one) if isinstance(one, np.ndarray) else one for one in key)
    check_thoroughly(Cut(key=key), lambda x: x[torch_key], X)
