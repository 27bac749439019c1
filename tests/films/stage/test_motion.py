"""Between two states, things move, turn into each other and fade; nothing jumps, and both ends are as they are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from convista.films.film import Beat, Film, Step
from convista.films.stage.camera import Camera, hull
from convista.films.stage.marks import Box, Circle, Mark, Mixed, Picture, Polyline, Rectangle, Words
from convista.films.stage.motion import FADE, Passage, between, eased, travelling
from convista.films.stage.theme import THEMES
from convista.language import Text
from tests.films.reading import drawn_afresh

CELL = Rectangle("in", Box(100, 100, 140, 140), 0.5, "line")
NUMBER = Words("in.value", (120, 125), Text("7", "7"), 20, 0.5)
SUM = Words("sum", (500, 440), Text("7", "7"), 30)
GROUND = Rectangle("ground", Box(50, 50, 900, 500), "panel")


def seen(stage: tuple[Mark, ...]) -> dict[str, Mark]:
    return {mark.key: mark for mark in stage}


def test_place_size_and_colour_go_over_evenly() -> None:
    start, end = Rectangle("a", Box(0, 0, 10, 10), "window"), Rectangle("a", Box(20, 0, 40, 10), "text", None, 3.0)
    assert between(start, end, 0.5) == Rectangle("a", Box(10, 0, 25, 10), Mixed("window", "text", 0.5), None, 2.0)
    circle = between(Circle("c", (0, 0), 1, "text"), Circle("c", (4, 8), 3, "text"), 0.25)
    assert circle == Circle("c", (1, 2), 1.5, "text")
    for theme in THEMES.values():
        window, text = theme.rgb("window"), theme.rgb("text")
        assert theme.rgb(Mixed("window", "text", 0.5)) == tuple(round((a + b) / 2) for a, b in zip(window, text))  # noqa: B905


def test_what_cannot_go_over_changes_in_the_middle_unseen() -> None:
    line, longer = Polyline("l", ((0, 0), (1, 1)), "text"), Polyline("l", ((0, 0), (1, 1), (2, 2)), "text")
    for start, end in ((line, longer), (CELL, line), (NUMBER, NUMBER._replace(text=Text("8", "8")))):
        assert between(start, end, 0.5).opacity == 0
        assert between(start, end, 0.25) == start._replace(opacity=0.5)
        assert between(start, end, 0.75) == end._replace(opacity=0.5)
    one, other = Picture("p", Box(0, 0, 9, 9), 1, 1, b"\1"), Picture("p", Box(0, 0, 9, 9), 1, 1, b"\2")
    assert [between(one, other, share) for share in (0.4, 0.6)] == [one, other]


def test_a_mark_is_born_from_another_and_both_ends_are_theirs() -> None:
    way = Passage((GROUND, CELL, NUMBER), (GROUND, CELL, NUMBER, SUM), {"sum": "in.value"}, 0.5)
    early, late = seen(way.at(0.01)), seen(way.at(0.99))
    assert early["in.value"] is NUMBER, "what something is born from stays"
    assert list(early)[-1] == "sum", "what travels is over all else"
    for stage, place, size in ((early, NUMBER.at, 20), (late, SUM.at, 30)):
        born = stage["sum"]
        assert isinstance(born, Words)
        assert np.hypot(born.at[0] - place[0], born.at[1] - place[1]) < 1
        assert born.size == pytest.approx(size, abs=0.1)
        assert born.colour == "text", "black or white is for a cell that it has left"
    middle = seen(way.at(0.5))["sum"]
    assert isinstance(middle, Words)
    assert middle.at == pytest.approx(((120 + 500) / 2, (125 + 440) / 2))


def test_letters_anchored_otherwise_do_not_jump() -> None:
    wide = Words("a", (200, 100), Text("123,4", "123.4"), 20, "text", "end")
    end = Words("b", (600, 100), Text("123,4", "123.4"), 20, "text", "start")
    first, last = (travelling(wide, end, share) for share in (0.0, 1.0))
    assert isinstance(first, Words)
    assert isinstance(last, Words)
    assert first.at[0] < 200
    assert last.at[0] > 600
    assert 200 - first.at[0] == pytest.approx(last.at[0] - 600)


def test_several_become_one() -> None:
    other = NUMBER._replace(key="other.value", at=(300, 125))
    way = Passage((NUMBER, other), (NUMBER, other, SUM), {"sum": ("in.value", "other.value")}, 0.5)
    travellers = [mark for mark in way.at(0.5) if mark.key.startswith("sum")]
    assert len(travellers) == 2
    assert len({mark.key for mark in travellers}) == 2


def test_what_is_already_there_is_born_anew_only_if_it_changes() -> None:
    changed = SUM._replace(text=Text("9", "9"))
    stage = seen(Passage((NUMBER, SUM), (NUMBER, changed), {"sum": "in.value"}, 0.5).at(0.5))
    assert stage["sum"] is SUM, "the old value stays until the new one arrives"
    assert stage["sum<0"].opacity == 1


@pytest.mark.parametrize("born_from", [{"sum": "nothing"}, {"nothing": "in.value"}])
def test_what_is_not_there_gives_birth_to_nothing(born_from: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        Passage((NUMBER,), (NUMBER, SUM), born_from, 0.5)


def test_the_new_fades_in_at_the_end_and_the_gone_out_at_the_beginning() -> None:
    way = Passage((CELL,), (SUM,), {}, 1.0)
    assert [mark.key for mark in way.at(0.5)] == []
    assert seen(way.at(FADE / 2))["in"].opacity == pytest.approx(0.5)
    assert seen(way.at(1 - FADE / 2))["sum"].opacity == pytest.approx(0.5)


def test_what_is_gone_keeps_what_it_lay_on_and_under() -> None:
    under, over = CELL._replace(key="under"), CELL._replace(key="over")
    assert list(seen(Passage((under, CELL, over), (under, over), {}, 0.2).at(0.3))) == ["under", "in", "over"]
    assert list(seen(Passage((CELL, over), (over,), {}, 0.2).at(0.3))) == ["in", "over"]


def test_the_way_starts_and_ends_gently() -> None:
    shares = np.linspace(0, 1, 101)
    steps = np.diff([eased(share) for share in shares])
    assert (eased(0), eased(0.5), eased(1)) == (0, 0.5, 1)
    assert steps.min() > 0
    assert steps[0] < steps[50] / 10 > steps[-1] > 0


def test_pictures_of_a_way_change_where_something_moves_and_nowhere_else() -> None:
    words = Text("x", "x")
    arrives = Beat((GROUND, CELL, NUMBER, SUM), 1.0, 0.5, {"sum": "in.value"})
    made = Film("x", words, (Step(words, (Beat((GROUND, CELL, NUMBER), 1.0), arrives)),), (480, 270))
    drawn = [drawn_afresh(made, frame.marks, full=True) for frame in made.frames(60)]
    assert len(drawn) == 32
    changed = [(one != other).any(2) for one, other in pairwise(drawn)]
    # The slowest steps, at both ends, are shorter than a pixel.
    assert all(change.any() for change in changed[4:-4])
    assert max(change.sum() for change in changed) < 0.01 * drawn[0][..., 0].size


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("theme", THEMES)
def test_half_a_mark_lies_between_none_and_all(theme: str, full: bool) -> None:
    words = Text("x", "x")
    made = replace(Film("x", words, (Step(words, (Beat((GROUND, CELL)),)),), (480, 270)), theme=theme)
    stages = [(GROUND, CELL._replace(opacity=opacity)) for opacity in (0.0, 0.5, 1.0)]
    none, half, whole = (drawn_afresh(made, stage, full=full).astype(float) for stage in stages)
    np.testing.assert_array_equal(none, drawn_afresh(made, (GROUND,), full=full))
    # A palette shows half a colour by half of the pixels.
    np.testing.assert_allclose(half.mean((0, 1)), (none.mean((0, 1)) + whole.mean((0, 1))) / 2, atol=0.6)


def test_a_camera_keeps_keys_and_proportions() -> None:
    camera = Camera(CELL.box.grown(10), Box(0, 0, 600, 300))
    cell, number = camera.seen((GROUND, CELL, NUMBER, SUM))[1:]
    assert camera.scale == pytest.approx(5)
    assert (cell.key, number.key) == ("in", "in.value")
    assert hull(cell) == pytest.approx((200, 50, 400, 250))
    assert isinstance(number, Words)
    assert number.size == 100
    assert hull(number)[:2] == pytest.approx((300, 175))


def test_a_moving_camera_moves_everything_evenly() -> None:
    near, far = Camera(CELL.box.grown(10)), Camera(GROUND.box)
    marks = (GROUND, CELL, NUMBER)
    middle = Passage(far.seen(marks), near.seen(marks), {}, 1.0).at(0.5)
    cell, number = hull(middle[1]), hull(middle[2])
    inside = (number.left - cell.left) / cell.width, (number.top - cell.top) / cell.height
    assert inside == pytest.approx((0.5, 25 / 40))
