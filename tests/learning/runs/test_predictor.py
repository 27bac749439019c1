"""What a run and a model of a map have in common: the bands that they take of a scene, standardised."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from convista.errors import ConvistaError
from convista.learning.data.statistics import Standardise
from convista.learning.runs.predictor import Predictor
from convista.scenes import Band, sample_scene


def predictor(*names: str) -> Predictor:
    bands = tuple(Band(name, name) for name in names)
    standardise = Standardise(range(len(names)), [2] * len(names))
    return Predictor(network=nn.Identity(), bands=bands, standardise=standardise, patch=8)


def test_it_takes_its_bands_of_a_scene_in_its_order() -> None:
    scene = sample_scene(0, height=32, width=32).scene
    asked = predictor("nir", "red")
    asked.check(scene)
    assert asked.select(scene).band_names == asked.band_names == ("nir", "red")
    for wanting in (predictor("red", "thermal").check, predictor("red", "thermal").select):
        with pytest.raises(ConvistaError, match="thermal"):
            wanting(scene)


def test_it_standardises_by_what_it_says() -> None:
    asked = predictor("red", "nir")
    assert asked.mean.tolist() == [0, 1]
    assert asked.std.tolist() == [2, 2]
    values = np.full((2, 3, 3), 3, np.float32)
    expected = (values - asked.mean[:, None, None]) / asked.std[:, None, None]
    torch.testing.assert_close(asked.standardise(values), torch.from_numpy(expected))
