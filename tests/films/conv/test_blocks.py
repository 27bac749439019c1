"""Convolution in perspective prints what the explanations say, on slabs with numbers and through the window."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL
from convista.films.conv.sizes import same_paddings
from convista.films.film import Step
from convista.films.keyframes import slowly, stops
from convista.films.stage.marks import Box, Picture, Polygon, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from convista.operators.sliding import Padding
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, texts

FILMS = ["conv3d-valid-s1", "conv3d-same-s1", "conv3d-valid-s2", "conv3d-same-s2"]
OPENING, CLOSING = 1, 1
"""Steps before the first value and after the last."""
IMAGE, KERNEL = np.array(EXAMPLE_IMAGE, float), np.array(EXAMPLE_KERNEL, float)
DATA: dict[str, dict[str, Any]] = {
    "chapter": {},
    "dilated": {"dilation": 2},
    "drawn": {"image": np.random.default_rng(0).normal(size=(4, 5)), "kernel": -KERNEL / 4},
    "large": {"image": np.random.default_rng(1).normal(size=(40, 64)), "kernel": -KERNEL / 4},
    "missing": {"image": np.where(np.eye(6) == 1, np.nan, IMAGE)},
}


def given(name: str, data: dict[str, Any]) -> tuple[Any, Any, dict[str, Any]]:
    image, kernel = data.get("image", IMAGE), data.get("kernel", KERNEL)
    stride, dilation = (int(name[-1]),) * 2, (data.get("dilation", 1),) * 2
    padding: Padding = ((0, 0), (0, 0))
    if "same" in name:
        (padding,) = same_paddings(image.shape, kernel.shape, stride, dilation, "both").values()
    return image[None, None], kernel[None, None], {"stride": stride, "padding": padding, "dilation": dilation}


def assert_step_prints(step: Step, language: str, name: str, data: dict[str, Any], n: int) -> None:
    """The block, the equation and the output are the explanations'; in the fast middle only weights and output."""
    x, weight, attributes = given(name, data)
    made = Conv(**attributes).value(x, weight)[0, 0]
    places = stops(made)
    explained = Conv(**attributes).explain((0, 0, *places[n]), x, weight)
    read = texts(step.marks, language)
    terms = {t.factor_index[2:]: t.value for t in explained.terms if t.factor_index is not None}
    for u, v in np.ndindex(weight.shape[2:]):
        assert_prints(read[f"kernel[{u},{v}].weight"], weight[0, 0, u, v])
    values = {f"kernel[{u},{v}]": terms.get((u, v), 0.0) for u, v in np.ndindex(weight.shape[2:])}
    values = values if slowly(n, len(places)) else {}
    finite = {key: value for key, value in values.items() if np.isfinite(value)}
    assert_all_print({k: v for k, v in read.items() if v != "NaN"}, finite, "kernel[")
    assert sum(read[f"{key}.value"] == "NaN" for key in values) == len(values) - len(finite)
    if not values:
        assert "equation.total" not in read
    elif np.isfinite(explained.value):
        assert_prints(read["equation.total"], explained.value)
    else:
        assert read["equation.total"] == "NaN"
    for i, j in places[: n + 1]:
        value = Conv(**attributes).explain((0, 0, i, j), x, weight).value
        if f"output[{i},{j}].value" in read and np.isfinite(value):
            assert_prints(read[f"output[{i},{j}].value"], value)
    assert f"output[{places[-1][0]},{places[-1][1]}].value" not in read or n == len(places) - 1


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", DATA)
@pytest.mark.parametrize("name", FILMS)
def test_every_number_is_the_explanations_and_has_its_place(name: str, which: str, language: str) -> None:
    made = film(name, language=language, **DATA[which])
    values = made.steps[OPENING:-CLOSING]
    for n in {0, len(values) // 2, len(values) - 1}:
        assert_step_prints(values[n], language, name, DATA[which], n)
    for n in {0, 1, len(made.steps) // 2, len(made.steps) - 2, len(made.steps) - 1}:
        assert_laid_out(upright(made.picture(n).marks), language)


def upright(marks: Any) -> list[Any]:
    """Return what must not overlap: a cell whose number is not shown may lie behind something."""
    numbers = {mark.key for mark in marks}
    return [
        mark
        for mark in marks
        if not (isinstance(mark, Rectangle) and mark.key.startswith(("input[", "output")))
        or f"{mark.key}.value" in numbers
    ]


def test_the_reader_notices_a_wrong_value_under_the_kernel() -> None:
    step = film("conv3d-valid-s1").steps[OPENING + 1]
    marks = tuple(
        m._replace(text=Text("7", "7")) if isinstance(m, Words) and m.key == "kernel[1,1].value" else m
        for m in step.marks
    )
    with pytest.raises(AssertionError):
        assert_step_prints(
            Step(step.caption, (step.beats[-1]._replace(marks=marks),)), "en", "conv3d-valid-s1", {}, 1
        )


def test_the_block_lies_over_the_cells_that_it_reads_and_hides_no_other_number() -> None:
    marks = film("conv3d-valid-s1").steps[OPENING + 5].marks
    cells = {m.key: m.box for m in marks if isinstance(m, Rectangle)}
    assert cells["kernel[0,0]"] == cells["input[1,1]"]
    assert cells["kernel[2,2]"] == cells["input[3,3]"]
    hidden = {key for key in cells if key.startswith("input[") and f"{key}.value" not in texts(marks, "en")}
    assert hidden == {f"input[{r},{c}]" for r in (1, 2, 3) for c in (1, 2, 3)}


def test_a_dilated_kernel_is_a_block_for_each_cell() -> None:
    marks = film("conv3d-valid-s1", dilation=2).steps[OPENING].marks
    cells = {m.key: m.box for m in marks if isinstance(m, Rectangle)}
    assert cells["kernel[1,2]"] == cells["input[2,4]"]
    assert len([m for m in marks if isinstance(m, Polygon) and m.key.startswith("kernel[")]) == 18


def test_what_is_nearer_is_drawn_later() -> None:
    keys = [mark.key for mark in film("conv3d-valid-s1").steps[OPENING].marks]
    order = [keys.index(key) for key in ("ray.upper", "output.side", "input.side", "input[0,0]", "kernel.side")]
    assert order == sorted(order)


def test_large_maps_are_maps_with_the_window_between_them() -> None:
    made = film("conv3d-same-s1", **DATA["large"])
    marks = {mark.key: mark for mark in made.steps[-1 - CLOSING].marks}
    assert isinstance(marks["input"], Picture)
    assert isinstance(marks["output"], Picture)
    assert "visits 2560 positions. 8 of them are shown" in made.steps[OPENING + 3].caption.en
    assert "visits 2560 positions and stops here at 8" in made.steps[-2 - CLOSING].caption.en


def test_data_that_cannot_be_shown_is_named() -> None:
    with pytest.raises(ConvistaError, match="image has shape \\(1, 2, 3\\); a matrix is needed"):
        film("conv3d-valid-s1", image=np.zeros((1, 2, 3)))
    with pytest.raises(ConvistaError, match="no convention of “same” named “left”"):
        film("conv3d-same-s2", convention="left")


def test_from_the_front_the_output_is_hidden_behind_the_input_and_the_camera_brings_it_out() -> None:
    front, aside = (list(beat.marks) for beat in film("conv3d-same-s1").steps[0].beats)
    keys = [mark.key for mark in front]
    boxes = {mark.key: mark.box for mark in front if isinstance(mark, Rectangle)}
    assert keys.index("output[0,0]") < keys.index("input[0,0]")
    whole = Box(*boxes["input[0,0]"][:2], *boxes["input[7,7]"][2:])
    for i, j in np.ndindex(6, 6):
        cell = boxes[f"output[{i},{j}]"]
        assert whole.left < cell.left < cell.right < whole.right
        assert whole.top < cell.top < cell.bottom < whole.bottom
    beside = {mark.key: mark.box for mark in aside if isinstance(mark, Rectangle)}
    assert beside["output[0,0]"].left > beside["input[0,7]"].right
    assert beside["output[0,0]"].width == pytest.approx(boxes["output[0,0]"].width), "as deep as before"


def test_depth_counts_channels_the_maps_of_other_filters_stand_behind() -> None:
    read = texts(film("conv3d-valid-s1").steps[-1].marks, "en")
    shown = {key: line for key, line in read.items() if key.startswith(("output1[", "output2["))}
    assert len({key[:7] for key in shown}) == 2
    for key, line in shown.items():
        n, i, j = int(key[6]), int(key[8]), int(key[10])
        turned = np.rot90(KERNEL, n)[None, None]
        assert_prints(line, Conv().explain((0, 0, i, j), IMAGE[None, None], turned).value)


def test_what_no_window_reads_is_framed() -> None:
    marks = {mark.key: mark for mark in film("conv3d-valid-s2").steps[-1 - CLOSING].marks}
    frame, last = marks["unread"], marks["input[5,5]"]
    assert isinstance(frame, Polygon)
    assert isinstance(last, Rectangle)
    assert (last.box.right, last.box.bottom) in frame.points
    assert (last.box.left, last.box.top) in frame.points
    assert "unread" not in {mark.key for mark in film("conv3d-valid-s1").marks()}
