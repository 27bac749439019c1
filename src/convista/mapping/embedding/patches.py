"""Patches whose vectors are kept in a journal: those of a scene, cell by cell, and images in class folders."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from convista.learning import Progress
from convista.learning.data.image_folder import ImageFolder
from convista.mapping.engine.job import Job
from convista.mapping.engine.journal import Arrays, Journal
from convista.mapping.engine.patch_grid import PatchGrid
from convista.mapping.engine.plan import IDENTITY, OPTIONS
from convista.mapping.map_model import MapModel
from convista.scenes import Grid, Window
from convista.scenes.content import file_digest

Float = NDArray[np.float32]

FORMAT = "convista-vectors-2"
TOGETHER = 512
"""Images that are read and kept at a time."""
LOOKED_AT = 2**20
"""Bytes of an image that its digest is of, at most."""
BATCH_PIXELS = 2**18
"""Pixels of images that the network sees at a time."""


class Chunk(NamedTuple):
    """Some patches."""

    vectors: Float
    """(n, numbers)."""
    answers: Float
    """What the network says of each, (n, outputs)."""
    columns: dict[str, Any]
    """What tells which they are, by name: arrays, or lists of texts, of n."""
    windows: NDArray[np.int64] | None = None
    """Of a scene: first row and column of each, rows and columns."""
    cells: NDArray[np.bool_] | None = None
    """Of a scene: which cells of the strip they are, row by row, (rows, columns)."""


class Patches(Protocol):
    """Patches whose vectors are kept, and can be looked at again and again."""

    count: int
    """Of chunks."""
    journal: Journal
    """Where their vectors are."""

    @property
    def grid(self) -> Grid | None:
        """Of the scene."""

    def chunks(self) -> Iterator[Chunk]:
        """Yield all patches, always in the same order."""


@dataclass(frozen=True, eq=False)
class VectorJob(Job):
    """A job that also keeps how much of each patch has data."""

    def work(self, wanted: range, threads: int) -> Iterator[tuple[int, Arrays]]:
        """Yield the strips of a range, (numbers, rows, columns) and the shares, (1, rows, columns)."""
        for strip, arrays in super().work(wanted, threads):
            yield strip, [*arrays, self._shares(strip)[None]]

    def plan(self) -> dict[str, Any]:
        """Return what identifies the vectors, as JSON can hold it."""
        return {**super().plan(), "format": FORMAT}

    def _shares(self, strip: int) -> Float:
        """Return the part of each patch's pixels that no band masks, (rows, columns)."""
        cells, patch = self.layout, self.model.patch
        assert isinstance(cells, PatchGrid)
        (first, last), columns = cells.span(strip), cells.size[1]
        rows, wide = ((n - 1) * cells.stride + patch for n in (last - first, columns))
        read = Window(first * cells.stride - cells.margin, -cells.margin, rows, wide)
        there = ~np.ma.getmaskarray(self.scene.read(read, self.model.band_names)).any(axis=0)
        sums = np.pad(there.astype(np.int64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        counts = sums[patch:, patch:] - sums[:-patch, patch:] - sums[patch:, :-patch] + sums[:-patch, :-patch]
        shares: Float = (counts[:: cells.stride, :: cells.stride] / patch**2).astype(np.float32)
        return shares


class ScenePatches:
    """The patches of a scene that have enough data.

    Parameters
    ----------
    job, journal
        What made the strips, and where they are.
    size
        Numbers of a vector.
    least
        Part of a patch's pixels that must have data.
    """

    def __init__(self, job: VectorJob, journal: Journal, size: int, least: float) -> None:
        self.job, self.journal, self.size, self.least = job, journal, size, least
        self.count = job.layout.strips

    @property
    def grid(self) -> Grid:
        """The scene's."""
        return self.job.scene.grid

    def chunks(self) -> Iterator[Chunk]:
        """Yield the patches of each strip."""
        cells, patch = self.job.layout, self.job.model.patch
        assert isinstance(cells, PatchGrid)
        for strip in range(self.count):
            made, shares = self.journal.strip(strip)
            there = (shares[0] >= self.least) & np.isfinite(made).all(axis=0)
            rows, columns = np.nonzero(there)
            windows = np.empty((len(rows), 4), np.int64)
            windows[:, 0] = (rows + cells.span(strip)[0]) * cells.stride - cells.margin
            windows[:, 1] = columns * cells.stride - cells.margin
            windows[:, 2:] = patch
            names = {
                "row": windows[:, 0].astype(np.int32),
                "column": windows[:, 1].astype(np.int32),
                "valid": shares[0][there],
            }
            both = made[:, there].T
            yield Chunk(both[:, : self.size], both[:, self.size :], names, windows, there)


class ImagePatches:
    """Images in class folders, each a patch.

    Parameters
    ----------
    images
        The folder that holds the folders.
    model
        Gives vectors and answers.
    journal
        Keeps them.
    size
        Numbers of a vector.
    skip_bad
        Whether images that cannot be read, or are unlike most, are left out.
    """

    grid = None

    def __init__(self, images: ImageFolder, model: MapModel, journal: Journal, size: int, skip_bad: bool) -> None:
        self.images, self.model, self.journal = images.using(model.band_names), model, journal
        self.size, self.skip_bad, self.files = size, skip_bad, images.files
        self.norm = self.images.norm(model.patch)
        self.count = -(-len(self.files) // TOGETHER)

    def compute(self, progress: Progress) -> None:
        """Compute what the journal, which is held, lacks of the vectors.

        Raises
        ------
        ConvistaError
            If an image cannot be read, is of another size, or has other bands than the network takes.
        """
        for number in sorted(set(range(self.count)) - self.journal.done()):
            self.journal.add(number, self._made(self._files(number)))
            progress("map", number + 1, self.count)

    def plan(self, network: str) -> dict[str, Any]:
        """Return what identifies the vectors by a network's fingerprint, as JSON can hold it."""
        folder = self.images.folder
        held = [(file.relative_to(folder).as_posix(), file_digest(file, LOOKED_AT)) for file in self.files]
        asked = asdict(self.images.reading).items()
        reading = {name: list(value) if isinstance(value, tuple) else value for name, value in asked}
        identity = {
            "network": network,
            "pixels": hashlib.sha256(repr(held).encode()).hexdigest(),
            OPTIONS: {"skip_bad": self.skip_bad, **reading},
            "rest": self.model.fingerprint(),
        }
        return {"format": FORMAT, IDENTITY: identity, "rows": list(range(self.count))}

    def chunks(self) -> Iterator[Chunk]:
        """Yield the images, in the order of their names."""
        for number in range(self.count):
            made, kept = self.journal.strip(number)
            there = np.isfinite(made).all(axis=1)
            files = [self._files(number)[n] for n in kept[there]]
            names = {
                "file": [file.relative_to(self.images.folder).as_posix() for file in files],
                "label": [file.parent.name for file in files],
            }
            yield Chunk(made[there, : self.size], made[there, self.size :], names)

    def _files(self, number: int) -> list[Path]:
        return self.files[number * TOGETHER : (number + 1) * TOGETHER]

    def _made(self, files: list[Path]) -> Arrays:
        """Return vectors and answers of files, (n, numbers), and which of the files they are of."""
        read = self.images.read(files, norm=self.norm, skip_bad=self.skip_bad)
        patch, batch = self.model.patch, []
        few = max(1, BATCH_PIXELS // patch**2)
        network = self.model.network.eval()
        for start in range(0, len(read.values), few):
            values = read.values[start : start + few].astype(np.float32)
            with torch.inference_mode():
                batch.append(network(self.model.standardise(values)).float().numpy())
        return [np.concatenate(batch), read.kept]
