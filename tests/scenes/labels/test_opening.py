from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import rasterio.shutil

from convista import language
from convista.errors import ConvistaError
from convista.scenes import ClassInfo, Window, colours_for, distinct_colour, open_labels
from convista.scenes.labels.class_colours import colour_of
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
    with pytest.raises(ConvistaError, match=r"has 2 classes \(1, 2\) and 1 name was given"):
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
    with pytest.raises(
        ConvistaError, match=r"A class was named that is not in .*: 4 ice\. Its values are: 1 water, 2 forest, 3\."
    ):
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


def coloured(path: Path, *rows: list[str], **profile: object) -> Path:
    """Write a picture, a colour for each pixel."""
    pixels = np.array([[colour_of(text) for text in row] for row in rows], np.uint8)
    return write(path, pixels.transpose(2, 0, 1), **({"photometric": "rgb"} | profile))  # type: ignore[arg-type]


def test_a_mask_of_0_and_255_keeps_its_values(tmp_path: Path) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[0, 255], [255, 255]]))
    assert [(c.value, c.name) for c in labels.classes] == [(0, "0"), (255, "255")]
    assert labels.counts == {0: 1, 255: 3}
    assert labels.read().tolist() == [[0, 255], [255, 255]]
    tagged = open_labels(labelled(tmp_path / "b.tif", [[0, 255], [1, 1]], nodata=255))
    assert [c.value for c in tagged.classes] == [0, 1]


def test_255_among_other_values_is_asked_about(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[0, 1], [2, 255]])
    with pytest.raises(ConvistaError, match=r"has the values 0, 1, 2, 255, and 255 often means “no label”"):
        open_labels(path)
    assert [c.value for c in open_labels(path, nodata=255).classes] == [0, 1, 2]
    assert open_labels(path, nodata=255).read().tolist() == [[0, 1], [2, None]]
    assert [c.name for c in open_labels(path, {255: "cloud"}).classes] == ["0", "1", "2", "cloud"]
    assert len(open_labels(path, ["a", "b", "c", "d"]).classes) == 4
    with pytest.raises(ConvistaError, match="255 often means"):
        open_labels(path, {0: "land"})


def test_a_value_given_as_no_label(tmp_path: Path) -> None:
    labels = open_labels(labelled(tmp_path / "a.tif", [[0, 1], [2, 2]]), nodata=0)
    assert [c.value for c in labels.classes] == [1, 2]
    assert labels.read().mask.tolist() == [[True, False], [False, False]]


TABLE = "forest=#00ff00,water=#0000ff,forest=#007700"


@pytest.mark.parametrize("driver", ["GTiff", "PNG"])
def test_colours_are_classes(driver: str, tmp_path: Path) -> None:
    rows = ["#0000ff", "#00ff00", "#00ff00"], ["#007700", "#000000", "#0000ff"]
    path = coloured(tmp_path / "a.tif", *rows, driver=driver, crs=None)
    labels = open_labels(path, colours=TABLE, nodata="#000000")
    assert [(c.value, c.name, c.colour) for c in labels.classes] == [
        (1, "forest", (0, 255, 0)),
        (2, "water", (0, 0, 255)),
    ]
    assert labels.counts == {1: 3, 2: 2}
    assert labels.colours[1] == ((0, 255, 0), (0, 119, 0))
    assert labels.read().tolist() == [[2, 1, 1], [1, None, 2]]
    assert labels.read(Window(1, 0, 2, 1)).filled(-1).tolist() == [[1], [-1]]
    assert [c.name for c in open_labels(path, ["wood", "sea"], colours=TABLE, nodata="#000").classes] == [
        "wood",
        "sea",
    ]
    copy = pickle.loads(pickle.dumps(labels))
    assert (copy.read() == labels.read()).all()


def test_colours_on_another_grid(tmp_path: Path) -> None:
    labels = open_labels(
        coloured(tmp_path / "a.tif", ["#0000ff", "#00ff00"], ["#00ff00", "#0000ff"]), colours=TABLE
    )
    finer = labels.grid.resampled(5)
    assert labels.on(finer).read().tolist() == np.kron([[2, 1], [1, 2]], np.ones((2, 2), int)).tolist()


def test_colours_that_nobody_explained(tmp_path: Path) -> None:
    path = coloured(tmp_path / "a.tif", ["#0000ff", "#00ff00", "#00ff00"])
    with pytest.raises(ConvistaError) as error:
        open_labels(path)
    assert "of 2 colours (and pixels): #00ff00 (2), #0000ff (1)" in str(error.value)
    assert '--class-colours "class1=#00ff00,class2=#0000ff"' in str(error.value)
    pairs = str(error.value).split('--class-colours "')[1].split('"')[0]
    assert [c.name for c in open_labels(path, colours=pairs).classes] == ["class1", "class2"]


def test_colours_beside_those_of_the_table_are_never_taken_for_the_nearest(tmp_path: Path) -> None:
    path = coloured(tmp_path / "a.tif", ["#0000ff", "#0000fe", "#00ff00"])
    with pytest.raises(ConvistaError, match=r"1 colour that is not in the table, in 1 pixel \(33 %\): #0000fe"):
        open_labels(path, colours=TABLE)
    noise = np.random.default_rng(0).integers(0, 256, (3, 100, 100)).astype(np.uint8)
    with pytest.raises(ConvistaError, match="has more than 255 colours: it is a photograph, or was saved"):
        open_labels(write(tmp_path / "photo.tif", noise))
    with pytest.raises(ConvistaError, match="has more than 4096 colours"):
        open_labels(tmp_path / "photo.tif", colours=TABLE)
    with pytest.raises(ConvistaError, match=r"is a colour picture, and 0 was given as “no label”. Give a colour"):
        open_labels(path, colours=TABLE, nodata=0)
    with pytest.raises(ConvistaError, match=r"“greenish” is no colour. Write it as"):
        open_labels(path, colours="forest=greenish")


def test_transparent_pixels_and_the_nodata_colour_are_no_label(tmp_path: Path) -> None:
    four = np.array([[[0, 0]], [[255, 0]], [[0, 255]], [[255, 0]]], np.uint8)
    path = write(tmp_path / "a.png", four, driver="PNG", crs=None, photometric=None)
    assert open_labels(path, colours=TABLE).read().tolist() == [[1, None]]
    black = coloured(tmp_path / "b.tif", ["#000000", "#00ff00", "#0000ff"], nodata=0)
    assert open_labels(black, colours=TABLE).read().tolist() == [[None, 1, 2]]


def test_names_by_the_colours_of_a_palette_keep_the_values(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[3, 7], [7, 0]])
    with pytest.raises(ConvistaError, match="has no table with that colour: its classes are numbers"):
        open_labels(path, colours=TABLE)
    with rasterio.open(path, "r+") as dataset:
        dataset.write_colormap(1, {0: (0, 0, 0, 255), 3: (0, 0, 255, 255), 7: (0, 255, 0, 255)})
    labels = open_labels(path, colours=TABLE, nodata="#000000")
    assert [(c.value, c.name) for c in labels.classes] == [(3, "water"), (7, "forest")]
    assert labels.read().tolist() == [[3, 7], [7, None]]
    with pytest.raises(
        ConvistaError, match=r"1 colour that is not in the table, in 1 pixel \(25 %\): #000000 \(1\)"
    ):
        open_labels(path, colours=TABLE)


QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis><pipe><rasterrenderer type="paletted" band="1"><colorPalette>
<paletteEntry value="7" color="#00ff00" alpha="255" label="Forest"/>
<paletteEntry value="3" color="#0000ff" alpha="255" label="Water"/>
</colorPalette></rasterrenderer></pipe></qgis>"""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.qml", QML, [(3, "Water"), (7, "Forest")]),
        (
            "qgis.txt",
            "# QGIS Color Map Export File\nINTERPOLATION:EXACT\n7,0,255,0,255,Forest\n3,0,0,255,255,Water",
            [(3, "Water"), (7, "Forest")],
        ),
        ("a.clr", "7 0 255 0\n3 0 0 255 255 Open water\n", [(3, "Open water"), (7, "7")]),
        (
            "a.gpl",
            "GIMP Palette\nName: x\nColumns: 2\n#\n  0 255   0\tForest\n  0   0 255\tWater\n",
            [(1, "Forest"), (2, "Water")],
        ),
        ("a.csv", "\ufeffname,r,g,b\nForest,0,255,0\nWater,0,0,255\n", [(1, "Forest"), (2, "Water")]),
        ("b.csv", "id;clase;color\n2;Bosque;#00ff00\n1;Agua;#0000ff\n", [(1, "Agua"), (2, "Bosque")]),
        ("c.csv", "Forest,0,255,0\nOpen water,0,0,255\n", [(1, "Forest"), (2, "Open water")]),
        ("d.txt", "#00ff00 Forest\n#0000ff Water\n", [(1, "Forest"), (2, "Water")]),
    ],
)
def test_tables_of_colours_as_programs_write_them(
    name: str, text: str, expected: list[tuple[int, str]], tmp_path: Path
) -> None:
    path = coloured(tmp_path / "labels.tif", ["#0000ff", "#00ff00"])
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [(c.value, c.name) for c in open_labels(path, colours=tmp_path / name).classes] == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Forest,0,255,0\nWater,blue\n", r"Line 2 of the table of colours .* is not understood: “Water,blue”"),
        ("Forest,0,255,0\nWater,0,255,0\n", "The colour #00ff00 is of two classes: Forest, Water"),
        ("# nothing\n", "is no table of colours of classes. Write for example"),
        ("Forest,0,256,0\n", "Line 1 of the table"),
    ],
)
def test_tables_that_will_not_do(text: str, message: str, tmp_path: Path) -> None:
    path = coloured(tmp_path / "labels.tif", ["#0000ff", "#00ff00"])
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(ConvistaError, match=message):
        open_labels(path, colours=str(tmp_path / "t.csv"))
    with pytest.raises(ConvistaError, match="cannot be read: No such file"):
        open_labels(path, colours="none.csv")


def attribute_table(path: Path, fields: str, rows: list[tuple[object, ...]], attributes: str = "") -> None:
    defined = "".join(
        f'<FieldDefn index="{n}"><Name>{name}</Name><Type>{kind}</Type><Usage>{usage}</Usage></FieldDefn>'
        for n, (name, kind, usage) in enumerate(one.split(":") for one in fields.split())
    )
    filled = "".join(
        f'<Row index="{n}">{"".join(f"<F>{cell}</F>" for cell in row)}</Row>' for n, row in enumerate(rows)
    )
    Path(f"{path}.aux.xml").write_text(
        f'<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable {attributes}>{defined}{filled}'
        "</GDALRasterAttributeTable></PAMRasterBand></PAMDataset>"
    )


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ("Value:0:5 Count:0:1 Class:2:2", [(1, 9, "water"), (2, 4, "forest"), (9, 0, "")]),
        ("VALUE:0:0 Land_Cover:2:0 Note:2:0", [(1, "water", "a"), (2, "forest", "b")]),
        ("Min:0:3 Max:0:4 Text:2:0", [(1, 1, "water"), (2, 2, "forest"), (3, 7, "others")]),
        ("Histogram:1:1 Class_Names:2:2", [(0, ""), (3, "water"), (5, "forest")]),
    ],
)
def test_names_of_an_attribute_table(fields: str, rows: list[tuple[object, ...]], tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2], [4, 2]])
    attribute_table(path, fields, rows)
    assert [(c.value, c.name) for c in open_labels(path).classes] == [(1, "water"), (2, "forest"), (4, "4")]
    assert open_labels(path, {4: "town"}).classes[2].name == "town"


def test_colours_of_an_attribute_table_and_of_imagine(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[1, 2]])
    attribute_table(
        path, "Value:0:5 Class:2:2 Red:0:6 Green:0:7 Blue:0:8", [(1, "water", 0, 0, 250), (2, "wood", 0, 90, 0)]
    )
    assert [c.colour for c in open_labels(path).classes] == [(0, 0, 250), (0, 90, 0)]
    rasterio.shutil.copy(path, tmp_path / "b.img", driver="HFA")
    assert [(c.value, c.name) for c in open_labels(tmp_path / "b.img").classes] == [(1, "water"), (2, "wood")]


def test_names_of_the_style_beside(tmp_path: Path) -> None:
    path = labelled(tmp_path / "a.tif", [[3, 7], [5, 5]])
    (tmp_path / "a.qml").write_text(QML)
    classes = open_labels(path).classes
    assert [(c.value, c.name) for c in classes] == [(3, "Water"), (5, "5"), (7, "Forest")]
    assert classes[2].colour == (0, 255, 0)
    (tmp_path / "a.qml").write_text("<qgis><pipe>")
    assert [c.name for c in open_labels(path).classes] == ["3", "5", "7"]


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
