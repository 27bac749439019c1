"""``convista explain``: the arithmetic behind one value or one gradient, at a place on the ground."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from convista.cli.commands import everywhere
from convista.cli.sources import open_asked, point, position, scene_options
from convista.errors import ConvistaError
from convista.language import number, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from convista.mapping import Vote
    from convista.tracing import Record, Trace

ON_THE_WAY = 6
"""Terms shown of each value where a whole way is shown."""
EXPLAINED = ("multiclass", "binary", "multilabel", "segmentation")
"""Tasks that give probabilities of classes."""


@click.command(
    "explain",
    options_metavar=say("cli.arg_options"),
    help=say("cli.help_explain"),
    short_help=say("cli.short_explain"),
)
@click.argument("run", metavar="RUN")
@click.argument("scene", metavar=say("cli.arg_scene"))
@click.option("--at", "place", metavar="X,Y", required=True, help=say("cli.help_at"))
@click.option("--crs", help=say("cli.help_crs"))
@click.option("--layer", metavar="L", help=say("cli.help_layer"))
@click.option("--index", metavar="k,i,j", help=say("cli.help_index"))
@click.option("--gradient", is_flag=True, help=say("cli.help_gradient"))
@click.option("--target", metavar=say("cli.arg_name"), help=say("cli.help_target"))
@click.option("--top", type=click.IntRange(min=1), help=say("cli.help_top"))
@click.option("--stride", type=click.IntRange(min=1), help=say("cli.help_stride"))
@click.option("--overlap", type=float, help=say("cli.help_overlap"))
@click.option("--vote", type=click.IntRange(min=1), default=1, help=say("cli.help_vote"))
@click.option("--by-name", is_flag=True, help=say("cli.help_by_name"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.help_json"))
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
    **options: Any,
) -> None:
    """Trace the patch behind the map at this place, and print what was asked of it."""
    if (layer is None) != (index is None):
        raise ConvistaError("cli.layer_and_index")
    if target is not None and not gradient:
        raise ConvistaError("cli.target_and_gradient")
    x, y = point(place)
    from convista.learning import open_run
    from convista.mapping import mean_of, votes_at
    from convista.tracing import trace

    opened, imagery = open_run(run), open_asked(scene, **options)
    opened.check(imagery, by_name=by_name)
    if opened.task not in EXPLAINED or (gradient and opened.task == "segmentation"):
        raise ConvistaError("cli.not_explained", task=opened.task, tasks=", ".join(EXPLAINED))
    votes = votes_at(opened, imagery, x, y, crs, stride=stride, overlap=overlap)
    if vote > len(votes):
        raise ConvistaError("cli.no_such_vote", vote=vote, count=len(votes))
    chosen = votes[vote - 1]
    patch = imagery.patch(chosen.window, opened.band_names)
    here = imagery.patch_at(x, y, 1, crs, opened.band_names)
    traced = trace(opened, patch, target)
    if gradient and target is None:
        traced = trace(opened, patch, int(chosen.answers.argmax()))
    steps = _gradients(traced, layer, index) if gradient else _values(traced, layer, index, chosen)
    no_datum = bool(here.values.mask.any())
    if as_json:
        click.echo(_as_json(traced, steps, top, votes, no_datum=no_datum))
        return
    if no_datum:
        click.echo(say("cli.no_datum_here") + "\n")
    if len(votes) > 1:
        click.echo(_ballot(votes, [info.name for info in opened.classes]) + "\n")
    click.echo(as_text(traced, steps, top or (None if layer else ON_THE_WAY), mean_of(votes)))


def _ballot(votes: list[Vote], names: list[str]) -> str:
    """Write each vote: where its window lies, its weight, and the class it gives most to."""
    lines = [say("cli.votes")]
    for vote in votes:
        best = int(vote.answers.argmax())
        share, weight = number(100 * float(vote.answers[best]), 2), number(vote.weight, 4)
        row, column = vote.window.row, vote.window.column
        lines.append(say("cli.vote", row=row, column=column, weight=weight, name=names[best], share=share))
    return "\n".join(lines)


def _values(traced: Trace, layer: str | None, index: str | None, vote: Vote) -> list[Any]:
    """Explain the value that was asked for, or the way from the class down to a pixel."""
    if layer is not None and index is not None:
        return [traced.explain(layer, position(index))]
    answers = _answers(traced)
    best = min(int(vote.answers.argmax()), answers.output.shape[1] - 1)  # a binary run has one output for two
    return list(traced.way(answers.position, (best, *(vote.place or ()))))


def _gradients(traced: Trace, layer: str | None, index: str | None) -> list[Any]:
    """Explain the gradient that was asked for, or the way from the pixel with the largest one up to the loss."""
    if layer is not None and index is not None:
        return [traced.explain_gradient(layer, position(index))]
    import numpy as np

    assert traced.input_gradient is not None
    slopes = traced.input_gradient.abs().cpu().numpy()
    return list(
        traced.gradient_way("input", tuple(int(n) for n in np.unravel_index(slopes.argmax(), slopes.shape)))
    )


def as_text(traced: Trace, steps: list[Any], top: int | None, answers: NDArray[np.float32] | None = None) -> str:
    """Write the probabilities of the classes, what was differentiated, then the arithmetic of each step.

    The probabilities are those of the map, (classes,), or else those of the trace itself.
    """
    from convista.tracing.writing import write

    shares = _shares(traced) if answers is None else answers.tolist()
    head = [_probabilities(traced, shares)]
    if (name := _target(traced)) is not None:
        plain = traced.run is None or traced.run.calibration.temperature == 1
        head.append(say("cli.target_is", name=name) + ("" if plain else say("cli.target_untempered")))
    return "\n\n".join([*head, *(write(step, top) for step in steps)])


def _probabilities(traced: Trace, shares: list[float]) -> str:
    assert traced.run is not None
    names = [info.name for info in traced.run.classes]
    width = max(map(len, names))
    ranked = sorted(zip(shares, names, strict=True), reverse=True)
    temperature = traced.run.calibration.temperature
    at = "" if temperature == 1 else f" ({say('cli.at', temperature=number(temperature, 2))})"
    rows = (f"  {name:<{width}}  {number(100 * share, 2):>6} %" for share, name in ranked)
    return "\n".join([say("cli.probabilities") + at, *rows])


def _answers(traced: Trace) -> Record:
    """Return the record of the probabilities, which the trace computes after all that the network does."""
    assert traced.run is not None
    kind = "sigmoid" if traced.run.task in ("binary", "multilabel") else "softmax"
    return next(record for record in reversed(traced.records) if record.operator == kind and not record.module)


def _shares(traced: Trace) -> list[float]:
    """Return the probability of each class; a binary run gives only that of the second."""
    shares: list[float] = _answers(traced).output[0].tolist()
    return shares if len(shares) > 1 else [1 - shares[0], *shares]


def _target(traced: Trace) -> str | None:
    """Return the name of the class whose loss was differentiated."""
    assert traced.run is not None
    return None if traced.target is None else traced.run.classes[traced.target].name


def _as_json(traced: Trace, steps: list[Any], top: int | None, votes: list[Vote], *, no_datum: bool) -> str:
    from convista.mapping import mean_of
    from convista.tracing.writing import as_record

    assert traced.run is not None
    assert traced.patch is not None
    shares = mean_of(votes).tolist()
    record = {
        "no_datum": no_datum,
        "patch": traced.patch.window._asdict(),
        "temperature": traced.run.calibration.temperature,
        "probabilities": {info.name: share for info, share in zip(traced.run.classes, shares, strict=True)},
        "votes": [
            {"window": v.window._asdict(), "weight": v.weight, "place": v.place, "answers": v.answers.tolist()}
            for v in votes
        ],
        "target": _target(traced),
        "steps": [as_record(step, top) for step in steps],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)
