"""Target 9: a patch classifier at a stride of one pixel, dense, beside the batched loop over patches.

    python benchmarks/dense.py [--rows N] [--json FILE]

Both give the same answers, which is checked. The loop is written as tutorials write it: every patch is cut, 256
go through the network at a time. It is timed on a part of the rows, since its time is proportional to them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from convista.mapping import PatchLoop, densify
from convista.models import create_model

ROUNDS = 3
COLUMNS = 512
LOOP_ROWS = 4


def vgg(bands: int, classes: int) -> nn.Module:
    """Make a network like VGG for patches of 32×32, without padding."""
    layers: list[nn.Module] = []
    for channels, filters in ((bands, 32), (32, 64)):
        layers += [nn.Conv2d(channels, filters, 3), nn.ReLU(), nn.Conv2d(filters, filters, 3), nn.ReLU()]
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 5 * 5, 128), nn.ReLU(), nn.Linear(128, classes))


def main() -> None:
    """Print the ratios, and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=128, help="rows of answers of the dense window")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()

    torch.manual_seed(0)
    networks = {
        "LeNet, 31×31": (create_model("lenet", 4, 8, patch=31), 31),
        "like VGG, 32×32": (vgg(4, 8), 32),
    }
    figures = {}
    for name, (network, patch) in networks.items():
        window = torch.randn(1, 4, given.rows + patch - 1, COLUMNS + patch - 1)
        dense, loop = densify(network, patch), PatchLoop(network, patch)
        few = window[:, :, : LOOP_ROWS + patch - 1]
        apart = float((dense(window)[:, :, :LOOP_ROWS] - loop(few)).abs().max())
        times = [(seconds(dense, window) / given.rows, seconds(loop, few) / LOOP_ROWS) for _ in range(ROUNDS)]
        one, other = (statistics.median(column) for column in zip(*times, strict=True))
        operations = dense.costs.loop / dense.costs.dense
        figures[name] = {"ratio": other / one, "operations": operations, "largest difference": apart}
        print(f"{name}: {other / one:.0f}× faster than the loop ({operations:.0f}× fewer multiplications), "
              f"answers differ by {apart:.1g} at most")  # fmt: skip
    print("target 9: fair 50×, aim 150×")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def seconds(work: Callable[[Tensor], object], window: Tensor) -> float:
    """Time one call."""
    began = time.perf_counter()
    work(window)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
