"""What bfloat16 gains in training on this processor: seconds of a step in float32, over those of one in bfloat16.

    python benchmarks/precision.py [--rounds N] [--batch N]

The networks are those that `WORTH` of `convista.learning.fitting.precision` was drawn between, which takes bfloat16
from so many operations a patch on. A step is what the training loop does with a batch: forward under autocast, as
Fabric's ``bf16-mixed`` is, backward, AdamW; weights lie channels last. The precisions take turns, and their medians
are compared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn import functional

from convista.learning.fitting.precision import WORTH, computes_bfloat16, operations
from convista.models import create_model

BANDS, CLASSES = 4, 10


class Case(NamedTuple):
    """A network and the side of its patches."""

    model: str
    patch: int
    options: dict[str, Any]


CASES = (
    Case("lenet", 16, {"width": 4.0}),
    Case("resnet18", 16, {}),
    Case("compact", 64, {}),
    Case("unet", 64, {"width": 16}),
)


def main() -> None:
    """Print the ratio of each network."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=15)
    asked.add_argument("--batch", type=int, default=64)
    given = asked.parse_args()
    known = "computes" if computes_bfloat16() else "does not compute"
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, a processor that {known} bfloat16")
    for case in CASES:
        network = create_model(case.model, BANDS, CLASSES, patch=case.patch, **case.options)
        cost = operations(network, torch.zeros(1, BANDS, case.patch, case.patch))
        plain, reduced = seconds(network, case.patch, given.batch, given.rounds)
        taken = "bfloat16" if cost >= WORTH else "float32"
        name = f"{case.model} of {case.patch}×{case.patch}"
        print(f"{name}: {cost:.1e} operations a patch, {plain / reduced:.2f}× as fast in bfloat16; taken: {taken}")


def seconds(network: nn.Module, patch: int, batch: int, rounds: int) -> tuple[float, float]:
    """Return the median seconds of a step in float32, and in bfloat16."""
    network = network.to(memory_format=torch.channels_last).train()  # type: ignore[call-overload]
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4)
    patches = torch.randn(batch, BANDS, patch, patch).contiguous(memory_format=torch.channels_last)
    shape = network(patches).shape
    targets = torch.randint(CLASSES, (shape[0], *shape[2:]))
    taken: dict[bool, list[float]] = {False: [], True: []}
    for _ in range(rounds + 1):
        for reduced, times in taken.items():
            began = time.perf_counter()
            with torch.autocast("cpu", torch.bfloat16, enabled=reduced):
                loss = functional.cross_entropy(network(patches), targets)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            times.append(time.perf_counter() - began)
    # The first round of each prepares what later ones use.
    return statistics.median(taken[False][1:]), statistics.median(taken[True][1:])


if __name__ == "__main__":
    main()
