"""The films of activations print what the definitions say, and their dots lie where the numbers are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.activation.activated import Activated
from convista.films.activation.activation import ACTIVATIONS, EXAMPLE, RIVALS
from convista.films.activation.sweep import activation_film
from convista.films.film import Step
from convista.films.keyframes import stops
from convista.films.registry import OPERATORS_FILMED
from convista.films.stage.marks import Circle, Formula, Mark, Polyline, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.operators.activation import Pointwise
from convista.operators.registry import OPERATORS
from tests.films.examples import recorded
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts
from tests.operators.draw import operator_of

RANDOM = np.random.default_rng(3)
MAPS = {
    "example": np.array(EXAMPLE, float),
    "fractions": np.array([[1.27, -0.64, 3.18], [-1.12, 0, -3.4]]),
    "large": RANDOM.normal(size=(60, 50)) * 4,
    "vector": RANDOM.normal(size=(1, 84)) * 300,
    "small": RANDOM.normal(size=(3, 2)) * 1e-3,
}
FUNCTIONS = [name for name, kind in OPERATORS.items() if kind.__module__ == "convista.operators.activation"]
ATTRIBUTES: dict[str, dict[str, float]] = {
    "leaky_relu": {"alpha": 0.1},
    "elu": {"alpha": 0.7},
    "softplus": {"beta": 2.0, "threshold": 20.0},
}


def defined(name: str) -> Pointwise:
    operator = operator_of(name, ATTRIBUTES.get(name, {}))
    assert isinstance(operator, Pointwise)
    return operator


def made(name: str, x: Array) -> tuple[Film, Activated]:
    operator = defined(name)
    activated = Activated(operator, x, rival=RIVALS.get(type(operator)))
    return activation_film(activated, Text("título", "title"), name), activated


def swept(shown: Film, activated: Activated) -> tuple[Step, ...]:
    """Return the steps of single values: before them comes a question, after them the negatives and the end."""
    after = 1 + bool((activated.x < 0).any())
    return shown.steps[1 : len(shown.steps) - after]


def assert_step_prints(marks: tuple[Mark, ...], language: str, name: str, x: Array, at: tuple[int, int]) -> None:
    """The maps, the equation and the dot of one step are the definition's."""
    read, operator = texts(marks, language), defined(name)
    explained = operator.explain((0, 0, *at), x[None, None])
    slope = operator.explain_gradient("x", (0, 0, *at), np.ones((1, 1, *x.shape)), x[None, None])
    if "raw[0,0].value" in read:
        assert_all_print(read, {f"raw[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(x)}, "raw[")
        done = {(r, c) for r, c in np.ndindex(x.shape) if (r, c) <= at}
        values = {f"made[{r},{c}]": operator.explain((0, 0, r, c), x[None, None]).value for r, c in done}
        assert_all_print(read, values, "made[")
    else:
        top, left = (min(max(i - 1, 0), max(0, n - 3)) for i, n in zip(at, x.shape, strict=True))
        assert_prints(read[f"raw.close[{at[0] - top},{at[1] - left}].value"], explained.terms[0].value)
        assert_prints(read[f"made.close[{at[0] - top},{at[1] - left}].value"], explained.value)
    assert_prints(read["equation.name"], explained.terms[0].value)
    assert_prints(read["equation.total"], explained.value)
    assert_prints(read["equation.slope"], explained.terms[0].value, slope.value)
    assert_prints(read["plot.x"], explained.terms[0].value)
    assert_prints(read["plot.y"], explained.value)
    for plot, value in (("plot", explained.value), ("slope", slope.value)):
        assert value_at(marks, language, plot) == pytest.approx((explained.terms[0].value, value), abs=1e-9)


def value_at(marks: tuple[Mark, ...], language: str, plot: str) -> tuple[float, float]:
    """Read the dot of a plot against the numbers of its axes; both plots share those of x."""
    dot = next(mark for mark in marks if mark.key == f"{plot}.dot")
    assert isinstance(dot, Circle)
    found = []
    for axis, place in (("slope.x", 0), (f"{plot}.y", 1)):
        lines = {m.key: m.points[0][place] for m in marks if isinstance(m, Polyline)}
        ticks = [
            (lines[m.key.removesuffix(".tick")], numbers(getattr(m.text, language))[0][0])
            for m in marks
            if isinstance(m, Words) and m.key.startswith(axis) and m.key.endswith(".tick")
        ]
        (start, low), (end, high) = min(ticks), max(ticks)
        found.append(low + (dot.centre[place] - start) / (end - start) * (high - low))
    return found[0], found[1]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_number_is_the_definitions(name: str) -> None:
    for x in MAPS.values():
        shown, activated = made(name, x)
        for n, (step, at) in enumerate(zip(swept(shown, activated), activated.stops, strict=True)):
            assert_step_prints(step.marks, LANGUAGES[n % 2], name, x, at)


def test_the_reader_notices_one_wrong_number() -> None:
    x = MAPS["example"]
    marks = list(made("tanh", x)[0].steps[4].marks)
    place = next(n for n, mark in enumerate(marks) if mark.key == "made[0,2].value")
    number = marks[place]
    assert isinstance(number, Words)
    marks[place] = number._replace(text=Text("−0,98", "−0.98"))
    with pytest.raises(AssertionError):
        assert_step_prints(tuple(marks), "es", "tanh", x, (0, 3))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["relu", "tanh", "softplus", "gelu_tanh"])
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str) -> None:
    for x in MAPS.values():
        shown = made(name, x)[0].shown(language=language)
        for n in (0, 1, len(shown.steps) - 1):
            assert_laid_out(shown.picture(n).marks, language)
            for beat in shown.steps[n].beats:
                assert_laid_out(beat.marks, language)


def test_both_formulas_of_gelu_and_their_largest_difference_are_shown() -> None:
    x = np.linspace(-4, 4, 20_001)
    largest = np.abs(defined("gelu").value(x) - defined("gelu_tanh").value(x)).max()
    shown = film("activation-gelu", language="es")
    for step, at in zip(shown.steps[1:-2], stops(MAPS["example"]), strict=True):
        read = texts(step.marks, "es")
        one = np.array([MAPS["example"][at]])
        assert_prints(read["equation.rival"], float(defined("gelu_tanh").value(one)[0]))
        assert read["equation.total.label"] == "exacta, por erf"
    end = shown.steps[-1].marks
    assert numbers(texts(end, "es")["under.name"])[0][0] == pytest.approx(largest, abs=5e-6)
    assert {"formula", "formula.rival"} <= {mark.key for mark in end if isinstance(mark, Formula)}
    exact, rival = (
        [mark.points for mark in end if isinstance(mark, Polyline) and mark.key.startswith(key)]
        for key in ("plot.curve", "plot.rival")
    )
    assert exact
    assert exact != rival
    assert "difieren en 0,00047 como mucho" in shown.steps[-1].caption.es


def test_captions_say_what_happens_to_the_value_and_to_its_gradient() -> None:
    steps = film("activation-relu").steps
    assert "What does ReLU do" in steps[0].caption.en
    assert "0 becomes 0, and with slope 0 no gradient comes back" in steps[2].caption.en
    assert {step.caption for step in steps[3:-4]} == {steps[3].caption}
    assert "de x se sube a la curva" in steps[3].caption.es
    assert "10 passes unchanged" in steps[-4].caption.en
    assert "−18 becomes 0" in steps[-3].caption.en
    assert "All 8 values are 0 now: what they said is gone" in steps[-2].caption.en
    assert "9 of 16 values are 0 now" in steps[-1].caption.en
    assert "Iban de −18 a −2; ahora van de −1,80 a −0,20." in film("activation-leaky-relu").steps[-2].caption.es
    assert "nunca pasa de 0,25" in film("activation-sigmoid").steps[-1].caption.es
    assert "−α = −2" in film("activation-elu", alpha=2).steps[-1].caption.en
    large = made("silu", MAPS["large"])[0]
    assert "The film stops at 8 of its 3000 values" in large.steps[1].caption.en


def test_missing_and_infinite_values_are_drawn_as_such() -> None:
    shown = film("activation-relu", x=[[1.0, np.nan, -np.inf, np.inf]])
    read = texts(shown.steps[2].marks, "en")
    assert read["raw[0,1].value"] == read["made[0,1].value"] == "NaN"
    assert not any(mark.key == "plot.dot" for mark in shown.steps[2].marks)
    assert "missing" in shown.steps[2].caption.en
    assert texts(shown.steps[4].marks, "en")["made[0,3].value"] == "∞"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_traced_activation_is_shown_as_its_map_is(name: str) -> None:
    x = np.stack([np.zeros((4, 4)), MAPS["example"]])[None]
    record = recorded(name, {"x": x}, ATTRIBUTES.get(name), "act")
    read = texts(film_of(record, channel=1, language="es").steps[-1].marks, "es")
    assert read.pop("title").startswith("act, mapa 1: ")
    direct = texts(made(name, MAPS["example"])[0].steps[-1].marks, "es")
    assert read == {key: line for key, line in direct.items() if key != "title"}


def test_every_activation_with_a_definition_has_a_film() -> None:
    assert set(FUNCTIONS) == set(ACTIVATIONS)
    assert set(ACTIVATIONS) <= set(OPERATORS_FILMED)


@pytest.mark.parametrize("weight", [[0.25], [0.5, -0.125]])
def test_prelu_is_shown_with_the_slope_of_its_channel(weight: list[float]) -> None:
    x = np.stack([np.zeros((4, 4)), MAPS["example"]])[None]
    arrays = {"x": x, "weight": np.array(weight)}
    record = recorded("prelu", arrays, name="act")
    shown = film_of(record, channel=1, language="en")
    read, alpha = texts(shown.steps[-1].marks, "en"), weight[-1]
    assert_all_print(
        read, {f"made[{r},{c}]": v if v > 0 else alpha * v for (r, c), v in np.ndenumerate(x[0, 1])}, "made["
    )
    assert numbers(read["title"])[-1][0] == alpha


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"x": np.zeros((0, 3))}, "x has shape (0, 3); a matrix is needed"),
        ({"x": np.zeros((2, 3, 4))}, "x has shape (2, 3, 4)"),
        ({"x": np.zeros((1, 3, 4, 4, 4))}, "x has shape (1, 3, 4, 4, 4)"),
        ({"alpha": 1}, "does not take alpha. It takes: x, title"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("activation-relu", **give)
    assert says in str(caught.value)


@pytest.mark.parametrize("operator", ["relu", "prelu"])
def test_a_channel_that_a_record_lacks_is_named(operator: str) -> None:
    arrays = {"x": np.zeros((1, 2, 3, 3)), "weight": np.ones(1)}
    record = recorded(operator, arrays, name="act")
    with pytest.raises(ConvistaError, match=r"no channel 2\. The output maps go from 0 to 1"):
        film_of(record, channel=2)
    arrays["x"] = np.zeros((2, 2, 3, 3, 3))
    with pytest.raises(ConvistaError, match=r"x has shape \(1, 2, 3, 3, 3\)"):
        film_of(record)


def test_a_relu_that_changes_nothing_silences_no_unit() -> None:
    for x, says in (([[1.0, 2.0]], "None of the 2 values is 0 now"), ([[1.0, -2.0]], "1 of 2 values is 0 now")):
        assert film("activation-relu", x=x).steps[-1].caption.en.startswith(says)
