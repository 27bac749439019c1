"""The plan of a map: what makes it this map and no other, and what joins its strips."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from convista.language import say

Plan = Mapping[str, Any]
IDENTITY = "identity"
"""The part that tells maps apart; whatever else a plan holds may differ, such as where the run lies."""
OPTIONS = "options"
"""The part of the identity that a user gave, by name; nothing that has its usual value."""
LETTERS = 12
"""Of the digest that stands in the names of strips."""
PARTS = ("network", "pixels", "grid", "bands")
"""Of the identity, as a user knows them."""


def digest_of(plan: Plan) -> str:
    """Return a short text that is the same for plans of the same map."""
    identity = [plan.get("format"), plan.get(IDENTITY)]
    return sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:LETTERS]


class Differences:
    """What two plans differ in, as a user knows it: a list in the language then in use.

    Parameters
    ----------
    before, now
        The plans, or whatever was found in place of one.
    """

    def __init__(self, before: Plan, now: Plan) -> None:
        self.before, self.now = _identity(before), _identity(now)
        self.same_format = before.get("format") == now.get("format")

    def __str__(self) -> str:
        if not self.same_format:
            return say("mapping.differs_kind")
        told = [say(f"mapping.differs_{part}") for part in PARTS if self.before.get(part) != self.now.get(part)]
        before, now = (each.get(OPTIONS) or {} for each in (self.before, self.now))
        told += [
            f"{name} ({_value(before.get(name))} → {_value(now.get(name))})"
            for name in sorted({*before, *now})
            if before.get(name) != now.get(name)
        ]
        return ", ".join(told) or say("mapping.differs_rest")


def _identity(plan: Plan) -> Mapping[str, Any]:
    found = plan.get(IDENTITY)
    return found if isinstance(found, Mapping) else {}


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(_value, value))
    return "–" if value is None else str(value)
