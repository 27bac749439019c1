"""Train a network on so few patches that it learns them by heart, and keep the curves that the chapter shows.

    python scripts/overfitting.py EUROSAT [--out FILE] [--each N] [--epochs N]

``EUROSAT`` is the folder of class folders, with ``splits/quick-train.txt`` and ``splits/quick-val.txt``. Losses of
both parts are those of the network in inference, after each epoch.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from convista import train
from convista.learning.data.image_samples import ImageSamples
from convista.learning.data.statistics import Standardise, band_statistics

FILE = Path(__file__).parents[1] / "src" / "convista" / "catalogue" / "data" / "overfitting.json"
PATIENCE = 8
"""Epochs without a better one after which the film says to stop."""


def main() -> None:
    """Train and write the curves."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("eurosat", type=Path)
    asked.add_argument("--out", type=Path, default=FILE)
    asked.add_argument("--each", type=int, default=40, help="training patches of each class")
    asked.add_argument("--epochs", type=int, default=40)
    given = asked.parse_args()
    torch.set_num_threads(1)

    with TemporaryDirectory() as folder:
        few = Path(folder, "few.txt")
        few.write_text("\n".join(_few(given.eurosat / "splits" / "quick-train.txt", given.each)), "utf-8")
        lists = {"train": few}
        held_out = (given.eurosat / "splits" / "quick-val.txt").read_text("utf-8")
        lines = [line for line in held_out.split("\n") if line]
        # One half chooses the best epoch, the other scores it.
        for part, some in (("validation", lines[::2]), ("test", lines[1::2])):
            lists[part] = Path(folder, f"{part}.txt")
            lists[part].write_text("\n".join(some), "utf-8")
        curves = _curves(given.eurosat, lists, given.epochs)
    about = {"data": "EuroSAT RGB (Helber et al. 2019)", "model": "lenet", "patience": PATIENCE, "epochs": curves}
    given.out.write_text(json.dumps(about, indent=1) + "\n", "utf-8")
    print(json.dumps(min(curves, key=lambda epoch: epoch["validation_loss"])), given.out.stat().st_size, "bytes")


def _few(path: Path, each: int) -> list[str]:
    """Return the first lines of every class."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for line in filter(None, path.read_text("utf-8").split("\n")):
        by_class[line.partition("/")[0]].append(line)
    return [line for lines in by_class.values() for line in lines[:each]]


def _curves(folder: Path, lists: dict[str, Path], epochs: int) -> list[dict[str, Any]]:
    samples = ImageSamples(folder, lists=lists)
    standardise = Standardise(*band_statistics(samples.training_values()))
    found: list[dict[str, Any]] = []

    def loss(network: nn.Module, part: str) -> tuple[float, float]:
        members = samples.parts[part]
        x = standardise(samples.values(members))
        y = torch.from_numpy(samples.strata[members].astype(np.int64))
        training = network.training
        network.eval()
        with torch.inference_mode():
            logits = network(x)
            result = functional.cross_entropy(logits, y).item(), (logits.argmax(1) == y).float().mean().item()
        network.train(training)
        return result

    def watch(epoch: int, network: nn.Module) -> None:
        (seen, _), (unseen, accuracy) = loss(network, "train"), loss(network, "validation")
        numbers = {"loss": seen, "validation_loss": unseen, "accuracy": accuracy}
        found.append({"epoch": epoch, **{name: round(value, 4) for name, value in numbers.items()}})
        print(found[-1], flush=True)

    recipe: dict[str, Any] = {"batch": 32, "learning_rate": 1e-3, "device": "cpu", "precision": "32-true"}
    train(folder, "lenet", lists=lists, watch=watch, epochs=epochs, **recipe)
    return found


if __name__ == "__main__":
    main()
