"""Which precision a network answers fastest in, found by trying."""

from __future__ import annotations

import time

import torch

from convista.errors import ConvistaError
from convista.learning.precision import GAIN
from convista.mapping.answering import quick
from convista.mapping.model import MapModel

PRECISIONS = ("float32", "bfloat16", "auto")
PIXELS = 2**17
"""Of a trial."""
ROUNDS = 3


def check_precision(name: str) -> None:
    """See that a precision is one of those that a map is computed in; ConvistaError if not."""
    if name not in PRECISIONS:
        raise ConvistaError("mapping.unknown_precision", precision=name, known=", ".join(PRECISIONS))


def chosen(model: MapModel, device: torch.device) -> str:
    """Return ``"bfloat16"`` where it is faster by enough to be worth its rounding, else ``"float32"``.

    Each is timed as maps are computed, which is on one thread of a processor; the best of a few rounds that take
    turns. Values, whose digits count, stay in float32.
    """
    if model.kind == "values":
        return "float32"
    network = quick(model.network, device)
    few = max(1, PIXELS // model.patch**2)
    batch = torch.zeros(few, len(model.bands), model.patch, model.patch, device=device)
    batch = batch.to(memory_format=torch.channels_last)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)

    def seconds(reduced: bool) -> float:
        began = time.perf_counter()
        with torch.inference_mode(), torch.autocast(device.type, torch.bfloat16, enabled=reduced):
            network(batch).cpu()  # until it is there
        return time.perf_counter() - began

    try:
        times = [(seconds(True), seconds(False)) for _ in range(ROUNDS + 1)][1:]
    finally:
        torch.set_num_threads(threads)
    reduced, full = (min(column) for column in zip(*times, strict=True))
    return "bfloat16" if full > GAIN * reduced else "float32"
