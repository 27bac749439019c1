"""Changed patches keep what is asked of them; targets with rows and columns go along."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.learning.data.augmentation import augmented, dihedral, symmetry
from convista.learning.fitting.recipe import Recipe

RNG = np.random.default_rng


def test_the_eight_symmetries_are_all_there_and_different() -> None:
    square = torch.arange(9).reshape(1, 1, 3, 3)
    found = {tuple(symmetry(square, n).flatten().tolist()) for n in range(8)}
    assert len(found) == 8
    batch = dihedral(square.expand(8, 1, 3, 3), 3)
    assert {tuple(one.flatten().tolist()) for one in batch} == found


@pytest.mark.parametrize("recipe", [{}, {"shift": 0.2}])
def test_targets_of_pixels_go_along(recipe: dict[str, float]) -> None:
    values = torch.arange(16 * 10 * 10).reshape(16, 1, 10, 10)
    made = augmented(values.float(), values[:, 0], Recipe(**recipe), RNG(0))  # type: ignore[arg-type]
    assert (made.batch[:, 0].long() == made.targets).all()
    assert not (made.targets == values[:, 0]).all()


def test_bands_move_together_and_change_apart() -> None:
    patches = torch.randn(32, 3, 12, 12).expand(32, 3, 12, 12).clone()
    patches[:, 1:] = patches[:, :1]
    moved = augmented(patches, torch.zeros(32), Recipe(shift=0.25), RNG(1)).batch
    assert (moved[:, 0] == moved[:, 2]).all()
    changed = augmented(patches, torch.zeros(32), Recipe(jitter=0.2), RNG(1)).batch
    gain = (changed[:, 2] - changed[:, 2].mean((1, 2), keepdim=True)) / (
        changed[:, 0] - changed[:, 0].mean((1, 2), keepdim=True)
    )
    assert gain.flatten(1).std(dim=1).max() < 1e-2
    assert gain.flatten(1).mean(dim=1).std() > 0.1


def test_a_square_is_hidden() -> None:
    hidden = augmented(torch.ones(64, 2, 20, 20), torch.zeros(64), Recipe(cutout=0.5), RNG(0)).batch == 0
    assert (hidden[:, 0] == hidden[:, 1]).all()
    area = hidden[:, 0].sum((1, 2))
    assert area.max() == 100
    assert area.min() >= 25


def test_mixtures_are_of_two() -> None:
    patches, targets = torch.eye(16).reshape(16, 1, 4, 4), torch.arange(16)
    made = augmented(patches, targets, Recipe(mixup=0.4), RNG(0))
    assert 0 < made.share < 1
    assert (made.targets == targets).all()
    assert sorted(made.others.tolist()) == targets.tolist()
    plain = augmented(patches, targets, Recipe(), RNG(0)).batch
    torch.testing.assert_close(made.batch.sum((1, 2, 3)), plain.sum((1, 2, 3)))


def test_the_same_generator_gives_the_same_batch() -> None:
    recipe = Recipe(shift=0.1, jitter=0.1, cutout=0.2, mixup=0.2)
    patches = torch.randn(20, 2, 8, 8)
    one, two = (augmented(patches, torch.arange(20), recipe, RNG(5)) for _ in "ab")
    assert (one.batch == two.batch).all()
    assert one.share == two.share
