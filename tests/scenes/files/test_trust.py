"""A file reads no other, fetches nothing and takes no more memory than the window, unless its name shows it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import nullcontext
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio

from convista import scenes
from convista.errors import ConvistaError
from convista.learning.data.scene_samples import SceneSamples
from convista.scenes import Window, open_labels, open_scene, open_shapes
from convista.scenes.files import memory
from convista.scenes.files.formats import SELF_CONTAINED
from tests.scenes.rasters import constant, counted, write

VRT = """<VRTDataset rasterXSize="8" rasterYSize="8"><VRTRasterBand dataType="UInt16" band="1">
<SimpleSource><SourceFilename relativeToVRT="1">secret.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
</VRTRasterBand></VRTDataset>"""
WMS = """<GDAL_WMS><Service name="TMS"><ServerUrl>{address}/${{z}}/${{x}}/${{y}}.png</ServerUrl></Service>
<DataWindow><UpperLeftX>-100</UpperLeftX><UpperLeftY>100</UpperLeftY>
<LowerRightX>100</LowerRightX><LowerRightY>-100</LowerRightY><TileLevel>2</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin></DataWindow>
<Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY><BandsCount>1</BandsCount>
</GDAL_WMS>"""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    return write(tmp_path / "secret.tif", constant(7))


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Return a server's address and the paths that were asked of it."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()
    listening.server_close()


@pytest.mark.parametrize("name", ["scene.tif", "scene.jp2", "scene", "scene.img"])
def test_a_virtual_raster_under_another_name_is_refused_by_name(name: str, secret: Path) -> None:
    path = secret.with_name(name)
    path.write_text(f'<?xml version="1.0"?>\n<!-- a picture -->\n{VRT}')
    for opening in (open_scene, open_labels):
        with pytest.raises(ConvistaError, match=r"holds a VRTDataset document.* a name that ends in \.vrt"):
            opening(path)


def test_a_virtual_raster_that_says_so_is_read(secret: Path) -> None:
    path = secret.with_name("scene.VRT")
    path.write_text(VRT)
    assert int(open_scene(path).read().max()) == 7


def test_a_service_under_another_name_fetches_nothing(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    path = tmp_path / "scene.tif"
    path.write_text(WMS.format(address=address))
    with pytest.raises(ConvistaError, match=r"holds a GDAL_WMS document.* a name that ends in \.wms"):
        open_scene(path)
    path = write(tmp_path / "masked.tif", constant(3))
    path.with_name("masked.tif.msk").write_text(WMS.format(address=address))
    with pytest.raises(ConvistaError, match=r"beside it, as its mask .* lies .*masked.tif.msk"):
        open_scene(path)
    assert not asked


def test_overviews_lie_in_plain_files(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    address, asked = server
    path = write(tmp_path / "scene.tif", constant(3, 64, 64))
    (tmp_path / "scene.tif.aux.xml").write_text(
        '<PAMDataset><Metadata domain="OVERVIEWS">'
        f'<MDI key="OVERVIEW_FILE">/vsicurl/{address}/o.tif</MDI></Metadata></PAMDataset>'
    )
    with pytest.raises(ConvistaError, match="could read from elsewhere"):
        open_scene(path)
    assert not asked


def test_a_mask_and_overviews_beside_a_file_are_used(tmp_path: Path) -> None:
    path = write(tmp_path / "scene.tif", constant(3, 64, 64))
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False, TIFF_USE_OVR=True), rasterio.open(path, "r+") as file:
        mask = np.full((64, 64), 255, np.uint8)
        mask[:5] = 0
        file.write_mask(mask)
        file.build_overviews([2])
    assert (tmp_path / "scene.tif.msk").exists()
    assert (tmp_path / "scene.tif.ovr").exists()
    masked = np.ma.getmaskarray(open_scene(path).read())[0]
    assert masked[:5].all()
    assert not masked[5:].any()


def test_vector_files_point_nowhere_either(tmp_path: Path) -> None:
    pytest.importorskip("pyogrio")
    path = tmp_path / "a.kml"
    path.write_text('<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>b.shp</SrcDataSource></OGRVRTLayer>')
    with pytest.raises(ConvistaError, match="holds a OGRVRTDataSource document"):
        open_shapes(path)


def test_a_name_from_somebody_else_opens_files_of_this_machine_only(secret: Path) -> None:
    assert open_scene(secret, trusted=False).read().max() == 7
    virtual = secret.with_name("scene.vrt")
    virtual.write_text(VRT)
    assert open_scene(virtual).read().max() == 7
    for name in (str(virtual), "https://example.org/a.tif", f"/vsizip/{secret}.zip/a.tif", f"vrt://{secret}"):
        with pytest.raises(ConvistaError, match="is not opened here: by its name"):
            open_scene(name, trusted=False)
    with pytest.raises(ConvistaError, match="is not opened here: by its name"):
        open_scene(secret, {"red": str(virtual)}, trusted=False)
    assert open_scene(virtual).read().max() == 7


def test_usual_formats_are_plain() -> None:
    assert {"GTiff", "JP2OpenJPEG", "HFA", "ENVI", "netCDF", "PNG", "JPEG", "Zarr"} <= set(SELF_CONTAINED)
    assert not {"VRT", "WMS", "WMTS", "WCS", "HTTP", "GTI", "STACTA", "STACIT", "MEM", "DERIVED"} & set(
        SELF_CONTAINED
    )


@pytest.mark.parametrize(
    ("ending", "driver"), [("jp2", "JP2OpenJPEG"), ("img", "HFA"), ("dat", "ENVI"), ("png", "PNG"), ("bil", "EHdr")]
)
def test_plain_formats_are_opened_whatever_they_are_called(ending: str, driver: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"scene.{ending}", counted(1, 64, 64), driver=driver, photometric=None)
    assert open_scene(path).read().max() > 1000


MEASURED = """
import resource, sys
from convista.errors import ConvistaError
from convista.scenes import Window, open_scene
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
scene = open_scene(sys.argv[1])
try:
    print(float(scene.read(Window(20_000, 20_000, 16, 16)).mean()))
except ConvistaError as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["tiles", "one tile", "one strip"])
def test_memory_is_bounded_by_the_window_not_by_what_the_file_claims(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.tif"
    profiles: dict[str, dict[str, Any]] = {
        "tiles": {"height": 1_000_000, "width": 1_000_000, "tiled": True, "blockxsize": 1024, "blockysize": 1024},
        "one tile": {"height": 65_536, "width": 65_536, "tiled": True, "blockxsize": 32_768, "blockysize": 16_384},
        "one strip": {"height": 30_000, "width": 30_000, "blockysize": 30_000, "compress": "deflate"},
    }
    with rasterio.open(
        path, "w", driver="GTiff", count=1, dtype="float32", sparse_ok=True,
        crs="EPSG:32630", transform=rasterio.Affine(2, 0, 0, 0, -2, 0), **profiles[layout],
    ):  # fmt: skip
        pass
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURED), path], capture_output=True, text=True, check=True
    )
    said, grown = done.stdout.strip().rsplit("\n", 1)
    assert int(grown) < 300
    if layout == "tiles":
        assert said == "0.0"
    else:
        assert "keeps its pixels in blocks of" in said
        assert "gdal_translate -co TILED=YES" in said


def claiming(path: Path) -> Path:
    with rasterio.open(
        path, "w", driver="GTiff", height=300_000, width=1_000_000, count=2, dtype="uint8", sparse_ok=True,
        tiled=True, blockxsize=16_384, blockysize=16_384, crs="EPSG:32630",
        transform=rasterio.Affine(2, 0, 0, 0, -2, 0),
    ):  # fmt: skip
        pass
    return path


def test_what_does_not_fit_into_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    scene = open_scene(claiming(tmp_path / "claims.tif"), bands=["red", "nir"])
    told = r"2×300000×1000000 numbers of .* takes 5587.9 GiB of memory, and this machine has"
    with pytest.raises(ConvistaError, match=told):
        scene.read()
    assert scene.read(Window(5, 5, 2, 2)).shape == (2, 2, 2)
    labels = write(tmp_path / "l.tif", counted(1, 8, 8, "uint8") % 2 + 1)
    with pytest.raises(ConvistaError, match=r"of claims at once takes 10058.3 GiB"):
        SceneSamples(scene, labels, patch=8)
    with pytest.raises(ConvistaError, match="Reading 1×300000×1000000 numbers of"):
        open_labels(labels).on(scene.grid).read()


def test_how_much_fits_depends_on_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = open_scene(write(tmp_path / "a.tif", counted(1, 100, 100)))
    for there_is, fits in ((100_000, True), (99_999, False), (None, True)):
        monkeypatch.setattr(memory, "memory", lambda there_is=there_is: there_is)
        with nullcontext() if fits else pytest.raises(ConvistaError, match="Cut the scene"):
            scene.read()


def test_a_container_has_less(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "memory.max"
    monkeypatch.setattr(memory, "CONTAINER", told)
    machine = memory.memory()
    for text, expected in (("max\n", machine), ("1000000\n", 1_000_000)):
        told.write_text(text)
        assert memory.memory() == expected


def test_every_file_that_is_read_comes_through_one_door() -> None:
    source = Path(scenes.__file__).parents[1]
    own = {"raster_writer.py", "sample.py", "search.py", "stac.py", "polygons.py", "style.py"}
    """Of what the package has written itself."""
    opening = {path.name for path in source.rglob("*.py") if "rasterio.open(" in path.read_text("utf-8")}
    assert opening <= own


def test_a_block_as_large_as_usual_files_have_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "strip.tif", counted(2, 3000, 300), compress="deflate", blockysize=3000)
    assert open_scene(path).read(Window(2999, 299, 1, 1)).shape == (2, 1, 1)
