"""Chains: nothing is made before what it reads, and every number is its explanation's."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.conv.chain import IMAGE, KERNELS
from convista.films.conv.chain_order import Chain
from convista.films.stage.marks import Box, Mark, Picture, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from tests.films.reading import assert_laid_out, assert_prints, texts

RANDOM = np.random.default_rng(5)
DRAWN: dict[str, Any] = {"image": RANDOM.normal(size=(5, 6)), "kernels": RANDOM.normal(size=(2, 2, 2))}
OPENING, CLOSING = 1, 1
"""Steps before the first value and after the last."""
LARGE: dict[str, Any] = {"image": RANDOM.normal(size=(48, 64)), "kernels": RANDOM.normal(size=(3, 3, 3))}


def chain_of(data: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the image, (1, rows, columns), and the filters of each layer."""
    kernels = data.get("kernels", KERNELS)
    return np.asarray(data.get("image", IMAGE), float)[None], [np.asarray(k, float)[None, None] for k in kernels]


def assert_step_prints(marks: tuple[Mark, ...], language: str, image: Any, filters: list[Any], number: int) -> None:
    """The stage has the values of the first events and no others, each as explained from the layer before."""
    chain, read = Chain(image, filters), texts(marks, language)
    cells = {mark.key for mark in marks if isinstance(mark, Rectangle)}
    below = image[None]
    for layer, weight in enumerate(filters, 1):
        made = {event.at for event in chain.events[: number + 1] if event.layer == layer}
        for i, j in np.ndindex(chain.values[layer].shape[1:]):
            key = f"layer{layer}[{i},{j}]"
            assert key in cells
            if (i, j) not in made:
                assert f"{key}.value" not in read
            else:
                assert_prints(read[f"{key}.value"], Conv().explain((0, 0, i, j), below, weight).value)
        below = Conv().value(below, weight)
    event = chain.events[number]
    if "equation.total" in read:
        below = chain.values[event.layer - 1][None]
        explained = Conv().explain((0, 0, *event.at), below, filters[event.layer - 1])
        assert_prints(read["equation.total"], explained.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [{}, DRAWN], ids=["chapter", "drawn"])
def test_every_number_is_the_explanations_and_has_its_place(data: dict[str, Any], language: str) -> None:
    made = film("conv-chain", language=language, **data)
    image, filters = chain_of(data)
    shown = Chain(image, filters).shown
    assert len(made.steps) == OPENING + len(shown) + CLOSING
    for n in {0, len(shown) // 2, len(shown) - 1}:
        marks = made.steps[OPENING + n].marks
        assert_step_prints(marks, language, image, filters, shown[n])
        assert ("equation.total" in texts(marks, language)) == (n != len(shown) // 2)
    for n in {0, 1, len(shown) // 2, len(shown), len(shown) + 1}:
        assert_laid_out(made.picture(n).marks, language)


def test_nothing_is_made_before_what_it_reads_and_nothing_later_than_it_can_be() -> None:
    chain = Chain(np.zeros((1, 9, 8)), [np.zeros((1, 1, 3, 2)), np.zeros((1, 1, 2, 3)), np.zeros((1, 1, 2, 2))])
    when = {event: n for n, event in enumerate(chain.events)}
    assert len(when) == sum(values[0].size for values in chain.values[1:])
    for event, n in when.items():
        if event.layer > 1:
            assert max(when[read] for read in chain.reads(event)) == n - 1


def test_the_captions_say_what_is_waited_for() -> None:
    captions = [step.caption for step in film("conv-chain").steps[OPENING:]]
    assert "O2[1,1] still waits: of the 9 values that it reads 2 exist" in captions[1].en
    assert {caption.en for caption in captions[2:12]} == {
        "O1 grows value by value. O2[1,1] waits until all 9 values that it reads exist."
    }
    assert "with it all values (9 of 9) that O2[1,1] reads" in captions[12].en
    assert "O2 could not start before: O1[3,3], the last of the 9 values of O1" in captions[13].en
    assert "O2 no podía empezar antes: O1[3,3]" in captions[13].es
    assert {caption.en.partition(":")[0] for caption in captions[14:33]} == {"The layers grow together"}
    assert "now O2[3,3] can be made" in captions[33].en
    assert "the result is the same: O3[1,1] depends on 49 of the 49 pixels" in captions[-1].en


def test_a_chain_of_one_layer_goes_on_by_itself() -> None:
    captions = [step.caption.en for step in film("conv-chain", kernels=[np.ones((3, 3))]).steps]
    assert "O2" not in "".join(captions)
    assert "The same weights go on over other pixels" in captions[OPENING + 2]


def test_large_chains_are_maps_and_stop_where_layers_begin_and_end() -> None:
    made = film("conv-chain", **LARGE)
    assert len(made.steps) <= 12 + OPENING + CLOSING
    marks = {mark.key: mark for mark in made.steps[-1].marks}
    assert all(isinstance(marks[f"layer{layer}"], Picture) for layer in range(4))
    for n in (0, 4, len(made.steps) - 1):
        assert_laid_out(made.picture(n).marks, "en")


def test_the_reader_notices_a_value_made_too_early() -> None:
    steps = film("conv-chain").steps[OPENING:]
    stray = Words("layer2[0,0].value", (500.0, 300.0), Text("0", "0"), 12)
    image, filters = chain_of({})
    with pytest.raises(AssertionError):
        assert_step_prints((*steps[3].marks, stray), "en", image, filters, 3)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("conv-chain", {"kernels": []}, "The chain has 0 layers. Give 1 to 4"),
        ("conv-chain", {"image": np.ones((4, 4))}, "The kernel spans 3 elements and the padded input has 2"),
        ("conv-chain", {"kernels": [np.ones(3)]}, "kernels[0] has shape (3,); a matrix is needed"),
    ],
)
def test_data_that_cannot_be_shown_is_named(name: str, data: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film(name, **data)
    assert says in str(caught.value)


def test_every_value_that_a_caption_names_is_marked() -> None:
    chain = Chain(*chain_of({}))
    for n, step in enumerate(film("conv-chain").steps[OPENING + 1 : -CLOSING], 1):
        marks = {mark.key: mark for mark in step.marks}
        made, named = chain.events[n], re.findall(r"O(\d)\[(\d),(\d)\]", step.caption.en)
        for layer, i, j in {tuple(map(int, one)) for one in named} - {(made.layer, made.at[0] + 1, made.at[1] + 1)}:
            cell, outline = marks[f"layer{layer}[{i - 1},{j - 1}]"], marks["named"]
            assert isinstance(cell, Rectangle)
            assert isinstance(outline, Rectangle)
            assert outline.box == cell.box.grown(1), step.caption
            waits = not any(event == (layer, (i - 1, j - 1)) for event in chain.events[: n + 1])
            assert ("named.reads" in marks) == waits, step.caption


def test_what_a_value_waits_for_is_framed() -> None:
    marks = {mark.key: mark for mark in film("conv-chain").steps[OPENING + 1].marks}
    first, last, frame = (marks[key] for key in ("layer1[0,0]", "layer1[2,2]", "named.reads"))
    assert isinstance(first, Rectangle)
    assert isinstance(last, Rectangle)
    assert isinstance(frame, Rectangle)
    assert frame.box == pytest.approx(Box(*first.box[:2], *last.box[2:]).grown(1))


def test_at_the_end_all_that_the_last_value_depends_on_is_framed() -> None:
    made = film("conv-chain", image=np.arange(36.0).reshape(6, 6), kernels=[np.ones((2, 2)), np.ones((3, 2))])
    marks = {mark.key: mark for mark in made.steps[-1].marks}
    for layer, (first, last) in enumerate([((2, 3), (5, 5)), ((2, 3), (4, 4)), ((2, 3), (2, 3))]):
        frame, start, end = (
            marks[key] for key in (f"depends{layer}", *(f"layer{layer}[{r},{c}]" for r, c in (first, last)))
        )
        assert isinstance(frame, Rectangle)
        assert isinstance(start, Rectangle)
        assert isinstance(end, Rectangle)
        assert frame.box == pytest.approx((*start.box[:2], *end.box[2:]))
