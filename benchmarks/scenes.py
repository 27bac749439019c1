"""Targets 6, 7 and 8: a whole scene streamed, beside the network alone and MONAI's sliding window; and its memory.

    python benchmarks/scenes.py [--peer PYTHON] [--side N] [--memory SIDE ...] [--json FILE]

Target 6 compares windows a second of the whole way, from a file to a Cloud Optimized GeoTIFF, with those of the
network alone on batches that are ready, computed the same way: a thread a core, each with a batch of its own.
Target 7 compares with MONAI's ``sliding_window_inference`` on the scene as one tensor in memory, the same weights,
overlap and windows, with the settings that its documentation shows; ``PYTHON`` is the interpreter of an environment
that has it. Target 8 maps scenes of growing size in processes of their own and prints their peak memory.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
import torch
from affine import Affine
from torch import nn

from convista.mapping import MapModel, Windows, map_model, predict
from convista.models import create_model
from convista.scenes import open_scene

ROUNDS = 3
OVERLAP = 0.25
CLASSES = 8
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
network = create_model(name, 4, {CLASSES}, patch=window).eval()
network.load_state_dict(torch.load(weights))

def predictor(patches):
    answers = network(patches)
    if answers.ndim == 2:
        answers = answers[:, :, None, None].expand(-1, -1, window, window)
    return answers.softmax(dim=1)

print(monai.__version__, flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    with rasterio.open(path) as file, torch.no_grad():
        scene = torch.from_numpy(file.read().astype("float32"))[None]
        answers = sliding_window_inference(scene, window, 4, predictor, overlap={OVERLAP}, mode="gaussian")
        answers.argmax(dim=1)
    print(time.perf_counter() - began, flush=True)
"""

MEASURE = """
import resource, sys, time
from benchmarks.scenes import ready
from convista.mapping import predict
from convista.scenes import open_scene
path, bands, side = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
model = ready("tiny", bands, 256)[0]
began = time.perf_counter()
scene = open_scene(path, bands=model.bands)
predict(model, scene, path + ".map.tif", overlap=0.25)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, time.perf_counter() - began)
"""


def main() -> None:
    """Print the ratios, and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="interpreter of an environment that has MONAI")
    parser.add_argument("--side", type=int, default=1024, help="rows and columns of the scene of targets 6 and 7")
    parser.add_argument("--memory", type=int, nargs="*", default=[], help="sides of the scenes of target 8")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        if given.side:
            path = write_scene(Path(folder) / "scene.tif", 4, given.side)
            for name, window in (("resnet18", 64), ("unet", 128)):
                figures[name] = compared(name, window, path, given.peer)
        for side in given.memory:
            for bands in (4, 13):
                path = write_scene(Path(folder) / "large.tif", bands, side)
                command = [sys.executable, "-c", MEASURE, str(path), str(bands), str(side)]
                done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=SOURCE.parent)
                peak, seconds = map(float, done.stdout.split())
                figures[f"{side} px, {bands} bands"] = {"GB": peak, "seconds": seconds}
                print(f"target 8: {side} × {side} px, {bands} bands: peak {peak:.2f} GB, {seconds:.0f} s "
                      "(fair 2, aim 1 GB)", flush=True)  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


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


def compared(name: str, window: int, path: Path, peer: str | None) -> dict[str, float]:
    """Time the contestants in turn; print and return the ratios."""
    model, network = ready(name, 4, window)
    scene = open_scene(path, bands=model.bands)
    windows = Windows(scene.shape, window, OVERLAP)
    count = len(windows.rows.starts) * len(windows.columns.starts)
    out = path.with_name("map.tif")

    def streamed() -> float:
        began = time.perf_counter()
        predict(model, scene, out, overlap=OVERLAP)
        return time.perf_counter() - began

    contestants: dict[str, Any] = {"streamed": streamed, "alone": lambda: alone(model, windows, count)}
    if peer:
        weights = path.with_name("weights.pt")
        torch.save(network.state_dict(), weights)
        contestants["monai"] = monai(peer, name, path, weights, window)
    rounds = [{who: work() for who, work in contestants.items()} for _ in range(ROUNDS)]
    medians = {who: statistics.median(times[who] for times in rounds) for who in contestants}
    figures = {"target 6": medians["alone"] / medians["streamed"]}
    print(f"{name}, {count} windows of {window}²: {figures['target 6']:.2f} of the rate of the network alone "
          "(target 6: fair 0.90, aim 0.97)", flush=True)  # fmt: skip
    if peer:
        figures["target 7"] = medians["monai"] / medians["streamed"]
        print(f"{name}: {figures['target 7']:.2f}× faster than MONAI (target 7: fair 1.2, aim 2)", flush=True)
    return figures


def alone(model: MapModel, windows: Windows, count: int) -> float:
    """Run the network on as many ready windows as the scene has."""
    sizes = [len(piece.columns) for strip in range(windows.strips) for piece in windows.pieces(strip)]
    assert sum(sizes) == count
    network = model.network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    batches = {
        n: torch.randn(n, 4, model.patch, model.patch).to(memory_format=torch.channels_last) for n in {*sizes}
    }

    def run(size: int) -> None:
        with torch.inference_mode():
            network(batches[size])

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with ThreadPoolExecutor(threads) as pool:
            began = time.perf_counter()
            list(pool.map(run, sizes))
            return time.perf_counter() - began
    finally:
        torch.set_num_threads(threads)


def monai(python: str, name: str, path: Path, weights: Path, window: int) -> Any:
    """Start the peer in its own environment; each call has it do its work once and gives its time."""
    command = [python, "-c", PEER, name, str(path), str(weights), str(window), str(torch.get_num_threads())]
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
