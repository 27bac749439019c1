from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convista.mapping import PatchGrid
from convista.mapping.engine import patch_grid as module


@given(st.data())
def test_geometry_agrees_with_itself(data: st.DataObject) -> None:
    patch = data.draw(st.integers(1, 9))
    stride = data.draw(st.integers(1, patch))
    cells = PatchGrid((data.draw(st.integers(1, 30)), data.draw(st.integers(1, 30))), patch, stride)
    covered = np.zeros(cells.shape, int)
    answered = np.zeros(cells.size, int)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "TALL", data.draw(st.integers(1, 12)))
        patched.setattr(module, "WIDE", data.draw(st.integers(1, 12)))
        for strip in range(cells.strips):
            first, last = cells.span(strip)
            assert cells.row_share(strip).tolist() == [1] * (last - first)
            for piece in cells.pieces(strip):
                (left,) = piece.columns
                right = left + cells.width_at(left)
                covered[piece.covered.slices] += 1
                answered[first:last, left:right] += 1
                assert piece.read.contains(piece.covered)
                # It begins with its first patch and ends with its last.
                assert cells.patch_of(first * stride, left * stride)[:2] == piece.read[:2]
                end = cells.patch_of((last - 1) * stride, (right - 1) * stride)
                lower_right = piece.read.row + piece.read.height, piece.read.column + piece.read.width
                assert (end.row + patch, end.column + patch) == lower_right
    assert (covered == 1).all()
    assert (answered == 1).all()


@given(st.integers(1, 20), st.integers(0, 99))
def test_at_stride_one_the_pixel_is_the_centre(patch: int, row: int) -> None:
    window = PatchGrid((100, 100), patch, 1).patch_of(row, 7)
    assert (window.row + patch // 2, window.column + patch // 2) == (row, 7)
