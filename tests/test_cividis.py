"""The colours are those of matplotlib's map of that name."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np

from convista.cividis import CIVIDIS


def test_the_colours_are_those_of_matplotlib() -> None:
    colours = np.round(255 * mpl.colormaps["cividis"](np.linspace(0, 1, len(CIVIDIS))))
    assert [tuple(colour) for colour in colours[:, :3].astype(int).tolist()] == list(CIVIDIS)
