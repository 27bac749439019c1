"""The vectors of many patches, in one call: as a table, in clusters, and how alone each is."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.errors import ConvistaError
from convista.learning import Progress, Run, silent
from convista.learning.data.image_folder import ImageFolder, check_images, has_class_folders, open_images
from convista.learning.tasks.prediction import Quantities
from convista.mapping.embedding.clusters import Neighbours, cluster_centres, directions, nearest, sample_of
from convista.mapping.embedding.maps import VectorMaps, names_of_maps
from convista.mapping.embedding.model import is_embedding, vectors_of
from convista.mapping.embedding.patches import ImagePatches, Patches, ScenePatches, VectorJob
from convista.mapping.embedding.summary import Embedded
from convista.mapping.embedding.table import VectorTable, check_table, vectors_in, writing_errors
from convista.mapping.engine.distributed import Workers
from convista.mapping.engine.execution import check_not_an_input, keep_strips
from convista.mapping.engine.journal import Journal
from convista.mapping.engine.patch_grid import patch_grid_of
from convista.mapping.map_model import MapModel, as_map_model
from convista.mapping.outputs.rasters import Values
from convista.scenes import Scene, open_scene

LEAST = 0.9
"""Part of a patch's pixels that must have data, where nobody says otherwise."""
MOST_CLUSTERS = 254
"""Clusters are numbered from 1, and 255 is the nodata value of a map."""


def embed(
    model: MapModel | Run | str | Path,
    source: Scene | ImageFolder | str | Path,
    out: str | Path,
    *,
    stride: int | None = None,
    clusters: int | None = None,
    anomaly: bool = False,
    against: str | Path | None = None,
    least: float = LEAST,
    seed: int = 0,
    by_name: bool = False,
    skip_bad: bool = False,
    workers: Workers = 1,
    restart: bool = False,
    progress: Progress = silent,
) -> Embedded:
    """Write the vectors that a network decides by, of the patches of a scene or of images, as GeoParquet.

    A row of a scene is a patch: ``geometry`` is its outline in the scene's CRS, ``bbox`` its extent, ``row`` and
    ``column`` its first pixel, ``valid`` the part of its pixels that have data. A row of a folder is an image:
    ``file``, and ``label``, its folder; there is no geometry. Then come ``class`` and ``confidence`` (of several
    labels at once the likeliest; of a regression ``value``), ``cluster`` and ``anomaly`` if they are asked for, and
    ``vector``: one a patch, see `vectors_of`. Likeness is that of `search` throughout: the angle between vectors.

    Work that stops in the middle goes on by the same call, as `predict` does. Memory is bounded by a strip and by
    the sample of vectors, see `sample_of`, that clusters and anomaly are found by.

    Parameters
    ----------
    model, by_name, workers, restart, progress
        As in `predict`; images are computed by one process.
    source
        A scene, or what `open_scene` opens; or a folder with folders of images, all of the patch's size, or what
        `open_images` makes of it.
    out
        The table, ``.parquet``. Maps of a scene lie beside it, a pixel for each patch: ``<out>-clusters.tif`` with
        its style, and ``<out>-anomaly.tif``.
    stride
        Pixels from one patch of a scene to the next; None for patches side by side.
    clusters
        How many clusters to find, see `cluster_centres`; None for none. They are numbered from 1, by size.
    anomaly
        Whether to say how far each vector lies from those most like it, see `Neighbours`: among all that are
        written, so that it is large for what is rare here.
    against
        A table of vectors by the same network, of the data it was trained on for instance: then the anomaly is the
        distance to those.
    least
        Part of a patch's pixels that must have data, more than 0 … 1.
    seed
        Of samples and clusters.
    skip_bad
        Whether images that cannot be read, or are unlike most, are left out.

    Raises
    ------
    ConvistaError
        As `predict` does; and if pyarrow is missing, a number is out of range, the network has no head, no patch
        has enough data, or there are too few for what is asked. Vectors that are computed are kept then.
    """
    asked, path = as_map_model(model), Path(out)
    _check(path, clusters, against, least)
    neighbours = None
    if against is not None:
        neighbours = Neighbours(sample_of(vectors_in(Path(against), asked.fingerprint()), seed), own=False)
    with vectors_of(asked, answers=True) as used, ExitStack() as held:
        size = used.outputs - (0 if is_embedding(asked) else asked.outputs)
        journal = Journal(path)
        if isinstance(source, str | Path) and has_class_folders(Path(source)):
            source = open_images(source)
        if isinstance(source, ImageFolder):
            if stride is not None:
                raise ConvistaError("mapping.stride_of_images")
            images = ImagePatches(source, used, journal, size, skip_bad)
            if asked.run is not None and not by_name:
                check_images(asked.run, images.images, images.norm)
            held.enter_context(journal.locked(images.plan(asked.fingerprint()), range(images.count), restart))
            images.compute(progress)
            patches: Patches = images
        else:
            scene = source if isinstance(source, Scene) else open_scene(source)
            asked.check(scene, by_name)
            cells = patch_grid_of(asked, scene, asked.patch if stride is None else stride)
            job = VectorJob(
                used, scene, cells, (Values(used.prediction.names, None),), fine=False,
                origin=asked.fingerprint(), options={"stride": cells.stride},
            )  # fmt: skip
            for file in (path, *names_of_maps(path)):
                check_not_an_input(job, file)
            held.enter_context(journal.locked(job.plan(), range(cells.strips), restart))
            keep_strips(job, journal, range(cells.strips), workers, progress)
            patches = ScenePatches(job, journal, size, least)
        centres = None
        alone = anomaly and neighbours is None
        if clusters is not None or alone:
            sample = sample_of((chunk.vectors for chunk in patches.chunks()), seed)
            if not len(sample.positions):
                raise ConvistaError("mapping.no_patches")
            centres = None if clusters is None else cluster_centres(sample.directions, clusters, seed)
            neighbours = Neighbours(sample, own=True) if alone else neighbours
        made = _written(asked, patches, Embedded(path, size, []), centres, neighbours, progress)
        journal.remove()
        return made


def _check(path: Path, clusters: int | None, against: str | Path | None, least: float) -> None:
    check_table(path)
    if clusters is not None and not 2 <= clusters <= MOST_CLUSTERS:
        raise ConvistaError("mapping.number_of_clusters", clusters=clusters, most=MOST_CLUSTERS)
    if not 0 < least <= 1:
        raise ConvistaError("mapping.least_data", least=least)
    if against is not None and path.exists() and Path(against).exists() and path.samefile(against):
        raise ConvistaError("mapping.over_input", path=path, file=against)


def _written(
    asked: MapModel,
    patches: Patches,
    made: Embedded,
    centres: NDArray[np.float32] | None,
    neighbours: Neighbours | None,
    progress: Progress,
) -> Embedded:
    """Write the table, and the maps of a scene; tell what is in them."""
    about = {
        "fingerprint": asked.fingerprint(),
        "network": asked.title,
        "bands": asked.band_names,
        "patch": asked.patch,
        "unit": asked.prediction.unit if isinstance(asked.prediction, Quantities) else None,
    }
    with ExitStack() as files:
        files.enter_context(writing_errors(made.path))
        table = files.enter_context(VectorTable(made.path, patches.grid, about, patches.journal.folder))
        maps = None
        if isinstance(patches, ScenePatches):
            clusters = 0 if centres is None else len(centres)
            maps = files.enter_context(
                VectorMaps(made.path, patches.job, clusters, neighbours is not None, patches.journal.folder)
            )
            made.maps = list(maps.paths.values())
        for number, chunk in enumerate(patches.chunks()):
            columns = {**chunk.columns, **_said(asked, chunk.answers)}
            pointing = directions(chunk.vectors)
            if centres is not None:
                columns["cluster"] = (nearest(pointing, centres) + 1).astype(np.uint8)
            if neighbours is not None:
                columns["anomaly"] = neighbours.distances(pointing, made.patches)
            if maps is not None and chunk.cells is not None:
                maps.write(number, chunk.cells, columns)
            if len(pointing):
                table.write(columns, chunk.vectors, chunk.windows)
            made.add(chunk, columns)
            progress("vectors", number + 1, patches.count)
        if not made.patches:
            raise ConvistaError("mapping.no_patches")
    return made


def _said(asked: MapModel, answers: NDArray[np.float32]) -> dict[str, Any]:
    """Return what the network says of patches, as columns."""
    prediction = asked.prediction
    if isinstance(prediction, Quantities):
        return {"value": answers[:, 0].copy()} if len(prediction.names) == 1 else {}
    said = prediction.foremost(answers)
    return {"class": [prediction.names[n] for n in said], "confidence": answers[np.arange(len(said)), said]}
