"""Joining the finished strips of a map to the map itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rasterio

from convista.errors import ConvistaError
from convista.learning import Progress, silent
from convista.mapping.engine.job import FORMAT, grid_of, product_of
from convista.mapping.engine.journal import PLAN, Journal
from convista.mapping.engine.plan_check import check_plan, check_strip, damaged_strip
from convista.mapping.outputs.polygons import write_polygons
from convista.mapping.outputs.rasters import STEPS, ClassMap, named
from convista.mapping.outputs.stac import write_item
from convista.scenes import Window
from convista.scenes.scene import LEAST_CACHE


def mosaic(out: str | Path, folders: Sequence[str | Path] = (), *, progress: Progress = silent) -> list[Path]:
    """Join the strips of a map to Cloud Optimized GeoTIFFs, and remove them.

    Beside each file lies its style for QGIS, ``.qml``; beside the map a STAC Item, ``<map>.json``, and polygons if
    they were asked for, ``<map>.gpkg``.

    Parameters
    ----------
    out
        The map that they are strips of.
    folders
        Further folders with strips of the same map, such as were made on other machines.
    progress
        Told the strips joined, as stage ``"mosaic"``.

    Returns
    -------
    The files written, the map first.

    Raises
    ------
    ConvistaError
        If there are no strips, some are missing, they are of another map, or the disk is full. Strips are kept.
    """
    journal = Journal(Path(out))
    first = journal if journal.done() or not folders else Journal(journal.map_path, Path(folders[0]))
    plan = first.plan()
    if plan.get("format") != FORMAT:
        raise ConvistaError("mapping.no_journal", path=out, folder=first.folder)
    check_plan(plan, first.folder / PLAN)
    with journal.locked(plan, range(len(plan["rows"]))):
        for folder in folders:
            journal.take(Path(folder))
        return join(journal, progress)


def join(journal: Journal, progress: Progress) -> list[Path]:
    """Join the strips of a journal that is held, and remove them; return the files written, the map first.

    Raises
    ------
    ConvistaError
        As `mosaic` does.
    """
    plan = journal.plan()
    check_plan(plan, journal.folder / PLAN)
    rows = plan["rows"]
    if missing := set(range(len(rows))) - journal.done():
        raise ConvistaError("mapping.strips_missing", path=journal.map_path, missing=len(missing), count=len(rows))
    grid, paths, products = grid_of(plan), [], [product_of(plain) for plain in plan["products"]]
    for strip, (first, last) in enumerate(rows):
        check_strip(journal.file(strip), products, last - first, grid.width)
    for position, product in enumerate(products):
        path = named(journal.map_path, product)
        with rasterio.Env(GDAL_CACHEMAX=LEAST_CACHE), product.writer(path, grid, journal.folder) as writer:
            for strip, (first, last) in enumerate(rows):
                values = journal.strip(strip)[position]
                try:
                    writer.write(Window(first, 0, last - first, grid.width), values)
                except ValueError as error:  # values that are no class of the plan
                    raise damaged_strip(journal.file(strip), error) from error
                progress("mosaic", position * len(rows) + strip + 1, len(rows) * len(plan["products"]))
        product.style(writer.path)
        paths.append(writer.path)
    roles = dict(zip(("map", *(p.suffix.strip("-") for p in products[1:])), paths, strict=True))
    if plan["polygons"]:
        assert isinstance(products[0], ClassMap)
        classes = products[0].classes
        roles["polygons"] = write_polygons(paths[0], roles["confidence"], 1 / STEPS, classes, journal.folder)
    write_item(roles, grid, plan["about"])
    journal.remove()
    return paths
