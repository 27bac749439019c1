"""The wheel holds all that the package needs: it runs where the repository is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built and unpacked, as pip installs it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *arguments: str) -> str:
    """Run Python on the unpacked wheel, in a folder beside it, and return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "LANG": "C.UTF-8"}
    command = [sys.executable, "-W", "error", *arguments]
    done = subprocess.run(command, cwd=installed.parent, env=environment, check=False, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_it_has_every_file_of_the_package(installed: Path) -> None:
    sources = {p.relative_to(ROOT / "src") for p in (ROOT / "src/convista").rglob("*") if p.is_file()}
    wanted = {path for path in sources if "__pycache__" not in path.parts}
    assert wanted <= {p.relative_to(installed) for p in installed.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_it_runs_where_the_repository_is_not(installed: Path) -> None:
    assert Path(run(installed, "-c", "import convista; print(convista.__file__)").strip()).is_relative_to(installed)
    assert "conv-step-by-step" in run(installed, "-m", "convista", "films", "--lang", "es")
    run(installed, "-m", "convista", "film", "conv-step-by-step", "--out", "film.gif")
    assert (installed.parent / "film.gif").read_bytes()[:6] == b"GIF89a"
    run(installed, "-m", "convista", "film", "filters-learned", "--format", "png", "--out", "film.png")
    script = (
        "import convista; scene, labels = convista.sample_scene(); "
        "print(convista.train(scene, labels=labels, epochs=1, epoch_samples=64))"
    )
    assert run(installed, "-c", script).startswith("<Run lenet")
