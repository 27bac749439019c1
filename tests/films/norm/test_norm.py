"""The films of normalisations print what the explanations say, for every set and every kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.norm.norm import batch_method, normalisation
from convista.films.norm.norm_group import group_method, instance_method
from convista.films.norm.norm_layer import layer_method
from convista.films.norm.sets import norm_film
from convista.films.norm.stage import Method, as_batch
from convista.films.stage.marks import Picture, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.tracing import trace
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts

Array = np.ndarray[Any, np.dtype[np.float64]]


def batch(samples: int = 2, channels: int = 4, rows: int = 3, columns: int = 2) -> Array:
    drawn = np.random.default_rng(3).normal(size=(samples, channels, rows, columns))
    return drawn * np.arange(1, channels + 1)[:, None, None] - 0.5


def methods(x: Array) -> tuple[Method, ...]:
    rng = np.random.default_rng(0)
    channels = x.shape[1]
    weight, bias = rng.normal(size=(2, channels))
    mean, variance = rng.uniform(0.5, 2, (2, channels))
    return (
        batch_method(x, mean, variance, weight, bias, training=True, epsilon=1e-5),
        batch_method(x, mean, variance, weight, bias, training=False, epsilon=1e-5),
        layer_method(x, epsilon=1e-5),
        group_method(x, groups=2, epsilon=1e-5, weight=weight, bias=bias),
        instance_method(x, epsilon=1e-3),
    )


def assert_prints_methods(made: Film, x: Array, shown: tuple[Method, ...], language: str) -> None:
    steps = made.steps if len(shown) == 1 else made.steps[1:-1]
    for step, method in zip(steps, shown, strict=True):
        read = texts(step.marks, language)
        made_of = {i: method.explain(x, i).value for i in np.ndindex(*x.shape)}
        for key, values in (("input", x), ("output", np.array([*made_of.values()]).reshape(x.shape))):
            expected = {f"{key}.{n}.{c}[{r},{q}]": float(v) for (n, c, r, q), v in np.ndenumerate(values)}
            assert_all_print(read, expected, f"{key}.")
        group = method.groups[-1]
        explained = method.explain(x, (group.samples[0], group.channels[0], 0, 0))
        notes = explained.notes
        assert_prints(read["equation.mu"], notes["μ"])
        assert_prints(read["equation.sigma"], notes["√(σ² + ε)"])
        assert_prints(read["equation.gamma"], notes["γ"])
        assert_prints(read["equation.beta"], notes["β"])
        assert_prints(read["equation.total"], explained.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_the_explanations(language: str) -> None:
    x = batch()
    made = norm_film(x, methods(x), name="n", title=Text("n", "n"))
    assert_prints_methods(made, x, methods(x), language)
    for step in made.steps:
        assert_laid_out(step.marks, language)


def test_the_reader_notices_one_wrong_number() -> None:
    x = batch()
    made = norm_film(x, methods(x)[:1], name="n", title=Text("n", "n"))
    (step,) = made.steps
    wrong = tuple(
        m._replace(text=Text("9", "9")) if isinstance(m, Words) and m.key == "output.1.2[0,1].value" else m
        for m in step.marks
    )
    bad = Film("n", made.title, (step._replace(beats=(step.beats[-1]._replace(marks=wrong),)),))
    with pytest.raises(AssertionError):
        assert_prints_methods(bad, x, methods(x)[:1], "en")


def outlined(made: Film, step: int, beat: int) -> list[str]:
    """The maps of the input that lie inside the yellow outline."""
    marks = {m.key: m for m in made.steps[step].beats[beat].marks}
    box = marks["input.set"].box  # type: ignore[union-attr]
    cells = [m for key, m in marks.items() if key.startswith("input.") and key.endswith("[0,0]")]
    return [m.key[6:9] for m in cells if box.left < m.box.left < box.right and box.top < m.box.top < box.bottom]  # type: ignore[union-attr]


def test_each_kind_outlines_its_own_set() -> None:
    made = film("normalisation")
    assert outlined(made, 1, 1) == ["0.0", "1.0", "2.0"]
    assert outlined(made, 3, 0) == ["0.0", "0.1", "0.2", "0.3"]
    assert outlined(made, 4, 0) == ["0.0", "0.1"]
    assert outlined(made, 5, 0) == ["0.0"]


def test_the_numbers_of_a_set_become_its_mean() -> None:
    """They travel into μ, and their average is what is printed there; of statistics kept from before none does."""
    for step in (made := film("normalisation")).steps[1:-1]:
        born = [beat.born_from["equation.mu"] for beat in step.beats if "equation.mu" in beat.born_from]
        if step is made.steps[2]:
            assert not born
            continue
        (keys,) = born
        read = texts(step.beats[1].marks, "en")
        assert_prints(read["equation.mu"], float(np.mean([numbers(read[key])[0][0] for key in keys])))


def test_at_last_the_sets_of_all_methods_are_side_by_side() -> None:
    marks = film("normalisation").steps[-1].marks
    filled = Counter(m.key.partition("[")[0] for m in marks if isinstance(m, Rectangle) and m.fill == "window")
    assert filled == {"batch_training": 3, "layer": 4, "group": 2, "instance": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapters_example_and_large_batches_have_their_place(language: str) -> None:
    flat = batch(2, 4, 1, 1)[..., 0, 0]
    for made in (film("normalisation"), normalisation(batch(9, 10, 16, 16)), normalisation(flat)):
        for step in made.steps:
            for beat in step.beats[:5]:
                assert_laid_out(beat.marks, language)


def test_large_maps_become_pictures_and_what_is_left_out_is_said() -> None:
    made = normalisation(batch(9, 10, 16, 16))
    assert len([m for m in made.steps[-2].marks if isinstance(m, Picture) and "bar" not in m.key]) == 2 * 4 * 6
    assert "(In view: samples, 4; channels, 6.)" in made.steps[1].caption.en


def test_missing_values_are_drawn_as_such() -> None:
    x = batch()
    x[0, 1, 0, 0] = np.nan
    read = texts(normalisation(x).steps[1].marks, "en")
    assert read["input.0.1[0,0].value"] == "NaN"
    assert read["output.0.1[1,1].value"] == "NaN"
    assert read["output.0.0[0,0].value"] != "NaN"


@pytest.mark.parametrize(
    "layer",
    [
        nn.BatchNorm2d(4).eval(),
        nn.BatchNorm2d(4).train(),
        nn.GroupNorm(2, 4),
        nn.InstanceNorm2d(4, affine=True),
        nn.LayerNorm((4, 3, 2)),
    ],
    ids=["inference", "training", "group", "instance", "layer"],
)
def test_a_traced_normalisation_is_shown_as_it_ran(layer: nn.Module) -> None:
    x = torch.from_numpy(batch())
    traced = trace(nn.Sequential(layer.double()), x)
    read = texts(traced.film(0).steps[-1].marks, "en")
    output = traced[0].output
    for index in ((0, 0, 0, 0), (1, 3, 2, 1)):
        n, c, r, q = index
        assert_prints(read[f"output.{n}.{c}[{r},{q}].value"], float(output[index]))


def test_mistakes_are_told() -> None:
    with pytest.raises(ConvistaError, match=r"x has shape \(3,\); a batch is needed"):
        as_batch([1, 2, 3])
    with pytest.raises(ConvistaError, match="4 channels cannot be divided into 3 equal groups"):
        normalisation(batch(), groups=3)
    with pytest.raises(ConvistaError, match="averages over the last axis"):
        trace(nn.LayerNorm(3), torch.zeros(1, 2, 4, 3)).film(0)
