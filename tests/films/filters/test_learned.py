"""The film of learned filters tells the similarities that the definitions give."""

from __future__ import annotations

import numpy as np
import pytest

from convista.catalogue import film
from convista.catalogue.first_layer import first_layer
from convista.errors import ConvistaError
from convista.films.filters.learned import Story, filters_learned
from convista.films.stage.marks import Photo, Picture, Rectangle
from convista.language import LANGUAGES
from convista.operators.filters import bank, similarity
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts


def weights(epochs: int = 4, filters: int = 6, bands: int = 3, size: int = 3) -> np.ndarray:
    """Noise that becomes a Sobel, turned and negated, in its second filter."""
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=(epochs, filters, bands, size, size))
    for epoch in range(epochs):
        drawn[epoch, 1] *= 1 - epoch / (epochs - 1)
        drawn[epoch, 1] += epoch * -np.rot90(bank(size)["sobel_x"])
    return drawn


@pytest.mark.parametrize("language", LANGUAGES)
def test_similarities_are_the_definitions(language: str) -> None:
    drawn = weights()
    made, kernels = filters_learned(drawn), drawn.sum(axis=2)
    for moment, step in enumerate(made.steps):
        read = texts(step.marks, language)
        for number in Story(drawn).followed:
            name = similarity(kernels[-1, number], bank(3))[0].name
            now = similarity(kernels[moment, number], {name: bank(3)[name]})[0]
            assert_prints(read[f"pair.{number}.cosine"], now.similarity)
        means = [float(np.mean([similarity(k, bank(3))[0].similarity for k in kernels[m]])) for m in (0, moment)]
        told = getattr(step.caption, language)
        assert_prints(told.rsplit(":" if moment < 3 else ";", 1)[1], *(means if moment == 3 else means[1:]))
    last = [n for n, _ in numbers(made.steps[-1].caption.en)]
    assert last[:2] == [sum(similarity(k, bank(3))[0].similarity >= 0.8 for k in kernels[-1]), 6]


def test_a_filter_that_becomes_a_sobel_is_followed_and_drawn_beside_it() -> None:
    drawn = weights()
    marks = {m.key: m for m in filters_learned(drawn).steps[-1].marks}
    learned, classical = marks["pair.1.learned"], marks["pair.1.classical"]
    assert isinstance(learned, Picture)
    assert isinstance(classical, Picture)
    assert learned.levels == classical.levels
    assert texts(marks.values(), "en")["pair.1.cosine"] == "cos = 1.00"


def test_the_wall_shows_the_weights_in_colour() -> None:
    drawn = weights()
    mark = next(m for m in filters_learned(drawn).steps[-1].marks if m.key == "filter.4")
    assert isinstance(mark, Photo)
    pixels = np.frombuffer(mark.pixels, np.uint8).reshape(3, 3, 3)
    kernels = drawn[-1, 4].transpose(1, 2, 0)
    np.testing.assert_allclose(pixels, 127.5 + 127.5 * kernels / np.abs(kernels).max(), atol=0.51)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_its_place(language: str) -> None:
    for made in (
        film("filters-learned"),
        filters_learned(np.ones((1, 1, 5, 4, 4))),
        filters_learned(weights(40, 2)),
    ):
        assert len(made.steps) <= 12
        for step in made.steps:
            assert_laid_out(step.marks, language)


def test_the_file_is_a_resnets_first_layer_trained_here() -> None:
    layer = first_layer()
    kernels = layer.tensors["conv1.weight"]
    assert kernels.shape[1:] == (64, 3, 7, 7)
    assert len(kernels) == len(layer.about["epochs"]) + 1
    assert layer.about["accuracy"] > 0.9
    story = Story(kernels.numpy())
    assert story.alike(-1).mean() > 1.5 * story.alike(0).mean()


def test_mistakes_are_told() -> None:
    with pytest.raises(ConvistaError, match=r"The weights have shape \(2, 3, 7, 7\); \(epochs, filters, bands"):
        film("filters-learned", weights=np.zeros((2, 3, 7, 7)))
    with pytest.raises(ConvistaError, match="There are 2 numbers of epochs and weights of 4"):
        filters_learned(weights(), epochs=[0, 1])


def test_as_many_filters_are_said_to_resemble_one_as_are_written_so() -> None:
    made = film("filters-learned")
    close, count = (int(n) for n, _ in numbers(made.steps[-1].caption.en)[:2])
    cosines = [numbers(line)[0][0] for key, line in texts(made.steps[-1].marks, "en").items() if "cosine" in key]
    assert sum(one >= 0.8 for one in cosines) == min(close, len(cosines))
    weights_of = first_layer().tensors["conv1.weight"].numpy()
    assert close == sum(f"{one:.2f}" >= "0.80" for one in Story(weights_of).alike(-1)), count


def test_the_epoch_stands_on_every_picture_and_bars_are_as_long_as_the_cosines() -> None:
    made = filters_learned(weights(), epochs=[0, 2, 4, 8], accuracies=[None, 0.5, 0.75, 0.9])
    told = [texts(step.marks, "en")["epoch"] for step in made.steps]
    assert told == ["epoch 0", "epoch 2 · 50.0 % correct", "epoch 4 · 75.0 % correct", "epoch 8 · 90.0 % correct"]
    for step in made.steps:
        marks, read = {mark.key: mark for mark in step.marks}, texts(step.marks, "en")
        for number in Story(weights()).followed:
            whole, bar = marks[f"pair.{number}.whole"], marks[f"pair.{number}.bar"]
            assert isinstance(whole, Rectangle)
            assert isinstance(bar, Rectangle)
            assert_prints(read[f"pair.{number}.cosine"], bar.box.width / whole.box.width)
