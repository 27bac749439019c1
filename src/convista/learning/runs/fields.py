"""What a file says of itself, read as if a stranger had written it: every value has the kind and range it must."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from convista.errors import ConvistaError
from convista.language import say

LEVELS = 32
"""Lists and objects that may lie in each other. What is written here has seven."""
SHOWN = 60
"""Characters of a wrong value that are shown."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]')


def parsed(text: str) -> Any:
    """Read JSON as the standard has it: without NaN, without a name twice, and not deeper than `LEVELS`.

    Raises
    ------
    ValueError
        If it is something else.
    """
    if text.count("[") + text.count("{") > LEVELS:
        level = 0
        for token in _TOKEN.finditer(text):
            level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
            if level > LEVELS:
                raise ValueError(say("learning.runs.json_too_deep", levels=LEVELS))
    return json.loads(text, parse_constant=_no_number, object_pairs_hook=_each_once)


def _no_number(text: str) -> Any:
    raise ValueError(say("learning.runs.json_not_a_number", text=text))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(say("learning.runs.json_name_twice"))
    return found


class Field:
    """A value in a file, and the name that it has there.

    Each method returns the value as one kind, or raises a ConvistaError that says what is there instead.
    """

    def __init__(self, file: Path, name: str, value: Any) -> None:
        self.file, self.name, self.value = file, name, value

    def __getitem__(self, name: str) -> Field:
        """Return a field of an object; it is None if there is none of that name."""
        return Field(self.file, f"{self.name}.{name}" if self.name else name, self.members().get(name))

    def members(self) -> Mapping[str, Any]:
        """Return an object: values by name."""
        return self.value if isinstance(self.value, dict) else self._refuse("object")

    def elements(self, length: int | None = None) -> Iterator[Field]:
        """Yield the elements of a list, of a certain length if one is given."""
        if not isinstance(self.value, list) or len(self.value) != (len(self.value) if length is None else length):
            self._refuse("list" if length is None else "list_of", count=length)
        return (Field(self.file, f"{self.name}[{n}]", value) for n, value in enumerate(self.value))

    def text(self) -> str:
        """Return a text."""
        return self.value if isinstance(self.value, str) else self._refuse("text")

    def among(self, known: Collection[str]) -> str:
        """Return one of several texts."""
        text = self.text()
        return text if text in known else str(self._refuse("one_of", known=", ".join(known)))

    def whole(self, least: int, most: int) -> int:
        """Return a whole number of a range."""
        if type(self.value) is not int or not least <= self.value <= most:
            self._refuse("whole", least=least, most=most)
        return int(self.value)

    def number(self) -> float:
        """Return a finite number, also as a float32 has it."""
        if type(self.value) not in {int, float} or not abs(self.value) < 3e38 or not math.isfinite(self.value):
            self._refuse("number")
        return float(self.value)

    def positive(self) -> float:
        """Return a finite number that is greater than 0, also as a float32 has it."""
        return (
            self.number() if type(self.value) in {int, float} and self.value > 1e-38 else self._refuse("positive")
        )

    def share(self) -> float:
        """Return a number of 0 … 1."""
        return self.number() if type(self.value) in {int, float} and 0 <= self.value <= 1 else self._refuse("share")

    def flag(self) -> bool:
        """Return true or false."""
        return self.value if isinstance(self.value, bool) else self._refuse("flag")

    def wrong(self, kind: str, **limits: Any) -> ConvistaError:
        """Return the error that says what is there, and what must be: a text ``learning.kind_…``."""
        value = "–" if self.value is None else ascii(self.value)
        return ConvistaError(
            "learning.runs.field_of_file",
            file=self.file,
            field=self.name,
            value=value if len(value) <= SHOWN else value[:SHOWN] + " …",
            kind=say(f"learning.runs.kind_{kind}", **limits),
        )

    def _refuse(self, kind: str, **limits: Any) -> Any:
        raise self.wrong(kind, **limits)
