"""What is in a table of vectors: how many, in which clusters, and which are farthest from the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from convista.mapping.embedding.patches import Chunk
from convista.scenes import Window

OUTLIERS = 10
"""Patches that are told of."""


class Cluster(NamedTuple):
    """A cluster."""

    number: int
    patches: int
    commonest: str | None
    """The class that the network gives most of them; None where there are no classes."""
    share: float
    """Of that class among them."""


class Outlier(NamedTuple):
    """A patch that is far from the others."""

    anomaly: float
    place: Window | str
    """Its pixels in the scene, or its file in the folder."""


@dataclass(repr=False)
class Embedded:
    """A table that was written."""

    path: Path
    numbers: int
    """Of a vector."""
    maps: list[Path]
    patches: int = 0
    outliers: list[Outlier] = field(default_factory=list)
    """The farthest first; none if anomaly was not asked for."""
    _tally: Counter[tuple[int, str | None]] = field(default_factory=Counter)

    def __repr__(self) -> str:
        return f"<Embedded {self.path}: {self.patches} vectors of {self.numbers} numbers, {len(self.maps)} maps>"

    def add(self, chunk: Chunk, columns: dict[str, Any]) -> None:
        """Take account of some patches more, and of the columns written of them."""
        self.patches += len(chunk.vectors)
        if "cluster" in columns:
            names = columns.get("class", [None] * len(chunk.vectors))
            self._tally.update(zip(columns["cluster"].tolist(), names, strict=True))
        if "anomaly" in columns:
            far = columns["anomaly"]
            for n in np.argsort(-far, kind="stable")[:OUTLIERS]:
                place = columns["file"][n] if chunk.windows is None else Window(*chunk.windows[n].tolist())
                self.outliers.append(Outlier(float(far[n]), place))
            self.outliers = sorted(self.outliers, key=lambda strange: -strange.anomaly)[:OUTLIERS]

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters by number; none if they were not asked for."""
        found = []
        for number in sorted({number for number, _ in self._tally}):
            own = Counter({name: count for (cluster, name), count in self._tally.items() if cluster == number})
            name, count = own.most_common(1)[0]
            found.append(Cluster(number, own.total(), name, count / own.total()))
        return found
