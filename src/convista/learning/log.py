"""The log of a training: a line an epoch, for a spreadsheet or any other program, up to date while it runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

NAME = "log.csv"


def write_log(folder: Path, epochs: Sequence[Mapping[str, Any]]) -> Path:
    """Write the numbers of all epochs so far, whole or not at all; the columns are those of `Course.epochs`."""
    text = io.StringIO()
    rows = csv.DictWriter(text, list(epochs[0]))
    rows.writeheader()
    rows.writerows(epochs)
    path, draft = folder / NAME, folder / f".{NAME}"
    draft.write_text(text.getvalue(), encoding="utf-8", newline="")
    draft.replace(path)
    return path
