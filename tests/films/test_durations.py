"""Times from outside: as many as steps, never shorter than what moves; and a narrator's file of cues."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest

from convista.catalogue import film
from convista.errors import ConvistaError
from convista.films import Film, open_film
from convista.films.durations import read_cues
from convista.films.export.subtitles import cues


@pytest.fixture(scope="module")
def pooled() -> Film:
    return film("pool-max", language="en")


def test_nothing_on_the_stage_goes_faster(pooled: Film) -> None:
    made = pooled.shown(durations=[step.shortest for step in pooled.steps])
    assert made.seconds < sum(step.seconds for step in pooled.steps)
    for told, own in zip(made.timed(), pooled.steps, strict=True):
        assert [beat.passing for beat in told.beats] == [beat.passing for beat in own.beats]
        assert [beat.travel for beat in told.beats] == [beat.travel for beat in own.beats]


def test_steps_last_as_long_as_they_are_told(pooled: Film, tmp_path: Path) -> None:
    asked = [step.shortest + n for n, step in enumerate(pooled.steps)]
    made = film("pool-max", language="en", durations=asked)
    assert [step.seconds for step in made.timed()] == pytest.approx(asked)
    assert made.seconds == pytest.approx(sum(asked)) == pytest.approx(sum(frame.seconds for frame in made.frames()))
    assert [cue.start for cue in cues(made)][:3] == pytest.approx([0, asked[0], asked[0] + asked[1]])
    # Only how long last states are held is another: nothing on the stage goes faster.
    for told, own in zip(made.timed(), pooled.steps, strict=True):
        assert told.beats[:-1] == own.beats[:-1]
        assert told.beats[-1].seconds > 0
    made.save(tmp_path / "x.json")
    assert open_film(tmp_path / "x.json") == made


@pytest.mark.parametrize(
    ("durations", "says"),
    [
        ((), r"0 durations were given, and the film “pool-max” has 9 steps"),
        ((5.0,), r"One duration was given, and the film “pool-max” has 9 steps"),
        ((5.0,) * 8 + (0.01,), r"Step 9 lasts \d\.\d\d s at least, .* and is given 0\.01 s"),
        ((5.0, float("nan"), *(5.0,) * 7), r"The duration of step 2 is nan"),
        ((5.0, "7", *(5.0,) * 7), r"The duration of step 2 is 7"),
        ((5.0, True, *(5.0,) * 7), r"The duration of step 2 is True"),
        ((5000.0,) * 9, r"The durations make 45000\.00 s"),
    ],
)
def test_durations_that_cannot_be(durations: tuple[float, ...], says: str, pooled: Film) -> None:
    with pytest.raises(ConvistaError, match=says):
        pooled.shown(durations=durations)


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_cues_say_when_steps_begin(pooled: Film, tmp_path: Path) -> None:
    path = write(tmp_path / "cues.csv", "step,start\n1,0\n2, 8.25\n\n3,15\n8,40\nend,60\n")
    durations = read_cues(path, pooled)
    starts = [0.0, *accumulate(durations)]
    assert [starts[n] for n in (0, 1, 2, 7, 9)] == pytest.approx([0, 8.25, 15, 40, 60])
    # Between steps 3 and 8 every step has what it needs, and the same of what is left.
    shares = [given - step.shortest for given, step in zip(durations, pooled.steps, strict=True)]
    assert shares[2:7] == pytest.approx([shares[2]] * 5)
    open_end = read_cues(write(tmp_path / "cues.csv", "1,0\n2,9\n"), pooled)
    assert open_end[0] == 9
    assert open_end[1:] == pytest.approx([step.seconds for step in pooled.timed()][1:])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", r"line 1: “” does not say when a step begins"),
        ("1,0\n2;5\n", r"line 2: “2;5” does not say"),
        ("1,0\n2,5,6\n", r"line 2: “2,5,6” does not say"),
        ("1,0\nstep,start\n", r"line 2: “step,start” does not say"),
        ("1,00:00:05\n", r"line 1: “1,00:00:05” does not say"),
        ("2,0\n", r"line 1: “2,0” cannot be"),
        ("1,3\n", r"line 1: “1,3” cannot be"),
        ("1,0\n10,50\n", r"line 2: “10,50” cannot be.*the film has 9 steps"),
        ("1,0\n3,9\n2,12\n", r"line 3: “2,12” cannot be"),
        ("1,0\n2,nan\n", r"line 2: “2,nan” cannot be"),
        ("1,0\n2,inf\n", r"line 2: “2,inf” cannot be"),
        ("1,0\nend,30\n9,40\n", r"line 3: “9,40” cannot be"),
        ("1,0\n2,9\n3,9.5\n", r"from step 2 there are 0\.50 s until the next line, and what moves there takes"),
    ],
)
def test_cues_that_cannot_be(text: str, says: str, pooled: Film, tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match=says):
        read_cues(write(tmp_path / "cues.csv", text), pooled)


def test_files_that_are_no_cues(pooled: Film, tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match="cannot be read"):
        read_cues(tmp_path / "none.csv", pooled)
    for content in (b"\xff\xfe\x00", b"1,0\n" * 2**19):
        (tmp_path / "x.csv").write_bytes(content)
        with pytest.raises(ConvistaError, match="does not say when a step begins"):
            read_cues(tmp_path / "x.csv", pooled)
