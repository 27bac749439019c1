"""Padding, stride and dilation: sizes by the formula, both conventions of `same`, and what their films print."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film
from convista.films.conv.conv import EXAMPLE_IMAGE, EXAMPLE_KERNEL, caption_of
from convista.films.conv.sweep import Sweep
from convista.films.stage.camera import hull
from convista.films.stage.marks import Formula, Mark, Polyline, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators.conv import Conv
from convista.operators.sliding import Padding
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, texts

FILMS = ["conv2d-valid-s1", "conv2d-same-s1", "conv2d-valid-s2", "conv2d-same-s2"]
IMAGE, KERNEL = np.array(EXAMPLE_IMAGE, float), np.array(EXAMPLE_KERNEL, float)
BOTH: Padding = ((1, 1), (1, 1))
AFTER: Padding = ((0, 1), (0, 1))
PADDINGS = {"conv2d-valid-s1": ((0, 0), (0, 0)), "conv2d-same-s1": BOTH, "conv2d-valid-s2": ((0, 0), (0, 0))}


def assert_output_prints(
    marks: tuple[Mark, ...], language: str, key: str, padding: Padding, stride: int, **data: Any
) -> None:
    """Every cell of an output is what the explanation of its place says."""
    image, kernel = np.asarray(data.get("image", IMAGE), float), np.asarray(data.get("kernel", KERNEL), float)
    dilation = (data.get("dilation", 1),) * 2
    given: dict[str, Any] = {"stride": (stride, stride), "padding": padding, "dilation": dilation}
    size = Conv(**given).value(image[None, None], kernel[None, None]).shape[2:]
    expected = {
        f"{key}[{i},{j}]": Conv(**given).explain((0, 0, i, j), image[None, None], kernel[None, None]).value
        for i, j in np.ndindex(size)
    }
    assert_all_print(texts(marks, language), expected, f"{key}[")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "data", [{}, {"image": IMAGE[:5] / 3}, {"dilation": 2}], ids=["chapter", "drawn", "dilated"]
)
@pytest.mark.parametrize("name", PADDINGS)
def test_outputs_are_the_explanations(name: str, data: dict[str, Any], language: str) -> None:
    padding = PADDINGS[name]
    if "same" in name and "dilation" in data:
        padding = ((2, 2), (2, 2))
    marks = film(name, **data).steps[-1].marks
    assert_output_prints(marks, language, "output", padding, int(name[-1]), **data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_at_stride_2_shows_both_conventions_and_where_they_differ(language: str) -> None:
    steps = film("conv2d-same-s2").steps
    marks = steps[-1].marks
    assert_output_prints(marks, language, "output", BOTH, 2)
    assert_output_prints(marks, language, "output1", AFTER, 2)
    values = [
        Conv(stride=(2, 2), padding=p).value(IMAGE[None, None], KERNEL[None, None])[0, 0] for p in (BOTH, AFTER)
    ]
    apart = {(i, j) for i, j in np.argwhere(values[0] != values[1])}
    for key in ("output", "output1"):
        outlined = {m.key for m in marks if isinstance(m, Rectangle) and m.key.startswith(f"{key}.outlined")}
        assert outlined == {f"{key}.outlined[{i},{j}]" for i, j in apart}
    assert f"{len(apart)} of 9 differ" in steps[-1].caption.en
    read = texts(marks, "en")
    assert (read["output.name"], read["output1.name"]) == (
        "Symmetric (3×3)",
        "Asymmetric (3×3)",
    )


def test_one_convention_can_be_asked_for_and_odd_sizes_have_but_one() -> None:
    assert len(film("conv2d-same-s2", convention="after").steps) == 9 + 3
    assert_output_prints(film("conv2d-same-s2", convention="after").steps[-1].marks, "en", "output", AFTER, 2)
    odd = film("conv2d-same-s2", image=IMAGE[:5, :5])
    assert len(odd.steps) == 9 + 3
    assert_output_prints(odd.steps[-1].marks, "en", "output", BOTH, 2, image=IMAGE[:5, :5])
    even = film("conv2d-same-s1", kernel=[[1, 2], [3, 4]])
    assert "5×5 and 6×6" in even.steps[-1].caption.en


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        (
            "conv2d-valid-s2",
            {},
            [
                r"\dfrac{N + 2P - D(K-1) - 1}{S} \right\rfloor + 1",
                r"\dfrac{6 + 2\cdot 0 - 1\cdot(3-1) - 1}{2} \right\rfloor + 1 = 2",
            ],
        ),
        ("conv2d-valid-s1", {"dilation": 2}, [r"{6 + 2\cdot 0 - 2\cdot(3-1) - 1}{1} \right\rfloor + 1 = 2"]),
        (
            "conv2d-same-s2",
            {"convention": "after"},
            ["{N + P + P′ -", r"{6 + 0 + 1 - 1\cdot(3-1) - 1}{2} \right\rfloor + 1 = 3"],
        ),
        (
            "conv2d-same-s1",
            {"image": IMAGE[:4]},
            [r"{filas}\colon\ \ \left\lfloor (4 + 2\cdot 1", r"{columnas}\colon\ \ \left\lfloor (6 + 2\cdot 1"],
        ),
    ],
)
def test_the_size_is_worked_out(name: str, data: dict[str, Any], lines: list[str]) -> None:
    marks = film(name, **data).steps[2].marks
    read = "\n".join(mark.tex.es for mark in marks if isinstance(mark, Formula) and mark.key.startswith("size."))
    for line in lines:
        assert line in read


def test_what_the_floor_leaves_out_is_said() -> None:
    assert "never read (rows: 1, columns: 1)" in film("conv2d-valid-s2").steps[-1].caption.en
    assert "(filas: 0, columnas: 1)" in film("conv2d-valid-s2", image=IMAGE[:5]).steps[-1].caption.es


def test_a_dilated_window_outlines_the_cells_that_it_reads() -> None:
    step = film("conv2d-valid-s1", dilation=2).steps[5]
    outlines = {m.key: m.box for m in step.marks if isinstance(m, Rectangle) and m.key.startswith("window[")}
    cells = {m.key: m.box for m in step.marks if isinstance(m, Rectangle) and m.key.startswith("input[")}
    read = Conv(dilation=(2, 2)).explain((0, 0, 1, 1), IMAGE[None, None], KERNEL[None, None]).terms
    assert len(outlines) == 9
    for term in read:
        assert term.factor_index is not None
        u, v = term.factor_index[2:]
        r, c = term.index[2:]
        assert outlines[f"window[{u},{v}].outline"].centre == pytest.approx(cells[f"input[{r},{c}]"].centre)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "data",
    [
        {},
        {"dilation": 2},
        {"image": np.random.default_rng(0).normal(size=(40, 56))},
        {"image": np.random.default_rng(1).normal(size=(3, 16, 12)), "kernel": np.ones((3, 3, 3)), "dilation": 2},
    ],
    ids=["chapter", "dilated", "large", "channels"],
)
@pytest.mark.parametrize("name", FILMS)
def test_everything_has_its_place(name: str, data: dict[str, Any], language: str) -> None:
    made: Film = film(name, language=language, **data)
    for n in {0, len(made.steps) // 2, len(made.steps) - 1}:
        assert_laid_out(made.picture(n).marks, language)
        assert_laid_out(made.steps[n].beats[0].marks, language)


def test_large_maps_say_how_many_values_the_conventions_change() -> None:
    image = np.random.default_rng(0).normal(size=(3, 20, 30))
    kernel = np.random.default_rng(1).normal(size=(3, 3, 3))
    steps = film("conv2d-same-s2", image=image, kernel=kernel).steps
    assert "150 of 150 differ" in steps[-1].caption.en
    read = texts(steps[-1].marks, "en")
    total = Conv(stride=(2, 2), padding=AFTER).explain((0, 0, 9, 14), image[None], kernel[None]).value
    assert_prints(read["equation.total"], total)


def test_the_reader_notices_a_wrong_value_of_the_second_convention() -> None:
    marks = list(film("conv2d-same-s2").steps[-1].marks)
    place = next(n for n, mark in enumerate(marks) if mark.key == "output1[1,1].value")
    number = marks[place]
    assert isinstance(number, Words)
    marks[place] = number._replace(text=Text("99", "99"))
    with pytest.raises(AssertionError):
        assert_output_prints(tuple(marks), "en", "output1", AFTER, 2)


@pytest.mark.parametrize(
    ("give", "says"),
    [
        ({"convention": "left"}, "no convention of “same” named “left”. Choose one of: both, after"),
        ({"image": np.zeros(3)}, "image has shape (3,); give (rows, columns) or (channels, rows, columns)"),
        (
            {"kernel": np.zeros((2, 3, 3))},
            "The input has 1 channel and the weights (1, 2, 3, 3) in 1 group read 2",
        ),
        ({"stride": 2}, "does not take stride"),
    ],
)
def test_data_that_cannot_be_shown_is_named(give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film("conv2d-same-s2", **give)
    assert says in str(caught.value)


def test_conventions_that_agree_are_not_said_to_differ() -> None:
    caption = film("conv2d-same-s2", image=np.zeros((6, 6))).steps[-1].caption
    assert caption.en.startswith("The same size and, on this image, the same values")


def sweep_of(image: Any, padding: Padding, stride: int = 1) -> Sweep:
    step = (stride, stride)
    given: dict[str, Any] = {"stride": step, "padding": padding, "dilation": (1, 1), "groups": 1, "channel": 0}
    return Sweep(image[None, None], KERNEL[None, None], None, **given, origin=1)


@pytest.mark.parametrize(("padding", "stride"), [(BOTH, 1), (BOTH, 2), (AFTER, 2), (((0, 0), (0, 0)), 1)])
def test_only_the_image_is_said_to_get_brighter_or_darker_not_the_zeros_beyond_it(
    padding: Padding, stride: int
) -> None:
    sweep = sweep_of(IMAGE, padding, stride)
    around, told = np.pad(IMAGE, padding, mode="edge"), set()
    for n, (i, j) in list(enumerate(sweep.positions))[1:-1]:
        words = caption_of(sweep, n)
        row, column = i * stride, j * stride
        own = (around[row : row + 3, column : column + 3] * KERNEL).sum()
        by_zeros = np.sign(own) != np.sign(sweep.output[i, j])
        assert ("because of the border's zeros" in words.en) == by_zeros, (i, j)
        assert ("por los ceros del borde" in words.es) == by_zeros, (i, j)
        if not by_zeros and own:
            assert ("darker" in words.en) == (own > 0), (i, j)
        told.add(by_zeros)
    assert told == {True, False} if padding != ((0, 0), (0, 0)) else {False}


def test_where_zeros_alone_make_a_sign_the_film_says_so() -> None:
    image = np.zeros((6, 6))
    image[0, 0], image[1, 2] = 2, 5
    words = film("conv2d-same-s1", image=image).steps[3].caption
    assert (
        words.en
        == "O[1,2] is negative only because of the border's zeros: the image's own pixels would not make it so."
    )
    assert words.es.startswith("O[1,2] es negativo solo por los ceros del borde")


def test_places_of_the_window_are_counted_in_what_it_moves_over() -> None:
    assert "in 6×6 there are 4×4 places" in film("conv2d-valid-s1").steps[-1].caption.en
    last = film("conv2d-same-s1").steps[-1].caption
    assert "in 8×8, counting the border, there are 6×6 places" in last.en
    assert "en 8×8, contando el borde, caben 6×6 lugares" in last.es


def test_the_film_says_whose_convention_it_shows() -> None:
    """PyTorch's ``padding="same"`` refuses strides, and at stride 1 it pads as TensorFlow does."""
    both, after = (film("conv2d-same-s2", convention=way).steps[2].caption for way in ("both", "after"))
    assert both.en.startswith("Equal padding on both sides, by hand in PyTorch (its “same” allows no stride)")
    assert after.en.startswith("“same” with stride 2 as in TensorFlow")
    assert "PyTorch" not in "".join(after)
    even: dict[str, Any] = {"image": np.ones((6, 6)), "kernel": np.ones((2, 2))}
    both, after = (film("conv2d-same-s1", convention=way, **even).steps[2].caption for way in ("both", "after"))
    assert "“same”" not in both.en
    assert "(TensorFlow and PyTorch)" in after.en


def test_rows_and_columns_that_are_never_read_are_framed() -> None:
    marks = {mark.key: mark for mark in film("conv2d-valid-s2").steps[-1].marks}
    for key, first, last in ((0, "[5,0]", "[5,5]"), (1, "[0,5]", "[4,5]")):
        frame, start, end = (marks[one] for one in (f"unread[{key}]", f"input{first}", f"input{last}"))
        assert isinstance(frame, Rectangle)
        assert isinstance(start, Rectangle)
        assert isinstance(end, Rectangle)
        assert frame.box == pytest.approx((*start.box[:2], *end.box[2:]))
    assert not any(mark.key.startswith("unread") for mark in film("conv2d-valid-s1").marks())


def test_places_that_a_stride_leaves_out_are_dashed() -> None:
    """At the second place the window has jumped over the one between."""
    stages = [{mark.key: mark for mark in step.marks} for step in film("conv2d-valid-s2").steps]
    (skipped,) = (mark for key, mark in stages[3].items() if key.startswith("skipped"))
    assert isinstance(skipped, Polyline)
    assert skipped.dash > 0
    first, last = stages[3]["input[0,1]"], stages[3]["input[2,3]"]
    assert isinstance(first, Rectangle)
    assert isinstance(last, Rectangle)
    assert hull(skipped) == pytest.approx((*first.box[:2], *last.box[2:]))
    assert not any(mark.key.startswith("skipped") for mark in film("conv2d-valid-s1").marks())


def test_zeros_of_the_padding_are_not_drawn_as_values_of_the_image() -> None:
    asked, sized = ({mark.key: mark for mark in step.marks} for step in film("conv2d-same-s1").steps[:2])
    assert "input[0,0]" not in asked
    zero, own = sized["input[0,0]"], sized["input[1,6]"]
    assert isinstance(zero, Rectangle)
    assert isinstance(own, Rectangle)
    assert texts(sized.values(), "en")["input[0,0].value"] == texts(sized.values(), "en")["input[1,6].value"] == "0"
    assert zero.fill != own.fill
    assert isinstance(sized["image.edge"], Rectangle)


def test_where_nothing_is_dashed_no_caption_says_so() -> None:
    large = film("conv2d-valid-s2", image=np.random.default_rng(0).normal(size=(40, 40)))
    assert not any("dashed" in step.caption.en for step in large.steps)
    assert any("dashed" in step.caption.en for step in film("conv2d-valid-s2").steps)
