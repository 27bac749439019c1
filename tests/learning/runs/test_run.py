from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors
import torch
from safetensors.torch import save_file

from convista import language
from convista.errors import ConvistaError
from convista.learning import Run, open_run
from convista.learning.data.statistics import Standardise
from convista.learning.tasks.label_rule import LabelRule
from convista.learning.tasks.multiclass import Multiclass
from convista.models import create_model
from convista.scenes import Band, ClassInfo, open_scene

Write = Callable[..., Path]


@pytest.fixture
def run() -> Run:
    torch.manual_seed(0)
    return Run(
        network=create_model("resnet18", 2, 2, stem="small").eval(),
        architecture="resnet18",
        options={"stem": "small"},
        bands=(Band("red", "B4", 0.1, -2.5, "uint16", "reflectance"), Band("nir", "B8", dtype="uint16")),
        sensor=None,
        standardise=Standardise([0.1, 1 / 3], [1e-7, 2]),
        patch=8,
        label_rule=LabelRule.CENTRE,
        task=Multiclass((ClassInfo(0, "agua", (0, 0, 255)), ClassInfo(7, "otros", (9, 9, 9)))),
        record={"seed": 3},
    )


def test_saved_and_opened_is_the_same_to_the_bit(run: Run, tmp_path: Path) -> None:
    file = run.save(tmp_path / "here")
    assert file == tmp_path / "here" / "model.safetensors"
    assert [f.name for f in file.parent.iterdir()] == ["model.safetensors"]
    for path in (file, file.parent):
        again = open_run(path)
        for name in (
            "architecture",
            "options",
            "bands",
            "sensor",
            "classes",
            "patch",
            "label_rule",
            "task",
            "record",
        ):
            assert getattr(again, name) == getattr(run, name), name
        assert (again.mean == run.mean).all()
        assert (again.std == run.std).all()
        state = again.network.state_dict()
        assert all((state[name] == value).all() for name, value in run.network.state_dict().items())
        x = torch.randn(3, 2, 8, 8)
        with torch.no_grad():
            assert (again.network(x) == run.network(x)).all()


def test_numbers_of_a_recipe_that_had_other_names_have_those_of_today(run: Run, tmp_path: Path) -> None:
    before = {"epochs": 3, "rate": 0.1, "draw": 1.0, "answer": 0.5, "average": 0.9}
    file = replace(run, record={"seed": 3, "recipe": before}).save(tmp_path)
    now = {"epochs": 3, "learning_rate": 0.1, "sampling_power": 1.0, "prior_power": 0.5, "ema_decay": 0.9}
    assert open_run(file).record == {"seed": 3, "recipe": now}


def test_the_vectors_are_what_the_head_reads(run: Run) -> None:
    patches = torch.randn(3, 2, 8, 8)
    with torch.no_grad():
        vectors = run.vectors(patches)
        assert (run.head, vectors.shape) == ("fc", (3, 512))
        torch.testing.assert_close(run.network.fc(vectors).softmax(1), run.answers(patches))  # type: ignore[operator]
    assert not run.network.fc._forward_hooks  # type: ignore[union-attr]


def test_what_it_is_can_be_read_without_the_package(run: Run, tmp_path: Path) -> None:
    with safetensors.safe_open(run.save(tmp_path / "a.safetensors"), "np") as file:
        about = file.metadata()
    assert json.loads(about["architecture"]) == "resnet18"
    assert [c["name"] for c in json.loads(about["classes"])] == ["agua", "otros"]


def test_files_that_are_no_runs_are_told(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ConvistaError) as error:
        open_run(tmp_path)
    file = tmp_path / "model.safetensors"
    assert str(error.value) == f"There is no {file}. Give a model.safetensors file or the folder that holds it."

    run.save(file)
    whole = file.read_bytes()
    for size in (0, 5, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        with pytest.raises(ConvistaError) as error:
            open_run(file)
        assert str(error.value).startswith(f"{file} is cut short or damaged (")

    save_file({"x": torch.zeros(1)}, file)
    with pytest.raises(ConvistaError, match=r"is a safetensors file, but not of convista: it lacks bands"):
        open_run(file)
    save_file({"x": torch.zeros(1)}, file, {"format": "convista-run-1", "architecture": '"lenet"'})
    with pytest.raises(ConvistaError, match=r"is cut short or damaged"):
        open_run(file)


def test_a_failed_save_leaves_the_old_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = run.save(tmp_path)
    before = file.read_bytes()

    def full(path: Path, data: bytes) -> None:
        with path.open("wb") as half:
            half.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(
        ConvistaError, match=r"cannot be written: .*No space left on device\. Free some space on the disk"
    ):
        run.save(tmp_path)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_others_may_read_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    assert run.save(tmp_path).stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_that_cannot_be_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConvistaError, match=r"model.safetensors cannot be written: "):
        run.save(tmp_path / "file" / "run")


def test_a_scene_is_checked(run: Run, raster: Write) -> None:
    path = raster("s.tif", np.ones((2, 9, 9), np.uint16))

    wide = Standardise(run.mean, [9, 9])
    plain = replace(run, bands=(Band("red", "1", 0.1, -2.5), Band("nir", "2")), standardise=wide)
    fits = open_scene(path, bands=["nir", "red"], scale={"red": 0.1}, offset={"red": -2.5})
    plain.check(fits)
    with pytest.raises(ConvistaError) as error:
        plain.check(open_scene(path, bands=["green", "red"]))
    assert str(error.value) == (
        "The scene s lacks a band that the model needs: nir. It has: green, red. If it is the same under another "
        "name, name its bands when opening it (bands)."
    )
    other = open_scene(path, bands=["nir", "red"])
    with pytest.raises(ConvistaError) as error:
        plain.check(other)
    assert str(error.value) == (
        "The band red of the scene s is scaled otherwise (×1 +0) than in training (×0.1 -2.5), and its values do "
        "not mean the same. Give the scaling when opening it (scale, offset), or match the bands by name alone "
        "(by_name, --by-name)."
    )
    plain.check(other, by_name=True)
    plain.check(open_scene(path, bands=["nir", "red"], scale={"red": 0.002}))
    with pytest.raises(ConvistaError, match=r"The band nir of the scene s is scaled otherwise \(×0.1 \+0\)"):
        plain.check(open_scene(path, bands=["nir", "red"], scale=0.1))
    celsius = replace(plain, bands=(Band("red", "1", 0.1, -2.5, unit="°C"), Band("nir", "2")))
    with pytest.raises(ConvistaError, match=r"\(×0.1 -2.5\) than in training \(×0.1 -2.5 °C\)"):
        celsius.check(fits)


@pytest.mark.parametrize(
    ("scene_sensor", "run_sensor", "english", "spanish"),
    [
        (
            None,
            "landsat-8",
            (
                "The scene s does not say its sensor, and the model was trained on landsat-8: its values may not "
                "mean the same. State the sensor (sensor, --sensor), or match the bands by name alone (by_name, "
                "--by-name)."
            ),
            (
                "La escena s no dice su sensor, y el modelo se entrenó con landsat-8: puede que sus valores no "
                "signifiquen lo mismo. Diga el sensor (sensor, --sensor), o empareje las bandas solo por nombre "
                "(by_name, --by-name)."
            ),
        ),
        (
            "sentinel-2",
            None,
            (
                "The scene s is from sentinel-2, and the scene that the model was trained on does not say its "
                "sensor: their values may not mean the same. State the sensor when training (sensor, --sensor), "
                "or match the bands by name alone (by_name, --by-name)."
            ),
            (
                "La escena s es de sentinel-2, y la escena con que se entrenó el modelo no dice su sensor: puede "
                "que sus valores no signifiquen lo mismo. Entrene diciendo el sensor (sensor, --sensor), o "
                "empareje las bandas solo por nombre (by_name, --by-name)."
            ),
        ),
        (
            "sentinel-2",
            "landsat-8",
            (
                "The scene s is from another sensor (sentinel-2) than the training (landsat-8), and its values "
                "do not mean the same. State the sensor (sensor, --sensor) if that is wrong, or match the bands by "
                "name alone (by_name, --by-name)."
            ),
            (
                "La escena s es de otro sensor (sentinel-2) que el entrenamiento (landsat-8), y sus valores no "
                "significan lo mismo. Diga el sensor (sensor, --sensor) si no es ese, o empareje las bandas solo "
                "por nombre (by_name, --by-name)."
            ),
        ),
    ],
)
def test_the_sensors_must_be_the_same(
    run: Run, raster: Write, scene_sensor: str | None, run_sensor: str | None, english: str, spanish: str
) -> None:
    path = raster("s.tif", np.ones((2, 9, 9), np.uint16))
    wide = Standardise(run.mean, [9, 9])
    plain = replace(run, bands=(Band("red", "1"), Band("nir", "2")), sensor=run_sensor, standardise=wide)
    scene = open_scene(path, bands=["nir", "red"], sensor=scene_sensor)
    with pytest.raises(ConvistaError) as error:
        plain.check(scene)
    assert str(error.value) == english
    language.use("es")
    assert str(error.value) == spanish
    plain.check(scene, by_name=True)
    replace(plain, sensor=scene_sensor).check(scene)


def test_a_run_knows_its_file(run: Run, tmp_path: Path) -> None:
    assert run.source is None
    file = run.save(tmp_path / "a")
    assert open_run(file).source == open_run(file.parent).source == file


def test_a_folder_that_has_the_name_of_the_file_is_told_and_left(run: Run, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").mkdir()
    with pytest.raises(ConvistaError) as error:
        run.save(tmp_path)
    file = tmp_path / "model.safetensors"
    assert str(error.value) == f"{file} cannot be written: a folder has that name. Choose another place."
    language.use("es")
    assert str(error.value) == f"No se puede escribir {file}: hay una carpeta con ese nombre. Elija otro lugar."
    assert file.is_dir()
