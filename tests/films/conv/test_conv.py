"""The film of a convolution prints what the explanation says, and everything has its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.conv.conv import conv_film
from convista.films.conv.formulas import met
from convista.films.conv.sweep import Sweep
from convista.films.stage.marks import Mark, Rectangle, Words
from convista.language import LANGUAGES, Text
from tests.films.examples import EXAMPLES, Example, grouped, lenet, missing, padded, resnet, worked
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, texts

CHAPTER = [[5, 0, -3, 8], [14, -3, -16, 4], [4, -2, -6, -9], [-4, 5, 10, -18]]


def positions(example: Example) -> list[tuple[int, int]]:
    where: dict[str, Any] = {"channel": example.channel, "origin": example.origin}
    return Sweep(example.x, example.weight, example.bias, **example.attributes, **where).positions


def assert_whole_prints(marks: tuple[Mark, ...], language: str, example: Example, at: tuple[int, int]) -> None:
    """Every number on the stage that shows all of them is its explanation's."""
    read, explained = texts(marks, language), example.explain(*at)
    terms = {term.factor_index[2:]: term for term in explained.terms}
    rows, columns = example.weight.shape[2:]
    window = list(np.ndindex(rows, columns))
    products = {f"products[{u},{v}]": terms[u, v].contribution if (u, v) in terms else 0.0 for u, v in window}
    assert_all_print(read, products, "products[")
    kernel = {f"kernel[{u},{v}]": float(example.weight[example.channel, 0, u, v]) for u, v in window}
    assert_all_print(read, kernel, "kernel[")
    image = np.pad(example.x[0, 0], example.padding)
    assert_all_print(read, {f"input[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(image)}, "input[")
    made = {f"output[{i},{j}]": example.explain(i, j).value for i, j in positions(example) if (i, j) <= at}
    assert_all_print(read, made, "output[")
    assert_prints(read["sum"], explained.value)
    assert_prints(read["equation.total"], explained.value)
    if example.bias is not None:
        assert_prints(read["equation.bias"], explained.bias)
    if f"equation.{rows * columns - 1}" in read:
        for n, (u, v) in enumerate(window):
            value = terms[u, v].value if (u, v) in terms else 0.0
            assert_prints(read[f"equation.{n}"], value, kernel[f"kernel[{u},{v}]"])
    else:
        for u in range(rows):
            row = sum(term.contribution for (r, _), term in terms.items() if r == u)
            assert_prints(read[f"equation.{u}"], row)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [worked, padded])
def test_every_number_of_the_whole_stage_is_the_explanations(made: Callable[[], Example], language: str) -> None:
    example = made()
    _, *steps, closing = example.film().steps
    for step, at in zip(steps, positions(example), strict=True):
        assert_whole_prints(step.marks, language, example, at)
    assert_whole_prints(closing.marks, language, example, positions(example)[-1])


def test_the_reader_notices_one_wrong_number() -> None:
    example = worked()
    marks = list(example.film().steps[6].marks)
    place = next(n for n, mark in enumerate(marks) if mark.key == "output[1,1].value")
    number = marks[place]
    assert isinstance(number, Words)
    marks[place] = number._replace(text=Text("−4", "−4"))
    with pytest.raises(AssertionError):
        assert_whole_prints(tuple(marks), "en", example, (1, 1))


def test_the_worked_example_gives_the_chapters_sixteen_values() -> None:
    read = texts(film("conv-step-by-step", language="es").steps[-1].marks, "es")
    for (i, j), value in np.ndenumerate(np.array(CHAPTER)):
        assert read[f"output[{i},{j}].value"] == str(value).replace("-", "−")
    assert read["equation.name"] == "O[4,4]"
    assert read["sum"] == "−18"


def test_the_sign_is_explained_by_what_the_kernel_does() -> None:
    flipped = film("conv-step-by-step", kernel=[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert "positive means darker to the right" in film("conv-step-by-step").steps[-1].caption.en
    assert "positivo significa más oscuro a la derecha" in film("conv-step-by-step").steps[-1].caption.es
    assert "positive means brighter to the right" in flipped.steps[-1].caption.en
    down = film("conv-step-by-step", kernel=[[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
    assert "positive means darker downwards" in down.steps[-1].caption.en
    last, closing = film("conv-step-by-step", kernel=np.ones((3, 3))).steps[-2:]
    assert "gives O[4,4]" in last.caption.en
    assert "The same 9 weights at every place" in closing.caption.en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("made", [lenet, resnet, grouped])
def test_every_number_of_the_zoomed_stage_is_the_explanations(made: Callable[[], Example], language: str) -> None:
    example = made()
    steps = example.film().steps
    channels, rows, columns = example.weight.shape[1:]
    for step, at in zip(steps, positions(example), strict=True):
        explained = example.explain(*at)
        terms = {term.factor_index[1:]: term for term in explained.terms}
        seen = set()
        for beat in step.beats:
            read = texts(beat.marks, language)
            c = named(read["window.name"].partition(" · ")[2], example)
            seen.add(c)
            window = {
                f"window[{u},{v}]": terms[c, u, v].value if (c, u, v) in terms else 0.0
                for u, v in np.ndindex(rows, columns)
            }
            assert_all_print(read, window, "window[")
            kernel = {
                f"kernel[{u},{v}]": float(example.weight[example.channel, c, u, v])
                for u, v in np.ndindex(rows, columns)
            }
            assert_all_print(read, kernel, "kernel[")
            for u in range(rows):
                if f"sums[{u}]" in read:
                    row = sum(t.contribution for (k, r, _), t in terms.items() if (k, r) == (c, u))
                    assert_prints(read[f"sums[{u}]"], row)
        read = texts(step.marks, language)
        shown = sorted(seen)
        assert len(shown) == min(channels, 4)
        partial = [sum(t.contribution for (k, _, _), t in terms.items() if k == c) for c in range(channels)]
        for n, c in enumerate(shown):
            assert_prints(read[f"equation.{n}"], partial[c])
        if len(shown) < channels:
            assert_prints(read[f"equation.{len(shown)}"], sum(partial[c] for c in range(channels) if c not in seen))
        if example.bias is not None:
            assert_prints(read["equation.bias"], explained.bias)
        assert_prints(read["equation.total"], explained.value)


def named(name: str, example: Example) -> int:
    """Return which channel read has a name."""
    first = example.channel // (example.weight.shape[0] // example.groups) * example.weight.shape[1]
    number = example.bands.index(name) if example.bands else int(name.rpartition(" ")[2])
    return int(number - first)


def test_channels_left_out_and_positions_left_out_are_said() -> None:
    steps = lenet().film().steps
    assert "The 4 channels that weigh most are shown" in steps[0].caption.en
    assert "visits 784 positions and stops here at 8" in steps[1].caption.en
    assert "784 posiciones y se detiene aquí en 8" in steps[1].caption.es


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str) -> None:
    made: Film = EXAMPLES[name]().film()
    shown = Film(made.name, made.title, made.steps, language=language)
    for n, step in enumerate(shown.steps):
        assert_laid_out(shown.picture(n).marks, language)
        assert_laid_out(step.beats[0].marks, language)


def test_the_layout_check_notices_an_overlap_and_a_mark_outside() -> None:
    marks = list(worked().film().steps[1].marks)
    with pytest.raises(AssertionError):
        assert_laid_out([*marks, Words("stray", (500.0, 440.0), Text("x", "x"), 20)], "en")
    with pytest.raises(AssertionError):
        assert_laid_out([*marks, Words("stray", (955.0, 60.0), Text("x", "x"), 20)], "en")


def test_missing_values_are_drawn_as_such() -> None:
    marks = missing().film().steps[-1].marks
    read, cells = texts(marks, "en"), {mark.key: mark for mark in marks}
    assert read["input[2,3].value"] == read["output[0,1].value"] == "NaN"
    assert cells["input[2,3]"].fill == "missing"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"image": [1, 2, 3]}, "image has shape (3,); a matrix is needed"),
        ({"image": np.zeros((0, 3))}, "and not empty"),
        ({"image": np.ones((2, 2))}, "The kernel spans 3 elements and the padded input has 2"),
        ({"padding": "full"}, 'no padding “full”. Use "valid", "same"'),
        ({"colour": 1}, "does not take colour. It takes: image, kernel, stride"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, object], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("conv-step-by-step", **give)  # type: ignore[arg-type]
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("x", "weight", "more", "says"),
    [
        ((3, 8, 8), (1, 3, 3, 3), {}, "The input has shape (3, 8, 8)"),
        ((2, 3, 8, 8), (1, 3, 3, 3), {}, "Give (1, channels, rows, columns)"),
        (
            (1, 1, 8, 8),
            (1, 3, 3, 3),
            {},
            "The input has 1 channel and the weights (1, 3, 3, 3) in 1 group read 3",
        ),
        ((1, 3, 8, 8), (4, 3, 3, 3), {"channel": 4}, "no channel 4. The output maps go from 0 to 3"),
        ((1, 3, 8, 8), (4, 3, 3, 3), {"bias": np.zeros(3)}, "The bias has shape (3,) and there are 4 filters"),
        ((1, 3, 8, 8), (4, 3, 3, 3), {"band_names": ("red",)}, "There is 1 band name and the input has 3"),
    ],
)
def test_arrays_that_do_not_belong_together_are_named(
    x: tuple[int, ...], weight: tuple[int, ...], more: dict[str, object], says: str
) -> None:
    with pytest.raises(ConvistaError) as caught:
        conv_film(np.zeros(x), np.zeros(weight), **more)  # type: ignore[arg-type]
    assert says in str(caught.value)


def test_same_padding_keeps_the_size() -> None:
    shown = film("conv-step-by-step", padding="same")
    assert texts(shown.steps[0].marks, "en")["output.name"] == "Output O (6×6)"
    assert len(shown.steps) == 36 + 2


def test_each_product_comes_out_of_its_pixel_and_its_weight() -> None:
    """Before both arrive, their numbers are those that the product is made of."""
    example, at = worked(), (0, 1)
    step = example.film().steps[2]
    (beat,) = (one for one in step.beats if "products[0,0].value" in one.born_from)
    read = texts(beat.marks, "en")
    assert len(beat.born_from) == 9
    for term in example.explain(*at).terms:
        sources = beat.born_from["products[{},{}].value".format(*term.factor_index[2:])]
        assert isinstance(sources, tuple)
        pixel, weight = sources
        assert pixel == "input[{},{}].value".format(*term.index[2:])
        assert_prints(read[pixel], term.value)
        assert_prints(read[weight], term.factor)


def test_every_value_of_the_output_comes_out_of_the_sum() -> None:
    sources = (beat.born_from for step in worked().film().steps for beat in step.beats)
    landed = [key for one in sources for key, source in one.items() if source == "sum"]
    assert landed == [f"output[{i},{j}].value" for i, j in positions(worked())]


def test_products_and_their_sums_have_one_scale_of_colours() -> None:
    marks = {mark.key: mark for mark in worked().film().steps[-1].marks}
    cells = [key for key in marks if re.fullmatch(r"(products|output)\[\d,\d\]", key)]
    read, scales = texts(marks.values(), "en"), set()
    for key in cells:
        number, cell = float(read[f"{key}.value"].replace("−", "-")), marks[key]
        assert isinstance(cell, Rectangle)
        assert isinstance(cell.fill, float)
        if number:
            scales.add(round(number / cell.fill, 9))
    assert len(cells) == 9 + 16
    assert scales == {18.0}


@pytest.mark.parametrize("origin", [0, 1])
@pytest.mark.parametrize(("stride", "dilation", "padding"), [(1, 1, 0), (1, 1, 2), (2, 1, 1), (1, 3, 0), (3, 2, 1)])
def test_the_formula_names_the_place_that_an_element_of_the_kernel_meets(
    stride: int, dilation: int, padding: int, origin: int
) -> None:
    said = re.sub(r"(\d)([iju(])", r"\1*\2", met(0, stride, dilation, (padding, 0), origin))
    for i, u in np.ndindex(4, 3):
        place = eval(said, {"i": i + origin, "u": u + origin})
        assert place - origin == i * stride + u * dilation - padding
