"""Target 10: images a second that a training goes through, beside a plain PyTorch loop as tutorials write it.

    python benchmarks/training.py [--data FOLDER] [--models LIST] [--recipe NAME] [--rounds N] [--json FILE]

Ours is `train`, as ``convista train`` calls it: its own reading, augmentation, precision and memory format. The
plain loop has a Dataset that opens a file with Pillow and flips it at random, a DataLoader, float32, and AdamW; the
network and the batch are the same. Both are timed from the end of an epoch's first step to the end of the last but
one, so that starting workers, measuring the precision and looking at the validation part count for neither. Ours
reads all images once before the first epoch; that rate is given apart. Rounds take turns, and their medians are
compared.

Reading alone is timed too: how many patches a second are standardised and augmented when no network waits for them,
from images and from a scene with labels.

``FOLDER`` has a folder of images for each class; without it some are made.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from convista.learning import recipe_named, train
from convista.learning.data.samples import Samples
from convista.learning.data.sources import gather
from convista.learning.data.statistics import Standardise, band_statistics
from convista.learning.fitting.recipe import Recipe, recipe_of
from convista.learning.fitting.specification import OPTIONS, specify
from convista.learning.fitting.trainer_state import Trainer
from convista.learning.tasks.segmentation import Segmentation
from convista.models import create_model
from convista.scenes import sample_scene

MODELS = "lenet,compact,resnet18"
CLASSES, EACH, SIDE = 10, 260, 64
"""Of the images that are made."""


class Images(Dataset[tuple[Tensor, int]]):
    """What tutorials write for a folder of class folders: open, to a tensor, flip, standardise."""

    def __init__(self, folder: Path) -> None:
        names = sorted(path.name for path in folder.iterdir() if path.is_dir() and any(path.glob("*.*")))
        self.files = [
            (path, names.index(path.parent.name)) for name in names for path in (folder / name).glob("*.*")
        ]
        self.classes = names

    def __len__(self) -> int:
        return len(self.files)

    def __getitem__(self, number: int) -> tuple[Tensor, int]:
        path, label = self.files[number]
        image = torch.from_numpy(np.array(Image.open(path).convert("RGB"))).permute(2, 0, 1).float() / 255
        for axis in (1, 2):
            if torch.rand(()) < 0.5:
                image = image.flip(axis)
        return (image - 0.5) / 0.25, label


def main() -> None:
    """Print the ratios, and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with a folder of images for each class")
    parser.add_argument("--models", default=MODELS, help=f"names with commas, {MODELS} if not given")
    parser.add_argument("--recipe", default="thorough", help="of ours, thorough if not given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2, help="of the plain loop's DataLoader")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.data or images_in(Path(made))
        recipe = recipe_of(recipe_named(given.recipe) | {"epochs": 1})
        figures: dict[str, Any] = {"threads": torch.get_num_threads(), "batch": recipe.batch}
        figures |= {name: compared(folder, name, recipe, given) for name in given.models.split(",")}
        figures["reading"] = reading(folder, recipe)
    print("target 10: fair 2×, aim 4×")
    for what, speed in figures["reading"].items():
        print(f"{what}: {speed:,.0f} a second")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def compared(folder: Path, name: str, recipe: Recipe, given: argparse.Namespace) -> dict[str, Any]:
    """Time one network in both loops, in turn."""
    rounds, precision = [], ""
    for _ in range(given.rounds):
        ours, precision = of_ours(folder, name, recipe)
        rounds.append((ours, of_plain(folder, name, recipe.batch, given.workers)))
    ours, plain = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{name}: {ours:,.0f} images a second ({precision}), the plain loop {plain:,.0f}: {ours / plain:.2f}×")
    return {"convista": ours, "plain": plain, "ratio": ours / plain, "precision": precision, "rounds": rounds}


def of_ours(folder: Path, name: str, recipe: Recipe) -> tuple[float, str]:
    """Return images a second of a training of ours, and the precision it chose."""
    moments: list[float] = []

    def progress(stage: str, done: int, total: int, /, **numbers: float) -> None:
        if stage == "train" and "epoch" not in numbers:
            moments.append(time.perf_counter())

    run = train(folder, name, progress=progress, **vars(recipe))
    return rate(moments, recipe.batch), run.record["precision"]


def of_plain(folder: Path, name: str, batch: int, workers: int) -> float:
    """Return images a second of the plain loop."""
    images = Images(folder)
    loader = DataLoader(images, batch_size=batch, shuffle=True, num_workers=workers)
    network = create_model(name, 3, len(images.classes), patch=images[0][0].shape[-1], **OPTIONS.get(name, {}))
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    moments = list(plain_epoch(network, loader, optimizer))
    return rate(moments[:-1], batch)


def plain_epoch(
    network: nn.Module, loader: Iterable[list[Tensor]], optimizer: torch.optim.Optimizer
) -> Iterator[float]:
    """Train for an epoch and yield when each step was over."""
    network.train()
    seen = 0.0
    for batch, labels in loader:
        optimizer.zero_grad()
        loss = functional.cross_entropy(network(batch), labels)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        seen += loss.item()
        yield time.perf_counter()


def rate(moments: list[float], batch: int) -> float:
    """Return images a second between the first moment and the last."""
    if len(moments) < 3:
        raise SystemExit("too few images: an epoch has to have five batches at least")
    return (len(moments) - 1) * batch / (moments[-1] - moments[0])


def reading(folder: Path, recipe: Recipe) -> dict[str, float]:
    """Return patches a second of our reading, without a network."""
    began = time.perf_counter()
    images = gather(specify(folder))
    read = len(images.strata) / (time.perf_counter() - began)
    scene, labels = sample_scene(height=1024, width=1024)
    return {
        "images read from their files, once": read,
        "images standardised and augmented": prepared(images, recipe),
        "patches of 16×16 of a scene": prepared(gather(specify(scene, labels=labels)), recipe),
        "patches of 64×64 of a scene, each pixel labelled": prepared(
            gather(specify(scene, "unet", labels=labels)), recipe
        ),
    }


def prepared(samples: Samples, recipe: Recipe) -> float:
    """Return patches a second that are made ready for a network."""
    model = "unet" if isinstance(samples.task, Segmentation) else "lenet"
    network = create_model(model, len(samples.bands), samples.task.outputs, patch=samples.patch)
    numbers = vars(recipe) | {"precision": "32-true", "device": "cpu", "epoch_samples": 20 * recipe.batch}
    standardise = Standardise(*band_statistics(samples.training_values()))
    fitting = Trainer(network, standardise, samples, recipe_of(numbers), seed=0)
    return statistics.median(seconds_of(fitting.prepared, members) for members in fitting.sampler.epoch())


def seconds_of(work: Callable[[Any], object], members: Any) -> float:
    """Return samples a second of one call."""
    began = time.perf_counter()
    work(members)
    return len(members) / (time.perf_counter() - began)


def images_in(folder: Path) -> Path:
    """Make class folders of JPEG files about as smooth as photographs of the ground, of EuroSAT's size."""
    rng = np.random.default_rng(0)
    for number in range(CLASSES):
        (folder / f"class{number}").mkdir()
        for n in range(EACH):
            coarse = rng.integers(0, 255, (8, 8, 3)).astype(np.uint8)
            smooth = np.asarray(Image.fromarray(coarse).resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float32)
            noisy = np.clip(smooth + rng.normal(0, 8, smooth.shape) + 5 * number, 0, 255).astype(np.uint8)
            Image.fromarray(noisy).save(folder / f"class{number}" / f"{n:04}.jpg", quality=90)
    return folder


if __name__ == "__main__":
    main()
