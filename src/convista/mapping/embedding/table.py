"""Tables of vectors as GeoParquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.failures import told_as
from convista.scenes import Grid
from convista.scenes.geometry.grid import apply_affine
from convista.whole_file import whole_file

ENDING = ".parquet"
SIDES = ("xmin", "ymin", "xmax", "ymax")
REPEATED = ("class", "label")
"""Columns of texts of which there are few."""
OWN = "convista"
"""The key under which the file says what its vectors are."""


class VectorTable:
    """Writes vectors, what is known of each and where it lies, a row group at a time: the whole file, or none.

    GeoParquet 1.1: the column ``geometry`` holds polygons as well-known binary, ``bbox`` their extents, the key
    ``geo`` the CRS as PROJJSON. Without a grid it is plain Parquet.

    Parameters
    ----------
    path
        The file, ``.parquet``.
    grid
        Of the scene that the vectors are of; None if they are of images.
    about
        What is to be known of the vectors; JSON can hold it.
    workplace
        The folder of the temporary file, on the same disk.

    Raises
    ------
    ConvistaError
        If the name will not do, or pyarrow is not installed.
    """

    def __init__(self, path: Path, grid: Grid | None, about: Mapping[str, Any], workplace: Path) -> None:
        check_table(path)
        self.path, self.grid, self.about = path, grid, about
        self._workplace = workplace
        self._open = ExitStack()
        self._writer: Any = None
        self._extents: list[NDArray[np.float64]] = []

    def write(self, columns: Mapping[str, Any], vectors: NDArray[np.float32], windows: Any = None) -> None:
        """Add rows as one row group.

        Parameters
        ----------
        columns
            Arrays by name, or lists of texts, one value a row.
        vectors
            (rows, numbers).
        windows
            Of a scene, (rows, 4): the first row and column of each patch, its rows and columns.
        """
        import pyarrow as pa  # noqa: PLC0415  an extra
        import shapely  # noqa: PLC0415  an extra
        from pyarrow import parquet  # noqa: PLC0415

        arrays: dict[str, Any] = {}
        if self.grid is not None:
            corners = _corners(self.grid, np.asarray(windows))
            arrays["geometry"] = pa.array(shapely.to_wkb(shapely.polygons(corners)), pa.binary())
            arrays["bbox"] = _boxes(corners)
            self._extents.append(np.concatenate([corners.min((0, 1)), corners.max((0, 1))]))
        for name, values in columns.items():
            column = pa.array(values)
            arrays[name] = column.dictionary_encode() if name in REPEATED else column
        flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
        arrays["vector"] = pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])
        table = pa.table(arrays)
        if self._writer is None:
            repeated = [name for name in columns if name in REPEATED]
            draft = self._open.enter_context(whole_file(self.path, self._workplace))
            self._writer = parquet.ParquetWriter(draft, table.schema, compression="zstd", use_dictionary=repeated)
            self._open.push(self._close)
        self._writer.write_table(table, row_group_size=max(1, len(table)))

    def __enter__(self) -> VectorTable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def _close(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._writer.add_key_value_metadata(self._metadata())
        self._writer.close()

    def _metadata(self) -> dict[str, str]:
        texts = {OWN: json.dumps(self.about, ensure_ascii=False)}
        if self.grid is not None:
            crs = None if self.grid.crs is None else self.grid.crs.to_dict(projjson=True)
            extents = np.array(self._extents)
            geometry = {
                "encoding": "WKB",
                "geometry_types": ["Polygon"],
                "crs": crs,
                "orientation": "counterclockwise",
                "bbox": [*extents[:, :2].min(0).tolist(), *extents[:, 2:].max(0).tolist()],
                "covering": {"bbox": {side: ["bbox", side] for side in SIDES}},
            }
            about = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}}
            texts["geo"] = json.dumps(about)
        return texts


def check_table(path: Path) -> None:
    """See that a table can have this name, and be written at all; ConvistaError if not."""
    if find_spec("pyarrow") is None or find_spec("shapely") is None:
        raise ConvistaError("mapping.no_pyarrow")
    if path.suffix.lower() != ENDING:
        raise ConvistaError("mapping.table_ending", path=path)
    if not path.parent.is_dir():
        raise ConvistaError("scenes.no_folder", path=path, folder=path.parent)
    if path.is_dir():
        raise ConvistaError("scenes.writing.map_exists_as_folder", path=path)


def writing_errors(path: Path) -> AbstractContextManager[None]:
    """Turn what goes wrong while a table is written into a ConvistaError."""
    import pyarrow as pa  # noqa: PLC0415

    return told_as("mapping.table_not_written", (OSError, pa.ArrowException), path=path)


def vectors_in(path: Path, fingerprint: str) -> Iterator[NDArray[np.float32]]:
    """Yield the vectors of a table that `VectorTable` wrote, (rows, numbers), a row group at a time.

    Raises
    ------
    ConvistaError
        If there is no such table, it is not one of vectors, or another network made it.
    """
    check_table(path)
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(path)
        about = json.loads((file.metadata.metadata or {})[OWN.encode()])
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        raise ConvistaError("mapping.not_a_table", path=path) from error
    if about["fingerprint"] != fingerprint:
        raise ConvistaError("mapping.other_network", path=path)
    with file:
        for group in range(file.num_row_groups):
            column = file.read_row_group(group, ["vector"]).column(0).combine_chunks()
            yield column.flatten().to_numpy().reshape(len(column), -1)


def _corners(grid: Grid, windows: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
    """Return the corners of windows on the ground, counterclockwise, the first again at the end: (n, 5, 2)."""
    top, left = windows[:, 0], windows[:, 1]
    bottom, right = top + windows[:, 2], left + windows[:, 3]
    rows = np.stack([top, bottom, bottom, top, top], axis=1).astype(np.float64)
    columns = np.stack([left, left, right, right, left], axis=1).astype(np.float64)
    ring = np.stack(apply_affine(grid.transform, columns, rows), axis=-1)
    return ring if grid.transform.determinant < 0 else ring[:, ::-1]


def _boxes(corners: NDArray[np.float64]) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    sides = [*corners.min(1).T, *corners.max(1).T]
    return pa.StructArray.from_arrays([pa.array(np.ascontiguousarray(side)) for side in sides], names=list(SIDES))
