"""Clusters and anomaly of the patches of a scene as maps, a pixel for each."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.language import say
from convista.mapping.embedding.patches import VectorJob
from convista.mapping.outputs.rasters import NODATA
from convista.mapping.outputs.style import write_ramp, write_style
from convista.scenes import ClassInfo, MapWriter, OutputBand, RasterWriter, Window
from convista.scenes.labels.classes import distinct_colour


class VectorMaps:
    """Writes the maps beside a table of vectors, strip by strip: whole files, or none.

    Parameters
    ----------
    table
        The table, see `names_of_maps`.
    job
        What made the vectors.
    clusters
        How many there are; 0 for no map of them.
    anomaly
        Whether there is a map of it.
    workplace
        The folder of the temporary files.
    """

    def __init__(self, table: Path, job: VectorJob, clusters: int, anomaly: bool, workplace: Path) -> None:
        self.job, self.workplace = job, workplace
        self.classes = tuple(
            ClassInfo(n + 1, say("mapping.cluster", number=n + 1), distinct_colour(n)) for n in range(clusters)
        )
        names = dict(zip(("cluster", "anomaly"), names_of_maps(table), strict=True))
        wanted = {"cluster": clusters > 0, "anomaly": anomaly}
        self.paths = {column: path for column, path in names.items() if wanted[column]}
        self._open = ExitStack()
        self._writers: dict[str, RasterWriter] = {}

    def _writer(self, column: str, path: Path) -> RasterWriter:
        description = say(f"mapping.band_{column}", architecture=self.job.model.title)
        grid, workplace = self.job.grid, self.workplace
        if column == "cluster":
            return MapWriter(path, grid, self.classes, description=description, nodata=NODATA, workplace=workplace)
        bands = [OutputBand(description)]
        return RasterWriter(path, grid, bands, dtype="float32", nodata=float("nan"), workplace=workplace)

    def write(self, strip: int, cells: NDArray[np.bool_], columns: dict[str, Any]) -> None:
        """Write the values of the cells of a strip that have one, in the order of the cells."""
        first, last = self.job.rows(strip)
        for column, writer in self._writers.items():
            values = np.full(cells.shape, writer.nodata, writer.dtype)
            values[cells] = columns[column]
            writer.write(Window(first, 0, last - first, self.job.grid.width), values[None])

    def __enter__(self) -> VectorMaps:
        with ExitStack() as begun:
            for column, path in self.paths.items():
                self._writers[column] = begun.enter_context(self._writer(column, path))
            self._open = begun.pop_all()
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self._open.__exit__(kind, error, trace)
        if kind is None and "cluster" in self.paths:
            write_style(self.paths["cluster"], self.classes)
        if kind is None and "anomaly" in self.paths:
            write_ramp(self.paths["anomaly"])


def names_of_maps(table: Path) -> tuple[Path, Path]:
    """Return the maps of clusters and of anomaly that belong to a table."""
    clusters, anomaly = (table.with_name(f"{table.stem}-{kind}.tif") for kind in ("clusters", "anomaly"))
    return clusters, anomaly
