"""Films from strangers: what a file says is checked before anything is made of it."""

from __future__ import annotations

import copy
import json
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from convista.errors import ConvistaError
from convista.films import open_film
from tests.films.stage.test_marks import every_mark

VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 10**9, 10**30, 1e308, 0.5, "", "x", "x" * 20_000, "hue nan", "hue 30", "\\frac{", [],
    [[0, 1]], [[0, 10**9]], {}, {"es": 1, "en": "a"}, {"scale": "x"}, [1, 2], [0, 0, 1e7, 1e7], "AAAA", "end",
)  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    every_mark().save(tmp_path / "film.json")
    written: dict[str, Any] = json.loads((tmp_path / "film.json").read_text("utf-8"))
    return written


def refused(document: dict[str, Any], folder: Path) -> str:
    (folder / "film.json").write_text(json.dumps(document))
    with pytest.raises(ConvistaError, match=r"film\.json is not a film saved as JSON \(") as error:
        open_film(folder / "film.json")
    return str(error.value)


def growing(document: dict[str, Any]) -> None:
    """Have each state be twice the one before, which forty times over is a thousand thousand million marks."""
    beats = document["steps"][0]["beats"]
    first, count = beats[0], len(beats[0]["marks"])
    document["steps"][0]["beats"] = [first] + [
        {**first, "marks": [[0, count * 2**n], [0, count * 2**n]]} for n in range(40)
    ]


def many(document: dict[str, Any]) -> None:
    """Have very many states of very many marks, each of which is written as one run."""
    document["marks"] = [{"kind": "circle", "key": str(n), "centre": [0, 0], "radius": 1} for n in range(2500)]
    beat = {"marks": [[0, 2500]], "seconds": 0.1, "travel": 0}
    document["steps"][0]["beats"] = [{**beat, "marks": list(range(2500))}, *[beat] * 2500]


@pytest.mark.parametrize(
    "spoil",
    [
        growing,
        many,
        lambda d: d["steps"][0]["beats"][0].update(travel=1e9),
        lambda d: d["steps"][0]["beats"][0].update(seconds=float("nan")),
        lambda d: d.update(size=[60_000, 60_000]),
        lambda d: d.update(steps=[]),
        lambda d: d["steps"][0].update(beats=[]),
        lambda d: d["steps"][0].update(narration="said"),
        lambda d: d["steps"][0].update(narration={"es": "x" * 20_000, "en": "x"}),
        lambda d: d.update(narrated=1),
        lambda d: d.update(plain="yes"),
        lambda d: d.update(captions=None),
        lambda d: d.update(durations=[5.0] * (len(d["steps"]) + 1)),
        lambda d: d.update(durations=[-1.0] * len(d["steps"])),
        lambda d: d.update(durations=[1e9] * len(d["steps"])),
        lambda d: d.update(
            steps=[
                s | {"caption": {"es": "x" * 9000, "en": f"{n:02}" * 4500}} for s in d["steps"] for n in range(30)
            ]
        ),
        lambda d: d["marks"][1].update(rows=10**9),
        lambda d: d["marks"][1].update(box=[0, 0, 1e9, 1e9]),
        lambda d: d["marks"][2].update(fill="no colour"),
        lambda d: d["marks"][3].update(anchor='end" onload="alert(1)'),
        lambda d: d["marks"][3].update(size=1e9),
        lambda d: d["marks"].append({"kind": "exec", "key": "a"}),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    document: dict[str, Any], tmp_path: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    spoil(document)
    refused(document, tmp_path)


def test_a_file_that_is_too_large_or_too_deep_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "film.json").open("w") as file:
        file.truncate(2**27)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ConvistaError, match=r"\(bytes: 134217728\)"):
        open_film(tmp_path / "film.json")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - used < 2**15
    (tmp_path / "film.json").write_text("[" * 100_000)
    with pytest.raises(ConvistaError, match="is not a film saved as JSON"):
        open_film(tmp_path / "film.json")


def test_a_formula_that_cannot_be_set_is_told(document: dict[str, Any], tmp_path: Path) -> None:
    for mark in document["marks"]:
        if mark["kind"] == "formula":
            mark["tex"] = {"es": "\\fra{", "en": "\\fra{"}
    (tmp_path / "film.json").write_text(json.dumps(document))
    film = open_film(tmp_path / "film.json")
    with pytest.raises(ConvistaError, match=r"The formula .* cannot be typeset: "):
        film.save(tmp_path / "film.png")
    assert [path.name for path in tmp_path.iterdir()] == ["film.json"]


@pytest.mark.slow
def test_spoilt_files_are_told(document: dict[str, Any], tmp_path: Path) -> None:
    rng, file, opened = random.Random(0), tmp_path / "film.json", 0
    for _ in range(1500):
        spoilt = copy.deepcopy(document)
        place: Any = spoilt
        while True:
            key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if not isinstance(place[key], dict | list) or not place[key] or rng.random() < 0.1:
                break
            place = place[key]
        place[key] = rng.choice(VALUES)
        file.write_text(json.dumps(spoilt), "utf-8")
        try:
            film = open_film(file)
        except ConvistaError:
            continue
        opened += 1
        if opened % 20 == 0 and max(film.size) < 2000:
            try:
                film.save(tmp_path / "one.svg", step=0)
            except ConvistaError as error:
                assert error.key == "films.export.no_formula"  # noqa: PT017  either way is right
    assert 50 < opened < 1000
