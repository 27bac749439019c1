"""A map of classes from a run and a scene, strip by strip."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from convista.errors import ConvistaError
from convista.language import say
from convista.learning import Progress, Run, silent
from convista.mapping.cells import Cells, cells_of
from convista.scenes import MapWriter, Scene

NODATA = 255
STRIP_VALUES = 16_000_000
"""Values of a strip, all bands; two strips are held at a time, and some copies: about 250 MB."""
BATCH_PIXELS = 2**18
"""Pixels of a batch of patches, where nobody says otherwise."""


class Strip(NamedTuple):
    """What is read at a time: some rows of cells."""

    first: int
    last: int
    values: Tensor
    """Standardised, (rows, columns, bands), with the margin that patches need on all sides."""
    nodata: NDArray[np.bool_]
    """Whether any band is masked, (rows, columns), without margin."""


def predict(
    run: Run,
    scene: Scene,
    out: str | Path,
    *,
    stride: int | None = None,
    batch: int | None = None,
    by_name: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write a map of classes over a whole scene, on its grid, as a Cloud Optimized GeoTIFF.

    The scene is divided into cells of ``stride`` × ``stride`` pixels; each takes the most probable class of the
    patch centred on it. At the scene's edge the missing part of a patch counts as masked. A pixel that is masked
    in any of the run's bands becomes 255 (nodata); all others get a class, by its value in the labels trained on.

    Memory is bounded by strips of rows, whatever the scene's height; the next strip is read while the network
    works.

    Parameters
    ----------
    run
        The trained network; its bands are found in the scene by name.
    scene
        Imagery.
    out
        The map, ``.tif`` or ``.tiff``; not a file that is read for it.
    stride
        Rows and columns of a cell; None for a sixteenth of the patch, at least one pixel.
    batch
        Patches that the network sees at a time; None for a number that suits their size.
    by_name
        Whether the bands' names are enough, see `Run.check`.
    progress
        Told the rows of cells done, as stage ``"map"``.

    Returns
    -------
    The map's path.

    Raises
    ------
    ConvistaError
        If the scene's bands differ from the run's, a file cannot be read or written, ``out`` is a file of the scene
        or of the run, or a class has a value that a map cannot hold. No output is left then.
    """
    _spare_inputs(run, scene, Path(out))
    run.check(scene, by_name)
    cells = cells_of(run, scene, stride)
    batch = batch or max(16, BATCH_PIXELS // run.patch**2)
    network = copy.deepcopy(run.network).eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    rows, columns = cells.size
    most = STRIP_VALUES // (len(run.bands) * (columns * cells.stride + cells.patch))

    def read(span: tuple[int, int]) -> Strip:
        return _read(run, scene, cells, *span)

    description = say("mapping.description", architecture=run.architecture)
    with MapWriter(out, scene.grid, run.classes, description=description, nodata=NODATA) as writer:
        values = np.array([c.value for c in run.classes], np.uint8)
        for strip in _ahead(cells.strips(most), read):
            answers = np.zeros((strip.last - strip.first, columns), np.int64)
            for done in _answer(network, strip, cells, batch, answers):
                progress("map", strip.first + done, rows)
            classes = values[answers].repeat(cells.stride, axis=0).repeat(cells.stride, axis=1)
            height, width = strip.nodata.shape
            shown = np.where(strip.nodata, np.uint8(NODATA), classes[:height, :width])
            writer.write(cells.covered(strip.first, strip.last), shown)
    return writer.path


def _spare_inputs(run: Run, scene: Scene, out: Path) -> None:
    """See that the map would not take the place of a file it is made from, whatever path or link leads there."""
    if not out.exists():
        return
    files = [Path(file) for file in scene.files] + ([run.source] if run.source else [])
    for file in files:
        if file.exists() and out.samefile(file):
            raise ConvistaError("mapping.over_input", path=out, file=file)


def _read(run: Run, scene: Scene, cells: Cells, first: int, last: int) -> Strip:
    values = scene.read(cells.read(first, last), run.band_names)
    height, width = cells.covered(first, last).shape
    m = cells.margin
    nodata = np.any(np.ma.getmaskarray(values)[:, m : m + height, m : m + width], axis=0)
    return Strip(first, last, run.standardise(values).permute(1, 2, 0).contiguous(), nodata)


def _ahead(spans: Iterator[tuple[int, int]], read: Callable[[tuple[int, int]], Strip]) -> Iterator[Strip]:
    """Yield strips in order, reading one ahead in a thread."""
    with ThreadPoolExecutor(1) as reader:
        pending: Future[Strip] | None = None
        for span in spans:
            following = reader.submit(read, span)
            if pending is not None:
                yield pending.result()
            pending = following
        if pending is not None:
            yield pending.result()


def _answer(
    network: nn.Module, strip: Strip, cells: Cells, batch: int, answers: NDArray[np.int64]
) -> Iterator[int]:
    """Fill in the class of each cell of a strip; yield how many of its rows are done. Rows of nodata are left."""
    size, stride = cells.patch, cells.stride
    patches = strip.values.unfold(0, size, stride).unfold(1, size, stride)  # (rows, columns, bands, size, size)
    rows, columns = answers.shape
    together = max(1, batch // columns)
    for top in range(0, rows, together):
        below = min(top + together, rows)
        if not strip.nodata[top * stride : below * stride].all():
            for left in range(0, columns, batch):
                some = patches[top:below, left : left + batch]
                # Copied with the bands last, which is the layout that convolutions are fastest on.
                flat = some.permute(0, 1, 3, 4, 2).reshape(-1, size, size, some.shape[2]).permute(0, 3, 1, 2)
                with torch.inference_mode():
                    best = network(flat).argmax(dim=1)
                answers[top:below, left : left + batch] = best.reshape(some.shape[:2]).numpy()
        yield below
