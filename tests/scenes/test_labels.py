from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from convista import language
from convista.errors import ConvistaError
from convista.scenes import ClassInfo, Window, colours_for, distinct_colour, open_labels
from tests.scenes.rasters import constant, write


def labelled(path: Path, values: object, dtype: str = "uint8", **profile: object) -> Path:
    return write(path, np.array([values], dtype), **profile)  # type: ignore[arg-type]


def test_classes_are_the_values_found(tmp_path: Path) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[3, 1], [255, 7]], nodata=255))
    assert [(c.value, c.name) for c in labels.classes] == [(1, "1"), (3, "3"), (7, "7")]
    assert len({c.colour for c in labels.classes}) == 3
    values = labels.read()
    assert values.dtype == np.int32
    assert values.data.tolist() == [[3, 1], [-1, 7]]
    assert values.mask.tolist() == [[False, False], [True, False]]


def test_a_window_may_reach_outside(tmp_path: Path) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[3, 1], [2, 7]]))
    assert labels.read(Window(-1, 1, 2, 2)).filled().tolist() == [[-1, -1], [1, -1]]


@pytest.mark.parametrize("dtype", ["int16", "float32", "float64"])
def test_negative_values_are_no_label(tmp_path: Path, dtype: str) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[-1, 0], [1, 1]], dtype), ["land", "water"])
    assert [(c.value, c.name) for c in labels.classes] == [(0, "land"), (1, "water")]
    assert labels.read().mask.tolist() == [[True, False], [False, False]]


def test_names_by_value(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2]])
    labels = open_labels(path, {2: "forest"})
    assert [(c.value, c.name) for c in labels.classes] == [(1, "1"), (2, "forest")]
    assert repr(labels) == f"<Labels {path}: 1 1, 2 forest; 1×2>"
    with pytest.raises(ConvistaError, match=r"has 2 classes \(1, 2\) and 1 names were given"):
        open_labels(path, ["forest"])


@pytest.mark.parametrize(
    ("names", "english", "spanish"),
    [
        (
            {2: "forest", 9: "snow", 11: "ice"},
            "Classes were named that are not in {path}: 9 snow, 11 ice. Its values are: 1, 2.",
            "Se nombraron clases que no están en {path}: 9 snow, 11 ice. Sus valores son: 1, 2.",
        ),
        (
            ["water", "water"],
            "Several classes of {path} would have the same name: water. Give each class a name of its own.",
            "Varias clases de {path} tendrían el mismo nombre: water. Dé a cada clase un nombre distinto.",
        ),
        (
            {1: "2"},
            "Several classes of {path} would have the same name: 2. Give each class a name of its own.",
            "Varias clases de {path} tendrían el mismo nombre: 2. Dé a cada clase un nombre distinto.",
        ),
    ],
)
def test_names_that_will_not_do(tmp_path: Path, names: Any, english: str, spanish: str) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2]])
    with pytest.raises(ConvistaError) as error:
        open_labels(path, names)
    assert str(error.value) == english.format(path=path)
    language.use("es")
    assert str(error.value) == spanish.format(path=path)


def test_a_value_that_the_file_does_not_name_can_be_named(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2, 3]])
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(1, CLASS_1="water", CLASS_2="forest")
    classes = open_labels(path, {3: "snow"}).classes
    assert [(c.value, c.name) for c in classes] == [(1, "water"), (2, "forest"), (3, "snow")]
    with pytest.raises(ConvistaError, match=r"that are not in .*: 4 ice\. Its values are: 1 water, 2 forest, 3\."):
        open_labels(path, {4: "ice"})


def test_well_known_names_have_the_colours_people_expect(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2, 3, 4, 5]])
    english = open_labels(path, ["Water", "forest", "bare-soil", "Maize", "town"]).classes
    spanish = open_labels(path, ["agua", "bosque", "suelo desnudo", "maíz", "Ciudad"]).classes
    assert [c.colour for c in english] == [c.colour for c in spanish]
    water, forest, soil, other, town = (c.colour for c in english)
    assert water[2] == max(water)
    assert forest[1] == max(forest)
    assert soil[0] > soil[1] > soil[2]
    assert town[0] == max(town)
    assert other == distinct_colour(1)  # the first is another blue
    assert len({c.colour for c in english}) == 5


def test_a_colour_is_not_chosen_twice() -> None:
    blue = (0, 92, 175)
    assert colours_for(["agua", "water"], [None, None]) == [blue, distinct_colour(1)]  # 0 is another blue
    assert colours_for(["x", "y"], [None, None]) == [distinct_colour(0), distinct_colour(1)]
    assert colours_for(["agua", "x", "y"], [None, blue, distinct_colour(0)])[0] == distinct_colour(1)
    assert len(set(colours_for([*"abc", "snow"] * 50, [None] * 200))) == 200


def test_colours_and_names_in_the_file(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2]], nodata=0)
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {1: (0, 0, 250, 255), 2: (0, 90, 0, 255)})
    assert [c.colour for c in open_labels(path).classes] == [(0, 0, 250), (0, 90, 0)]
    categories = "".join(f"<Category>{name}</Category>" for name in ("none", "agua", "", "nieve"))
    Path(f"{path}.aux.xml").write_text(
        f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{categories}</CategoryNames>'
        "</PAMRasterBand></PAMDataset>"
    )
    assert [(c.value, c.name) for c in open_labels(path).classes] == [(1, "agua"), (3, "nieve")]


def test_pickled_labels_read_the_same(tmp_path: Path) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[3, 1], [2, 7]]))
    with labels:
        copy = pickle.loads(pickle.dumps(labels))
        assert copy.classes == labels.classes
        assert (copy.read() == labels.read()).all()


def test_what_is_no_raster_of_labels(tmp_path: Path) -> None:
    with pytest.raises(ConvistaError, match=r"values that are no class numbers, such as 0\.5: a class is"):
        open_labels(labelled(tmp_path / "float.tif", [[1, 0.5]], "float32"))
    with pytest.raises(ConvistaError, match="no class numbers, such as 3e"):
        open_labels(labelled(tmp_path / "large.tif", [[1, 3e9]], "float64"))
    with pytest.raises(ConvistaError, match="has more than 255 different values: it does not look like"):
        open_labels(labelled(tmp_path / "many.tif", [list(range(256))], "uint16"))
    with pytest.raises(ConvistaError, match="has 2 bands; a raster of labels has a single one"):
        open_labels(write(tmp_path / "two.tif", np.zeros((2, 2, 2), np.uint8)))
    with pytest.raises(ConvistaError, match=r"There is no .*none\.tif"):
        open_labels(tmp_path / "none.tif")


def test_a_raster_without_any_label(tmp_path: Path) -> None:
    assert open_labels(write(tmp_path / "a.tif", constant(9, dtype="uint8"), nodata=9)).classes == ()


def test_the_first_255_colours_differ() -> None:
    assert len({distinct_colour(position) for position in range(255)}) == 255
    assert ClassInfo(1, "water", distinct_colour(0)) == (1, "water", (0, 114, 178))
