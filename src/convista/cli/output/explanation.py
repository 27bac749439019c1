"""What ``convista explain`` prints: votes, answers, and the arithmetic of each step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from convista.language import number, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from convista.learning import Run
    from convista.mapping import WindowContribution
    from convista.tracing import Record, Trace


class Goal(NamedTuple):
    """What a gradient is of."""

    target: Any
    """As `trace` takes it."""
    name: str
    """The class whose loss it is; ``"value"`` of a network that gives one."""
    text: str


def ballot(votes: list[WindowContribution], run: Run) -> str:
    """Write each vote: where its window lies, its weight, and its value or the class that it says."""
    lines = [say("cli.output.votes")]
    for vote in votes:
        weight = number(vote.weight, 4)
        row, column = vote.window.row, vote.window.column
        if not run.classes:
            value = _value(run, float(vote.answers[0]))
            lines.append(say("cli.output.vote_value", row=row, column=column, weight=weight, value=value))
        else:
            said = class_of(vote, run)
            name, share = run.classes[said].name, number(100 * float(vote.answers[said]), 2)
            lines.append(say("cli.output.vote", row=row, column=column, weight=weight, name=name, share=share))
    return "\n".join(lines)


def class_of(vote: WindowContribution, run: Run) -> int:
    """Return the position of the class that a window says, as a map does; of several, the most probable."""
    from convista.learning.tasks.prediction import Quantities

    prediction = run.task.prediction
    assert not isinstance(prediction, Quantities)
    return int(prediction.foremost(vote.answers[None])[0])


def _value(run: Run, value: float) -> str:
    """Write a value of a regression with its unit."""
    target = run.task.target
    return number(value, 4) + ("" if target is None or not target.unit else f" {target.unit}")


def as_text(
    traced: Trace,
    steps: list[Any],
    top: int | None,
    answers: NDArray[np.float32] | None = None,
    goal: Goal | None = None,
) -> str:
    """Write the probabilities or the value, what was differentiated, then the arithmetic of each step.

    The answers are those of the map, (outputs,), or else those of the trace itself, if it has classes.
    """
    from convista.tracing.explanation.formatting import format_explanation

    run = traced.run
    assert run is not None
    if not run.classes and answers is not None:
        target = run.task.target
        mean, std = (number(n, 4) for n in ((0, 1) if target is None else (target.mean, target.std)))
        head = [say("cli.output.value_is", value=_value(run, float(answers[0])), mean=mean, std=std)]
    else:
        head = [_probabilities(traced, _shares(traced) if answers is None else answers.tolist())]
    if goal is not None:
        head.append(goal.text)
    return "\n\n".join([*head, *(format_explanation(step, top) for step in steps)])


def _probabilities(traced: Trace, shares: list[float]) -> str:
    assert traced.run is not None
    names = [info.name for info in traced.run.classes]
    width = max(map(len, names))
    ranked = sorted(zip(shares, names, strict=True), reverse=True)
    temperature = traced.run.task.calibration.temperature
    at = "" if temperature == 1 else f" ({say('cli.output.at', temperature=number(temperature, 2))})"
    rows = (f"  {name:<{width}}  {number(100 * share, 2):>6} %" for share, name in ranked)
    return "\n".join([say("cli.output.probabilities") + at, *rows])


def answers_of(traced: Trace) -> Record:
    """Return the record of the probabilities, which the trace computes last; of a value, the network's output."""
    assert traced.run is not None
    activation = traced.run.task.activation
    if activation is None:
        return traced.records[-1]
    made = (record for record in reversed(traced.records) if record.operator == activation and not record.module)
    return next(made)


def _shares(traced: Trace) -> list[float]:
    """Return the probability of each class; a binary run gives only that of the second."""
    shares: list[float] = answers_of(traced).output[0].tolist()
    return shares if len(shares) > 1 else [1 - shares[0], *shares]


def written_as_json(
    traced: Trace,
    steps: list[Any],
    top: int | None,
    votes: list[WindowContribution],
    goal: Goal | None,
    *,
    no_datum: bool,
) -> str:
    """Write all that was found as JSON, votes included."""
    from convista.mapping import weighted_mean
    from convista.tracing.explanation.formatting import as_json

    assert traced.run is not None
    assert traced.patch is not None
    run, answers = traced.run, weighted_mean(votes).tolist()
    if run.classes:
        probabilities = dict(zip((info.name for info in run.classes), answers, strict=True))
        said = {"temperature": run.task.calibration.temperature, "probabilities": probabilities}
    else:
        said = {"value": answers[0], "unit": None if run.task.target is None else run.task.target.unit}
    record = {
        "no_datum": no_datum,
        "patch": traced.patch.window._asdict(),
        **said,
        "votes": [
            {"window": v.window._asdict(), "weight": v.weight, "place": v.place, "answers": v.answers.tolist()}
            for v in votes
        ],
        "target": goal and goal.name,
        "steps": [as_json(step, top) for step in steps],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)
