from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convista.learning.data.statistics import band_statistics, standardise


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
    found = standardise(values, np.array([3], np.float32), np.array([2], np.float32))
    assert found.tolist() == [[[-1, 0, 0]]]


def test_a_batch_is_standardised_by_its_second_axis() -> None:
    values = np.arange(8, dtype=np.float32).reshape(2, 2, 2, 1)
    mean, std = np.array([1, 2], np.float32), np.array([2, 4], np.float32)
    one_by_one = [standardise(v, mean, std) for v in values]
    assert all((a == b).all() for a, b in zip(standardise(values, mean, std), one_by_one, strict=True))
