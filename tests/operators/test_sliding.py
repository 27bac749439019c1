"""Sliding windows: what a window reads, which windows read an element, and that each is the other's reverse."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from convista.operators.sliding import collect, output_size, pad, readers, window, windows

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
margins = st.tuples(st.integers(0, 2), st.integers(0, 2))
geometries = st.fixed_dictionaries(
    {"kernel": pairs, "stride": pairs, "dilation": pairs, "padding": st.tuples(margins, margins)}
)


@given(st.tuples(st.integers(1, 8), st.integers(1, 8)), geometries)
def test_a_window_and_its_readers_name_the_same_pairs(size: tuple[int, int], geometry: dict[str, Any]) -> None:
    assume(
        all(
            n + sum(p) >= d * (k - 1) + 1
            for n, p, d, k in zip(size, geometry["padding"], geometry["dilation"], geometry["kernel"], strict=True)
        )
    )
    out = output_size(size, **geometry)
    down = {(i, u, at) for i in np.ndindex(*out) for u, at in window(i, size, **geometry)}
    up = {(i, u, at) for at in np.ndindex(*size) for i, u in readers(at, out, **geometry)}
    assert down == up
    x = np.arange(1.0, 1 + size[0] * size[1]).reshape(size)
    padded = pad(x, geometry["padding"])
    seen = windows(padded, geometry["kernel"], geometry["stride"], geometry["dilation"])
    assert all(seen[(*i, *u)] == x[at] for i, u, at in down)
    assert np.count_nonzero(seen) == len(down)
    times = collect(np.ones_like(seen), padded.shape, geometry["stride"], geometry["padding"], geometry["dilation"])
    assert all(
        times[at] == sum(1 for *_, read in down if read == at) for at in itertools.product(*map(range, size))
    )
