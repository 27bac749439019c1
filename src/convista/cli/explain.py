"""``convista explain``: the arithmetic behind one value or one gradient, at a place on the ground."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import described, everywhere
from convista.cli.options.sources import open_for, open_named, point, position, run_options, scene_options
from convista.cli.output.explanation import Goal, answers_of, as_text, ballot, class_of, written_as_json
from convista.errors import ConvistaError
from convista.language import say

if TYPE_CHECKING:
    from convista.learning import Run
    from convista.mapping import WindowContribution
    from convista.tracing import Trace

ON_THE_WAY = 6
"""Terms shown of each value where a whole way is shown."""


@click.command(
    "explain",
    **described("cli.explain.help", "cli.explain.short"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.options.arg_scene"))
@click.option("--at", "place", metavar="X,Y", required=True, help=say("cli.options.help_at"))
@click.option("--crs", help=say("cli.options.help_crs"))
@click.option("--layer", metavar="L", help=say("cli.explain.help_layer"))
@click.option("--index", metavar="k,i,j", help=say("cli.explain.help_index"))
@click.option("--gradient", is_flag=True, help=say("cli.explain.help_gradient"))
@click.option("--target", metavar=say("cli.options.arg_name"), help=say("cli.explain.help_target"))
@click.option("--top", type=click.IntRange(min=1), help=say("cli.explain.help_top"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.options.help_stride"))
@click.option("--overlap", type=float, help=say("cli.options.help_overlap"))
@click.option("--vote", type=click.IntRange(min=1), default=1, help=say("cli.explain.help_vote"))
@click.option("--by-name", is_flag=True, help=say("cli.options.help_by_name"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.options.help_json"))
@run_options
@scene_options
@everywhere
def command(
    run: str,
    scene: str,
    place: str,
    crs: str | None,
    layer: str | None,
    index: str | None,
    gradient: bool,
    target: str | None,
    top: int | None,
    stride: int | None,
    overlap: float | None,
    vote: int,
    by_name: bool,
    as_json: bool,
    model: str | None,
    trust: bool,
    **options: Any,
) -> None:
    """Trace the patch behind the map at this place, and print what was asked of it."""
    if (layer is None) != (index is None):
        raise ConvistaError("cli.explain.layer_and_index")
    if target is not None and not gradient:
        raise ConvistaError("cli.explain.target_and_gradient")
    x, y = point(place)
    from convista.mapping import contributions_at, weighted_mean
    from convista.tracing import trace

    opened = open_named(run, model, trust)
    imagery = open_for(opened, scene, **options)
    opened.check(imagery, by_name=by_name)
    if target is not None and not opened.classes:
        raise ConvistaError("cli.explain.no_class_of_values", target=target)
    votes = contributions_at(opened, imagery, x, y, crs, stride=stride, overlap=overlap)
    if vote > len(votes):
        raise ConvistaError("cli.explain.no_such_vote", vote=vote, count=len(votes))
    chosen = votes[vote - 1]
    patch = imagery.patch(chosen.window, opened.band_names)
    here = imagery.patch_at(x, y, 1, crs, opened.band_names)
    goal = _goal(opened, target, chosen) if gradient else None
    traced = trace(opened, patch, goal.target if goal else None)
    steps = _gradients(traced, layer, index) if gradient else _values(traced, layer, index, chosen)
    no_datum = bool(here.values.mask.any())
    if as_json:
        click.echo(written_as_json(traced, steps, top, votes, goal, no_datum=no_datum))
        return
    if no_datum:
        rules = imagery.why_masked(opened.band_names, here.window)
        click.echo(say("cli.explain.no_datum_here", rules=rules) + "\n")
    if len(votes) > 1:
        click.echo(ballot(votes, opened) + "\n")
    click.echo(as_text(traced, steps, top or (None if layer else ON_THE_WAY), weighted_mean(votes), goal))


def _goal(run: Run, target: str | None, vote: WindowContribution) -> Goal:
    """Return what is differentiated: at the pixel asked for, where the network answers for each."""
    from convista.tracing.explanation.target import loss_of, position_of, value_at

    if not run.classes:
        return Goal(value_at(vote.place), "value", say("cli.explain.target_is_value"))
    position = class_of(vote, run) if target is None else position_of(target, run)
    assert position is not None
    name = run.classes[position].name
    plain = "" if run.task.calibration.temperature == 1 else say("cli.explain.target_untempered")
    if vote.place is None:
        return Goal(position, name, say("cli.output.target_is", name=name) + plain)
    return Goal(loss_of(position, run, vote.place), name, say("cli.explain.target_is_here", name=name) + plain)


def _values(traced: Trace, layer: str | None, index: str | None, vote: WindowContribution) -> list[Any]:
    """Explain the value that was asked for, or the way from the class, or the value, down to a pixel."""
    if layer is not None and index is not None:
        return [traced.explain(layer, position(index))]
    answers = answers_of(traced)
    assert traced.run is not None
    # A regression has one output, and so has a binary run, for two classes.
    best = min(class_of(vote, traced.run), answers.output.shape[1] - 1) if traced.run.classes else 0
    return list(traced.explain_path(answers.position, (best, *(vote.place or ()))))


def _gradients(traced: Trace, layer: str | None, index: str | None) -> list[Any]:
    """Explain the gradient that was asked for, or the way from the pixel with the largest one up to the target."""
    if layer is not None and index is not None:
        return [traced.explain_gradient(layer, position(index))]
    import numpy as np

    assert traced.input_gradient is not None
    slopes = traced.input_gradient.abs().cpu().numpy()
    return list(
        traced.gradient_path("input", tuple(int(n) for n in np.unravel_index(slopes.argmax(), slopes.shape)))
    )
