"""``convista film --run``: films of a network of one's own, at a place of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from convista.catalogue import film
from convista.films import open_film
from convista.learning import open_run
from convista.mapping import patch_for
from convista.scenes import open_scene
from tests.cli.workshop import Workshop, convista

Capture = pytest.CaptureFixture[str]


def place(scene: Path) -> tuple[float, float]:
    """Return the middle of a scene."""
    with open_scene(scene) as opened:
        return opened.grid.coordinates(opened.height // 2, opened.width // 2)


def asked(workshop: Workshop) -> tuple[object, ...]:
    x, y = place(workshop.scene)
    return "--run", workshop.run, "--scene", workshop.scene, "--at", f"{x},{y}"


@pytest.mark.parametrize(
    ("name", "more", "data"),
    [
        ("pool-max", ("--layer", "pool1", "--set", "channel=2"), {"layer": "pool1", "channel": 2}),
        ("conv-step-by-step", ("--layer", "conv1"), {"layer": "conv1"}),
        ("activation-softmax", (), {}),
        ("backprop-flow", ("--target", "forest"), {"target": "forest"}),
        ("receptive-field", ("--set", "layers=conv1,pool1"), {"layers": ["conv1", "pool1"]}),
        ("cnn-stages", (), {}),
    ],
)
def test_a_film_of_ones_own_run(
    name: str, more: tuple[str, ...], data: dict[str, object], workshop: Workshop, capsys: Capture, tmp_path: Path
) -> None:
    out = tmp_path / "own.json"
    outcome = convista(capsys, "film", name, *asked(workshop), *more, "--out", out, "--lang", "en")
    assert outcome.code == 0, outcome.error
    run, scene = open_run(workshop.run), open_scene(workshop.scene)
    patch = patch_for(run, scene, *place(workshop.scene))
    assert open_film(out) == film(name, run=run, patch=patch, language="en", **data)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "more", "says"),
    [
        ("pool-max", (), "the network has several of max_pool2d. Name one (layer): pool1, pool2"),
        ("pool-max", ("--layer", "conv1"), "layer “conv1” is none or does not exist. Name one of these"),
        ("normalisation", (), "the network has no such layer. It has: conv1 (conv2d), relu1 (relu)"),
        ("filters", (), "The film “filters” shows no network, so that --run has no effect"),
        ("cnn-stages", ("--layer", "conv1"), "The film “cnn-stages” does not take --layer"),
        ("pool-max", ("--target", "forest"), "The film “pool-max” does not take --target"),
        ("early-stopping", (), "The film “early-stopping” does not take --scene"),
        ("backprop-flow", ("--target", "wood"), "wood"),
    ],
)
def test_what_a_run_or_a_film_does_not_have(
    name: str, more: tuple[str, ...], says: str, workshop: Workshop, capsys: Capture, tmp_path: Path
) -> None:
    outcome = convista(capsys, "film", name, *asked(workshop), *more, "--out", tmp_path / "a.png")
    assert outcome.code == 2
    assert says in outcome.error
    assert not list(tmp_path.iterdir())


def test_run_place_and_scene_belong_together(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "a.png")
    run, scene = ("--run", workshop.run), ("--scene", workshop.scene)
    for given, says in (
        (run, "on the command line, --scene FILE --at X,Y"),
        ((*run, *scene), "a patch is shown. Say where it is: --at X,Y"),
        ((*run, "--at", "1,2"), "--at 1,2 is a place of a scene. Give --scene FILE as well"),
        ((*run, *scene, "--crs", "EPSG:4326"), "--crs: this says something of a place, and none is given"),
        ((*run, *scene, "--image", workshop.scene), "Give one of the two"),
    ):
        outcome = convista(capsys, "film", "activation-softmax", *given, *out)
        assert outcome.code == 2
        assert says in outcome.error


def test_an_image_that_is_no_patch_of_the_run(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    given = ("--run", workshop.run, "--image", tmp_path / "a.png", "--out", tmp_path / "b.png")
    outcome = convista(capsys, "film", "activation-softmax", *given)
    assert outcome.code == 2
    assert "has 3 bands and 9×9 pixels, and the run reads patches of 16×16 with blue, green, red" in outcome.error
