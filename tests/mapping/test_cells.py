from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convista.mapping import Cells


@given(st.data())
def test_geometry_agrees_with_itself(data: st.DataObject) -> None:
    patch = data.draw(st.integers(1, 9))
    stride = data.draw(st.integers(1, patch))
    cells = Cells((data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30))), patch, stride)
    covered = np.zeros(cells.shape, int)
    for first, last in cells.strips(data.draw(st.integers(1, 40))):
        covered[cells.covered(first, last).slices] += 1
        strip = cells.read(first, last)
        assert strip.contains(cells.covered(first, last))
        # The strip begins with its first patch and ends with its last.
        assert cells.patch_of(first * stride, 0)[:2] == strip[:2]
        end = cells.patch_of((last - 1) * stride, (cells.size[1] - 1) * stride)
        assert (end.row + patch, end.column + patch) == (strip.row + strip.height, strip.column + strip.width)
    assert (covered == 1).all()


@given(st.integers(1, 20), st.integers(0, 99))
def test_at_stride_one_the_pixel_is_the_centre(patch: int, row: int) -> None:
    window = Cells((100, 100), patch, 1).patch_of(row, 7)
    assert (window.row + patch // 2, window.column + patch // 2) == (row, 7)
