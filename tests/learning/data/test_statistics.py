from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from convista.learning.data.statistics import Standardise, band_statistics


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 50), min_size=1, max_size=5))
def test_pieces_give_the_statistics_of_the_whole(seed: int, sizes: list[int]) -> None:
    rng = np.random.default_rng(seed)
    pieces = [(10_000 + rng.normal(size=(2, n))).astype(np.float32) for n in sizes]
    pieces[0][1, 0] = np.nan
    mean, std = band_statistics(iter(pieces))
    whole = np.concatenate(pieces, axis=1).astype(np.float64)
    assert mean[0] == pytest.approx(whole[0].mean(), rel=1e-6)
    if sum(sizes) > 2:
        assert std == pytest.approx(np.nanstd(whole, axis=1), rel=1e-4)
    assert mean.dtype == std.dtype == np.float32


def test_a_flat_or_empty_band_has_deviation_one() -> None:
    mean, std = band_statistics([np.array([[3.0, 3.0], [np.nan, np.nan]])])
    assert mean.tolist() == [3, 0]
    assert std.tolist() == [1, 1]


def test_masked_becomes_the_training_mean() -> None:
    values = np.ma.MaskedArray(np.array([[[1.0, 5.0, np.nan]]], np.float32), [[[False, True, False]]])
    standardise = Standardise([3], [2])
    assert standardise(values).tolist() == [[[-1, 0, 0]]]
    assert standardise(torch.from_numpy(values.filled(np.nan))).tolist() == [[[-1, 0, 0]]]
    assert values.tolist() == [[[1, None, pytest.approx(np.nan, nan_ok=True)]]]


def test_a_batch_is_standardised_by_its_second_axis() -> None:
    values = np.arange(8, dtype=np.float32).reshape(2, 2, 2, 1)
    standardise = Standardise([1, 2], [2, 4])
    one_by_one = [standardise(v) for v in values]
    assert all((a == b).all() for a, b in zip(standardise(values), one_by_one, strict=True))


def test_an_array_that_is_read_only_or_turned_will_do() -> None:
    values = np.arange(8).reshape(2, 2, 2)[:, ::-1]
    values.flags.writeable = False
    assert Standardise([1, 2], [2, 4])(values).tolist() == [[[0.5, 1], [-0.5, 0]], [[1, 1.25], [0.5, 0.75]]]
