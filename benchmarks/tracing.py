"""Targets 4 and 5: a traced forward and backward pass of ResNet-18 at 224×224, beside a plain one and torchlens.

    python benchmarks/tracing.py [--peer PYTHON] [--json FILE]

Both tracers keep every value and every gradient of the same network and input. A trace of ours also keeps what each
operator read, which an explanation needs; torchlens does so when it is asked for argument values, as here.
``PYTHON`` is the interpreter of an environment that has torchlens; without it only the plain pass is compared. Each
round times every contestant once, in turn, so that what else the machine does meets all of them; the medians of the
rounds are compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch.nn import functional

from convista.models import create_model
from convista.tracing import trace

ROUNDS = 7
LABEL = 7
SOURCE = Path(__file__).parents[1] / "src"

# Runs in the peer's environment: one timing a line read, so that the rounds can take turns.
PEER = f"""
import sys, time
sys.path.insert(0, {str(SOURCE)!r})
import torch
import torchlens
from torch.nn import functional
from convista.models import create_model

torch.manual_seed(0)
network, x = create_model("resnet18", 3, 1000).eval(), torch.randn(1, 3, 224, 224)
options = torchlens.options.CaptureOptions(
    save_grads="all", backward_ready=True, save_arg_values=True
)

def logged():
    log = torchlens.trace(network, x.clone().requires_grad_(), capture=options)
    output = log[log.output_layers[0]].out
    log.log_backward(functional.cross_entropy(output, torch.tensor([{LABEL}])))

logged()
print(torchlens.__version__, flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    logged()
    print(time.perf_counter() - began, flush=True)
"""


def main() -> None:
    """Print the ratios, and write them as JSON if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", help="interpreter of an environment that has torchlens")
    parser.add_argument("--json", type=Path, help="file for the figures")
    given = parser.parse_args()

    torch.manual_seed(0)
    network, x = create_model("resnet18", 3, 1000).eval(), torch.randn(1, 3, 224, 224)

    def plain() -> None:
        batch = x.clone().requires_grad_()
        functional.cross_entropy(network(batch), torch.tensor([LABEL])).backward()  # type: ignore[no-untyped-call]
        network.zero_grad()

    def traced() -> None:
        trace(network, x, LABEL)

    contestants: dict[str, Callable[[], float]] = {
        "plain": lambda: seconds(plain),
        "convista": lambda: seconds(traced),
    }
    if given.peer:
        contestants["torchlens"] = peer(given.peer)
    for contestant in contestants.values():
        contestant()
    rounds = [{name: contestant() for name, contestant in contestants.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(times[name] for times in rounds) for name in contestants}

    for name, median in medians.items():
        print(f"{name:<10} {median:.3f} s")
    figures = {"seconds": medians, "target 4": medians["convista"] / medians["plain"]}
    print(f"target 4: {figures['target 4']:.2f}× the plain pass (fair 2.0, aim 1.5)")
    if given.peer:
        figures["target 5"] = medians["torchlens"] / medians["convista"]
        print(f"target 5: {figures['target 5']:.1f}× faster than torchlens (fair 10, aim 25)")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def seconds(work: Callable[[], None]) -> float:
    """Time one call."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peer(python: str) -> Callable[[], float]:
    """Start the peer in its own environment; each call has it do its work once and gives its time."""
    process = subprocess.Popen([python, "-c", PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    ask, answer = process.stdin, process.stdout
    version = answer.readline().strip()
    if not version:
        sys.exit(f"{python} cannot run torchlens")
    print(f"torchlens {version}")

    def once() -> float:
        ask.write("\n")
        ask.flush()
        return float(answer.readline())

    return once


if __name__ == "__main__":
    main()
