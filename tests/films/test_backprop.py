"""The films of backpropagation print the gradients that torch computed, and say how each came about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import pytest
import torch
from torch import nn

from convista.catalogue import film
from convista.catalogue.backprop import passages
from convista.catalogue.story import CHANNEL, story_trace
from convista.errors import ConvistaError
from convista.films import Film, Step
from convista.films.backprop.conv import backprop_conv_film
from convista.films.backprop.dense import backprop_dense_film
from convista.films.backprop.flow import backprop_flow_film
from convista.films.stage.marks import Circle, Formula, Mark, Polyline, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.tracing import Trace, trace
from tests.films.reading import assert_laid_out, assert_prints, numbers, texts

NAMES = ("backprop-flow", "backprop-dense", "backprop-conv")


def gradient(run: Trace, parameter: str) -> Array:
    values: Array = run.parameter_gradients[parameter].double().numpy()
    return values


def assert_cells(marks: Sequence[Mark], key: str, values: Array, language: str = "en") -> None:
    """Every number of a table that is shown is the array's; there is at least one."""
    found = 0
    for name, line in texts(marks, language).items():
        if name.startswith(f"{key}[") and name.endswith(".value"):
            row, column = (int(n) for n in name[len(key) + 1 :].partition("]")[0].split(","))
            assert_prints(line, values[row, column])
            found += 1
    assert found, key


def steps_of(steps: Sequence[Step], words: str) -> list[Step]:
    return [step for step in steps if words in step.caption.en]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dense_layers_gradients_are_torchs(language: str) -> None:
    run, steps = story_trace(), film("backprop-dense").steps
    (third,), (second, _) = steps_of(steps, "Each weight's gradient is"), steps_of(steps, "does the same here")
    assert_cells(third.marks, "dW", gradient(run, "dense3.weight"), language)
    for step, layer in ((third, 3), (second, 2)):
        delta = run[f"dense{layer}"].gradient
        assert delta is not None
        assert_cells(step.marks, "delta", delta[0].double().numpy()[:, None], language)
    error = run["relu4"].gradient
    assert error is not None
    (heard,), (gated, _) = steps_of(steps, "goes back by the same"), steps_of(steps, "is a gate")
    assert_cells(heard.marks, "back", error.double().numpy(), language)
    before = run["dense2"].gradient
    assert before is not None
    assert_cells(gated.marks, "gated", before.double().numpy(), language)
    for i, beat in enumerate(heard.beats[1:]):
        line = texts(beat.marks, language)["equation.worked"]
        assert_prints(re.split("[=≈]", line)[-1], float(error[0, i]))


def test_one_weight_moves_against_its_gradient_as_torchs_sgd_does() -> None:
    run = story_trace()
    marks = film("backprop-dense", rate=0.5).steps[-1].marks
    name, line = ({mark.key: mark for mark in marks}[f"equation.{key}"] for key in ("name", "worked"))
    assert isinstance(name, Formula)
    assert isinstance(line, Words)
    j, i = (int(number) - 1 for number in re.findall("[0-9]+", name.tex.en.partition("[")[2].partition("]")[0]))
    parameter = nn.Parameter(run["dense3"].operands["weight"].value.clone())
    parameter.grad = run.parameter_gradients["dense3.weight"].clone()
    torch.optim.SGD([parameter], lr=0.5).step()
    assert_prints(re.split("[=≈]", line.text.en)[-1], parameter[j, i].item())
    assert abs(run.parameter_gradients["dense3.weight"]).max() == abs(
        run.parameter_gradients["dense3.weight"][j, i]
    )


def small_run() -> Trace:
    """Return a run whose maps are small enough for every number of them to be written."""
    torch.manual_seed(2)
    layers = nn.Sequential(nn.Conv2d(2, 2, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(18, 3))
    return trace(layers, torch.randn(1, 2, 8, 8), 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_error_of_every_place_is_torchs(language: str) -> None:
    run = small_run()
    steps = film("backprop-conv", trace=run, channel=1).steps
    for step, key, layer in zip(steps, ("pooled", "routed", "delta"), ("2", "1", "0"), strict=False):
        error = run[layer].gradient
        assert error is not None
        assert_cells(step.marks, key, error[0, 1].double().numpy(), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", [True, False])
def test_the_kernels_gradient_is_torchs(own: bool, language: str) -> None:
    run, channel = (small_run(), 1) if own else (story_trace(), CHANNEL)
    steps = film("backprop-conv", trace=run, channel=channel).steps if own else film("backprop-conv").steps
    whole = gradient(run, "0.weight" if own else "conv1.weight")[channel]
    band = int(np.abs(whole).reshape(len(whole), -1).sum(1).argmax())
    assert_cells(steps[-1].marks, "dK", whole[band], language)
    for n, step in enumerate(steps[3:12]):
        assert_prints(texts(step.marks, language)["equation.total"], whole[band].ravel()[n])
        *_, products = texts(step.marks, language)["equation.products"].partition("=")
        pairs = [number for number, _ in numbers(products)]
        if pairs[1:]:  # of many products only how many there are is written
            total = sum(a * b for a, b in zip(pairs[::2], pairs[1::2], strict=True))
            assert total == pytest.approx(whole[band].ravel()[n], abs=0.05)


def test_a_shared_weight_hears_every_error_and_the_pixel_that_it_met_there() -> None:
    run, steps = story_trace(), film("backprop-conv").steps
    errors = run["conv1"].gradient
    assert errors is not None
    places = torch.nonzero(errors[0, CHANNEL]).tolist()
    for n, (u, v) in enumerate(np.ndindex(3, 3)):
        (born,) = (beat.born_from for beat in steps[3 + n].beats if beat.born_from)
        heard = {f"error[{r},{c}].value" for r, c in places}
        met = {f"image[{r + u},{c + v}].value" for r, c in places}
        assert set(born[f"dK[{u},{v}].value"]) == heard | met


def test_the_reader_notices_a_wrong_gradient() -> None:
    marks = list(film("backprop-conv").steps[-1].marks)
    at = next(n for n, mark in enumerate(marks) if mark.key == "dK[1,1].value")
    words = marks[at]
    assert isinstance(words, Words)
    marks[at] = words._replace(text=Text("0.99", "0.99"))
    with pytest.raises(AssertionError):
        assert_cells(marks, "dK", gradient(story_trace(), "conv1.weight")[CHANNEL, 3])


def lines(marks: Sequence[Mark], colour: str) -> dict[str, float]:
    """Return how thick each line of a colour is."""
    links = (mark for mark in marks if isinstance(mark, Polyline) and mark.key.startswith("link"))
    return {line.key: line.width for line in links if line.colour == colour}


def test_the_flow_goes_there_in_yellow_and_back_in_red_along_the_same_lines() -> None:
    steps = film("backprop-flow").steps
    colours = [{colour for colour in ("window", "backward") if lines(step.marks, colour)} for step in steps]
    forward, back = {"window"}, {"backward"}
    assert colours == [set(), forward, forward, forward, set(), back, back, back, back, *[set()] * 4]
    assert lines(steps[1].marks, "window").keys() == lines(steps[7].marks, "backward").keys()


def test_a_line_is_as_thick_as_its_share_of_the_blame() -> None:
    run, steps = story_trace(), film("backprop-flow").steps
    for step, layer in ((5, 3), (6, 2), (7, 1)):
        record = run[f"dense{layer}"]
        upstream = record.gradient
        assert upstream is not None
        drawn = lines(steps[step].marks, "backward")
        shares = {}
        for i in range(record.arrays()["x"].shape[1]):
            explained = record.definition.explain_gradient(
                "x", (0, i), upstream.double().numpy(), **record.arrays()
            )
            for j, term in enumerate(explained.terms):
                shares[f"link{layer - 1}[{j},{i}]"] = abs(term.value * (term.factor or 0.0))
        most = max(shares.values())
        assert drawn == {key: pytest.approx(0.6 + 2.0 * share / most, abs=0.051) for key, share in shares.items()}


def test_what_runs_along_a_line_travels_from_end_to_end() -> None:
    start, end = (beat.marks for beat in film("backprop-flow").steps[5].beats)
    there, here = (
        {m.key: m for m in marks if isinstance(m, Circle) and m.key.startswith("pulse")} for marks in (start, end)
    )
    assert there.keys() == here.keys()
    assert there
    assert all(there[key].centre[0] > here[key].centre[0] + 50 for key in there)


@pytest.mark.parametrize("own", [True, False])
def test_the_film_without_numbers_has_none(own: bool) -> None:
    made = film("backprop-flow") if own else film("backprop-flow", trace=other_run())
    for step in made.steps:
        words = [*step.caption, *(line for mark in step.marks if isinstance(mark, Words) for line in mark.text)]
        assert not any(re.search("[0-9]", line) for line in words), words


def test_every_place_of_the_map_is_heard_by_each_shared_weight() -> None:
    run, beats = story_trace(), film("backprop-flow").steps[-2].beats
    errors = run["conv1"].gradient
    assert errors is not None
    channel = int(errors[0].abs().sum((1, 2)).argmax())
    places = {f"delta[{r},{c}]" for r, c in torch.nonzero(errors[0, channel]).tolist()}
    kernel = {f"dK[{r},{c}]" for r, c in np.ndindex(3, 3)}
    assert {key: set(sources) for beat in beats for key, sources in beat.born_from.items()} == dict.fromkeys(
        kernel, places
    )


def other_run() -> Trace:
    torch.manual_seed(3)
    layers = nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1, stride=2), nn.ReLU(), nn.MaxPool2d(3, 2, 1), nn.Flatten(), nn.Linear(100, 30),
        nn.ReLU(), nn.Linear(30, 5),
    )  # fmt: skip
    return trace(layers, torch.randn(1, 3, 20, 20), 4)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps_or_leaves_the_margin(name: str, own: bool, language: str) -> None:
    made = film(name, language=language) if own else film(name, language=language, trace=other_run())
    for n, step in enumerate(made.steps):
        assert_laid_out(made.picture(n).marks, language)
        assert_laid_out(step.beats[0].marks, language)


def test_runs_that_cannot_be_shown_are_named() -> None:
    run = passages(story_trace())
    batch = trace(nn.Sequential(nn.Flatten(), nn.Linear(4, 2)), torch.randn(3, 1, 2, 2), 1)
    cases: list[tuple[Callable[[], Film], str]] = [
        (lambda: backprop_dense_film(run[:3]), "The film needs cross_entropy, and the run has only: conv2d, relu"),
        (lambda: backprop_conv_film(run[7:]), "The film needs conv2d, and the run has only: dense, relu"),
        (lambda: backprop_conv_film([run[0], *run[6:]]), "no convolution followed by a ReLU and a max-pooling"),
        (lambda: backprop_conv_film(run, channel=4), "no channel 4. The output maps go from 0 to 3"),
        (lambda: backprop_flow_film([run[7], *run[10:]]), "“dense1” and “dense3” do not follow one another"),
        (lambda: backprop_dense_film(passages(batch)), "the film shows one sample"),
        (lambda: backprop_flow_film(passages(batch)), "the film shows one sample"),
    ]
    for make, says in cases:
        with pytest.raises(ConvistaError) as caught:
            make()
        assert says in str(caught.value)
