"""The film of augmentation shows the symmetries that training draws, and values that do not change."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.stage.imagery import composite
from convista.films.stage.marks import Circle, Photo, Words
from convista.films.training.augmentation import Variant, augmentation
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
            assert_prints(read[f"band.{band}.number"], turned[band, row, column])
            assert_prints(read[f"band.{band}.number"], IMAGE[band, 2, 7])
            assert read[f"band.{band}"] == BANDS[band]


def test_all_eight_symmetries_are_shown_and_differ() -> None:
    marks = film("augmentation", image=IMAGE, band_names=BANDS).steps[-1].marks
    photos = [m for m in marks if isinstance(m, Photo) and m.key.startswith("variant.")]
    assert len({m.pixels for m in photos}) == len(photos) == 8
    for number, mark in enumerate(photos):
        turned = symmetry(torch.from_numpy(IMAGE), number).numpy()
        assert mark.pixels == composite(turned, BANDS).tobytes()


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
            assert_laid_out(step.marks, language)
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
