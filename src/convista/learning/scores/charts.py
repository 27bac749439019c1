"""A score as pictures: which class was taken for which, and how far confidence can be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.language import say
from convista.learning.scores.plotting import CURVE, FORWARD, INK, MUTED, dressed, figure_of, saved


def draw_confusion(report: Mapping[str, Any], path: Path) -> Path:
    """Draw what share of each class was taken for which; the counts are written in."""
    counts = np.array(report["confusion"])
    names = [one["name"] if one["support"] else f"{one['name']} (0)" for one in report["per_class"]]
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    side = 2.5 + 0.62 * len(names)
    figure = figure_of(side + 1.2, side)
    axes = figure.subplots()
    dressed(axes)
    axes.imshow(share, cmap="cividis", vmin=0, vmax=1)
    for row, column in np.ndindex(*counts.shape):
        ink = "black" if share[row, column] > 0.5 else "white"
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", color=ink, fontsize=9)
    axes.set_xticks(range(len(names)), names, rotation=45, ha="right", color=INK)
    axes.set_yticks(range(len(names)), names, color=INK)
    axes.set_xlabel(say("learning.scores.axis_predicted"), color=MUTED)
    axes.set_ylabel(say("learning.scores.axis_reference"), color=MUTED)
    return saved(figure, path)


def draw_reliability(report: Mapping[str, Any], path: Path) -> Path:
    """Draw how often answers of each confidence were right; on the diagonal they are as sure as they should be.

    A curve shows what they were before the calibration.
    """
    after, before = report["calibration"], report["uncalibrated"]
    figure = figure_of(5, 5.4)
    axes = figure.subplots()
    dressed(axes)
    axes.plot([0, 1], [0, 1], color=MUTED, linestyle=":", linewidth=1)
    confidence, accuracy = _filled(after)
    axes.bar(confidence, accuracy, width=0.05, color=FORWARD, label=say("learning.scores.shown_calibrated"))
    axes.plot(
        *_filled(before), color=CURVE, marker="o", markersize=4, label=say("learning.scores.shown_uncalibrated")
    )
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel(say("learning.scores.axis_confidence"), color=MUTED)
    axes.set_ylabel(say("learning.scores.axis_right"), color=MUTED)
    errors = {name: 100 * one["expected_error"] for name, one in (("before", before), ("after", after))}
    title = say("learning.scores.expected_error", **errors, temperature=report["temperature"])
    axes.set_title(title, color=INK, fontsize=11)
    axes.legend(frameon=False, labelcolor=INK, loc="upper left")
    return saved(figure, path)


def _filled(calibration: Mapping[str, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return confidence and share right of the intervals that hold any answers."""
    filled = np.array(calibration["count"]) > 0
    return np.array(calibration["confidence"])[filled], np.array(calibration["accuracy"])[filled]
