"""The log of a training: a line an epoch, for a spreadsheet or any other program, up to date while it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from convista.whole_file import write_file

NAME = "log.csv"

Log = Callable[[Sequence[Mapping[str, Any]]], object]
"""What is given the numbers of all epochs so far, `History.epochs`, after each."""


def write_log(folder: Path, epochs: Sequence[Mapping[str, Any]]) -> Path:
    """Write the numbers of all epochs so far, whole or not at all; the columns are those of `History.epochs`.

    Raises
    ------
    ConvistaError
        If it cannot be written.
    """
    text = io.StringIO()
    rows = csv.DictWriter(text, list(epochs[0]))
    rows.writeheader()
    rows.writerows(epochs)
    return write_file(folder / NAME, text.getvalue())
