from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from convista.errors import ConvistaError
from convista.learning.data import splits
from convista.learning.data.splits import NOWHERE, PARTS, TEST, TRAIN, VALIDATION


def pixels_read(parts: splits.Assignment, part: int, patch: int) -> set[tuple[int, int]]:
    """Every pixel that some patch of a part reads, by walking through all of them."""
    before = patch // 2
    return {
        (row - before + i, column - before + j)
        for row, column in np.argwhere(parts == part).tolist()
        for i in range(patch)
        for j in range(patch)
    }


@given(st.integers(0, 2**32 - 1), st.integers(1, 7), st.integers(4, 9))
def test_no_pixel_is_read_by_two_parts(seed: int, patch: int, block: int) -> None:
    rng = np.random.default_rng(seed)
    shape = (3 * block - 1, 2 * block + 2)
    assignment = rng.integers(0, 3, (3, 3)).astype(np.int8)
    parts = splits.separate(assignment, block, shape, patch)
    read = [pixels_read(parts, part, patch) for part in range(3)]
    assert not read[0] & read[1]
    assert not read[0] & read[2]
    assert not read[1] & read[2]


def test_every_test_pixel_is_scored_and_training_keeps_clear() -> None:
    assignment = np.array([[TRAIN, TEST]], np.int8)
    parts = splits.separate(assignment, 10, (10, 20), 4)
    assert (parts[:, 10:] == TEST).all()
    assert (parts[0] == TRAIN).sum() == 7
    assert (parts[0] == NOWHERE).sum() == 3


def test_blocks_are_shared_out_and_classes_with_them() -> None:
    rng = np.random.default_rng(3)
    labels = np.repeat(np.repeat(rng.integers(-1, 3, (12, 12)), 8, 0), 8, 1).astype(np.int16)
    assignment = splits.assign_blocks(labels, 8, seed=0)
    assert np.bincount(assignment.ravel()).tolist() == [86, 22, 36]
    parts = assignment.repeat(8, 0).repeat(8, 1)
    for number in range(3):
        share = (parts[labels == number] == TEST).mean()
        assert share == pytest.approx(0.25, abs=0.06)
    assert (assignment == splits.assign_blocks(labels, 8, seed=0)).all()
    assert (assignment != splits.assign_blocks(labels, 8, seed=1)).any()


def test_too_few_blocks_are_told() -> None:
    with pytest.raises(ConvistaError) as error:
        splits.assign_blocks(np.zeros((10, 10), np.int16), 8 * 2, seed=0)
    assert str(error.value) == (
        "The scene is split into blocks of 16×16 pixels, and it takes at least three, one for each part; "
        "here there "
        "is 1. Use smaller patches or blocks."
    )


def test_a_class_that_only_masked_pixels_have_does_not_spoil_the_split() -> None:
    labels = np.tile(np.array([[0, 2]], np.int16), (64, 32))
    parts = splits.assign_blocks(labels, 8, seed=0)
    assert (parts == splits.assign_blocks(labels // 2, 8, seed=0)).all()
    assert (parts != np.sort(parts, axis=None).reshape(parts.shape)).any()


@pytest.mark.parametrize(
    ("shape", "patch", "block"), [((1428, 1128), 16, 128), ((300, 300), 16, 32), ((90, 90), 32, 64)]
)
def test_block_size_follows_the_scene(shape: tuple[int, int], patch: int, block: int) -> None:
    assert splits.block_size(shape, patch) == block


def test_random_split_shares_out_every_class() -> None:
    labels = np.repeat(np.array([0, 1, -1], np.int16), [100, 20, 5])
    assignment = splits.assign_samples(labels, seed=0)
    assert np.bincount(assignment[:100]).tolist() == [60, 15, 25]
    assert np.bincount(assignment[100:120]).tolist() == [12, 3, 5]
    assert (assignment[120:] == NOWHERE).all()
    assert PARTS[VALIDATION] == "validation"
