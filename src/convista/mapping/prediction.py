"""A map from a network and a scene: one call."""

from __future__ import annotations

from pathlib import Path

import torch

from convista.errors import ConvistaError
from convista.learning import Progress, Run, silent
from convista.learning.tasks.prediction import Quantities
from convista.mapping.dense import Difference, densify
from convista.mapping.embedding.model import answers_or_vectors
from convista.mapping.engine.device import AUTO, device_named
from convista.mapping.engine.distributed import Workers
from convista.mapping.engine.execution import run_job
from convista.mapping.engine.job import Job
from convista.mapping.engine.journal import Journal
from convista.mapping.engine.patch_grid import PatchGrid, patch_grid_of
from convista.mapping.engine.precision import PRECISIONS, check_precision, chosen
from convista.mapping.engine.tiling import Tiling
from convista.mapping.map_model import MapModel, as_map_model
from convista.mapping.outputs.rasters import Stored, products_of
from convista.scenes import Scene, Window
from convista.scenes.geometry.ground import check_areas
from convista.scenes.writing.raster_writer import check_place

OVERLAP = 0.25
"""Of windows, where nobody says otherwise."""
SAMPLE = 16
"""Rows and columns of patches on which an approximation is measured."""


def predict(
    model: MapModel | Run | str | Path,
    scene: Scene,
    out: str | Path,
    *,
    stride: int | None = None,
    overlap: float | None = None,
    probabilities: Stored | None = None,
    polygons: bool = False,
    embeddings: bool = False,
    threshold: float | None = None,
    precision: str = "float32",
    device: str = AUTO,
    approximate: bool = False,
    coarse: bool | None = None,
    by_name: bool = False,
    workers: Workers = 1,
    shard: tuple[int, int] | None = None,
    restart: bool = False,
    progress: Progress = silent,
) -> Path:
    """Write a map of a whole scene as a Cloud Optimized GeoTIFF: classes, or values where the network gives those.

    A network that answers once for a patch is asked for every cell of ``stride`` × ``stride`` pixels, with the
    patch centred on it; densely, if that is exact and less work. With ``overlap``, and always if the network
    answers for every pixel, windows of the patch's size cover the scene, and each speaks for all its pixels. Where
    windows overlap, probabilities are averaged, by weights that fall towards a window's border as a raised cosine;
    only then is the class taken. At the scene's edge what lies outside counts as masked. A pixel that is masked in
    any band is nodata in the map.

    Finished strips are kept beside the map, in ``<out>.unfinished``, until it is complete: if anything stops the
    work, the same call goes on where it was, and the map is the same to the bit, whatever the number of workers.
    Strips of another map there are never mixed in, or given up without ``restart``. Memory is bounded by strips.

    Parameters
    ----------
    model
        A run, the file of one, or any network made ready by `map_model`; bands are found in the scene by name.
    scene
        Imagery.
    out
        The map, ``.tif`` or ``.tiff``; not a file that is read for it.
    stride
        Rows and columns of a cell; None for a sixteenth of the patch, at least one pixel.
    overlap
        Part of a window that the next one covers too, 0 … less than 1; None for a quarter where the network answers
        for every pixel, and for cells where it does not.
    probabilities
        ``"uint8"`` or ``"float32"``: write those of all classes, too, with entropy and margin, as
        ``<map>-probabilities.tif``.
    polygons
        Whether to write the regions of each class, too, as ``<map>.gpkg``, with class, area on the ground and mean
        confidence, and the confidence of each pixel as ``<map>-confidence.tif``. Needs pyogrio.
    embeddings
        Whether the map holds the vectors that the network decides by in place of its answers, a band for each
        number, float32, see `vectors_of`; where windows overlap, vectors are averaged.
    threshold
        Of two classes, the second is taken from this probability on; None for the threshold of the run
        (`Task.calibration`), or one half.
    precision
        ``"float32"``; ``"bfloat16"``, which some processors compute faster, and less exactly; or ``"auto"`` for
        bfloat16 where the processor computes it and the network is large enough to gain by it.
    device
        Where the network computes, in torch's words: ``"cpu"``, ``"cuda"``, ``"cuda:1"``, ``"mps"``; ``"auto"`` for
        a graphics card that speaks CUDA, if there is one.
    approximate
        Whether a network with zero padding inside may be made dense approximately, see `densify`.
    coarse
        Whether each cell becomes one pixel of a coarser map, instead of all its pixels; None for several values
        only, as an embedding has, whose map would be enormous.
    by_name
        Whether the bands' names are enough, see `Run.check`.
    workers
        Processes on this machine, or the address of the scheduler of a Dask cluster whose workers see the same
        files. Windows on the border between two workers' parts are computed by both.
    shard
        (i, n): compute the i-th of n parts only, from 1, and write no map; `mosaic` joins the parts.
    restart
        Whether to begin anew: strips that are there are given up, those of the same map and another part excepted.
    progress
        Told the strips done, as stage ``"map"``, and joined, as ``"mosaic"``.

    Returns
    -------
    The map's path; with a shard, the folder of its strips.

    Raises
    ------
    ConvistaError
        If the scene's bands differ from the network's, a file cannot be read or written, ``out`` is a file of the
        scene or of the run, what is asked for does not go together, a class has a value that a map cannot hold, or
        vectors are asked of a network without a head; if another process makes the map, or strips of another one
        are there. Strips that are done are kept then.
    """
    there = check_asked(out, precision, device, stride, overlap, approximate)
    asked = as_map_model(model)
    asked.check(scene, by_name)
    with answers_or_vectors(asked, embeddings) as used:
        layout = layout_of(used, scene, stride, overlap)
        if approximate and not isinstance(layout, PatchGrid):
            raise ConvistaError("mapping.approximate_windows")
        if polygons:
            check_areas(scene.grid)
        threshold = asked.threshold if threshold is None else threshold
        products = products_of(used, probabilities, threshold, polygons)
        if precision == "auto":
            # What was begun goes on as it was, whatever the processor here.
            begun = None if restart else Journal(Path(out)).precision()
            precision = begun or chosen(used, there)
        several = isinstance(used.prediction, Quantities) and used.outputs > 1
        fine = not (several if coarse is None else coarse)
        options = {
            **spacing_of(layout), "probabilities": probabilities, "polygons": polygons, "embeddings": embeddings,
            "threshold": threshold, "coarse": not fine,
        }  # fmt: skip
        origin = None if used is asked else asked.fingerprint()
        job = Job(
            used, scene, layout, products, fine, precision, approximate, polygons, str(there), origin, options
        )  # fmt: skip
        return run_job(job, Path(out), workers=workers, restart=restart, shard=shard, progress=progress)


def check_asked(
    out: str | Path,
    precision: str = PRECISIONS[0],
    device: str = AUTO,
    stride: int | None = None,
    overlap: float | None = None,
    approximate: bool = False,
) -> torch.device:
    """See that what is asked of a map can be, as far as that is known without run and scene; return the device.

    Raises
    ------
    ConvistaError
        If the map cannot lie there, there is no such precision or device, or options do not go together.
    """
    check_place(Path(out))
    check_precision(precision)
    if overlap is not None:
        if not 0 <= overlap < 1:
            raise ConvistaError("mapping.overlap", overlap=overlap)
        if stride is not None:
            raise ConvistaError("mapping.stride_of_windows")
        if approximate:
            raise ConvistaError("mapping.approximate_windows")
    return device_named(device)


def approximation(
    model: MapModel | Run | str | Path, scene: Scene, stride: int | None = None, *, embeddings: bool = False
) -> Difference:
    """Measure how far a dense approximation lies from the patches one by one, in the middle of a scene.

    With ``embeddings``, it is that of the vectors, as in `predict`.

    Raises
    ------
    ConvistaError
        If the network answers for every pixel, it cannot be made dense approximately either, or the stride will
        not do.
    """
    model = as_map_model(model)
    if model.step is not None:
        raise ConvistaError("mapping.approximate_windows")
    stride = patch_grid_of(model, scene, stride).stride
    side = model.patch + stride * (SAMPLE - 1)
    middle = Window((scene.height - side) // 2, (scene.width - side) // 2, side, side)
    pixels = model.standardise(scene.read(middle, model.band_names))[None]
    with answers_or_vectors(model, embeddings) as used:
        dense = densify(used.network, model.patch, stride=stride, approximate=True, sample=pixels)
        return dense.difference


def spacing_of(layout: PatchGrid | Tiling) -> dict[str, float]:
    """Return how far answers lie apart, by the name of the option."""
    return {"stride": layout.stride} if isinstance(layout, PatchGrid) else {"overlap": layout.overlap}


def layout_of(model: MapModel, scene: Scene, stride: int | None, overlap: float | None) -> PatchGrid | Tiling:
    """Return how a scene is divided for a network.

    Raises
    ------
    ConvistaError
        If both are given, the network answers for every pixel and a stride is given, or one is out of range.
    """
    if model.step is None and overlap is None:
        return patch_grid_of(model, scene, stride)
    if stride is not None:
        raise ConvistaError("mapping.stride_of_windows")
    return Tiling(scene.shape, model.patch, OVERLAP if overlap is None else overlap, model.step or 1)
