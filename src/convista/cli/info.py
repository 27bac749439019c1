"""``convista info``: what a file or a folder is."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.sources import open_asked, open_named, run_options, scene_options
from convista.cli.output.files import facts_of, grid_facts
from convista.errors import ConvistaError
from convista.language import printable, say
from convista.tables import aligned

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.scenes import Scene


@click.command(
    "info",
    **described("cli.info.help", "cli.info.short"),
)
@click.argument("file", metavar=say("cli.options.arg_file"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.options.help_json"))
@run_options
@scene_options
@everywhere
def command(file: str, as_json: bool, model: str | None, trust: bool, **options: Any) -> None:
    """Print the facts, as aligned text or as JSON."""
    path = Path(file)
    opening = [f"--{name}" for name, value in options.items() if value is not None]
    facts = facts_of(path)
    is_run = facts is None and (path.suffix.lower() == ".safetensors" or (path / "model.safetensors").is_file())
    if is_run:
        facts = run_facts(open_named(file, model, trust))
    elif facts is None or (opening and not {"class_raster", "few_values"}.isdisjoint(facts)):
        # A raster of classes may be opened as a scene, too.
        facts, opening = scene_facts(_scene(file, options)), []
    if not is_run and (model is not None or trust):
        key = "cli.info.network_of_scene" if "scene" in facts else "cli.info.network_of_no_run"
        raise ConvistaError(key, file=file, option="--trust" if model is None else "--model")
    if opening:
        raise ConvistaError("cli.options.options_of_no_scene", options=", ".join(opening), count=len(opening))
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2) if as_json else _aligned(facts))


def _scene(file: str, options: dict[str, Any]) -> Scene:
    """Open a scene; of what no raster can be, say what could be told instead.

    Raises
    ------
    ConvistaError
        If it cannot be opened.
    """
    try:
        return open_asked(file, **options)
    except ConvistaError as error:
        if error.key not in {"scenes.files.unreadable", "scenes.empty_folder"} or not Path(file).exists():
            raise
        raise ConvistaError("cli.info.unknown_file", file=file, reason=error) from error


def scene_facts(scene: Scene) -> dict[str, Any]:
    """Return what a scene's metadata says; no pixel is read."""
    return {
        "scene": scene.name,
        **grid_facts(scene.grid),
        "sensor": scene.sensor,
        **({"masks": list(scene.masks)} if scene.masks else {}),
        "bands": [
            {
                "name": band.name,
                "id": band.id,
                "dtype": band.dtype,
                "scale": band.scale,
                "offset": band.offset,
                # JSON has no NaN.
                "nodata": "NaN" if band.nodata is not None and math.isnan(band.nodata) else band.nodata,
            }
            for band in scene.bands
        ],
    }


def run_facts(run: Run) -> dict[str, Any]:
    """Return what a run's metadata says."""
    return {
        "model": run.architecture,
        "task": run.task.name,
        "patch": run.patch,
        "parameters": sum(parameter.numel() for parameter in run.network.parameters()),
        "sensor": run.sensor,
        "bands": [
            {"name": name, "mean": float(mean), "std": float(std)}
            for name, mean, std in zip(run.band_names, run.mean, run.std, strict=True)
        ],
        "classes": [{"value": info.value, "name": info.name} for info in run.classes],
        "temperature": run.task.calibration.temperature,
        "thresholds": list(run.task.calibration.thresholds),
    }


def _aligned(facts: dict[str, Any]) -> str:
    names = {name: say(f"cli.info.fact_{name}") for name in facts}
    table = []
    for name, fact in facts.items():
        rows = _rows(fact) if isinstance(fact, list) and fact and isinstance(fact[0], dict) else [_plain(fact)]
        table += list(zip([names[name], *[""] * (len(rows) - 1)], rows, strict=True))
    return "\n".join(aligned(table, words=2, indent=""))


def _rows(records: list[dict[str, Any]]) -> list[str]:
    """Lay records out as a table with a line of headings."""
    table = [list(records[0]), *([_plain(cell) for cell in record.values()] for record in records)]
    return aligned(table, words=len(table[0]), indent="")


def _plain(fact: object) -> str:
    if isinstance(fact, list):
        return ", ".join(map(_plain, fact))
    if isinstance(fact, float):
        return f"{fact:.10g}"
    return say("cli.info.unknown") if fact is None else printable(str(fact))
