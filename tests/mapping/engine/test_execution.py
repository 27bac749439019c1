"""Maps that are cut short, shared out and joined: always the same file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import torch
from numpy.typing import NDArray
from torch import nn

from convista.errors import ConvistaError
from convista.mapping import (
    DensePatchNetwork,
    MapModel,
    PatchGrid,
    map_model,
    mosaic,
    precision_of,
    predict,
    prediction,
    strips_done,
)
from convista.mapping.engine import patch_grid
from convista.mapping.engine.distributed import distribute
from convista.mapping.engine.job import Job
from convista.mapping.engine.journal import Journal, ranges
from convista.mapping.engine.tiling import Tiling
from convista.mapping.outputs.rasters import products_of
from convista.scenes import Scene, open_scene

Write = Callable[..., Path]
CLASSES = ("water", "forest", "town")


def values(rows: int = 150, columns: int = 70) -> NDArray[np.float32]:
    made = np.random.default_rng(3).normal(size=(2, rows, columns)).astype(np.float32)
    made[:, 20:30, 5:15] = -9
    return made


def blurred() -> MapModel:
    torch.manual_seed(1)
    network = nn.Sequential(nn.Conv2d(2, 8, 5, padding=2), nn.ReLU(), nn.Conv2d(8, 3, 3, padding=1))
    return map_model(network, ["red", "nir"], patch=32, classes=CLASSES, activation="softmax")


@pytest.fixture
def scene(raster: Write) -> Scene:
    return open_scene(raster("s.tif", values(), -9), bands=["red", "nir"])


def whole(scene: Scene, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    predict(blurred(), scene, folder / "m.tif", overlap=0.4, probabilities="uint8")
    return rasters(folder)


def rasters(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.tif"))}


class Stopped(Exception):  # noqa: N818  a stand-in for whatever ends a process
    pass


def test_a_map_cut_short_goes_on_and_is_the_same(scene: Scene, tmp_path: Path) -> None:
    expected = whole(scene, tmp_path / "whole")
    assert list(expected) == ["m-probabilities.tif", "m.tif"]
    out = tmp_path / "m.tif"
    asked: dict[str, Any] = {"overlap": 0.4, "probabilities": "uint8"}

    def stop_after(count: int) -> Callable[..., None]:
        def progress(stage: str, done: int, total: int, /, **_: float) -> None:
            assert total == 8 or stage == "mosaic"
            if stage == "map" and done >= count:
                raise Stopped

        return progress

    for strips in (1, 3, 6):
        with pytest.raises(Stopped):
            predict(blurred(), scene, out, **asked, progress=stop_after(strips))
        found = strips_done(out)
        assert found is not None
        assert found[0] >= strips
        assert found[1:] == (8, tmp_path / "m.tif.unfinished")
        assert not out.exists()
    computed: list[int] = []

    def count(stage: str, done: int, total: int, /, **_: float) -> None:
        computed.append(done)

    predict(blurred(), scene, out, **asked, progress=count)
    assert computed[0] in (7, 8)
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}
    assert strips_done(out) is None


def test_other_options_or_weights_begin_anew_only_where_that_is_asked(scene: Scene, tmp_path: Path) -> None:
    out = tmp_path / "m.tif"
    predict(blurred(), scene, out, overlap=0.4, shard=(1, 2))
    before = Journal(out).done()
    assert before == {0, 1, 2, 3}
    predict(blurred(), scene, out, overlap=0.4, shard=(2, 2))
    assert Journal(out).done() == set(range(8))
    with pytest.raises(
        ConvistaError, match=r"8 finished strips .* differ in: overlap \(0\.4 → 0\.2\)\. .*--restart"
    ):
        predict(blurred(), scene, out, overlap=0.2, shard=(1, 6))
    assert Journal(out).done() == set(range(8))
    predict(blurred(), scene, out, overlap=0.2, shard=(1, 6), restart=True)
    assert Journal(out).done() == {0}
    model = blurred()
    with torch.no_grad():
        next(model.network.parameters()).add_(1)
    predict(blurred(), scene, out, overlap=0.4, shard=(1, 2), restart=True)
    with pytest.raises(ConvistaError, match=r"differ in: the network\."):
        predict(model, scene, out, overlap=0.4, shard=(2, 2))
    assert Journal(out).done() == {0, 1, 2, 3}
    predict(model, scene, out, overlap=0.4, shard=(2, 2), restart=True)
    assert Journal(out).done() == {4, 5, 6, 7}
    predict(model, scene, out, overlap=0.4, shard=(1, 2), restart=True)  # leaves the other part of the same map
    assert Journal(out).done() == set(range(8))


def test_shards_join_to_the_same_map(scene: Scene, tmp_path: Path) -> None:
    expected = whole(scene, tmp_path / "whole")
    asked: dict[str, Any] = {"overlap": 0.4, "probabilities": "uint8"}
    folders = []
    for which in (1, 2, 3):
        (tmp_path / str(which)).mkdir()
        folders.append(predict(blurred(), scene, tmp_path / str(which) / "m.tif", **asked, shard=(which, 3)))
    (tmp_path / "joined").mkdir()
    out = tmp_path / "joined" / "m.tif"
    with pytest.raises(ConvistaError, match=r"There are no parts of .*m\.tif"):
        mosaic(out)
    with pytest.raises(ConvistaError, match="lacks 3 of 8 strips"):
        mosaic(out, folders[:2])
    mosaic(out, folders)
    assert rasters(tmp_path / "joined") == expected
    other = predict(blurred(), scene, tmp_path / "other.tif", overlap=0.4, shard=(1, 1))
    predict(blurred(), scene, out, overlap=0.3, shard=(1, 2))
    with pytest.raises(ConvistaError, match=r"are of another map than .* differ in: overlap \(0\.3 → 0\.4\)"):
        mosaic(out, [other])
    for shard in ((0, 2), (3, 2)):
        with pytest.raises(ConvistaError, match="There is no part"):
            predict(blurred(), scene, out, shard=shard)


def dense(layout: PatchGrid) -> MapModel:
    torch.manual_seed(1)
    network = nn.Sequential(nn.Conv2d(2, 4, 5, stride=2), nn.ReLU(), nn.Conv2d(4, 3, 3), nn.Flatten())
    return map_model(network, ["red", "nir"], patch=layout.patch, classes=CLASSES, activation="softmax")


def of_many_channels() -> MapModel:
    """A network whose second convolution is computed by Winograd's filtering."""
    torch.manual_seed(1)
    network = nn.Sequential(nn.Conv2d(2, 128, 1), nn.Conv2d(128, 128, 3, padding=1), nn.Conv2d(128, 3, 1))
    return map_model(network, ["red", "nir"], patch=32, classes=CLASSES, activation="softmax")


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("kind", ["windows", "winograd", "dense"])
def test_threads_do_not_change_the_map(
    scene: Scene, kind: str, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patch_grid, "TALL", 30)  # several strips
    layout: Tiling | PatchGrid = Tiling(scene.shape, 32, 0.6 if kind == "windows" else 0.1)
    if kind == "dense":
        layout = PatchGrid(scene.shape, 9, 1)
        model = dense(layout)
    else:
        model = blurred() if kind == "windows" else of_many_channels()
    job = Job(model, scene, layout, products_of(model, "float32", 0.5, False), fine=True)
    assert isinstance(job.network(), DensePatchNetwork) == (kind == "dense")
    alone = list(job.work(range(job.layout.strips), 1))
    several = [*job.work(range(3), threads), *job.work(range(3, job.layout.strips), threads)]
    for (one, first), (other, second) in zip(alone, several, strict=True):
        assert one == other
        assert all(a.tobytes() == b.tobytes() for a, b in zip(first, second, strict=True))


@pytest.mark.slow
def test_workers_make_the_same_map_even_if_one_is_killed(scene: Scene, tmp_path: Path) -> None:
    expected = whole(scene, tmp_path / "whole")
    killed: list[int] = []

    def kill(stage: str, done: int, total: int, /, **_: float) -> None:
        if stage == "map" and not killed:
            children = Path(f"/proc/self/task/{os.getpid()}/children")
            pids = [int(pid) for pid in children.read_text().split()] if children.exists() else []
            workers = [pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
            killed.extend(workers[:1])
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    out = predict(
        blurred(), scene, tmp_path / "m.tif", overlap=0.4, probabilities="uint8", workers=2, progress=kill
    )
    assert killed or sys.platform != "linux"
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}
    assert strips_done(out) is None


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("only_copy", [False, True])
def test_a_cluster_makes_the_same_map_even_if_a_worker_is_killed(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_copy: bool
) -> None:
    distributed = pytest.importorskip("distributed")
    expected = whole(scene, tmp_path / "whole")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_kwargs={"allowed_failures": 5}
    ) as cluster:
        victim = next(iter(cluster.workers.values()))
        scatter = distributed.Client.scatter
        killed: list[int] = []

        def to_the_victim(client: Any, data: object, **options: bool) -> Any:
            alone = only_copy and not killed
            where = {"workers": [victim.worker_address], "hash": False} if alone else options
            return scatter(client, data, **where)

        def kill(stage: str, done: int, total: int, /, **_: float) -> None:
            if stage == "map" and not killed:
                killed.append(
                    victim.process.process.pid if hasattr(victim.process, "process") else victim.process.pid
                )
                os.kill(killed[0], signal.SIGKILL)

        monkeypatch.setattr(distributed.Client, "scatter", to_the_victim)
        predict(
            blurred(), scene, tmp_path / "m.tif", overlap=0.4, probabilities="uint8",
            workers=cluster.scheduler_address, progress=kill,
        )  # fmt: skip
    assert killed
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}


def test_a_scheduler_that_is_not_there(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    model = blurred()
    job = Job(model, scene, Tiling(scene.shape, 32, 0.6), products_of(model, None, 0.5, False), fine=True)
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(ConvistaError, match=r"Install it: pip install 'convista\[dask\]'"):
        list(distribute(job, {0}, "tcp://127.0.0.1:1"))


def test_a_file_cut_short_in_the_middle_is_named_and_what_is_done_is_kept(raster: Write, tmp_path: Path) -> None:
    path = raster("cut.tif", values(600, 200), -9)
    intact = path.read_bytes()
    path.write_bytes(intact[:-150_000])
    for _ in range(2):  # it can be tried again and again
        with pytest.raises(ConvistaError, match=r"cut\.tif"):
            predict(blurred(), open_scene(path, bands=["red", "nir"]), tmp_path / "m.tif")
        found = strips_done(tmp_path / "m.tif")
        assert found is not None
        assert 5 < found[0] < found[1]
    assert not (tmp_path / "m.tif").exists()


PROGRAM = """
import resource, signal, sys
from pathlib import Path
from convista.cli import main
from tests.mapping.engine.test_execution import blurred
from convista.errors import ConvistaError
from convista.mapping import predict, strips_done
from convista.scenes import open_scene
limit = int(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
out = Path(sys.argv[1]) / "m.tif"
try:
    predict(blurred(), open_scene(Path(sys.argv[1]) / "s.tif", bands=["red", "nir"]), out, overlap=0.4,
        probabilities="float32")
except ConvistaError as error:
    print(error.key, strips_done(out))
    sys.exit(7)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_full_disk_keeps_what_is_done(scene: Scene, tmp_path: Path) -> None:
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), root])}
    for limit, key in ((3_000, "mapping.strip_not_kept"), (100_000, "scenes.writing.map_not_written")):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path), str(limit)],
            capture_output=True, text=True, check=False, env=environment,
        )  # fmt: skip
        assert done.returncode == 7, done.stderr
        assert done.stdout.startswith(key)
        assert not (tmp_path / "m-probabilities.tif").exists()
    assert "(8, 8, " in done.stdout
    predict(blurred(), scene, tmp_path / "m.tif", overlap=0.4, probabilities="float32")
    assert sorted(f.name for f in tmp_path.iterdir() if f.suffix == ".tif") == [
        "m-probabilities.tif",
        "m.tif",
        "s.tif",
    ]


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.mapping.engine.test_execution import blurred
from convista.mapping import predict
from convista.scenes import open_scene
folder = Path(sys.argv[1])
def progress(stage, done, total, /, **_):
    if stage == "map" and done == 3:
        os.kill(os.getpid(), signal.SIGKILL)
predict(blurred(), open_scene(folder / "s.tif", bands=["red", "nir"]), folder / "m.tif", overlap=0.4,
    probabilities="uint8", progress=progress)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_killed_process_goes_on(scene: Scene, tmp_path: Path) -> None:
    expected = whole(scene, tmp_path / "whole")
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.environ.get("PYTHONPATH", ""), root])}
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, env=environment)
    assert done.returncode == -signal.SIGKILL
    found = strips_done(tmp_path / "m.tif")
    assert found is not None
    assert 3 <= found[0] < 8
    predict(blurred(), scene, tmp_path / "m.tif", overlap=0.4, probabilities="uint8")
    assert rasters(tmp_path) == {**expected, "s.tif": (tmp_path / "s.tif").read_bytes()}


def test_a_precision_found_by_trying_is_kept_when_work_goes_on(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "m.tif"
    for found in ("bfloat16", "float32"):
        monkeypatch.setattr(prediction, "chosen", lambda *_, found=found: found)
        predict(blurred(), scene, out, overlap=0.4, precision="auto", shard=(1 if found == "bfloat16" else 2, 2))
    assert Journal(out).done() == set(range(8))
    assert precision_of(mosaic(out)[0]) == "bfloat16"
    monkeypatch.undo()
    predict(blurred(), scene, out, overlap=0.4, precision="auto")
    assert precision_of(out) in ("bfloat16", "float32")
    predict(map_model(nn.Identity(), ["red", "nir"], patch=8), scene, out, precision="auto")
    assert precision_of(out) == "float32"


def test_ranges_have_no_gaps_and_like_lengths() -> None:
    assert ranges([], 3) == []
    assert ranges({0, 1, 2, 3, 4}, 2) == [range(3), range(3, 5)]
    assert ranges({0, 1, 5, 6, 7, 9}, 2) == [range(2), range(5, 8), range(9, 10)]
    assert ranges(range(10), 100) == [range(n, n + 1) for n in range(10)]


def test_the_plan_is_text(scene: Scene, tmp_path: Path) -> None:
    predict(blurred(), scene, tmp_path / "m.tif", shard=(1, 9))
    plan = json.loads((tmp_path / "m.tif.unfinished" / "plan.json").read_text("utf-8"))
    assert plan["rows"][0][0] == 0
    assert plan["rows"][-1][1] == scene.height
    with rasterio.open(tmp_path / "s.tif") as file:
        assert plan["transform"] == list(file.transform[:6])
