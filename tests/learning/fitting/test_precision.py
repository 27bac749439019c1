"""Precision follows from the processor and the network, never from a clock."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import torch

from convista.learning.fitting import precision
from convista.models import create_model


@pytest.fixture
def processor(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have torch tell these capabilities of the processor."""

    def tell(**capabilities: object) -> None:
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)

    return tell


@pytest.mark.parametrize(
    ("capabilities", "name", "patch", "reduced"),
    [
        ({"avx512_bf16": True}, "compact", 64, True),
        ({"amx_bf16": True, "avx512_bf16": False}, "compact", 64, True),
        ({"architecture": "aarch64", "bf16": True}, "compact", 64, True),
        ({"avx2": True, "avx512_bf16": False}, "compact", 64, False),
        ({}, "compact", 64, False),
        ({"avx512_bf16": True}, "lenet", 16, False),
        ({"avx512_bf16": True}, "resnet18", 16, False),
    ],
)
def test_bfloat16_needs_its_instructions_and_a_network_that_is_large(
    capabilities: dict[str, object], name: str, patch: int, reduced: bool, processor: Callable[..., None]
) -> None:
    processor(**capabilities)
    network = create_model(name, 3, 5, patch=patch)
    state = torch.random.get_rng_state()
    assert precision.reduced_is_worth_it(network, torch.zeros(1, 3, patch, patch), "cpu") is reduced
    assert network.training
    assert (torch.random.get_rng_state() == state).all()


def test_a_torch_that_does_not_know_the_processor_stays_in_float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch.cpu, "get_capabilities", raising=False)
    assert not precision.computes_bfloat16()


def test_operations_are_counted_not_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    for clock in ("perf_counter", "monotonic", "process_time", "time"):
        monkeypatch.setattr(time, clock, lambda: pytest.fail("a clock was asked"))
    layer = torch.nn.Conv2d(3, 8, 3)
    assert precision.operations(layer, torch.zeros(1, 3, 10, 10)) == 2 * 8 * 8 * 8 * 27


def test_of_other_devices_torch_knows(monkeypatch: pytest.MonkeyPatch, processor: Callable[..., None]) -> None:
    processor(avx512_bf16=True)
    patch = torch.zeros(1, 3, 64, 64)
    for known in (True, False):
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda known=known: known)
        assert precision.reduced_is_worth_it(torch.nn.Identity(), patch, "cuda") is known
        assert not precision.reduced_is_worth_it(torch.nn.Identity(), patch, "mps")
