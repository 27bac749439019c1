"""The moving film of the worked convolution as 1080p MP4, 60 pictures a second: convista against Manim Community.

Manim is handed the film's states as plain records: it makes a mobject of each mark, then for every state transforms
what has changed, fades in what is new and out what is gone, and waits. Processor time of new processes is compared,
children included. Run from the root of the repository, with the Python of an environment that has Manim (``pip
install manim``, which needs the headers of Cairo and Pango):

    python -m benchmarks.film_mp4 --manim PYTHON [--repeats N] [--json FILE]
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

OURS = """
from convista.catalogue import film
film("conv-step-by-step", size=(1920, 1080)).save({path!r})
"""

MANIM = """
import json
import numpy as np
from manim import (Circle, FadeIn, FadeOut, ImageMobject, Polygon, Rectangle, ReplacementTransform, Scene, Text,
                   VMobject, config, rgb_to_color)

FILM = json.loads(open({records!r}).read())
POINT = 8 / 540

def place(point):
    return np.array([(point[0] - 480) * POINT, (270 - point[1]) * POINT, 0])

def mobject(mark):
    kind, opacity = mark["kind"], mark["opacity"]
    colour = lambda name: rgb_to_color(mark[name])
    if kind in ("Words", "Formula"):
        made = Text(mark["text" if kind == "Words" else "tex"] or " ", font="DejaVu Sans", color=colour("colour"))
        made.scale_to_fit_height(max(made.height, 1e-3) * mark["size"] / 48 * 0.75 if made.height else 0.1)
        side = {{"start": np.array([-1, 0, 0]), "middle": np.zeros(3), "end": np.array([1, 0, 0])}}[mark["anchor"]]
        made.move_to(place(mark["at"]), aligned_edge=side)
        return made.set_opacity(opacity)
    if kind in ("Picture", "Photo"):
        left, top, right, bottom = mark["box"]
        made = ImageMobject(np.array(mark["pixels"], np.uint8))
        made.stretch_to_fit_width((right - left) * POINT).stretch_to_fit_height((bottom - top) * POINT)
        return made.move_to(place(((left + right) / 2, (top + bottom) / 2)))
    if kind == "Polyline":
        made = VMobject(stroke_color=colour("colour"), stroke_width=mark["width"])
        return made.set_points_as_corners([place(point) for point in mark["points"]])
    if kind == "Rectangle":
        left, top, right, bottom = mark["box"]
        made = Rectangle(width=(right - left) * POINT, height=(bottom - top) * POINT)
        made.move_to(place(((left + right) / 2, (top + bottom) / 2)))
    elif kind == "Circle":
        made = Circle(radius=mark["radius"] * POINT).move_to(place(mark["centre"]))
    else:
        made = Polygon(*[place(point) for point in mark["points"]])
    made.set_fill(colour("fill") if mark["fill"] else None, opacity if mark["fill"] else 0)
    edge = opacity if mark["stroke"] else 0
    return made.set_stroke(colour("stroke") if mark["stroke"] else None, mark["width"], edge)

class Film(Scene):
    def construct(self):
        shown = {{}}
        for passing, still, numbers in FILM["states"]:
            now = {{FILM["marks"][number]["key"]: number for number in numbers}}
            moves, after = [], {{}}
            for key, number in now.items():
                if key in shown and shown[key][0] == number:
                    after[key] = shown[key]
                    continue
                after[key] = number, mobject(FILM["marks"][number])
                made = after[key][1]
                moves.append(ReplacementTransform(shown[key][1], made) if key in shown else FadeIn(made))
            moves += [FadeOut(made) for key, (_, made) in shown.items() if key not in now]
            if moves and passing:
                self.play(*moves, run_time=max(passing, 1 / 60))
            elif moves:
                self.add(*[made for _, made in after.values()])
            if still > 1 / 60:
                self.wait(still)
            shown = after

config.media_dir = {folder!r}
config.quality = "high_quality"
config.disable_caching = True
config.progress_bar = "none"
config.verbosity = "ERROR"
config.output_file = "film.mp4"
Film().render()
"""


def processor_time(python: str, program: str) -> float:
    """Return the seconds of processor time of a new process and its children."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([python, "-c", program], check=True, capture_output=True)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manim", required=True, help="the Python that has Manim")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        records, ours = Path(folder, "film.json"), str(Path(folder, "ours.mp4"))
        shown = film("conv-step-by-step", size=(1920, 1080))
        records.write_text(json.dumps(plain(shown, 60)))
        programs = {
            "convista": (sys.executable, OURS.format(path=ours)),
            "manim": (options.manim, MANIM.format(records=str(records), folder=folder)),
        }
        times: dict[str, list[float]] = {who: [] for who in programs}
        # Taking turns, so that another job on the machine slows both.
        for _ in range(options.repeats):
            for who, (python, program) in programs.items():
                times[who].append(processor_time(python, program))
        (theirs,) = Path(folder).rglob("1080p60/film.mp4")
        sizes = {"convista": Path(ours).stat().st_size, "manim": theirs.stat().st_size}
    figures = {who: {"processor_s": median(times[who]), "bytes": sizes[who]} for who in programs}
    ratio = figures["manim"]["processor_s"] / figures["convista"]["processor_s"]
    for who, values in figures.items():
        print(f"{who:9} {values['processor_s']:7.1f} s of processor time  {values['bytes']:11,.0f} bytes")
    print(f"target 2b: {ratio:.1f}× less processor time (fair 5, aim 20), {shown.seconds:.0f} s of film")
    if options.json:
        options.json.write_text(json.dumps({**figures, "ratio": ratio}, indent=2) + "\n")


if __name__ == "__main__":
    main()
