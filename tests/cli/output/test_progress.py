"""Progress is read whole, on a terminal of any usual width."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from convista import language
from convista.cli.output.progress import Bars, Drawn
from convista.language import LANGUAGES, say

STAGES = ("read", "train", "evaluate", "map", "vectors", "mosaic", "films", "study")
NUMBERS = {"epoch": 12, "loss": 0.1234, "accuracy": 0.9, "macro_f1": 0.9123, "seed": 3}


def drawn(width: int, **numbers: float) -> list[str]:
    """Return what stands on a terminal of this many columns when all stages are half done."""
    console = Console(file=StringIO(), width=width, force_terminal=True, color_system=None)
    progress = Drawn(console=console)
    bars = Bars(progress)
    for stage in STAGES:
        bars(stage, 55, 110, **(numbers if stage == "train" else {}))
    with console.capture() as seen:
        console.print(progress.get_renderable())
    return seen.get().splitlines()


@pytest.mark.parametrize("width", [120, 80, 60, 36, 24])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_is_cut(spoken: str, width: int) -> None:
    language.use(spoken)
    lines = drawn(width, **NUMBERS)
    text = " ".join(" ".join(lines).split())
    assert "…" not in text
    assert max(map(len, lines)) <= width
    for name in NUMBERS:
        assert say(f"cli.output.measure_{name}") in text
    assert text.count("50 %") == len(STAGES)
    if width >= 60:
        for stage in STAGES:
            assert any(line.startswith(say(f"cli.output.stage_{stage}")) and "━" in line for line in lines)


def test_numbers_stand_beside_the_bar_where_there_is_room_and_below_it_where_not() -> None:
    (wide,) = [line for line in drawn(140, **NUMBERS) if line.startswith("training ")]
    assert "loss 0.123  accuracy 0.900" in wide
    lines = drawn(80, **NUMBERS)
    at = next(n for n, line in enumerate(lines) if line.startswith("training "))
    assert "loss" not in lines[at]
    assert lines[at + 1].rstrip() == "  epoch 12  loss 0.123  accuracy 0.900  macro-F1 0.912  seed 3"
