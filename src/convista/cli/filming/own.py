"""A film of a network of one's own: the options that say which, where, and what of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from convista.cli.filming.data import refuse_opening
from convista.cli.options.sources import open_for, open_named, point, run_options
from convista.errors import ConvistaError
from convista.language import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from convista.learning import Run

OPTIONS = ("at", "crs", "layer", "target", "by_name", "model", "trust")
"""Options that say something of a run."""


@dataclass(frozen=True)
class Own:
    """What was asked of a run."""

    run: str | None
    at: str | None
    crs: str | None
    layer: str | None
    target: str | None
    by_name: bool
    model: str | None
    trust: bool

    def check(self) -> None:
        """See that there is a run where something is said of one; ConvistaError if not."""
        given = [f"--{name.replace('_', '-')}" for name in OPTIONS if getattr(self, name) not in (None, False)]
        if self.run is None and given:
            raise ConvistaError("cli.film.options_of_no_run", options=", ".join(given), count=len(given))
        if self.at is None and (self.crs is not None or self.by_name):
            raise ConvistaError("cli.film.options_of_no_place", options="--by-name" if self.by_name else "--crs")

    def data(self, name: str, scene: str | None, image: str | None, opening: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data of the film: the run, and what it takes of patch, layer and target.

        Raises
        ------
        ConvistaError
            If the film shows no network, or one of the patch's two ends is missing.
        """
        from convista.catalogue import find

        entry = find(name)
        takes, of_builder = entry.network.takes, entry.data
        if not takes and "run" not in of_builder:
            raise ConvistaError("cli.film.film_of_no_run", name=name)
        assert self.run is not None
        run = open_named(self.run, self.model, self.trust)
        found: dict[str, Any] = {"run": run, "layer": self.layer, "target": self.target}
        if self.target is not None and "target" not in takes and "target" in of_builder:
            from convista.tracing.explanation.target import position_of

            found["target"] = position_of(self.target, run)
        if scene is not None or image is not None:
            found["patch"] = self._patch(run, scene, image, opening)
        elif self.at is not None:
            raise ConvistaError("cli.film.place_of_no_scene", place=self.at)
        given = {key: value for key, value in found.items() if value is not None}
        if unknown := [key for key in given if key not in takes and key not in of_builder]:
            typed = {"patch": "--image" if scene is None else "--scene"}
            options = ", ".join(typed.get(key, f"--{key}") for key in unknown)
            raise ConvistaError("cli.film.not_for_this_film", name=name, options=options)
        return given

    def _patch(self, run: Run, scene: str | None, image: str | None, opening: Mapping[str, Any]) -> Any:
        if image is not None:
            if scene is not None or self.at is not None:
                raise ConvistaError("cli.film.image_or_scene")
            refuse_opening(opening)
            return _image(run, image)
        if self.at is None:
            raise ConvistaError("cli.film.scene_without_place", scene=scene)
        assert scene is not None
        from convista.mapping import patch_for

        imagery = open_for(run, scene, **opening)
        run.check(imagery, by_name=self.by_name)
        x, y = point(self.at)
        return patch_for(run, imagery, x, y, self.crs)


def own_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--run --at --crs --layer --target --by-name --model --trust``, handed on together as ``own``."""

    @wraps(command)
    def gathered(
        run: str | None,
        at: str | None,
        crs: str | None,
        layer: str | None,
        target: str | None,
        by_name: bool,
        model: str | None,
        trust: bool,
        **others: Any,
    ) -> Any:
        return command(own=Own(run, at, crs, layer, target, by_name, model, trust), **others)

    with_options: Callable[..., Any] = run_options(gathered)
    for option in (
        click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name")),
        click.option("--target", metavar=say("cli.options.arg_class"), help=say("cli.film.help_target")),
        click.option("--layer", metavar="L", help=say("cli.film.help_layer")),
        click.option("--crs", help=say("cli.options.help_crs")),
        click.option("--at", metavar="X,Y", help=say("cli.film.help_at")),
        click.option("--run", metavar="RUN", help=say("cli.film.help_run")),
    ):
        with_options = option(with_options)
    return with_options


def _image(run: Run, file: str) -> NDArray[Any]:
    """Read an image as the run's images were read, its bands in the run's order.

    Raises
    ------
    ConvistaError
        If it cannot be read, or is no patch of the run.
    """
    from pathlib import Path

    from convista.learning.data.image_file import AS_THEY_ARE, BadImageError, read_image, select
    from convista.scenes.files.open_raster import perhaps_without_georeference

    try:
        with perhaps_without_georeference():
            image = read_image(Path(file), AS_THEY_ARE)
    except BadImageError as error:
        raise ConvistaError("learning.data.unreadable_image", file=file, reason=error) from error
    used = select(image.bands, image.named, run.band_names)
    bands, rows, columns = image.values.shape
    if used is None or (rows, columns) != (run.patch, run.patch):
        asked = {"sides": f"{run.patch}×{run.patch}", "bands": ", ".join(run.band_names)}
        raise ConvistaError("cli.film.no_patch_of_run", file=file, count=bands, rows=rows, columns=columns, **asked)
    return image.values[used]
