"""Settings for every test."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

# Every core already has a test worker of its own; more threads than cores make torch many times slower.
os.environ["OMP_NUM_THREADS"] = "1"

import pytest
from hypothesis import settings

from convista import language

# A shared machine may pause any example; what must be fast is measured in benchmarks/, not here.
settings.register_profile("convista", deadline=None, max_examples=50)
# That of `make test-fast`.
settings.register_profile("fast", settings.get_profile("convista"), max_examples=5)
settings.load_profile("convista")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages are tested in English, whatever the machine's locale."""
    language.use("en")
    yield
    language.use(None)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Take Ctrl-C as Python does, even where it is ignored, as it is in what a shell runs behind itself."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the tests of the operators write what they saw into the documentation."""
    parser.addoption("--write-operators", action="store_true", help="write docs/operators.md")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the page if asked to and nothing failed."""
    if session.config.getoption("--write-operators") and exitstatus == 0:
        from tests.operators.coverage import write  # noqa: PLC0415  needs torch, which not every session does

        write()
