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
from convista.scenes.composite import colour_picture

ACROSS = 6
"""Mistakes in a row."""


def draw_run(run: Run, mistakes: Sequence[Mistake], folder: Path) -> list[Path]:
    """Draw the curves of a training, and what `draw_report` draws, and return the files; first ``curves.png``."""
    return [
        _curves(run.record, folder / "curves.png"),
        *draw_report(run.record["report"], mistakes, run, folder),
    ]


def draw_report(report: Mapping[str, Any], mistakes: Sequence[Mistake], run: Run, folder: Path) -> list[Path]:
    """Draw what the task has of its score, and the most confident mistakes, if there are any, as ``mistakes.png``.

    Returns
    -------
    The files.
    """
    drawn = run.task.draw(report, folder)
    return [*drawn, _mistakes(run, mistakes, folder / "mistakes.png")] if mistakes else drawn


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


def _coloured(patches: NDArray[np.float32], bands: Sequence[str]) -> NDArray[np.uint8]:
    """Return patches, (n, bands, rows, columns), as colour pictures that are stretched all alike."""
    count, _, rows, columns = patches.shape
    return colour_picture(np.concatenate(patches, axis=1), bands).reshape(count, rows, columns, 3)
