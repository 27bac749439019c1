from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from convista.scenes import Window, covering, sliding, whole

places = st.integers(-20, 20)
lengths = st.integers(1, 20)
windows = st.builds(Window, places, places, lengths, lengths)
sizes = st.tuples(lengths, lengths)


def cells(window: Window | None) -> set[tuple[int, int]]:
    if window is None:
        return set()
    rows, columns = window.slices
    return {(r, c) for r in range(rows.start, rows.stop) for c in range(columns.start, columns.stop)}


@given(windows, windows)
def test_intersection_holds_the_cells_of_both(one: Window, other: Window) -> None:
    assert cells(one.intersection(other)) == cells(one) & cells(other)
    assert one.contains(other) == (cells(other) <= cells(one))


@given(windows, places, places)
def test_moving_there_and_back(window: Window, rows: int, columns: int) -> None:
    assert window.shifted(rows, columns).shifted(-rows, -columns) == window
    assert window.seen_from(window) == whole(window.shape)


@given(windows, st.integers(0, 5))
def test_a_grown_window_has_a_margin(window: Window, margin: int) -> None:
    grown = window.grown(margin)
    assert grown.contains(window)
    assert grown.shape == (window.height + 2 * margin, window.width + 2 * margin)


@given(sizes, sizes, sizes)
def test_sliding_gives_every_window_that_lies_inside(
    shape: tuple[int, int], size: tuple[int, int], stride: tuple[int, int]
) -> None:
    expected = [
        Window(row, column, *size)
        for row in range(0, shape[0], stride[0])
        for column in range(0, shape[1], stride[1])
        if row + size[0] <= shape[0] and column + size[1] <= shape[1]
    ]
    assert list(sliding(shape, size, stride)) == expected


@given(sizes, sizes)
def test_covering_takes_every_pixel_once(shape: tuple[int, int], size: tuple[int, int]) -> None:
    times = np.zeros(shape, int)
    for window in covering(shape, size):
        times[window.slices] += 1
    assert (times == 1).all()
