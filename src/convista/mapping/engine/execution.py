"""Carrying a job out: what is missing is computed and kept, strip by strip, and joined at the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from convista.errors import ConvistaError, note
from convista.language import listed
from convista.learning import Progress
from convista.learning.data.prefetch import prefetched
from convista.mapping.engine.distributed import Workers, distribute
from convista.mapping.engine.job import Job
from convista.mapping.engine.journal import Journal
from convista.mapping.engine.mosaic import join
from convista.mapping.outputs.rasters import named
from convista.scenes.writing.raster_writer import check_place


def run_job(
    job: Job,
    out: Path,
    *,
    workers: Workers,
    restart: bool,
    shard: tuple[int, int] | None = None,
    progress: Progress,
) -> Path:
    """Compute the strips of a job that its journal lacks, and join them; return the map.

    With a shard, (i, n), only the i-th of n parts is computed, and the journal's folder returned.

    Raises
    ------
    ConvistaError
        As `predict` does.
    """
    for file in [named(out, product) for product in job.products]:
        check_place(file)
        check_not_an_input(job, file)
    journal, wanted = Journal(out), shard_strips(job.layout.strips, shard)
    with journal.locked(job.plan(), wanted, restart):
        keep_strips(job, journal, wanted, workers, progress)
        return journal.folder if shard else join(journal, progress)[0]


def keep_strips(job: Job, journal: Journal, wanted: range, workers: Workers, progress: Progress) -> None:
    """Compute the strips of a job that its journal, which is held, lacks.

    Warns
    -----
    ConvistaWarning
        If all of the scene is masked, with the rule that does it.

    Raises
    ------
    ConvistaError
        If a file cannot be read, or the disk does not take a strip.
    """
    scene, bands = job.scene, job.model.band_names
    if not scene.has_data(bands):
        note("mapping.map_empty", scene=scene.name, bands=listed(bands), rules=scene.why_masked(bands))
    missing = set(wanted) - journal.done()
    done = len(wanted) - len(missing)
    with ThreadPoolExecutor(1) as writer:
        found = distribute(job, missing, workers)
        for _ in prefetched(lambda strip: journal.add(*strip), found, writer, 1):
            done += 1
            progress("map", done, len(wanted))


def shard_strips(strips: int, shard: tuple[int, int] | None) -> range:
    """Return the strips of a part, (i, n), or all; ConvistaError if there is no such part."""
    if shard is None:
        return range(strips)
    which, of = shard
    if not 1 <= which <= of:
        raise ConvistaError("mapping.no_such_shard", which=which, of=of)
    return range(strips * (which - 1) // of, strips * which // of)


def check_not_an_input(job: Job, out: Path) -> None:
    """See that the map would not take the place of a file it is made from, whatever path or link leads there."""
    if not out.exists():
        return
    source = job.model.run.source if job.model.run else None
    for file in [Path(file) for file in job.scene.files] + ([source] if source else []):
        if file.exists() and out.samefile(file):
            raise ConvistaError("mapping.over_input", path=out, file=file)
