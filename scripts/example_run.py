"""Train the small network that the films show, on the scene that comes with the package.

    python scripts/example_run.py [--out FILE]

What it learns is which class a rule about single pixels (`example_labels`) gives to most pixels of a patch: it
shows how a network computes, not what one can find out. It is scored on blocks of the scene of which training saw
no pixel, and by which nothing was chosen.

Eight seeds are trained. The one is kept that has most filters and neurons which are not silent on every patch of
the validation part, since a film shows each of them; of several, the one with the best macro F1 on that part. With
one thread and float32, a seed gives the same weights every time on a kind of processor.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from convista import train
from convista.learning import Run
from convista.learning.data.sources import gather
from convista.learning.fitting.specification import specify
from convista.learning.progress import silent
from convista.learning.tasks.calibration import Calibration
from convista.models import Mini
from convista.scenes import example_labels, example_scene

FILE = Path(__file__).parents[1] / "src" / "convista" / "catalogue" / "data" / "aquileia.safetensors"
SEEDS = range(8)
RECIPE: dict[str, Any] = {
    "patch": 10,
    "label_rule": "majority",
    "epochs": 12,
    "epoch_samples": 16_384,
    "batch": 128,
    "learning_rate": 1e-2,
    "sampling_power": 1.0,
    "prior_power": 1.0,
    "validation_samples": 4000,
    "device": "cpu",
    "precision": "32-true",
}


class Merit(NamedTuple):
    """What a seed is chosen by, the first before the second; both of the validation part alone."""

    active: int
    """Filters and neurons that ReLU lets through for at least one patch."""
    macro_f1: float
    """Of the epoch whose weights the run has."""


def main() -> None:
    """Train, choose, write the file, and only then tell the score."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--out", type=Path, default=FILE)
    given = asked.parse_args()
    patches = validation_patches()
    runs = [trained(seed) for seed in SEEDS]
    merits = [merit(run, patches) for run in runs]
    for seed, each in zip(SEEDS, merits, strict=True):
        print(f"seed {seed}: {each.active} units active, macro F1 {each.macro_f1:.4f} on the validation part")
    run = runs[merits.index(max(merits))]
    run.save(given.out)
    told = run.record["report"]
    print(f"seed {run.record['seed']}: accuracy {told['accuracy']:.4f} on {told['samples']} test patches")
    print(given.out, given.out.stat().st_size, "bytes")


def trained(seed: int) -> Run:
    """Train a run; its softmax is calibrated as it is, so that films and maps show the same probabilities."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    run = train(example_scene(), "mini", labels=example_labels(), seed=seed, **RECIPE)
    torch.set_num_threads(threads)
    last = run.network.dense3 if isinstance(run.network, Mini) else None
    assert last is not None
    with torch.no_grad():
        for numbers in last.parameters():
            numbers.div_(run.task.calibration.temperature)
    # How long it took differs from time to time.
    record = {name: value for name, value in run.record.items() if name != "seconds"}
    return replace(run, task=replace(run.task, calibration=Calibration()), record=record)


def validation_patches() -> Tensor:
    """Return all patches of the validation part, which is the same for every seed, (patches, bands, 10, 10)."""
    samples = gather(specify(example_scene(), "mini", labels=example_labels(), **RECIPE), silent)
    return torch.from_numpy(samples.values(samples.parts["validation"]))


def merit(run: Run, patches: Tensor) -> Merit:
    """Return what a run is chosen by."""
    active = 0

    def count(_layer: nn.Module, _given: tuple[Tensor], after: Tensor) -> None:
        nonlocal active
        active += int((after > 0).transpose(0, 1).flatten(1).any(1).sum())

    hooks = [layer.register_forward_hook(count) for layer in run.network.modules() if isinstance(layer, nn.ReLU)]
    with torch.no_grad():
        run.end_to_end(patches)
    for hook in hooks:
        hook.remove()
    return Merit(active, run.record["epochs"][run.record["best_epoch"] - 1]["macro_f1"])


if __name__ == "__main__":
    main()
