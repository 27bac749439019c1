"""The films of poolings print what the definitions say, ring who wins, and measure what they claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convista.catalogue import film, film_names
from convista.errors import ConvistaError
from convista.films import Film, film_of
from convista.films.keyframes import stops
from convista.films.pool.example import EXAMPLE, SIGNED
from convista.films.pool.shift import pool_shift, shift_film
from convista.films.pool.shift_edge import Edge
from convista.films.pool.shifted import Measured, measured
from convista.films.registry import OPERATORS_FILMED
from convista.films.stage.marks import Circle, Mark, Rectangle, Words
from convista.language import LANGUAGES, Text
from convista.operators import Array
from convista.operators.activation import Relu
from convista.operators.conv import Conv
from convista.operators.pool import overhang
from convista.operators.pool_pyramid import SpatialPyramidPool
from convista.operators.pool_random import fractional_starts
from convista.operators.registry import OPERATORS
from tests.films.examples import recorded
from tests.films.reading import assert_all_print, assert_laid_out, assert_prints, numbers, texts
from tests.operators.draw import operator_of

RANDOM = np.random.default_rng(11)
SMALL = np.round(RANDOM.normal(size=(1, 2, 6, 7)) * 4)
LARGE = RANDOM.normal(size=(1, 3, 40, 30))
LARGE[0, 2, 3, 4] = np.nan
NONE = ((0, 0), (0, 0))
PLAIN = {"kernel": (2, 2), "stride": (2, 2)}
BEYOND = (overhang(6, 3, 2, 1), overhang(7, 3, 2, 1))
WON = {"max_pool2d", "min_pool2d", "fractional_max_pool2d", "adaptive_max", "mixed_pool2d"}

Case = tuple[str, Array, dict[str, Any], dict[str, Array]]


def starts(x: Array, out: tuple[int, int]) -> dict[str, Array]:
    draws = RANDOM.random((2, *x.shape[:2]))
    sides = zip(("rows", "columns"), draws, x.shape[2:], out, strict=True)
    return {name: fractional_starts(u, n, 2, m) for name, u, n, m in sides}


AVERAGE = {"padding": NONE, "overhang": (0, 0), "count_padding": True, "divisor": None}
CASES: dict[str, Case] = {
    "max": ("max_pool2d", SMALL, {**PLAIN, "padding": NONE, "dilation": (1, 1)}, {}),
    "max padded": (
        "max_pool2d",
        SMALL,
        {"kernel": (3, 3), "stride": (2, 2), "padding": ((1, 1), (1, 2)), "dilation": (1, 1)},
        {},
    ),
    "max dilated": ("max_pool2d", SMALL, {**PLAIN, "stride": (1, 2), "padding": NONE, "dilation": (2, 3)}, {}),
    "max large": ("max_pool2d", LARGE, {**PLAIN, "padding": NONE, "dilation": (1, 1)}, {}),
    "min": ("min_pool2d", SMALL, {**PLAIN, "padding": ((1, 1), (0, 0))}, {}),
    "average": ("average_pool2d", SMALL, {**PLAIN, **AVERAGE}, {}),
    "average ceil": (
        "average_pool2d",
        SMALL,
        {**AVERAGE, "kernel": (3, 3), "stride": (2, 2), "padding": ((1, 1), (1, 1)), "overhang": BEYOND},
        {},
    ),
    "average large": ("average_pool2d", LARGE, {**AVERAGE, "kernel": (7, 7), "stride": (7, 7)}, {}),
    "sum": ("sum_pool2d", SMALL, PLAIN, {}),
    "l2": ("l2_pool2d", SMALL, PLAIN, {}),
    "mixed": ("mixed_pool2d", SMALL, PLAIN, {"mix": np.array(0.25)}),
    "drawn": (
        "stochastic_pool2d",
        np.abs(SMALL),
        {**PLAIN, "stride": (1, 1)},
        {"chosen": RANDOM.integers(0, 4, (1, 2, 5, 6))},
    ),
    "expected": ("stochastic_pool2d", SMALL, PLAIN, {}),
    "fractional": ("fractional_max_pool2d", SMALL, {"kernel": (2, 2)}, starts(SMALL, (4, 5))),
    "adaptive max": ("adaptive_max", SMALL, {"size": (4, 3)}, {}),
    "adaptive average": ("adaptive_average", LARGE, {"size": (5, 4)}, {}),
}


TIED = (
    (1, 3, 2, 4, 0, 2),
    (5, 6, 7, 8, 3, 1),
    (3, 2, 1, 0, 4, 4),
    (1, 2, 3, 6, 2, 4),
    (0, 7, 5, 2, 6, 1),
    (7, 3, 1, 5, 2, 9),
)
"""In three of its 2×2 windows the largest value is there more than once."""


def record(case: Case) -> Any:
    name, x, attributes, more = case
    return recorded(name, {"x": x, **more}, attributes, "pool")


def outputs(case: Case) -> Array:
    name, x, attributes, more = case
    made: Array = operator_of(name, attributes).value(x, *more.values())[0, 1]
    return made


def assert_step_prints(marks: tuple[Mark, ...], language: str, case: Case, at: tuple[int, int]) -> None:
    """The map, the window, the equation, the output and the ring of a step are the explanation's."""
    operator, x, attributes, more = case
    explained = operator_of(operator, attributes).explain((0, 1, *at), x, *more.values())
    read, made = texts(marks, language), outputs(case)
    cells = [m.key for m in marks if isinstance(m, Rectangle) and m.key.startswith("window[") and m.fill != "panel"]
    if cells:
        for key, term in zip(cells, explained.terms, strict=True):
            assert_value(read[f"{key}.value"], term.value)
    if "input[0,0].value" in read and attributes.get("padding", NONE) == NONE:
        assert_all_print(read, {f"input[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(x[0, 1])}, "input[")
    if "output[0,0].value" in read:
        done = {f"output[{i},{j}]": float(made[i, j]) for i, j in np.ndindex(made.shape) if (i, j) <= at}
        assert_all_print(read, done, "output[")
    assert_value(read["equation.total"], explained.value)
    assert read["equation.name"] == f"O[{at[0]},{at[1]}]"
    weights = [read[key] for key in read if key.startswith("weights[")]
    if operator == "mixed_pool2d":
        for line, term in zip(weights, explained.terms, strict=True):
            assert term.factor is not None
            assert_prints(line, term.factor)
    if operator == "stochastic_pool2d":
        for line, p in zip(weights, explained.notes.values(), strict=True):
            assert_prints(line, p)
    if operator in WON or "chosen" in more:
        won = max(explained.terms, key=lambda term: term.factor or 0.0).index
        ring = next(mark for mark in marks if mark.key == f"ring[{won[2]},{won[3]}]")
        assert isinstance(ring, Circle)
        assert ring.stroke == "window"
        box = next((m.box for m in marks if isinstance(m, Rectangle) and m.key == "window"), None)
        assert box is not None
        assert box.left <= ring.centre[0] <= box.right
        assert box.top <= ring.centre[1] <= box.bottom
    else:
        assert not any(mark.key.startswith("ring[") for mark in marks)


def assert_value(line: str, value: float) -> None:
    if np.isnan(value):
        assert line == "NaN"
    else:
        assert_prints(line, value)


@pytest.mark.parametrize("name", [name for name in CASES if "large" not in name and name != "adaptive average"])
def test_every_number_is_the_explanations(name: str) -> None:
    case = CASES[name]
    steps, where = film_of(record(case), channel=1).steps, stops(outputs(case))
    assert len(steps) == len(where) + 2
    for n, (step, at) in enumerate(zip(steps[1:-1], where, strict=True)):
        assert_step_prints(step.marks, LANGUAGES[n % 2], case, at)


@pytest.mark.parametrize("name", ["max large", "average large", "adaptive average"])
def test_large_maps_are_seen_through_the_window(name: str) -> None:
    case = CASES[name]
    steps = film_of(record(case), channel=1).steps
    for step, at in zip(steps[1:-1], stops(outputs(case)), strict=True):
        assert_step_prints(step.marks, "es", case, at)
        assert "input" in {mark.key for mark in step.marks}


def test_the_reader_notices_one_wrong_number_and_a_wrong_ring() -> None:
    case = CASES["max"]
    step = film_of(record(case), channel=1).steps[3]
    marks = list(step.marks)
    at = next(n for n, mark in enumerate(marks) if mark.key == "output[0,1].value")
    number = marks[at]
    assert isinstance(number, Words)
    marks[at] = number._replace(text=Text("99", "99"))
    with pytest.raises(AssertionError):
        assert_step_prints(tuple(marks), "en", case, stops(outputs(case))[2])
    moved = [m._replace(key="ring[5,5]") if m.key.startswith("ring[") else m for m in step.marks]
    with pytest.raises((AssertionError, StopIteration)):
        assert_step_prints(tuple(moved), "en", case, stops(outputs(case))[2])


def all_films() -> dict[str, Callable[[], Film]]:
    chapter = {name: (lambda name=name: film(name)) for name in film_names() if name.startswith("pool-")}
    traced = {name: (lambda case=case: film_of(record(case), channel=1)) for name, case in CASES.items()}
    return {**chapter, **traced, **{f"{name} global": (lambda op=name: whole(op)) for name in ("global_max",)}}  # type: ignore[misc]


def whole(operator: str, x: Array = LARGE) -> Film:
    return film_of(record((operator, x, {}, {})))


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", all_films())
def test_nothing_overlaps_or_leaves_the_margin(name: str, language: str) -> None:
    shown = all_films()[name]().shown(language=language)
    for n in sorted({0, 1, len(shown.steps) // 2, len(shown.steps) - 1}):
        assert_laid_out(shown.picture(n).marks, language)
        assert_laid_out(shown.steps[n].beats[0].marks, language)


def test_of_equal_values_the_first_wins_and_winners_keep_their_rings() -> None:
    steps = film("pool-max", language="es", image=TIED).steps
    assert any(mark.key == "ring[2,4]" for mark in steps[6].marks)
    tied = steps[8]
    assert "Hay 2 valores iguales a 5, con anillo fino: gana el primero" in tied.caption.es
    assert any(mark.key == "ring[4,2]" for mark in tied.marks)
    winner, equal = (next(mark for mark in tied.marks if mark.key == key) for key in ("ring[4,2]", "tie[5,3]"))
    assert isinstance(winner, Circle)
    assert isinstance(equal, Circle)
    assert winner.width > equal.width
    rings = [mark for mark in steps[9].marks if isinstance(mark, Circle) and mark.key.startswith("ring[")]
    rings = [ring for ring in rings if ring.key.endswith("]")]
    assert len(rings) == 9
    assert [ring.stroke for ring in rings].count("window") == 1


def test_sizes_follow_from_stride_padding_and_ceil_mode() -> None:
    image = np.arange(25.0).reshape(5, 5)
    plain = film("pool-max", image=image)
    assert "From 5×5 to 2×2, as ⌊(5 − 2) / 2⌋ + 1 = 2: of 25 values 4 are left." in plain.steps[-1].caption.en
    ceil = film("pool-max", image=image, ceil_mode=True)
    assert "From 5×5 to 3×3, as ⌊(5 + 1 − 2) / 2⌋ + 1 = 3:" in ceil.steps[-1].caption.en
    padded = film("pool-max", image=image, kernel=3, stride=1, padding=1)
    assert "De 5×5 a 5×5" in padded.steps[-1].caption.es
    assert "What has no ring leaves no trace." in plain.steps[-1].caption.en
    many = film("pool-max", image=np.arange(400.0).reshape(20, 20)).steps[-1].caption
    assert "ring" not in many.en
    assert "anillo" not in many.es
    assert "Neighbouring windows overlap." in padded.steps[1].caption.en
    assert texts(padded.steps[1].marks, "en")["input[0,0].value"] == "−∞"


def test_zeros_of_padding_count_in_an_average_only_where_asked() -> None:
    image = np.full((3, 3), 4.0)
    counted = film("pool-average", image=image, kernel=3, stride=1, padding=1)
    assert "divisor is 9" in counted.steps[2].caption.en
    assert_prints(texts(counted.steps[1].marks, "en")["equation.total"], 16 / 9)
    alone = film("pool-average", image=image, kernel=3, stride=1, padding=1, count_padding=False)
    assert "divisor is 6" in alone.steps[2].caption.en
    assert texts(alone.steps[1].marks, "en")["input[0,0].value"] == "–"


def test_the_average_is_compared_with_the_maximum() -> None:
    steps = film("pool-average").steps
    for step in (steps[2], steps[-2]):
        read = texts(step.marks, "en")
        (mean, _), (largest, _), *_ = numbers(step.caption.en)
        assert_prints(read["equation.total"], mean)
        assert str(int(largest)) in [read[key] for key in read if key.startswith("rival[")]


@pytest.mark.parametrize("image", [None, RANDOM.normal(size=(6, 6))])
def test_l2_is_the_root_of_the_mean_beside_that_of_the_sum(image: Array | None) -> None:
    given: dict[str, Any] = {} if image is None else {"image": image}
    x = np.array([[5, 0, -3, 8], [14, -3, -16, 4], [4, -2, -6, -9], [-4, 5, 10, -18.0]]) if image is None else image
    squares = (x.reshape(x.shape[0] // 2, 2, -1, 2) ** 2).sum((1, 3))
    for step, (i, j) in zip(film("pool-l2", **given).steps[1:-1], np.ndindex(*squares.shape), strict=True):
        read = texts(step.marks, "en")
        assert_prints(read[f"output[{i},{j}].value"], (squares[i, j] / 4) ** 0.5)
        assert_prints(read[f"rival[{i},{j}].value"], squares[i, j] ** 0.5)
        assert_prints(read["equation.total"], (squares[i, j] / 4) ** 0.5)


SWEPT = [name for name in film_names() if name.startswith("pool-") and name != "pool-shift"]


@pytest.mark.parametrize("name", SWEPT)
def test_a_number_has_one_colour_through_the_film(name: str) -> None:
    """Its place on the signed map is its share of the largest magnitude, in the map, the window and the outputs."""
    steps = film(name).steps
    ends = [numbers(texts(steps[0].marks, "en")[f"colours.{end}"])[0][0] for end in ("low", "high")]
    full = max(map(abs, ends))
    seen = set()
    for step in steps:
        read = texts(step.marks, "en")
        for mark in step.marks:
            table = mark.key.partition("[")[0]
            if isinstance(mark, Rectangle) and isinstance(mark.fill, float) and table != "weights":
                (value, decimals), *_ = numbers(read[f"{mark.key}.value"])
                assert mark.fill * full == pytest.approx(value, abs=0.51 * 10**-decimals + 0.005), mark.key
                seen.add(table)
    assert len(seen) >= 3


def test_the_map_moves_by_one_pixel_and_is_pooled_again() -> None:
    x = RANDOM.integers(0, 9, (4, 6)).astype(float)
    steps = film("pool-max", image=x).steps
    moved = np.concatenate([np.zeros((4, 1)), x[:, :-1]], 1)
    before, after = (one.reshape(2, 2, 3, 2).max((1, 3)) for one in (x, moved))
    gone, again, compared = steps[-4:-1]
    read = texts(gone.marks, "en")
    assert_all_print(read, {f"input[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(moved)}, "input[")
    assert not any(key.startswith("rival[") for key in read)
    read = texts(again.marks, "en")
    assert_all_print(read, {f"output[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(before)}, "output[")
    assert_all_print(read, {f"rival[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(after)}, "rival[")
    same = {f"rival[{r},{c}].now" for r, c in np.argwhere(before == after)}
    assert {
        mark.key for mark in compared.marks if mark.key.startswith("rival[") and mark.key.endswith("now")
    } == same
    told = [int(number) for number, _ in numbers(compared.caption.en)]
    assert told == [24, int((x != moved).sum()), 6, len(same)]
    travelling = gone.beats[-1].born_from
    assert all(travelling[f"input[{r},{c + 1}]"] == f"input[{r},{c}]" for r in range(4) for c in range(5))


def test_the_example_is_the_chapters_convolution() -> None:
    np.testing.assert_array_equal(SIGNED, [[5, 0, -3, 8], [14, -3, -16, 4], [4, -2, -6, -9], [-4, 5, 10, -18]])
    np.testing.assert_array_equal(EXAMPLE, np.maximum(SIGNED, 0))


def test_a_seed_decides_what_is_drawn() -> None:
    def made(name: str, **data: Any) -> dict[str, str]:
        return texts(film(name, **data).steps[-1].marks, "en")

    for name in ("pool-stochastic", "pool-fractional"):
        assert made(name, seed=1) == made(name, seed=1)
        assert any(made(name, seed=1) != made(name, seed=seed) for seed in range(2, 6))
    assert texts(film("pool-fractional", out=3).steps[0].marks, "en")["output.name"].endswith("(3×3)")


@pytest.mark.parametrize("operator", ["global_max", "global_average"])
@pytest.mark.parametrize("x", [SMALL, RANDOM.normal(size=(1, 20, 3, 4))])
def test_every_map_gives_one_number(operator: str, x: Array) -> None:
    steps = whole(operator, x).steps
    channels = x.shape[1]
    shown = list(range(channels)) if channels <= 9 else [*range(8), channels - 1]
    assert len(steps) == len(shown) + 2
    for n, (step, channel) in enumerate(zip(steps[1:-1], shown, strict=True)):
        read = texts(step.marks, LANGUAGES[n % 2])
        explained = operator_of(operator, {}).explain((0, channel, 0, 0), x)
        assert_prints(read["equation.name"], channel)
        assert_prints(read["equation.total"], explained.value)
        assert_prints(read[f"output[{n},0].value"], explained.value)
        assert_all_print(
            read, {f"window[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(x[0, channel])}, "window["
        )


@pytest.mark.parametrize("levels", [(1, 2, 4), (1, 3), (2, 3, 6)])
def test_a_pyramid_prints_its_cells_and_its_vector(levels: tuple[int, ...]) -> None:
    operator, x = SpatialPyramidPool(levels=levels), SMALL[:, 1:]
    case: Case = ("spatial_pyramid_pool2d", SMALL, {"levels": levels}, {})
    for step in film_of(record(case), channel=1).steps[1:-1]:
        read = texts(step.marks, "en")
        (place, _), *_ = numbers(read["equation.name"])
        explained = operator.explain((0, int(place)), x)
        assert_prints(read["equation.total"], explained.value)
        vector = operator.value(x)[0]
        if "vector[0,0].value" in read:
            done = {f"vector[0,{n}]": float(vector[n]) for n in range(int(place) + 1)}
            assert_all_print(read, done, "vector[")


def test_the_change_under_a_shift_is_measured() -> None:
    image = RANDOM.random((30, 34))
    kernel = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])

    def change(pool: Callable[[Array], Array]) -> float:
        maps = [
            pool(Relu().value(Conv().value(image[1 + i : 29 + i, 1 + j : 33 + j][None, None], kernel[None, None])))
            for i, j in ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0))
        ]
        return float(np.mean([np.linalg.norm(m - maps[0]) / np.linalg.norm(maps[0]) for m in maps[1:]]))

    def blocks(x: Array, n: int) -> Array:
        rows, columns = x.shape[2] // n, x.shape[3] // n
        return x[0, 0, : rows * n, : columns * n].reshape(rows, n, columns, n)

    ways: list[Callable[[Array], Array]] = [
        lambda x: x,
        lambda x: blocks(x, 2).max((1, 3)),
        lambda x: blocks(x, 2).mean((1, 3)),
        lambda x: blocks(x, 4).max((1, 3)),
        lambda x: blocks(x, 4).mean((1, 3)),
    ]
    read = texts(pool_shift(image).steps[-1].marks, "en")
    boxes = {m.key: m.box for m in pool_shift(image).steps[-1].marks if isinstance(m, Rectangle)}
    longest = max(change(way) for way in ways)
    for n, way in enumerate(ways):
        assert_prints(read[f"change[{n}]"], 100 * change(way))
        share = boxes[f"bars.{n}"].width / max(boxes[f"bars.{k}"].width for k in range(5))
        assert share == pytest.approx(change(way) / longest)


def test_an_edge_is_seen_crossing_a_window() -> None:
    """The tables are a block of the maps before and after; what is framed is what pooling keeps of it."""
    image = RANDOM.integers(0, 5, (30, 34)).astype(float)
    steps = pool_shift(image).steps
    found = measured(image, np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])).ways[0]
    edge = Edge.of(found)
    row, column = edge.corner
    assert row % 2 == column % 2 == 0
    block = [values[row : row + 4, column : column + 4] for values in (found.before, found.after)]
    np.testing.assert_array_equal(block[1][:, :3], block[0][:, 1:])
    maxima = [one.reshape(2, 2, 2, 2).max((1, 3)) for one in block]
    near = next(step for step in steps if any(mark.key == "near.frame" for mark in step.marks))
    crossing = steps[steps.index(near) + 1]
    read = texts(crossing.marks, "en")
    shown = {"near": block[0], "made": maxima[0], "moved": block[1], "remade": maxima[1]}
    for key, values in shown.items():
        assert_all_print(read, {f"{key}[{r},{c}]": float(v) for (r, c), v in np.ndenumerate(values)}, f"{key}[")
    same = maxima[0] == maxima[1]
    assert 0 < same.sum() < 4
    framed = {mark.key for mark in crossing.marks if mark.key.startswith("remade[") and mark.key.endswith(".now")}
    assert framed == {f"remade[{r},{c}].now" for r, c in np.argwhere(same)}
    assert numbers(near.caption.en)[1][0] == (block[0] != block[1]).sum()
    assert [number for number, _ in numbers(crossing.caption.en)] == [4, same.sum()]
    born = near.beats[-1].born_from
    assert all(born[f"moved[{r},{c}]"] == f"near[{r},{c + 1}]" for r in range(4) for c in range(3))


def test_the_shift_says_whether_pooling_helps() -> None:
    assert "Pooling dampens the move" in film("pool-shift").steps[-1].caption.en
    found = measured(RANDOM.random((30, 34)), np.ones((1, 1)))
    without, *pooled = found.ways
    worse = Measured(found.image, (without._replace(change=0.1), *(way._replace(change=0.2) for way in pooled)))
    told = shift_film(worse, Text("título", "title")).steps[-1].caption
    assert "pooling does not help: at best 20.0 %, and 10.0 % without it" in told.en
    assert "el pooling no ayuda" in told.es


def test_every_pooling_with_a_definition_has_a_film() -> None:
    pools = {name for name in OPERATORS if "pool" in OPERATORS[name].__module__}
    of_images = {name for name in pools if not name.endswith(("1d", "3d"))}  # which are what is taught
    assert of_images <= set(OPERATORS_FILMED)


@pytest.mark.parametrize(
    ("name", "give", "says"),
    [
        ("pool-max", {"image": np.zeros((2, 3, 4))}, "The map has shape (2, 3, 4); give (rows, columns)"),
        ("pool-max", {"kernel": 0}, "The size 0 cannot be"),
        ("pool-max", {"padding": -1}, "The padding -1 cannot be"),
        ("pool-max", {"padding": 2}, "The padding 2 is more than half of the window, 2×2"),
        ("pool-max", {"kernel": 9}, "The kernel spans 9 elements and the padded input has 4"),
        ("pool-mixed", {"mix": 1.5}, "λ = 1.5 cannot be"),
        ("pool-fractional", {"out": 7}, "7 windows of 2 do not fit into 6 cells. Give an output of 5 at most"),
        ("pool-adaptive-max", {"out": 9}, "The output (9, 9) is larger than the map, 4×4"),
        ("pool-spp", {"levels": (1, 9)}, "The levels (1, 9) cannot be. Give whole numbers above 0, up to 6"),
        ("pool-global-max", {"maps": np.zeros((3, 3))}, "The maps have shape (3, 3)"),
        ("pool-shift", {"image": np.zeros((5, 5))}, "a matrix of at least 15 rows and columns"),
        ("pool-shift", {"image": np.full((30, 30), np.nan)}, "Values of the image are missing"),
        ("pool-shift", {"image": np.ones((30, 30))}, "The kernel finds nothing in this image"),
    ],
)
def test_data_that_cannot_be_shown_is_named(name: str, give: dict[str, Any], says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        film(name, **give)
    assert says in str(caught.value)
