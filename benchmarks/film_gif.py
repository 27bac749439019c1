"""The worked convolution as a GIF: convista against matplotlib's FuncAnimation with PillowWriter, in one run.

Both draw the same 96 pictures of 960 × 540: input, kernel, products and output as coloured cells with their
numbers, the window, the equation, the caption. Matplotlib keeps its artists and changes only what changes, which is
the fastest of the ways that its documentation shows. Cold is a new process, imports included; warm is a second film
in a process that has made one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

OURS = """
from convista.catalogue import film
film("conv-step-by-step").save({path!r})
"""

MATPLOTLIB = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

I = np.array([[3,1,7,2,5,0],[4,9,2,8,1,6],[5,3,0,4,7,2],[8,1,6,3,9,5],[2,4,7,1,0,8],[9,3,5,2,6,4]], float)
K = np.array([[1,0,-1],[2,0,-2],[1,0,-1]], float)
O = np.array([[(I[i:i+3, j:j+3] * K).sum() for j in range(4)] for i in range(4)])
signed = LinearSegmentedColormap.from_list("signed", ["#4C9BFF", "black", "#FF8C1A"])
signed.set_bad("#0E1116")

def make(path):
    plt.style.use("dark_background")
    fig = plt.figure(figsize=(9.6, 5.4), dpi=100)
    fig.text(0.04, 0.92, "Convolution, step by step", fontsize=18)
    def table(place, title, values, limit):
        ax = fig.add_axes(place)
        ax.set_title(title, fontsize=11, color="#8B949E")
        ax.set_xticks(np.arange(values.shape[1] + 1) - 0.5, [])
        ax.set_yticks(np.arange(values.shape[0] + 1) - 0.5, [])
        ax.grid(color="#2B313B")
        ax.tick_params(length=0)
        picture = ax.imshow(values, cmap=signed, vmin=-limit, vmax=limit)
        middle = dict(ha="center", va="center", fontsize=16)
        texts = {{(r, c): ax.text(c, r, "", **middle) for r, c in np.ndindex(values.shape)}}
        return ax, picture, texts
    def write(table, values, limit):
        _, picture, texts = table
        picture.set_data(np.ma.masked_invalid(values))
        for at, words in texts.items():
            v = values[at]
            words.set_text("" if np.isnan(v) else f"{{v:.0f}}".replace("-", "\\u2212"))
            words.set_color("black" if abs(v) > 0.6 * limit else "white")
    left = table((0.04, 0.27, 0.31, 0.56), "Input I (6x6)", I, 9)
    write(left, I, 9)
    top = table((0.48, 0.58, 0.14, 0.25), "Kernel K (3x3)", K, 2)
    write(top, K, 2)
    low = table((0.48, 0.27, 0.14, 0.25), "Products", np.full((3, 3), np.nan), 18)
    right = table((0.75, 0.36, 0.21, 0.37), "Output O (4x4)", np.full((4, 4), np.nan), 18)
    window = left[0].add_patch(Rectangle((-0.5, -0.5), 3, 3, fill=False, edgecolor="#FFD60A", linewidth=3))
    written = right[0].add_patch(Rectangle((-0.5, -0.5), 1, 1, fill=False, edgecolor="white", linewidth=2))
    total = fig.text(0.685, 0.40, "", ha="center", fontsize=15)
    equation = fig.text(0.5, 0.185, "", ha="center", fontsize=15)
    caption = fig.text(0.5, 0.09, "", ha="center", fontsize=13)
    done = np.full((4, 4), np.nan)
    def draw(n):
        step, beat = divmod(n, 6)
        i, j = divmod(step, 4)
        if n == 0:
            done[:] = np.nan
        share = 0.5 if beat == 0 and step else 1
        pi, pj = divmod(max(step - 1, 0), 4)
        window.set_xy((pj + (j - pj) * share - 0.5, pi + (i - pi) * share - 0.5))
        rows = min(beat, 3)
        products = np.full((3, 3), np.nan)
        products[:rows] = (I[i:i+3, j:j+3] * K)[:rows]
        write(low, products, 18)
        parts = [f"{{I[i+u, j+v]:.0f}}\\u00b7{{K[u, v]:.0f}}" for u in range(rows) for v in range(3)]
        line = f"O[{{i+1}},{{j+1}}] = " + " + ".join(parts)
        value = f"{{O[i, j]:.0f}}".replace("-", "\\u2212")
        total.set_text(f"\\u03a3 = {{value}}" if beat >= 4 else "")
        equation.set_text(line + (f" = {{value}}" if beat >= 4 else ""))
        if beat == 5:
            done[i, j] = O[i, j]
        write(right, done, 18)
        written.set_visible(beat == 5)
        written.set_xy((j - 0.5, i - 0.5))
        sign = "negative" if O[i, j] < 0 else "positive"
        caption.set_text(f"O[{{i+1}},{{j+1}}] is {{sign}}: the image gets darker or brighter to the right.")
    FuncAnimation(fig, draw, frames=96).save(path, writer=PillowWriter(fps=15))
    plt.close(fig)

make({path!r})
"""

WARM = {"convista": 'film("conv-step-by-step").save({path!r})', "matplotlib": "make({path!r})"}
PROGRAMS = {"convista": OURS, "matplotlib": MATPLOTLIB}


def cold(program: str, path: str) -> float:
    """Return the seconds of a new process."""
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program.format(path=path)], check=True)
    return perf_counter() - start


def warm(program: str, again: str, path: str) -> float:
    """Return the seconds of the second film of a process."""
    clock, stop = "from time import perf_counter\nstart = perf_counter()", "print(perf_counter() - start)"
    timed = "\n".join([program.format(path=path), clock, again.format(path=path), stop])
    run = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True)
    return float(run.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    figures: dict[str, dict[str, float]] = {}
    with TemporaryDirectory() as folder:
        times: dict[tuple[str, str], list[float]] = {}
        # Taking turns, so that another job on the machine slows both.
        for _ in range(options.repeats):
            for who, program in PROGRAMS.items():
                path = str(Path(folder, f"{who}.gif"))
                times.setdefault((who, "cold"), []).append(cold(program, path))
                times.setdefault((who, "warm"), []).append(warm(program, WARM[who], path))
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
