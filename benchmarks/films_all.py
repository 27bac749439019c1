"""Target 3: every film of the chapter as a GIF, by the command itself, in a new process, on all cores."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

COMMAND = "from convista.cli import main; main()"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    seconds = []
    for _ in range(options.repeats):
        with TemporaryDirectory() as folder:
            start = perf_counter()
            asked = ["film", "all", "--out", folder, "--format", "gif"]
            subprocess.run([sys.executable, "-c", COMMAND, *asked], check=True, capture_output=True)
            seconds.append(perf_counter() - start)
            sizes = [path.stat().st_size for path in Path(folder).glob("*.gif")]
    figures = {
        "seconds": median(seconds),
        "films": len(sizes),
        "bytes": sum(sizes),
        "cores": os.cpu_count(),
    }
    print(f"{figures['films']} films, {sum(sizes) / 1e6:.1f} MB, on {figures['cores']} cores")
    print(f"target 3: {figures['seconds']:.1f} s (fair 60, aim 20)")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
