from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from PIL import Image

from convista.errors import ConvistaError
from convista.learning.data.image_samples import ImageSamples

Write = Callable[..., Path]


def test_folders_are_classes(images: Path) -> None:
    samples = ImageSamples(images)
    assert [(c.value, c.name) for c in samples.task.classes] == [(1, "bright"), (2, "dark")]
    assert np.bincount(samples.strata).tolist() == [20, 20]
    assert samples.patch == 16
    assert [len(samples.parts[p]) for p in ("train", "validation", "test")] == [24, 6, 10]


def test_bands_are_chosen_by_name(images: Path) -> None:
    picture = np.asarray(Image.open(images / "bright" / "00.png"))
    values = ImageSamples(images, bands=["blue", "red"]).values(np.array([0]))
    assert (values[0] == picture.transpose(2, 0, 1)[[2, 0]]).all()


def test_lists_say_the_parts(images: Path, tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text(
        "bright/00.png\ndark/00.png\n" + "".join(f"dark/{n:02}.png\n" for n in range(1, 10))
    )
    (tmp_path / "test.txt").write_text("bright/07.png\n")
    samples = ImageSamples(images, lists={"train": tmp_path / "train.txt", "test": tmp_path / "test.txt"})
    assert samples.parts["test"].tolist() == [7]
    assert len(samples.parts["validation"]) == 2
    assert len(samples.parts["train"]) == 9


def test_the_record_splits_again(images: Path) -> None:
    first = ImageSamples(images, seed=3)
    again = ImageSamples(images, split=first.split)
    assert all((first.parts[p] == again.parts[p]).all() for p in first.parts)


def test_tiffs_have_names_and_nodata(tmp_path: Path, raster: Write) -> None:
    for name in ("a", "b"):
        (tmp_path / "set" / name).mkdir(parents=True)
        raster(f"set/{name}/1.tif", np.array([[[1, 9], [3, 4]]] * 2, np.int16), 9)
    samples = ImageSamples(tmp_path / "set", bands=["VV", "VH"])
    assert [b.name for b in samples.bands] == ["VV", "VH"]
    assert np.isnan(samples.values(np.array([0]))[0, 0]).tolist() == [[False, True], [False, False]]


def test_mistakes_are_told(images: Path, tmp_path: Path, raster: Write) -> None:
    here = tmp_path / "images"
    copytree(images, here)
    with pytest.raises(ConvistaError, match=r"have no band 'nir'\. They have: red, green, blue"):
        ImageSamples(here, bands=["nir"])
    with pytest.raises(ConvistaError, match=r"Lists were given for: train\. It takes train and test"):
        ImageSamples(here, lists={"train": "x"})
    stray = tmp_path / "stray.txt"
    stray.write_text("bright/99.png\n")
    with pytest.raises(ConvistaError, match=r"names bright/99.png, which is not in the folder"):
        ImageSamples(here, lists={"train": stray, "test": stray})
    stray.write_text("bright/01.png\n")
    with pytest.raises(ConvistaError, match=r"bright/01.png is in .* and in another list too"):
        ImageSamples(here, lists={"train": stray, "test": stray})
    with pytest.raises(ConvistaError, match=r"The list .*none.txt cannot be read: No such file"):
        ImageSamples(here, lists={"train": tmp_path / "none.txt", "test": stray})

    (here / "dark" / "05.png").write_bytes(b"no picture")
    Image.new("RGB", (8, 8)).save(here / "dark" / "07.png")
    says = (
        r"Bad images, 2 of 40: .*05.png \(cannot identify .*\); .*07.png \(3 × 8×8 uint8 ≠ 3 × 16×16 uint8\)\. "
        r"Repair or delete them, or go on without \(skip_bad, --skip-bad\)\."
    )
    with pytest.raises(ConvistaError, match=says):
        ImageSamples(here)
    whole, left = ImageSamples(images), ImageSamples(here, skip_bad=True)
    assert len(left.strata) == 38
    kept = np.delete(np.arange(40), [25, 27])
    assert (left.values(np.arange(38)) == whole.values(kept)).all()
    assert (left.strata == whole.strata[kept]).all()
    stray.write_text("bright/01.png\ndark/05.png\ndark/06.png\n")
    (tmp_path / "test.txt").write_text("bright/02.png\ndark/08.png\n")
    lists = {"train": stray, "test": tmp_path / "test.txt"}
    assert len(ImageSamples(here, lists=lists, skip_bad=True).parts["test"]) == 2
    Image.new("RGB", (8, 9)).save(here / "bright" / "00.png")
    with pytest.raises(ConvistaError, match=r"3 of 40: .*00.png \(3 × 9×8 uint8 ≠ 3 × 16×16 uint8\); .*05.png"):
        ImageSamples(here)
    for name in ("a", "b"):
        (tmp_path / "oblong" / name).mkdir(parents=True)
        Image.new("RGB", (8, 9)).save(tmp_path / "oblong" / name / "00.png")
    with pytest.raises(ConvistaError, match=r"00.png has 9 rows and 8 columns, and patches must be square"):
        ImageSamples(tmp_path / "oblong")
    with pytest.raises(ConvistaError, match=r"must have at least two folders with images, one a class, and has 0"):
        ImageSamples(tmp_path / "nowhere")

    other = ImageSamples(images).split | {"files": "0"}
    with pytest.raises(ConvistaError, match=r"are not those of the training"):
        ImageSamples(images, split=other)
    for name in ("a", "b"):
        (tmp_path / "set" / name).mkdir(parents=True)
        raster(f"set/{name}/1.tif", np.ones((2, 4, 4), np.uint8))
    with pytest.raises(ConvistaError, match=r"have no names, and there are 2\. Name every one, in order"):
        ImageSamples(tmp_path / "set")
