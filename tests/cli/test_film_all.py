"""``convista film`` on one's own data, and for all films at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path
from time import sleep
from typing import Any

import numpy as np
import pytest
import rasterio
from PIL import Image

from convista.catalogue import film, film_names, find
from convista.cli.filming import many
from convista.cli.filming.data import matrix, settings
from convista.cli.filming.files import planes
from convista.cli.filming.many import Order
from convista.errors import ConvistaError
from convista.films import open_film
from tests.cli.workshop import convista
from tests.scenes.rasters import write

Capture = pytest.CaptureFixture[str]
SOBEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


@pytest.mark.parametrize(
    "text", ["1 0 -1; 2 0 -2; 1 0 -1", "1,0,-1;2,0,-2;1,0,-1", "[[1,0,-1],[2,0,-2],[1,0,-1]]", "sobel_x"]
)
def test_a_matrix_is_typed_in_many_ways(text: str) -> None:
    np.testing.assert_array_equal(matrix("kernel", text), SOBEL)


def test_a_matrix_is_read_from_files(tmp_path: Path) -> None:
    values = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    np.save(tmp_path / "a.npy", values)
    Image.fromarray(values).save(tmp_path / "a.png")
    Image.fromarray(values).save(tmp_path / "a.tif")
    (tmp_path / "a.csv").write_text("\n".join(",".join(map(str, row)) for row in values.tolist()))
    for ending in ("npy", "png", "tif", "csv"):
        np.testing.assert_array_equal(matrix("image", str(tmp_path / f"a.{ending}")), values)
    (tmp_path / "spanish.csv").write_text("1,5;2\n3;4,25\n", encoding="utf-8-sig")
    np.testing.assert_array_equal(matrix("image", str(tmp_path / "spanish.csv")), [[1.5, 2], [3, 4.25]])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 2; 3", "“1 2; 3” is not a matrix"),
        ("sobel", "“sobel” is not a matrix"),
        ("nowhere.npy", "nowhere.npy cannot be read: No such file or directory"),
        ("nowhere.jpg", "nowhere.jpg cannot be read: No such file or directory"),
        ("nowhere.tif", "nowhere.tif cannot be read"),
    ],
)
def test_what_is_no_matrix_is_said(text: str, says: str) -> None:
    with pytest.raises(ConvistaError) as caught:
        matrix("kernel", text)
    assert says in str(caught.value)


def test_other_data_are_set_by_name() -> None:
    assert settings(("stride=2", "padding=same", "alpha=0.1", "band-names=[1,2]", "bias=null")) == {
        "stride": 2,
        "padding": "same",
        "alpha": 0.1,
        "band_names": [1, 2],
        "bias": None,
    }
    with pytest.raises(ConvistaError, match="“stride” does not have the form"):
        settings(("stride",))


def test_a_datum_is_read_as_its_film_takes_it() -> None:
    given = settings(("x=1 -2; 3 -4", "title=3"), find("activation-relu").data)
    np.testing.assert_array_equal(given["x"], [[1, -2], [3, -4]])
    assert given["title"] == "3"
    assert settings(("class_names=water, forest",), find("activation-softmax").data) == {
        "class_names": ["water", "forest"]
    }
    assert settings(("stride=2,3", "padding=same"), find("conv-step-by-step").data) == {
        "stride": [2, 3],
        "padding": "same",
    }
    np.testing.assert_array_equal(settings(("kernel=sobel_x",), find("conv-flip").data)["kernel"], SOBEL)
    with pytest.raises(ConvistaError, match="x: “1 b” is not a matrix"):
        settings(("x=1 b",), find("activation-relu").data)


def test_a_wrong_filter_lists_those_there_are(capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", "conv-flip", "--kernel", "prewitt", "--out", tmp_path / "a.png")
    assert outcome.code == 2
    assert "or a filter: gaussian, sobel_x, sobel_y, prewitt_x, prewitt_y, scharr_x" in outcome.error


def photo(folder: Path, name: str = "photo.jpg", **options: object) -> tuple[Path, np.ndarray[Any, Any]]:
    """Write a photo of smooth colours and return it with what is to be read of it, (3, rows, columns)."""
    rows, columns = np.mgrid[0:32, 0:32]
    values = np.stack([rows * 7, columns * 7, 250 - rows * 3], axis=-1).astype(np.uint8)
    Image.fromarray(values).save(folder / name, **options)  # type: ignore[arg-type]
    with Image.open(folder / name) as file:
        return folder / name, np.asarray(file.convert("RGB")).astype(np.float64).transpose(2, 0, 1)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.tif"])
def test_a_photo_is_in_colours_where_the_film_takes_bands(name: str, capsys: Capture, tmp_path: Path) -> None:
    file, colours = photo(tmp_path, name)
    for shown in ("activation-maps", "augmentation"):
        out = tmp_path / f"{shown}.json"
        outcome = convista(capsys, "film", shown, "--image", file, "--out", out, "--lang", "en")
        assert outcome.code == 0, outcome.error
        names = {"band_names": ["red", "green", "blue"]}
        assert open_film(out) == film(shown, image=colours, language="en", **names)  # type: ignore[arg-type]


def test_a_photo_is_its_brightness_where_the_film_takes_a_plane(tmp_path: Path) -> None:
    file, colours = photo(tmp_path, "photo.png")
    grey = np.tensordot([0.299, 0.587, 0.114], colours, axes=1)
    np.testing.assert_allclose(matrix("image", str(file)), grey)
    np.testing.assert_allclose(matrix("image", str(photo(tmp_path, "photo.tif")[0])), grey, rtol=1e-6)


def test_a_turned_photo_is_set_upright_and_what_is_transparent_is_no_datum(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file, colours = photo(tmp_path, "turned.png", exif=exif)
    np.testing.assert_array_equal(planes("image", str(file))[0], np.rot90(colours, -1, (1, 2)))
    values = np.full((4, 4, 4), 200, np.uint8)
    values[0, 0, 3] = 0
    Image.fromarray(values).save(tmp_path / "hole.png")
    read = matrix("image", str(tmp_path / "hole.png"))
    assert np.isnan(read[0, 0])
    np.testing.assert_allclose(read[1:], 200)


def test_sixteen_bits_are_read_as_they_are(tmp_path: Path) -> None:
    grey = np.arange(16, dtype=np.uint16).reshape(4, 4) * 4000
    Image.fromarray(grey).save(tmp_path / "grey.png")
    np.testing.assert_array_equal(matrix("image", str(tmp_path / "grey.png")), grey)
    colours = np.stack([grey, grey // 2, grey // 4])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        profile = {"driver": "PNG", "width": 4, "height": 4, "count": 3, "dtype": "uint16"}
        with rasterio.open(tmp_path / "deep.png", "w", **profile) as file:
            file.write(colours)
    np.testing.assert_array_equal(planes("image", str(tmp_path / "deep.png"))[0], colours)


def test_of_several_bands_one_is_asked_for(capsys: Capture, tmp_path: Path) -> None:
    values = np.arange(5 * 36, dtype=np.uint16).reshape(5, 6, 6)
    file = write(tmp_path / "bands.tif", values, descriptions=["blue", "green", "red", "nir", "swir16"])
    asked = ("film", "conv-flip", "--image", file, "--lang", "en")
    outcome = convista(capsys, *asked, "--out", tmp_path / "a.json")
    assert outcome.code == 2
    assert "bands.tif has several bands (blue, green, red, nir, swir16), and the film shows one" in outcome.error
    outcome = convista(capsys, *asked, "--bands", "nir", "--out", tmp_path / "a.json")
    assert outcome.code == 0, outcome.error
    assert open_film(tmp_path / "a.json") == film("conv-flip", image=values[3].astype(float), language="en")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--bands", "red"), "--bands: this says how a scene or a raster is opened, and there is none here"),
        (("--image", "1 2; 3 4", "--scale", "2"), "--scale: this says how a scene or a raster is opened"),
        (("--layer", "conv1"), "--layer: this says something of a run of your own, and none is given"),
        (("--at", "1,2", "--by-name"), "--at, --by-name: these say something of a run"),
        (("--set", "name=x"), "does not take name"),
    ],
)
def test_options_without_effect_are_refused(
    arguments: tuple[str, ...], says: str, capsys: Capture, tmp_path: Path
) -> None:
    outcome = convista(capsys, "film", "conv-flip", *arguments, "--out", tmp_path / "films")
    assert outcome.code == 2
    assert says in outcome.error
    assert not list(tmp_path.iterdir())


def test_a_datum_may_be_a_file(tmp_path: Path) -> None:
    np.save(tmp_path / "maps.npy", np.arange(8).reshape(2, 2, 2))
    np.testing.assert_array_equal(
        settings((f"maps={tmp_path / 'maps.npy'}",), find("pool-global-max").data)["maps"],
        np.arange(8).reshape(2, 2, 2),
    )


def test_a_film_of_ones_own_data_in_several_formats(capsys: Capture, tmp_path: Path) -> None:
    given = ("--image", "1 2 3; 4 5 6; 7 8 9", "--kernel", "1 1; 1 1", "--set", "stride=1", "--lang", "es")
    outcome = convista(
        capsys, "film", "conv-step-by-step", "--out", tmp_path, "--format", "json,sheet", "--format", "vtt", *given
    )
    assert outcome.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "conv-step-by-step-sheet.png",
        "conv-step-by-step.json",
        "conv-step-by-step.vtt",
    ]
    made = film(
        "conv-step-by-step", image=[[1, 2, 3], [4, 5, 6], [7, 8, 9]], kernel=[[1, 1], [1, 1]], language="es"
    )
    assert open_film(tmp_path / "conv-step-by-step.json") == made


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("conv-step-by-step", "--format", "avi"), "There is no format “avi”"),
        (("conv-step-by-step", "--set", "colour=1"), "does not take colour"),
        (
            ("pool-max", "--set", "kernel=large"),
            "kernel of the film “pool-max” cannot be 'large'. Give a whole number",
        ),
        (("pool-max", "--set", "size=large"), "The size large cannot be"),
        (("all", "--kernel", "sobel_x"), "With “all” every film uses the chapter's example: give kernel"),
    ],
)
def test_mistakes(arguments: tuple[str, ...], says: str, capsys: Capture, tmp_path: Path) -> None:
    outcome = convista(capsys, "film", *arguments, "--out", tmp_path / "films")
    assert outcome.code == 2
    assert says in outcome.error
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_fails_before_any_film(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "_make", lambda _: pytest.fail("made"))
    (tmp_path / "file").write_text("")
    outcome = convista(capsys, "film", "all", "--out", tmp_path / "file")
    assert outcome.code == 2
    assert "cannot be written" in outcome.error


@pytest.mark.slow
def test_all_goes_on_past_a_film_that_fails(tmp_path: Path, capsys: Capture) -> None:
    good, bad = "conv-step-by-step", "conv-step-by-stpe"
    orders = [Order(name, [(tmp_path / f"{name}.png", False)], 0, {"theme": "light"}) for name in (bad, good)]
    with pytest.raises(SystemExit) as ended:
        many.make_all(orders)
    assert ended.value.code == 1
    printed = capsys.readouterr()
    assert f"films made: 1 ({tmp_path})" in printed.out
    assert f"{bad}: There is no film “{bad}”" in printed.err
    assert [path.name for path in tmp_path.iterdir()] == [f"{good}.png"]
    assert good in film_names()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals to a group of processes")
def test_ctrl_c_stops_all_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    # Whoever runs the tests in the background may have had Ctrl-C ignored, which children inherit.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from convista.cli import main; main()"
    asked = [sys.executable, "-c", code, "film", "all", "--out", str(tmp_path), "--lang", "en"]
    with subprocess.Popen(asked, start_new_session=True, stderr=subprocess.PIPE, text=True) as running:
        while not list(tmp_path.glob("*.gif")) and running.poll() is None:
            sleep(0.1)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
