"""Names like one that does not exist."""

from __future__ import annotations

from convista.suggestions import hint, nearest

BANDS = ("red", "nir", "nir08", "SWIR16", "swir22")


def test_the_nearest_come_first_and_in_any_case() -> None:
    assert nearest("NIR8", BANDS)[:2] == ["nir08", "nir"]
    assert nearest("swir1", BANDS) == ["SWIR16", "swir22"]


def test_where_none_is_alike_the_likest_are_named() -> None:
    assert nearest("thermal", BANDS)[0] == "red"
    assert len(nearest("thermal", BANDS)) == 3
    assert nearest("x", ["only"]) == ["only"]
    assert nearest("x", []) == []


def test_a_hint_is_given_only_of_what_may_be_meant() -> None:
    assert hint("nir8", BANDS) == " (nir08, nir?)"
    assert hint("thermal", BANDS) == ""


def test_what_was_renamed_is_said_by_its_name_now() -> None:
    assert hint("rate", ["learning_rate", "date"], {"rate": "learning_rate"}) == " (learning_rate?)"
