"""Train the ResNet-18 whose first layer the chapter shows, and keep that layer as it was after every epoch.

    python scripts/first_layer.py EUROSAT [--out FILE] [--epochs N] [--threads N]

``EUROSAT`` is the folder of class folders, with ``splits/train.txt`` and ``splits/val.txt``. Only the first
convolution and its batch normalisation are written, in one file of a few hundred kilobytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from safetensors.torch import save_file

from convista import train
from convista.learning import open_snapshots

FILE = Path(__file__).parents[1] / "src" / "convista" / "catalogue" / "data" / "first_layer.safetensors"
RECIPE: dict[str, Any] = {
    "epoch_samples": 4800,
    "batch": 64,
    "learning_rate": 2e-3,
    "validation_samples": 600,
    "device": "cpu",
    # The first layer's weights stay float32; bfloat16 only makes the products of a training on a CPU faster.
    "precision": "bf16-mixed",
}


def main() -> None:
    """Train, tell how it goes, and write the file."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("eurosat", type=Path)
    asked.add_argument("--out", type=Path, default=FILE)
    asked.add_argument("--epochs", type=int, default=32)
    asked.add_argument("--threads", type=int, default=1)
    given = asked.parse_args()
    torch.set_num_threads(given.threads)

    def progress(stage: str, done: int, total: int, /, **numbers: float) -> None:
        if "epoch" in numbers:
            print(stage, done, total, {name: round(value, 4) for name, value in numbers.items()}, flush=True)

    lists = {"train": given.eurosat / "splits" / "train.txt", "test": given.eurosat / "splits" / "val.txt"}
    asked_of: dict[str, Any] = {"lists": lists, "epochs": given.epochs, "progress": progress, **RECIPE}
    with TemporaryDirectory() as folder:
        run = train(given.eurosat, "resnet18", out=folder, snapshots=True, **asked_of)
        weights = open_snapshots(folder).weights
    about = {
        "architecture": run.architecture,
        "data": "EuroSAT RGB (Helber et al. 2019)",
        "bands": list(run.band_names),
        "mean": run.mean.tolist(),
        "std": run.std.tolist(),
        "patch": run.patch,
        "best_epoch": run.record["best_epoch"],
        "epochs": run.record["epochs"],
        "accuracy": run.record["report"]["accuracy"],
    }
    save_file(weights, given.out, {"about": json.dumps(about)})
    print(json.dumps({name: about[name] for name in ("best_epoch", "accuracy")}), given.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
