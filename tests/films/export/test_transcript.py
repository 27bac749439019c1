"""The script of a film has every step's time, caption and narration, and no text of a stranger is markup in it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest

from convista.catalogue import film
from convista.films.export import transcript
from convista.films.said import narrations
from convista.language import Text


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_script_has_times_captions_and_narration(language: str, tmp_path: Path) -> None:
    made = film("pool-max", language=language)
    made.save(tmp_path / "x.md")
    text = (tmp_path / "x.md").read_text("utf-8")
    said = list(narrations(made.timed()))
    assert any(words != together[0].caption for words, together in said)
    for words, together in said:
        assert getattr(together[0].caption, language) in text
        assert getattr(words, language) in text
    ends = [
        60 * int(m) + float(s.replace(",", ".")) for m, s in re.findall(r" (?:a|to) (\d+):([\d.,]+)$", text, re.M)
    ]
    wanted = accumulate(sum(step.seconds for step in together) for _, together in said)
    assert ends == pytest.approx(list(wanted), abs=0.051)
    numbers = [int(number) for line in re.findall("^## .*", text, re.M) for number in re.findall(r"\d+", line)]
    assert (numbers[0], numbers[-1]) == (1, len(made.steps))


def test_what_looks_like_markup_is_text() -> None:
    made = film("pool-max", language="en")
    bad = Text("", "# [x](javascript:y)\n\n<b>*1*")
    told = transcript.encode(replace(made, steps=(made.steps[0]._replace(caption=bad, narration=None),))).decode()
    assert r"> \# \[x\](javascript:y) \<b\>\*1\*" in told
    assert transcript._plain("1. one") == r"1\. one"
