"""Whether bfloat16 is worth its rounding, told from the processor and the network.

Never from a clock: on a machine that does other work, trials of the same command would end differently, and with
them the weights and the map.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from convista.models.mode import evaluating

INSTRUCTIONS = ("avx512_bf16", "amx_bf16", "bf16")
"""What processors with bfloat16 arithmetic say of themselves (`torch.cpu.get_capabilities`): x86, x86, ARM."""
WORTH = 5e7
"""Floating-point operations a patch from which bfloat16 gains surely in training: below, converting weights and
activations may cost what products save. ``benchmarks/precision.py`` printed, with one thread on a shared machine:
a LeNet of 16×16 pixels (1e6) 1.2, a ResNet-18 of 16×16 (3e7) 0.7, a compact network of 64×64 (1e8) 2.0, a U-Net of
64×64 (4e8) 2.6 times as fast."""


def reduced_is_worth_it(network: nn.Module, patch: Tensor, device: str) -> bool:
    """Return whether a network computes such patches by enough faster in bfloat16.

    Parameters
    ----------
    network
        On the processor, wherever it will compute.
    patch
        One patch, (1, bands, rows, columns), likewise.
    device
        The kind of device that it will compute on, such as ``"cpu"`` or ``"cuda"``.
    """
    if device != "cpu":
        return device == "cuda" and torch.cuda.is_bf16_supported()
    return computes_bfloat16() and operations(network, patch) >= WORTH


def computes_bfloat16() -> bool:
    """Return whether this processor has bfloat16 arithmetic; not known, and False, before torch 2.11."""
    told: Mapping[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return any(bool(told.get(name)) for name in INSTRUCTIONS)


def operations(network: nn.Module, patch: Tensor) -> int:
    """Return the floating-point operations of a network's convolutions and products for one patch."""
    counter = FlopCounterMode(display=False)
    with torch.random.fork_rng(devices=[]), torch.no_grad(), evaluating(network), counter:
        network(patch)
    return int(counter.get_total_flops())
