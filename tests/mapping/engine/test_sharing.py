"""One name for a map and several processes, several runs, or work that was cut short: never mixed, never lost."""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from convista import language
from convista.errors import ConvistaError
from convista.learning import Run, open_run
from convista.mapping import (
    embed,
    map_activations,
    mosaic,
    predict,
    search,
    strips_done,
)  # fmt: skip
from convista.mapping.engine.journal import Journal
from convista.mapping.engine.locks import Lock, process_start
from convista.scenes import Scene, content, open_scene
from tests.mapping.engine.test_execution import Stopped, blurred, rasters, values, whole

Write = Callable[..., Path]
MakeRun = Callable[..., Run]
ASKED: dict[str, Any] = {"overlap": 0.4, "probabilities": "uint8"}


@pytest.fixture
def scene(raster: Write) -> Scene:
    return open_scene(raster("s.tif", values(), -9), bands=["red", "nir"])


def begin(scene: Scene, out: Path, **asked: Any) -> None:
    """Make a part of a map."""

    def stop(stage: str, done: int, total: int, /, **_: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        predict(blurred(), scene, out, **{**ASKED, **asked}, progress=stop)


BUSY = """
import sys, time
from pathlib import Path
from tests.mapping.engine.test_execution import blurred
from convista.mapping import predict
from convista.scenes import open_scene
folder = Path(sys.argv[1])
def progress(stage, done, total, /, **_):
    print("at work", flush=True)
    sys.stdin.read()
predict(blurred(), open_scene(folder / "s.tif", bands=["red", "nir"]), folder / "m.tif", overlap=0.4,
    probabilities="uint8", progress=progress)
"""


def busy(folder: Path) -> subprocess.Popen[str]:
    """Begin a map in another process, which waits for its input to end."""
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), root])}
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "at work\n"
    return process


@pytest.mark.slow
def test_the_second_process_is_told_who_holds_the_map(scene: Scene, tmp_path: Path) -> None:
    expected = whole(scene, tmp_path / "whole")
    first, out = busy(tmp_path), tmp_path / "m.tif"
    try:
        for restart in (False, True):
            with pytest.raises(ConvistaError) as error:
                predict(blurred(), scene, out, overlap=0.2, probabilities="uint8", restart=restart)
            assert error.value.key == "mapping.held_by_other"
            assert f"Process {first.pid} on {error.value.values['host']} is making another map" in str(error.value)
            assert "They differ in: overlap (0.4 → 0.2)." in str(error.value)
            with pytest.raises(ConvistaError, match=f"is being made already by process {first.pid} on"):
                predict(blurred(), scene, out, **ASKED, restart=restart)
        with pytest.raises(ConvistaError, match=f"is being made already by process {first.pid} on"):
            mosaic(out)
    finally:
        first.communicate("")
    assert first.returncode == 0
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}
    assert not (tmp_path / "m.tif.unfinished").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_process_that_was_killed_holds_nothing(scene: Scene, tmp_path: Path) -> None:
    expected, first = whole(scene, tmp_path / "whole"), busy(tmp_path)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    out = tmp_path / "m.tif"
    with pytest.raises(
        ConvistaError, match=r"finished strips? of another map .* differ in: overlap \(0\.4 → 0\.2\)"
    ):
        predict(blurred(), scene, out, overlap=0.2, probabilities="uint8")
    assert strips_done(out) is not None
    predict(blurred(), scene, out, **ASKED)
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}
    assert not (tmp_path / "m.tif.unfinished").exists()


def holder_of(journal: Journal) -> tuple[Path, dict[str, Any]]:
    (file,) = journal.folder.glob("held-by-*.json")
    return file, json.loads(file.read_text("utf-8"))


def test_a_holder_on_another_machine_is_believed_unless_it_makes_the_same(scene: Scene, tmp_path: Path) -> None:
    out, told = tmp_path / "m.tif", list[dict[str, Any]]()

    def look(stage: str, done: int, total: int, /, **_: float) -> None:
        told.append(holder_of(Journal(out))[1])
        raise Stopped

    with pytest.raises(Stopped):
        predict(blurred(), scene, out, **ASKED, progress=look)
    assert told[0]["pid"] == os.getpid()
    file = Journal(out).folder / "held-by-elsewhere.json"
    elsewhere = {**told[0], "host": "elsewhere", "pid": 1}
    file.write_text(json.dumps(elsewhere), "utf-8")
    with pytest.raises(ConvistaError) as error:
        predict(blurred(), scene, out, overlap=0.2, restart=True)
    assert "Process 1 on elsewhere is making another map" in str(error.value)
    assert f"If that process no longer exists, delete {file}." in str(error.value)
    predict(blurred(), scene, out, **ASKED)  # the same strips, whoever writes them
    assert out.exists()
    file.unlink()
    Journal(out).folder.rmdir()


def test_a_process_of_the_same_number_that_began_later_is_another(scene: Scene, tmp_path: Path) -> None:
    if process_start(os.getpid()) is None:
        pytest.skip("this system does not say when a process began")
    begin(scene, tmp_path / "m.tif")
    file = tmp_path / "m.tif.unfinished" / "held-by-former.json"
    former = Lock(platform.node(), os.getpid(), "before/1", "2026-01-01T00:00:00Z", (0, 8), {})
    file.write_text(json.dumps(former.__dict__), "utf-8")
    file.with_name("held-by-broken.json").write_text("{", "utf-8")
    predict(blurred(), scene, tmp_path / "m.tif", **ASKED)
    assert not (tmp_path / "m.tif.unfinished").exists()


def test_parts_of_one_map_are_made_side_by_side_and_the_same_part_is_not(scene: Scene, tmp_path: Path) -> None:
    expected, out = whole(scene, tmp_path / "whole"), tmp_path / "m.tif"
    tried: list[str] = []

    def others(stage: str, done: int, total: int, /, **_: float) -> None:
        if not tried:
            tried.append("other part")
            predict(blurred(), scene, out, **ASKED, shard=(2, 2))
            for part in ((1, 3), None):
                with pytest.raises(ConvistaError, match="is being made already by process"):
                    predict(blurred(), scene, out, **ASKED, shard=part)

    predict(blurred(), scene, out, **ASKED, shard=(1, 2), progress=others)
    mosaic(out)
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}


@pytest.mark.slow
def test_two_that_begin_at_once_never_mix(raster: Write, tmp_path: Path) -> None:
    """Threads stand for processes; whatever they do, the map is one of the two."""
    path, out, model = raster("s.tif", values(), -9), tmp_path / "m.tif", blurred()
    possible = set()
    for overlap in (0.2, 0.4):
        predict(model, open_scene(path, bands=["red", "nir"]), out, overlap=overlap)
        possible.add(out.read_bytes())
    out.unlink()
    for _ in range(5):
        failed: list[str] = []

        def run(overlap: float, failed: list[str] = failed) -> None:
            try:
                predict(model, open_scene(path, bands=["red", "nir"]), out, overlap=overlap)
            except ConvistaError as error:
                failed.append(error.key)

        threads = [threading.Thread(target=run, args=(overlap,)) for overlap in (0.2, 0.4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(failed) <= {"mapping.held_by_other", "mapping.other_unfinished"}
        assert len(failed) < 2
        assert out.read_bytes() in possible


@pytest.mark.parametrize("kind", ["activations", "search", "embed"])
def test_other_maps_ask_before_they_give_up_what_is_done(
    kind: str, make_run: MakeRun, raster: Write, tmp_path: Path
) -> None:
    scene = open_scene(raster("s.tif", np.abs(values(80, 70)) * 40), bands=["red", "nir"])
    run, out = make_run(), tmp_path / ("v.parquet" if kind == "embed" else "m.tif")
    places = [scene.grid.coordinates(*place) for place in ((20, 20), (60, 50))]

    def make(second: bool, **further: Any) -> object:
        if kind == "activations":
            return map_activations(run, scene, ("conv1", "relu1")[second], out, **further)
        if kind == "search":
            return search(run, scene, *places[second], out, **further)
        return embed(run, scene, out, stride=(4, 8)[second], **further)

    def stop(stage: str, done: int, total: int, /, **_: float) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        make(False, progress=stop)
    done = strips_done(out)
    told = {
        "activations": r"layer \(conv1 → relu1\)",
        "search": r"at \(500675\.0,3999325\.0 → 501515\.0,3998125\.0\)",
        "embed": r"stride \(4 → 8\)",
    }
    with pytest.raises(ConvistaError, match=rf"They differ in: {told[kind]}\."):
        make(True)
    assert strips_done(out) == done
    make(True, restart=True)
    assert strips_done(out) is None


def test_what_differs_is_told(scene: Scene, raster: Write, tmp_path: Path) -> None:
    out = tmp_path / "m.tif"
    begin(scene, out)
    changed = values()
    changed[0, 100, 60] += 1
    other = {
        "the pixels of the scene": open_scene(raster("o.tif", changed, -9), bands=["red", "nir"]),
        "scale, offset or nodata of the bands": open_scene(tmp_path / "s.tif", bands=["red", "nir"], scale=2.0),
    }
    for told, another in other.items():
        with pytest.raises(ConvistaError, match=f"They differ in: {told}\\."):
            predict(blurred(), another, out, **ASKED)
    for asked, told in (
        ({"probabilities": None}, r"probabilities \(uint8 → –\)"),
        ({"precision": "bfloat16"}, r"precision \(float32 → bfloat16\)"),
    ):
        with pytest.raises(ConvistaError, match=f"They differ in: {told}\\."):
            predict(blurred(), scene, out, **{**ASKED, **asked})
    language.use("es")
    with pytest.raises(ConvistaError, match=r"Difieren en: overlap \(0\.4 → 0\.3\)\. Repita la orden anterior"):
        predict(blurred(), scene, out, **{**ASKED, "overlap": 0.3})
    assert strips_done(out) is not None


def test_strips_of_an_earlier_version_are_not_given_up_in_silence(scene: Scene, tmp_path: Path) -> None:
    folder = tmp_path / "m.tif.unfinished"
    folder.mkdir()
    (folder / "plan.json").write_text('{"format": "convista-map-1", "fingerprint": "0"}', "utf-8")
    (folder / "000000.npz").write_bytes(b"")
    with pytest.raises(ConvistaError, match="differ in: the kind of work, or the version of convista"):
        predict(blurred(), scene, tmp_path / "m.tif")
    with pytest.raises(ConvistaError, match="There are no parts of"):
        mosaic(tmp_path / "m.tif")
    for broken in ("{", "[]", "[" * 100_000):
        (folder / "plan.json").write_text(broken, "utf-8")
        with pytest.raises(ConvistaError, match="1 finished strip of another map"):
            predict(blurred(), scene, tmp_path / "m.tif")
    predict(blurred(), scene, tmp_path / "m.tif", restart=True)
    assert not folder.exists()


def test_another_spelling_of_the_same_is_the_same_map(
    make_run: MakeRun, raster: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = raster("s.tif", np.abs(values()) * 40)
    make_run().save(tmp_path / "run")
    (tmp_path / "link.tif").symlink_to(path)
    (tmp_path / "here").symlink_to(tmp_path)
    shutil.copytree(tmp_path / "run", tmp_path / "copied")
    shutil.copy(path, tmp_path / "renamed.tif")
    os.utime(tmp_path / "renamed.tif", (1, 1))
    monkeypatch.chdir(tmp_path)
    runs: list[str | Path] = ["run", tmp_path / "run", "./copied/model.safetensors", "here/run"]
    scenes: list[str | Path] = ["s.tif", path, "./s.tif", "link.tif", "here/s.tif", "renamed.tif"]
    outs: list[str | Path] = ["m.tif", tmp_path / "m.tif", "./m.tif", "here/m.tif"]
    count = 12
    for number in range(count):
        run, file, out = runs[number % 4], scenes[number % 6], outs[number % 4]
        scene = open_scene(file, bands=["red", "nir"])
        predict(run, scene, out, stride=(None, 1)[number % 2], shard=(number + 1, count))
    found = strips_done(tmp_path / "m.tif")
    assert found is not None
    assert found[0] == found[1]
    mosaic("m.tif")
    expected = predict(open_run("run"), open_scene(path, bands=["red", "nir"]), "expected.tif").read_bytes()
    assert (tmp_path / "m.tif").read_bytes() == expected


def test_shards_of_a_copied_scene_are_joined(raster: Write, tmp_path: Path) -> None:
    path = raster("s.tif", values(), -9)
    folders = []
    for which in (1, 2):
        there = tmp_path / f"machine {which}"
        there.mkdir()
        shutil.copy(path, there / "copy.tif")
        os.utime(there / "copy.tif", (which * 1e9, which * 1e9))
        (there / "copy.tif.aux.xml").write_text("<PAMDataset></PAMDataset>", "utf-8")  # as a look at it makes
        scene = open_scene(there / "copy.tif", bands=["red", "nir"])
        folders.append(predict(blurred(), scene, there / "m.tif", **ASKED, shard=(which, 2)))
    mosaic(tmp_path / "m.tif", folders)
    assert rasters(tmp_path).items() >= whole(open_scene(path, bands=["red", "nir"]), tmp_path / "w").items()


def test_of_a_large_file_blocks_are_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(bytes(10_000))
    digests = {content.file_digest(path, whole=1_000, block=100)}
    for place in (0, 9_999):
        changed = bytearray(10_000)
        changed[place] = 1
        path.write_bytes(changed)
        digests.add(content.file_digest(path, whole=1_000, block=100))
    path.write_bytes(bytes(10_001))
    digests.add(content.file_digest(path, whole=1_000, block=100))
    assert len(digests) == 4


def test_a_scene_of_no_file_is_known_by_its_pixels(raster: Write, tmp_path: Path) -> None:
    path = raster("s.tif", values(), -9)
    zipped = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path, "s.tif"))
    scenes = [open_scene(f"/vsizip/{zipped}/s.tif", bands=["red", "nir"]) for _ in range(2)]
    assert scenes[0].content() == scenes[1].content()
    changed = values()
    changed[:, 0, 0] = 5
    raster("s.tif", changed, -9)
    other = Path(shutil.make_archive(str(tmp_path / "other"), "zip", tmp_path, "s.tif"))
    assert open_scene(f"/vsizip/{other}/s.tif", bands=["red", "nir"]).content().pixels != scenes[0].content().pixels
    assert path.exists()


def test_only_the_bands_that_are_read_count(raster: Write, tmp_path: Path) -> None:
    three = np.concatenate([values(), values()[:1] * 2])
    path = raster("s.tif", three, -9)
    narrow = open_scene(path, bands=["red", "nir", "x"]).content(["nir"])
    assert narrow == open_scene(path, bands=["a", "nir", "b"]).content(["nir"])
    assert narrow != open_scene(path, bands=["nir", "red", "x"]).content(["nir"])


def test_a_mask_is_part_of_what_a_scene_holds(tmp_path: Path) -> None:
    held = []
    for hidden in (3, 4):
        with rasterio.open(
            tmp_path / "s.tif", "w", driver="GTiff", count=2, height=8, width=8, dtype="uint16", crs="EPSG:32630",
            transform=rasterio.Affine(30, 0, 500_000, 0, -30, 4_000_000),
        ) as file:  # fmt: skip
            file.write(np.ones((2, 8, 8), np.uint16))
            mask = np.full((8, 8), 255, np.uint8)
            mask[hidden] = 0
            file.write_mask(mask)
        held.append(open_scene(tmp_path / "s.tif", bands=["red", "nir"]).content().pixels)
    assert held[0] != held[1]


def test_what_a_kill_left_behind_is_cleaned(scene: Scene, tmp_path: Path) -> None:
    begin(scene, tmp_path / "m.tif")
    folder = tmp_path / "m.tif.unfinished"
    for name in (".unfinished-0.strips.tif", ".unfinished-0.tif", ".000001.npz.0123", ".0.gpkg-journal"):
        (folder / name).write_bytes(b"left")
    predict(blurred(), scene, tmp_path / "m.tif", **ASKED, shard=(1, 8))
    assert not [file for file in folder.iterdir() if file.name.startswith(".")]
    predict(blurred(), scene, tmp_path / "m.tif", **ASKED)
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".") or file.is_dir()]


JOINING = """
import os, signal, sys
from pathlib import Path
from tests.mapping.engine.test_execution import blurred
from convista.mapping import predict
from convista.scenes import open_scene
folder = Path(sys.argv[1])
def progress(stage, done, total, /, **_):
    if stage == "mosaic" and done == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
predict(blurred(), open_scene(folder / "s.tif", bands=["red", "nir"]), folder / "m.tif", overlap=0.4,
    probabilities="uint8", progress=progress)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("at", [3, 12])
def test_a_process_killed_while_it_joins_leaves_one_folder(scene: Scene, tmp_path: Path, at: int) -> None:
    expected = whole(scene, tmp_path / "whole")
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), root])}
    done = subprocess.run([sys.executable, "-c", JOINING, str(tmp_path), str(at)], check=False, env=environment)
    assert done.returncode == -signal.SIGKILL
    left = {file.name for file in tmp_path.iterdir()} - {"s.tif", "whole", "m.tif.unfinished"}
    assert left <= {"m.tif", "m.tif.aux.xml", "m.qml"}  # what was whole
    predict(blurred(), scene, tmp_path / "m.tif", **ASKED)
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".") or "unfinished" in file.name]


def test_a_damaged_strip_is_computed_again(scene: Scene, tmp_path: Path) -> None:
    out = tmp_path / "m.tif"
    predict(blurred(), scene, out, **ASKED, shard=(1, 1))
    damaged = sorted(Journal(out).folder.glob("*.npz"))[2]
    for content_of_it in (b"", damaged.read_bytes()[:-30]):
        damaged.write_bytes(content_of_it)
        with pytest.raises(ConvistaError, match=r"Strip .*000002\..*npz is damaged: .* computes it anew"):
            mosaic(out)
        predict(blurred(), scene, out, **ASKED, shard=(1, 1))
    mosaic(out)
    assert rasters(tmp_path).items() >= whole(scene, tmp_path / "w").items()


def test_a_map_is_made_again_over_a_whole_one(scene: Scene, tmp_path: Path) -> None:
    for overlap in (0.4, 0.2):
        predict(blurred(), scene, tmp_path / "m.tif", overlap=overlap)
    with rasterio.open(tmp_path / "m.tif") as file:
        assert file.shape == scene.shape
