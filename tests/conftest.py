"""Settings for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator

# Every core already has a test worker of its own; more threads than cores make torch many times slower.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from hypothesis import settings

from convista import language

# A shared machine may pause any example; what must be fast is measured in benchmarks/, not here.
settings.register_profile("convista", deadline=None, max_examples=50)
settings.load_profile("convista")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages are tested in English, whatever the machine's locale."""
    language.use("en")
    yield
    language.use(None)
