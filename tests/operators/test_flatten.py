"""Flattening, moving, cutting, laying together and padding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from convista.operators.flatten import EXPAND, FLATTEN_CLASSIC, FLIP, PERMUTE, RESHAPE, ROLL
from convista.operators.flatten_padding import PAD
from convista.operators.flatten_parts import CONCATENATE, CUT, PASTE, SPLIT, STACK, UNBIND
from convista.operators.flatten_regions import FLATTEN_BLOCKS, FLATTEN_GLOBAL
from tests.operators.against_torch import check, check_thoroughly
from tests.operators.draw import normal

X = {"x": normal(0, 2, 3, 4, 5)}
shapes = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def test_flatten() -> None:
    check_thoroughly(RESHAPE, lambda x: torch.flatten(x, 1), X, shape=(2, -1))
    check_thoroughly(FLATTEN_CLASSIC, lambda x: torch.flatten(x, 1), X)
    check_thoroughly(FLATTEN_CLASSIC, lambda x: x.permute(0, 2, 3, 1).flatten(1), X, channel_last=True)
    check_thoroughly(FLATTEN_GLOBAL, lambda x: x.mean((2, 3)), X)
    check_thoroughly(FLATTEN_BLOCKS, lambda x: functional.adaptive_avg_pool2d(x, (3, 2)).flatten(1), X, size=(3, 2))


def test_the_two_orders_of_a_flatten() -> None:
    x = np.arange(8).reshape(1, 2, 2, 2)
    assert FLATTEN_CLASSIC.define(x).tolist() == [[0, 1, 2, 3, 4, 5, 6, 7]]
    assert FLATTEN_CLASSIC.define(x, channel_last=True).tolist() == [[0, 4, 1, 5, 2, 6, 3, 7]]
    assert FLATTEN_CLASSIC.explain((0, 5), x).terms[0].index == (0, 1, 0, 1)
    assert FLATTEN_CLASSIC.explain((0, 5), x, channel_last=True).terms[0].index == (0, 1, 1, 0)


def test_blocks_keep_the_region() -> None:
    x = np.zeros((1, 1, 4, 4))
    x[0, 0, 3, 0] = 4
    assert FLATTEN_BLOCKS.define(x, size=(2, 2)).tolist() == [[0, 0, 1, 0]]
    assert FLATTEN_GLOBAL.define(x).tolist() == [[0.25]]


def test_values_in_another_order() -> None:
    check_thoroughly(PERMUTE, lambda x: x.permute(0, 2, 3, 1), X, order=(0, 2, 3, 1))
    check_thoroughly(FLIP, lambda x: torch.flip(x, (1, 3)), X, axes=(1, 3))
    narrow = {"x": normal(0, 2, 1, 3)}
    check_thoroughly(EXPAND, lambda x: x.expand(4, 2, 5, 3), narrow, shape=(4, 2, 5, 3))


@given(shapes, st.data())
def test_permute(shape: list[int], data: st.DataObject) -> None:
    order = tuple(data.draw(st.permutations(range(len(shape)))))
    check(PERMUTE, lambda x: x.permute(order), {"x": normal(0, *shape)}, order=order)


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
    check_thoroughly(CUT, lambda x: x[key], X, key=key)


@pytest.mark.parametrize("key", KEYS[:5])
@pytest.mark.parametrize("whole", [True, False])
def test_paste(key: tuple[Any, ...], whole: bool) -> None:
    shape = X["x"][key].shape if whole else X["x"][key].shape[1:]

    def written(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        out = x.clone()
        out[key] = y
        return out

    check_thoroughly(PASTE, written, {**X, "y": np.asarray(normal(1, *shape))}, key=key)


def test_an_empty_cut() -> None:
    check(CUT, lambda x: x[KEYS[5]], X, key=KEYS[5])


@pytest.mark.parametrize("output", [0, 1, 2])
def test_pieces(output: int) -> None:
    pieces = {"axis": 3, "sizes": (2, 2, 1), "output": output}
    check_thoroughly(SPLIT, lambda x: x.chunk(3, -1)[output], X, **pieces)
    check_thoroughly(UNBIND, lambda x: x.unbind(1)[output], X, axis=1, output=output)


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
    check(CONCATENATE, lay(torch.cat, axis), parts, axis=axis)
    same = {f"x{n}": normal(n, *shape) for n in range(3)}
    check(STACK, lay(torch.stack, axis), same, axis=axis)


def test_together_thoroughly() -> None:
    parts = {"x0": normal(0, 2, 3), "x1": normal(1, 2, 1), "x2": normal(2, 2, 2)}
    check_thoroughly(CONCATENATE, lay(torch.cat, 1), parts, axis=1)
    same = {f"x{n}": normal(n, 2, 3) for n in range(11)}
    check_thoroughly(STACK, lay(torch.stack, 1), same, axis=1)
    check_thoroughly(STACK, lay(torch.stack, -1), same, axis=-1)


@given(margins=st.lists(st.integers(0, 2), min_size=4, max_size=4), size=st.tuples(*[st.integers(3, 5)] * 2))
@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_pad(mode: str, margins: list[int], size: tuple[int, int]) -> None:
    left, right, above, below = margins
    ours: Any = {"margins": ((0, 0), (0, 0), (above, below), (left, right)), "mode": mode}
    fill = {"value": 1.5} if mode == "constant" else {}
    check(PAD, lambda x: functional.pad(x, margins, mode, **fill), {"x": normal(0, 2, 2, *size)}, **ours, **fill)


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate"])
def test_pad_thoroughly(mode: str) -> None:
    around = ((0, 0), (0, 0), (1, 2), (2, 0))
    check_thoroughly(PAD, lambda x: functional.pad(x, (2, 0, 1, 2), mode), X, margins=around, mode=mode)


def test_a_margin_is_no_term_and_a_negative_one_is_cut_off() -> None:
    around = ((0, 0), (0, 0), (1, -1), (-2, 1))
    check_thoroughly(PAD, lambda x: functional.pad(x, (-2, 1, 1, -1), value=7), X, margins=around, value=7)
    margin = PAD.explain((0, 0, 0, 0), X["x"], margins=around, value=7)
    assert (margin.terms, margin.bias, margin.value) == ((), 7, 7)


def early(*args: Any, **attributes: Any) -> Any:
    return SPLIT.define(*args, **{**attributes, "output": 0})


def test_another_piece_is_noticed() -> None:
    wrong = replace(SPLIT, define=early)
    with pytest.raises(AssertionError):
        check(wrong, lambda x: x.chunk(2, 2)[1], X, axis=2, sizes=(2, 2), output=1)


@pytest.mark.parametrize(("shifts", "axes"), [((1,), (3,)), ((-2, 5), (1, 2))])
def test_roll(shifts: tuple[int, ...], axes: tuple[int, ...]) -> None:
    check_thoroughly(ROLL, lambda x: torch.roll(x, shifts, axes), X, shifts=shifts, axes=axes)


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
    check_thoroughly(CUT, lambda x: x[torch_key], X, key=key)
