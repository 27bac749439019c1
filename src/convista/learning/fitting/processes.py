"""The processes of one training, as ``torchrun`` starts them, on one machine or on several."""

from __future__ import annotations

import os


def count() -> int:
    """Return how many processes train together; 1 where nobody started more."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def rank() -> int:
    """Return this process's number among them, from 0; the first writes and reports for all."""
    return int(os.environ.get("RANK", "0"))


def on_this_machine() -> int:
    """Return how many of them run on this machine."""
    return int(os.environ.get("LOCAL_WORLD_SIZE", "1"))
