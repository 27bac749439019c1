"""The films of dense layers print what the definitions say, neuron by neuron and as a block."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.catalogue.story import story_trace
from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.dense.architecture import dense_architecture_film
from convista.films.dense.block import Block
from convista.films.dense.dense import dense_film
from convista.films.dense.full import dense_full_film
from convista.films.stage.marks import Circle, Mark, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.operators.dense import Dense
from tests.films.examples import recorded
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

RANDOM = np.random.default_rng(11)
Case = tuple[Array, Array, Array | None]


def drawn(neurons: int, inputs: int, *, bias: bool = True) -> Case:
    x, weight = RANDOM.normal(size=inputs), RANDOM.normal(size=(neurons, inputs)) * 3
    return x, weight, RANDOM.normal(size=neurons) if bias else None


CASES: dict[str, Case] = {
    "small": drawn(3, 4),
    "without bias": drawn(5, 2, bias=False),
    "one": drawn(1, 1),
    "large": drawn(120, 400),
    "missing": (np.array([1.0, np.nan, 2.0]), np.ones((2, 3)), None),
}


def assert_neuron_prints(marks: tuple[Mark, ...], language: str, case: Case) -> None:
    """Every number of the neuron that is shown is its explanation's."""
    read, (x, weight, bias) = texts(marks, language), case
    neuron = int(numbers(read["w.name"])[-1][0]) - 1
    explained = Dense().explain((neuron,), x, weight, bias)
    inputs = [int(read[f"x.index[{n}]"]) - 1 for n in range(9)] if len(x) > 10 else list(range(len(x)))
    for row, i in enumerate(inputs):
        assert_value(read[f"x[{row},0].value"], x[i])
        assert_value(read[f"w[{row},0].value"], weight[neuron, i])
        assert_value(read[f"p[{row},0].value"], explained.terms[i].contribution)
    if len(inputs) < len(x):
        rest = sum(term.contribution for i, term in enumerate(explained.terms) if i not in inputs)
        assert_prints(read[f"p[{len(inputs)},0].value"], rest)
        assert_prints(read["others"], len(x) - len(inputs))
    for key, value in {
        "sum[0,0].value": sum(term.contribution for term in explained.terms),
        "bias[0,0].value": explained.bias,
        "equation.sum": sum(term.contribution for term in explained.terms),
        "equation.bias": explained.bias,
        "equation.total": explained.value,
    }.items():
        assert_value(read[key], value)


def assert_value(line: str, value: float) -> None:
    if np.isnan(value):
        assert line.endswith("NaN")
    else:
        assert_prints(line, value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_number_of_a_neuron_is_the_explanations(name: str, language: str) -> None:
    x, weight, bias = CASES[name]
    made = dense_film(x, weight, bias, relu=True)
    z = Dense().value(x, weight, bias)
    for step in made.steps[1:-1]:
        assert_neuron_prints(step.marks, language, CASES[name])
    read = texts(made.steps[-1].marks, language)
    index = "z" if len(x) > 10 else "W"
    for row in range(min(len(z), 12)):
        if f"z[{row},0].value" in read:
            neuron = int(read[f"{index}.index[{row}]"]) - 1
            assert_value(read[f"z[{row},0].value"], z[neuron])
            assert_value(read[f"a[{row},0].value"], max(z[neuron], 0.0) if z[neuron] == z[neuron] else np.nan)


def test_the_reader_notices_one_wrong_product() -> None:
    case = CASES["small"]
    marks = list(dense_film(*case).steps[1].marks)
    place = next(n for n, mark in enumerate(marks) if mark.key == "p[2,0].value")
    words = marks[place]
    assert isinstance(words, Words)
    marks[place] = words._replace(text=Text("99", "99"))
    with pytest.raises(AssertionError):
        assert_neuron_prints(tuple(marks), "en", case)


def test_a_neuron_that_the_relu_stops_is_told_apart() -> None:
    made = dense_film([1.0], [[1.0], [2.0], [-2.0]], relu=True)
    assert "z[2] = 2 is positive" in made.steps[2].caption.en
    assert "z[3] = −2 no es positivo, y la ReLU da 0" in made.steps[3].caption.es
    assert "has learnt 3 numbers" in made.steps[4].caption.en


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_block_ends_where_torch_does(language: str) -> None:
    run, made = story_trace(), film("dense-full", language=language)
    read = texts(made.steps[-1].marks, language)
    for key, record in (("z1", "dense1"), ("a1", "relu3"), ("z2", "dense2"), ("a2", "relu4"), ("z3", "dense3")):
        for row, value in enumerate(run[record].output[0].tolist()):
            assert_prints(read[f"{key}[{row},0].value"], value)
    probabilities = run["softmax"].output[0].tolist()
    for row, value in enumerate(probabilities):
        assert_prints(read[f"p[{row},0].value"], value)
    words = {"es": "vegetación", "en": "vegetation"}[language]
    assert words in getattr(made.steps[-2].caption, language)
    assert_prints(getattr(made.steps[-2].caption, language).rpartition(" ")[2], max(probabilities))
    assert read["class[1]"] == words
    for layer, step in ((1, 1), (2, 3), (3, 5)):
        z = run[f"dense{layer}"].output[0].tolist()
        for n, beat in enumerate(made.steps[step].beats[1:]):
            assert_prints(re.split("[=≈]", texts(beat.marks, language)["equation.total"])[-1], z[n])


def test_the_architecture_counts_weights_and_biases() -> None:
    steps = film("dense-architecture").steps
    counts = [texts(step.marks, "en")["equation.count"] for step in steps[1:4]]
    assert counts == [
        "10·10 weights + 10 biases = 110",
        "10·7 weights + 7 biases = 77",
        "7·3 weights + 3 biases = 24",
    ]
    assert texts(steps[-1].marks, "es")["equation.count"] == "110 + 77 + 24 = 211 números aprendidos"
    sizes = [texts(steps[-1].marks, "en")[f"size{n}"] for n in range(3)]
    assert sizes == ["W₁: 10×10   b₁: 10", "W₂: 7×10   b₂: 7", "W₃: 3×7   b₃: 3"]
    run, read = story_trace(), texts(steps[-1].marks, "en")
    for n, value in enumerate(run["softmax"].output[0].tolist()):
        assert_prints(read[f"share.{n}.told"], value)
    neurons = {mark.key: mark.fill for mark in steps[-1].marks if isinstance(mark, Circle)}
    signals = [run[name].output[0].numpy() for name in ("flatten", "relu3", "relu4", "dense3")]
    most = max(np.abs(values).max() for values in signals)
    for n, values in enumerate(signals):
        for i, value in enumerate(values):
            assert neurons[f"neuron{n}[{i}]"] == pytest.approx(value / most, abs=1e-6)
    assert sum(mark.key.startswith("link") for mark in steps[-1].marks) == 10 * 10 + 10 * 7 + 7 * 3


def block(*sizes: int, names: list[str] | None = None) -> Block:
    weights = [RANDOM.normal(size=pair) for pair in zip(sizes[1:], sizes, strict=False)]
    return Block(RANDOM.normal(size=sizes[0]), weights, [RANDOM.normal(size=len(each)) for each in weights], names)


def films() -> dict[str, Film]:
    made = {name: dense_film(*case, relu=n % 2 == 0) for n, (name, case) in enumerate(CASES.items())}
    chapter = ("dense-architecture", "dense-flatten-10", "dense-10-7", "dense-full")
    wide, deep = block(40, 25, 2, names=["a", "b"]), block(3, 4, 4, 4, 2)
    return {
        **made,
        **{name: film(name) for name in chapter},
        "wide": dense_architecture_film(wide),
        "wide full": dense_full_film(wide),
        "deep": dense_architecture_film(deep),
        "deep full": dense_full_film(deep),
    }


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overlaps_or_leaves_the_margin(language: str) -> None:
    for made in films().values():
        shown = made.shown(language=language)
        for n in {0, len(made.steps) // 2, len(made.steps) - 1}:
            assert_laid_out(shown.picture(n).marks, language)
            assert_laid_out(shown.steps[n].beats[0].marks, language)


def test_a_traced_layer_is_shown_as_its_arrays_are() -> None:
    x, weight, bias = CASES["small"]
    arrays = {"x": np.stack([x * 0, x]), "weight": weight, "bias": bias}
    record = recorded("dense", arrays, name="fc")
    read = texts(film_of(record, sample=1).steps[1].marks, "en")
    assert read.pop("title") == "fc: a dense layer, neuron by neuron"
    same = texts(dense_film(x, weight, bias).steps[1].marks, "en")
    assert read == {key: line for key, line in same.items() if key != "title"}
    with pytest.raises(ConvistaError, match="There is no sample 2: they go from 0 to 1"):
        film_of(record, sample=2)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: dense_film(np.ones(3), np.ones((2, 4))), "The inputs have shape (3,) and the weights (2, 4)"),
        (lambda: dense_film(np.ones(3), np.ones((2, 3)), np.ones(3)), "shape (3,) and there are 2 neurons"),
        (lambda: Block([1.0], [], []), "There are 0 matrices of weights"),
        (
            lambda: Block([1.0], [[[1.0]]], [None], class_names=["a", "b"]),
            "There are 2 class names and 1 output",
        ),
    ],
)
def test_data_that_cannot_be_shown_is_named(make: Any, says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        make()
    assert says in str(caught.value)


@pytest.mark.parametrize("name", ["dense-10-7", "dense-flatten-10"])
def test_the_sum_and_the_bias_beside_the_columns_make_z_and_products_say_where_they_nearly_do(name: str) -> None:
    exact = True
    for step in film(name).steps[1:-1]:
        read = texts(step.marks, "en")
        products, bias, z = (
            numbers(read[key])[-1] for key in ("sum[0,0].value", "bias[0,0].value", "equation.total")
        )
        makes = products[0] + bias[0] == pytest.approx(z[0], abs=0.5 * 10 ** -z[1])
        assert ("=" if makes else "≈") in read["equation.total"]
        for row in range(len([key for key in read if key.startswith("p[")])):
            x, w, p = (numbers(read[f"{key}[{row},0].value"])[0] for key in ("x", "w", "p"))
            exact &= x[0] * w[0] == pytest.approx(p[0], abs=0.5 * 10 ** -p[1] + 1e-9)
    assert texts(film(name).steps[1].marks, "en")["sign ="] == ("=" if exact else "≈")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["dense-10-7", "dense-flatten-10"])
def test_the_column_of_products_makes_the_sum_beside_it_or_that_says_nearly(name: str, language: str) -> None:
    said = set()
    for step in film(name, language=language).steps:
        read = texts(step.marks, language)
        if "sum[0,0].value" not in read:
            continue
        (total, decimals), *_ = numbers(read["sum[0,0].value"])
        added = sum(numbers(line)[0][0] for key, line in read.items() if key.startswith("p[") and "value" in key)
        nearly = abs(added - total) > 0.5 * 10**-decimals + 1e-9
        (title,) = (line for key, line in read.items() if key.startswith("sum") and "Σ" in line)
        assert title.startswith("≈") == nearly, (added, total)
        said.add(nearly)
    assert True in said
