"""Parts of maps from strangers: a plan writes its own map alone, and a strip takes no more than its room."""

from __future__ import annotations

import copy
import io
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from convista.errors import ConvistaError
from convista.mapping import mosaic, predict
from convista.mapping.engine.journal import PLAN, Journal
from convista.mapping.engine.plan_check import check_plan, check_strip
from convista.mapping.outputs.rasters import Confidence
from convista.scenes import Scene, open_scene
from tests.mapping.engine.test_execution import blurred, values

Edit = Callable[[dict[str, Any]], None]
VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 10**9, 10**30, 1e308, 0.5, "", "x", "x" * 5000, "/../../gone", "../x", [], [[0, 1]], {},
    [1, 2], ["a"], "Values", "ClassMap",
)  # fmt: skip


@pytest.fixture
def parts(raster: Callable[..., Path], tmp_path: Path) -> Path:
    """A folder with all parts of a map, the map's own, not joined."""
    scene: Scene = open_scene(raster("s.tif", values(), -9), bands=["red", "nir"])
    (tmp_path / "maps").mkdir()
    asked: dict[str, Any] = {"overlap": 0.4, "probabilities": "uint8"}
    return predict(blurred(), scene, tmp_path / "maps" / "m.tif", **asked, shard=(1, 1))


@pytest.fixture
def plan(parts: Path) -> dict[str, Any]:
    written: dict[str, Any] = json.loads((parts / PLAN).read_text("utf-8"))
    return written


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda p: p["products"][1].update(suffix="/../../gone"),
            "suffix” is '/../../gone', and must be the end of",
        ),
        (
            lambda p: p["products"][0].update(kind="exec"),
            "kind” is 'exec', and must be one of these texts: ClassMap",
        ),
        (lambda p: p["products"][0].update(more=1), "must be what is written of a map"),
        (lambda p: p["products"].clear(), r"“products” is \[\], and must be what is written of a map"),
        (lambda p: p.update(polygons="yes"), "“polygons” is 'yes', and must be true or false"),
        (lambda p: p.update(shape=[10**9, 10**12]), r"“shape\[1\]” is 1000000000000, and must be a whole number"),
        (lambda p: p["shape"].__setitem__(0, 10**9), "must be the 1000000000 rows of the map, strip by strip"),
        (lambda p: p["rows"].reverse(), r"“rows\[0\]\[0\]” is \d+, and must be a whole number from 0 to 0"),
        (lambda p: p.update(crs="PROJCS[nothing"), "“crs” is 'PROJCS.nothing', and must be a coordinate system in"),
        (lambda p: p["transform"].__setitem__(0, "a"), r"“transform\[0\]” is 'a', and must be a finite number"),
        (lambda p: p["about"].update(mean=[1]), r"“about\.mean” is \[1\], and must be a list of 2"),
        (
            lambda p: p["about"]["classes"][0].__setitem__(0, 256),
            "is 256, and must be a whole number from 0 to 255",
        ),
        (lambda p: p.update(about=None), "“about” is –, and must be a JSON object"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(plan: dict[str, Any], parts: Path, edit: Edit, message: str) -> None:
    check_plan(plan, parts / PLAN)
    edit(plan)
    with pytest.raises(ConvistaError, match=message) as error:
        check_plan(plan, parts / PLAN)
    assert str(error.value).startswith(str(parts / PLAN))


@pytest.mark.slow
def test_spoilt_plans_write_nothing_beside_their_map(plan: dict[str, Any], parts: Path, tmp_path: Path) -> None:
    rng, out = random.Random(0), tmp_path / "maps" / "m.tif"
    kept, above = tmp_path / "kept", set(tmp_path.iterdir())
    shutil.copytree(parts, kept)
    joined = 0
    for _ in range(800):
        spoilt: Any = copy.deepcopy(plan)
        place = spoilt
        while True:
            key = rng.choice(list(place) if isinstance(place, dict) else range(len(place)))
            if not isinstance(place[key], dict | list) or not place[key] or rng.random() < 0.2:
                break
            place = place[key]
        place[key] = rng.choice(VALUES)
        (parts / PLAN).write_text(json.dumps(spoilt, ensure_ascii=False, sort_keys=True, indent=1), "utf-8")
        try:
            mosaic(out)
        except ConvistaError:
            assert not list(parts.parent.glob("m*.tif"))
        else:
            joined += 1
            for file in parts.parent.iterdir():
                assert file.name.startswith("m")
                file.unlink()
            shutil.copytree(kept, parts)
    assert joined < 200
    assert set(tmp_path.iterdir()) == above | {kept}


def test_a_deep_plan_is_told(parts: Path) -> None:
    (parts / PLAN).write_text("[" * 100_000, "utf-8")
    with pytest.raises(ConvistaError):
        mosaic(parts.parent / "m.tif")


def strip(file: Path, head: bytes, content: bytes) -> None:
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("arr_0.npy", head + content)


def npy(shape: tuple[int, ...], dtype: str = "|u1") -> bytes:
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": dtype, "fortran_order": False, "shape": shape})
    return head.getvalue()


def test_a_strip_takes_no_more_than_its_room(tmp_path: Path) -> None:
    file, products = tmp_path / "000000.npz", [Confidence()]
    strip(file, npy((1, 4, 8)), bytes(32))
    check_strip(file, list(products), 4, 8)
    for head, content in (
        (npy((1, 10**6, 10**6)), bytes(32)),
        (npy((1, 4, 8)), bytes(10**7)),
        (npy((1, 4, 8)), bytes(31)),
        (npy((1, 8, 4)), bytes(32)),
        (npy((1, 4, 8), "|O"), bytes(32)),
        (npy((1, 4, 8), "<f8"), bytes(256)),
        (b"not an array", b""),
        (npy((1, 4, 8))[:20], b""),
    ):
        strip(file, head, content)
        with pytest.raises(ConvistaError, match=r"Strip .*000000\.npz is damaged: .* It has been taken away"):
            check_strip(file, list(products), 4, 8)
    file.write_bytes(b"no archive")
    with pytest.raises(ConvistaError, match=r"Strip .*000000\.npz is damaged: .* It has been taken away"):
        check_strip(file, list(products), 4, 8)


def test_a_folder_of_parts_is_not_followed_elsewhere(parts: Path, tmp_path: Path) -> None:
    """A folder of parts that is a link to another folder is not emptied."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "letter.txt").write_text("mine")
    journal = Journal(tmp_path / "maps" / "n.tif")
    journal.folder.symlink_to(elsewhere)
    with pytest.raises(ConvistaError):
        mosaic(tmp_path / "maps" / "n.tif", [parts / "nowhere"])
    assert (elsewhere / "letter.txt").read_text() == "mine"
