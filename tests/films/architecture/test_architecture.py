"""The films of networks print what the summary of the trace says, and everything has its place."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from convista.catalogue import film
from convista.catalogue.architecture import UNET_WINDOW, _block, unet_run, unet_trace, untrained
from convista.catalogue.story import story, story_trace
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.architecture.architecture import architecture
from convista.films.architecture.drawn import called
from convista.films.architecture.residual import BlockStage
from convista.films.stage.marks import Photo, Picture, Words
from convista.films.wording import counted
from convista.language import LANGUAGES, Text
from convista.scenes import EXAMPLE_CLASSES, example_labels
from convista.tracing import trace
from convista.tracing.summary import Layer
from tests.films.reading import assert_laid_out, box_of, numbers, texts

UNITS = {"k": 1e3, "M": 1e6, "G": 1e9}


def count_in(written: str) -> float:
    (value, _), *_ = numbers(written)
    return value * UNITS.get(written[-1], 1)


def assert_counts(written: str, value: int) -> None:
    """A text gives a count to three digits."""
    assert count_in(written) == pytest.approx(value, rel=0.006), (written, value)


def network() -> tuple[nn.Module, Tensor]:
    """Two ways that meet, a shape that is not square, and layers without rows and columns."""

    class Forked(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.stem = nn.Conv2d(5, 8, 3, padding=1)
            self.one = nn.Sequential(nn.Conv2d(8, 8, 3, padding=1), nn.ReLU(), nn.Conv2d(8, 8, 3, padding=1))
            self.pool = nn.AvgPool2d((2, 3))
            self.fc = nn.Linear(8 * 6 * 5, 3)

        def forward(self, x: Tensor) -> Tensor:
            x = self.stem(x)
            return self.fc(self.pool(x + self.one(x)).flatten(1))  # type: ignore[no-any-return]

    return Forked().eval(), torch.randn(1, 5, 12, 15)


def assert_prints_layers(made: Film, layers: tuple[Layer, ...], language: str) -> None:
    """Every step of a layer prints its facts, and the sums so far."""
    for n, (step, layer) in enumerate(zip(made.steps[1:-1], layers, strict=True)):
        read = texts(step.marks, language)
        assert read["fact.layer.name"] == layer.name
        assert read["fact.layer"] == getattr(called(layer), language)
        assert read["fact.output"] == "×".join(map(str, layer.shape))
        for what in ("parameters", "multiply_adds"):
            assert_counts(read[f"fact.{what}"], getattr(layer, what))
            assert_counts(read[f"{what}.sum"], sum(getattr(layer, what) for layer in layers[: n + 1]))
        if layer.field is None:
            assert read["fact.field"] == "–"
        else:
            assert [value for value, _ in numbers(read["fact.field"])] == list(layer.field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_a_users_network_is_the_traces(language: str) -> None:
    traced = trace(*network())
    assert_prints_layers(traced.film(), traced.layers(), language)
    for step in traced.film().steps:
        assert_laid_out(step.marks, language)


def test_the_reader_notices_a_wrong_count() -> None:
    traced = trace(*network())
    made = traced.film()
    wrong = tuple(
        mark._replace(text=Text("9,99 M", "9.99 M"))
        if isinstance(mark, Words) and mark.key == "fact.parameters"
        else mark
        for mark in made.steps[1].marks
    )
    beat = made.steps[1].beats[-1]._replace(marks=wrong)
    steps = (made.steps[0], made.steps[1]._replace(beats=(beat,)), *made.steps[2:])
    with pytest.raises(AssertionError):
        assert_prints_layers(Film(made.name, made.title, steps), traced.layers(), "en")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["architecture-lenet", "architecture-vgg", "architecture-resnet", "architecture-unet"]
)
def test_the_chapters_networks_have_their_place(name: str, language: str) -> None:
    made = film(name)
    for step in (made.steps[0], made.steps[len(made.steps) // 2], made.steps[-2], made.steps[-1]):
        assert_laid_out(step.marks, language)


def test_shortcuts_are_arcs() -> None:
    def arcs(name: str) -> int:
        return len([m for m in film(name).steps[-1].marks if m.key.startswith("arc.") and m.key.endswith(".head")])

    assert [arcs(f"architecture-{name}") for name in ("vgg", "unet")] == [0, 3]
    traced = untrained("resnet18", 64)
    assert (
        len([m for m in traced.film().steps[-1].marks if m.key.startswith("arc.") and m.key.endswith(".head")])
        == 11
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stages_add_up(language: str) -> None:
    traced = trace(*network())
    made = film("cnn-stages", trace=traced)
    read, layers = texts(made.steps[-1].marks, language), traced.layers()
    border = [len(layer.shape) for layer in layers].index(1)
    for key, some in (("features", layers[:border]), ("decision", layers[border:])):
        parameters, work = read[f"stage.{key}.cost"].split(" · ")
        assert_counts(" ".join(parameters.split()[:-1]), sum(layer.parameters for layer in some))
        assert_counts(
            " ".join(work.split()[: 2 if work.split()[1] in UNITS else 1]),
            sum(layer.multiply_adds or 0 for layer in some),
        )
    for step in (*made.steps, *film("cnn-stages").steps):
        assert_laid_out(step.marks, language)


def test_networks_that_cannot_be_shown_are_refused() -> None:
    with pytest.raises(ConvistaError, match="The network has 0 layers, and 1 to 40 can be drawn"):
        architecture((), (3, 8, 8))
    with pytest.raises(ConvistaError, match="does not have two stages"):
        film("cnn-stages", trace=trace(nn.Conv2d(3, 2, 1), torch.zeros(1, 3, 8, 8)))


def test_counts_have_three_digits() -> None:
    assert [counted(n).es for n in (0, 7, 999, 36_992, 352_800, 11_181_642, 1_813_566_464)] == [
        "0", "7", "999", "37,0 k", "353 k", "11,2 M", "1,81 G",
    ]  # fmt: skip


def test_layers_that_have_as_much_are_not_hidden_behind_one_name() -> None:
    captions = {name: film(f"architecture-{name}").steps[-1].caption for name in ("lenet", "vgg")}
    assert captions["lenet"].en == (
        "Most parameters: layer 6, dense, 120 neurons. Most work: layer 1, convolution 5×5, 6 filters. "
        "Size is not cost."
    )
    assert "Most work: layer 6, convolution 3×3, 256 filters, and another as large." in captions["vgg"].en
    same = nn.Sequential(nn.Linear(6, 6), nn.Linear(6, 6), nn.Linear(6, 6))
    made = architecture(trace(same, torch.ones(1, 6)).layers(), (6,))
    assert made.steps[-1].caption == Text(
        "Más parámetros, y también más trabajo: la capa 1, densa de 6 neuronas, y otras 2 iguales.",
        "Most parameters, and most work too: layer 1, dense, 6 neurons, and 2 others as large.",
    )


CODE = re.compile(r"[a-z]+\d*\.\d|#\d|_|\d[dD]\b")


def test_nothing_is_called_as_in_the_code() -> None:
    for name in ("cnn-stages", *(f"architecture-{each}" for each in ("lenet", "vgg", "resnet", "unet"))):
        made = film(name)
        said = [text for step in made.steps for text in step.caption]
        said += [text for mark in made.marks() if isinstance(mark, Words) for text in mark.text]
        assert not [text for text in said if CODE.search(text)]
    assert CODE.search("cat#4 features.8")
    assert CODE.search("max_pool2d")


def test_the_cards_show_the_values() -> None:
    """Each map of a layer has a card, and its colours are those of its values on one scale."""
    traced = story_trace()
    made = film("cnn-stages")
    last = {mark.key: mark for mark in made.steps[-1].marks if isinstance(mark, Picture)}
    values = [traced[name].output[0].double().numpy() for name in ("relu1", "pool1", "relu2")]
    every = [
        traced[name].output[0].abs().max() for name in ("conv1", "conv2", "pool2", "dense1", "dense2", "dense3")
    ]
    full = float(max(every))
    for n, maps in enumerate(values, 1):
        cards = [last[f"block.{n}.face"], *(last[f"block.{n}.{card}"] for card in range(1, len(maps)))]
        assert len(cards) == len(maps)
        for card, each in zip(cards, maps, strict=True):
            levels = np.frombuffer(card.levels, np.int8).reshape(each.shape)
            np.testing.assert_allclose(levels, each / full * 126, atol=0.51)
    answers = texts(made.steps[-1].marks, "en")
    said = [count_in(answers[f"answer.{n}.share"]) for n in range(3)]
    assert said == pytest.approx(story().probabilities.tolist(), abs=0.005)


def test_values_that_were_not_kept_leave_empty_cards() -> None:
    layers = trace(*network()).layers()
    made = architecture(layers, (5, 12, 15), values=[None] * (len(layers) + 1))
    assert not [mark for mark in made.marks() if isinstance(mark, Picture)]


def test_the_u_ends_with_the_map_of_its_run() -> None:
    """The map is what the run says of each pixel, and most of it is what its labels say."""
    answer = next(mark for mark in film("architecture-unet").steps[-1].marks if mark.key == "answer")
    assert isinstance(answer, Photo)
    seen = np.frombuffer(answer.pixels, np.uint8).reshape(64, 64, 3)
    said = unet_run().task.answers(unet_trace().output)[0].argmax(0).numpy()
    np.testing.assert_array_equal(seen, np.array([each.colour for each in EXAMPLE_CLASSES], np.uint8)[said])
    labels = example_labels().read(UNET_WINDOW).filled()
    assert (np.array([each.value for each in EXAMPLE_CLASSES])[said] == labels).mean() > 0.95
    assert "98" in film("architecture-unet").steps[-1].caption.en
    assert unet_run().record["report"]["accuracy"] == pytest.approx(0.98, abs=0.005)


def test_smaller_maps_stand_lower_in_the_u() -> None:
    marks = {mark.key: mark for mark in film("architecture-unet").steps[0].marks}
    tops = [box_of(marks[f"block.{n}.face"], "en") for n in range(19)]
    assert tops[7].top > tops[5].bottom > tops[3].top > tops[1].top
    assert tops[1].bottom == pytest.approx(tops[18].bottom)
    assert tops[1].height == pytest.approx(2 * tops[2].height)


def test_a_callers_own_u_is_shown_layer_by_layer() -> None:
    assert film("architecture-unet", trace=trace(*network())).steps[1].caption.en.startswith("Layer 1, convolution")


def test_a_block_of_the_resnet_adds_what_comes_over_its_arc() -> None:
    traced = untrained("resnet18", 64)
    for number in range(1, 5):
        block = _block(traced, number)
        over = block.x if block.shortcut is None else block.shortcut
        assert (block.shortcut is None) == (number == 1)
        np.testing.assert_allclose(np.maximum(block.second + over, 0), block.result, atol=1e-5)
        assert block.blocks == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opened_block_has_its_place(language: str) -> None:
    traced = untrained("resnet18", 64)
    for number in (1, 2):
        inside = BlockStage(_block(traced, number))
        for done in range(5):
            assert_laid_out(inside.at(done), language)
        keys = {mark.key for mark in inside.at(4)}
        assert ("open.shortcut.face" in keys) == (number == 2)
