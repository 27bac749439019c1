"""Rows of text stand one under the other."""

from __future__ import annotations

from convista.tables import aligned


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    rows = [["", "accuracy"], ["network", "0.9 [0.8, 1]"], ["majority", "–"]]
    assert aligned(rows) == [
        "                accuracy",
        "  network   0.9 [0.8, 1]",
        "  majority             –",
    ]


def test_no_line_ends_in_spaces() -> None:
    assert aligned([["1", "water"], ["12", ""]], words=2, indent="") == ["1   water", "12"]


def test_nothing_has_no_lines() -> None:
    assert aligned([]) == []
