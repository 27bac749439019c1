"""Targets 6, 7 and 8: a whole scene streamed, beside the network alone and MONAI's sliding window; and its memory.

    python benchmarks/scenes.py [--peer PYTHON] [--side N] [--busy] [--memory SIDE ...] [--bands N ...]

Target 6 compares windows a second of the whole way, from a file to a Cloud Optimized GeoTIFF, with those of the
network alone on batches that are ready, computed the same way: a thread a core, each with a batch of its own, in
the form in which maps compute it (`engine.streaming.optimised_copy`). What any scene costs, however small, is
measured on one of a single window, and the rate is given without it, too. Target 7 compares with MONAI's
``sliding_window_inference`` on the scene as one tensor in memory, the same weights, overlap and windows, with the
settings that its documentation shows; ``PYTHON`` is the interpreter of an environment that has it. Target 8 maps
scenes of growing size in processes of their own, prints their time and peak memory, and how far they are from
growing in proportion: time to the pixels, memory to the width.

With ``--busy``, for machines that have other work, every contestant has one thread, and processor time is compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from affine import Affine
from torch import nn

from convista.mapping import MapModel, Tiling, map_model, predict
from convista.mapping.engine.streaming import optimised_copy
from convista.models import create_model
from convista.scenes import Scene, open_scene

ROUNDS = 3
OVERLAP = 0.25
CLASSES = 8
NETWORKS = {"resnet18": 64, "unet": 128}
"""The networks of targets 6 and 7, and the rows and columns of their windows."""
SOURCE = Path(__file__).parents[1] / "src"
BLOCK = 512

PEER = f"""
import sys, time
sys.path.insert(0, {str(SOURCE)!r})
import rasterio, torch, monai
from monai.inferers import sliding_window_inference
from convista.models import create_model
name, path, weights, window = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
torch.set_num_threads(int(sys.argv[5]))
clock = getattr(time, sys.argv[6])
network = create_model(name, 4, {CLASSES}, patch=window).eval()
network.load_state_dict(torch.load(weights))

def predictor(patches):
    answers = network(patches)
    if answers.ndim == 2:
        answers = answers[:, :, None, None].expand(-1, -1, window, window)
    return answers.softmax(dim=1)

print(monai.__version__, flush=True)
for _ in sys.stdin:
    began = clock()
    with rasterio.open(path) as file, torch.no_grad():
        scene = torch.from_numpy(file.read().astype("float32"))[None]
        answers = sliding_window_inference(scene, window, 4, predictor, overlap={OVERLAP}, mode="gaussian")
        answers.argmax(dim=1)
    print(clock() - began, flush=True)
"""

MEASURE = """
import resource, sys, time
import torch
from benchmarks.scenes import ready
from convista.mapping import predict
from convista.scenes import open_scene
path, bands, threads, clock = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), getattr(time, sys.argv[4])
torch.set_num_threads(threads)
model = ready("tiny", bands, 256)[0]
began = clock()
scene = open_scene(path, bands=model.band_names)
predict(model, scene, path + ".map.tif", overlap=0.25)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, clock() - began)
"""


def main() -> None:
    """Print the ratios, and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="interpreter of an environment that has MONAI")
    parser.add_argument("--side", type=int, default=1024, help="rows and columns of the scene of targets 6 and 7")
    parser.add_argument("--networks", nargs="*", default=list(NETWORKS), choices=NETWORKS)
    parser.add_argument("--busy", action="store_true", help="one thread each, and processor time")
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="sides of the scenes of target 8")
    parser.add_argument("--bands", type=int, nargs="*", default=[4, 13], help="of the scenes of target 8")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    clock = "process_time" if given.busy else "perf_counter"
    if given.busy:
        torch.set_num_threads(1)
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        if given.side:
            path = write_scene(Path(folder) / "scene.tif", 4, given.side)
            for name in given.networks:
                figures[name] = compared(name, NETWORKS[name], path, given.peer, clock)
        for bands in given.bands if given.memory else []:
            figures[f"{bands} bands"] = growth(given.memory, bands, Path(folder), clock)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def growth(sides: list[int], bands: int, folder: Path, clock: str) -> dict[str, Any]:
    """Map scenes of growing size; print and return time and memory of each, and how well lines fit them."""
    seconds, peaks = [], []
    for side in sides:
        path = write_scene(folder / "large.tif", bands, side)
        command = [sys.executable, "-c", MEASURE, str(path), str(bands), str(torch.get_num_threads()), clock]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SOURCE.parent)
        peak, taken = map(float, done.stdout.split())
        seconds.append(taken)
        peaks.append(peak)
        print(f"target 8: {side} × {side} px, {bands} bands: peak {peak:.2f} GB, {taken:.1f} s "
              "(fair 2, aim 1 GB)", flush=True)  # fmt: skip
    figures: dict[str, Any] = {"sides": sides, "seconds": seconds, "GB": peaks}
    if len(sides) > 2:
        start, each, off = line([side**2 / 1e6 for side in sides], seconds)
        print(f"time: {start:.1f} s for the start, then {each:.2f} s a million pixels; "
              f"furthest from that line: {100 * off:.0f} %")  # fmt: skip
        base, wide, away = line([side / 1000 for side in sides], peaks)
        print(f"memory: {base:.2f} GB, and {wide:.3f} GB for 1000 columns; "
              f"furthest from that line: {100 * away:.0f} %", flush=True)  # fmt: skip
        figures |= {"time": [start, each, off], "memory": [base, wide, away]}
    return figures


def line(x: list[float], y: list[float]) -> tuple[float, float, float]:
    """Return intercept and slope of the line nearest to the points in proportion, and the furthest off."""
    rows = np.column_stack([np.ones(len(x)), x])
    (start, each), *_ = np.linalg.lstsq(rows / np.array(y)[:, None], np.ones(len(y)), rcond=None)
    return float(start), float(each), float(np.abs(rows @ [start, each] / y - 1).max())


def write_scene(path: Path, bands: int, side: int) -> Path:
    """Write a scene of smooth noise like Sentinel-2's numbers, block by block."""
    generator = np.random.default_rng(0)
    profile = {
        "driver": "GTiff", "count": bands, "height": side, "width": side, "dtype": "uint16", "tiled": True,
        "blockxsize": BLOCK, "blockysize": BLOCK, "compress": "deflate", "zlevel": 1, "crs": "EPSG:32630",
        "transform": Affine(10, 0, 500_000, 0, -10, 4_600_000), "bigtiff": "if_safer",
    }  # fmt: skip
    coarse = generator.integers(200, 4000, (bands, BLOCK // 8, BLOCK // 8)).repeat(8, 1).repeat(8, 2)
    with rasterio.open(path, "w", **profile) as file:
        for row in range(0, side, BLOCK):
            for column in range(0, side, BLOCK):
                height, width = min(BLOCK, side - row), min(BLOCK, side - column)
                values = coarse[:, :height, :width] + (row * 7 + column * 3) % 500
                file.write(values.astype(np.uint16), window=rasterio.windows.Window(column, row, width, height))
    return path


def ready(name: str, bands: int, window: int) -> tuple[MapModel, nn.Module]:
    """Return a network with random weights, ready for maps: ``"tiny"`` is one convolution, to measure the rest."""
    torch.manual_seed(0)
    if name == "tiny":
        network: nn.Module = nn.Conv2d(bands, CLASSES, 3, padding=1)
    else:
        network = create_model(name, bands, CLASSES, patch=window)
    classes = [f"class {n}" for n in range(CLASSES)]
    names = [f"b{n}" for n in range(bands)]
    model = map_model(network.eval(), names, patch=window, classes=classes, activation="softmax")
    return model, network


def compared(name: str, window: int, path: Path, peer: str | None, clock: str) -> dict[str, float]:
    """Time the contestants in turn; print and return the ratios."""
    model, network = ready(name, 4, window)
    now = getattr(time, clock)

    def timed(work: Callable[[], object]) -> Callable[[], float]:
        def run() -> float:
            began = now()
            work()
            return float(now() - began)

        return run

    scene = open_scene(path, bands=model.band_names)
    smallest = open_scene(write_scene(path.with_name("smallest.tif"), 4, window), bands=model.band_names)
    out = path.with_name("map.tif")
    batches, one = batches_of(model, scene), batches_of(model, smallest)
    contestants: dict[str, Callable[[], float]] = {
        "streamed": timed(lambda: predict(model, scene, out, overlap=OVERLAP)),
        "alone": alone(model, batches, now),
        "one streamed": timed(lambda: predict(model, smallest, out, overlap=OVERLAP)),
        "one alone": alone(model, one, now),
    }
    if peer:
        weights = path.with_name("weights.pt")
        torch.save(network.state_dict(), weights)
        contestants["monai"] = monai(peer, name, path, weights, window, clock)
    rounds = [{who: work() for who, work in contestants.items()} for _ in range(ROUNDS)]
    took = {who: statistics.median(times[who] for times in rounds) for who in contestants}
    fixed = took["one streamed"] - took["one alone"]
    figures = {
        "target 6": took["alone"] / took["streamed"],
        "without the start": took["alone"] / (took["streamed"] - fixed),
        "start, s": fixed,
        **{f"{who}, s": seconds for who, seconds in took.items()},
    }
    print(f"{name}, {sum(batches)} windows of {window}²: {figures['target 6']:.2f} of the rate of the network "
          f"alone (target 6: fair 0.90, aim 0.97); {figures['without the start']:.2f} without what any scene "
          f"costs, {fixed:.2f} of {took['streamed']:.2f} s", flush=True)  # fmt: skip
    if peer:
        figures["target 7"] = took["monai"] / took["streamed"]
        print(f"{name}: {figures['target 7']:.2f}× faster than MONAI (target 7: fair 1.2, aim 2)", flush=True)
    return figures


def batches_of(model: MapModel, scene: Scene) -> list[int]:
    """Return how many windows the network sees at a time, for each time."""
    windows = Tiling(scene.shape, model.patch, OVERLAP)
    sizes = [len(piece.columns) for strip in range(windows.strips) for piece in windows.pieces(strip)]
    assert sum(sizes) == len(windows.rows.starts) * len(windows.columns.starts)
    return sizes


def alone(model: MapModel, sizes: list[int], now: Callable[[], float]) -> Callable[[], float]:
    """Return what runs the network on as many ready windows as the scene has, a thread a core, and times that."""
    network = optimised_copy(model.network)
    batches = {
        n: torch.randn(n, 4, model.patch, model.patch).to(memory_format=torch.channels_last) for n in {*sizes}
    }

    def answer(size: int) -> None:
        with torch.inference_mode():
            network(batches[size])

    def run() -> float:
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            with ThreadPoolExecutor(threads) as pool:
                began = now()
                list(pool.map(answer, sizes))
                return now() - began
        finally:
            torch.set_num_threads(threads)

    return run


def monai(python: str, name: str, path: Path, weights: Path, window: int, clock: str) -> Callable[[], float]:
    """Start the peer in its own environment; each call has it do its work once and gives its time."""
    threads = str(torch.get_num_threads())
    command = [python, "-c", PEER, name, str(path), str(weights), str(window), threads, clock]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    ask, answer = process.stdin, process.stdout
    version = answer.readline().strip()
    if not version:
        sys.exit(f"{python} cannot run MONAI")

    def once() -> float:
        ask.write("\n")
        ask.flush()
        return float(answer.readline())

    return once


if __name__ == "__main__":
    main()
