"""The film of augmentation shows the symmetries that training draws, and values that do not change."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.stage.imagery import composite
from convista.films.stage.marks import Circle, Mark, Photo, Words
from convista.films.training.augmentation import CENTRE, Variant, augmentation
from convista.language import LANGUAGES
from convista.learning.data.augmentation import symmetry
from convista.scenes import sample_scene
from tests.films.reading import assert_laid_out, assert_prints, box_of, numbers, overlap, texts

IMAGE = np.random.default_rng(0).normal(size=(4, 12, 12))
BANDS = ("blue", "green", "red", "nir")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pixel_keeps_its_values_and_its_place_is_told(language: str) -> None:
    made = film("augmentation", image=IMAGE, band_names=BANDS, pixel=(2, 7))
    for number, step in enumerate(made.steps[:-1]):
        read = texts(step.marks, language)
        row, column = (int(n) for n, _ in numbers(read["pixel"].replace(",", " ")))
        turned = symmetry(torch.from_numpy(IMAGE), number).numpy()
        for band in range(4):
            assert_prints(read[f"band.{band}.number"], turned[band, row - 1, column - 1])
            assert_prints(read[f"band.{band}.number"], IMAGE[band, 2, 7])
            assert read[f"band.{band}"] == BANDS[band]


def test_all_eight_symmetries_are_shown_and_differ() -> None:
    marks = film("augmentation", image=IMAGE, band_names=BANDS).steps[-1].marks
    photos = [m for m in marks if isinstance(m, Photo) and m.key.startswith("variant.")]
    assert len({m.pixels for m in photos}) == len(photos) == 8
    for number, mark in enumerate(photos):
        turned = symmetry(torch.from_numpy(IMAGE), number).numpy()
        assert mark.pixels == composite(turned, BANDS).tobytes()


def cells(marks: tuple[Mark, ...]) -> dict[str, Photo]:
    return {m.key: m for m in marks if isinstance(m, Photo) and m.key.startswith("cell[")}


def test_the_patch_itself_turns_and_comes_to_lie_as_training_has_it() -> None:
    """On its way no cell changes its distance to the middle; at rest each has its pixel of the symmetry."""
    made = film("augmentation", image=IMAGE, band_names=BANDS)
    far = distances(made.steps[0].marks)
    for number, step in enumerate(made.steps[:-1]):
        turned = composite(symmetry(torch.from_numpy(IMAGE), number).numpy(), BANDS)
        (whole,) = (m for m in step.marks if isinstance(m, Photo) and m.key == "patch")
        for cell in cells(step.marks).values():
            column, row = ((cell.box.centre[a] - whole.box[a]) / whole.box.width * 12 - 0.5 for a in (0, 1))
            assert cell.pixels == turned[round(row), round(column)].tobytes()
        moved = [beat.marks for beat in step.beats if beat.travel and not beat.born_from]
        assert bool(moved) == bool(number)
        for marks in moved[:3]:
            assert distances(marks) == pytest.approx(far)


def distances(marks: tuple[Mark, ...]) -> list[float]:
    return [float(np.hypot(*np.subtract(cell.box.centre, CENTRE))) for cell in cells(marks).values()]


def test_of_a_large_patch_blocks_move() -> None:
    made = film("augmentation", image=np.random.default_rng(0).normal(size=(1, 50, 50)))
    assert len(cells(made.steps[1].beats[2].marks)) == 16 * 16


def test_the_dot_lies_on_its_pixel() -> None:
    marks = {m.key: m for m in film("augmentation", image=IMAGE, pixel=(5, 6)).steps[-1].marks}
    for number in range(8):
        photo, dot = marks[f"variant.{number}"], marks[f"variant.{number}.dot"]
        assert isinstance(photo, Photo)
        assert isinstance(dot, Circle)
        column, row = ((dot.centre[a] - photo.box[a]) / photo.box.width * 12 - 0.5 for a in (0, 1))
        turned = symmetry(torch.from_numpy(IMAGE), number).numpy()
        assert turned[:, round(row), round(column)].tolist() == IMAGE[:, 5, 6].tolist()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_place(language: str) -> None:
    holes = np.ma.masked_less(IMAGE, -1)
    many = np.random.default_rng(0).normal(size=(13, 5, 5))
    own = film("augmentation", scene=sample_scene(height=40, width=60).scene)
    for made in (film("augmentation"), film("augmentation", image=holes), film("augmentation", image=many), own):
        for step in made.steps:
            for beat in step.beats:
                assert_laid_out(beat.marks, language)
            photos = [box_of(m, language) for m in step.marks if isinstance(m, Photo)]
            names = [box_of(m, language) for m in step.marks if isinstance(m, Words)]
            assert not [1 for photo in photos for name in names if overlap(photo, name)]


def test_mistakes_are_told() -> None:
    with pytest.raises(ConvistaError, match=r"\(4, 12, 11\)\]; squares are needed"):
        film("augmentation", image=IMAGE[..., 1:])
    with pytest.raises(ConvistaError, match=r"The pixel \[12,0\] lies outside the patch. Rows and columns go"):
        film("augmentation", image=IMAGE, pixel=(12, 0))
    with pytest.raises(ConvistaError, match="There are 3 band names and 4 bands"):
        film("augmentation", image=IMAGE, band_names=("a", "b", "c"))
    with pytest.raises(ConvistaError, match="all of one size"):
        augmentation([Variant(key, np.zeros((1, n, n)), (0, 0)) for n, key in ((2, "turn_0"), (3, "turn_90"))])
