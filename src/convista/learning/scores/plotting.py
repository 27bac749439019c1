"""How plots of trainings look: the dark house style."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from convista.failures import told_as
from convista.whole_file import whole_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BACKGROUND, INK, MUTED, LINE = "#000000", "#E8EAED", "#8B949E", "#2B313B"
FORWARD, CURVE = "#FFD60A", "#FF2E9A"


def figure_of(width: float, height: float) -> Figure:
    """Return an empty figure of a size in inches, whose parts make room for each other."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  loaded when something is drawn
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415

    engine = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12)
    figure = Figure(figsize=(width, height), dpi=110, facecolor=BACKGROUND, layout=engine)
    FigureCanvasAgg(figure)
    return figure


def dressed(axes: Axes) -> None:
    """Give axes the colours."""
    axes.set_facecolor(BACKGROUND)
    axes.tick_params(colors=MUTED)
    for spine in axes.spines.values():
        spine.set_color(LINE)


def saved(figure: Figure, path: Path) -> Path:
    """Write a figure as PNG and return the file; ConvistaError if it cannot be written."""
    with told_as("failures.not_written", path=path), whole_file(path) as draft:
        figure.savefig(draft, format="png", facecolor=BACKGROUND)
    return path
