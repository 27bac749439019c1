"""How a training went and where the network errs, as pictures in the run's folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convista.language import say
from convista.learning.runs.run import Run
from convista.learning.scores.hard_errors import Mistake
from convista.learning.scores.plotting import CURVE, FORWARD, INK, MUTED, dressed, figure_of, saved

STRETCH = (2, 98)
"""Percentiles of each band that become black and full colour."""
ACROSS = 6
"""Mistakes in a row."""


def draw_run(run: Run, mistakes: Sequence[Mistake], folder: Path) -> list[Path]:
    """Draw the curves of a training, and what `draw_report` draws, and return the files; first ``curves.png``."""
    return [
        _curves(run.record, folder / "curves.png"),
        *draw_report(run.record["report"], mistakes, run, folder),
    ]


def draw_report(report: Mapping[str, Any], mistakes: Sequence[Mistake], run: Run, folder: Path) -> list[Path]:
    """Draw confusion, reliability and the most confident mistakes, as far as the task has them.

    Returns
    -------
    The files: ``confusion.png``, ``reliability.png``, ``mistakes.png``.
    """
    drawn = []
    if "confusion" in report:
        drawn.append(_confusion(report, folder / "confusion.png"))
    if "calibration" in report:
        drawn.append(_reliability(report, folder / "reliability.png"))
    if mistakes:
        drawn.append(_mistakes(run, mistakes, folder / "mistakes.png"))
    return drawn


def _curves(record: Mapping[str, Any], path: Path) -> Path:
    """Draw the loss and the numbers of the validation part over the epochs, the best one marked."""
    epochs = record["epochs"]
    x = [e["epoch"] for e in epochs]
    names = [name for name in epochs[0] if name not in {"epoch", "loss", "seconds"}]
    figure = figure_of(9, 4)
    for axes, shown in zip(figure.subplots(1, 2), (["loss"], names), strict=True):
        dressed(axes)
        for name, colour in zip(shown, (CURVE, FORWARD, MUTED), strict=False):
            axes.plot(x, [e[name] for e in epochs], color=colour, label=say(f"learning.scores.measure_{name}"))
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.axvline(record["best_epoch"], color=MUTED, linestyle=":", linewidth=1)
        axes.set_xlabel(say("learning.scores.axis_epoch", best=record["best_epoch"]), color=MUTED)
        axes.legend(frameon=False, labelcolor=INK)
    return saved(figure, path)


def _confusion(report: Mapping[str, Any], path: Path) -> Path:
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


def _reliability(report: Mapping[str, Any], path: Path) -> Path:
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


def _mistakes(run: Run, mistakes: Sequence[Mistake], path: Path) -> Path:
    """Draw the patches that the network was surest of and wrong about."""
    rows = -(-len(mistakes) // ACROSS)
    figure = figure_of(1.75 * ACROSS, 2.3 * rows)
    grid = figure.subplots(rows, ACROSS, squeeze=False).ravel()
    pictures = _coloured(np.stack([one.values for one in mistakes]), run.band_names)
    for axes in grid:
        axes.set_axis_off()
    for axes, one, picture in zip(grid, mistakes, pictures, strict=False):
        axes.imshow(picture, interpolation="nearest")
        answer, wanted = run.classes[one.answer].name, run.classes[one.target].name
        words = say("learning.scores.mistake", answer=answer, wanted=wanted, confidence=100 * one.confidence)
        axes.set_title(words, color=INK, fontsize=8)
    return saved(figure, path)


def _coloured(patches: NDArray[np.float32], bands: Sequence[str]) -> NDArray[np.float64]:
    """Return patches as colour pictures: red, green, blue where there are those, else the first bands."""
    names = ("red", "green", "blue")
    chosen = (
        [bands.index(n) for n in names] if set(names) <= set(bands) else [0, 1, 2] if len(bands) > 2 else [0] * 3
    )
    shown = patches[:, chosen].transpose(0, 2, 3, 1)
    low, high = np.nanpercentile(shown, STRETCH, axis=(0, 1, 2))
    return np.asarray(np.nan_to_num(np.clip((shown - low) / np.maximum(high - low, 1e-12), 0, 1)))
