"""Where a network computes."""

from __future__ import annotations

import torch

from convista.errors import ConvistaError

AUTO = "auto"


def device_named(name: str) -> torch.device:
    """Return torch's device of a name; ``"auto"`` is the first graphics card that speaks CUDA, or the processor.

    Raises
    ------
    ConvistaError
        If there is none of that name here.
    """
    there = ["cpu"]
    if torch.cuda.is_available():
        there += [f"cuda:{number}" for number in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        there.append("mps")
    if name == AUTO:
        return torch.device(there[1] if there[1:2] == ["cuda:0"] else "cpu")
    if name == "cuda" and "cuda:0" in there:
        return torch.device("cuda:0")
    if name not in there:
        raise ConvistaError("mapping.no_such_device", device=name, known=", ".join([AUTO, *there]))
    return torch.device(name)
