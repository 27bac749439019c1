"""Images that are patches: what files hold is what is learned from, whatever wrote them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from numpy.typing import NDArray
from PIL import Image
from rasterio.enums import ColorInterp

from convista.errors import ConvistaError
from convista.learning import open_images, train
from convista.learning.data.image_samples import ImageSamples
from convista.scenes import Band
from convista.scenes.files.open_raster import perhaps_without_georeference

Array = NDArray[Any]


def png16(path: Path, values: Array) -> None:
    """Write 16 bits a value, as Pillow cannot in colour."""
    shape = {"count": len(values), "height": values.shape[1], "width": values.shape[2]}
    with perhaps_without_georeference(), rasterio.open(path, "w", driver="PNG", dtype="uint16", **shape) as file:
        file.write(values)


def tiff(path: Path, values: Array, names: Sequence[str] = (), **profile: Any) -> None:
    scales, mask, alpha = (profile.pop(name, None) for name in ("scale", "mask", "alpha"))
    shape = {"count": len(values), "height": values.shape[1], "width": values.shape[2], "dtype": values.dtype}
    options = {"driver": "GTiff", "photometric": "minisblack"} | shape | profile
    with perhaps_without_georeference(), rasterio.open(path, "w", **options) as file:
        if alpha is not None:
            file.colorinterp = [ColorInterp.gray, *[ColorInterp.undefined] * (len(values) - 2), ColorInterp.alpha]
        file.write(values)
        if names:
            file.descriptions = tuple(names)
        if scales is not None:
            file.scales = (scales,) * len(values)
        if mask is not None:
            file.write_mask(mask)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of two classes; each writer writes one image of each class, at the path it is given."""

    def make(*writers: Callable[[Path], object], ending: str = ".png") -> Path:
        for name in ("a", "b"):
            (tmp_path / "set" / name).mkdir(parents=True)
            for n, write in enumerate(writers):
                write(tmp_path / "set" / name / f"{n:02}{ending}")
        return tmp_path / "set"

    return make


def values_of(folder: Path, **options: Any) -> NDArray[np.float32]:
    """Return the values of the images of the first class."""
    samples = ImageSamples(open_images(folder, **options))
    return samples.values(np.flatnonzero(samples.strata == 0))


def counting(bands: int, dtype: str = "uint16", size: int = 4, first: int = 1000) -> Array:
    return (first + np.arange(bands * size * size)).reshape(bands, size, size).astype(dtype)


@pytest.mark.parametrize("bands", [1, 3])
def test_16_bits_of_a_png_stay_16_bits(bands: int, folder: Callable[..., Path]) -> None:
    values = counting(bands)
    names = ["grey"] if bands == 1 else None
    found = folder(lambda path: png16(path, values))
    assert (values_of(found, bands=names) == values).all()


def test_transparent_pixels_are_masked(folder: Callable[..., Path]) -> None:
    grey = np.full((4, 4), 9, np.uint8)
    alpha = np.where(np.eye(4) > 0, 0, 200).astype(np.uint8)
    palette = Image.fromarray(np.eye(4, dtype=np.uint8), "P")
    palette.putpalette([9, 9, 9, 0, 0, 0])
    colour = Image.fromarray(np.where(np.eye(4)[..., None] > 0, 7, 9).repeat(3, 2).astype(np.uint8))
    found = folder(
        lambda path: Image.fromarray(np.stack([grey] * 3 + [alpha], -1)).save(path),
        lambda path: palette.save(path, transparency=1),
        lambda path: colour.save(path, transparency=(7, 7, 7)),
    )
    expected = np.where(np.eye(4) > 0, np.nan, 9)
    for image in values_of(found):
        np.testing.assert_array_equal(image, [expected] * 3)


def test_16_bits_with_alpha(folder: Callable[..., Path]) -> None:
    alpha = np.where(np.eye(4) > 0, 0, 65535).astype(np.uint16)
    values = counting(3)
    image = values_of(folder(lambda path: png16(path, np.concatenate([values, alpha[None]]))))[0]
    np.testing.assert_array_equal(image, np.where(np.eye(4) > 0, np.nan, values))


def test_a_photograph_is_read_upright(folder: Callable[..., Path]) -> None:
    picture = Image.fromarray(np.arange(16, dtype=np.uint8).reshape(4, 4))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    found = folder(lambda path: picture.save(path, exif=exif))
    assert (values_of(found, bands=["grey"])[0, 0] == np.rot90(np.arange(16).reshape(4, 4), -1)).all()


def test_a_preview_behind_a_photograph_is_none_of_it(folder: Callable[..., Path]) -> None:
    picture, preview = Image.new("RGB", (8, 8), (9, 9, 9)), Image.new("RGB", (4, 4))
    found = folder(
        lambda path: picture.save(path, format="MPO", save_all=True, append_images=[preview]), ending=".jpg"
    )
    assert values_of(found).shape == (1, 3, 8, 8)


@pytest.mark.parametrize(
    ("write", "ending", "why"),
    [
        (lambda path: Image.new("CMYK", (4, 4)).save(path), ".jpg", "its colours are CMYK; save it as red, green"),
        (
            lambda path: Image.new("RGB", (4, 4)).save(
                path, save_all=True, append_images=[Image.new("RGB", (4, 4), "red")]
            ),
            ".png",
            "has 2 frames",
        ),
        (lambda path: path.write_bytes(b""), ".tif", "cannot be read"),
        (lambda path: tiff(path, np.full((3, 4, 4), np.inf, np.float32)), ".tif", "has no datum"),
    ],
)
def test_what_is_no_image_is_named(
    write: Callable[[Path], object], ending: str, why: str, folder: Callable[..., Path]
) -> None:
    kind = "float32" if "datum" in why else "uint8"
    good = (
        (lambda path: tiff(path, np.ones((3, 4, 4), kind)))
        if ending == ".tif"
        else (lambda path: Image.new("RGB", (4, 4)).save(path))
    )
    found = folder(write, good, good, ending=ending)
    with pytest.raises(ConvistaError) as error:
        ImageSamples(found)
    assert "Bad images, 2 of 6" in str(error.value)
    assert why in str(error.value)
    assert len(ImageSamples(found, skip_bad=True).strata) == 4


def test_the_norm_is_what_most_images_are(folder: Callable[..., Path]) -> None:
    def colour(path: Path) -> None:
        Image.new("RGB", (4, 4), (1, 2, 3)).save(path)

    found = folder(lambda path: Image.new("L", (4, 4)).save(path), *[colour] * 3)
    with pytest.raises(ConvistaError, match=r"Bad images, 2 of 8: .*a/00.png \(1 × 4×4 uint8 ≠ 3 × 4×4 uint8\)"):
        ImageSamples(found)
    assert len(ImageSamples(found, skip_bad=True).strata) == 6


def test_most_are_counted_where_a_few_looked_otherwise(
    folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("convista.learning.data.image_files.TRIED", 1)
    larger = [lambda path: Image.new("RGB", (8, 8)).save(path)] * 3
    samples = ImageSamples(folder(lambda path: Image.new("RGB", (4, 4)).save(path), *larger), skip_bad=True)
    assert len(samples.strata) == 6
    assert samples.patch == 8


def test_each_tiff_has_its_own_order_of_bands(folder: Callable[..., Path]) -> None:
    values = counting(2)
    found = folder(
        lambda path: tiff(path, values, ["nir", "red"]),
        lambda path: tiff(path, values[::-1], ["red", "nir"]),
        ending=".tif",
    )
    assert (values_of(found) == values).all()
    assert (values_of(found, bands=["red"])[:, 0] == values[1]).all()


def test_bands_by_the_sensors_ids(folder: Callable[..., Path]) -> None:
    values = counting(2)
    found = folder(lambda path: tiff(path, values, ["B8", "B4"]), ending=".tif")
    samples = ImageSamples(open_images(found, ["red", "nir"], "sentinel-2"))
    assert [(band.name, band.id) for band in samples.bands] == [("red", "B4"), ("nir", "B8")]
    assert samples.sensor == "sentinel-2"
    assert (samples.values(np.array([0]))[0] == values[::-1]).all()


def test_a_file_whose_bands_nobody_can_tell_is_bad(folder: Callable[..., Path]) -> None:
    values = counting(2)
    named = [lambda path: tiff(path, values, ["nir", "red"])] * 2
    found = folder(lambda path: tiff(path, values), *named, ending=".tif")
    with pytest.raises(ConvistaError, match=r"a/00.tif \(does not name its bands, and the others do\)"):
        ImageSamples(found)
    tiff(found / "a" / "00.tif", values, ["nir", "green"])
    tiff(found / "b" / "00.tif", values, ["nir", "red"])
    with pytest.raises(ConvistaError, match=r"1 of 6: .*a/00.tif \(bands nir, green ≠ nir, red\)"):
        ImageSamples(found)
    tiff(found / "a" / "00.tif", counting(3), ["nir", "green", "red"])
    assert len(ImageSamples(found, bands=["nir", "red"]).strata) == 6


def test_masks_alpha_and_nodata_of_a_tiff(folder: Callable[..., Path]) -> None:
    values = counting(2, first=1)
    hidden = np.eye(4) > 0
    alpha = np.where(hidden, 0, 65535).astype(np.uint16)
    tagged = np.where(hidden, 0, values).astype(np.uint16)
    names = ["nir", "red"]
    found = folder(
        lambda path: tiff(path, values, names, mask=~hidden),
        lambda path: tiff(path, np.concatenate([values, alpha[None]]), [*names, ""], alpha=True),
        lambda path: tiff(path, tagged, names, nodata=0),
        ending=".tif",
    )
    for image in values_of(found):
        np.testing.assert_array_equal(image, np.where(hidden, np.nan, values))


def test_scale_tags_count_and_are_not_mixed_with_none(folder: Callable[..., Path]) -> None:
    values = counting(3)
    found = folder(
        lambda path: tiff(path, values, scale=0.0001),
        lambda path: tiff(path, values // 2, scale=0.0002),
        ending=".tif",
    )
    np.testing.assert_allclose(values_of(found)[0], values / 10000, rtol=1e-6)
    np.testing.assert_allclose(values_of(found, scale=1)[0], values)
    assert ImageSamples(found).bands[0].scale == 0.0001
    tiff(found / "a" / "00.tif", values)
    with pytest.raises(ConvistaError, match=r"1 of 4: .*a/00.tif \(its values are scaled otherwise, or in another"):
        ImageSamples(found)


def test_what_is_not_finite_is_masked(folder: Callable[..., Path]) -> None:
    values = counting(3, "float32")
    values[0, 0, 0], values[1, 1, 1], values[2, 2, 2] = np.inf, -np.inf, np.nan
    found = folder(lambda path: tiff(path, values), ending=".tif")
    image = values_of(found)[0]
    assert np.isnan(image).sum() == 3
    assert np.isfinite(image[~np.isnan(image)]).all()


def test_factors_and_nodata_that_are_given(folder: Callable[..., Path]) -> None:
    values = counting(3, "uint8", first=0)
    found = folder(lambda path: Image.fromarray(values.transpose(1, 2, 0)).save(path))
    image = values_of(found, nodata=5, scale=0.5, offset=-1)[0]
    np.testing.assert_allclose(image, np.where(values == 5, np.nan, values * 0.5 - 1))
    bands = ImageSamples(open_images(found, scale=0.5, offset=-1)).bands
    assert bands[0] == Band("red", "red", scale=0.5, offset=-1, dtype="uint8")


def test_a_factor_that_makes_all_the_same(folder: Callable[..., Path]) -> None:
    found = folder(lambda path: Image.new("RGB", (4, 4)).save(path))
    for factors in ({"scale": 0}, {"offset": float("nan")}):
        with pytest.raises(ConvistaError, match="Both must be finite numbers, and the scale other than 0"):
            open_images(found, **factors)


def test_bands_without_names(folder: Callable[..., Path]) -> None:
    values = counting(2)
    found = folder(lambda path: tiff(path, values), ending=".tif")
    with pytest.raises(ConvistaError, match="have no names, and there are 2"):
        ImageSamples(found)
    assert (values_of(found, bands="nir,red") == values).all()
    samples = ImageSamples(open_images(found, "nir,red"), bands=["red"])
    assert (samples.values(np.array([0]))[0, 0] == values[1]).all()
    with pytest.raises(ConvistaError, match=r"have no band 'blue'\. They have: nir, red"):
        ImageSamples(open_images(found, "nir,red"), bands=["blue"])


def test_three_bands_may_be_given_other_names(folder: Callable[..., Path]) -> None:
    found = folder(lambda path: Image.new("RGB", (4, 4), (1, 2, 3)).save(path))
    samples = ImageSamples(open_images(found, ["nir", "red", "green"]), bands=["red", "nir"])
    assert samples.values(np.array([0]))[0, :, 0, 0].tolist() == [2, 1]


def test_classes_may_be_named(folder: Callable[..., Path]) -> None:
    found = folder(lambda path: Image.new("RGB", (4, 4)).save(path))
    names = [c.name for c in ImageSamples(open_images(found, class_names=["wood", "water"])).task.classes]
    assert names == ["wood", "water"]
    assert [c.name for c in ImageSamples(open_images(found, class_names={2: "water"})).task.classes] == [
        "a",
        "water",
    ]
    with pytest.raises(ConvistaError, match="has 2 classes"):
        ImageSamples(open_images(found, class_names=["wood"]))


def test_hidden_files_and_folders_are_none(folder: Callable[..., Path]) -> None:
    found = folder(lambda path: Image.new("RGB", (4, 4)).save(path))
    (found / "a" / "._00.png").write_bytes(b"from another system")
    (found / ".thumbnails").mkdir()
    Image.new("RGB", (4, 4)).save(found / ".thumbnails" / "x.png")
    assert [c.name for c in ImageSamples(found).task.classes] == ["a", "b"]


def test_too_few_images_are_told_without_blocks(folder: Callable[..., Path]) -> None:
    found = folder(lambda path: Image.new("RGB", (4, 4)).save(path))
    with pytest.raises(
        ConvistaError, match=r"The validation part is left without images. At random it takes at least"
    ):
        train(found, epochs=1)
