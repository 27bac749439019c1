"""Train the small U-Net that the film architecture-unet shows, on the scene that comes with the package.

    python scripts/example_unet.py [--out FILE]

What it learns is which class a rule about single pixels (`example_labels`) gives to every pixel. It is scored on
blocks of the scene of which training saw no pixel. The weights are the same every time on a kind of processor.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from convista import train
from convista.scenes import example_labels, example_scene

FILE = Path(__file__).parents[1] / "src" / "convista" / "catalogue" / "data" / "unet.safetensors"
RECIPE: dict[str, Any] = {
    "patch": 32,
    "block": 64,
    "options": {"depth": 3, "width": 4},
    "seed": 0,
    "epochs": 10,
    "epoch_samples": 1024,
    "batch": 8,
    "learning_rate": 1e-2,
    "validation_samples": 64,
    "device": "cpu",
    "precision": "32-true",
}


def main() -> None:
    """Train, write the file, and tell the score."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=FILE)
    given = asked.parse_args()
    torch.set_num_threads(1)
    run = train(example_scene(), "unet", labels=example_labels(), **RECIPE)
    # How long it took differs from time to time.
    record = {name: value for name, value in run.record.items() if name != "seconds"}
    replace(run, record=record).save(given.out)
    told = run.record["report"]
    print(f"accuracy {told['accuracy']:.4f}, mean IoU {told['mean_iou']:.4f}, {told['samples']} test pixels")
    print(given.out, given.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
