"""A study of poolings as a picture: what each is worth, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from convista.language import number, say
from convista.learning.scores.plotting import CURVE, FORWARD, INK, LINE, MUTED, dressed, figure_of, saved
from convista.learning.studies.study import Trial, outcomes


def draw_study(trials: Sequence[Trial], path: Path) -> Path:
    """Draw the first score of every training beside the time of an epoch, a row a pooling, and return the file."""
    found = outcomes(trials)
    rows = range(len(found))
    measure = next(iter(found[0].scores))
    figure = figure_of(10.5, 1.3 + 0.42 * len(found))
    scores, times = figure.subplots(1, 2, sharey=True, width_ratios=(3, 2))
    for axes in (scores, times):
        dressed(axes)
        axes.grid(axis="x", color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
    for row, one in zip(rows, found, strict=True):
        each = [trial.scores[measure] for trial in trials if trial.pooling == one.pooling]
        average, spread = one.scores[measure]
        scores.plot(each, [row] * len(each), "o", color=MUTED, markersize=5, zorder=3)
        scores.errorbar(average, row, xerr=spread, fmt="D", color=FORWARD, markersize=7, capsize=5)
    times.barh(rows, [one.seconds for one in found], height=0.55, color=CURVE)
    for row, one in zip(rows, found, strict=True):
        times.annotate(number(one.seconds, 2), (one.seconds, row), (5, 0), textcoords="offset points",
                       va="center", color=INK, fontsize=9)  # fmt: skip
    times.margins(x=0.18)
    scores.set_yticks(rows, [one.pooling for one in found], color=INK)
    scores.invert_yaxis()
    scores.set_xlabel(say(f"learning.studies.axis_study_{measure}"), color=MUTED)
    times.set_xlabel(say("learning.studies.axis_study_seconds"), color=MUTED)
    return saved(figure, path)
