"""``convista demo``: the whole road in one command, on the simulated scene or on one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.applicability import Kind, check_effective
from convista.cli.options.labels import opened_labels, raster_label_options
from convista.cli.options.sources import open_asked, scene_options
from convista.errors import ConvistaError
from convista.language import number, say
from convista.whole_file import write_file

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.scenes import Labels, Patch, Scene


@click.command(
    "demo",
    **described("cli.demo.help", "cli.demo.short"),
)
@click.option("--scene", metavar="FILE", help=say("cli.demo.help_scene"))
@click.option("--labels", metavar="FILE", help=say("cli.demo.help_labels"))
@raster_label_options
@click.option("--model", default="lenet", show_default=True, help=say("cli.options.help_model"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("out/demo"), help=say("cli.demo.help_out"))
@click.option("--seed", type=int, default=0, show_default=True, help=say("cli.options.help_seed"))
@scene_options
@everywhere
def command(
    scene: str | None,
    labels: str | None,
    class_names: Any,
    class_colours: str | None,
    label_nodata: float | str | None,
    model: str,
    out: Path,
    seed: int,
    **options: Any,
) -> None:
    """Scene, training, map, picture, trace, film, explanation; then say what each file is."""
    if (scene is None) != (labels is None):
        raise ConvistaError("cli.demo.labels_and_scene")
    from convista.cli.output.progress import shown
    from convista.cli.output.scores import end_if_interrupted, score_table, write_report
    from convista.learning import train
    from convista.learning.fitting.checkpoint import NAME as CHECKPOINT
    from convista.mapping import draw_comparison, predict
    from convista.scenes import Labels, is_shapes, open_labels, sample_scene

    check_effective([Kind.SIMULATED if scene is None else Kind.CLASSES])
    if is_shapes(labels):
        raise ConvistaError("cli.demo.wants_raster", labels=labels)
    out.mkdir(parents=True, exist_ok=True)
    if scene is not None and labels is not None:
        asked = {"class_names": class_names, "class_colours": class_colours, "label_nodata": label_nodata}
        imagery, truth = open_asked(scene, **options), opened_labels(labels, **asked)
        assert isinstance(truth, Labels)
    else:
        imagery, truth = sample_scene(seed, folder=out)
        click.echo(say("cli.demo.simulated"))
    with shown() as progress:
        cut_off = (out / CHECKPOINT).exists()
        run = train(imagery, model, labels=truth, seed=seed, out=out, progress=progress, resume=cut_off)
        end_if_interrupted(run, say("cli.demo.go_on_repeat"))
        mapped = predict(run, imagery, out / "map.tif", progress=progress)
    write_report(run, out / "report.json")
    click.echo(score_table(run))
    draw_comparison(imagery, truth, mapped, out / "map.png")
    _explain(run, held_out_patch(run, imagery, truth, open_labels(mapped)), out)
    click.echo("\n" + contents(out))


def held_out_patch(run: Run, scene: Scene, truth: Labels, mapped: Labels) -> Patch:
    """Return the patch at the centre of the most varied test block that the map has right, if it has any right."""
    from convista.learning import blocks_of
    from convista.mapping import patch_for
    from convista.scenes import Window

    best, most = None, -1.0
    for block in blocks_of(run, "test"):
        row, column = block.row + block.height // 2, block.column + block.width // 2
        here = Window(row, column, 1, 1)
        same = truth.read(here) == mapped.read(here)
        patch = patch_for(run, scene, *scene.grid.coordinates(row, column))
        variety = float(run.standardise(patch.values).std()) * (1.0 if bool(same.filled(False).all()) else 1e-6)
        if variety > most:
            best, most = patch, variety
    assert best is not None
    return best


def _explain(run: Run, patch: Patch, out: Path) -> None:
    """Trace the patch; film its first convolution and write why the class is what it is."""
    from convista.cli.explain import ON_THE_WAY
    from convista.cli.output.explanation import Goal, as_text
    from convista.films import film_of
    from convista.tracing import trace

    likeliest = int(trace(run, patch).output.argmax())
    name = run.classes[likeliest].name
    goal = Goal(likeliest, name, say("cli.output.target_is", name=name))
    traced = trace(run, patch, goal.target)
    first = next(record for record in traced if record.operator == "conv2d")
    strongest = int(first.output[0].abs().mean(dim=(1, 2)).argmax())
    film_of(first, channel=strongest, band_names=run.band_names).save(out / "conv1.gif")
    steps = list(traced.explain_path("softmax", (int(traced.output.argmax()),)))
    text = as_text(traced, steps, ON_THE_WAY, goal=goal) + "\n\n" + str(traced.verify()) + "\n"
    write_file(out / "explanation.txt", text)


def contents(out: Path) -> str:
    """Write what each file of the folder is."""
    names = ("map.tif", "map.png", "model.safetensors", "report.json", "conv1.gif", "explanation.txt")
    own = ("scene.tif", "labels.tif") if (out / "scene.tif").exists() else ()
    width = max(len(str(out / name)) for name in (*names, *own))
    rows = [
        f"{out / name!s:<{width}}  {number((out / name).stat().st_size / 1024, 0):>6} kB  "
        + say(f"cli.demo.file_{Path(name).stem}_{Path(name).suffix[1:]}")
        for name in (*own, *names)
    ]
    return "\n".join(rows)
