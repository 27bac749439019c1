"""Whatever a command is given has an effect, or is refused by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np
import pytest
import rasterio
from PIL import Image

from convista.cli import demo, embed, evaluate, study, train
from convista.cli.options.applicability import Kind, kinds_of, use_of
from convista.learning import open_run
from tests.cli.workshop import Workshop, convista
from tests.scenes.rasters import write

Capture = pytest.CaptureFixture[str]
COMMANDS = {
    ("train",): (train.command, (Kind.IMAGES, Kind.CLASSES, Kind.SHAPES, Kind.VALUES)),
    ("study", "pooling"): (study.pooling, (Kind.IMAGES, Kind.CLASSES, Kind.SHAPES, Kind.VALUES)),
    ("evaluate",): (evaluate.command, (Kind.IMAGES, Kind.CLASSES, Kind.SHAPES)),
    ("embed",): (embed.command, (Kind.IMAGES, Kind.SCENE)),
    ("demo",): (demo.command, (Kind.SIMULATED, Kind.CLASSES)),
}
"""The commands that take several kinds of data."""


def options_of(command: click.Command) -> Iterator[click.Option]:
    yield from (option for option in command.params if isinstance(option, click.Option))


def idle() -> list[Any]:
    """Return each option with each kind of data that it does not go with."""
    return [
        pytest.param(words, option, kind, id=f"{' '.join(words)} {option.opts[-1]} {kind.value}")
        for words, (command, kinds) in COMMANDS.items()
        for option in options_of(command)
        for kind in kinds
        if kind not in use_of(command, option).kinds and option.name != "labels"
    ]


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, rng = tmp_path_factory.mktemp("images"), np.random.default_rng(0)
    for name, level in (("dark", 60), ("bright", 180), ("grey", 120)):
        (folder / name).mkdir()
        for number in range(12):
            values = rng.integers(level - 20, level + 20, (16, 16, 3)).astype(np.uint8)
            Image.fromarray(values).save(folder / name / f"{number:02}.png")
    return folder


def given(kind: Kind, workshop: Workshop, images: Path, words: tuple[str, ...]) -> list[object]:
    """Return the data of a kind, as a command takes them."""
    labels = {Kind.CLASSES: workshop.labels, Kind.VALUES: workshop.labels, Kind.SHAPES: Path("a.geojson")}
    if words == ("demo",):
        return [] if kind is Kind.SIMULATED else ["--scene", workshop.scene, "--labels", workshop.labels]
    data: list[object] = [images if kind is Kind.IMAGES else workshop.scene]
    if kind in labels:
        data += ["--labels", labels[kind]]
    if kind is Kind.VALUES:
        data += ["--task", "regression"]
    return data


def value_of(option: click.Option) -> list[object]:
    """Return the option with something that it takes."""
    if option.is_flag:
        return [option.opts[-1]]
    if isinstance(option.type, click.Choice):
        return [option.opts[-1], option.type.choices[0]]
    numbers = isinstance(option.type, click.types.IntParamType | click.types.FloatParamType)
    return [option.opts[-1], "1" if numbers or option.name == "label_nodata" else "x"]


@pytest.mark.parametrize(("command"), [command for command, _ in COMMANDS.values()], ids=lambda c: str(c.name))
def test_every_option_has_a_line_in_the_table(command: click.Command) -> None:
    for option in options_of(command):
        assert use_of(command, option).kinds


@pytest.mark.parametrize(("words", "option", "kind"), idle())
def test_an_option_without_effect_is_refused_by_name(
    words: tuple[str, ...],
    option: click.Option,
    kind: Kind,
    workshop: Workshop,
    images: Path,
    capsys: Capture,
    tmp_path: Path,
) -> None:
    run = [workshop.run] if words in {("evaluate",), ("embed",)} else []
    out = [] if words == ("evaluate",) else ["--out", tmp_path / "out.parquet"]
    asked = [*words, *run, *given(kind, workshop, images, words), *out, *value_of(option)]
    outcome = convista(capsys, *asked)
    assert outcome.code == 2
    assert outcome.error.startswith(f"Error: {option.opts[-1]} has no effect with ")
    assert not list(tmp_path.iterdir())


def test_kinds_of_data(workshop: Workshop, images: Path) -> None:
    scene = str(workshop.scene)
    assert kinds_of([str(images)], [], values=False) == {Kind.IMAGES}
    assert kinds_of([scene], [], values=False) == {Kind.SCENE}
    assert kinds_of([scene, scene], ["a.tif", "a.gpkg"], values=False) == {Kind.CLASSES, Kind.SHAPES}
    assert kinds_of([scene], ["a.tif"], values=True) == {Kind.VALUES}


FEW = ("--epochs", 1, "--set", "epoch_samples=64")


def test_labels_for_images_are_refused(images: Path, workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "train", images, "--labels", workshop.labels, "--out", tmp_path / "r")
    assert outcome.error.startswith("Error: --labels has no effect with a folder of images.")


@pytest.mark.slow
def test_options_of_images_work(images: Path, capsys: Capture, tmp_path: Path) -> None:
    asked = ("train", images, "--out", tmp_path / "r", *FEW)
    opening = ("--nodata", 60, "--scale", 0.5, "--offset", -1, "--sensor", "sentinel-2", "--bands", "nir,red,green")
    assert convista(capsys, *asked, *opening, "--class-names", "light,night,mist").code == 0
    run = open_run(tmp_path / "r")
    assert [(b.name, b.scale, b.offset) for b in run.bands] == [(n, 0.5, -1) for n in ("nir", "red", "green")]
    assert run.sensor == "sentinel-2"
    assert [c.name for c in run.classes] == ["light", "night", "mist"]
    scored = ("evaluate", tmp_path / "r", images, *opening, "--class-names", "light,night,mist")
    assert convista(capsys, *scored).code == 0
    binary = ("train", images, "--out", tmp_path / "b", *FEW, "--task", "binary", "--positive", "grey")
    assert convista(capsys, *binary).code == 0
    assert [c.name for c in open_run(tmp_path / "b").classes] == ["no grey", "grey"]


@pytest.mark.slow
def test_the_labels_that_were_understood_are_told(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    with rasterio.open(workshop.labels) as file:
        truth, profile = file.read(1), file.profile
    mask = np.where(truth == 1, 0, 255).astype(np.uint8)[None]
    path = write(tmp_path / "mask.tif", mask, crs=profile["crs"], transform=profile["transform"])
    asked = ("train", workshop.scene, "--out", tmp_path / "r", *FEW, "--labels")
    outcome = convista(capsys, *asked, path)
    assert outcome.code == 0
    water, land = (int(count) for count in np.bincount(mask.ravel(), minlength=256)[[0, 255]])
    assert f"labels of {path}:\n  0    0    {water} pixels\n  255  255  {land} pixels\n" in outcome.error
    assert [c.value for c in open_run(tmp_path / "r").classes] == [0, 255]
    outcome = convista(capsys, "predict", tmp_path / "r", workshop.scene, "--out", tmp_path / "map.tif")
    assert outcome.code == 0
    with rasterio.open(tmp_path / "map.tif") as file:
        assert file.nodata == 254


@pytest.mark.slow
def test_a_picture_of_labels_needs_its_table(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    with rasterio.open(workshop.labels) as file:
        truth, profile = file.read(1), file.profile
    colours = np.array([[0, 0, 255], [0, 255, 0]], np.uint8)
    picture = colours[(truth == 1).astype(int)].transpose(2, 0, 1)
    path = write(tmp_path / "p.tif", picture, crs=profile["crs"], transform=profile["transform"], photometric="rgb")
    asked = ("train", workshop.scene, "--labels", path, "--out", tmp_path / "r", *FEW)
    outcome = convista(capsys, *asked)
    assert outcome.code == 2
    assert '--class-colours "class1=#0000ff,class2=#00ff00"' in outcome.error
    outcome = convista(capsys, *asked, "--class-colours", "land=#0000ff,water=#00ff00")
    assert outcome.code == 0
    assert "  1  #0000ff  land " in outcome.error


@pytest.mark.slow
def test_polygons_of_one_layer_with_codes(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    pyogrio, shapely = pytest.importorskip("pyogrio"), pytest.importorskip("shapely")
    with rasterio.open(workshop.scene) as file:
        left, bottom, right, top = file.bounds
        crs = file.crs.to_string()
    wide = (right - left) / 4
    boxes = shapely.to_wkb([shapely.box(left + n * wide, bottom, left + (n + 1) * wide, top) for n in range(4)])
    codes, empty = np.array([10, 2, 10, 7], np.int32), np.array([False, False, False, True])
    path = tmp_path / "a.gpkg"
    for layer in ("fields", "roads"):
        pyogrio.raw.write(
            path, boxes, [codes], ["code"], field_mask=[empty], geometry_type="Polygon", crs=crs, layer=layer
        )
    asked = ("train", workshop.scene, "--labels", path, "--out", tmp_path / "r", *FEW)
    assert "has several layers: fields, roads" in convista(capsys, *asked).error
    outcome = convista(capsys, *asked, "--layer", "fields", "--attribute", "CODE", "--class-names", "10=wood")
    assert outcome.code == 0
    assert "by attribute “code”:\n  2   2     1 shape\n  10  wood  2 shapes\n" in outcome.error
    assert "left out: 1 shape without class, 0 without geometry" in outcome.error
    assert [(c.value, c.name) for c in open_run(tmp_path / "r").classes] == [(2, "2"), (10, "wood")]


@pytest.mark.slow
def test_a_value_that_is_no_value_of_a_regression(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    with rasterio.open(workshop.scene) as file:
        heights, profile = file.read(1).astype(np.float32), file.profile
    heights[:, ::3] = -999
    path = write(tmp_path / "h.tif", heights[None], crs=profile["crs"], transform=profile["transform"])
    asked = ("train", workshop.scene, "--labels", path, "--task", "regression", "--out", tmp_path / "r", *FEW)
    assert convista(capsys, *asked, "--label-nodata", "-999").code == 0
    target = open_run(tmp_path / "r").task.target
    assert target is not None
    assert target.mean > 0
    assert "“#000000” is not a number" in convista(capsys, *asked, "--label-nodata", "#000000").error


def test_demo_wants_a_raster(workshop: Workshop, capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    asked = ("demo", "--scene", workshop.scene, "--labels", tmp_path / "a.geojson", "--out", tmp_path / "d")
    assert "wants a raster of labels" in convista(capsys, *asked).error
