"""Bands as a picture."""

from __future__ import annotations

import numpy as np
import pytest

from convista.scenes.composite import NOTHING, colour_picture, shown_bands


@pytest.mark.parametrize(
    ("names", "count", "shown"),
    [
        (("nir", "blue", "red", "green"), 4, [2, 3, 1]),
        (("nir", "blue", "red"), 3, [0, 1, 2]),
        (("red", "green"), 2, [0, 0, 0]),
        ((), 5, [0, 1, 2]),
        ((), 1, [0, 0, 0]),
    ],
)
def test_what_is_shown(names: tuple[str, ...], count: int, shown: list[int]) -> None:
    assert shown_bands(names, count) == shown


def test_each_band_is_stretched_and_what_has_no_datum_is_grey() -> None:
    ramp = np.arange(10_000, dtype=np.float32).reshape(100, 100)
    bands = np.ma.stack([ramp, 2 * ramp, np.ma.masked_less(3 * ramp, 3)])
    bands[1, 5, 5] = np.nan
    picture = colour_picture(bands)
    assert picture[50, 0].tolist() == [127, 127, 127]
    assert picture[99, 99].tolist() == [255, 255, 255]
    assert picture[0, 1].tolist() == [0, 0, 0]
    assert picture[0, 0].tolist() == picture[5, 5].tolist() == list(NOTHING)


def test_bands_of_one_value_or_of_none_are_black_or_grey() -> None:
    assert colour_picture(np.full((1, 2, 2), 7.0)).tolist() == [[[0, 0, 0]] * 2] * 2
    assert colour_picture(np.full((3, 2, 2), np.nan)).tolist() == [[list(NOTHING)] * 2] * 2
