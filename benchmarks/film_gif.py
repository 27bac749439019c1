"""The worked convolution as a GIF: convista against matplotlib's FuncAnimation with PillowWriter, in one run.

Both draw the same pictures of 960 × 540, motion included, 25 a second while something moves: matplotlib is handed
ours as plain records, keeps its artists and makes anew only what changes, and need not hold still pictures for
their time (its writer has no such thing: each is drawn once). Processor time is compared; cold is a new process,
imports included, warm a second film in a process that has made one. Run from the root of the repository:

    python -m benchmarks.film_gif [--repeats N] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.film_plain import plain
from convista.catalogue import film
from convista.films.film import RATE

OURS = """
from convista.catalogue import film
film("conv-step-by-step").save({path!r})
"""

MATPLOTLIB = """
import json
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib import patches
from matplotlib.animation import FuncAnimation, PillowWriter

def artist(ax, mark):
    kind, alpha = mark["kind"], mark["opacity"]
    if kind in ("Words", "Formula"):
        anchor = {{"start": "left", "middle": "center", "end": "right"}}[mark["anchor"]]
        text = mark["text"] if kind == "Words" else "$" + mark["tex"] + "$"
        look = dict(fontsize=0.72 * mark["size"], color=mark["colour"], alpha=alpha)
        return ax.text(*mark["at"], text, ha=anchor, va="baseline", **look)
    if kind in ("Picture", "Photo"):
        left, top, right, bottom = mark["box"]
        pixels, extent = np.array(mark["pixels"], np.uint8), (left, right, bottom, top)
        return ax.imshow(pixels, extent=extent, interpolation="nearest", alpha=alpha)
    if kind == "Polyline":
        x, y = zip(*mark["points"])
        dash = (0, (mark["dash"], mark["dash"])) if mark["dash"] else "-"
        return ax.plot(x, y, color=mark["colour"], linewidth=0.72 * mark["width"], linestyle=dash, alpha=alpha)[0]
    look = dict(facecolor=mark["fill"] or "none", edgecolor=mark["stroke"] or "none", alpha=alpha)
    look["linewidth"] = 0.72 * mark["width"]
    if kind == "Rectangle":
        left, top, right, bottom = mark["box"]
        return ax.add_patch(patches.Rectangle((left, top), right - left, bottom - top, **look))
    if kind == "Circle":
        return ax.add_patch(patches.Circle(mark["centre"], mark["radius"], **look))
    return ax.add_patch(patches.Polygon(mark["points"], closed=True, **look))

def make(path):
    film = json.loads(open({film!r}).read())
    fig = plt.figure(figsize=(9.6, 5.4), dpi=100, facecolor="black")
    ax = fig.add_axes((0, 0, 1, 1))
    shown = {{}}
    def draw(n):
        _, now = film["frames"][n]
        for number in shown.keys() - set(now):
            shown.pop(number).remove()
        for place, number in enumerate(now):
            if number not in shown:
                shown[number] = artist(ax, film["marks"][number])
            shown[number].set_zorder(place)
        ax.set(xlim=(0, 960), ylim=(540, 0), aspect="auto")
        ax.axis("off")
    moving = FuncAnimation(fig, draw, frames=len(film["frames"]), init_func=lambda: None)
    moving.save(path, writer=PillowWriter(fps=25))
    plt.close(fig)

make({path!r})
"""

WARM = {"convista": 'film("conv-step-by-step").save({path!r})', "matplotlib": "make({path!r})"}
PROGRAMS = {"convista": OURS, "matplotlib": MATPLOTLIB}


def cold(program: str, path: str, film: str) -> float:
    """Return the seconds of processor time of a new process."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program.format(path=path, film=film)], check=True)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def warm(program: str, again: str, path: str, film: str) -> float:
    """Return the seconds of processor time of the second film of a process."""
    clock, stop = "from time import process_time\nstart = process_time()", "print(process_time() - start)"
    timed = "\n".join([program.format(path=path, film=film), clock, again.format(path=path, film=film), stop])
    run = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True)
    return float(run.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with TemporaryDirectory() as folder:
        records, shown = str(Path(folder, "film.json")), film("conv-step-by-step")
        pictures = plain(shown, RATE)
        Path(records).write_text(json.dumps(pictures))
        times: dict[tuple[str, str], list[float]] = {}
        # Taking turns, so that another job on the machine slows both.
        for _ in range(options.repeats):
            for who, program in PROGRAMS.items():
                path = str(Path(folder, f"{who}.gif"))
                times.setdefault((who, "cold"), []).append(cold(program, path, records))
                times.setdefault((who, "warm"), []).append(warm(program, WARM[who], path, records))
        for who in PROGRAMS:
            figures[who] = {
                "cold_s": median(times[who, "cold"]),
                "warm_s": median(times[who, "warm"]),
                "bytes": Path(folder, f"{who}.gif").stat().st_size,
            }
    ours, peer = figures["convista"], figures["matplotlib"]
    ratios = {
        "cold_times_faster": peer["cold_s"] / ours["cold_s"],
        "warm_times_faster": peer["warm_s"] / ours["warm_s"],
        "size_ratio": ours["bytes"] / peer["bytes"],
    }
    print(f"{len(pictures['frames'])} pictures, {shown.seconds:.0f} s")
    for who, values in figures.items():
        print(f"{who:11} cold {values['cold_s']:6.3f} s  warm {values['warm_s']:6.3f} s", end="")
        print(f"  {values['bytes']:9,.0f} bytes")
    print(f"target 1: {ratios['cold_times_faster']:.1f}× faster (fair 30, aim 45), ", end="")
    print(f"{ratios['size_ratio']:.3f}× the size (fair 0.35, aim 0.25)")
    print(f"target 2: {ratios['warm_times_faster']:.1f}× faster in a warm process (fair 60, aim 100)")
    if options.json:
        options.json.write_text(json.dumps({**figures, "ratios": ratios}, indent=2) + "\n")


if __name__ == "__main__":
    main()
